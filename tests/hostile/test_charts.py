"""Charts that nobody should write: archives that unpack to more than there is memory, names and links that lead elsewhere."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from kubelint_lb.deploy.helm import archive
from kubelint_lb.deploy.helm.archive import unpacked
from kubelint_lb.deploy.helm.chart_files import UnreadableChartError, read_chart
from tests.conftest import LintTree, write_tree
from tests.render.tools import need

GOOD = "apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {a: 1}}\nspec: {ports: [{port: 80}]}\n"
NO_ARCHIVES = (
    b"",
    b"\x1f\x8b",
    b"not an archive",
    gzip.compress(b"not an archive", mtime=0),
    gzip.compress(b"x" * 5000, mtime=0)[:-9],
)
CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"


def member(name: str, content: bytes = b"", **about: object) -> tuple[tarfile.TarInfo, bytes]:
    made = tarfile.TarInfo(name)
    made.size = len(content)
    for key, value in about.items():
        setattr(made, key, value)
    return made, content


def archive_of(place: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(place, "w:gz", format=tarfile.PAX_FORMAT) as made:
        for about, content in members:
            made.addfile(about, io.BytesIO(content))
    return place


def test_what_leads_out_of_an_archive_is_left_out(tmp_path: Path) -> None:
    made = archive_of(
        tmp_path / "shop-1.0.0.tgz",
        member("shop/Chart.yaml", b"name: shop\n"),
        member("shop/../../etc/passwd", b"x"),
        member("/etc/passwd", b"x"),
        member("shop//etc/passwd", b"x"),
        member("shop/..\\..\\passwd", b"x"),
        member("shop/templates/link.yaml", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        member("shop/templates/hard.yaml", type=tarfile.LNKTYPE, linkname="../etc/passwd"),
        member("shop/templates/pipe.yaml", type=tarfile.FIFOTYPE),
        member("shop/templates/device.yaml", type=tarfile.CHRTYPE),
    )
    assert sorted(unpacked(made)) == ["Chart.yaml", "etc/passwd"]  # `/etc/passwd` is the folder `etc` of an archive


@pytest.mark.parametrize("megabytes", [150, 1000])
def test_an_archive_of_one_endless_file(tmp_path: Path, megabytes: int) -> None:
    about = tarfile.TarInfo("shop/values.yaml")
    about.size = megabytes * 1_000_000
    place = tmp_path / "shop-1.0.0.tgz"
    with gzip.open(place, "wb", compresslevel=1) as made:
        made.write(about.tobuf())
    with pytest.raises(UnreadableChartError, match=r"shop-1\.0\.0\.tgz is too large for a chart"):
        unpacked(place)


def test_an_archive_of_one_endless_header(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    about = tarfile.TarInfo("shop/values.yaml")
    about.type, about.size = tarfile.XHDTYPE, 50_000_000
    place = tmp_path / "shop-1.0.0.tgz"
    with gzip.open(place, "wb", compresslevel=1) as made:
        made.write(about.tobuf() + bytes(about.size))
    tracemalloc.start()
    with pytest.raises(UnreadableChartError, match="too large"):
        unpacked(place)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


def test_an_archive_of_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 10)
    made = archive_of(tmp_path / "shop-1.0.0.tgz", *(member(f"shop/../{number}") for number in range(20)))
    with pytest.raises(UnreadableChartError, match="too large"):
        unpacked(made)


@pytest.mark.parametrize("data", NO_ARCHIVES, ids=["empty", "its first bytes", "text", "packed text", "cut"])
def test_an_archive_that_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "shop-1.0.0.tgz").write_bytes(data)
    with pytest.raises(UnreadableChartError, match=r"shop-1\.0\.0\.tgz cannot be unpacked: "):
        unpacked(tmp_path / "shop-1.0.0.tgz")


def test_a_link_out_of_the_tree_makes_a_chart_unreadable(tmp_path: Path) -> None:
    write_tree(tmp_path, {"secret.yaml": "a: 1\n", "root/shop/Chart.yaml": CHART})
    (tmp_path / "root/shop/values.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(UnreadableChartError, match="is a link that is not followed"):
        read_chart(tmp_path / "root", "shop")


@pytest.mark.parametrize(
    "template",
    [
        '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
        "{{ range $i, $_ := until 1000000000 }}{{ $i }}{{ end }}",
        '{{ repeat 1000000000 "x" }}',
        '{{ getHostByName "evil.example" }}',
        '{{ .Files.Get "../../secret.yaml" }}',
        '{{ lookup "v1" "Secret" "" "" }}',
        '{{ env "PATH" }}',
        '{{ fail "\\u001b[31mred" }}',
        "{{",
    ],
)
def test_no_template_hides_the_others(lint_tree: LintTree, template: str) -> None:
    need("helm")
    tree = {"shop/Chart.yaml": CHART, "shop/templates/web.yaml": GOOD, "shop/templates/odd.yaml": template, "good.yaml": GOOD}
    report = lint_tree(tree, render=True, cache=False, render_seconds=2.0)
    assert "good.yaml" in {one.location.path for one in report.findings}
    assert "internal-error" not in {one.rule for one in report.findings}


def test_a_pipe_among_the_templates(lint_tree: LintTree, tmp_path: Path) -> None:
    need("helm")
    write_tree(tmp_path, {"shop/Chart.yaml": CHART, "shop/templates/web.yaml": "a: 1\n"})
    os.mkfifo(tmp_path / "shop/templates/pipe.yaml")
    report = lint_tree({}, render=True, cache=False, render_seconds=2.0)
    assert "internal-error" not in {one.rule for one in report.findings}
