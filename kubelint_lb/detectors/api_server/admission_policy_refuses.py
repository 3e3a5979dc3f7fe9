"""The cluster's own policies, asked before it is."""

from __future__ import annotations

from kubelint_lb.detectors.api import Admissions, Context, Issue, Issues, NotInstalled, View, detector


@detector
def check(policy: View, ctx: Context) -> Issues:
    """ValidatingAdmissionPolicy (kubernetes `admissionregistration/v1`): what its bindings make it ask of new objects."""
    try:
        found = list(ctx.of(Admissions).refusals(policy))
    except NotInstalled:
        yield Issue(policy.manifest.name_node, "not-run", policy=policy.name, why="CEL is not installed (kubelint-lb[cel])")
        return
    except ValueError as error:
        yield Issue(policy.manifest.name_node, "not-run", policy=policy.name, why=" ".join(str(error).split()))
        return
    for one in found:
        key = "warned" if one.warns else "refused"
        issue = Issue(one.manifest.name_node, key, object=one.manifest.title, policy=policy.name, words=one.words.rstrip("."))
        yield issue.related(one.expression, "is not true").related(one.binding.manifest.name_node, "binds it").about(one.manifest)
