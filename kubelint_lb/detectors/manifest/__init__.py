"""Detectors of what goes wrong before any object is understood."""
