"""The JSON contract."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kubelint_lb.output.formats import render
from kubelint_lb.resources import schemas_root
from tests.output.reports import AFFINITY, EVERYTHING, PORT, ROOT, place, report, style

SCHEMA = json.loads((schemas_root() / "report.schema.json").read_text(encoding="utf-8"))


def validate(value: object) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(value)


def test_a_report_to_the_character() -> None:
    golden = Path(__file__).parent / "golden" / "report.json"
    assert render("json", report(PORT, AFFINITY), style()) == golden.read_text(encoding="utf-8")


def test_reports_satisfy_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validate(json.loads(render("json", EVERYTHING, style())))
    validate(json.loads(render("json", report(), style())))
    validate(json.loads(render("json", report(PORT._replace(object=None, units=(), field="")), style())))


def test_the_schema_refuses_what_it_does_not_know() -> None:
    value: dict[str, Any] = json.loads(render("json", report(PORT), style()))
    for part in (value, value["tool"], value["summary"], value["findings"][0], value["findings"][0]["object"]):
        part["surprise"] = 1
        with pytest.raises(jsonschema.ValidationError, match="surprise"):
            validate(value)
        del part["surprise"]
    value["findings"][0]["line"] = 0
    with pytest.raises(jsonschema.ValidationError, match="less than the minimum"):
        validate(value)


def test_every_part_of_the_schema_is_described() -> None:
    def undescribed(part: dict[str, Any], name: str) -> list[str]:
        missing = [] if "description" in part or "$ref" in part else [name]
        children = {**part.get("properties", {}), **part.get("$defs", {})}
        return missing + [found for key, child in children.items() for found in undescribed(child, f"{name}.{key}")]

    assert undescribed(SCHEMA, "report") == []


def test_all_paths_are_relative_to_the_current_folder() -> None:
    finding = json.loads(render("json", report(PORT), style(cwd=ROOT / "docs")))["findings"][0]
    assert finding["path"] == "../k8s/route.yaml"
    assert finding["related"][0]["path"] == "../k8s/svc.yaml"
    assert finding["fix"]["edits"][0]["path"] == "../k8s/route.yaml"


def test_a_file_name_that_is_not_utf8_can_be_written_and_read_back() -> None:
    text = render("json", report(PORT._replace(location=place("caf\udce9.yaml", 1, 1, 1))), style())
    assert '"path": "caf\\udce9.yaml"' in text
    assert json.loads(text.encode())["findings"][0]["path"] == "caf\udce9.yaml"
