"""`postBuild`: variables of Flux become values, each finding where the variable is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.render.kustomize.substitute import Variable, Variables
from kubelint_lb.source.parse import parse_text
from tests.conftest import write_tree
from tests.deploy.test_flux_folders import flux, units
from tests.engine.trees import RULE, check, places, sticky
from tests.render.tools import needs_kustomize

_ROOT = parse_text("a: b\n", "x.yaml")[0].root
assert _ROOT is not None
KNOWN = Variables({name: Variable(value, _ROOT) for name, value in {"A": "web", "E": "", "B": "Big", "U": None}.items()}, True)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("${A}", "web"),
        ("x-${A}-y", "x-web-y"),
        ("${A}${B}", "webBig"),
        ("${E}", ""),
        ("$A $(A) $", "$A $(A) $"),
        ("$${A}", "${A}"),
        ("$$${A}", "$web"),
        ("${A:-x}", "web"),
        ("${E:-x}", "x"),
        ("${E:=x}", "x"),
        ("${E=x}", "x"),
        ("${Z:=x}", "x"),
        ("${Z:=}", ""),
        ("${Z:=x ${A:-y} z}", "x web z"),
        ("${Z:=${U}}", "${Z:=${U}}"),
        ("${Z}", "${Z}"),
        ("${U}-${A}", "${U}-web"),
        ("${U:=x}", "${U:=x}"),
        ("${B,}${B,,}${A^}${A^^}", "bigbigWebWEB"),
        ("${A/e/o}", "wob"),
        ("${A//b/}", "we"),
        ("${A/#w/x}", "${A/#w/x}"),
        ("${A:0:1}", "${A:0:1}"),
        ("${A%b}${A}", "${A%b}web"),
        ("${#A}", "${#A}"),
        ("${A-x}", "${A-x}"),
        ("${A", "${A"),
        ("${A} ${", "${A} ${"),
        ("${}", "${}"),
    ],
)
def test_expressions(text: str, filled: str) -> None:
    assert KNOWN.fill(text).text == filled


def test_what_something_unseen_may_define_has_no_default() -> None:
    open_ = KNOWN._replace(closed=False)
    assert open_.fill("${Z:=x} ${A:=x}").text == "${Z:=x} web"


def post_build(*lines: str) -> str:
    return "postBuild:\n" + "".join(f"    {line}\n" for line in lines)


SHOP = {"shop/service.yaml": sticky("web").replace("20000", "${SECONDS}")}
SETTINGS = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: flux-system}\ndata:\n"


def findings(root: Path, **options: object) -> list[str]:
    return places(check(root, select=(RULE,), **options).findings)


FOUND = [f"shop/service.yaml:11:23 {RULE}[too-long]"]


def test_a_value_becomes_a_number_and_points_at_both_places(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, "flux.yaml": flux("shop", "./shop", post_build("substitute:", '  SECONDS: "20000"'))})
    (found,) = check(tmp_path, select=(RULE,)).findings
    assert places((found,)) == FOUND
    assert found.fix is None
    assert [(one.location.path, *one.location.span[:2], one.message) for one in found.related] == [
        ("flux.yaml", 9, 16, "SECONDS is set here")
    ]


@needs_kustomize
def test_in_what_kustomize_renders(tmp_path: Path) -> None:
    said = flux("shop", "./shop", "namePrefix: a-", post_build("substitute: {SECONDS: '20000'}"))
    write_tree(tmp_path, {**SHOP, "flux.yaml": said})
    (found,) = check(tmp_path, select=(RULE,)).findings
    assert (places((found,)), found.object and found.object.name) == (FOUND, "a-web")


@needs_kustomize
def test_in_a_patch_of_flux(tmp_path: Path) -> None:
    replaced = "{op: replace, path: /spec/sessionAffinityConfig/clientIP/timeoutSeconds, value: '${S}'}"
    patch = f"patches:\n    - patch: |\n        - {replaced}\n"
    said = flux("shop", "./shop", patch + "      target: {kind: Service}", post_build("substitute: {S: '20000'}"))
    write_tree(tmp_path, {"shop/service.yaml": sticky("web", seconds=600), "flux.yaml": said})
    assert findings(tmp_path) == [f"flux.yaml:9:91 {RULE}[too-long]"]


@pytest.mark.parametrize("said", ["", post_build("substitute: {}"), post_build("substitute: {OTHER: x}")])
def test_what_nothing_defines_stays_unknown(tmp_path: Path, said: str) -> None:
    write_tree(tmp_path, {**SHOP, "flux.yaml": flux("shop", "./shop", said)})
    assert findings(tmp_path) == []


def test_a_default_counts_where_everything_is_known(tmp_path: Path) -> None:
    tree = {"shop/service.yaml": sticky("web").replace("20000", "${SECONDS:=20000}")}
    write_tree(tmp_path, {**tree, "flux.yaml": flux("shop", "./shop")})
    assert findings(tmp_path) == [], "without postBuild nothing is filled in"
    write_tree(tmp_path, {"flux.yaml": flux("shop", "./shop", post_build("substitute: {OTHER: x}"))})
    assert findings(tmp_path) == FOUND
    secret = post_build("substitute: {OTHER: x}", "substituteFrom: [{kind: Secret, name: settings}]")
    write_tree(tmp_path, {"flux.yaml": flux("shop", "./shop", secret)})
    assert findings(tmp_path) == [], "the Secret may say something else"


def test_a_config_map_of_the_repository(tmp_path: Path) -> None:
    said = flux("shop", "./shop", post_build("substituteFrom: [{kind: ConfigMap, name: settings}]"))
    write_tree(tmp_path, {**SHOP, "flux.yaml": said, "settings.yaml": SETTINGS + '  SECONDS: "20000"\n'})
    (found,) = check(tmp_path, select=(RULE,)).findings
    assert places((found,)) == FOUND
    assert [(one.location.path, *one.location.span[:2]) for one in found.related] == [("settings.yaml", 5, 12)]
    assert places(check(tmp_path, "settings.yaml", select=(RULE,)).findings) == FOUND, "it counts like a patch"


def test_the_nearest_config_map_of_the_name(tmp_path: Path) -> None:
    tree = {f"clusters/{name}/settings.yaml": SETTINGS + f'  SECONDS: "{n}"\n' for name, n in (("a", 600), ("b", 20000))}
    said = flux("shop", "./shop", post_build("substituteFrom: [{kind: ConfigMap, name: settings}]"))
    write_tree(tmp_path, {**SHOP, **tree, "clusters/a/shop.yaml": said})
    assert findings(tmp_path) == []
    write_tree(tmp_path, {"clusters/b/shop.yaml": said})
    assert [one.units for one in check(tmp_path, select=(RULE,)).findings] == [("shop (clusters/b/shop.yaml:5)",)]
    (tmp_path / "clusters/a/shop.yaml").unlink()
    (tmp_path / "clusters/b/shop.yaml").unlink()
    write_tree(tmp_path, {"flux.yaml": said})
    assert findings(tmp_path) == [], "which of the two it is nobody knows"


ONE = "{kind: ConfigMap, name: settings}"


@pytest.mark.parametrize(
    ("references", "known"),
    [
        (f"[{ONE}]", True),
        (f"[{{kind: Secret, name: x}}, {ONE}]", True),
        (f"[{ONE}, {{kind: Secret, name: x, optional: true}}]", False),
        (f"[{ONE}, {{kind: ConfigMap, name: elsewhere, optional: true}}]", False),
        (f"[{ONE}, {{kind: ConfigMap, name: more}}]", False),
        (f"[{{kind: ConfigMap, name: more}}, {ONE}]", True),
    ],
)
def test_what_comes_later_goes_before(tmp_path: Path, references: str, known: bool) -> None:
    more = SETTINGS.replace("settings", "more") + "  SECONDS: ${ELSEWHERE}\n"
    tree = {"settings.yaml": SETTINGS + '  SECONDS: "20000"\n---\n' + more}
    write_tree(tmp_path, {**SHOP, **tree, "flux.yaml": flux("shop", "./shop", post_build(f"substituteFrom: {references}"))})
    assert findings(tmp_path) == (FOUND if known else [])


def test_its_own_variables_go_before_all_others(tmp_path: Path) -> None:
    said = post_build("substitute: {SECONDS: '20000'}", "substituteFrom: [{kind: Secret, name: x}]")
    write_tree(tmp_path, {**SHOP, "flux.yaml": flux("shop", "./shop", said)})
    assert findings(tmp_path) == FOUND


@pytest.mark.parametrize("field", ["labels", "annotations"])
def test_an_object_that_wants_none(tmp_path: Path, field: str) -> None:
    exempt = f"metadata:\n  {field}: {{kustomize.toolkit.fluxcd.io/substitute: disabled}}"
    tree = {"shop/service.yaml": SHOP["shop/service.yaml"].replace("metadata:", exempt)}
    write_tree(tmp_path, {**tree, "flux.yaml": flux("shop", "./shop", post_build("substitute: {SECONDS: '20000'}"))})
    assert findings(tmp_path) == []


def test_names_and_namespaces(tmp_path: Path) -> None:
    tree = {
        "shop/service.yaml": sticky("web", "${SPACE}").replace("name: web", "name: ${APP}-web"),
        "shop/secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {}\n",
    }
    write_tree(tmp_path, {**tree, "flux.yaml": flux("shop", "./shop", post_build("substitute: {APP: x, SPACE: live}"))})
    (found,) = check(tmp_path, select=(RULE,)).findings
    assert found.object is not None
    assert (found.object.namespace, found.object.name) == ("live", "x-web")


def test_one_place_for_all_that_say_something_else(tmp_path: Path) -> None:
    said = [flux(name, "./shop", post_build(f"substitute: {{SECONDS: '2000{name}'}}")) for name in "012"]
    write_tree(tmp_path, {**SHOP, "flux.yaml": "---\n".join(said)})
    (found,) = check(tmp_path, select=(RULE,)).findings
    assert found.units == tuple(f"shop (flux-system/{name})" for name in "012")


@pytest.mark.parametrize(
    ("value", "port"), [("8080", 8080), ("http", "http"), ("'80'", "80"), ('"80"', "80"), ("", None), ("on", True)]
)
def test_types_are_those_of_the_text_that_flux_reads(tmp_path: Path, value: str, port: object) -> None:
    root = parse_text("kind: Service\nspec: {port: '${PORT}', more: \"- ${PORT}\"}\n", "x.yaml")[0].root
    assert root is not None
    from kubelint_lb.render.kustomize.finish import Finish
    from kubelint_lb.source.node import Mapping, Scalar

    assert isinstance(root, Mapping)
    done = Finish(Variables({"PORT": Variable(value, root)}, True)).root(root)
    node, more = done.get("spec", "port"), done.get("spec", "more")
    assert isinstance(node, Scalar)
    assert (node.value, node.span[:2]) == (port, (2, 14))
    assert isinstance(more, Scalar)
    assert isinstance(more.value, str)


def test_a_parent_that_may_set_variables_leaves_them_open(tmp_path: Path) -> None:
    patch = """\
patches:
    - patch: |
        - op: add
          path: /spec/postBuild
          value: {substituteFrom: [{kind: Secret, name: settings}]}
      target: {kind: Kustomization}
"""
    said = post_build(f"substituteFrom: [{ONE}]")
    tree = {
        **SHOP,
        "settings.yaml": SETTINGS + '  SECONDS: "20000"\n',
        "flux.yaml": flux("apps", "./apps", patch),
        "apps/shop.yaml": flux("shop", "./shop", said),
    }
    write_tree(tmp_path, tree)
    assert findings(tmp_path) == []
    write_tree(tmp_path, {"apps/shop.yaml": flux("shop", "./shop", post_build("substitute: {SECONDS: '20000'}"))})
    assert findings(tmp_path) == FOUND
    write_tree(
        tmp_path,
        {"apps/shop.yaml": flux("shop", "./shop"), "flux.yaml": flux("apps", "./apps", patch.replace("postBuild", "wait"))},
    )
    assert findings(tmp_path) == []


def test_a_variable_that_comes_from_the_parent(tmp_path: Path) -> None:
    child = flux("shop", "./shop", post_build("substitute: {SECONDS: '${LONG}'}"))
    tree = {**SHOP, "apps/shop.yaml": child, "flux.yaml": flux("apps", "./apps")}
    write_tree(tmp_path, tree)
    assert findings(tmp_path) == []
    write_tree(tmp_path, {"flux.yaml": flux("apps", "./apps", post_build("substitute: {LONG: '20000'}"))})
    assert findings(tmp_path) == FOUND
    assert "apps" in units(tmp_path)
