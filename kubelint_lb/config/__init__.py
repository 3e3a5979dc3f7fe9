"""A configuration file becomes settings."""
