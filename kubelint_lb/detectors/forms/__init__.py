"""What many rules share: a reference that is missing."""
