"""The rules that the CRDs of the Gateway API hold, as they stand there.

Source: kubernetes-sigs/gateway-api `config/crd`, `x-kubernetes-validations`; apiextensions-apiserver `pkg/apiserver/schema/cel`.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.cel.evaluate import compiled
from kubelint_lb.kube.validation.cel.lexer import CelSyntaxError
from kubelint_lb.kube.validation.cel.problems import CelError, Undecided
from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain
from kubelint_lb.kube.validation.schemas import Schema, Type


def check(plain: dict[str, Plain], schema: Schema, found: Findings, channel: str | None) -> None:
    """Every rule of every field that is there. A rule that the channels write in two ways is broken if both ways are."""
    _Rules(found, channel).value(plain, schema.type, ())


class _Rules:
    def __init__(self, found: Findings, channel: str | None) -> None:
        self._found = found
        self._channel = channel

    def value(self, value: Plain, schema: Type, path: Path) -> None:
        if value is OPEN or not _has_rules(schema):
            return
        if isinstance(value, list) and len(value) > schema.get("hi", len(value)):
            return  # refused for its length: the server looks at no rules of it then
        if isinstance(value, dict):
            known = schema.get("p")
            for name, one in value.items():
                below = known.get(name) if known is not None else schema.get("of")
                if below is not None:
                    self.value(one, below, (*path, name))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self.value(item, schema["of"], (*path, index))
        for rule, message, field in schema.get("cel", ()):
            self._check(value, rule, message, path + _steps(field))
        self._of_channels(value, schema, path)

    def _of_channels(self, value: Plain, schema: Type, path: Path) -> None:
        """Rules of one channel; where nobody knows the channel, what the rules of each refuse."""
        if "cel-standard" not in schema and "cel-experimental" not in schema:
            return
        broken: list[list[tuple[str, Path]]] = []
        for channel in ("standard", "experimental"):
            if self._channel in {None, channel}:
                rules = schema.get(f"cel-{channel}", ())
                broken.append([(message, path + _steps(field)) for rule, message, field in rules if _is_broken(value, rule)])
        if all(broken):
            message, place = broken[0][0]
            self._found.rule(place, message)

    def _check(self, value: Plain, rule: str, message: str, path: Path) -> None:
        if _is_broken(value, rule):
            self._found.rule(path, message)


# By the identity of types, which are read once and kept.
_WITH_RULES: dict[int, bool] = {}


def _has_rules(schema: Type) -> bool:
    """The type, or something in it, has a rule."""
    found = _WITH_RULES.get(id(schema))
    if found is None:
        below = [*schema.get("p", {}).values(), *([schema["of"]] if "of" in schema else [])]
        found = any(key.startswith("cel") for key in schema) or any(map(_has_rules, below))
        _WITH_RULES[id(schema)] = found
    return found


def _is_broken(value: Plain, rule: str) -> bool:
    """The rule does not hold, or fails; not where it is undecided or not understood."""
    try:
        return compiled(rule)({"self": value}) is False
    except CelError:
        return True
    except (Undecided, CelSyntaxError):
        return False


def _steps(field: str) -> Path:
    """`.a.b` as steps."""
    return tuple(step for step in field.split(".") if step)
