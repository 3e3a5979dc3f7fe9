"""The sleep before the end has to leave time for the end."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import Container, Context, Issue, Issues, Node, Workload, detector, integer, items, name_text

_DEFAULT_GRACE = 30
# A shell that does nothing but sleep, or sleeps first.
_SLEEP = r"(?:/bin/)?sleep\s+(\d+)s?\s*(?:$|[;&])"
_SHELLS = frozenset({"sh", "bash", "/bin/sh", "/bin/bash", "ash", "/bin/ash"})


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """Pod termination (kubernetes docs "Pod Lifecycle"): the grace period starts before preStop; KEP-3960 for `sleep`."""
    template = workload.template
    if template is None or template.spec is None or not workload.settled:
        return
    written = template.spec.get("terminationGracePeriodSeconds")
    grace = _DEFAULT_GRACE if written is None else integer(written)
    for container in template.containers if grace is not None else ():
        place, seconds = _sleep(container)
        if place is None or seconds is None or grace is None or seconds + ctx.number("min-shutdown") <= grace:
            continue
        left = grace - seconds
        words = {"container": f"Container {container.name}", "workload": workload.title}
        shown = f"{left} s are left to finish requests" if left > 0 else "it is killed before it is told to end"
        issue = Issue(place, "no-time-left", sleep=seconds, grace=grace, left=shown, **words)
        yield issue if written is None else issue.related(written, "the whole time")


def _sleep(container: Container) -> tuple[Node | None, int | None]:
    """Where the hook sleeps and for how many seconds, where that is all that is known of its time."""
    hook = container.pre_stop
    if hook is None:
        return None, None
    written = hook.get("sleep", "seconds")
    if written is not None:
        return written, integer(written)
    command = hook.get("exec", "command")
    words = [name_text(one) or "" for one in items(command)]
    if len(words) == 2 and words[0] in {"sleep", "/bin/sleep"} and words[1].removesuffix("s").isdigit():
        return command, int(words[1].removesuffix("s"))
    if len(words) == 3 and words[0] in _SHELLS and words[1] == "-c":
        found = re.match(_SLEEP, words[2].strip())
        return command, int(found[1]) if found else None
    return None, None
