"""The rules: their files, families, profiles, and a user's own."""
