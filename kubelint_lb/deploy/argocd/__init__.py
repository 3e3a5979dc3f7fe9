"""What Argo CD applies."""
