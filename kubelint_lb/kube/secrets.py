"""Secrets with certificates."""

from __future__ import annotations

from kubelint_lb.kube.values import text
from kubelint_lb.kube.view import View
from kubelint_lb.source.placeholder import is_open

TLS_TYPE = "kubernetes.io/tls"
_KEYS = ("tls.crt", "tls.key")
_TYPES = frozenset({TLS_TYPE, "Opaque"})


def secret_type(secret: View) -> str:
    """Its `type`, with the default."""
    return text(secret.at("type")) or "Opaque"


def lacking_key(secret: View) -> str:
    """A key of a certificate that a Secret of a type without certificates surely does not have; others fill in those of the
    usual types."""
    kind = secret_type(secret)
    if kind in _TYPES or is_open(kind) or secret.manifest.encrypted:
        return ""
    return next((key for key in _KEYS if secret.lacks("data", key) and secret.lacks("stringData", key)), "")
