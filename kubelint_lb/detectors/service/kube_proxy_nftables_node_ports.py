"""nftables opens node ports on fewer addresses than iptables did."""

from __future__ import annotations

from kubelint_lb.detectors.api import NFTABLES, Context, Issue, Issues, Service, View, detector, is_replaced, items, written_mode


@detector
def check(config: View, ctx: Context) -> Issues:
    """KubeProxyConfiguration.NodePortAddresses (kubernetes kube-proxy `config/v1alpha1/types.go`)."""
    mode = written_mode(config)
    if mode is None or mode.text != NFTABLES or items(config.at("nodePortAddresses")) or is_replaced(ctx.unit):
        return
    services = (one for one in ctx.all("Service") if isinstance(one, Service) and one.type == "NodePort")
    service = next(services, None)
    if service is not None:
        yield Issue(mode, "primary", service=service.title).related(service.place("spec", "type"), "has node ports")
