"""ClientIP affinity without a short timeout keeps a busy client at one pod for as long as it keeps connecting."""

from kubelint_lb.detectors.api import (
    DEFAULT_AFFINITY_SECONDS,
    Context,
    Issue,
    Issues,
    Service,
    detector,
    idle_affinity,
    integer,
    sticks,
)

# ValidateClientIPAffinityConfig: the API server refuses a longer timeout.
_REFUSED_ABOVE = 86400


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The timeout counts idle time: kube-proxy starts it anew at every connection."""
    if not sticks(service):
        return
    selection = ctx.select(service)
    if idle_affinity(service, selection, ctx.replicas) is not None:
        return
    timeout = service.affinity_timeout
    if timeout is None:
        if not service.settled:
            return
        key = "no-timeout" if selection.found else "no-timeout-unseen-pods"
        yield Issue(service.place("spec", "sessionAffinity"), key, service=service.title, default=DEFAULT_AFFINITY_SECONDS)
        return
    seconds, most = integer(timeout), ctx.number("max-seconds")
    if seconds is not None and most < seconds <= _REFUSED_ABOVE:
        yield Issue(timeout, "too-long", service=service.title, seconds=seconds, most=most)
