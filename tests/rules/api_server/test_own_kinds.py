"""Kinds that the repository defines: their objects are held against the CustomResourceDefinition beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.config.config import load_settings
from kubelint_lb.engine.run import lint
from kubelint_lb.settings.errors import ConfigError
from kubelint_lb.settings.settings import Settings
from tests.conftest import LintText, LintTree, write_tree

CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Shop, plural: shops}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [host, tier]
              properties:
                host: {type: string, pattern: '^[a-z.]+$'}
                letters: {type: string, pattern: '^[[:alpha:]]+$'}
                port: {type: integer, minimum: 1, maximum: 65535}
                target: {x-kubernetes-int-or-string: true}
                size: {type: string, enum: [small, large]}
                tier: {type: string, default: gold}
                names: {type: array, items: {type: string}, x-kubernetes-list-type: set}
                extra: {type: object, x-kubernetes-preserve-unknown-fields: true}
                labels: {type: object, additionalProperties: {type: string}}
"""
SHOP = """\
apiVersion: example.com/v1
kind: Shop
metadata: {name: one}
spec:
"""


def shop(*fields: str) -> str:
    return SHOP + "".join(f"  {field}\n" for field in fields)


@pytest.mark.parametrize(
    ("fields", "rule", "place", "words"),
    [
        (["host: a.b", "prot: 80"], "unknown-field", (6, 3), "but it knows port"),
        (["host: a.b", "port: eighty"], "field-type", (6, 9), "a whole number"),
        (["host: a.b", "port: 0"], "field-value", (6, 9), "a number from 1 to 65535"),
        (["host: a.b", "size: larg"], "field-value", (6, 9), "small or large"),
        (["host: A.B"], "field-value", (5, 9), "a text that matches ^[a-z.]+$"),
        (["host: a.b", "names: [a, b, a]"], "duplicate-item", (6, 17), "a"),
        (["host: a.b", "labels: {a: 1}"], "field-type", (6, 15), "a text"),
        (["port: 80"], "field-required", (4, 1), "spec.host"),
    ],
)
def test_what_the_definition_refuses(
    lint_text: LintText, fields: list[str], rule: str, place: tuple[int, int], words: str
) -> None:
    (found,) = lint_text({"shop.yaml": shop(*fields), "crds/shops.yaml": CRD})
    assert (found.rule, found.severity, found.place) == (rule, "error", place)
    assert words in found.message
    assert [related[:2] for related in found.related] == [("crds/shops.yaml", 9)]


@pytest.mark.parametrize(
    "fields",
    [
        ["host: a.b"],  # `tier` has a default
        ["host: a.b", "target: http", "extra: {anything: [1]}", "labels: {a: b}"],
        ["host: a.b", "letters: é1"],  # a pattern that Go reads in another way than Python
        ["host: ${HOST}", "port: ${PORT}"],
        ["host: {{ host }}"],
        [],  # scaffolded, with a comment for a spec
    ],
)
def test_what_it_takes_or_may_take(lint_text: LintText, fields: list[str]) -> None:
    assert lint_text({"shop.yaml": shop(*fields), "crds/shops.yaml": CRD}) == []


def test_of_definitions_that_differ_all_must_refuse(lint_text: LintText) -> None:
    newer = CRD.replace("port: {type: integer", "prot: {type: integer")
    slip = shop("host: a.b", "prot: 80", "szie: small")
    found = lint_text({"shop.yaml": slip, "crds/shops.yaml": CRD, "vendor/shops.yaml": newer})
    assert [(one.rule, one.place) for one in found] == [("unknown-field", (7, 3))]


@pytest.mark.parametrize(
    "crd",
    [
        CRD.replace("example.com\n  scope", "example.org\n  scope"),
        CRD.replace("kind: Shop,", "kind: Store,"),
        CRD.replace("- name: v1\n", "- name: v2\n"),
        CRD.replace("apiextensions.k8s.io/v1\n", "apiextensions.k8s.io/v1beta1\n"),
        CRD.replace("openAPIV3Schema", "openAPIV2Schema"),
        "{{- if .Values.crds }}\n" + CRD + "{{- end }}\n",
        CRD.split("  versions:")[0],
    ],
    ids=["another group", "another kind", "another version", "an old API", "no schema", "a template", "a part"],
)
def test_other_definitions_say_nothing(lint_tree: LintTree, crd: str) -> None:
    found = lint_tree({"shop.yaml": shop("prot: 80"), "crds/shops.yaml": crd}, ignore=("yaml-syntax",)).findings
    assert [one for one in found if one.location.path == "shop.yaml"] == []


def test_a_definition_is_no_object_of_its_kind(lint_text: LintText) -> None:
    assert lint_text(CRD) == []


def test_patches_of_own_kinds_lack_nothing(lint_text: LintText) -> None:
    tree = {
        "crds.yaml": CRD,
        "shop.yaml": shop("host: a.b"),
        "kustomization.yaml": "resources: [shop.yaml, crds.yaml]\npatches: [{path: patch.yaml}]\n",
        "patch.yaml": shop("port: 81"),
    }
    assert lint_text(tree) == []


def test_definitions_that_the_configuration_names(tmp_path: Path) -> None:
    tree = {"shop.yaml": shop("host: a.b", "prot: 80"), ".gitignore": "/downloaded\n", "downloaded/crds/shops.yaml": CRD}
    write_tree(tmp_path, {**tree, ".kubelint-lb.yaml": "crds: [downloaded/crds]\n"})
    settings = load_settings([tmp_path])
    (found,) = lint([tmp_path], settings).findings
    assert (found.rule, found.location.path, found.related[0].location.path) == (
        "unknown-field",
        "shop.yaml",
        "downloaded/crds/shops.yaml",
    )
    assert lint([tmp_path], Settings(root=tmp_path)).findings == ()


def test_a_place_for_definitions_that_is_not_there(tmp_path: Path) -> None:
    write_tree(tmp_path, {".kubelint-lb.yaml": "profile: default\ncrds:\n  - a\n"})
    with pytest.raises(ConfigError) as caught:
        load_settings([tmp_path])
    assert ".kubelint-lb.yaml:3:5: crds[0]: no such file or folder: a" in str(caught.value)


@pytest.mark.parametrize(
    ("group", "kind", "found"),
    [
        ("metallb.io", "L2Advertisement", [("unknown-field", 4)]),
        ("networking.istio.io", "VirtualService", [("unknown-field", 4)]),
        # Google keeps these definitions up to date in the cluster.
        ("networking.gke.io", "GCPBackendPolicy", []),
        ("cloud.google.com", "BackendConfig", []),
    ],
)
def test_kinds_that_the_model_knows_are_held_against_their_definitions(
    lint_tree: LintTree, group: str, kind: str, found: list[tuple[str, int]]
) -> None:
    definition = CRD.replace("example.com", group).replace("Shop", kind).replace("required: [host, tier]", "required: []")
    thing = f"apiVersion: {group}/v1\nkind: {kind}\nmetadata: {{name: one}}\nspec: {{prot: 80}}\n"
    report = lint_tree({"crd.yaml": definition, "one.yaml": thing})
    assert [(one.rule, one.location.span.line) for one in report.findings] == found
