"""One backend twice in a rule: the weights add up, and whoever wrote it meant two."""

from __future__ import annotations

from collections.abc import Hashable

from kubelint_lb.detectors.api import BackendRef, Context, Issue, Issues, Route, cut, detector, is_open, lines_of_item, to_python


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """Backends that differ in their filters are two: headers tell the sides of a test apart."""
    for rule in route.rules:
        seen: dict[Hashable, BackendRef] = {}
        for backend in rule.backend_refs:
            if is_open(backend.name):
                continue
            first = seen.setdefault(_key(backend), backend)
            if first is not backend:
                issue = Issue(backend.name_node, "twice", backend=backend.name, rule=rule.title)
                issue = issue.related(first.name_node, "the first one")
                yield issue.fix("remove the second one", cut(lines_of_item(backend.node)))


def _key(backend: BackendRef) -> Hashable:
    reference = backend.reference
    return (*reference.target, reference.namespace, reference.name, backend.port, repr(to_python(backend.node.get("filters"))))
