"""How HAProxy's two controllers balance."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import (
    HAPROXY_INGRESS,
    HAPROXY_TECH,
    Context,
    Ingress,
    Issue,
    Issues,
    Scalar,
    Workload,
    detector,
    go_int,
    is_open,
)

_TECH, _COMMUNITY = "haproxy.org/", "haproxy-ingress.github.io/"
_ALGORITHM = re.compile(
    r"(roundrobin|static-rr|leastconn|first|source|uri|url_param|hdr|random|rdp-cookie)\b.*|hash\s+\S.*", re.DOTALL
)
_LARGEST = 256


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """haproxytech `pkg/annotations/service/loadBalance.go`; haproxy-ingress `pkg/converters/ingress/annotations/backend.go`."""
    if not ingress.settled:
        return
    controller = ctx.controller(ingress)
    if controller == HAPROXY_TECH:
        yield from _tech(ingress)
    elif controller == HAPROXY_INGRESS:
        yield from _community(ingress, ctx)


def _tech(ingress: Ingress) -> Issues:
    node = ingress.annotation(f"{_TECH}load-balance")
    if node is not None and not is_open(node.text) and not _ALGORITHM.fullmatch(node.text.strip()):
        yield Issue(node, "algorithm", ingress=ingress.title, algorithm=node.text)
    one, other = (ingress.annotation(f"{_TECH}cookie-persistence{end}") for end in ("", "-no-dynamic"))
    if one is not None and other is not None:
        yield Issue(other, "cookie-twice", ingress=ingress.title).related(one, "the other cookie")


def _community(ingress: Ingress, ctx: Context) -> Issues:
    mode = ingress.annotation(f"{_COMMUNITY}blue-green-mode")
    if mode is not None and not is_open(mode.text) and mode.text not in {"pod", "deploy"}:
        yield Issue(mode, "mode", ingress=ingress.title, mode=mode.text)
    node = ingress.annotation(f"{_COMMUNITY}blue-green-balance")
    if node is None or is_open(node.text):
        return
    for part in node.text.split(","):
        words = [word.strip() for word in part.split("=")]
        weight = go_int(words[2]) if len(words) == 3 else None
        if weight is None:
            yield Issue(node, "triple", ingress=ingress.title, part=part.strip())
            continue
        label, value = words[:2]
        if not 0 <= weight <= _LARGEST:
            taken = min(max(weight, 0), _LARGEST)
            yield Issue(node, "range", weight=weight, label=f"{label}={value}", taken=taken)
        elif weight:
            yield from _pods(ingress, node, (label, value), ctx)


def _pods(ingress: Ingress, node: Scalar, label: tuple[str, str], ctx: Context) -> Issues:
    name, value = label
    for backend in ingress.backends:
        services = ctx.services(backend.reference)
        selection = ctx.select(services[0]) if len(services) == 1 else None
        if selection is not None and selection.workloads and all(_lacks(one, name, value) for one in selection.workloads):
            words = {"service": services[0].title, "label": f"{name}={value}"}
            yield Issue(node, "no-pods", **words).related(services[0].place("spec", "selector"), "the Service's selector")


def _lacks(workload: Workload, name: str, value: str) -> bool:
    found = workload.pod_labels.get(name, "")
    return workload.settled and found != value and not is_open(found)
