"""Regular expressions are for ImplementationSpecific paths."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import (
    ALB,
    NGINX,
    NGINX_INC,
    Context,
    Ingress,
    Issue,
    Issues,
    NginxConfiguration,
    TextEdit,
    detector,
    has_placeholder,
    looks_like_regex,
)

_STRICT = re.compile(r"/[A-Za-z0-9/._-]*")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/inspector/rules.go`, `internal/ingress/controller/config/config.go`
    (StrictValidatePathType). The AWS controller is alb-path-wildcard's; nginx/kubernetes-ingress reads them where it is told."""
    controller = ctx.controller(ingress)
    if controller in {None, ALB} or (controller == NGINX_INC and "nginx.org/path-regex" in ingress.annotations):
        return
    for path in ingress.paths:
        if path.path_type not in {"Exact", "Prefix"} or has_placeholder(path.path) or not looks_like_regex(path.path):
            continue
        if controller == NGINX and ctx.of(NginxConfiguration).value("strict-validate-path-type") == "false":
            return
        rest = path.path if controller == NGINX else re.sub(r"[^\^$\[\](){}*+?|\\]", "", path.path)
        signs = " ".join(dict.fromkeys(sign for sign in rest if _STRICT.fullmatch(f"/{sign}") is None))
        key = "strict" if controller == NGINX else "literal"
        words = {"path": path.path, "type": path.path_type, "signs": signs, "controller": controller or ""}
        issue = Issue(path.place, key, ingress=ingress.title, **words)
        node = path.type_node
        yield issue if node is None else issue.fix("write ImplementationSpecific", TextEdit(node, "ImplementationSpecific"))
