"""What a change does to traffic."""
