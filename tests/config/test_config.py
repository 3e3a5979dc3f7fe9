"""Configuration files: where they are found, what they say, and every mistake in them with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.config.config import load_settings
from kubelint_lb.config.config_file import read_config
from kubelint_lb.engine.rule_states import RuleStates
from kubelint_lb.kube.versions import Version
from kubelint_lb.settings.conforms import conforms
from kubelint_lb.settings.errors import ConfigError, UsageError
from kubelint_lb.settings.settings import (
    ClusterSettings,
    HelmSettings,
    ObjectSuppression,
    RuleOverride,
    Settings,
    UnitSettings,
)
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.place import Location
from kubelint_lb.source.span import Span
from tests.engine.sample_rules import write_rules

EVERYTHING = """\
profile: strict
select: [gateway]
ignore: [pods-lonely]
rules:
  weights-odd: {severity: off, params: {mode: off, total: 10}}
per-path:
  - paths: ["a/**"]
    ignore: [service]
    rules: {weights-odd: {severity: error}}
    reason: because
exclude: [vendor/]
kubernetes-version: 1.30
gateway-api-version: v1.4.1
gateway-api-channel: experimental
default-ingress-class: nginx
class-controllers: {internal: k8s.io/ingress-nginx}
external: [payments/*, shared]
units:
  - {name: shop, match: [shop/**], world: complete}
  - {name: rest, match: [rest/**]}
clusters:
  - {name: prod, match: [prod/**], kubernetes-version: "1.33"}
objects:
  - {rule: pods-lonely, kind: Service, namespace: x, name: y*, reason: r, until: 2027-06-30}
helm:
  - {chart: charts/a, values: [v.yaml], release: r, namespace: n}
rendered: [out/prod]
"""


@pytest.fixture(autouse=True)
def _small_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rules, and the folder `repo` as the current one."""
    rules = write_rules(tmp_path / "catalogue")
    monkeypatch.setattr("kubelint_lb.catalogue.catalogue.rules_root", lambda: rules)
    load_catalogue.cache_clear()
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")


@pytest.fixture(autouse=True)
def _forget_the_catalogue() -> Any:
    yield
    load_catalogue.cache_clear()


def config(text: str, name: str = ".kubelint-lb.yaml") -> Settings:
    Path(name).write_text(text)
    return load_settings()


def mistakes(text: str, name: str = ".kubelint-lb.yaml") -> list[str]:
    with pytest.raises(ConfigError) as error:
        config(text, name)
    return str(error.value).splitlines()


def test_every_key() -> None:
    settings = config(EVERYTHING)
    assert settings.root == Path.cwd()
    assert settings.config_path == Path.cwd() / ".kubelint-lb.yaml"
    assert (settings.profile, settings.select, settings.ignore) == ("strict", ("gateway",), ("pods-lonely",))
    assert settings.rules == {"weights-odd": RuleOverride(None, off=True, params={"mode": "off", "total": 10})}
    (entry,) = settings.per_path
    assert (entry.paths, entry.reason) == (("a/**",), "because")
    assert entry.rules == {"weights-odd": RuleOverride(Severity.ERROR)}
    assert (entry.ignore[0].selector, entry.ignore[0].location) == (
        "service",
        Location(".kubelint-lb.yaml", Span(8, 14, 8, 21)),
    )
    assert settings.exclude == ("vendor/",)
    assert (settings.kubernetes_version, settings.kubernetes_version_set) == (Version(1, 30), True)
    assert (settings.gateway_api_version, settings.gateway_api_version_set) == (Version(1, 4), True)
    assert settings.gateway_api_channel == "experimental"
    assert settings.default_ingress_class == "nginx"
    assert settings.class_controllers == {"internal": "k8s.io/ingress-nginx"}
    assert settings.external == ("payments/*", "shared")
    assert settings.units == (UnitSettings("shop", ("shop/**",), complete=True), UnitSettings("rest", ("rest/**",)))
    assert settings.clusters == (ClusterSettings("prod", ("prod/**",), Version(1, 33)),)
    place = Location(".kubelint-lb.yaml", Span(24, 12, 24, 23))
    assert settings.objects == (ObjectSuppression("pods-lonely", "Service", "x", "y*", "r", "2027-06-30", place),)
    assert settings.helm == (HelmSettings("charts/a", ("v.yaml",), "r", "n"),)
    assert settings.rendered == ("out/prod",)


def test_no_configuration_is_the_defaults() -> None:
    assert load_settings() == Settings(root=Path.cwd())
    assert config("# nothing yet\n") == Settings(root=Path.cwd(), config_path=Path.cwd() / ".kubelint-lb.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("profil: strict\n", "1:1: profil: unknown key (did you mean 'profile'?)"),
        ("profile: strikt\n", "1:10: profile: unknown profile 'strikt' (did you mean 'strict'?)"),
        ("profile:\n", "1:9: profile: must be text, not empty"),
        ("select: [gatewy]\n", "1:10: select[0]: unknown rule, family or profile 'gatewy' (did you mean 'gateway'?)"),
        ("select: gateway\n", "1:9: select: must be a list, not text"),
        ("select: []\n", "1:9: select: must not be empty"),
        ("rules:\n  weight-odd: {}\n", "2:3: rules.weight-odd: unknown rule (did you mean 'weights-odd'?)"),
        (
            "rules: {weights-odd: {severity: warn}}\n",
            "1:33: rules.weights-odd.severity: 'warn' is not a choice (did you mean 'warning'?)",
        ),
        (
            "rules: {weights-odd: {params: {mod: off}}}\n",
            "1:32: rules.weights-odd.params.mod: unknown parameter (did you mean 'mode'?)",
        ),
        (
            "rules: {weights-odd: {params: {mode: loud}}}\n",
            "1:38: rules.weights-odd.params.mode: 'loud' is not a choice; choose from percent, strict, off",
        ),
        (
            'rules: {weights-odd: {params: {total: "9"}}}\n',
            "1:39: rules.weights-odd.params.total: must be a whole number, not text",
        ),
        (
            "rules: {weights-odd: {params: {total: 0}}}\n",
            "1:39: rules.weights-odd.params.total: must be at least 1, not 0",
        ),
        (
            "rules: {pods-lonely: {params: {mode: off}}}\n",
            "1:32: rules.pods-lonely.params.mode: unknown parameter",
        ),
        ("per-path:\n  - ignore: [service]\n", "2:5: per-path[0]: 'paths' is missing"),
        (
            "units:\n  - {name: a, match: [b], world: whole}\n",
            "2:34: units[0].world: 'whole' is not a choice; choose from partial, complete",
        ),
        ("kubernetes-version: newest\n", "1:21: kubernetes-version: 'newest' is not a version such as \"1.34\""),
        ("external: [a/b/c]\n", "1:12: external[0]: 'a/b/c' is not NAME or NAMESPACE/NAME, with * for anything"),
        (
            "objects: [{rule: pods-lonely, name: a, until: soon}]\n",
            "1:47: objects[0].until: 'soon' is not a day such as 2027-06-30",
        ),
        ("helm: {charts: here}\n", "1:16: helm.charts: no such folder: here"),
        ("helm: {chart: .}\n", "1:8: helm.chart: unknown key (did you mean 'charts'?)"),
        ("helm: {releases: [{values: []}]}\n", "1:19: helm.releases[0]: 'chart' is missing"),
        ("helm: [{chart: a, valus: []}]\n", "1:19: helm[0].valus: unknown key (did you mean 'values'?)"),
        ("helm: yes please\n", "1:7: helm: must be a list or a mapping, not text"),
        ("rule-paths: [here]\n", "1:14: rule-paths[0]: no such folder: here"),
        ("- a\n", "1:1: a configuration is a mapping of keys to values"),
        ("profile: default\nprofile: strict\n", "2:1: the key 'profile' occurs twice"),
        ("profile: default\n---\nselect: [ALL]\n", "2:1: a configuration is one YAML document; this is another"),
    ],
)
def test_a_mistake_in_yaml(text: str, expected: str) -> None:
    assert mistakes(text) == [f".kubelint-lb.yaml:{expected}"]


def test_helm_as_a_mapping() -> None:
    Path("vendor").mkdir()
    settings = config("helm:\n  charts: vendor\n  releases:\n    - {chart: charts/a}\n")
    assert settings.helm == (HelmSettings("charts/a"),)
    assert settings.charts == Path("vendor").resolve()
    assert config("helm: [{chart: charts/a}]\n").charts is None


def test_broken_yaml() -> None:
    (mistake,) = mistakes("profile: [strict\nselect: b\n")
    assert mistake.startswith(".kubelint-lb.yaml:2:")


def test_all_mistakes_are_listed_in_the_order_of_the_file() -> None:
    found = mistakes("profil: x\nselect: [nope]\nexclude: vendor\n")
    assert [line.split(": ")[0] for line in found] == [f".kubelint-lb.yaml:{place}" for place in ("1:1", "2:10", "3:10")]


TOML = """\
[project]
name = "shop"   # not ours: ["]"]
text = '''
[tool.kubelint-lb]
'''

[tool.kubelint-lb]
profile = "strict"
select = [
  "gateway",  # ] not the end
  "service",
]
rules.weights-odd = { severity = "error", params = { mode = "strict" } }

[[tool.kubelint-lb.per-path]]
paths = ["a/**"]
[[tool.kubelint-lb.per-path]]
paths = ["b/**"]
ignore = ["gateway"]
[tool.kubelint-lb.per-path.rules.weights-odd]
severity = "info"

[[tool.kubelint-lb.objects]]
rule = "pods-lonely"
name = "y"
until = 2027-06-30
"""


def test_pyproject() -> None:
    settings = config(TOML, "pyproject.toml")
    assert settings.config_path == Path("pyproject.toml").resolve()
    assert (settings.profile, settings.select) == ("strict", ("gateway", "service"))
    assert settings.rules == {"weights-odd": RuleOverride(Severity.ERROR, params={"mode": "strict"})}
    assert [entry.paths for entry in settings.per_path] == [("a/**",), ("b/**",)]
    assert settings.per_path[1].ignore[0].location == Location("pyproject.toml", Span(19, 11, 19, 20))
    assert settings.per_path[1].rules == {"weights-odd": RuleOverride(Severity.INFO)}
    assert settings.objects[0].until == "2027-06-30"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('profile = "strict"', 'profil = "strict"', "8:1: profil: unknown key (did you mean 'profile'?)"),
        ('"service",', '"servic",', "11:3: select[1]: unknown rule, family or profile 'servic' (did you mean 'service'?)"),
        (
            'severity = "error"',
            'severity = "eror"',
            "13:34: rules.weights-odd.severity: 'eror' is not a choice (did you mean 'error'?)",
        ),
        ('mode = "strict"', "mod = 1", "13:54: rules.weights-odd.params.mod: unknown parameter (did you mean 'mode'?)"),
        ('paths = ["b/**"]\n', "", "17:1: per-path[1]: 'paths' is missing"),
        (
            "per-path.rules.weights-odd",
            "per-path.rules.weights-od",
            "20:34: per-path[1].rules.weights-od: unknown rule (did you mean 'weights-odd'?)",
        ),
        (
            'profile = "strict"',
            "kubernetes-version = 1.30",
            '8:22: kubernetes-version: must be a version such as "1.34", not a number; put it in quotes',
        ),
        ('profile = "strict"', "profile = strict", "8:11: not TOML: Invalid value"),
    ],
)
def test_a_mistake_in_pyproject(old: str, new: str, expected: str) -> None:
    assert mistakes(TOML.replace(old, new), "pyproject.toml") == [f"pyproject.toml:{expected}"]


def test_a_pyproject_of_somebody_else_is_no_configuration() -> None:
    assert config("[project]\nname = 'kubelint-lb-user'\n", "pyproject.toml").config_path is None
    assert config("this is not TOML\n", "pyproject.toml").config_path is None


def test_both_files_in_one_folder() -> None:
    Path("pyproject.toml").write_text(TOML)
    settings = config("profile: loose\n")
    assert settings.profile == "loose"
    assert settings.notices == (
        f"{Path.cwd() / '.kubelint-lb.yaml'} is read; [tool.kubelint-lb] in the pyproject.toml beside it is not",
    )


def test_a_misnamed_file_is_noticed() -> None:
    settings = config("profile: loose\n", ".kubelint-lb.yml")
    assert settings.profile == "default"
    assert settings.notices == (
        f"{Path.cwd() / '.kubelint-lb.yml'} is not read: the configuration file is called .kubelint-lb.yaml",
    )


def files(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("")


def test_the_root_is_the_folder_of_the_nearest_configuration() -> None:
    files("a/.kubelint-lb.yaml", "a/b/c/x.yaml", ".git/HEAD", ".kubelint-lb.yaml")
    assert load_settings(["a/b/c/x.yaml"]).root == Path("a").resolve()
    assert load_settings(["a/b", "a"]).root == Path("a").resolve()


def test_else_the_git_work_tree() -> None:
    files(".git/HEAD", "a/b/x.yaml", "a/y.yaml")
    assert load_settings(["a/b/x.yaml"]).root == Path.cwd()


def test_else_the_current_folder_where_it_holds_the_paths() -> None:
    files("a/b/x.yaml", "a/c/y.yaml")
    assert load_settings(["a/b/x.yaml"]).root == Path.cwd()
    assert load_settings([str(Path("a/b/x.yaml").resolve()), "a/c"]).root == Path.cwd()


def test_else_what_the_paths_share(monkeypatch: pytest.MonkeyPatch) -> None:
    files("a/b/x.yaml", "a/c/y.yaml", "elsewhere/z.yaml")
    monkeypatch.chdir("elsewhere")
    assert load_settings(["../a/b/x.yaml"]).root == Path("../a/b").resolve()
    assert load_settings(["../a/b/x.yaml", "../a/c"]).root == Path("../a").resolve()


def test_a_whole_home_is_never_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    files("a/b/x.yaml")
    monkeypatch.setenv("HOME", str(Path.cwd()))
    assert load_settings(["a/b/x.yaml"]).root == Path("a/b").resolve()


def test_a_given_configuration() -> None:
    files("conf/lint.yaml", "a/x.yaml", "conf/z.yaml", "a/.kubelint-lb.yaml")
    Path("conf/lint.yaml").write_text("profile: loose\nper-path: [{paths: [a], ignore: [service]}]\n")
    elsewhere = load_settings(["a/x.yaml"], "conf/lint.yaml")
    assert (elsewhere.profile, elsewhere.root) == ("loose", Path.cwd())
    assert elsewhere.per_path[0].ignore[0].location == Location("conf/lint.yaml", Span(2, 34, 2, 41))
    assert load_settings(["conf/z.yaml"], "conf/lint.yaml").root == Path("conf").resolve()


def test_paths_that_cannot_be_linted_together() -> None:
    files("a/.kubelint-lb.yaml", "a/x.yaml", "b/y.yaml")
    with pytest.raises(UsageError, match=r"^b/y\.yaml lies outside .*/a, the folder of \.kubelint-lb\.yaml; "):
        load_settings(["a/x.yaml", "b/y.yaml"])
    with pytest.raises(UsageError, match=r"^no such file or folder: c$"):
        load_settings(["a", "c"])


def state(settings: Settings, rule: str, path: str) -> tuple[object, ...]:
    catalogue = load_catalogue()
    found = RuleStates(settings, catalogue).state(catalogue.rules[rule], path)
    ignored = found.ignored[1].selector if found.ignored else None
    return str(found.severity("odd")), found.off, found.params, ignored


def test_later_entries_for_paths_win() -> None:
    settings = config(
        """\
rules: {weights-odd: {severity: error, params: {total: 10}}}
per-path:
  - {paths: [a/], rules: {weights-odd: {severity: info, params: {mode: strict}}}}
  - {paths: ["*.gen.yaml"], ignore: [gateway], rules: {weights-odd: {severity: warning}}}
  - {paths: [a/off/], rules: {weights-odd: {severity: off}}}
"""
    )
    plain = {"mode": "percent", "total": 10}
    assert state(settings, "weights-odd", "b/x.yaml") == ("error", False, plain, None)
    assert state(settings, "weights-odd", "a/x.yaml") == ("info", False, plain | {"mode": "strict"}, None)
    assert state(settings, "weights-odd", "b/x.gen.yaml") == ("warning", False, plain, "gateway")
    assert state(settings, "weights-odd", "a/x.gen.yaml") == ("warning", False, plain | {"mode": "strict"}, "gateway")
    assert state(settings, "weights-odd", "a/off/x.yaml")[1] is True


def test_a_profile_changes_defaults_and_the_configuration_wins() -> None:
    assert state(config("profile: strict\n"), "weights-odd", "x")[2] == {"mode": "strict", "total": 100}
    assert state(config("profile: strict\n"), "pods-lonely", "x")[0] == "error"
    text = "profile: strict\nrules: {pods-lonely: {severity: info}}\n"
    assert state(config(text), "pods-lonely", "x")[0] == "info"


def test_a_message_keeps_its_own_severity_unless_configured() -> None:
    catalogue = load_catalogue()
    rule = catalogue.rules["weights-odd"]
    assert RuleStates(Settings(), catalogue).state(rule, "x").severity("even") == Severity.INFO
    configured = config("rules: {weights-odd: {severity: error}}\n")
    assert RuleStates(configured, catalogue).state(rule, "x").severity("even") == Severity.ERROR


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{}", {"weights-odd"}),
        ("rules: {weights-odd: {severity: off}}", set()),
        ("rules: {pods-lonely: {severity: info}}", {"weights-odd", "pods-lonely"}),
        ("{rules: {pods-lonely: {severity: info}}, select: [gateway]}", {"weights-odd"}),
        ("{rules: {pods-lonely: {severity: info}}, ignore: [service]}", {"weights-odd"}),
        ("rules: {pods-lonely: {params: {}}}", {"weights-odd"}),
        (
            "{rules: {weights-odd: {severity: off}}, per-path: [{paths: [a], rules: {weights-odd: {severity: info}}}]}",
            {"weights-odd"},
        ),
    ],
)
def test_a_severity_turns_rules_on_and_off(text: str, names: set[str]) -> None:
    assert RuleStates(config(text), load_catalogue()).enabled() == names


def test_a_rule_given_a_severity_for_a_path_runs_only_there() -> None:
    settings = config("per-path: [{paths: [a/], rules: {pods-lonely: {severity: info}}}]")
    assert RuleStates(settings, load_catalogue()).enabled() == {"weights-odd", "pods-lonely"}
    assert state(settings, "pods-lonely", "a/x.yaml")[1] is False
    assert state(settings, "pods-lonely", "b/x.yaml")[1] is True


def test_the_quick_look_knows_every_keyword_of_the_schema() -> None:
    schema = json.loads((Path(__file__).parents[2] / "schemas/config.schema.json").read_text())
    file = Path(".kubelint-lb.yaml")
    file.write_text(EVERYTHING)
    assert conforms(read_config(file, "x").data(schema), schema, schema)
