"""Reading one rule file: the head for a run, the words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from kubelint_lb.catalogue.condition import Condition
from kubelint_lb.catalogue.rule import Example, Message, Param, Rule, Words
from kubelint_lb.kube.validation.violation import Refusal
from kubelint_lb.settings.errors import CatalogueError, Mistake, did_you_mean
from kubelint_lb.settings.severity import Confidence, Severity
from kubelint_lb.source.node import Mapping, Node, Scalar, to_python
from kubelint_lb.source.parse import parse_text, split

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingType

_PARAM_WORDS = frozenset({"default", "doc"})
# What the variables of an expression hold, whatever it says that it needs.
_MET = ("Service", "Workload", "Ingress", "Route", "CustomRoute", "Gateway", "ListenerSet")
_HEAD_KEYS = frozenset(
    {
        "name",
        "severity",
        "confidence",
        "since",
        "default",
        "product",
        "kinds",
        "needs",
        "annotations",
        "messages",
        "params",
        "fix",
        "assert",
        "cel",
        "condition",
        "refusals",
    }
)


def read_head(text: str, path: str, family: str, *, own: bool = True) -> Rule:
    """The rule of a file; what follows the second `---` is not looked at. Raises CatalogueError."""
    return rule_of(document(text, path, 0), path, family, own=own)


def rule_of(root: Mapping, path: str, family: str, *, own: bool = True) -> Rule:
    """The rule that a head describes. Raises CatalogueError."""
    for name in root.entries:
        if name not in _HEAD_KEYS:
            _wrong(root.key(name) or root, f"unknown key '{name}'{did_you_mean(name, _HEAD_KEYS)}")
    fix = root.get("fix", "when")
    default = root.get("default")
    return Rule(
        name=_text(root, "name"),
        family=family,
        severity=Severity(_choice(root, "severity", tuple(Severity))),
        confidence=Confidence(_choice(root, "confidence", tuple(Confidence))),
        since=_text(root, "since"),
        enabled=default.value is not False if isinstance(default, Scalar) else True,
        kinds=_texts(root, "kinds"),
        needs=_texts(root, "needs") or (_MET if root.get("cel") is not None else ()),
        annotations=_texts(root, "annotations"),
        messages=_messages(root),
        params=_params(root),
        fix=fix.text if isinstance(fix, Scalar) else "never",
        asserts=tuple(_plain_list(root, "assert")),
        expressions=tuple(_plain_list(root, "cel")),
        refusals=_refusal(root.get("refusals")),
        file=path,
        own=own,
        product=_text(root, "product") if "product" in root.entries else "",
        safe_fix=isinstance(safety := root.get("fix", "safety"), Scalar) and safety.text == "safe",
    )


def read_words(text: str, path: str) -> Words:
    """The words of a rule file. Raises CatalogueError."""
    tail = document(text, path, 1)
    data: Any = to_python(tail)
    try:
        return Words(
            summary=data["summary"],
            why=data["why"],
            remedy=data["remedy"],
            references=tuple(data.get("references") or ()),
            examples=tuple(_example(example) for example in data.get("examples") or ()),
        )
    except KeyError as error:
        _wrong(tail, f"'{error.args[0]}' is missing")


def document(text: str, path: str, index: int) -> Mapping:
    """The head (0) or tail (1) of a rule file as a mapping; places are those of the whole file. Raises CatalogueError."""
    chunks = [(start, end) for start, end in split(text) if _says_something(text[start:end])]
    if index >= len(chunks):
        part = ("head", "tail: the second document, with summary, why and remedy")[index]
        raise CatalogueError([Mistake(path, text.count("\n") + 1, 1, f"the rule file has no {part}")])
    start, end = chunks[index]
    # Blank lines keep the line numbers of what is not parsed.
    lines = "\n" * text.count("\n", 0, start)
    (parsed, *_) = parse_text(lines + text[start:end], path)
    if parsed.faults:
        raise CatalogueError(Mistake(path, *fault.span[:2], fault.words) for fault in parsed.faults)
    if parsed.duplicates:
        raise CatalogueError(Mistake(path, *one.second.span[:2], "this key occurs twice") for one in parsed.duplicates)
    if not isinstance(parsed.root, Mapping):
        raise CatalogueError([Mistake(path, parsed.line, 1, "must be a mapping")])
    root, parsed.root = parsed.root, None  # without this cycle, trees go as soon as they are read
    return root


def _says_something(chunk: str) -> bool:
    lines = (line.strip() for line in chunk.removeprefix("---").splitlines())
    return any(line and not line.startswith("#") for line in lines)


def _wrong(node: Node, text: str) -> NoReturn:
    raise CatalogueError([Mistake(node.path, *node.span[:2], text)])


def _text(mapping: Mapping, key: str) -> str:
    node = mapping.get(key)
    if node is None:
        _wrong(mapping, f"'{key}' is missing")
    if not isinstance(node, Scalar) or not node.text:
        _wrong(node, f"'{key}' must be text")
    return node.text


def _choice(mapping: Mapping, key: str, choices: tuple[str, ...]) -> str:
    text = _text(mapping, key)
    if text not in choices:
        _wrong(mapping.get(key) or mapping, f"'{text}' is not a choice; choose from {', '.join(choices)}")
    return text


def _texts(mapping: Mapping, key: str) -> tuple[str, ...]:
    items = getattr(mapping.get(key), "items", ())
    return tuple(item.text for item in items if isinstance(item, Scalar)) if isinstance(items, list) else ()


def _refusal(node: Node | None) -> Refusal | None:
    if not isinstance(node, Mapping):
        return None
    fields = node.get("fields")
    return Refusal(_texts(node, "reasons"), fields.text if isinstance(fields, Scalar) else "")


def _plain_list(mapping: Mapping, key: str) -> list[MappingType[str, object]]:
    value = to_python(mapping.get(key))
    return value if isinstance(value, list) else []


def _messages(root: Mapping) -> dict[str, Message]:
    node = root.get("messages")
    if not isinstance(node, Mapping) or not node.entries:
        _wrong(node or root, "'messages' must be a mapping of message keys to texts")
    general = _condition(root)
    messages = {}
    for key, value in node.items():
        if isinstance(value, Scalar):
            messages[key] = Message(value.text, condition=general)
        elif isinstance(value, Mapping):
            severity = Severity(_choice(value, "severity", tuple(Severity))) if value.get("severity") else None
            column = _text(value, "column") if value.get("column") else ""
            messages[key] = Message(_text(value, "text"), severity, _condition(value) or general, column)
        else:
            _wrong(value, f"message '{key}' must be text, or a mapping with text and severity")
    return messages


def _condition(mapping: Mapping) -> Condition | None:
    node = mapping.get("condition")
    return Condition(_text(node, "type"), _text(node, "status"), _text(node, "reason")) if isinstance(node, Mapping) else None


def _params(root: Mapping) -> dict[str, Param]:
    node = root.get("params")
    if not isinstance(node, Mapping):
        return {}
    params = {}
    for name, value in node.items():
        data = to_python(value)
        if not isinstance(data, dict) or not data.keys() >= _PARAM_WORDS:
            _wrong(value, f"parameter '{name}' needs 'default' and 'doc'")
        schema = {key: item for key, item in data.items() if key not in _PARAM_WORDS}
        params[name] = Param(schema, data["default"], str(data["doc"]))
    return params


def _example(data: MappingType[str, Any]) -> Example:
    text = data.get("bad", data.get("good"))
    files = data["files"] if text is None else {"manifest.yaml": text}
    bad = "bad" in data or any("# expect:" in content for content in files.values())
    version = data.get("kubernetes-version")
    return Example(
        title=data["title"],
        bad=bad,
        files=files,
        params=data.get("params") or {},
        config=data.get("config") or {},
        complete=bool(data.get("complete", False)),
        kubernetes_version=None if version is None else str(version),
    )
