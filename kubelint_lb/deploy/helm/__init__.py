"""Charts, and what installs them, become units."""
