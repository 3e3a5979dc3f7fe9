"""How a tree is put together by kustomizations and charts."""

from __future__ import annotations

from tests.unit_of import named, read, service, world_of


def test_what_an_overlay_patches_in_its_base_is_patched() -> None:
    files = {
        "base/kustomization.yaml": "resources: [web.yaml]\n",
        "base/web.yaml": service("web"),
        "overlays/prod/kustomization.yaml": "resources: [../../base]\npatches: [{path: ports.yaml}]\n",
        "overlays/prod/ports.yaml": service("web"),
        "other/api.yaml": service("api"),
    }
    world = world_of(files)
    assert named(world, "Service", "web").manifest.patched
    assert not named(world, "Service", "api").manifest.patched


def test_a_patch_is_no_object_of_its_own() -> None:
    tree = read(
        {
            "kustomization.yaml": "resources: [web.yaml]\npatches: [{path: patch.yaml}]\n",
            "web.yaml": service("web"),
            "patch.yaml": service("web"),
        }
    )
    assert [manifest.path for manifest in tree.manifests] == ["web.yaml"]
    assert {(one.path, one.reason.value) for one in tree.skipped} >= {("patch.yaml", "partial")}


def test_remote_entries_open_the_folders_that_include_them() -> None:
    layout = read(
        {
            "base/kustomization.yaml": "resources: ['https://example.com/web.yaml']\n",
            "overlay/kustomization.yaml": "resources: [../base]\n",
            "other/kustomization.yaml": "resources: [web.yaml]\n",
        }
    ).layout
    assert layout.remote_folders == {"base", "overlay"}


def test_kustomizations_that_include_each_other_end() -> None:
    layout = read(
        {
            "a/kustomization.yaml": "resources: [../b]\n",
            "b/kustomization.yaml": "resources: [../a]\npatches: [x]\n",
        }
    ).layout
    assert layout.remote_folders == frozenset()
    assert layout.patched_files == frozenset()


def test_templates_of_a_chart_are_not_objects() -> None:
    layout = read({"chart/Chart.yaml": "name: web\n"}).layout
    assert layout.in_chart("chart/templates/service.yaml")
    assert not layout.in_chart("chart/values.yaml")
    assert not layout.in_chart("other/templates/service.yaml")


def test_a_chart_is_near_its_own_folder_and_what_holds_it() -> None:
    layout = read({"apps/web/Chart.yaml": "name: web\n"}).layout
    assert layout.chart_folders_near("apps/web")
    assert layout.chart_folders_near("apps")
    assert layout.chart_folders_near("apps/web/crds")
    assert not layout.chart_folders_near("apps/shop")


def test_which_kustomizations_include_a_file() -> None:
    layout = read(
        {
            "base/kustomization.yaml": "resources: [web.yaml]\n",
            "prod/kustomization.yaml": "namespace: prod\nresources: [../base]\n",
        }
    ).layout
    assert {one.folder for one in layout.including("base/web.yaml")} == {"base", "prod"}
    assert layout.including("web.yaml") == ()
