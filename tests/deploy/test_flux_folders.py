"""Folders without a kustomization that Flux applies: units like any other, of what lies in them."""

from __future__ import annotations

from pathlib import Path

from kubelint_lb.deploy.unit_info import UnitInfo
from kubelint_lb.engine.reading import survey
from kubelint_lb.settings.settings import Settings
from tests.conftest import LintTree, Seen, write_tree
from tests.engine.trees import RULE, check, places, sticky
from tests.render.tools import needs_kustomize

NOT_FOUND = "backend-ref-not-found"


def flux(name: str, path: str | None, *lines: str, source: str = "flux-system", kind: str = "GitRepository") -> str:
    """A Flux Kustomization; the path stands in line 5, column 9."""
    spec = [*([f"path: {path}"] if path is not None else []), f"sourceRef: {{kind: {kind}, name: {source}}}", *lines]
    head = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
    return head + f"metadata: {{name: {name}, namespace: flux-system}}\nspec:\n" + "".join(f"  {line}\n" for line in spec)


def route(*services: str) -> str:
    backends = "".join(f"        - {{name: {name}, port: 80}}\n" for name in services)
    head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop, namespace: shop}\n"
    return f"{head}spec:\n  rules:\n    - backendRefs:\n{backends}"


def units(root: Path) -> dict[str, UnitInfo]:
    return {one.name: one for one in survey([root], Settings(root=root.resolve())).units}


def test_its_files_are_one_unit_wherever_they_lie(lint_tree: LintTree) -> None:
    tree = {
        "clusters/prod/shop.yaml": flux("shop", "./apps/shop"),
        "apps/shop/routes/route.yaml": route("web", "wbe"),
        "apps/shop/services/web.yaml": sticky("web"),
        "apps/shop/README.yaml": "just: words\n",
        "apps/other/wbe.yaml": sticky("wbe", "other"),
    }
    found = [Seen(one) for one in lint_tree(tree, select=(RULE, NOT_FOUND), render=True).findings]
    assert [(one.path, one.place, one.rule, one.finding.units) for one in found] == [
        ("apps/other/wbe.yaml", (11, 23), RULE, (".",)),
        ("apps/shop/routes/route.yaml", (8, 18), NOT_FOUND, ("apps/shop",)),
        ("apps/shop/services/web.yaml", (11, 23), RULE, ("apps/shop",)),
    ]


def test_a_kustomization_below_it_is_included_as_it_is(tmp_path: Path) -> None:
    tree = {
        "clusters/prod/shop.yaml": flux("shop", "./apps"),
        "apps/web.yaml": sticky("web"),
        "apps/db/kustomization.yaml": "namespace: db\nresources: [service.yaml]\n",
        "apps/db/service.yaml": sticky("db"),
        "apps/db/not-listed.yaml": sticky("not-listed"),
        "apps/db/deeper/kustomization.yaml": "resources: [service.yaml]\n",
        "apps/db/deeper/service.yaml": sticky("deeper"),
    }
    write_tree(tmp_path, tree)
    found = units(tmp_path)
    assert sorted(found) == [".", "apps", "apps/db/deeper"]
    assert found["apps"].kinds == {"Service": 2}
    assert found["apps"].rendered == "in process"
    by_unit = {one.object.name: (one.object.namespace, one.units) for one in check(tmp_path).findings if one.object}
    assert by_unit["db"] == ("db", ("apps",))
    assert by_unit["not-listed"] == ("shop", (".",))


@needs_kustomize
def test_kustomize_renders_it_where_a_base_needs_that(tmp_path: Path) -> None:
    tree = {
        "clusters/prod/shop.yaml": flux("shop", "apps", "targetNamespace: shop"),
        "apps/web.yaml": sticky("web"),
        "apps/db/kustomization.yaml": "namePrefix: a-\nresources: [service.yaml]\n",
        "apps/db/service.yaml": sticky("db"),
    }
    write_tree(tmp_path, tree)
    found = check(tmp_path, select=(RULE,)).findings
    assert places(found) == [f"apps/db/service.yaml:11:23 {RULE}[too-long]", f"apps/web.yaml:11:23 {RULE}[too-long]"]
    assert [(one.object.name, one.units) for one in found if one.object] == [("a-db", ("apps",)), ("web", ("apps",))]


def test_what_flux_does_not_get_is_left_out(tmp_path: Path) -> None:
    tree = {
        "clusters/prod/shop.yaml": flux("shop", "./apps"),
        ".sourceignore": "*.draft.yaml\n/apps/old/\n",
        "apps/.sourceignore": "local/\n!kept.draft.yaml\n",
        "apps/web.yaml": sticky("web"),
        "apps/kept.draft.yaml": sticky("kept"),
        "apps/new.draft.yaml": sticky("new"),
        "apps/old/kustomization.yaml": "resources: [service.yaml]\n",
        "apps/old/service.yaml": sticky("old"),
        "apps/local/db.yaml": sticky("db"),
        "apps/.github/db.yaml": sticky("ci"),
    }
    write_tree(tmp_path, tree)
    found = units(tmp_path)
    assert found["apps"].kinds == {"Service": 2}
    assert found["apps/old"].kinds == {"Service": 1}


def test_a_file_that_cannot_be_read_leaves_the_unit_open(tmp_path: Path) -> None:
    tree = {
        "clusters/prod/shop.yaml": flux("shop", "./apps"),
        "apps/route.yaml": route("web", "api"),
        "apps/web.yaml": sticky("web"),
    }
    write_tree(tmp_path, tree)
    assert [one.rule for one in check(tmp_path, select=(NOT_FOUND,)).findings] == [NOT_FOUND]
    write_tree(tmp_path, {"apps/api.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Values.name }}}\n"})
    assert check(tmp_path, select=(NOT_FOUND,)).findings == ()
    (absent,) = units(tmp_path)["apps"].left_out
    assert (absent.why, absent.location.path, absent.location.span[:2]) == (
        "a file that cannot be read as it is",
        "clusters/prod/shop.yaml",
        (5, 9),
    )


def test_the_root_of_the_repository_holds_everything(tmp_path: Path) -> None:
    tree = {"flux.yaml": flux("all", "./"), "web.yaml": sticky("web"), "more/db.yaml": sticky("db")}
    write_tree(tmp_path, tree)
    (found,) = units(tmp_path).values()
    assert (found.name, found.found, found.kinds) == (".", "kustomization", {"Kustomization": 1, "Service": 2})


def test_without_a_path_it_is_the_root(tmp_path: Path) -> None:
    write_tree(tmp_path, {"flux.yaml": flux("all", None), "web.yaml": sticky("web")})
    (found,) = units(tmp_path).values()
    assert found.found == "kustomization"


def test_the_root_of_another_source_is_not_that_of_this_repository(tmp_path: Path) -> None:
    elsewhere = flux("crds", "./", source="gateway-api") + "---\n" + flux("web", "./apps", source="apps", kind="ExternalArtifact")
    write_tree(tmp_path, {"flux.yaml": elsewhere, "web.yaml": sticky("web"), "apps/db.yaml": sticky("db")})
    (found,) = units(tmp_path).values()
    assert found.found == "plain"


def test_folders_of_several_flux_kustomizations_may_hold_each_other(tmp_path: Path) -> None:
    tree = {
        "clusters/prod/sync.yaml": flux("sync", "./clusters/prod"),
        "clusters/prod/apps.yaml": flux("apps", "./apps"),
        "clusters/prod/apps/db.yaml": flux("db", "./apps/db"),
        "apps/web.yaml": sticky("web"),
        "apps/db/db.yaml": sticky("db"),
    }
    write_tree(tmp_path, tree)
    assert {name: dict(one.kinds) for name, one in units(tmp_path).items()} == {
        "apps": {"Service": 2},
        "apps/db": {"Service": 1},
        "clusters/prod": {"Kustomization": 3},
    }
    assert [(one.location.path, one.units) for one in check(tmp_path, select=(RULE,)).findings] == [
        ("apps/db/db.yaml", ("apps", "apps/db")),
        ("apps/web.yaml", ("apps",)),
    ]


def test_an_empty_folder_is_no_unit(tmp_path: Path) -> None:
    write_tree(tmp_path, {"flux.yaml": flux("shop", "./apps"), "apps/values.yaml": "a: 1\n"})
    assert [one.found for one in units(tmp_path).values()] == ["plain"]


def test_the_folder_that_a_flux_instance_syncs(tmp_path: Path) -> None:
    instance = (
        "apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux}\nspec: {sync: {path: clusters/a}}\n"
    )
    tree = {"flux.yaml": instance, "clusters/a/web.yaml": sticky("web"), "clusters/b/web.yaml": sticky("web")}
    write_tree(tmp_path, tree)
    found = units(tmp_path)
    assert (found["clusters/a"].found, found["clusters/a"].kinds) == ("kustomization", {"Service": 1})
    assert found["."].kinds == {"FluxInstance": 1, "Service": 1}
