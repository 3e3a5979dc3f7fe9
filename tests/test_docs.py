"""The guides say what the program does: every key and option is described, and what they show works."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.config.config import load_settings
from kubelint_lb.engine.rule_examples import run_examples
from kubelint_lb.engine.run import lint
from kubelint_lb.settings.errors import ConfigError
from kubelint_lb.settings.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[1]
CONFIGURATION = (REPOSITORY / "docs" / "configuration.md").read_text()
SCHEMA = json.loads((REPOSITORY / "schemas" / "config.schema.json").read_text())
OUR_RULE = "name: route-hostname-outside-our-domain"


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def section(title: str) -> str:
    """The part of the configuration guide below a heading."""
    _, _, rest = CONFIGURATION.partition(f"\n## {title}\n")
    return rest.partition("\n## ")[0]


def settings_of(text: str, folder: Path) -> Settings:
    """What a configuration says; the shipped folder of own rules is laid beside it."""
    (rule,) = [block for block in blocks(section("Your own rules"), "yaml") if block.startswith(OUR_RULE)]
    rules = folder / "lint" / "rules"
    rules.mkdir(parents=True)
    (rules / f"{OUR_RULE.partition(': ')[2]}.yaml").write_text(rule)
    (folder / "vendor" / "crds").mkdir(parents=True)
    (folder / ".kubelint-lb.yaml").write_text(text)
    return load_settings([folder])


def examples() -> list[str]:
    """The configurations that the guides and the README show, but for the one with mistakes."""
    shown = blocks(CONFIGURATION.partition("\n## Mistakes\n")[0], "yaml")
    readme = (REPOSITORY / "README.md").read_text().partition("\n## Configure\n")[2].partition("\n## ")[0]
    return [block for block in [*shown, *blocks(readme, "yaml")] if not block.startswith(OUR_RULE)]


@pytest.mark.parametrize("example", examples(), ids=lambda text: text.split(":")[0])
def test_every_configuration_shown_is_accepted(example: str, tmp_path: Path) -> None:
    (tmp_path / ".cache" / "charts").mkdir(parents=True)  # the one folder that has to be there
    assert settings_of(example, tmp_path).notices == ()


def test_every_key_of_the_configuration_is_described() -> None:
    keys = {*SCHEMA["properties"], *SCHEMA["properties"]["per-path"]["items"]["properties"]}
    keys |= set(SCHEMA["properties"]["helm"]["properties"])
    for name in ("units", "clusters", "objects", "workloads"):
        keys |= set(SCHEMA["properties"][name]["items"]["properties"])
    assert {key for key in keys if not re.search(rf"\b{key}\b:", CONFIGURATION)} == set()


def test_every_profile_is_named() -> None:
    assert {name for name in load_catalogue().profiles if name not in section("Which rules")} == set()


def test_mistakes_are_told_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (configuration,) = blocks(section("Mistakes"), "yaml")
    (shown,) = blocks(section("Mistakes"), "console")
    with pytest.raises(ConfigError) as caught:
        settings_of(configuration, tmp_path)
    assert shown == f"$ kubelint-lb check\n{caught.value}\n"


def test_the_rule_of_our_own_finds_its_defect(tmp_path: Path) -> None:
    settings = settings_of("rule-paths: [lint/rules]\n", tmp_path)
    shutil.copy(REPOSITORY / "examples" / "broken-shop" / "k8s" / "routes.yaml", tmp_path)
    route = tmp_path / "routes.yaml"
    route.write_text(route.read_text().replace("    - lantern.example\n", "    - lantern.shop\n"))
    report = lint([tmp_path], settings._replace(select=("route-hostname-outside-our-domain",)))
    assert [(finding.location.span.line, finding.message) for finding in report.findings] == [
        (13, "Routes serve names below lantern.example only.")
    ]


def test_every_option_of_check_is_in_a_guide() -> None:
    from typer import Typer
    from typer.main import get_command

    from kubelint_lb.cli.check import check

    app = Typer(add_completion=False)
    app.command()(check)
    guides = "".join(path.read_text() for path in [REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")])
    options = {option for parameter in get_command(app).params for option in parameter.opts if option.startswith("--")}
    assert {option for option in options if option not in guides} == set()


def test_gke_takes_ingresses_without_a_class(tmp_path: Path) -> None:
    (tmp_path / "ingress.yaml").write_text(
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\n"
        "spec: {defaultBackend: {service: {name: shop, port: {number: 80}}}}\n"
    )
    complete = Settings(root=tmp_path.resolve(), complete=True, ignore=("ingress-backend-service-not-found",))
    (finding,) = lint([tmp_path], complete).findings
    assert (finding.rule, finding.location.span.line) == ("ingress-class-missing", 4)
    assert lint([tmp_path], complete._replace(profile="gke")).findings == ()


def test_the_house_rules_shown_do_what_they_say(tmp_path: Path) -> None:
    pytest.importorskip("cel", reason="common-expression-language is not installed")
    text = (REPOSITORY / "docs" / "house-rules.md").read_text()
    shown = [block for block in blocks(text, "yaml") if block.startswith("name: ")]
    for block in shown:
        file = tmp_path / "house" / f"{block.splitlines()[0].partition(': ')[2]}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(block)
    tested = run_examples((tmp_path,))
    assert (tested.rules, tested.examples, tested.failed) == (10, 20, ())
