"""The conditions that the AWS controller adds to the rules of a backend."""

from __future__ import annotations

from kubelint_lb.detectors.api import ALB, Context, Ingress, Issue, Issues, Scalar, detector, has_placeholder, is_open, read_json

_PREFIX = "alb.ingress.kubernetes.io/conditions."
_FIELDS = {
    "host-header": "hostHeaderConfig",
    "path-pattern": "pathPatternConfig",
    "http-header": "httpHeaderConfig",
    "http-request-method": "httpRequestMethodConfig",
    "query-string": "queryStringConfig",
    "source-ip": "sourceIPConfig",
}
_MOST = 5


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/config_types.go` (RuleCondition.validate), ELBv2 quotas."""
    if ctx.controller(ingress) != ALB or not ingress.settled:
        return
    backends = {backend.reference.name for backend in ingress.backends}
    for name in ingress.annotations:
        node = ingress.annotation(name)
        if not name.startswith(_PREFIX) or node is None or has_placeholder(node.text):
            continue
        if name.removeprefix(_PREFIX) not in backends and not any(map(is_open, backends)):
            yield Issue(node, "unused", ingress=ingress.title, name=name)
        else:
            yield from _conditions(ingress, name, node)


def _conditions(ingress: Ingress, name: str, node: Scalar) -> Issues:
    data = read_json(node.text)
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        yield Issue(node, "json", ingress=ingress.title, name=name)
        return
    count = 0
    for one in data:
        field = str(one.get("field", ""))
        config = _FIELDS.get(field)
        found = one.get(config.lower()) if config is not None else None
        if not isinstance(found, dict):
            words = {"field": field or "nothing", "config": config or "a field that the controller knows"}
            yield Issue(node, "field", ingress=ingress.title, name=name, **words)
            return
        values = found.get("values")
        count += len(values) if isinstance(values, list) else 0
    of_rule = count + any(path.host for path in ingress.paths) + any(path.path not in {"", "/"} for path in ingress.paths)
    if of_rule > _MOST:
        yield Issue(node, "too-many", ingress=ingress.title, name=name, count=count)
