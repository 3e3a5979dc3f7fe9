"""Detectors of Ingresses and their controllers."""
