"""ClientIP affinity without a short timeout keeps a busy client at one pod for as long as it keeps connecting."""

from kubelint_lb.detectors.api import (
    DEFAULT_AFFINITY_SECONDS,
    Context,
    Issue,
    Issues,
    Service,
    TextEdit,
    detector,
    first_lines,
    idle_affinity,
    integer,
    put_in,
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
        issue = Issue(service.place("spec", "sessionAffinity"), key, service=service.title, default=DEFAULT_AFFINITY_SECONDS)
        yield issue.fix("say the timeout", _explicit(service, ctx.number("max-seconds")))
        return
    seconds, most = integer(timeout), ctx.number("max-seconds")
    if seconds is not None and most < seconds <= _REFUSED_ABOVE:
        yield Issue(timeout, "too-long", service=service.title, seconds=seconds, most=most)


def _explicit(service: Service, most: int) -> TextEdit | None:
    """The timeout in force as a field, or the longest that is allowed."""
    if service.spec is None or service.at("spec", "sessionAffinityConfig") is not None:
        return None
    seconds = min(most, DEFAULT_AFFINITY_SECONDS)
    return put_in(first_lines(service.spec, ("sessionAffinityConfig:", "  clientIP:", f"    timeoutSeconds: {seconds}")))
