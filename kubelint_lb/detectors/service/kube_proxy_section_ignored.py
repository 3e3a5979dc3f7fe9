"""Each mode of kube-proxy has a section of its own."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    Scalar,
    View,
    detector,
    is_replaced,
    mode_in_force,
    taken_out,
    written_mode,
)

_SECTIONS = {"ipvs": "ipvs", "nftables": "nftables"}
_SCHEDULERS = ("rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "sed", "nq")
_ZERO = frozenset({"", "0", "0s", "false", "null", "~"})
_DEFAULTS = {"syncPeriod": "30s"}


@detector
def check(config: View, ctx: Context) -> Issues:
    """KubeProxyConfiguration (kubernetes kube-proxy `config/v1alpha1/types.go`). kubeadm writes all sections, with zeros."""
    if is_replaced(ctx.unit):
        return
    mode = mode_in_force(config, ctx.kubernetes)
    for section, needed in _SECTIONS.items():
        node = config.at(section)
        if not isinstance(node, MappingNode) or mode == needed:
            continue
        for name, value in node.items():
            written_by_default = isinstance(value, Scalar) and (value.text in _ZERO or value.text == _DEFAULTS.get(name))
            if isinstance(value, Scalar) and not written_by_default and not value.unknown:
                issue = Issue(value, "section", mode=mode, section=section, field=f"{section}.{name}")
                written = written_mode(config)
                issue = issue if written is None else issue.related(written, "the mode")
                yield issue.fix("remove what is ignored", taken_out(config, section))
                break
    scheduler = config.at("ipvs", "scheduler")
    if mode == "ipvs" and isinstance(scheduler, Scalar) and not scheduler.unknown and scheduler.text not in {"", *_SCHEDULERS}:
        yield Issue(scheduler, "scheduler", scheduler=scheduler.text, known=", ".join(_SCHEDULERS))
