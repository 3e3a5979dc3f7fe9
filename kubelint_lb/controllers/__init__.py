"""Which controller serves an object, and what each does with it."""
