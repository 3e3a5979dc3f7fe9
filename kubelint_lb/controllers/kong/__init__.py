"""The Kong Ingress Controller: what it makes of Ingresses."""
