"""Rules in the Common Expression Language: an expression over an object and what it meets, which has to be true.

`cel: [{expression: "self.spec.rules.all(r, r.host.endsWith('.shop.example'))", at: spec.rules, message: key}]`. The language has
no loops and no functions of its own; what remains, lists inside of lists, is bounded before it runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kubelint_lb.detectors.api import Context, Issue
from kubelint_lb.kube.expressions import Expression, NotInstalled
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.refers import Role
from kubelint_lb.kube.route import Route
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.workload import Workload
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.source.node import Collection, Scalar, holds_placeholder, to_python
from kubelint_lb.traffic.graph import Graph

if TYPE_CHECKING:
    from kubelint_lb.catalogue.rule import Rule
    from kubelint_lb.kube.view import View

VARIABLES = ("self", "services", "workloads", "routes", "gateways", "unit", "params")
_STEP = re.compile(r"""\.?([^.\[\]]+)|\["([^"]+)"\]""")


def compiled(text: str) -> Expression:
    """An expression. Raises ValueError with the reason, UsageError where the language is not installed."""
    try:
        return Expression(text)
    except NotInstalled as error:
        raise UsageError("rules with `cel` need it installed: pip install 'kubelint-lb[cel]'") from error


def check_cel(rule: Rule) -> Callable[[Any, Context], Iterable[Issue]]:
    """A detector made of a rule's expressions."""
    checks = [_Check(one) for one in rule.expressions]

    def check(view: View, ctx: Context) -> Iterator[Issue]:
        met = _Met(view, ctx, tuple(rule.params))
        for one in checks:
            yield from one.issues(view, met)

    return check


class _Check:
    def __init__(self, data: Mapping[str, object]) -> None:
        self._expression = compiled(str(data["expression"]))
        self._when = compiled(str(data["when"])) if "when" in data else None
        self._at = [name or quoted for name, quoted in _STEP.findall(str(data["at"]))]
        self._message = str(data["message"])

    def issues(self, view: View, met: _Met) -> Iterator[Issue]:
        if not view.settled or holds_placeholder(view.node):
            return  # what a patch or a tool fills in may make it true
        if self._when is not None and self._when.ask(met.context).value is not True:
            return
        outcome = self._expression.ask(met.context)
        if outcome.value is not True:
            place = view.place(*self._at)
            if isinstance(place, Collection) and not place.flow:
                place = view.key_at(*self._at) or place  # of many lines, the word that names them
            reason = outcome.error or ("it is false" if outcome.value is False else f"it is {outcome.value}")
            value = place.text if isinstance(place, Scalar) else place.source
            yield Issue(place, self._message, name=view.title, value=value, reason=reason)


class _Met:
    """An object, and what it meets, as plain data; worked out when the first expression asks."""

    def __init__(self, view: View, ctx: Context, params: Iterable[str]) -> None:
        self._view = view
        self._ctx = ctx
        self._graph = ctx.of(Graph)
        self._params = tuple(params)
        self._context: dict[str, object] | None = None

    @property
    def context(self) -> dict[str, object]:
        if self._context is None:
            services = self._services()
            routes = self._routes(services)
            met = {
                "services": services,
                "routes": routes,
                "workloads": self._workloads(services),
                "gateways": self._gateways(routes),
            }
            self._context = {name: [to_python(one.node) for one in found] for name, found in met.items()}
            self._context["self"] = to_python(self._view.node)
            self._context["unit"] = {"name": self._ctx.unit.name, "complete": self._ctx.complete}
            self._context["params"] = {name: self._ctx.param(name) for name in self._params}
        return self._context

    def _services(self) -> list[View]:
        if isinstance(self._view, Service):
            return []
        found = [one for edge in self._graph.edges_from(self._view) for one in edge.targets if isinstance(one, Service)]
        return _once([*found, *(edge.source for edge in self._graph.edges_to(self._view, Role.SELECTOR))])

    def _routes(self, services: list[View]) -> list[View]:
        if isinstance(self._view, Route | Ingress):
            return []
        found = [edge.source for edge in self._graph.edges_to(self._view, Role.BACKEND, Role.PARENT)]
        return _once([*found, *(edge.source for one in services for edge in self._graph.edges_to(one, Role.BACKEND))])

    def _workloads(self, services: list[View]) -> list[View]:
        if isinstance(self._view, Workload):
            return []
        edges = [edge for one in (self._view, *services) for edge in self._graph.edges_from(one)]
        return _once([one for edge in edges if edge.role is Role.SELECTOR for one in edge.targets])

    def _gateways(self, routes: list[View]) -> list[View]:
        edges = [edge for one in (self._view, *routes) for edge in self._graph.edges_from(one)]
        return _once([one for edge in edges if edge.role is Role.PARENT for one in edge.targets])


def _once(views: Iterable[View]) -> list[View]:
    return list({id(one.manifest): one for one in views}.values())
