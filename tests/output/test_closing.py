"""Summary, counts and lists at the end, as text and concise print them."""

from kubelint_lb.deploy.skipped import Skipped, SkipReason
from kubelint_lb.output.formats import render
from kubelint_lb.report.finding import Suppressed
from kubelint_lb.settings.severity import Severity
from tests.output.reports import AFFINITY, EVERYTHING, PORT, WEIGHTS, place, report, style


def test_one_line_for_each_finding() -> None:
    assert (
        render("concise", EVERYTHING, style())
        == """\
k8s/café menu.json:1:66: info[affinity-timeout-unbounded] Service café keeps a client on one pod for three hours, \
100% of the time.
k8s/route.yaml:14:17: error[backend-ref-port-not-in-service] Service storefront-canary has no port 8080.
k8s/route.yaml:12:19: warning[weights-not-100] The weights of this rule sum to 95, not 100: storefront gets 84.2 % \
and storefront-canary 15.8 % of the requests.
Found 1 error, 1 warning, 1 info finding (1 hidden below warning, 2 suppressed) in 3 files, 9 manifests, 1 unit.
Not linted: 2 templates, 1 encrypted, 1 partial object such as a kustomize patch (--verbose lists them).
"""
    )


def test_a_message_of_two_lines_stays_on_one() -> None:
    assert render("concise", report(PORT._replace(message="One\ntwo.")), style(quiet=True)) == (
        "k8s/route.yaml:14:17: error[backend-ref-port-not-in-service] One two.\n"
    )


def test_a_clean_run() -> None:
    assert render("text", report(), style()) == "No problems found in 3 files, 9 manifests, 1 unit.\n"
    assert render("concise", report(), style(color=True)) == (
        "\x1b[1;32mNo problems found\x1b[0m in 3 files, 9 manifests, 1 unit.\n"
    )


def test_a_clean_run_still_says_what_it_did_not_show() -> None:
    text = render("text", report(hidden=(AFFINITY,), suppressed=(PORT, WEIGHTS)), style())
    assert text == "No problems found (1 hidden below warning, 2 suppressed) in 3 files, 9 manifests, 1 unit.\n"


def test_hidden_warnings_are_below_error() -> None:
    text = render("text", report(hidden=(AFFINITY, WEIGHTS)), style())
    assert text == "No problems found (2 hidden below error) in 3 files, 9 manifests, 1 unit.\n"


def test_every_reason_for_not_linting() -> None:
    skipped = tuple(Skipped("a.yaml", reason, "") for reason in SkipReason for _ in range(2))
    assert render("text", report(skipped=skipped), style(verbose=True)).splitlines()[-1] == (
        "Not linted: 2 templates, 2 encrypted, 2 not Kubernetes, 2 unreadable, 2 partial objects such as kustomize patches."
    )


def test_statistics_count_by_rule_and_severity_most_first() -> None:
    louder = WEIGHTS._replace(severity=Severity.ERROR)
    text = render("concise", report(WEIGHTS, louder, *[PORT] * 10), style(statistics=True))
    assert text.splitlines()[12:16] == [
        "Findings by rule:",
        "  10  error    backend-ref-port-not-in-service",
        "   1  error    weights-not-100",
        "   1  warning  weights-not-100",
    ]
    assert "by rule" not in render("text", report(), style(statistics=True))


def test_verbose_says_why_each_suppressed_finding_is() -> None:
    kinds = ("comment", "annotation", "per-path", "object", "baseline")
    suppressed = tuple(PORT._replace(suppressed=Suppressed(kind, "moves", place("k8s/x.yaml", 3, 1, 1))) for kind in kinds)
    suppressed += (PORT._replace(suppressed=Suppressed("baseline", "")),)
    lines = render("text", report(suppressed=suppressed), style(verbose=True)).splitlines()
    head = "  k8s/route.yaml:14:17: error[backend-ref-port-not-in-service] Service storefront-canary has no port 8080. "
    assert lines[:7] == [
        "Suppressed:",
        f"{head}(ignored by a comment at k8s/x.yaml:3: moves)",
        f"{head}(ignored by an annotation at k8s/x.yaml:3: moves)",
        f"{head}(ignored for this path by the configuration at k8s/x.yaml:3: moves)",
        f"{head}(ignored for this object by the configuration at k8s/x.yaml:3: moves)",
        f"{head}(in the baseline at k8s/x.yaml:3: moves)",
        f"{head}(in the baseline)",
    ]


def test_a_table_of_objects_where_findings_have_columns() -> None:
    findings = (
        AFFINITY._replace(rule="migration", column="no equal"),
        PORT._replace(rule="migration", column="Gateway API"),
        WEIGHTS._replace(rule="migration", column="Gateway API"),
    )
    text = render("text", report(*findings), style())
    table = text[text.index("migration by object") : text.index("Found 1 error")]
    assert table == (
        "migration by object:\n"
        "  Object                     Gateway API  no equal\n"
        "  Service café                         -         1\n"
        "  HTTPRoute shop/storefront            2         -\n\n"
    )
