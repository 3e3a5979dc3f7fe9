"""Traefik's provider for Ingresses of ingress-nginx: what it makes of Ingresses."""
