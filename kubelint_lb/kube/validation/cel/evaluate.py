"""Trees become functions of the variables. What depends on a value that is not known yet is undecided, not false.

Source: github.com/google/cel-spec `doc/langdef.md`, section Evaluation; kubernetes
`staging/src/k8s.io/apiserver/pkg/cel/library`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias

from kubelint_lb.kube.validation.cel.functions import FUNCTIONS, METHODS
from kubelint_lb.kube.validation.cel.parser import Call, Expression, Index, Listed, Literal, Name, Select, parse
from kubelint_lb.kube.validation.cel.problems import CelError, Undecided
from kubelint_lb.kube.validation.plain import OPEN

Variables: TypeAlias = Mapping[str, Any]
Compiled: TypeAlias = Callable[[Variables], Any]

_COMPARED = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_COUNTED = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.floordiv, "%": operator.mod}
_MACROS = frozenset({"all", "exists", "exists_one", "filter", "map"})


@cache
def compiled(text: str) -> Compiled:
    """The function of an expression. Raises CelSyntaxError; the function raises CelError and Undecided."""
    return _compile(parse(text))


def _compile(tree: Expression) -> Compiled:
    if isinstance(tree, Literal):
        value = tree.value
        return lambda _: value
    if isinstance(tree, Name):
        return _name(tree.name)
    if isinstance(tree, Select):
        return _select(_compile(tree.value), tree.field)
    if isinstance(tree, Index):
        return _index(_compile(tree.value), _compile(tree.key))
    if isinstance(tree, Listed):
        items = [_compile(item) for item in tree.items]
        return lambda variables: [item(variables) for item in items]
    return _call(tree)


def _call(tree: Call) -> Compiled:
    name, arguments = tree.function, tree.arguments
    if name == "has" and tree.target is None and len(arguments) == 1 and isinstance(arguments[0], Select):
        return _has(_compile(arguments[0].value), arguments[0].field)
    if name in _MACROS and tree.target is not None and arguments and isinstance(arguments[0], Name):
        return _macro(name, _compile(tree.target), arguments[0].name, [_compile(one) for one in arguments[1:]])
    inner = [_compile(one) for one in arguments]
    if name in {"||", "&&"}:
        return _junction(inner[0], inner[1], decided=name == "||")
    if name == "?:":
        condition, then, other = inner
        return lambda variables: then(variables) if _boolean(condition(variables)) else other(variables)
    if name == "not":
        return lambda variables: not _boolean(inner[0](variables))
    if name in {"==", "!="}:
        return _equality(inner[0], inner[1], equal=name == "==")
    if name == "in":
        return lambda variables: _is_in(_known(inner[0](variables)), _known(inner[1](variables)))
    if name in _COMPARED or name in _COUNTED:
        return _arithmetic((_COMPARED | _COUNTED)[name], inner[0], inner[1])
    if name == "minus":
        return lambda variables: -_known(inner[0](variables))
    return _function(name, _compile(tree.target) if tree.target is not None else None, inner)


def _known(value: Any) -> Any:
    if value is OPEN:
        raise Undecided
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(_known(value), bool):
        raise CelError("no boolean")
    return bool(value)


def _name(name: str) -> Compiled:
    def value(variables: Variables) -> Any:
        if name not in variables:
            raise CelError(f"no such variable: {name}")
        return variables[name]

    return value


def _select(value: Compiled, field: str) -> Compiled:
    def selected(variables: Variables) -> Any:
        found = _known(value(variables))
        if not isinstance(found, dict) or field not in found:
            raise CelError(f"no such key: {field}")
        return found[field]

    return selected


def _has(value: Compiled, field: str) -> Compiled:
    def has(variables: Variables) -> bool:
        found = _known(value(variables))
        if not isinstance(found, dict):
            raise CelError("no map")
        return field in found

    return has


def _index(value: Compiled, index: Compiled) -> Compiled:
    def indexed(variables: Variables) -> Any:
        found, at = _known(value(variables)), _known(index(variables))
        try:
            return found[at]
        except (LookupError, TypeError) as error:
            raise CelError(f"no such key: {at}") from error

    return indexed


def _junction(left: Compiled, right: Compiled, *, decided: bool) -> Compiled:
    """`&&` and `||`: a side that decides does so whatever becomes of the other."""

    def junction(variables: Variables) -> bool:
        problem: Exception | None = None
        for side in (left, right):
            try:
                if _boolean(side(variables)) is decided:
                    return decided
            except (CelError, Undecided) as error:
                problem = error if problem is None or isinstance(error, Undecided) else problem
        if problem is not None:
            raise problem
        return not decided

    return junction


def _equality(left: Compiled, right: Compiled, *, equal: bool) -> Compiled:
    def equality(variables: Variables) -> bool:
        one, other = _known(left(variables)), _known(right(variables))
        same = one == other and isinstance(one, bool) == isinstance(other, bool)
        if isinstance(one, dict | list) and not same and (_holds_open(one) or _holds_open(other)):
            raise Undecided
        return same is equal

    return equality


def _holds_open(value: Any) -> bool:
    if value is OPEN:
        return True
    inner: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_holds_open, inner))


def _is_in(value: Any, container: Any) -> bool:
    if not isinstance(container, dict | list):
        raise CelError("no list")
    if value in container:
        return True
    if isinstance(container, list) and OPEN in container:
        raise Undecided
    return False


def _arithmetic(function: Callable[[Any, Any], Any], left: Compiled, right: Compiled) -> Compiled:
    def arithmetic(variables: Variables) -> Any:
        try:
            return function(_known(left(variables)), _known(right(variables)))
        except (TypeError, ZeroDivisionError) as error:
            raise CelError(str(error)) from error

    return arithmetic


def _function(name: str, target: Compiled | None, inner: list[Compiled]) -> Compiled:
    found = (FUNCTIONS if target is None else METHODS).get(name)

    def function(variables: Variables) -> Any:
        if found is None:
            raise Undecided
        values = [_known(one(variables)) for one in ([target, *inner] if target is not None else inner)]
        try:
            return found(*values)
        except (TypeError, ValueError, IndexError, AttributeError) as error:
            raise CelError(str(error)) from error

    return function


def _macro(name: str, target: Compiled, variable: str, inner: list[Compiled]) -> Compiled:
    predicate = inner[-1]

    def outcomes(variables: Variables) -> list[tuple[Any, Any]]:
        """Each item with what is said of it, or the problem that this has."""
        items = _known(target(variables))
        if not isinstance(items, dict | list):
            raise CelError("no list")
        found: list[tuple[Any, Any]] = []
        for item in items:
            try:
                found.append((item, predicate({**variables, variable: item})))
            except (CelError, Undecided) as error:
                found.append((item, error))
        return found

    def all_or_exists(variables: Variables) -> bool:
        decided = name == "exists"
        said = [_problem(one) for _, one in outcomes(variables)]
        if decided in [one for one in said if isinstance(one, bool)]:
            return decided
        _raise(said)
        return not decided

    def others(variables: Variables) -> Any:
        found = outcomes(variables)
        _raise([_problem(one) for _, one in found] if name != "map" else [one for _, one in found])
        if name == "map":
            return [one for _, one in found]
        kept = [item for item, one in found if one]
        return len(kept) == 1 if name == "exists_one" else kept

    return all_or_exists if name in {"all", "exists"} else others


def _problem(said: Any) -> Any:
    return Undecided() if said is OPEN else said


def _raise(said: list[Any]) -> None:
    """Raises the weightiest problem: what may still become anything first."""
    problems = [one for one in said if isinstance(one, Exception)]
    for one in problems:
        if isinstance(one, Undecided):
            raise one
    if problems:
        raise problems[0]
