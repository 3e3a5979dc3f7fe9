"""Every rule that says that it can fix does, on its own examples: the finding is gone, and a second run changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.engine.fix import Fixed, fix
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.parse import parse_text
from tests.conftest import write_tree
from tests.rules.test_examples import CATALOGUE, settings_of

FIXING = [name for name, rule in CATALOGUE.rules.items() if rule.fix != "never"]


def fixed(name: str, root: Path) -> list[Fixed]:
    """What `--fix --unsafe-fixes` does to each bad example of a rule, only that rule run."""
    found = []
    for number, example in enumerate(CATALOGUE.words(name).examples):
        if example.bad:
            folder = root / str(number)
            write_tree(folder, example.files)
            settings = settings_of(name, example, folder)._replace(select=(name,))
            once = fix([folder], settings, unsafe=True)
            again = fix([folder], settings, unsafe=True)
            assert (again.applied, again.before, once.converged) == (0, {}, True)
            found.append(once)
    return found


@pytest.mark.parametrize("name", FIXING)
def test_a_rule_that_fixes_does(name: str, tmp_path: Path) -> None:
    found = fixed(name, tmp_path)
    assert any(one.applied for one in found), "no bad example of the rule can be fixed"
    for one in found:
        assert not [finding for finding in one.report.findings if finding.fix is not None], one.refused
        for path in one.before:
            text = (one.report.root / path).read_text(encoding="utf-8")
            assert not [fault for document in parse_text(text, path) for fault in document.faults]


@pytest.mark.parametrize("name", [name for name, rule in CATALOGUE.rules.items() if rule.fix == "never" and rule.kinds])
def test_a_rule_that_never_fixes_does_not(name: str, tmp_path: Path) -> None:
    assert not any(one.applied for one in fixed(name, tmp_path))


_ALONE = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  strategy: {type: STRATEGY}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: app, image: app}]
      volumes: [{name: data, VOLUME}]
"""


@pytest.mark.parametrize(
    ("strategy", "volume", "applied"),
    [
        ("RollingUpdate", "emptyDir: {}", 1),
        ("Recreate", "emptyDir: {}", 0),
        ("RollingUpdate", "persistentVolumeClaim: {claimName: data}", 0),
    ],
)
def test_a_pod_that_is_alone_on_purpose_gets_no_second(tmp_path: Path, strategy: str, volume: str, applied: int) -> None:
    write_tree(tmp_path, {"web.yaml": _ALONE.replace("STRATEGY", strategy).replace("VOLUME", volume)})
    done = fix([tmp_path], Settings(select=("single-replica-behind-service",), severity=Severity.INFO), unsafe=True)
    assert [finding.rule for finding in done.report.findings] == ["single-replica-behind-service"] * (1 - applied)
    assert done.applied == applied


_TWICE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop}
spec:
  parentRefs: [{name: edge}]
  rules:
    - matches: [{path: {value: /cart}}]
      backendRefs: [{name: cart, port: 80}]
    - matches: [{path: {value: /cart}}]
      backendRefs: [{name: cart, port: 80}]
"""


@pytest.mark.parametrize(("name", "applied"), [("", 1), ("      name: second\n", 0)])
def test_a_rule_that_policies_may_name_stays(tmp_path: Path, name: str, applied: int) -> None:
    write_tree(tmp_path, {"route.yaml": _TWICE + name})
    done = fix([tmp_path], Settings(select=("route-rule-unreachable",), severity=Severity.INFO), unsafe=False)
    assert [finding.rule for finding in done.report.findings] == ["route-rule-unreachable"] * (1 - applied)
    assert (tmp_path / "route.yaml").read_text().count("/cart") == 2 - applied
