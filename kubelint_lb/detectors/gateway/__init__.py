"""Detectors of the rules for routes, Gateways and what they refer to."""
