"""What GKE's ingress controller asks of a BackendConfig."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, boolean, detector, integer, is_open, name_text

_COOKIE = "GENERATED_COOKIE"
_TYPES = {"NONE", "CLIENT_IP", _COOKIE}
_DAY = 86400


@detector
def check(view: View, _ctx: Context) -> Issues:
    """kubernetes/ingress-gce `pkg/backendconfig/validation.go`."""
    if not view.settled:
        return
    node = view.at("spec", "sessionAffinity", "affinityType")
    kind = name_text(node) or ""
    if node is not None and kind and not is_open(kind) and kind not in _TYPES:
        yield Issue(node, "affinity-type", config=view.title, value=kind)
    ttl = view.at("spec", "sessionAffinity", "affinityCookieTtlSec")
    seconds = integer(ttl)
    if ttl is not None and seconds is not None and kind in {"", *_TYPES} and not (0 <= seconds <= _DAY and kind == _COOKIE):
        yield Issue(ttl, "cookie-ttl", config=view.title, value=seconds)
    iap, cdn = view.at("spec", "iap", "enabled"), view.at("spec", "cdn", "enabled")
    if iap is not None and cdn is not None and boolean(iap) is True and boolean(cdn) is True:
        yield Issue(iap, "iap-and-cdn", config=view.title).related(cdn, "Cloud CDN")
    draining = view.at("spec", "connectionDraining", "drainingTimeoutSec")
    if draining is not None and integer(draining) == 0:
        yield Issue(draining, "no-draining", config=view.title)
