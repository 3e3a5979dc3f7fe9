"""Reading rule files, and selecting among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.catalogue.catalogue import Catalogue, load_catalogue
from kubelint_lb.catalogue.rule import Message
from kubelint_lb.settings.errors import CatalogueError, SelectionError, UsageError
from kubelint_lb.settings.severity import Confidence, Severity
from tests.engine.sample_rules import WEIGHTS, write_rules

DECLARATIVE = """\
name: {name}
severity: error
confidence: high
since: 1.0.0
kinds: [HTTPRoute]
messages:
  outside: "Not ours."
assert:
  - {{at: "spec.hostnames[*]", schema: {{pattern: "example$"}}, message: outside}}
---
summary: A host that is not ours.
why: |
  No certificate.
remedy: |
  Use another.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_rules(tmp_path)


@pytest.fixture
def catalogue(root: Path) -> Catalogue:
    return load_catalogue(root=root)


def test_head(catalogue: Catalogue) -> None:
    rule = catalogue.rules["weights-odd"]
    assert (rule.family, rule.severity, rule.confidence, rule.enabled, rule.kinds, rule.needs, rule.fix) == (
        "gateway",
        Severity.WARNING,
        Confidence.MEDIUM,
        True,
        ("HTTPRoute",),
        (),
        "never",
    )
    assert rule.messages == {
        "odd": Message("{route} splits oddly."),
        "even": Message("{route} splits evenly.", Severity.INFO),
    }
    assert rule.defaults == {"mode": "percent", "total": 100}
    assert rule.params["total"].schema == {"type": "integer", "minimum": 1}
    assert rule.url == "https://github.com/kubelint-lb/kubelint-lb/blob/main/docs/rules/weights-odd.md"
    assert not catalogue.rules["pods-lonely"].enabled


def test_outlines_tell_enough_to_leave_a_rule_out(catalogue: Catalogue) -> None:
    assert [(one.name, one.family, one.enabled, one.kinds) for one in catalogue.outlines.values()] == [
        ("pods-lonely", "service", False, ("Service",)),
        ("weights-odd", "gateway", True, ("HTTPRoute",)),
    ]


def test_the_tail_is_not_read_with_the_head(root: Path) -> None:
    (root / "gateway/weights-odd.yaml").write_text(WEIGHTS + "\n]]] not yaml\n")
    catalogue = load_catalogue(root=root)
    assert catalogue.rules["weights-odd"].name == "weights-odd"
    with pytest.raises(CatalogueError, match=r"weights-odd\.yaml:\d+:\d+: "):
        catalogue.words("weights-odd")


def test_words(catalogue: Catalogue) -> None:
    words = catalogue.words("weights-odd")
    assert words.help == "Make them sum to 100."
    one_file, two_files = words.examples
    assert (one_file.bad, list(one_file.files)) == (True, ["manifest.yaml"])
    assert (two_files.bad, list(two_files.files)) == (False, ["route.yaml", "service.yaml"])
    assert (two_files.params, two_files.complete) == ({"mode": "strict"}, True)
    info = catalogue.info("weights-odd")
    assert info.summary == "Weights do not sum to 100."
    assert info.help_markdown == "Because.\n\nMake them sum\nto 100.\n\nOr do not.\n\n- <https://example.org/weights>\n"


@pytest.mark.parametrize(
    ("old", "new", "place_and_text"),
    [
        ("severity: warning", "severity: bad", "2:11: 'bad' is not a choice; choose from error, warning, info"),
        ("since: 0.1.0\n", "", "1:1: 'since' is missing"),
        ("since:", "sinse:", "4:1: unknown key 'sinse' (did you mean 'since'?)"),
        ("severity: info}", "severity: }", "9:51: 'severity' must be text"),
        ('doc: "How weights are read."', "x: y", "11:9: parameter 'mode' needs 'default' and 'doc'"),
        ("confidence: medium", "confidence: [", "5:6: "),
    ],
)
def test_a_malformed_head_is_named_with_its_place(root: Path, old: str, new: str, place_and_text: str) -> None:
    file = root / "gateway/weights-odd.yaml"
    file.write_text(WEIGHTS.replace(old, new))
    with pytest.raises(CatalogueError) as error:
        _ = load_catalogue(root=root).rules["weights-odd"]
    assert str(error.value).startswith(f"{file}:{place_and_text}")


@pytest.mark.parametrize(
    ("select", "ignore", "profile", "names"),
    [
        ([], [], "default", {"weights-odd"}),
        (["ALL"], [], "default", {"weights-odd", "pods-lonely"}),
        (["service"], [], "default", set()),
        (["pods-lonely"], [], "default", {"pods-lonely"}),
        (["default", "pods-lonely"], [], "default", {"weights-odd", "pods-lonely"}),
        ([], [], "strict", {"weights-odd", "pods-lonely"}),
        (["strict"], [], "default", {"weights-odd", "pods-lonely"}),
        (["service"], [], "strict", {"pods-lonely"}),
        ([], [], "loose", set()),
        ([], ["gateway"], "default", set()),
        (["ALL"], ["gateway"], "default", {"pods-lonely"}),
        (["weights-odd"], ["gateway"], "default", {"weights-odd"}),
        (["gateway"], ["weights-odd"], "default", set()),
        (["weights-odd"], ["weights-odd"], "default", set()),
        (["ALL"], ["default"], "default", {"pods-lonely"}),
        ([], ["strict"], "strict", set()),
    ],
)
def test_selection(catalogue: Catalogue, select: list[str], ignore: list[str], profile: str, names: set[str]) -> None:
    assert catalogue.select(select, ignore, profile) == names


def test_an_unknown_word_is_refused_with_near_names(catalogue: Catalogue) -> None:
    with pytest.raises(SelectionError) as error:
        catalogue.select(["weight-odd", "gatway"], ["Weights_Odd"])
    assert str(error.value).splitlines() == [
        "unknown rule, family or profile 'weight-odd' (did you mean 'weights-odd'?)",
        "unknown rule, family or profile 'gatway' (did you mean 'gateway'?)",
        "unknown rule, family or profile 'Weights_Odd' (did you mean 'weights-odd'?)",
    ]


def test_a_retired_name_says_what_to_use(catalogue: Catalogue) -> None:
    with pytest.raises(SelectionError, match=r"^rule 'weights-strange' is no more: use weights-odd$"):
        catalogue.check_selectors(["weights-strange"])


def test_own_rules_join_the_catalogue(root: Path, tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    policies.mkdir()
    (policies / "host-foreign.yaml").write_text(DECLARATIVE.format(name="host-foreign"))
    catalogue = load_catalogue((policies,), root)
    rule = catalogue.rules["host-foreign"]
    assert (rule.family, rule.own, rule.url, len(rule.asserts)) == ("policies", False, "", 1)
    assert catalogue.select(["policies"], []) == {"host-foreign"}
    assert catalogue.select([], []) == {"host-foreign", "weights-odd"}


@pytest.mark.parametrize(
    ("name", "old", "new", "place_and_text"),
    [
        ("weights-odd", "", "", "1:7: the name 'weights-odd' is taken; choose another"),
        ("strict", "", "", "1:7: the name 'strict' is taken; choose another"),
        ("host-foreign", "HTTPRoute", "HTTPRout", "5:9: kinds: unknown kind 'HTTPRout' (did you mean 'HTTPRoute'?)"),
        ("host-foreign", "confidence: high", "confidence: hgh", "3:13: confidence: 'hgh' is not a choice (did you mean 'high'?)"),
        ("host-foreign", "schema:", "scheme:", "9:31: assert[0].scheme: unknown key (did you mean 'schema'?)"),
        ("host-foreign", "summary:", "sumary:", "11:1: sumary: unknown key (did you mean 'summary'?)"),
        (
            "host-foreign",
            "name: host-foreign",
            "name: host-other",
            "1:7: 'host-other' in host-foreign.yaml: a rule and its file have one name",
        ),
    ],
)
def test_mistakes_in_own_rules(root: Path, tmp_path: Path, name: str, old: str, new: str, place_and_text: str) -> None:
    file = tmp_path / "policies" / f"{name}.yaml"
    file.parent.mkdir()
    file.write_text(DECLARATIVE.format(name=name).replace(old, new) if old else DECLARATIVE.format(name=name))
    with pytest.raises(CatalogueError) as error:
        load_catalogue((file.parent,), root)
    assert f"{file}:{place_and_text}" in str(error.value).splitlines()


def test_own_rules_without_assert_are_refused(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "policies" / "weights-other.yaml"
    file.parent.mkdir()
    file.write_text(WEIGHTS.replace("weights-odd", "weights-other"))
    with pytest.raises(CatalogueError, match=r"weights-other\.yaml:1:7: a rule has either `assert` or `cel`"):
        load_catalogue((file.parent,), root)


def test_a_missing_rule_folder(root: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        load_catalogue((tmp_path / "nowhere",), root)
