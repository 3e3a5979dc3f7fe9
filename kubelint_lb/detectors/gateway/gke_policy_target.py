"""GKE's policies have one target, and a Service has one policy of a kind."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, Scalar, View, detector, integer, text

_DEFAULT_INTERVAL = 5
_LONGEST_COOKIE = 1209600


@detector
def check(view: View, ctx: Context) -> Issues:
    """The CRDs and the controller of GKE (GoogleCloudPlatform/gke-gateway-api `apis/networking/v1`)."""
    several = view.key_at("spec", "targetRefs")
    if several is not None:
        yield Issue(several, "plural", policy=view.title)
    yield from _shared(view, ctx)
    if view.kind == "HealthCheckPolicy":
        yield from _timeout(view)
    cookie = view.at("spec", "default", "sessionAffinity", "cookieTtlSec")
    seconds = integer(cookie)
    if cookie is not None and seconds is not None and not 0 <= seconds <= _LONGEST_COOKIE:
        yield Issue(cookie, "cookie", policy=view.title, seconds=seconds, longest=_LONGEST_COOKIE)


def _timeout(view: View) -> Issues:
    node = view.at("spec", "default", "timeoutSec")
    timeout = integer(node)
    written = view.at("spec", "default", "checkIntervalSec")
    if written is None and not view.settled:
        return
    interval = integer(written) if written is not None else _DEFAULT_INTERVAL
    if node is not None and timeout is not None and interval is not None and timeout > interval:
        issue = Issue(node, "timeout", policy=view.title, timeout=timeout, interval=interval)
        yield issue.related(written, "the interval") if written is not None else issue


def _shared(view: View, ctx: Context) -> Issues:
    """Reported at the policy that comes later in the files."""
    target = _target(view)
    peers = (one for one in ctx.peers(view, view.kind) if one.namespace == view.namespace and one.name != view.name)
    other = next((one for one in peers if target is not None and _target(one) == target and one.is_before(view)), None)
    if target is not None and other is not None:
        issue = Issue(view.place("spec", "targetRef"), "two", policy=view.title, other=other.title, target=target[2])
        yield issue.related(other.place("spec", "targetRef"), "the same target")


def _target(view: View) -> tuple[str, str, str] | None:
    reference = view.at("spec", "targetRef")
    if not isinstance(reference, MappingNode):
        return None
    group, kind, name = (text(reference.get(field)) for field in ("group", "kind", "name"))
    node = reference.get("name")
    settled = isinstance(node, Scalar) and not node.unknown
    return (group or "", kind or "", name) if name and settled else None
