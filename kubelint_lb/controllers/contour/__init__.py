"""Contour: what it makes of Ingresses."""
