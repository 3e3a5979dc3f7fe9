"""What a kustomization says about the files around it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from kubelint_lb.render.kustomize.kustomization import Kustomization, is_remote
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.parse import parse_text


def kustomization(text: str, folder: str = "apps/shop") -> Kustomization:
    (document,) = parse_text(dedent(text), f"{folder}/kustomization.yaml")
    assert isinstance(document.root, Mapping)
    return Kustomization(f"{folder}/kustomization.yaml", folder, document.root)


def test_paths_are_relative_to_the_root_of_the_tree() -> None:
    one = kustomization(
        """
        resources: [service.yaml, ../base]
        components: [../../components/tls]
        """
    )
    assert one.entries == ("apps/shop/service.yaml", "apps/base", "components/tls")


def test_paths_that_leave_the_tree_are_nobodys() -> None:
    assert kustomization("resources: [../../../outside, /etc/passwd]").entries == ()


def test_patches_and_inputs_of_generators_are_partial_files() -> None:
    one = kustomization(
        """
        patches:
          - path: replicas.yaml
          - patch: |-
              - op: remove
                path: /spec/type
        patchesStrategicMerge: [old-style.yaml]
        configMapGenerator:
          - name: settings
            files: [app.yaml, key=named.yaml]
        """
    )
    assert one.partial_files == {
        "apps/shop/replicas.yaml",
        "apps/shop/old-style.yaml",
        "apps/shop/app.yaml",
        "apps/shop/named.yaml",
    }


@pytest.mark.parametrize("field", ["patches", "components", "replacements", "images", "replicas", "transformers"])
def test_what_changes_the_objects(field: str) -> None:
    assert kustomization(f"resources: [a.yaml]\n{field}: [x]").changes


@pytest.mark.parametrize("lines", ["namespace: shop", "commonLabels: {app: shop}", "namePrefix: a-", "patches: []"])
def test_what_leaves_them_nearly_as_they_are(lines: str) -> None:
    assert not kustomization(f"resources: [a.yaml]\n{lines}").changes


@pytest.mark.parametrize(
    "lines",
    ["resources: ['https://example.com/a.yaml']", "helmCharts: [{name: web}]", "generators: [a.yaml]", "bases: [github.com/a/b]"],
)
def test_what_brings_objects_that_are_not_here(lines: str) -> None:
    assert kustomization(lines).remote


def test_local_entries_are_not_remote() -> None:
    assert not kustomization("resources: [a.yaml, ../base]").remote
    assert not is_remote("../github/a.yaml")
