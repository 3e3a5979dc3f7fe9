"""What renderers printed, kept by content in the user's cache folder: plain text, nothing of it ever runs."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from kubelint_lb.source.parse import split

_KIND = re.compile(r"^kind: (?:Secret|ConfigMap)$", re.MULTILINE)
# Values stand deeper than the key, or are `- item`, `}`: a line that starts at the margin begins the next key.
_DATA = re.compile(r"^(?:data|binaryData|stringData):.*\n(?:[ \t-].*\n|\n)*", re.MULTILINE)


def cache_folder() -> Path | None:
    """Where rendered texts are kept; None where there is no home to keep them in."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "kubelint-lb" / "rendered"
    try:
        return Path.home() / ".cache" / "kubelint-lb" / "rendered"
    except RuntimeError:
        return None


def without_data(output: str) -> str:
    """Rendered objects without what Secrets and ConfigMaps hold; kube-proxy's configuration stays."""
    parts = []
    for start, end in split(output):
        part = output[start:end]
        if _KIND.search(part) and ("KubeProxyConfiguration" not in part or "\nkind: Secret" in part):
            part = _DATA.sub("", part if part.endswith("\n") else part + "\n")
        parts.append(part)
    return "".join(parts)


def recall(digest: str) -> str | None:
    """What was kept under a digest."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        return (folder / digest[:2] / f"{digest}.yaml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def keep(digest: str, output: str) -> None:
    """Keeps a text, if it can; a cache that cannot be written is no trouble of the user's."""
    folder = cache_folder()
    if folder is None:
        return
    target = folder / digest[:2] / f"{digest}.yaml"
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as file:
            file.write(output)
        Path(file.name).replace(target)
    except OSError:
        return
