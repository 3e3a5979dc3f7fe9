"""The text of a Helm template as a loose tree: keys, list items and what stands beside them, whatever its actions do.

Actions (`{{ ... }}`) are masked so that columns hold: what controls (`if`, `range`, `end`, comments) becomes blanks, so both
branches of a condition stay in the tree; what prints becomes a run of one character that no template holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kubelint_lb.source.node import SourceText

# From the private use area: stands for a character of an action that prints.
HOLE = "\ue000"
_COMMENT = re.compile(r"\{\{-?\s*/\*")
_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*+"|`[^`]*+`|\}\}')
_SILENT = re.compile(
    r"\{\{-?\s*(?:(?:if|else|end|range|with|define|block|break|continue|fail)\b|/\*|\$\w*(?:\s*,\s*\$\w+)?\s*:?=|-?\}\})"
)
_INDENT = re.compile(r"\bn?indent\s+(\d+)")
_LINE = re.compile(
    r"""(?P<dashes>[ ]*(?:-[ ]+)*)
        (?:(?P<key>"[^"]*"|'[^']*'|[^\s"'#\[\]{}&*!|>%@`-][^\s:#]*)[ ]*:(?=[ ]|$))?
        (?P<value>.*)""",
    re.VERBOSE,
)
_BLOCK = re.compile(r"[|>][-+0-9]*(?:\s+#.*)?$")
_TRAILING = re.compile(r"\s+#.*$")


class Entry:
    """A key with its value, an item of a list, or an action on a line of its own (`printed`).

    Offsets are 0-based code points in the template, `end`s exclusive; `indent` is the column (0-based) that children exceed.
    """

    __slots__ = ("children", "end", "indent", "item", "key", "printed", "start", "value", "value_end", "value_start")

    def __init__(
        self, indent: int, start: int, end: int, *, key: str | None = None, item: bool = False, printed: bool = False
    ) -> None:
        self.indent = indent
        self.start = start
        self.end = end
        self.key = key
        self.item = item
        self.printed = printed
        self.value = ""
        self.value_start = self.value_end = end
        self.children: list[Entry] = []

    @property
    def stop(self) -> int:
        """Offset after its last character, children included."""
        return self.children[-1].stop if self.children else max(self.end, self.value_end)

    def named(self, key: str) -> list[Entry]:
        """The children with a key, and those whose key is printed and may be it."""
        exact = [child for child in self.children if child.key == key]
        return exact or [child for child in self.children if child.key is not None and fits(child.key, key)]


def mask(text: str) -> str:
    """The template with its actions blanked out or, where they print, replaced by holes; of the same length."""
    parts = []
    position = 0
    while (start := text.find("{{", position)) >= 0:
        end = _action_end(text, start)
        if end < 0:
            break
        parts += [text[position:start], _filled(text[start:end])]
        position = end
    return "".join([*parts, text[position:]])


def _action_end(text: str, start: int) -> int:
    """The offset after an action's braces, or -1. Braces in strings and comments do not count."""
    position = start + 2
    if _COMMENT.match(text, start):
        position = max(position, text.find("*/", position))
    while (token := _TOKEN.search(text, position)) is not None:
        position = token.end()
        if token[0] == "}}":
            return position
    return -1


def _filled(action: str) -> str:
    filler = " " if _SILENT.match(action) else HOLE
    # Of an action over several lines only the first shows; the rest must not look like YAML.
    first, *others = action.split("\n")
    return "\n".join([filler * len(first), *(" " * len(line) for line in others)])


def fits(written: str, rendered: str) -> bool:
    """A text with holes may print as the other; one without equals it. Quotes at the edges do not count."""
    if HOLE not in written:
        return written.strip("\"'") == rendered
    parts = (part.strip(" \"'") for part in re.split(f"{HOLE}[{HOLE} ]*", written))
    return re.fullmatch(".*".join(map(re.escape, parts)), rendered, re.DOTALL) is not None


def chunks(source: SourceText) -> Iterator[Entry]:
    """The documents of a template, in order, each a root that stands at its first entry; those without any left out."""
    text = source.text
    root = Entry(-1, 0, 0)
    stack = [root]
    block = -1
    start = 0
    for masked in mask(text).split("\n"):
        line = masked.rstrip()
        if line.startswith("---"):
            yield from _closed(root)
            root = Entry(-1, start, start)
            stack, block = [root], -1
        elif block < 0 or (line and _depth(line) <= block):
            block = _take(stack, text, start, line)
        start += len(masked) + 1
    yield from _closed(root)


def _closed(root: Entry) -> Iterator[Entry]:
    if root.children:
        root.start, root.end = root.children[0].start, root.children[0].end
        yield root


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _take(stack: list[Entry], text: str, start: int, line: str) -> int:
    """Adds a line to the tree; returns the indent of the key or item whose block scalar it opens, or -1."""
    bare = line.strip()
    if not bare or bare.startswith("#"):
        return -1
    if not bare.strip(HOLE + " "):
        _hang(stack, _printed(text, start, line))
        return -1
    match = _LINE.match(line + " ")
    if match is None:
        return -1
    for position, character in enumerate(match["dashes"]):
        if character == "-":
            _add(stack, Entry(position, start + position, start + position + 1, item=True))
    if match["key"] is not None:
        column = match.start("key")
        _add(stack, Entry(column, start + column, start + match.end("key"), key=match["key"].strip("\"'")))
    elif "-" not in match["dashes"]:
        return -1
    entry = stack[-1]
    _set_value(entry, text, start, line, match.start("value"))
    return entry.indent if _BLOCK.match(entry.value) else -1


def _printed(text: str, start: int, line: str) -> Entry:
    """An action on its own: `nindent 4` says how deep it prints, else its column does, unless it stands at the margin."""
    column = _depth(line)
    entry = Entry(column, start + column, start + len(line), printed=True)
    found = _INDENT.search(text, entry.start, max(entry.end, _action_end(text, entry.start)))
    if found:
        entry.indent = int(found[1])
    return entry


def _set_value(entry: Entry, text: str, start: int, line: str, position: int) -> None:
    """What stands beside a key or a dash; with actions that choose (`{{ if }}a{{ else }}b{{ end }}`) it may be anything."""
    stop = text.find("\n", start)
    raw = text[start + position : stop if stop >= 0 else len(text)].rstrip()
    rest = line[position:].ljust(len(raw))
    if "{{" in raw and any(new == " " != old for old, new in zip(raw, rest, strict=False)):
        lead = len(raw) - len(raw.lstrip())
        rest = " " * lead + HOLE * (len(raw) - lead)
    value = _TRAILING.sub("", rest).strip()
    if value and not value.startswith("#"):
        entry.value = value
        entry.value_start = start + position + rest.index(value)
        entry.value_end = entry.value_start + len(value)


def _add(stack: list[Entry], entry: Entry) -> None:
    """Hangs an entry below the nearest one above it that is less deep; an item may stand right below its list's key."""
    while len(stack) > 1 and not _holds(stack[-1], entry):
        stack.pop()
    stack[-1].children.append(entry)
    stack.append(entry)


def _hang(stack: list[Entry], entry: Entry) -> None:
    """Hangs a printing action where it prints; the lines below it stand where they stood."""
    above = [one for one in stack if one.indent < entry.indent or one.indent < 0]
    parent = above[-1]
    if entry.indent == 0 and len(stack) > 1:  # `{{ include "x" . }}` at the margin indents by itself
        parent = stack[-1] if not stack[-1].value else stack[-2]
    parent.children.append(entry)


def _holds(above: Entry, entry: Entry) -> bool:
    if above.indent < entry.indent:
        return True
    return above.indent == entry.indent and above.key is not None and entry.item
