"""GKE's own controller: what it makes of Ingresses."""
