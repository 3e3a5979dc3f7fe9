"""Kustomizations: what they are made of, what kustomize prints of them, and where that came from."""
