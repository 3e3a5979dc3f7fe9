"""Kustomizations become units."""
