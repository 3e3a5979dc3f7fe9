"""Reads a cluster: what of it rules ask for, and what could not be had."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from kubelint_lb.cluster.asked import CONFIG_MAP, CONFIG_MAPS, SECRET, asked, identity_of, references_in
from kubelint_lb.cluster.kubectl import Kubectl, Listed, Resource, Trouble
from kubelint_lb.cluster.objects import place_of, texts_of
from kubelint_lb.kube.kinds import GATEWAY_GROUP, KINDS, GroupKind, PodTemplates
from kubelint_lb.kube.versions import Version
from kubelint_lb.render.parallel import in_parallel
from kubelint_lb.settings.errors import UsageError

_VERSION = re.compile(r"v?(\d+)\.(\d+)")
# Waiting for the API server takes most of the time; more at once would be a burden to it.
_AT_ONCE = 4
_CRD, _BUNDLE = "customresourcedefinitions.apiextensions.k8s.io", f"gateways.{GATEWAY_GROUP}"
_NAMESPACE = KINDS["Namespace"]
# Who may not list namespaces still sees them named where they are referred to.
_NAMED = re.compile(r"^ *namespace: ([a-z0-9-]+)$", re.MULTILINE)


class Live(NamedTuple):
    """What runs in a cluster: texts of objects by place, and the places of those that something there made.

    `unread` are the kinds that could not be listed, `unseen` the names of what others refer to among those that no rule reads.
    `namespace` is the only one that was read, or None; `elsewhere` are the others. Versions are None where the cluster does not
    say.
    """

    context: str
    texts: dict[str, str]
    made: frozenset[str]
    unread: frozenset[GroupKind]
    unseen: tuple[str, ...]
    namespace: str | None
    elsewhere: tuple[str, ...]
    kubernetes: Version | None
    gateway_api: Version | None
    gateway_api_channel: str | None
    notices: tuple[str, ...]

    @property
    def place(self) -> str:
        """The start of the places of its objects."""
        return place_of(self.context)


class _Question(NamedTuple):
    """What to ask of a kind: its objects, those of a name, or only the server's table of them."""

    resource: Resource
    name: str | None = None
    table: bool = False


class _Answer(NamedTuple):
    """What the cluster says to a question about a kind; `table`: only what there is, by name."""

    resource: Resource
    listed: Listed
    table: bool


def read_cluster(kubectl: Kubectl, pod_templates: PodTemplates, node_ports: Collection[str] | None = None) -> Live:
    """Asks the cluster for all that rules read. `node_ports`: those that somebody chose; None: nobody can tell.

    Raises UsageError where it does not answer, or there is no such namespace.
    """
    context, server = kubectl.name(), kubectl.server()
    resources, complaint = kubectl.resources()
    answers = _asked(kubectl, asked(resources, pod_templates))
    if all(one.listed.trouble is not None for one in answers):
        raise UsageError(
            f"--cluster: nothing of the cluster can be read: {answers[0].listed.words if answers else 'it is empty'}"
        )
    items = [item for one in answers for item in _items(one, kubectl.namespace)]
    known = {identity_of(one.resource) for one in answers}
    # Of what others refer to it has to be known only whether it is there.
    references = {one for item in items for one in references_in(item.get("spec"))}
    kinds = {kind for kind, _ in references} - known
    named = _asked(kubectl, [one for one in resources if identity_of(one) in kinds], names_only=True)
    items = _distinct([*items, *(item for one in named for item in _items(one, kubectl.namespace))])
    unread = frozenset(identity_of(one.resource) for one in (*answers, *named) if one.listed.trouble is not None)
    answers += named
    texts = texts_of(items, context, known - unread, node_ports)
    elsewhere = _elsewhere(items, texts.by_path, kubectl.namespace, known=_NAMESPACE not in unread)
    unseen = tuple(sorted({name for kind, name in references if kind in unread - known}))
    gateway_api, channel = _gateway_api(kubectl) if any(one.group == GATEWAY_GROUP for one in resources) else (None, None)
    return Live(
        context=context,
        texts=texts.by_path,
        made=texts.made,
        unread=unread,
        unseen=unseen,
        namespace=kubectl.namespace,
        elsewhere=elsewhere,
        kubernetes=_version(server.version),
        gateway_api=gateway_api,
        gateway_api_channel=channel,
        notices=tuple(_notices(answers, complaint)),
    )


def _asked(kubectl: Kubectl, resources: list[Resource], *, names_only: bool = False) -> list[_Answer]:
    def questions() -> Iterator[_Question]:
        for resource in resources:
            identity = identity_of(resource)
            if identity == CONFIG_MAP:
                yield from (_Question(resource, name) for name in CONFIG_MAPS)
            table = names_only or identity in {SECRET, CONFIG_MAP}
            yield _Question(resource, None, table)

    def ask(question: _Question) -> _Answer:
        resource, name, table = question
        return _Answer(resource, kubectl.table(resource) if table else kubectl.objects(resource, name), table)

    return in_parallel(ask, questions(), _AT_ONCE)


def _items(answer: _Answer, namespace: str | None) -> Iterator[dict[str, Any]]:
    if answer.listed.trouble is not None:
        return
    if answer.table:
        lines = (line.split() for line in answer.listed.text.splitlines())
        yield from (_row(words, answer.resource, namespace) for words in lines if words)
        return
    try:
        found = json.loads(answer.listed.text)["items"]
    except (ValueError, KeyError, TypeError):
        found = None
    if not isinstance(found, list):
        raise UsageError(f"--cluster: what kubectl printed for {answer.resource.name} is no list of objects")
    yield from (one for one in found if isinstance(one, dict) and isinstance(one.get("metadata"), dict))


def _row(words: list[str], resource: Resource, namespace: str | None) -> dict[str, Any]:
    """A line of a table: the namespace (where all were asked for) and the name; of a Secret then its type, count of keys, age."""
    metadata: dict[str, str] = {}
    if resource.namespaced:
        if namespace is None:
            namespace, *words = words
        metadata["namespace"] = namespace
    found: dict[str, Any] = {"apiVersion": resource.api_version, "kind": resource.kind, "metadata": metadata}
    metadata["name"] = words[0] if words else ""
    if identity_of(resource) == SECRET:
        found["type"] = words[1] if len(words) > 3 else "Opaque"
    return found


def _distinct(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each object once: what was asked for by name comes before the line of it in the table of all."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in items:
        about = one["metadata"]
        key = (*map(str, (one.get("apiVersion"), one.get("kind"), about.get("namespace"), about.get("name"))),)
        found.setdefault(key, one)
    return list(found.values())


def _elsewhere(items: list[dict[str, Any]], texts: dict[str, str], namespace: str | None, *, known: bool) -> tuple[str, ...]:
    """The namespaces that were not read. Raises UsageError where the one to read is not there."""
    if namespace is None:
        return ()
    names = {str(one["metadata"].get("name")) for one in items if one.get("kind") == "Namespace"}
    if known and namespace not in names:
        raise UsageError(f"--namespace: the cluster has no namespace '{namespace}'")
    named = {name for text in texts.values() for name in _NAMED.findall(text)}
    return tuple(sorted((names | named) - {namespace}))


def _gateway_api(kubectl: Kubectl) -> tuple[Version | None, str | None]:
    """The version and channel that the Gateway API's definitions say they are of."""
    found = kubectl.object(_CRD, _BUNDLE)
    metadata = found.get("metadata") if found is not None else None
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    if not isinstance(annotations, dict):
        return None, None
    channel = annotations.get(f"{GATEWAY_GROUP}/channel")
    version = _version(str(annotations.get(f"{GATEWAY_GROUP}/bundle-version")))
    return version, channel if channel in {"standard", "experimental"} else None


def _version(text: str) -> Version | None:
    """`v1.31.2-eks-7f9249a` is 1.31."""
    match = _VERSION.match(text)
    return Version(int(match[1]), int(match[2])) if match is not None else None


def _notices(answers: list[_Answer], complaint: str) -> Iterator[str]:
    """What could not be read, and what that means."""
    if complaint:
        yield f"the cluster does not say all kinds that it has, and those are taken not to be there: {complaint}"
    for trouble in Trouble:
        failed = {one.resource.name: one.listed.words for one in answers if one.listed.trouble is trouble}
        if failed:
            which = "1 kind" if len(failed) == 1 else f"{len(failed)} kinds"
            them = "it" if len(failed) == 1 else "any of them"
            words = f" ({next(iter(failed.values()))})" if trouble is Trouble.FAILED else ""
            names = ", ".join(failed)
            yield f"{which} of the cluster {trouble.value}, so rules that read {them} were not run: {names}{words}"
