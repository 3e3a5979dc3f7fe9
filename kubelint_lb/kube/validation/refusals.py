"""All that the API server refuses of one object: its structure, its metadata, and what the server checks in code."""

from __future__ import annotations

from kubelint_lb.kube.validation import metadata
from kubelint_lb.kube.validation.findings import Findings, Servers
from kubelint_lb.kube.validation.schemas import schema_of
from kubelint_lb.kube.validation.structure import Structure
from kubelint_lb.kube.validation.violation import Violation
from kubelint_lb.source.node import Mapping

_CLUSTER_SCOPED = frozenset({"IngressClass", "GatewayClass", "Namespace"})


def violations(
    root: Mapping, api_version: str, kind: str, servers: Servers, *, channel: str | None = None, settled: bool = True
) -> tuple[Violation, ...]:
    """What is refused of an object; nothing of a kind or version that is not known here.

    `channel` is the Gateway API's, where it is known. Not `settled`: a field that is not there may come yet.
    """
    group, _, version = api_version.rpartition("/")
    schema = schema_of(group, version, kind)
    if schema is None:
        return ()
    found = Findings(root, servers, settled=settled)
    structure = Structure(schema, found, channel)
    plain = structure.walk()
    metadata.check(kind, plain, found, namespaced=kind not in _CLUSTER_SCOPED)
    if found.settled and schema.served:
        from kubelint_lb.kube.validation.gateway import check

        check(plain, schema, found, channel or ("experimental" if structure.experimental else None))
    return tuple(found)
