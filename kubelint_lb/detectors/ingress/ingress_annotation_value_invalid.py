"""A controller reads the value of an annotation in its own way, or not at all."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ALB,
    NGINX,
    Context,
    Effect,
    Ingress,
    Issue,
    Issues,
    Scalar,
    View,
    annotations_of,
    controller_by_prefix,
    detector,
    go_bool,
    is_filled_in,
    replace_node,
    wanted,
)

# Rules of their own say more about these.
_SAID = {
    NGINX: frozenset(
        {
            "auth-always-set-cookie",
            "auth-cache-duration",
            "auth-keepalive-timeout",
            "auth-request-redirect",
            "auth-tls-secret",
            "canary",
            "canary-by-cookie",
            "canary-by-header",
            "canary-by-header-pattern",
            "canary-by-header-value",
            "canary-weight",
            "canary-weight-total",
            "cors-allow-origin",
            "load-balance",
            "proxy-connect-timeout",
            "proxy-next-upstream-timeout",
            "proxy-read-timeout",
            "proxy-send-timeout",
            "proxy-ssl-secret",
            "rewrite-target",
        }
    ),
    ALB: frozenset(
        {
            "group.name",
            "group.order",
            "healthcheck-interval-seconds",
            "healthcheck-timeout-seconds",
            "healthy-threshold-count",
            "unhealthy-threshold-count",
        }
    ),
}
_SPOKEN = {"yes": "true", "on": "true", "no": "false", "off": "false"}


@detector
def check(view: View, ctx: Context) -> Issues:
    """How each controller parses: `controllers/values.py`; what it does then: `on_invalid` in its data."""
    served = ctx.controller(view) if isinstance(view, Ingress) else None
    for name, _ in view.annotation_keys():
        controller = controller_by_prefix(name.partition("/")[0])
        if controller is None or (isinstance(view, Ingress) and controller != served):
            continue
        row = annotations_of(controller).find(name)
        node = view.annotation(name)
        if row is None or node is None or row.removed or view.kind not in row.objects or row.suffix in _SAID.get(controller, ()):
            continue
        value = _typed(node)
        if value is None:
            continue
        words = wanted(controller, row, value)
        if words is not None:
            key = "ignored" if row.effect is Effect.UNPROTECTED else row.effect.value
            issue = Issue(node, key, object=view.title, name=name, value=value, controller=controller, wanted=words)
            meant = _SPOKEN.get(value.strip().lower()) if row.type == "bool" and go_bool(value) is None else None
            yield issue if meant is None else issue.fix(f"write {meant}", replace_node(node, f'"{meant}"'))


def _typed(node: Scalar) -> str | None:
    """The text that a typed decoder hands on; None where it is filled in later or null."""
    value = node.value
    if value is None or node.unknown or is_filled_in(node.text):
        return None
    return ("true" if value else "false") if isinstance(value, bool) else node.text
