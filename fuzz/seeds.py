"""What the fuzzer starts from, and how one input stands for a folder of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from kubelint_lb.catalogue.catalogue import load_catalogue

# A line that begins a file; what comes before the first one is the file `manifest.yaml`.
MARK = b"#file: "
_EXAMPLES = Path(__file__).parent.parent / "examples"
_LONGEST_NAME = 200  # bytes; file systems take 255


def seeds() -> list[bytes]:
    """The examples of all rules and the example shops, always in the same order."""
    catalogue = load_catalogue()
    shops = [
        {path.relative_to(shop).as_posix(): path.read_text(encoding="utf-8") for path in sorted(shop.rglob("*.yaml"))}
        for shop in sorted(_EXAMPLES.iterdir())
        if shop.is_dir()
    ]
    examples = [example.files for name in sorted(catalogue.outlines) for example in catalogue.words(name).examples]
    return list(dict.fromkeys(_joined(files) for files in (*shops, *examples)))


def _joined(files: Mapping[str, str]) -> bytes:
    return b"".join(MARK + name.encode() + b"\n" + text.encode() for name, text in files.items())


def files_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files that an input stands for; their names lead nowhere but below the folder that they are written to."""
    first, *others = (b"\n" + data).split(b"\n" + MARK)
    if first:
        yield "manifest.yaml", first[1:]
    for other in others:
        name, _, content = other.partition(b"\n")
        text = name[:_LONGEST_NAME].decode("utf-8", "surrogateescape").replace("\0", "_")
        parts = [part for part in PurePosixPath(text).parts if part not in {"/", "//", ".."}]
        if parts:
            yield "/".join(parts), content
