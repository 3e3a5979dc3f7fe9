"""What a rule file says: the head that a run needs, and the words for people.

The words (the file's second document) are parsed only when somebody is going to read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.catalogue.condition import Condition
from kubelint_lb.catalogue.rule_info import RuleInfo
from kubelint_lb.kube.validation.violation import Refusal
from kubelint_lb.settings.severity import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGES = "https://github.com/kubelint-lb/kubelint-lb/blob/main/docs/rules"


class Message(NamedTuple):
    """The template of one message, with `{name}` fields; a severity of its own or None. `condition` is what a controller says of
    the same problem, where one does. `column`: its findings are counted under this title, in a table by object."""

    text: str
    severity: Severity | None = None
    condition: Condition | None = None
    column: str = ""


class Param(NamedTuple):
    """A setting of a rule: a JSON Schema, the value where nothing is configured, and one line of words."""

    schema: Mapping[str, object]
    default: object
    doc: str


class Rule(NamedTuple):
    """The head of a rule file.

    `kinds` and `needs` are view names of the model; `kinds` is empty for what the engine itself finds. `enabled`: runs
    without being selected. With `annotations` only objects are looked at that have one whose name begins so. `fix` is never,
    sometimes or always, and `safe_fix` says that it never changes what the author meant. `asserts` are the declarative checks as
    plain Python, `expressions` those in CEL, and `refusals` tells what the API server refuses that the rule reports: each stands
    in place of a detector. `product` is the one that a rule is about alone: a controller, a mesh or a provider. `file` is the
    rule file's path, `own` tells our rules from a user's.
    """

    name: str
    family: str
    severity: Severity
    confidence: Confidence
    since: str
    enabled: bool
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    annotations: tuple[str, ...]
    messages: Mapping[str, Message]
    params: Mapping[str, Param]
    fix: str
    asserts: tuple[Mapping[str, object], ...]
    expressions: tuple[Mapping[str, object], ...]
    refusals: Refusal | None
    file: str
    own: bool = True
    safe_fix: bool = False
    product: str = ""

    @property
    def url(self) -> str:
        """The rule's page; a user's rule has none."""
        return f"{_PAGES}/{self.name}.md" if self.own else ""

    @property
    def defaults(self) -> dict[str, object]:
        """The parameters where nothing is configured."""
        return {name: param.default for name, param in self.params.items()}


class Example(NamedTuple):
    """Manifests by file name, and the settings they are linted with.

    In a bad example `# expect: rule[message-key]` stands at the end of every line that a finding points at.
    """

    title: str
    bad: bool
    files: Mapping[str, str]
    params: Mapping[str, object]
    config: Mapping[str, object]
    complete: bool
    kubernetes_version: str | None


class Words(NamedTuple):
    """The tail of a rule file, for people, documentation and tests. `why` and `remedy` are Markdown."""

    summary: str
    why: str
    remedy: str
    references: tuple[str, ...]
    examples: tuple[Example, ...]

    @property
    def help(self) -> str:
        """One line: the first paragraph of the remedy."""
        return " ".join(self.remedy.strip().split("\n\n")[0].split())


def rule_info(rule: Rule, words: Words) -> RuleInfo:
    """What outputs print about a rule."""
    parts = [words.why.strip(), words.remedy.strip()]
    if words.references:
        parts.append("\n".join(f"- <{reference}>" for reference in words.references))
    return RuleInfo(
        name=rule.name,
        family=rule.family,
        severity=rule.severity,
        confidence=rule.confidence,
        summary=words.summary,
        url=rule.url,
        help_markdown="\n\n".join(part for part in parts if part) + "\n",
        product=rule.product,
    )
