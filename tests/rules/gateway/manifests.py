"""Routes, Gateways and Services for the tests of the route rules, and where things stand in them."""

from __future__ import annotations

from textwrap import indent


def route(
    rules: str,
    *,
    kind: str = "HTTPRoute",
    name: str = "shop",
    namespace: str = "",
    parents: str = "[{name: public}]",
    hostnames: str = "",
    labels: str = "",
) -> str:
    """A route; `rules` is a YAML list in block style."""
    spec = f"  parentRefs: {parents}\n" if parents else ""
    spec += f"  hostnames: {hostnames}\n" if hostnames else ""
    spec += f"  rules:\n{indent(rules.strip(), '    ')}\n" if rules else ""
    return f"---\napiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\n{metadata(name, namespace, labels)}spec:\n{spec}"


def split(*backends: str, kind: str = "HTTPRoute", **options: str) -> str:
    """A route with one rule; each backend is the inside of a flow mapping."""
    entries = "\n".join(f"    - {{{backend}}}" for backend in backends)
    return route(f"- backendRefs:\n{entries}", kind=kind, **options)


def gateway(*listeners: str, name: str = "public", namespace: str = "") -> str:
    """A Gateway; each listener is the inside of a flow mapping."""
    entries = "\n".join(f"    - {{{listener}}}" for listener in listeners)
    head = f"---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n{metadata(name, namespace)}"
    return f"{head}spec:\n  gatewayClassName: shared\n  listeners:\n{entries}\n"


def service(name: str, *, namespace: str = "", ports: str = "[{port: 80}]", selector: str = "", more: str = "") -> str:
    """A Service; it selects `app: <name>` unless told otherwise."""
    lines = f"  selector: {selector or '{app: ' + name + '}'}\n  ports: {ports}\n" + (f"  {more}\n" if more else "")
    return f"---\napiVersion: v1\nkind: Service\n{metadata(name, namespace)}spec:\n{lines}"


def metadata(name: str, namespace: str = "", labels: str = "") -> str:
    """The metadata line of an object."""
    where = f", namespace: {namespace}" if namespace else ""
    return f"metadata: {{name: {name}{where}{', labels: ' + labels if labels else ''}}}\n"


def place_of(text: str, token: str, *, nth: int = 1, inside: str = "") -> tuple[int, int]:
    """Line and column of a token; with `inside`, in the (only) line part that reads so."""
    start = text.index(inside) + inside.index(token) if inside else -1
    if not inside:
        for _ in range(nth):
            start = text.index(token, start + 1)
    return text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1


ROLLOUT = """\
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  replicas: 3
  strategy: {canary: {stableService: web, canaryService: web-canary}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web:1}]}
"""
