"""Reports built by hand: what a run over a small shop would say."""

from pathlib import Path

from kubelint_lb.catalogue.rule_info import RuleInfo
from kubelint_lb.deploy.skipped import Skipped, SkipReason
from kubelint_lb.output.style import Style
from kubelint_lb.report.finding import Edit, Finding, Fix, ObjectId, Related, Report, Summary, Suppressed
from kubelint_lb.settings.severity import Confidence, Severity
from kubelint_lb.source.place import Location
from kubelint_lb.source.span import Span

ROOT = Path("/home/me/work")
URL = "https://example.org/rules"

ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: storefront
  namespace: shop
spec:
  hostnames: [shop.example]
  rules:
    - backendRefs:
        - name: storefront
          port: 80
          weight: 80
        - name: storefront-canary
          port: 8080
          weight: 15
---
apiVersion: v1
kind: Service
"""

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: storefront-canary
  namespace: shop
spec:
  selector: {app: storefront, track: canary}
  ports:
    - name: http
      port: 80
"""

# A tab, a wide and a combining character before the token: columns count code points, carets count what is seen.
CAFE = '{\t"kind": "Service", "métier": "cafe\u0301", "店": {"sessionAffinity": "ClientIP"}}\n'


def place(path: str, line: int, column: int, length: int) -> Location:
    return Location(path, Span(line, column, line, column + length))


WEIGHTS = Finding(
    rule="weights-not-100",
    family="gateway",
    message_key="sum",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    message="The weights of this rule sum to 95, not 100: storefront gets 84.2 % and storefront-canary 15.8 % of the requests.",
    help="Weights are proportions, so this works; but someone who meant percentages gets other shares than the file "
    "says. Let them sum to 100, or use a small ratio such as 4 to 1.",
    url=f"{URL}/weights-not-100.md",
    location=place("k8s/route.yaml", 12, 19, 2),
    object=ObjectId("gateway.networking.k8s.io/v1", "HTTPRoute", "shop", "storefront"),
    field="spec.rules[0].backendRefs[0].weight",
    units=(".",),
    related=(Related(place("k8s/route.yaml", 15, 19, 2), "storefront-canary: 15 of 95 is 15.8 %"),),
    fix=None,
    fingerprint="0123456789abcdef",
)

PORT = Finding(
    rule="backend-ref-port-not-in-service",
    family="gateway",
    message_key="no-port",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    message="Service storefront-canary has no port 8080.",
    help="Use a port of the Service: 80.",
    url=f"{URL}/backend-ref-port-not-in-service.md",
    location=place("k8s/route.yaml", 14, 17, 4),
    object=ObjectId("gateway.networking.k8s.io/v1", "HTTPRoute", "shop", "storefront"),
    field="spec.rules[0].backendRefs[1].port",
    units=("overlays/prod", "overlays/stage"),
    related=(Related(place("k8s/svc.yaml", 10, 13, 2), "the only port of Service storefront-canary"),),
    fix=Fix("Use port 80", "unsafe", (Edit(place("k8s/route.yaml", 14, 17, 4), "80"),)),
    fingerprint="fedcba9876543210",
)

AFFINITY = Finding(
    rule="affinity-timeout-unbounded",
    family="service",
    message_key="missing",
    severity=Severity.INFO,
    confidence=Confidence.LOW,
    message="Service café keeps a client on one pod for three hours, 100% of the time.",
    help="",
    url=f"{URL}/affinity-timeout-unbounded.md",
    location=place("k8s/café menu.json", 1, 66, 10),
    object=ObjectId("v1", "Service", None, "café"),
    field="spec.sessionAffinity",
    units=(".",),
    related=(),
    fix=None,
    fingerprint="00000000000000aa",
)

RULES = (
    RuleInfo(
        "affinity-timeout-unbounded",
        "service",
        Severity.INFO,
        Confidence.LOW,
        "A session that never ends.",
        AFFINITY.url,
        "## Why\n\nOne pod gets it **all**.\n",
    ),
    RuleInfo(
        "backend-ref-port-not-in-service",
        "gateway",
        Severity.ERROR,
        Confidence.HIGH,
        "A route sends to a port that its Service does not have.",
        PORT.url,
        "## Why\n\nThe requests get a 500.\n",
    ),
    RuleInfo(
        "weights-not-100",
        "gateway",
        Severity.WARNING,
        Confidence.MEDIUM,
        "Weights do not sum to 100.",
        WEIGHTS.url,
        "## Why\n\nWeights are shares.\n",
    ),
)


def style(**changes: object) -> Style:
    plain = Style(color=False, width=100, cwd=ROOT, sarif_root=ROOT)
    return plain._replace(**changes)  # type: ignore[arg-type]


def report(
    *findings: Finding,
    suppressed: tuple[Finding, ...] = (),
    hidden: tuple[Finding, ...] = (),
    skipped: tuple[Skipped, ...] = (),
    sources: dict[str, str] | None = None,
    **changes: object,
) -> Report:
    """A report of these findings, with the counts that go with them."""
    texts = {"k8s/route.yaml": ROUTE, "k8s/svc.yaml": SERVICE, "k8s/café menu.json": CAFE} | (sources or {})
    plain = Report(
        root=ROOT,
        version="0.1.0",
        findings=findings,
        suppressed=suppressed,
        hidden=hidden,
        skipped=skipped,
        summary=Summary(
            files=3,
            manifests=9,
            units=1,
            findings={severity: sum(found.severity is severity for found in findings) for severity in Severity},
            hidden=len(hidden),
            suppressed=len(suppressed),
            skipped={reason: sum(found.reason is reason for found in skipped) for reason in SkipReason},
        ),
        rules=RULES,
        sources={path: tuple(text.splitlines()) for path, text in texts.items()},
        exit_code=1 if findings else 0,
    )
    return plain._replace(**changes)  # type: ignore[arg-type]


IGNORED = PORT._replace(suppressed=Suppressed("comment", "moves next week", place("k8s/route.yaml", 14, 23, 40)))
BASELINED = WEIGHTS._replace(suppressed=Suppressed("baseline", ""))
EVERYTHING = report(
    AFFINITY,
    PORT,
    WEIGHTS,
    hidden=(AFFINITY._replace(location=place("k8s/café menu.json", 1, 3, 6)),),
    suppressed=(IGNORED, BASELINED),
    skipped=(
        Skipped("chart/templates/svc.yaml", SkipReason.TEMPLATE, "a Helm template"),
        Skipped("chart/templates/web.yaml", SkipReason.TEMPLATE, "a Helm template"),
        Skipped("k8s/overlay/patch.yaml", SkipReason.PARTIAL, "a patch of k8s/overlay/kustomization.yaml", 7),
        Skipped("k8s/secret.yaml", SkipReason.ENCRYPTED, ""),
    ),
)
