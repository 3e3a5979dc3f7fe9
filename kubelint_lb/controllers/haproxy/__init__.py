"""haproxy-ingress: what it makes of Ingresses."""
