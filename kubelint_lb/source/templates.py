"""What template engines leave in YAML: tokens that read as comments, braces that read as maps, text that is no YAML yet."""

from __future__ import annotations

import re

from kubelint_lb.source.node import Document, Mapping, Node, Scalar, Sequence
from kubelint_lb.source.placeholder import has_placeholder, placeholder

# Texts, compiled (and kept by `re`) when first used: most runs never need them.
# What stands behind an empty value: to YAML a comment, to the tool that fills it in a token.
_FILLED_IN = r"[ \t]+(#(?:\{[^\r\n]*?\}|@)[^\r\n]*?)(?=[ \t]+#|[ \t]*(?:\r?\n|\r|\Z))"
# Only what Helm renders says this; other `{{ x }}` may be any tool's placeholder.
_HELM_ACTION = (
    r"\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Template|Files)\b|\$|(?:include|template|tpl|toYaml|required)\s)"
)
# A line that is an engine's action and nothing else: control flow, or an include that brings lines of its own.
_ACTION_LINE = r"^[ \t]*(?:\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\[\[.*?\]\])[ \t\r]*$"


def empty_value(document: Document, place: int) -> Scalar:
    """A value that nobody wrote, unless the comment behind it is a token: `port: #{web.port}#`, `port: #@ data.values.port`.

    The tool that fills it in reads it before any YAML parser does (Octopus Deploy, replace-tokens, ytt).
    """
    text, offset = document.source.text, document.base + place
    token = re.compile(_FILLED_IN).match(text, offset)
    if token is None or token.end() > document.end:
        return Scalar(document, "", "", place, place)
    return Scalar(document, token[1], "'", token.start(1) - document.base, token.end(1) - document.base)


def unquoted_braces(mapping: Mapping) -> Node:
    """An unquoted `{{ x }}` parses as a map in a map: read it as the text it is."""
    key = next(mapping.keys(), None)
    if not isinstance(key, Mapping) or not mapping.source.startswith("{{"):
        return mapping
    if re.match(_HELM_ACTION, mapping.source):
        mapping.document.template = True
    # As if quoted: whatever it becomes, it is no number or boolean of ours.
    return Scalar(mapping.document, mapping.source, "'", mapping.offset, mapping.stop)


def bracketed(sequence: Sequence) -> Node:
    """An unquoted `[[ x ]]` parses as a list in a list: read it as the text it is."""
    source = sequence.source
    if not (source.startswith("[[") and source.endswith("]]") and has_placeholder(source)):
        return sequence
    return Scalar(sequence.document, source, "'", sequence.offset, sequence.stop)


def without_tokens(text: str) -> str:
    """The text with every action line blank and a word for every other token, as long as before.

    What faults in it at the same place was not a template's doing.
    """
    plain = re.sub(_ACTION_LINE, lambda match: _blank(match[0], " "), text, flags=re.MULTILINE | re.DOTALL)
    return placeholder().sub(lambda match: _blank(match[0], "x"), plain)


def _blank(text: str, char: str) -> str:
    """As long as before, with its line breaks."""
    return re.sub(r"[^\r\n]", char, text)


def never_closed(text: str, place: int) -> bool:
    """An action starts before a place (offset, 0-based) in its line, or in the line before, and does not end there."""
    start = text.rfind("\n", 0, max(0, text.rfind("\n", 0, place))) + 1
    end = text.find("\n", place)
    lines = text[start : end if end >= 0 else len(text)]
    return any(lines.count(opened) > lines.count(closed) for opened, closed in (("{{", "}}"), ("{%", "%}"), ("<%", "%>")))
