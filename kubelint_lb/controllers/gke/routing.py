"""Which path of a GKE Ingress takes a request.

Source: ingress-gce v1.38 `pkg/controller/translator/translator.go` (path types), `pkg/utils/utils.go`; Google Cloud "URL maps".
"""

from __future__ import annotations

from kubelint_lb.controllers.routing import Candidate, Routing


class GkeRouting(Routing):
    """One load balancer an Ingress; paths without a type are exact unless they end with `/*`."""

    deep_wildcards = True
    falls_through = False
    tls_redirect = 0
    no_endpoints = 502

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """`/a/*` takes all below `/a/`."""
        return asked.startswith(written[:-1]) if written.endswith("/*") else written == asked

    def doubt(self, winner: Candidate) -> str:
        """A FrontendConfig may redirect to HTTPS."""
        named = winner.ingress.annotations.get("networking.gke.io/v1beta1.FrontendConfig")
        if named and self.request.scheme == "http":
            return f"the FrontendConfig {named} may redirect to HTTPS, and is not followed"
        return ""
