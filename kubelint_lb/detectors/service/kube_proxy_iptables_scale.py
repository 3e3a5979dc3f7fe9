"""iptables mode walks rules one by one where a connection starts, and rewrites them as Services change."""

from kubelint_lb.detectors.api import (
    IPTABLES,
    Context,
    Issue,
    Issues,
    Service,
    View,
    detector,
    is_replaced,
    mode_in_force,
    written_mode,
)


@detector
def check(config: View, ctx: Context) -> Issues:
    """Counts the Services that get rules: each by its name, and none without a virtual IP."""
    if mode_in_force(config, ctx.kubernetes) != IPTABLES or is_replaced(ctx.unit):
        return
    services = {
        (view.namespace, view.name)
        for view in ctx.all("Service")
        if isinstance(view, Service) and not view.headless and not view.external_name
    }
    if len(services) < ctx.number("min-services"):
        return
    mode = written_mode(config)
    if mode is not None:
        yield Issue(mode, "many-services", count=len(services))
    else:
        yield Issue(config.place("kind"), "many-services-by-default", count=len(services), version=ctx.kubernetes)
