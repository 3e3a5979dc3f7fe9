"""What the API server refuses of an object, but for what a rule of its own says better."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from kubelint_lb.detectors.forms.spelling import spelling
from kubelint_lb.detectors.issue import Issue, Issues, replace_node
from kubelint_lb.kube.validation.violation import Reason, Refusal, Violation
from kubelint_lb.source.node import Scalar
from kubelint_lb.source.node import Sequence as SequenceNode
from kubelint_lb.traffic.refusals import Refusals

if TYPE_CHECKING:
    from kubelint_lb.detectors.context import Context
    from kubelint_lb.kube.view import View

_LONGEST = 40


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
    (
        "HTTPRoute",
        r"spec\.rules\[\d+\]: .*(RequestRedirect filter must not be used together|exactly one PathPrefix match).*",
        frozenset({Reason.RULE}),
    ),
    (
        "",
        r".*filters(\[\d+\])?: (filter\.\w+ must be|May specify either httpRouteFilter|\w+ filter cannot be repeated).*",
        frozenset({Reason.RULE}),
    ),
    ("", r"spec\.rules: Rule name must be unique.*", frozenset({Reason.RULE})),
    ("", r"spec\.parentRefs: sectionName.*", frozenset({Reason.RULE})),
)


# Repairs what is refused: an issue with a fix, or as it was.
Mend: TypeAlias = "Callable[[Issue, Violation, View, Context], Issue]"


def check_refusals(
    asked: Refusal, messages: Sequence[str], *, fixes: bool, mender: Callable[[], Mend | None] = lambda: None
) -> Callable[[View, Context], Issues]:
    """The detector of a rule that reports what is refused, for the reasons and at the fields that its head names.

    Of its messages, `near` is for what is like something allowed, one with the name of a reason is for that, and the first for
    all else. They may name the object, its kind, the field, the value that is there, what is wanted in its place, what is
    near it, and the version of the cluster. `fixes`: a value is spelled as it has to be, where that is known, else by what
    `mender` finds, which is looked for when there is something to mend. Source: strict decoding and validation (kubernetes
    apiserver, `pkg/apis/*/validation`).
    """

    def check(view: View, ctx: Context) -> Issues:
        for one in refused(view, ctx, asked):
            near = one.near and "near" in messages
            by_reason = one.reason.name.lower()
            key = "near" if near else by_reason if by_reason in messages else messages[0]
            issue = _issue(one, key, view, str(ctx.kubernetes))
            text = spelling(one) if fixes else ""
            if text:
                issue = issue.fix(f"write {text}", replace_node(one.node, text))
            elif fixes and (mend := mender()) is not None:
                issue = mend(issue, one, view, ctx)
            yield issue

    return check


def refused(view: View, ctx: Context, asked: Refusal) -> Iterator[Violation]:
    """What the API server refuses of an object; without fields, what no rule of its own reports; with them, each field
    once, however many rules it breaks."""
    server = ctx.kubernetes if ctx.kubernetes_set else None
    reported: set[str] = set()
    for one in ctx.of(Refusals).of_view(view, server, ctx.channel, ctx.definitions):
        if one.reason.name.lower() not in asked.reasons:
            continue
        if not asked.fields:
            if not any(_says(said, view, one) for said in _SAID):
                yield one
        elif one.path not in reported and _is_at(one, asked.fields):
            reported.add(one.path)
            yield one


def _issue(one: Violation, key: str, view: View, version: str) -> Issue:
    """With the place that defines the kind where the repository does."""
    field = one.path.rpartition("[")[0] if one.reason is Reason.DUPLICATE else one.path
    words = {"value": _shown(one), "wanted": one.words, "near": one.near, "version": version, "kind": view.kind}
    issue = Issue(one.node, key, object=view.title, field=field or "the object", **words)
    return issue if one.definition is None else issue.related(one.definition, "the kind is defined here")


def _shown(one: Violation) -> str:
    """What is there, in a few words; quoted where that makes it a text."""
    node = one.node
    if not isinstance(node, Scalar):
        return "a list" if isinstance(node, SequenceNode) else "a map"
    text = node.text if len(node.text) <= _LONGEST else f"{node.text[:_LONGEST]}…"
    return f'"{text}"' if not text or (one.reason is Reason.TYPE and not node.plain) else text


def _says(said: tuple[str, str, frozenset[Reason]], view: View, one: Violation) -> bool:
    kind, fields, reasons = said
    return one.reason in reasons and kind in {"", view.kind} and _is_at(one, fields)


def _is_at(one: Violation, fields: str) -> bool:
    """The pattern matches the field, or the field with what is said of it."""
    return any(re.fullmatch(fields, text) for text in (one.path, f"{one.path}: {one.words}"))
