"""What is refused of the addresses of a Service can be mended where two families are asked for."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, View, Violation, items, with_entry

_POLICY = "ipFamilyPolicy"


def mend(issue: Issue, one: Violation, view: View, _ctx: Context) -> Issue:
    """A Service with two families takes a policy that allows for them."""
    if one.path != f"spec.{_POLICY}" or len(items(view.at("spec", "ipFamilies"))) < 2:
        return issue
    return issue.fix("prefer both families", with_entry(view.spec, _POLICY, "PreferDualStack"))
