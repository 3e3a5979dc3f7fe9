"""Where keys and values stand in TOML, whatever the strings in it look like."""

from __future__ import annotations

import tomllib

from kubelint_lb.config.toml_places import TomlPath, TomlPlaces

TEXT = '''\
# [not.a.table]
a.b = "x # no comment" # a comment
"c d" = 'it''s'
list = [ 1, [2, "]"], { k = "}" } ] # after
multi = """
[no.table]
key = "no"
"""
literal = \'\'\'
k = 1
\'\'\'
[t.u]
v = true
[[t.w]]
x = 1.5
[[t.w]]
x = 2027-06-30
[t.w.y]
z = ["é", "s"]
'''.replace("'it''s'", "'its'")


def test_places() -> None:
    tomllib.loads(TEXT)
    places = TomlPlaces(TEXT, "x.toml")
    lines = TEXT.split("\n")

    def text(path: TomlPath) -> str:
        line, column, end_line, end_column = places.values[path]
        assert line == end_line
        return lines[line - 1][column - 1 : end_column - 1]

    assert {path: text(path) for path in places.values if path not in {("multi",), ("literal",)}} == {
        ("a", "b"): '"x # no comment"',
        ("c d",): "'its'",
        ("list",): '[ 1, [2, "]"], { k = "}" } ]',
        ("list", 0): "1",
        ("list", 1): '[2, "]"]',
        ("list", 1, 0): "2",
        ("list", 1, 1): '"]"',
        ("list", 2): '{ k = "}" }',
        ("list", 2, "k"): '"}"',
        ("t", "u"): "[t.u]",
        ("t", "u", "v"): "true",
        ("t", "w", 0): "[[t.w]]",
        ("t", "w", 0, "x"): "1.5",
        ("t", "w", 1): "[[t.w]]",
        ("t", "w", 1, "x"): "2027-06-30",
        ("t", "w", 1, "y"): "[t.w.y]",
        ("t", "w", 1, "y", "z"): '["é", "s"]',
        ("t", "w", 1, "y", "z", 0): '"é"',
        ("t", "w", 1, "y", "z", 1): '"s"',
    }
    assert places.values["multi",][:3:2] == (5, 8)
    assert places.keys["t", "w", 1, "y"] == (18, 6, 18, 7)
    assert places.keys["a", "b"] == (2, 3, 2, 4)


def test_an_empty_text_and_one_without_a_last_line_break() -> None:
    assert TomlPlaces("", "x").values == {}
    assert TomlPlaces("a = [\n]", "x").values["a",] == (1, 5, 2, 2)
