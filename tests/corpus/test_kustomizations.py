"""Real kustomizations: what is worked out in process equals what kubectl prints, and what is rendered leads back to files.

Set KUBELINT_LB_CORPUS to a folder of checked-out repositories.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from kubelint_lb.deploy.kustomize.applied import closures_of
from kubelint_lb.deploy.kustomize.overlays import BY_TOOL, Files, resolve
from kubelint_lb.deploy.kustomize.rendering import Rendering
from kubelint_lb.deploy.scope import Scope
from kubelint_lb.deploy.tree import Tree, read_files, read_tree
from kubelint_lb.kube.kinds import KINDS, POD_TEMPLATES
from kubelint_lb.kube.manifest import Manifest, manifests_of
from kubelint_lb.kube.stubs import Prefilter
from kubelint_lb.render.kustomize.closure import Closure
from kubelint_lb.render.origin import RenderedDocument, located
from kubelint_lb.settings.settings import Settings
from kubelint_lb.source.discover import discover
from kubelint_lb.source.names import KUSTOMIZATIONS
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence, to_python
from kubelint_lb.source.parse import parse_text

_WHERE = os.environ.get("KUBELINT_LB_CORPUS", "")
_ROOTS = [path for path in sorted(Path(_WHERE).iterdir()) if path.is_dir()] if _WHERE else []
# What kustomize makes itself, and what lies inside a ConfigMap.
_GENERATED = {"ConfigMap", "Secret", "KubeProxyConfiguration"}

pytestmark = [
    pytest.mark.skipif(not _ROOTS, reason="KUBELINT_LB_CORPUS names no folder of repositories"),
    pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not on the PATH"),
]
each_repository = pytest.mark.parametrize("root", [pytest.param(root, id=root.name) for root in _ROOTS])


def tree_of(root: Path) -> Tree:
    return read_tree(read_files(root, discover(root)), cast("Prefilter", lambda _text: True))


def identities(manifests: list[Manifest]) -> set[tuple[str, str, str | None, str]]:
    return {(one.api_version, one.kind, one.namespace, one.name) for one in manifests if one.kind not in _GENERATED}


def printed(root: Path, closure: Closure, copy: Path) -> list[Manifest] | None:
    """What kubectl prints of the kustomization as Flux would write it into a copy; None where it refuses (mostly for want of a
    generator's file)."""
    folder = copy / closure.root.folder
    own = [folder / name for name in KUSTOMIZATIONS if (folder / name).exists()]
    before = {path: path.read_bytes() for path in own}
    for path in own:
        path.unlink()
    (folder / "kustomization.yaml").write_text(json.dumps(to_python(closure.root.node)), encoding="utf-8")
    arguments = ["kubectl", "kustomize", str(folder), "--load-restrictor", "LoadRestrictionsNone"]
    result = subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=False)
    (folder / "kustomization.yaml").unlink()
    for path, data in before.items():
        path.write_bytes(data)
    if result.returncode:
        return None
    return [manifest for document in parse_text(result.stdout, "") for manifest in manifests_of(document)]


@each_repository
def test_in_process_equals_kubectl(root: Path, tmp_path: Path) -> None:
    tree = tree_of(root)
    files = Files(tree)
    copy = tmp_path / "copy"
    shutil.copytree(root, copy, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    # Without what Flux does to the objects that kustomize printed.
    for closure in (Closure(one.root, one.kustomizations) for one in closures_of(tree, files, root)):
        overlay = resolve(closure, files)
        if overlay is None or overlay.left_out:
            continue
        theirs = printed(root, closure, copy)
        if theirs is not None:
            assert identities(overlay.manifests) == identities(theirs), closure.root.folder


def leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, Mapping):
        for name, value in node.items():
            key = node.key(name)
            if key is not None:
                yield key
            yield from leaves(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from leaves(item)
    else:
        yield node


@each_repository
def test_every_rendered_value_leads_to_a_file(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    tree = tree_of(root)
    rendering = Rendering(Scope(root.resolve(), frozenset(), ("",)), KINDS, lambda _text: True, POD_TEMPLATES, Settings())
    for overlay in rendering.overlays(tree):
        for manifest in overlay.manifests if overlay.how == BY_TOOL else ():
            if manifest.kind in {"CustomResourceDefinition", *_GENERATED}:
                continue
            for node in leaves(manifest.node):
                place = located(node)
                assert not isinstance(place.document, RenderedDocument)
                assert (root / place.path).is_file()
                assert place.span.line >= 1
                assert isinstance(node, Scalar)
