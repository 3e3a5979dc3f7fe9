"""What Flux applies, and what it does to objects on the way."""
