"""A Gateway takes listeners from ListenerSets only where it says so."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Gateway, Issue, Issues, ListenerSet, detector, surely_differ


@detector
def check(listeners: ListenerSet, ctx: Context) -> Issues:
    """AllowedListeners (gateway-api `apis/v1/gateway_types.go`); conformance `ListenerSetAllowedNamespaceNone`."""
    parent = listeners.parent
    gateways = [] if parent is None else [one for one in ctx.resolve(parent).targets if isinstance(one, Gateway)]
    if not any(_is_meant(listeners, gateway, ctx) for gateway in gateways):
        return
    keys = [_refusal(listeners, gateway) if gateway.settled else "" for gateway in gateways]
    if parent is not None and all(keys):
        gateway = gateways[0]
        words = {"set": listeners.title, "gateway": gateway.title, "namespace": listeners.namespace or ""}
        issue = Issue(parent.node, keys[0], **words)
        yield issue.related(gateway.key_at("spec", "allowedListeners") or gateway.manifest.name_node, "the Gateway")


def _is_meant(listeners: ListenerSet, gateway: Gateway, ctx: Context) -> bool:
    parent = listeners.parent
    named = parent is not None and parent.namespace_written and gateway.namespace == parent.namespace
    return named or ctx.unit.lands_with(listeners.manifest, gateway.manifest)


def _refusal(listeners: ListenerSet, gateway: Gateway) -> str:
    """Why the Gateway does not take them; empty where it does, or may."""
    allowed = gateway.allowed_listeners
    if allowed.origin == "None":
        return "silent" if gateway.at("spec", "allowedListeners", "namespaces") is None else "none"
    return "own-only" if allowed.origin == "Same" and surely_differ(gateway.namespace, listeners.namespace) else ""
