"""Small trees of manifests, by hand, for the tests of the model."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from kubelint_lb.deploy.landed import Landed
from kubelint_lb.deploy.tree import Sources, Tree, read_tree
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.stubs import Prefilter
from kubelint_lb.kube.versions import Target
from kubelint_lb.kube.view import View
from kubelint_lb.settings.settings import GATEWAY_API, KUBERNETES
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.world import World


def read(files: str | Mapping[str, str]) -> Tree:
    """Texts by path, read as a run reads them; one text alone is `all.yaml`."""
    texts = {"all.yaml": files} if isinstance(files, str) else files
    return read_tree(Sources({path: dedent(text) for path, text in texts.items()}, ()), Prefilter([*KINDS, "ExtraWorkload"]))


def world_of(
    files: str | Mapping[str, str], *, complete: bool = False, whole: bool = False, external: tuple[str, ...] = ()
) -> World:
    """The unit that these files make, as rules see it."""
    tree = read(files)
    unit = Unit(
        "test",
        tuple(tree.manifests),
        tree.layout,
        complete=complete,
        whole=whole,
        external=external,
        unread_folders=frozenset(tree.unread_folders),
        unread_files=frozenset(tree.unread_files),
        stubs=tuple(tree.stubs),
    )
    return World(Objects(unit), Landed(unit, Target(KUBERNETES, GATEWAY_API, None, kubernetes_set=False)))


def named(world: World, kind: str, name: str) -> View:
    """The only object of a kind and name."""
    (found,) = (view for view in world.objects.all(kind) if view.name == name)
    return found


def service(name: str, namespace: str = "") -> str:
    """A Service, as a document."""
    return _document("v1", "Service", name, namespace, "spec: {selector: {app: x}, ports: [{port: 80}]}")


def route(name: str, *backends: str, namespace: str = "", to: str = "") -> str:
    """An HTTPRoute, as a document: a rule for each backend, in namespace `to` where that is given."""
    where = f", namespace: {to}" if to else ""
    rules = ", ".join(f"{{backendRefs: [{{name: {backend}, port: 80{where}}}]}}" for backend in backends)
    body = f"spec: {{parentRefs: [{{name: public}}], rules: [{rules}]}}"
    return _document("gateway.networking.k8s.io/v1", "HTTPRoute", name, namespace, body)


def thing(api_version: str, kind: str, name: str, namespace: str = "", body: str = "spec: {}") -> str:
    """Any object, as a document."""
    return _document(api_version, kind, name, namespace, body)


def _document(api_version: str, kind: str, name: str, namespace: str, body: str) -> str:
    metadata = f"{{name: {name}, namespace: {namespace}}}" if namespace else f"{{name: {name}}}"
    return f"---\napiVersion: {api_version}\nkind: {kind}\nmetadata: {metadata}\n{body}\n"
