"""Traefik: what it makes of Ingresses."""
