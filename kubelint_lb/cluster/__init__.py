"""What runs in a cluster, read through kubectl."""
