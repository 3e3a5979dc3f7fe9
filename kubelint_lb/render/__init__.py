"""kustomize and Helm: a folder becomes manifests that remember the files they come from."""
