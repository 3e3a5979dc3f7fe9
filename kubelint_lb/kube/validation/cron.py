"""Schedules and time zones of CronJobs.

Source: kubernetes `pkg/apis/batch/validation` validateScheduleFormat, `github.com/robfig/cron/v3` ParseStandard.
"""

from __future__ import annotations

_WORDS = "five fields (minute, hour, day, month, weekday) in their ranges, or a word such as `@daily`"
_DESCRIPTORS = frozenset({"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"})
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
_MONTHS = {
    name: number
    for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)
}
_DAYS = {name: number for number, name in enumerate(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))}
_NAMES: tuple[dict[str, int], ...] = ({}, {}, {}, _MONTHS, _DAYS)


def schedule(text: str) -> str | None:
    """What is allowed, for a text that is no schedule."""
    if text.startswith(("TZ=", "CRON_TZ=")):
        text = text.partition(" ")[2].strip()
    if text.startswith("@"):
        return None if text in _DESCRIPTORS or text.startswith("@every ") else _WORDS
    parts = text.split()
    fits = len(parts) == 5 and all(map(_is_field, parts, _RANGES, _NAMES))
    return None if fits else _WORDS


def _is_field(text: str, bounds: tuple[int, int], names: dict[str, int]) -> bool:
    return all(_is_range(part, bounds, names) for part in text.split(",") if part) and any(text.split(","))


def _is_range(text: str, bounds: tuple[int, int], names: dict[str, int]) -> bool:
    span, slash, step = text.partition("/")
    if slash and not (step.isascii() and step.isdigit() and int(step) > 0):
        return False
    if span in {"*", "?"}:
        return True
    low, dash, high = span.partition("-")
    ends = [
        names.get(end.lower(), int(end) if end.isascii() and end.isdigit() else -1) for end in ([low, high] if dash else [low])
    ]
    return all(bounds[0] <= end <= bounds[1] for end in ends) and ends == sorted(ends)


def zone(text: str) -> str | None:
    """What is allowed, for a text that is no zone. Without the zones' data on this machine, the form alone is judged."""
    from zoneinfo import available_timezones

    known = available_timezones()
    fits = text in known if known else "/" in text or text in {"UTC", "GMT"}
    if text.lower() == "local" or not fits:
        return "the name of a time zone, such as `Europe/Berlin`"
    return None
