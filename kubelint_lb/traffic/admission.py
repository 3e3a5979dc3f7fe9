"""What ValidatingAdmissionPolicies of a unit say of the objects that they match, when those are created.

Source: kubernetes `admissionregistration/v1`, `staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating`. Whatever is
not known (a namespace's labels, parameters that are not here, a function of Kubernetes' own) leaves a policy silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kubelint_lb.kube.admitted import admitted
from kubelint_lb.kube.expressions import Expression, Outcome
from kubelint_lb.kube.kinds import KINDS, canonical
from kubelint_lb.kube.labels import label_selector
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.scopes import is_cluster_scoped
from kubelint_lb.kube.stubs import ObjectStub
from kubelint_lb.kube.values import items, mappings, name_text, text
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Node, Scalar, holds_placeholder, to_python
from kubelint_lb.source.parse import parse_text
from kubelint_lb.traffic.objects import Objects

_CREATE = frozenset({"CREATE", "*"})
_PARAMS = KINDS["ConfigMap"]


class Refusal(NamedTuple):
    """A policy refuses an object: the expression that is not true, what the policy says, and by which binding. `warns`: it only
    warns, or writes to the audit log."""

    manifest: Manifest
    expression: Node
    words: str
    binding: View
    warns: bool


class Admissions:
    """The bindings of a unit by the policy that they name."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        unit.reads.add("Any")  # a policy may be about every kind
        self._bindings: dict[str, list[View]] = {}
        for one in unit.all("ValidatingAdmissionPolicyBinding"):
            self._bindings.setdefault(name_text(one.at("spec", "policyName")) or "", []).append(one)

    def refusals(self, policy: View) -> Iterator[Refusal]:
        """What a policy refuses. Raises ValueError for an expression that cannot be read, NotInstalled where nothing reads it."""
        for binding in self._bindings.get(policy.name, ()):
            params = self._params(policy, binding)
            if params is not None:
                judge = _Judge(policy, binding, params)
                for manifest in self._unit.manifests:
                    if self._matches(policy, binding, manifest):
                        yield from judge.refusals(manifest, self._namespace(manifest))

    def _matches(self, policy: View, binding: View, manifest: Manifest) -> bool:
        """The policy is surely asked about an object."""
        if manifest.patched or holds_placeholder(manifest.node):
            return False
        places = [policy.at("spec", "matchConstraints"), binding.at("spec", "matchResources")]
        return all(self._is_within(one, manifest) for one in places if one is not None)

    def _is_within(self, resources: Node, manifest: Manifest) -> bool:
        rules = mappings(resources.get("resourceRules"))
        if rules and not any(_is_about(one, manifest) for one in rules):
            return False
        if any(_is_about(one, manifest) for one in mappings(resources.get("excludeResourceRules"))):
            return False
        objects = label_selector(resources.get("objectSelector"))
        if objects is not None and objects.matches(manifest.labels) is not True:
            return False
        selector = label_selector(resources.get("namespaceSelector"))
        if selector is None or (not selector.pairs and not selector.requirements) or is_cluster_scoped(*manifest.identity):
            return True
        labels = self._namespace_labels(manifest)
        return labels is not None and selector.matches(labels) is True

    def _namespace(self, manifest: Manifest) -> dict[str, Any] | None:
        found = self._namespace_of(manifest)
        data = to_python(found.node) if found is not None else None
        return data if isinstance(data, dict) else None

    def _namespace_of(self, manifest: Manifest) -> Manifest | None:
        found = self._unit.named(KINDS["Namespace"], manifest.namespace) if manifest.namespace is not None else []
        return found[0] if found else None

    def _namespace_labels(self, manifest: Manifest) -> dict[str, str] | None:
        found = self._namespace_of(manifest)
        return {**found.labels, "kubernetes.io/metadata.name": found.name} if found is not None else None

    def _params(self, policy: View, binding: View) -> list[object] | None:
        """The parameters of a binding, one for each run; [None] for a policy without any, None where they are not known."""
        kind = policy.at("spec", "paramKind")
        if kind is None:
            return [None]
        group = (text(kind.get("apiVersion")) or "").rpartition("/")[0]
        name = name_text(binding.at("spec", "paramRef", "name"))
        if canonical(group, text(kind.get("kind")) or "") != _PARAMS or name is None:
            return None
        namespace = name_text(binding.at("spec", "paramRef", "namespace"))
        found = [to_python(one.node) for one in self._unit.named(_PARAMS, name) if namespace in {None, one.namespace}]
        stubs = [one for one in self._unit.stubs if (one.identity, one.name) == (_PARAMS, name) and one.text]
        found += [to_python(root) for one in stubs if namespace in {None, one.namespace} for root in _roots(one)]
        return found if len(found) == 1 else None


class _Judge:
    """One policy by one binding: its expressions, read once."""

    def __init__(self, policy: View, binding: View, params: list[object]) -> None:
        self._binding = binding
        self._params = params
        self._fails = text(policy.at("spec", "failurePolicy")) != "Ignore"
        actions = {name_text(one) for one in items(binding.at("spec", "validationActions"))}
        self._warns = "Deny" not in actions
        self._conditions = [_expression(one.get("expression")) for one in mappings(policy.at("spec", "matchConditions"))]
        self._variables = {
            name_text(one.get("name")) or "": _expression(one.get("expression"))
            for one in mappings(policy.at("spec", "variables"))
        }
        self._validations = [
            (one, _expression(one.get("expression")), one.get("messageExpression"))
            for one in mappings(policy.at("spec", "validations"))
        ]

    def refusals(self, manifest: Manifest, namespace: dict[str, Any] | None) -> Iterator[Refusal]:
        """What the policy says of one object."""
        for params in self._params:
            context = self._context(manifest, namespace, params)
            if context is None or not all(one.ask(context).value is True for one in self._conditions):
                continue
            for entry, expression, spoken in self._validations:
                outcome = expression.ask(context)
                if outcome.value is True or outcome.unsure or (outcome.error and not self._is_sure(outcome)):
                    continue
                words = outcome.error or _spoken(spoken, context) or name_text(entry.get("message")) or ""
                node = entry.get("expression") or entry
                yield Refusal(manifest, node, words or f"failed expression: {expression.text}", self._binding, self._warns)

    def _is_sure(self, outcome: Outcome) -> bool:
        """A field that is not there: in the cluster it might be, filled in by defaults that are not known here."""
        return self._fails and not outcome.error.startswith("it cannot be worked out: KeyError")

    def _context(self, manifest: Manifest, namespace: dict[str, Any] | None, params: object) -> dict[str, Any] | None:
        group, kind = manifest.identity
        request = {
            "operation": "CREATE", "name": manifest.name, "namespace": manifest.namespace or "",
            "kind": {"group": group, "version": manifest.api_version.rpartition("/")[2], "kind": kind},
        }  # fmt: skip
        context: dict[str, Any] = {
            "object": admitted(manifest), "oldObject": None, "request": request, "params": params, "namespaceObject": namespace,
        }  # fmt: skip
        variables: dict[str, Any] = {}
        context["variables"] = variables
        for name, expression in self._variables.items():
            outcome = expression.ask(context)
            if outcome.error:
                return None
            variables[name] = outcome.value
        return context


def _roots(stub: ObjectStub) -> list[Node]:
    return [one.root for one in parse_text(stub.text, stub.path) if one.root is not None and not one.faults]


def _expression(node: Node | None) -> Expression:
    return Expression(name_text(node) or "true")


def _spoken(node: Node | None, context: Mapping[str, Any]) -> str:
    if node is None:
        return ""
    found = _expression(node).ask(context).value
    return found if isinstance(found, str) else ""


def _is_about(rule: Node, manifest: Manifest) -> bool:
    """A rule of `matchConstraints` is about the creation of such an object."""
    group, version = manifest.api_version.rpartition("/")[0], manifest.api_version.rpartition("/")[2]
    return (
        _says(rule, "apiGroups", {group, "*"})
        and _says(rule, "apiVersions", {version, "*"})
        and _says(rule, "operations", _CREATE)
        and _says(rule, "resources", {_plural(manifest.kind), "*", "*/*"})
        and (not items(rule.get("resourceNames")) or _says(rule, "resourceNames", {manifest.name}))
    )


def _says(rule: Node, field: str, wanted: set[str] | frozenset[str]) -> bool:
    return any(isinstance(one, Scalar) and one.text in wanted for one in items(rule.get(field)))


def _plural(kind: str) -> str:
    """The resource of a kind: how Kubernetes itself guesses it (apimachinery `meta/restmapper.go`)."""
    lower = kind.lower()
    if lower.endswith(("s", "x", "ch", "sh")):
        return f"{lower}es"
    return f"{lower[:-1]}ies" if lower.endswith("y") and lower[-2] not in "aeiou" else f"{lower}s"
