"""The algorithms of Kong's upstreams."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, compatible, detector, is_open, name_text

_ALGORITHMS = {"round-robin", "consistent-hashing", "least-connections", "latency", "sticky-sessions"}
_HASHING = {"consistent-hashing", "sticky-sessions"}
_ANNOTATION = "konghq.com/upstream-policy"


@detector
def check(view: View, ctx: Context) -> Issues:
    """Kong/kubernetes-configuration `api/configuration/v1beta1/kongupstreampolicy_types.go`."""
    node = view.at("spec", "algorithm")
    algorithm = name_text(node)
    hashed = view.key_at("spec", "hashOn")
    if not view.settled:
        return
    if node is not None and algorithm is not None and not is_open(algorithm):
        if algorithm not in _ALGORITHMS:
            yield Issue(node, "algorithm", object=view.title, algorithm=algorithm)
        elif hashed is not None and algorithm not in _HASHING:
            yield Issue(hashed, "hash-unused", object=view.title, algorithm=algorithm).related(node, "the algorithm")
        elif algorithm == "consistent-hashing" and view.lacks("spec", "hashOn"):
            yield Issue(node, "no-hash", object=view.title)
    named = ctx.once("named", lambda: _namespaces(ctx)).get(view.name, ())
    if ctx.complete and not any(compatible(namespace, view.namespace) for namespace in named):
        yield Issue(view.manifest.name_node, "unused", object=view.title, namespace=view.namespace or "default")


def _namespaces(ctx: Context) -> dict[str, list[str | None]]:
    """The namespaces of the Services that use each policy."""
    found: dict[str, list[str | None]] = {}
    for one in ctx.all("Service"):
        found.setdefault(one.annotations.get(_ANNOTATION, ""), []).append(one.namespace)
    return found
