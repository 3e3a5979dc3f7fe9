"""A reference that is missing: said as the evidence has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.detectors.issue import Issue, TextEdit, Word
from kubelint_lb.source.node import Node, Scalar

if TYPE_CHECKING:
    from kubelint_lb.detectors.context import Context
    from kubelint_lb.detectors.issue import Issues
    from kubelint_lb.kube.references import Reference


def missing(ctx: Context, reference: Reference, *, key: str = "", **words: Word) -> Issues:
    """An issue where a reference is MISSING, at the name that it says.

    The messages are `other-namespace` (with the word `namespace`), `near` (with `near`) and `not-found`, with the words given;
    `key` is one of the rule's own, that takes their place. The near or misplaced object is a related place.
    """
    found = ctx.resolve(reference)
    if not found.missing:
        return
    kind = reference.target.kind
    if found.elsewhere is not None:
        issue = Issue(reference.node, key or "other-namespace", namespace=found.elsewhere.namespace or "", **words)
        issue = issue.related(found.elsewhere.place("metadata", "namespace"), f"a {kind} of this name in another namespace")
    elif found.near is not None:
        issue = Issue(reference.node, key or "near", near=found.near.name, **words)
        issue = issue.related(found.near.manifest.name_node, f"a {kind} with a similar name")
        issue = issue.fix(f"write {found.near.name}", renamed(reference.node, reference.name, found.near.name))
    else:
        issue = Issue(reference.node, key or "not-found", **words)
    yield issue.since(found.former)


def renamed(node: Node, name: str, wanted: str) -> TextEdit | None:
    """Another name in place of the one that a value is, or holds (`namespace/name`); None where it is written otherwise."""
    if not isinstance(node, Scalar) or node.source.count(name) != 1 or "\n" in node.source:
        return None
    return TextEdit(node, node.source.replace(name, wanted))
