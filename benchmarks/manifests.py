"""Synthetic manifests: clean, and shaped like a real repository, one folder for each app."""

from __future__ import annotations

from pathlib import Path

# Deployment, two Services and a route make an app; its stable and canary pods share the folder, as most apps do.
APP = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {app}
  namespace: {namespace}
  labels:
    app.kubernetes.io/name: {app}
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: {app}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {app}
        tier: backend
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: {app}
      containers:
        - name: main
          image: registry.example.com/{app}:1.0
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /ready
              port: http
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
---
apiVersion: v1
kind: Service
metadata:
  name: {app}
  namespace: {namespace}
spec:
  selector:
    app.kubernetes.io/name: {app}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: v1
kind: Service
metadata:
  name: {app}-external
  namespace: {namespace}
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app.kubernetes.io/name: {app}
  ports:
    - name: http
      port: 443
      targetPort: http
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {app}
  namespace: {namespace}
spec:
  parentRefs:
    - name: public
      namespace: edge
  hostnames:
    - {app}.example.com
  rules:
    - backendRefs:
        - name: {app}
          port: 80
          weight: 90
        - name: {app}-external
          port: 443
          weight: 10
"""
OBJECTS_PER_APP = 4
APPS_PER_NAMESPACE = 50


def write_tree(folder: Path, objects: int) -> int:
    """Write about `objects` manifests below `folder` and return how many bytes they take."""
    size = 0
    for number in range(max(1, objects // OBJECTS_PER_APP)):
        namespace = f"team-{number // APPS_PER_NAMESPACE}"
        text = APP.format(app=f"app-{number}", namespace=namespace)
        path = folder / namespace / f"app-{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        size += len(text)
    return size
