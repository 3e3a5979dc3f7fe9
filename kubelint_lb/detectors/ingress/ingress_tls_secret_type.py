"""An Ingress's Secret holds a certificate."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, lacking_key, secret_type


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/store/backend_ssl.go` (getPemCertificate)."""
    for entry in ingress.tls:
        secrets = ctx.resolve(entry.secret).targets if entry.secret is not None else ()
        keys = [lacking_key(one) for one in secrets]
        if entry.secret is not None and keys and all(keys):
            words = {"secret": secrets[0].title, "type": secret_type(secrets[0]), "key": keys[0]}
            issue = Issue(entry.secret.node, "type", ingress=ingress.title, **words)
            yield issue.related(secrets[0].place("type"), "the Secret")
