"""Which rules are worth running when a run is about some files only."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kubelint_lb.catalogue.outline import Outline
from kubelint_lb.deploy.former import FormerObjects
from kubelint_lb.deploy.scope import Scope
from kubelint_lb.kube.kinds import CUSTOM, VENDOR_KINDS, expand
from kubelint_lb.render.origin import RenderedDocument
from kubelint_lb.traffic.world import World

# Rules of these kinds look at every object or document.
_EVERYTHING = frozenset({"Any", "Document"})


def pertinent(
    outlines: Sequence[Outline],
    worlds: Sequence[World],
    scope: Scope,
    former: FormerObjects | None,
    touched: Collection[str] = (),
) -> Sequence[Outline]:
    """The rules that may find something about what was asked for.

    The places of a finding lie in objects of the kinds that its rule declares. Where no file that was asked for holds one of
    them, whatever the rule finds elsewhere is not reported, and nobody needs to look for it: a commit to one file touches few
    kinds. What was rendered may point anywhere. `touched` are more files that count as asked for.
    """
    manifests = [manifest for one in worlds for manifest in one.objects.manifests]
    if scope.is_whole or any(isinstance(one.node.document, RenderedDocument) for one in manifests):
        return outlines
    kinds: set[str | None] = {one.view_name or CUSTOM for one in manifests if scope.holds(one.path) or one.path in touched}
    kinds |= {CUSTOM} if kinds & VENDOR_KINDS else set()
    kinds |= former.kinds if former is not None else set()
    return [one for one in outlines if _EVERYTHING & {*one.kinds} or kinds & {*expand((*one.kinds, *one.needs))}]
