"""Where and how the AWS controller has health checked."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import ALB, Context, Ingress, Issue, Issues, Scalar, detector, has_placeholder

_PREFIX = "alb.ingress.kubernetes.io"
_HTTP_CODES = re.compile(r"[2-4]\d{2}([-,][2-4]\d{2})*")
_GRPC_CODES = re.compile(r"\d{1,2}([-,]\d{1,2})*")
_METHOD = re.compile(r"/[^/]+/[^/]+")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/model_build_target_group.go`; ELBv2 Matcher."""
    if ctx.controller(ingress) != ALB or not ingress.settled:
        return
    version = ingress.annotations.get(f"{_PREFIX}/backend-protocol-version", "")
    grpc = version.upper() == "GRPC"
    codes = _known(ingress, "success-codes")
    if codes is not None and not has_placeholder(version) and not (_GRPC_CODES if grpc else _HTTP_CODES).fullmatch(codes.text):
        example = "0-99" if grpc else "200,301-302"
        yield Issue(codes, "codes", ingress=ingress.title, value=codes.text, example=example)
    path = _known(ingress, "healthcheck-path")
    if path is not None and grpc and not _METHOD.fullmatch(path.text):
        yield Issue(path, "grpc-path", ingress=ingress.title, value=path.text)
    port = _known(ingress, "healthcheck-port")
    if port is not None and port.text != "traffic-port" and not port.text.isdecimal():
        yield from _port(ingress, port, ctx)


def _known(ingress: Ingress, name: str) -> Scalar | None:
    node = ingress.annotation(f"{_PREFIX}/{name}")
    return None if node is None or has_placeholder(node.text) else node


def _port(ingress: Ingress, port: Scalar, ctx: Context) -> Issues:
    for backend in ingress.backends:
        for service in ctx.services(backend.reference)[:1]:
            names = {one.name for one in service.ports}
            if service.settled and port.text not in names and not any(one.open for one in service.ports):
                issue = Issue(port, "port-name", ingress=ingress.title, value=port.text, service=service.name)
                yield issue.related(service.place("spec", "ports"), "its ports")
                return
