"""How a pod ends: the time it is given, and what a container does before it is told.

Source: kubernetes docs "Pod Lifecycle", Termination of Pods; KEP-3960 (`sleep`).
"""

from __future__ import annotations

import re

from kubelint_lb.kube.pod import Container, PodTemplate
from kubelint_lb.kube.values import integer, items, name_text
from kubelint_lb.source.node import Node

DEFAULT_GRACE_SECONDS = 30
# A shell that does nothing but sleep, or sleeps first.
_SLEEP = r"(?:/bin/)?sleep\s+(\d+)s?\s*(?:$|[;&])"
_SHELLS = frozenset({"sh", "bash", "/bin/sh", "/bin/bash", "ash", "/bin/ash"})


def grace_seconds(template: PodTemplate) -> tuple[Node | None, int | None]:
    """Where the grace period is written (None: nowhere) and its seconds, None where they are not known."""
    written = template.spec.get("terminationGracePeriodSeconds") if template.spec is not None else None
    return written, DEFAULT_GRACE_SECONDS if written is None else integer(written)


def sleep_before_end(container: Container) -> tuple[Node | None, int | None]:
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
