"""The ReferenceGrant that lets objects of one namespace refer to an object of another."""

from __future__ import annotations

from kubelint_lb.detectors.issue import TextEdit, put_in
from kubelint_lb.kube.kinds import GATEWAY_GROUP, GroupKind
from kubelint_lb.kube.view import View
from kubelint_lb.source.scalars import written_text
from kubelint_lb.source.stretch import document_after


def granted(target: View, asked: GroupKind, referrer: View) -> TextEdit | None:
    """A grant after the target in its file, for it alone and for the kind and namespace of who refers to it.

    None where one of the namespaces is not known. The version is the one that all releases in use serve.
    """
    namespace, origin = target.namespace, referrer.namespace
    if not namespace or not origin or not target.name:
        return None
    group = asked.group or '""'
    lines = (
        f"apiVersion: {GATEWAY_GROUP}/v1beta1",
        "kind: ReferenceGrant",
        "metadata:",
        f"  name: {referrer.kind.lower()}s-of-{origin}-to-{target.name}",
        f"  namespace: {written_text(namespace)}",
        "spec:",
        "  from:",
        f"    - group: {referrer.manifest.identity.group}",
        f"      kind: {referrer.kind}",
        f"      namespace: {written_text(origin)}",
        "  to:",
        f"    - group: {group}",
        f"      kind: {asked.kind}",
        f"      name: {written_text(target.name)}",
    )
    return put_in(document_after(target.node.document, lines))
