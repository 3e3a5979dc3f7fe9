import pytest

from tests.conftest import LintText
from tests.rules.service.manifests import service

RULE = "external-name-ip"


@pytest.mark.parametrize(
    ("name", "key", "end"),
    [("10.20.0.15", "address", 27), ("10.20.0.15.", "address", 28), ('"10.20"', "numbers", 24), ("1.2.3", "numbers", 22)],
)
def test_an_address_is_no_name(lint_text: LintText, name: str, key: str, end: int) -> None:
    (finding,) = lint_text(service(f"type: ExternalName\nexternalName: {name}"), select=RULE)
    assert (finding.message_key, finding.severity) == (key, "error")
    assert (finding.place, finding.end_column) == ((6, 17), end)


def test_the_message(lint_text: LintText) -> None:
    (finding,) = lint_text(service("type: ExternalName\nexternalName: 10.20.0.15"), select=RULE)
    assert finding.message == ("Service web is an alias for 10.20.0.15, which is an address and no DNS name: it never resolves.")


@pytest.mark.parametrize("name", ["example.com", "10.example.com", "10-20-0-15.example.com", "${ADDRESS}", "localhost"])
def test_names(lint_text: LintText, name: str) -> None:
    assert lint_text(service(f"type: ExternalName\nexternalName: {name}"), select=RULE) == []


def test_other_types_do_not_use_the_field(lint_text: LintText) -> None:
    assert lint_text(service("externalName: 10.20.0.15\nports: [{port: 80}]"), select=RULE) == []
