"""Texts that another tool fills in later: what they may become, and what they cannot.

`{{ x }}`, `${X}`, `$(X)`, `((x))`, `[[ x ]]`, `#{x}#`, `%x%`, `<x>`, `__X__` and SOPS' `ENC[...]` stand for any text. A
comparison with one is decided only where every possible text gives the same answer: `${APP}-svc` can never equal `web-api`.
"""

from __future__ import annotations

import re
from functools import cache

_WORD = r"[A-Za-z_][\w.-]*"
_SHOUT = r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*"
# A token is taken with all of its fences: what of them stayed behind would be compared as text.
_PLACEHOLDER = (
    r"\{\{\{.*?\}\}\}|\$?\{\{.*?\}\}"  # Helm, Jinja, Go templates, Mustache, pipelines of GitHub and Azure
    r"|\{%.*?%\}"
    r"|[$#%@!]\{(?:[^{}]|\{[^{}]*\})*\}#?"  # envsubst, Flux, Terraform, Octopus Deploy, replace-tokens
    r"|\$\([^)]*\)|\$\[[^\]]*\]"  # kustomize's vars, Azure's run-time expressions
    r"|\$[A-Za-z_]\w*(?:\$(?!\w))?"
    r"|\(\(\s*[\w.:/-]+(?:\s+[\w.:/-]+)*\s*\)\)"  # Concourse, BOSH
    r"|\[\[\s*[.$A-Za-z_](?:[^\[\]]|\[[^\[\]]*\])*\]\]"  # Go templates with other delimiters; not `[[:alnum:]]`
    r"|<%.*?%>|<+[A-Za-z][^<>]*>+"  # ERB; words between angle brackets
    rf"|%+{_WORD}%+|#+{_WORD}#+"
    r"|__[A-Za-z][A-Za-z0-9_]*?__"
    rf"|@+{_SHOUT}@+"
    rf"|(?P<fence>[~^|!]){_SHOUT}(?P=fence)"
    r"|ENC\[.*?\]"
    r"|\A#@.*"  # ytt: what a comment says of an empty value
)
# In a name, host or port nothing legal is written in capitals with underscores: it is a word to be replaced.
_SHOUTED = re.compile(_SHOUT)
_SIGNS = frozenset("{$%<_@[#(~^|!")


@cache
def placeholder() -> re.Pattern[str]:
    """The pattern of every token. Compiled when first used: it takes as long as a small file."""
    return re.compile(_PLACEHOLDER, re.DOTALL)


def has_placeholder(text: str) -> bool:
    """Some part of the text is filled in later."""
    if _SIGNS.isdisjoint(text):
        return False
    return placeholder().search(text) is not None


def is_shouted(text: str) -> bool:
    """A word like `YOUR_HOST`: in a name, host or port, something to be replaced."""
    return _SHOUTED.fullmatch(text) is not None or any(
        len(part) > 2 and "_" in part and _SHOUTED.fullmatch(part) for part in re.split(r"[-.]", text)
    )


def is_filled_in(text: str) -> bool:
    """A value that is not settled yet: with a placeholder, or a word like `YOUR_TYPE`, with an underscore.

    For values whose words the API knows: nothing but free texts (labels, paths, data) is written so.
    """
    return has_placeholder(text) or ("_" in text and _SHOUTED.fullmatch(text) is not None)


def pattern(text: str) -> re.Pattern[str]:
    """A pattern that matches every text this one may become."""
    if is_shouted(text):
        return re.compile(".*", re.DOTALL)
    first, *middle = map(re.escape, _texts_between(text))
    if not middle:
        return re.compile(first)
    # What stands between placeholders is taken where it first occurs, for good: trying further places takes forever.
    *middle, last = middle
    return re.compile(first + "".join(f"(?>.*?{part})" for part in middle) + ".*" + last, re.DOTALL)


def _texts_between(text: str) -> list[str]:
    """What stands before, between and after the placeholders of a text."""
    ends = [0]
    for match in placeholder().finditer(text):
        ends += match.span()
    ends.append(len(text))
    return [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]


def may_equal(left: str, right: str, *, name: bool = True) -> bool:
    """Whether the two texts may turn out the same; `name`: both are names, hosts or ports (no `UPPER_CASE` there)."""
    if left == right:
        return True
    left_open = has_placeholder(left) or (name and is_shouted(left))
    right_open = has_placeholder(right) or (name and is_shouted(right))
    if left_open and right_open:
        return True
    if left_open:
        return pattern(left).fullmatch(right) is not None
    if right_open:
        return pattern(right).fullmatch(left) is not None
    return False


def is_open(text: str) -> bool:
    """A name, host or port that is not settled yet."""
    return has_placeholder(text) or is_shouted(text)
