"""What a run needs to know from its user: plain data, mistakes with their places, checks against schemas."""
