"""How objects meet: references, selections, attachments, grants."""
