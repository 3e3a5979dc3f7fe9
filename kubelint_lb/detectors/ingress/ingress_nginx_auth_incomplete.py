"""Authentication needs all of its parts."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import KINDS, Context, Ingress, Issue, Issues, NginxAnnotations, Reference, View, detector, nginx

_URL = re.compile(r"https?://[^/]+", re.IGNORECASE)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/auth/main.go`, `authreq/main.go`; cross-namespace access is off since 1.12."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not False:
        return
    kind, secret, url = (annotations.node(suffix) for suffix in ("auth-type", "auth-secret", "auth-url"))
    if kind is not None and kind.text and secret is None:
        yield Issue(kind, "no-secret", ingress=ingress.title)
    elif secret is not None and secret.text and kind is None:
        yield Issue(secret, "no-type", ingress=ingress.title)
    elif secret is not None:
        yield from _secret(ingress, annotations, ctx)
    value = annotations.known("auth-url")
    if url is not None and value and _URL.match(value) is None and not value.startswith("$"):
        yield Issue(url, "no-url", ingress=ingress.title, value=value)


def _secret(ingress: Ingress, annotations: NginxAnnotations, ctx: Context) -> Issues:
    node, value = annotations.node("auth-secret"), annotations.known("auth-secret")
    namespace, _, name = value.rpartition("/")
    if node is None or not name:
        return
    if namespace and ingress.namespace is not None and namespace != ingress.namespace:
        yield Issue(node, "other-namespace", ingress=ingress.title, value=value)
        return
    found = ctx.resolve(Reference(ingress.manifest, node, KINDS["Secret"], ingress.namespace, name)).targets
    maps = annotations.known("auth-secret-type") == "auth-map" or annotations.unknown("auth-secret-type")
    if found and not maps and all(_lacks_passwords(one) for one in found):
        issue = Issue(node, "no-key", ingress=ingress.title, secret=found[0].title)
        yield issue.related(found[0].place("data"), "its keys")


def _lacks_passwords(secret: View) -> bool:
    """It has keys, and surely none by which the controller finds passwords; one without any is filled in by others."""
    if secret.manifest.encrypted or not (secret.at("data") or secret.at("stringData")):
        return False
    return bool(secret.lacks("data", "auth") and secret.lacks("stringData", "auth"))
