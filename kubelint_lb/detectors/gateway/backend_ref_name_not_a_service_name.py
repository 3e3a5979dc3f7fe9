"""A backend is named by its Service's name, not by a host name or a URL."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Route,
    Scalar,
    detector,
    is_filled_in,
    next_lines,
    put_in,
    replace_node,
    written_text,
)


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """BackendObjectReference.name (gateway-api `apis/v1/object_reference_types.go`) has no pattern; a Service's name has one."""
    for rule in route.rules:
        for backend in rule.all_refs:
            node = backend.name_node
            if not backend.is_service or not isinstance(node, Scalar) or node.unknown or is_filled_in(backend.name):
                continue
            if "." in backend.name or "/" in backend.name or ":" in backend.name:
                words = {"name": backend.name, "rule": rule.title}
                host = backend.name.partition("://")[2] or backend.name
                name, _, rest = host.partition("/")[0].partition(":")[0].partition(".")
                namespace = rest.partition(".")[0] if rest.endswith((".svc", ".svc.cluster.local")) else ""
                if namespace and name:
                    issue = Issue(node, "cluster-name", **words, service=name, namespace=namespace)
                    said = next_lines(backend.node, "name", (f"namespace: {written_text(namespace)}",))
                    free = backend.node.key("namespace") is None
                    yield issue.fix("name the Service", replace_node(node, name), put_in(said)) if free else issue
                else:
                    yield Issue(node, "no-name", **words)
