"""Heads of rules that are kept say what their files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.catalogue import outline
from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.catalogue.heads import Heads
from kubelint_lb.catalogue.outline import LazyRules
from kubelint_lb.catalogue.rule_file import document, read_head, rule_of

OUTLINES = load_catalogue().outlines


@pytest.mark.parametrize("name", OUTLINES)
def test_a_kept_head_is_the_rule_of_its_file(name: str, tmp_path: Path) -> None:
    found = OUTLINES[name]
    heads = Heads(lambda: str(tmp_path))
    assert heads.get(found.text, found.path) is None
    heads.put(found.text, document(found.text, found.path, 0))
    heads.keep()
    kept = Heads(lambda: str(tmp_path)).get(found.text, found.path)
    assert kept is not None
    assert rule_of(kept, found.path, found.family) == read_head(found.text, found.path, found.family)


def test_of_another_text_nothing_is_kept(tmp_path: Path) -> None:
    found = next(iter(OUTLINES.values()))
    heads = Heads(lambda: str(tmp_path))
    heads.put(found.text, document(found.text, found.path, 0))
    assert heads.get(found.text.replace("severity: ", "severity:  "), found.path) is None


@pytest.mark.parametrize("spoilt", ['{"x": ', "[]", '"text"'])
def test_what_is_spoilt_is_not_used(tmp_path: Path, spoilt: str) -> None:
    found = next(iter(OUTLINES.values()))
    heads = Heads(lambda: str(tmp_path))
    heads.put(found.text, document(found.text, found.path, 0))
    heads.keep()
    (file,) = (tmp_path / "rules").iterdir()
    file.write_text(spoilt)
    assert Heads(lambda: str(tmp_path)).get(found.text, found.path) is None


def test_a_head_that_is_none_gives_way_to_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    name, found = next(iter(OUTLINES.items()))
    heads = Heads(lambda: None)
    heads.put(found.text, document("name: other\n", "", 0))
    monkeypatch.setattr(outline, "HEADS", heads)
    assert LazyRules(OUTLINES, {})[name].name == name
