"""A rule as a page of documentation: what `explain` prints and what docs/rules holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kubelint_lb.settings.schema_words import in_words

if TYPE_CHECKING:
    from kubelint_lb.catalogue.catalogue import Catalogue
    from kubelint_lb.catalogue.rule import Example, Param, Rule, Words

_EXPECT = re.compile(r"# expect: ")
_FIX = {
    "sometimes": "Some findings come with a fix.",
    "always": "Every finding comes with a fix.",
}


def rule_page(rule: Rule, words: Words) -> str:
    """The page of one rule, in Markdown."""
    parts = [f"# {rule.name}", words.summary, _facts(rule)]
    parts += ["## Why", words.why.strip(), "## What to do", words.remedy.strip()]
    if rule.fix in _FIX:
        parts.append(_FIX[rule.fix] + (" It is safe." if rule.safe_fix else " Read it before you apply it."))
    parts += ["## Messages", "\n".join(_messages(rule))]
    if rule.params:
        parts += ["## Parameters", "\n".join(_params(rule))]
    for example in words.examples:
        parts += _example(rule, example)
    parts += ["## How to suppress it", _suppression(rule)]
    if words.references:
        parts += ["## References", "\n".join(f"- <{url}>" for url in words.references)]
    return "\n\n".join(parts) + "\n"


def index_page(catalogue: Catalogue) -> str:
    """The list of all rules, by family, in Markdown."""
    parts = [
        "# Rules",
        "Each page says what goes wrong, what to do, and shows examples. `kubelint-lb explain NAME` prints the same page.",
    ]
    for family in catalogue.families.values():
        rules = [rule for rule in catalogue.rules.values() if rule.family == family.name]
        if not rules:
            continue
        rows = ["| rule | severity | what it finds |", "|---|---|---|"]
        for rule in rules:
            severity = rule.severity if rule.enabled else f"{rule.severity}, off by default"
            summary = catalogue.words(rule.name).summary.replace("|", "\\|")
            rows.append(f"| [{rule.name}]({rule.name}.md) | {severity} | {summary} |")
        parts += [f"## {family.title}", *([family.description] if family.description else []), "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def pages(catalogue: Catalogue) -> dict[str, str]:
    """All pages by file name, the index as README.md."""
    made = {f"{name}.md": rule_page(rule, catalogue.words(name)) for name, rule in catalogue.rules.items()}
    return {"README.md": index_page(catalogue), **made}


def _facts(rule: Rule) -> str:
    facts = [
        f"severity **{rule.severity}**",
        f"confidence {rule.confidence}",
        f"family {rule.family}",
        *((f"about {rule.product} alone",) if rule.product else ()),
        f"since {rule.since}",
        *(() if rule.enabled else ("off by default",)),
    ]
    kinds = [kind for kind in rule.kinds if kind not in {"Any", "Document"}]
    looks_at = f"\n\nLooks at {', '.join(kinds)}." if kinds else ""
    return " · ".join(facts) + looks_at


def _messages(rule: Rule) -> Iterator[str]:
    for key, message in rule.messages.items():
        severity = f" ({message.severity})" if message.severity not in {None, rule.severity} else ""
        said = f" A controller says `{message.condition}`." if message.condition is not None else ""
        yield f"- `{key}`{severity}: {_fields(message.text)}{said}"


def _fields(text: str) -> str:
    """A template's fields as placeholders for people."""
    return re.sub(r"\{(\w+)[^}]*\}", lambda match: f"*{match[1].replace('_', ' ')}*", text)


def _params(rule: Rule) -> Iterator[str]:
    yield "| name | default | values | meaning |"
    yield "|---|---|---|---|"
    for name, param in rule.params.items():
        default = json.dumps(param.default) if not isinstance(param.default, str) else param.default
        yield f"| `{name}` | `{default}` | {in_words(param.schema)} | {param.doc} |"
    name, param = next(iter(rule.params.items()))
    yield "\n```yaml\nrules:\n" + f"  {rule.name}:\n    params: {{{name}: {_other(param)}}}\n```"


def _other(param: Param) -> str:
    """A value to show in an example of a configuration: another than the default where one is known."""
    choices = param.schema.get("enum")
    others = [choice for choice in choices if choice != param.default] if isinstance(choices, list) else []
    return json.dumps(others[0] if others else param.default)


def _example(rule: Rule, example: Example) -> Iterator[str]:
    yield f"## {'Bad' if example.bad else 'Good'}: {example.title}"
    if example.complete:
        yield "With `--complete`:"
    if example.kubernetes_version:
        yield f"With `--kubernetes-version {example.kubernetes_version}`:"
    if example.params:
        given = ", ".join(f"{name}: {json.dumps(value)}" for name, value in example.params.items())
        yield f"With `rules: {{{rule.name}: {{params: {{{given}}}}}}}` in the configuration:"
    if example.config:
        yield f"With this configuration: `{json.dumps(example.config)}`"
    for name, text in example.files.items():
        if len(example.files) > 1:
            yield f"`{name}`:"
        yield f"```yaml\n{_EXPECT.sub('# <- ', text).strip()}\n```"


def _suppression(rule: Rule) -> str:
    return (
        "On the line, above it, or above the object:\n\n"
        f"```yaml\n# kubelint-lb: ignore[{rule.name}] the reason\n```\n\n"
        f'or with the annotation `kubelint-lb.dev/ignore.{rule.name}: "the reason"` on the object.'
    )
