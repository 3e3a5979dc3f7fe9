"""What options mean by a cluster."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.settings.errors import UsageError


class WhichCluster(NamedTuple):
    """The cluster of a context, or the current one; of it a namespace, or all."""

    context: str | None = None
    namespace: str | None = None


def which_cluster(wanted: bool, context: str | None, namespace: str | None) -> WhichCluster | None:  # noqa: FBT001
    """What the options say; None for no cluster. Raises UsageError for a name that is none, or is one of nothing."""
    for option, value in (("--context", context), ("--namespace", namespace)):
        if value is not None and not wanted:
            raise UsageError(f"{option} goes with --cluster")
        if value is not None and (not value.strip() or value.startswith("-")):
            raise UsageError(f"{option}: '{value}' is no name")
    return WhichCluster(context, namespace) if wanted else None
