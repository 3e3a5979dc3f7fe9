"""The AWS Load Balancer Controller: what it makes of Ingresses."""
