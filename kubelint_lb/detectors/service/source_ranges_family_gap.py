"""Each family of addresses has ranges of its own."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, Service, detector, items, text

_BOTH = frozenset({"RequireDualStack", "PreferDualStack"})


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """kube-proxy `pkg/proxy/serviceport.go`: source ranges by IP family."""
    if service.type != "LoadBalancer":
        return
    ranges = [one for one in items(service.at("spec", "loadBalancerSourceRanges")) if isinstance(one, Scalar)]
    both = len(items(service.at("spec", "ipFamilies"))) == 2 or text(service.at("spec", "ipFamilyPolicy")) in _BOTH
    families = {"IPv6" if ":" in one.text else "IPv4" for one in ranges}
    if both and len(families) == 1 and not any(one.unknown for one in ranges):
        policy = service.at("spec", "ipFamilyPolicy") or service.place("spec", "ipFamilies")
        issue = Issue(ranges[0], "gap", service=service.title, family=families.pop())
        yield issue.related(policy, "both families")
