"""The parameters that generators make of a repository."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from kubelint_lb.deploy.argocd.application_sets import UNKNOWN, Generated, Generators
from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.repository import Remotes, ThisRepository
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.node import Node
from kubelint_lb.source.parse import parse_text

URL = "https://git.example.com/acme/deploy"
FILES = {
    "apps/web/kustomization.yaml": "",
    "apps/api/deployment.yaml": "",
    "apps/.hidden/deployment.yaml": "",
    "apps/api/deeper/service.yaml": "",
    "README.yaml": "",
    "clusters/a/config.json": json.dumps({"cluster": {"name": "a", "prod": True}, "zones": ["x", "y"]}),
    "clusters/b/config.json": json.dumps([{"cluster": {"name": "b1"}}, {"cluster": {"name": "b2"}}]),
}


def root(text: str) -> Node | None:
    return parse_text(text, "x.yaml")[0].root if text else None


def generate(
    text: str, *, go: bool = True, files: Mapping[str, str] = FILES, nested: bool = False, remotes: Remotes | None = None
) -> list[Generated]:
    repository = ThisRepository(
        frozenset(files), Layout({}, frozenset()), lambda path: root(files[path]), remotes or Remotes([URL])
    )
    node = root(text)
    assert isinstance(node, MappingNode)
    return Generators(repository, go=go, nested_selectors=nested).of(node)


def values(found: list[Generated]) -> list[dict[str, object]]:
    return [dict(one.values) for one in found]


def test_a_list_is_taken_as_it_is() -> None:
    found = generate("list: {elements: [{cluster: dev, values: {tier: gold}}, {cluster: prod}]}")
    assert found == [Generated({"cluster": "dev", "values": {"tier": "gold"}}), Generated({"cluster": "prod"})]


def test_without_go_templates_its_values_have_dots() -> None:
    found = generate("list: {elements: [{cluster: dev, values: {tier: gold}}]}", go=False)
    assert values(found) == [{"cluster": "dev", "values.tier": "gold"}]


def test_folders_that_a_glob_names_and_none_excludes() -> None:
    found = generate(f"git: {{repoURL: {URL}, directories: [{{path: apps/*}}, {{path: apps/w*, exclude: true}}]}}")
    path = {"path": "apps/api", "basename": "api", "basenameNormalized": "api", "segments": ["apps", "api"]}
    assert found == [Generated({"path": path})]


def test_folders_without_go_templates() -> None:
    found = generate(
        f"git: {{repoURL: {URL}, directories: [{{path: apps/*}}], values: {{app: '{{{{path.basename}}}}-x'}}}}", go=False
    )
    assert [(one["path"], one["path.basename"], one["path[1]"], one["values.app"]) for one in values(found)] == [
        ("apps/api", "api", "api", "api-x"),
        ("apps/web", "web", "web", "web-x"),
    ]


def test_files_with_their_contents() -> None:
    found = values(generate(f"git: {{repoURL: {URL}, files: [{{path: clusters/*/config.json}}], pathParamPrefix: at}}"))
    assert [one["cluster"] for one in found] == [{"name": "a", "prod": True}, {"name": "b1"}, {"name": "b2"}]
    assert found[1]["at"] == {
        "path": {
            "path": "clusters/b",
            "basename": "b",
            "basenameNormalized": "b",
            "filename": "config.json",
            "filenameNormalized": "config.json",
            "segments": ["clusters", "b"],
        }
    }


def test_files_without_go_templates_are_flat() -> None:
    (found, *_) = values(generate(f"git: {{repoURL: {URL}, files: [{{path: clusters}}]}}", go=False))
    assert (found["cluster.name"], found["cluster.prod"], found["zones.1"], found["path.filename"]) == (
        "a",
        "true",
        "y",
        "config.json",
    )


def test_a_matrix_fills_the_first_into_the_second() -> None:
    found = generate(
        f"""
        matrix:
          generators:
            - list: {{elements: [{{team: apps}}, {{team: none}}]}}
            - git: {{repoURL: {URL}, directories: [{{path: '{{{{ .team }}}}/*'}}]}}
        """
    )
    assert [(one["team"], one["path"]["basename"]) for one in values(found)] == [("apps", "api"), ("apps", "web")]  # type: ignore[index]


def test_a_merge_overrides_what_has_the_same_keys() -> None:
    found = generate(
        """
        merge:
          mergeKeys: [name]
          generators:
            - list: {elements: [{name: a, tier: gold}, {name: b, tier: gold}]}
            - list: {elements: [{name: b, tier: tin}, {name: c, tier: tin}]}
        """
    )
    assert values(found) == [{"name": "a", "tier": "gold"}, {"name": "b", "tier": "tin"}]
    assert all(one.sure for one in found)


def test_clusters_are_not_made_up() -> None:
    (found,) = generate("clusters: {values: {tier: gold, label: '{{ .metadata.labels.x }}'}}")
    assert found == Generated({"values": {"tier": "gold", "label": "{{ .metadata.labels.x }}"}}, sure=True, complete=False)


def test_a_merge_over_clusters_is_not_sure() -> None:
    (found,) = generate(
        "merge: {mergeKeys: [name], generators: [{list: {elements: [{name: a}]}}, {clusters: {values: {x: '1'}}}]}"
    )
    assert (found.values, found.sure) == ({"name": "a"}, False)


@pytest.mark.parametrize(
    "text",
    [
        "git: {repoURL: https://git.example.com/acme/other, directories: [{path: apps/*}]}",
        f"git: {{repoURL: {URL}, directories: [{{path: '{{{{ .team }}}}/*'}}]}}",
        f"git: {{repoURL: {URL}, files: [{{path: apps/web/kustomization.yaml}}]}}",
        "pullRequest: {github: {owner: acme, repo: deploy}}",
        "scmProvider: {github: {organization: acme}}",
        "matrix: {generators: [{clusters: {}}]}",
        "list: {elementsYaml: '{{ .x | toJson }}'}",
    ],
)
def test_what_the_repository_does_not_show_is_unknown(text: str) -> None:
    assert generate(text) == [UNKNOWN]


def test_another_branch_is_not_sure() -> None:
    (found,) = generate(f"git: {{repoURL: {URL}, revision: v1.2, directories: [{{path: apps/web}}]}}")
    assert not found.sure


def test_a_selector_looks_at_the_parameters() -> None:
    text = "{{list: {{elements: [{{a: x}}, {{a: z}}, {{b: x}}]}}, selector: {{{}}}}}"
    assert values(generate(text.format("matchLabels: {a: x}"))) == [{"a": "x"}]
    assert values(generate(text.format("matchExpressions: [{key: a, operator: NotIn, values: [x]}]"))) == [{"a": "z"}, {"b": "x"}]
    assert values(generate(text.format("matchExpressions: [{key: a, operator: DoesNotExist}]"))) == [{"b": "x"}]
    (cluster,) = generate("{clusters: {}, selector: {matchLabels: {a: x}}}")
    assert not cluster.sure


def test_a_product_of_lists_is_not_worked_out_for_ever() -> None:
    elements = ", ".join(f"{{n: x{index}}}" for index in range(300))
    one = f"{{list: {{elements: [{elements}]}}}}"
    assert generate(f"matrix: {{generators: [{one}, {one}]}}") == [UNKNOWN]


def test_below_the_top_of_the_work_tree_paths_are_longer() -> None:
    found = generate(f"git: {{repoURL: {URL}, directories: [{{path: infra/apps/w*}}]}}", remotes=Remotes([URL], above="infra"))
    assert found[0] == UNKNOWN
    assert found[1].values["path"]["path"] == "infra/apps/web"  # type: ignore[index]
