"""F5's NGINX Ingress Controller: what it makes of Ingresses."""
