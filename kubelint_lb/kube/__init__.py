"""One Kubernetes object: its kind, its parts with the defaults of the API, its labels, names and references."""
