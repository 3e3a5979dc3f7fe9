"""What ingress-nginx does with Ingresses."""
