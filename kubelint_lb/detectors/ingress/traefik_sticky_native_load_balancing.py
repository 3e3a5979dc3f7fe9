"""A cookie of Traefik's chooses a server, and with the native load balancing there is one."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, go_bool

_PREFIX = "traefik.ingress.kubernetes.io/service."


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """traefik `pkg/provider/kubernetes/ingress/kubernetes.go` (loadService)."""
    native, sticky = service.annotation(f"{_PREFIX}nativelb"), service.annotation(f"{_PREFIX}sticky.cookie")
    if native is not None and sticky is not None and go_bool(native.text) is True and go_bool(sticky.text) is True:
        yield Issue(sticky, "single-server", service=service.title).related(native, "one server")
