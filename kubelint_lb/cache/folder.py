"""Where the user's caches lie, and what all of them do alike. Everything in them is JSON: nothing in it can execute."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress

# Long enough for what a team runs every day; what nobody asked for since goes.
_KEPT_SECONDS = 30 * 24 * 3600


def cache_folder() -> str | None:
    """Where the user's caches lie; None where nobody can tell."""
    said = os.environ.get("XDG_CACHE_HOME")
    if said and os.path.isabs(said):
        return os.path.join(said, "kubelint-lb")
    home = os.path.expanduser("~")
    return os.path.join(home, ".cache", "kubelint-lb") if os.path.isabs(home) else None


def read_entry(file: str) -> object:
    """What a file of a cache holds; None where it is none, or no longer whole. One that is read stays."""
    try:
        with open(file, encoding="utf-8") as opened:
            data: object = json.load(opened)
        os.utime(file)
    except (OSError, ValueError, RecursionError):
        return None
    return data


def write_entry(file: str, data: object) -> None:
    """Keeps something under a name, at once or not at all; where that cannot be, it is not kept."""
    from pathlib import Path

    from kubelint_lb.source.files import replaced

    with suppress(OSError):
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        with replaced(Path(file)) as part:
            part.write_text(json.dumps(data), encoding="utf-8")


def sweep(folder: str) -> None:
    """Removes what nobody asked for in a month, and what a run that was killed left half written."""
    oldest = time.time() - _KEPT_SECONDS
    with suppress(OSError):
        for entry in os.scandir(folder):
            with suppress(OSError):
                if entry.stat(follow_symlinks=False).st_mtime < oldest:
                    os.unlink(entry.path)
