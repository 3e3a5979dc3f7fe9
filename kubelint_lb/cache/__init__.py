"""What was worked out before, kept by the content it was made of."""
