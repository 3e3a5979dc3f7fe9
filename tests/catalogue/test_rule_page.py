"""The page of a rule, and the two scripts that work on rule files."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.catalogue.rule_file import read_head, read_words
from kubelint_lb.catalogue.rule_page import index_page, rule_page
from kubelint_lb.settings.schema_words import in_words
from tests.engine.sample_rules import write_rules

ROOT = Path(__file__).parents[2]

PAGE = """\
# weights-odd

Weights do not sum to 100.

severity **warning** · confidence medium · family gateway · since 0.1.0

Looks at HTTPRoute.

## Why

Because.

## What to do

Make them sum
to 100.

Or do not.

## Messages

- `odd`: *route* splits oddly.
- `even` (info): *route* splits evenly.

## Parameters

| name | default | values | meaning |
|---|---|---|---|
| `mode` | `percent` | `percent`, `strict` or `off` | How weights are read. |
| `total` | `100` | whole number, at least 1 | What weights should sum to. |

```yaml
rules:
  weights-odd:
    params: {mode: "strict"}
```

## Bad: one missing

```yaml
kind: HTTPRoute
weight: 1  # <- weights-odd[odd]
```

## Good: in two files

With `--complete`:

With `rules: {weights-odd: {params: {mode: "strict"}}}` in the configuration:

`route.yaml`:

```yaml
kind: HTTPRoute
```

`service.yaml`:

```yaml
kind: Service
```

## How to suppress it

On the line, above it, or above the object:

```yaml
# kubelint-lb: ignore[weights-odd] the reason
```

or with the annotation `kubelint-lb.dev/ignore.weights-odd: "the reason"` on the object.

## References

- <https://example.org/weights>
"""

INDEX = """\
# Rules

Each page says what goes wrong, what to do, and shows examples. `kubelint-lb explain NAME` prints the same page.

## Gateway API

Routes.

| rule | severity | what it finds |
|---|---|---|
| [weights-odd](weights-odd.md) | warning | Weights do not sum to 100. |

## Services

Pods.

| rule | severity | what it finds |
|---|---|---|
| [pods-lonely](pods-lonely.md) | info, off by default | One pod only. |
"""


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_page(tmp_path: Path) -> None:
    catalogue = load_catalogue(root=write_rules(tmp_path))
    assert rule_page(catalogue.rules["weights-odd"], catalogue.words("weights-odd")) == PAGE
    assert index_page(catalogue) == INDEX


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer"}, "whole number"),
        ({"type": "integer", "minimum": 1, "maximum": 9}, "whole number, 1 to 9"),
        ({"type": "number", "maximum": 9}, "number, at most 9"),
        ({"type": "array", "items": {"type": "string"}}, "list of text"),
        ({"type": "boolean"}, "true or false"),
        ({"enum": ["a"]}, "`a`"),
        ({"type": "string", "x-expects": "a host"}, "a host"),
    ],
)
def test_what_a_parameter_allows(schema: dict[str, object], words: str) -> None:
    assert in_words(schema) == words


def test_docs_writes_pages_and_checks_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs = script("docs")
    folder = tmp_path / "rules"
    assert docs.main(["--check"], folder) == 1
    assert "README.md: missing" in capsys.readouterr().err
    assert docs.main([], folder) == 0
    assert docs.main(["--check"], folder) == 0
    names = {file.stem for file in folder.iterdir()} - {"README"}
    assert names == set(load_catalogue().outlines)

    (folder / "weights-not-100.md").write_text("old")
    (folder / "weights-gone.md").write_text("gone")
    capsys.readouterr()
    assert docs.main(["--check"], folder) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{folder}/weights-gone.md: no rule has this page",
        f"{folder}/weights-not-100.md: not current",
        "run: python scripts/docs.py",
    ]
    assert docs.main([], folder) == 0
    assert not (folder / "weights-gone.md").exists()


def test_a_new_rule_has_all_its_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_rules(tmp_path)
    assert script("new_rule").main(["service", "port-name-odd"], tmp_path) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "rules/service/port-name-odd.yaml",
        "kubelint_lb/detectors/service/port_name_odd.py",
    ]
    file = tmp_path / "rules/service/port-name-odd.yaml"
    rule = read_head(file.read_text(), str(file), "service")
    assert (rule.name, list(rule.messages)) == ("port-name-odd", ["name-odd"])
    bad, good = read_words(file.read_text(), str(file)).examples
    assert "# expect: port-name-odd[name-odd]" in bad.files["manifest.yaml"]
    assert not good.bad
    detector = tmp_path / "kubelint_lb/detectors/service/port_name_odd.py"
    compile(detector.read_text(), str(detector), "exec")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["service"], "usage: python scripts/new_rule.py FAMILY NAME"),
        (["servce", "a-b"], "no family 'servce': choose from gateway, service, or describe it in rules/families.yaml"),
        (["service", "Port"], "'Port': a name is two or more lower-case words joined by '-'"),
        (["service", "use-ports"], "'use-ports': a name says what is wrong, not what to do"),
        (["service", "weights-strange"], "'weights-strange' was a rule once: names are not used again"),
        (["service", "weights-odd"], "'weights-odd' is taken"),
    ],
)
def test_names_that_a_new_rule_can_not_have(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rules(tmp_path)
    assert script("new_rule").main(arguments, tmp_path) == 2
    assert capsys.readouterr().err == words + "\n"
