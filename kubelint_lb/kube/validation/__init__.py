"""What the API server takes: an object held against what it knows of the kind."""
