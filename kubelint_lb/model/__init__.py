"""Kubernetes: manifests, typed views with the API's defaults, references and how they resolve."""
