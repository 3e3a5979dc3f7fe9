"""A sessionAffinityConfig means nothing without `sessionAffinity: ClientIP`."""

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, Service, detector, taken_out


@detector
def check(service: Service, ctx: Context) -> Issues:
    """SetDefaults_Service (kubernetes `pkg/apis/core/v1/defaults.go`) erases the block before anything validates it."""
    del ctx
    config = service.at("spec", "sessionAffinityConfig")
    if not isinstance(config, MappingNode) or not config.entries or service.affinity != "None":
        return
    written = service.at("spec", "sessionAffinity")
    if service.lacks("spec", "sessionAffinity") is None:
        return
    place = service.key_at("spec", "sessionAffinityConfig") or config
    if written is None:
        issue = Issue(place, "no-affinity", service=service.title)
    else:
        issue = Issue(place, "affinity-none", service=service.title).related(written, "turns session affinity off")
    yield issue.fix("take the block out", taken_out(service, "spec", "sessionAffinityConfig"))
