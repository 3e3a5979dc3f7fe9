"""What the API server refuses of an object, but for what a rule of its own says better."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kubelint_lb.detectors.issue import Issue
from kubelint_lb.kube.validation.violation import Reason, Violation
from kubelint_lb.traffic.refusals import Refusals

if TYPE_CHECKING:
    from kubelint_lb.detectors.context import Context
    from kubelint_lb.kube.view import View

# Said by a rule of its own: of a kind (any, where empty), at fields that match (their words may be in it), for these reasons.
_SAID = (
    ("Service", r"spec\.ports(\[\d+\]\.(port|name))?", frozenset({Reason.REQUIRED})),
    ("Service", r"spec\.ports\[\d+\]\.port", frozenset({Reason.TYPE, Reason.VALUE})),
    ("Service", r"spec\.ports\[\d+\]\.(name|protocol)", frozenset({Reason.VALUE})),
    ("Service", r"spec\.ports\[\d+\](\.\w+)?", frozenset({Reason.DUPLICATE})),
    (
        "Service",
        r"spec\.\w+: nothing(: it is a field of Services of type LoadBalancer| in a Service of type ExternalName)",
        frozenset({Reason.CONFLICT}),
    ),
    ("Service", r"spec\.externalName", frozenset({Reason.REQUIRED})),
    ("", r"(.*\.)?metadata\.(labels|annotations)\..*", frozenset({Reason.TYPE})),
)


def refused(view: View, ctx: Context, reason: Reason) -> Iterator[Violation]:
    """The refusals of one kind that no other rule reports."""
    server = ctx.kubernetes if ctx.kubernetes_set else None
    for one in ctx.of(Refusals).of_view(view, server, ctx.channel, ctx.definitions):
        if one.reason is reason and not any(_says(said, view, one) for said in _SAID):
            yield one


def refusal(one: Violation, key: str, **words: str | int) -> Issue:
    """The issue of a refusal, with the place that defines the kind where the repository does."""
    issue = Issue(one.node, key, **words)
    return issue if one.definition is None else issue.related(one.definition, "the kind is defined here")


def _says(said: tuple[str, str, frozenset[Reason]], view: View, one: Violation) -> bool:
    kind, fields, reasons = said
    return (
        one.reason in reasons
        and kind in {"", view.kind}
        and any(re.fullmatch(fields, text) for text in (one.path, f"{one.path}: {one.words}"))
    )
