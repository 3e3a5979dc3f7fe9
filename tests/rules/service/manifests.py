"""Manifests that the tests of this folder put together."""

from __future__ import annotations

import textwrap


def workload(
    name: str = "web",
    *,
    kind: str = "Deployment",
    replicas: int | str | None = 3,
    namespace: str = "",
    labels: str = "",
    pod: str = "",
    ports: str = "[{name: http, containerPort: 8080}]",
) -> str:
    """A workload whose pods are labelled `app: <name>`, or `labels` (in flow style); `pod` goes into the pod's spec."""
    lines = [
        "---",
        "apiVersion: apps/v1",
        f"kind: {kind}",
        "metadata:",
        f"  name: {name}",
        *([f"  namespace: {namespace}"] if namespace else []),
        "spec:",
        *([f"  replicas: {replicas}"] if replicas is not None else []),
        "  selector:",
        f"    matchLabels: {labels or '{app: ' + name + '}'}",
        "  template:",
        "    metadata:",
        f"      labels: {labels or '{app: ' + name + '}'}",
        "    spec:",
        *([textwrap.indent(textwrap.dedent(pod).strip("\n"), " " * 6)] if pod else []),
        "      containers:",
        f"        - name: {name}",
        "          image: registry.example/app:1.0",
        f"          ports: {ports}",
    ]
    return "\n".join(lines) + "\n"


def service(spec: str, *, name: str = "web", namespace: str = "", metadata: str = "") -> str:
    """A Service; its spec starts at line 5 (one more with a namespace) with two blanks before each key."""
    lines = ["apiVersion: v1", "kind: Service", f"metadata: {{name: {name}{metadata and ', ' + metadata}}}", "spec:"]
    if namespace:
        lines = [
            "apiVersion: v1",
            "kind: Service",
            "metadata:",
            f"  name: {name}",
            f"  namespace: {namespace}",
            "spec:",
        ]
    return "\n".join(lines) + "\n" + textwrap.indent(textwrap.dedent(spec).strip("\n"), "  ") + "\n"
