"""Texts that another tool fills in: equal, unequal, or not known yet."""

from __future__ import annotations

import pytest

from kubelint_lb.source.placeholder import has_placeholder, is_filled_in, is_open, is_shouted, may_equal


@pytest.mark.parametrize(
    "text",
    [
        "{{ .Values.host }}",
        "{{host}}-web",
        "{% if x %}a{% endif %}",
        "${APP}",
        "${APP:=web}-svc",
        "$(APP)",
        "$APP",
        "%%app%%",
        "%{app}",
        "<app>",
        "<your host>",
        "__APP__",
        "web-__APP__",
        "@APP@",
        "@@APP@@",
        "ENC[AES256_GCM,data:abc,type:str]",
        "((app))",
        "(( grab meta.app ))",
        "[[ .App ]]",
        "[[app]]-web",
        "<%= app %>",
        "<<app>>",
        "$[app]",
        "$[variables.app]",
        "#{app}",
        "#{app}#",
        "@{app}",
        "!{app}",
        "%APP%",
        "%app.name%",
        "#APP#",
        "$APP$",
        "^APP^",
        "~APP~",
        "|APP|",
        "!APP!",
        "${{ parameters.app }}",
        "{{{app}}}",
        "#@ data.values.app",
    ],
)
def test_placeholders(text: str) -> None:
    assert has_placeholder(text)
    assert is_open(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "web", "a{b}", "$", "$1", "/api(/|$)(.*)", "100%", "a<b", "x__y", "__", "a@example.com", "[a]", "{}", "a_b", "*.b"),
        *("/a%20b%20c", "/(a|b|c)", "/x((/|$))", "[[:alnum:]]+", "a@b.example", "#", "/#/a", "~web", "a~b~c", "sub#3", "$)"),
        *("!a", "auth-a@kubernetescrd, auth-b@kubernetescrd"),
    ],
)
def test_plain_texts(text: str) -> None:
    assert not has_placeholder(text)


@pytest.mark.parametrize("text", ["HOST", "YOUR_HOST", "SERVICE_NAME", "A1_B2", "api.MY_DOMAIN", "my-APP_NAME-svc"])
def test_words_that_shout_are_to_be_replaced_in_a_name(text: str) -> None:
    assert is_shouted(text)
    assert is_open(text)
    assert not has_placeholder(text)


@pytest.mark.parametrize("text", ["", "web", "Web", "web-API", "1", "80", "a_b", "*.example.com"])
def test_words_that_do_not_shout(text: str) -> None:
    assert not is_shouted(text)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("web", "web", True),
        ("web", "api", False),
        ("web", "Web", False),
        ("", "", True),
        ("", "web", False),
        # one side open: only what fits around the placeholder
        ("${APP}", "web", True),
        ("${APP}", "", True),
        ("${APP}-svc", "web-svc", True),
        ("${APP}-svc", "-svc", True),
        ("${APP}-svc", "web-api", False),
        ("${APP}-svc", "svc", False),
        ("web-${ENV}", "web-dev", True),
        ("web-${ENV}", "api-dev", False),
        ("a-${X}-b-${Y}-c", "a-1-b-2-c", True),
        ("a-${X}-b-${Y}-c", "a-1-2-c", False),
        ("{{ name }}.example.com", "a.b.example.com", True),
        ("{{ name }}.example.com", "example.com", False),
        ("$(A).x", "b.x", True),
        ("a.b${X}", "axb1", False),
        # a token is all of its fences
        ("${{ parameters.app }}", "web", True),
        ("{{{app}}}", "web", True),
        ("<<app>>", "web", True),
        ("$APP$", "web", True),
        ("#{app}#", "web", True),
        ("${APP:-${NAME}}", "web", True),
        ("$APP-svc", "web-svc", True),
        ("$APP-svc", "web-api", False),
        ("%APP%-svc", "web-svc", True),
        ("((app))-svc", "web-api", False),
        # both open: the same text is equal, anything else is not known
        ("${APP}", "${APP}", True),
        ("${A}", "${B}", True),
        ("<a>", "{{ b }}", True),
        # shouting counts in names
        ("YOUR_HOST", "shop.example", True),
        ("api.MY_DOMAIN", "web", True),
    ],
)
def test_what_may_turn_out_the_same(left: str, right: str, equal: bool) -> None:
    assert may_equal(left, right) is equal
    assert may_equal(right, left) is equal


def test_shouting_means_nothing_outside_names() -> None:
    assert may_equal("GET", "POST", name=False) is False
    assert may_equal("${X}", "POST", name=False) is True


@pytest.mark.parametrize(
    ("text", "filled_in"),
    [("YOUR_TYPE", True), ("${TYPE}", True), ("TCP", False), ("HTTP", False), ("Cluster", False), ("your_type", False)],
)
def test_words_in_capitals_with_an_underscore_are_to_be_replaced(text: str, filled_in: bool) -> None:
    assert is_filled_in(text) is filled_in


def test_many_placeholders_are_compared_at_once() -> None:
    assert not may_equal("a".join(["${X}"] * 60) + "b", "a" * 250)
    assert may_equal("a".join(["${X}"] * 60) + "b", "a" * 250 + "b")
