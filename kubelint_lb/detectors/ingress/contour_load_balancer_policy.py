"""Contour balances round robin where it does not know the strategy."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, boolean, detector, is_open, mappings, name_text, present

_STRATEGIES = {"Random", "RoundRobin", "WeightedLeastRequest", "Cookie", "RequestHash"}
_HASHED = ("headerHashOptions", "queryParameterHashOptions", "hashSourceIP")


@detector
def check(view: View, _ctx: Context) -> Issues:
    """projectcontour/contour `internal/dag/policy.go` (loadBalancerPolicy, loadBalancerRequestHashPolicies)."""
    if not view.settled:
        return
    for route in mappings(view.at("spec", "routes")):
        node = present(route.get("loadBalancerPolicy", "strategy"))
        strategy = name_text(node)
        if node is None or strategy is None or is_open(strategy):
            continue
        policies = list(mappings(route.get("loadBalancerPolicy", "requestHashPolicies")))
        if strategy not in _STRATEGIES:
            yield Issue(node, "unknown", object=view.title, strategy=strategy)
        elif strategy == "RequestHash" and not policies:
            yield Issue(node, "no-policies", object=view.title)
        for policy in policies:
            set_fields = {field: present(policy.get(field)) for field in _HASHED}
            said = [field for field, value in set_fields.items() if value is not None and boolean(value) is not False]
            if len(said) != 1:
                yield Issue(next(policy.keys(), policy), "not-one", object=view.title, count=len(said))
