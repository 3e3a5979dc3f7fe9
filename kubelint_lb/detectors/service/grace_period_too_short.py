"""The sleep before the end has to leave time for the end."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    DEFAULT_GRACE_SECONDS,
    Context,
    Issue,
    Issues,
    Workload,
    detector,
    grace_seconds,
    sleep_before_end,
    with_entry,
)


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """Pod termination (kubernetes docs "Pod Lifecycle"): the grace period starts before preStop; KEP-3960 for `sleep`."""
    template = workload.template
    if template is None or template.spec is None or not workload.settled:
        return
    written, grace = grace_seconds(template)
    for container in template.containers if grace is not None else ():
        place, seconds = sleep_before_end(container)
        if place is None or seconds is None or grace is None or seconds + ctx.number("min-shutdown") <= grace:
            continue
        left = grace - seconds
        words = {"container": f"Container {container.name}", "workload": workload.title}
        shown = f"{left} s are left to finish requests" if left > 0 else "it is killed before it is told to end"
        issue = Issue(place, "no-time-left", sleep=seconds, grace=grace, left=shown, **words)
        issue = issue if written is None else issue.related(written, "the whole time")
        wanted = seconds + max(ctx.number("min-shutdown"), DEFAULT_GRACE_SECONDS)
        yield issue.fix(f"wait {wanted} seconds", with_entry(template.spec, "terminationGracePeriodSeconds", str(wanted)))
