"""Whether a host has TLS, in whichever Ingress that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kubelint_lb.detectors.context import Context
    from kubelint_lb.kube.ingress import Ingress


def has_tls(host: str, ingress: Ingress, ctx: Context) -> bool:
    """An entry of `tls` covers a host: one of this Ingress, or of another with rules for it."""
    return any(entry.covers(host) for one in (ingress, *ctx.ingresses_on(host)) for entry in one.tls)
