"""All that the API server refuses of one object: its structure, its metadata, and what the server checks in code."""

from __future__ import annotations

from collections.abc import Callable

from kubelint_lb.kube.validation import metadata
from kubelint_lb.kube.validation.findings import Findings, Servers
from kubelint_lb.kube.validation.schemas import Schema, schema_of
from kubelint_lb.kube.validation.structure import Structure
from kubelint_lb.kube.validation.violation import Violation
from kubelint_lb.source.node import Mapping

_CLUSTER_SCOPED = frozenset({"IngressClass", "GatewayClass", "Namespace"})


def violations(
    root: Mapping,
    api_version: str,
    kind: str,
    servers: Servers,
    *,
    channel: str | None = None,
    settled: bool = True,
    defined: Callable[[str, str, str], tuple[Schema, ...]] | None = None,
) -> tuple[Violation, ...]:
    """What is refused of an object; nothing of a kind or version that is not known here.

    `channel` is the Gateway API's, where it is known. Not `settled`: a field that is not there may come yet. `defined` tells
    what the repository says of a kind (group, version, kind) that the tool does not know itself: of several definitions that
    differ nobody knows which is the cluster's, so what all refuse is refused.
    """
    group, _, version = api_version.rpartition("/")
    schema = schema_of(group, version, kind)
    if schema is not None:
        return _violations(root, kind, schema, servers, channel, settled=settled)
    schemas = defined(group, version, kind) if defined is not None else ()
    found = [_violations(root, kind, one, servers, channel, settled=settled) for one in schemas]
    if not found:
        return ()
    common = set.intersection(*({(one.reason, one.path) for one in each} for each in found))
    place = schemas[0].definition
    return tuple(one._replace(definition=place) for one in found[0] if (one.reason, one.path) in common)


def _violations(
    root: Mapping, kind: str, schema: Schema, servers: Servers, channel: str | None, *, settled: bool
) -> tuple[Violation, ...]:
    found = Findings(root, servers, settled=settled)
    structure = Structure(schema, found, channel)
    plain = structure.walk()
    metadata.check(kind, plain, found, namespaced=kind not in _CLUSTER_SCOPED)
    if schema.deprecated:
        found.warning(("apiVersion",), "this version is deprecated, the newest release has a newer one")
    if found.settled and schema.served:
        from kubelint_lb.kube.validation.gateway import check

        check(plain, schema, found, channel or ("experimental" if structure.experimental else None))
    return tuple(found)
