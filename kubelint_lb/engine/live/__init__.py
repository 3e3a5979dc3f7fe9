"""What runs in a cluster, held against the rules and against files."""
