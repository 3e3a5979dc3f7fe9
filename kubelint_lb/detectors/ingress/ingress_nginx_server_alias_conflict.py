"""A name is one server's."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, NginxAliases, detector, nginx, same_class


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (createServers, allAliases)."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("server-alias")
    if node is None:
        return
    own = {host.lower() for host in ingress.hosts}
    for alias in NginxAliases.split(annotations.known("server-alias")):
        words = {"ingress": ingress.title, "alias": alias}
        if alias in own:
            yield Issue(node, "own", **words)
            continue
        hosts = [one for one in ctx.ingresses_on(alias) if one is not ingress and alias in {host.lower() for host in one.hosts}]
        hosts = [one for one in hosts if same_class(ingress, one, ctx)]
        if hosts:
            issue = Issue(node, "host", other=hosts[0].title, **words)
            yield issue.related(hosts[0].host_nodes.get(alias, hosts[0].manifest.name_node), "a rule for it")
            continue
        for other in ctx.of(NginxAliases).of_name(alias):
            place = other.annotation(f"{annotations.prefix}/server-alias")
            if other.is_before(ingress) and place is not None and same_class(ingress, other, ctx):
                yield Issue(node, "alias", other=other.title, **words).related(place, "the same alias")
                break
