"""Many trees: each is linted on its own, in processes of this machine or of a cluster, and one summary is made of all."""
