"""What the controllers of providers read from a Service of type LoadBalancer."""
