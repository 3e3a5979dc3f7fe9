"""The three rules for kube-proxy's configuration, and where all of them are silent."""

import pytest

from kubelint_lb.kube.versions import parse_version
from tests.conftest import LintText
from tests.rules.service.manifests import service

INVALID, DEPRECATED, SCALE = "kube-proxy-mode-invalid", "kube-proxy-ipvs-deprecated", "kube-proxy-iptables-scale"


def kube_proxy(mode: str | None) -> str:
    line = "" if mode is None else f"mode: {mode}\n"
    return f"apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n{line}"


def in_config_map(mode: str) -> str:
    return f"""apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-proxy
  namespace: kube-system
data:
  config.conf: |
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
    mode: {mode}
"""


def version(text: str) -> dict[str, object]:
    return {"kubernetes_version": parse_version(text), "kubernetes_version_set": True}


@pytest.mark.parametrize(
    ("mode", "key", "words"),
    [
        ("ebpf", "unknown", "kube-proxy knows no mode ebpf: it"),
        ("nftable", "near", "no mode nftable (nftables is one)"),
        ("IPVS", "near", "no mode IPVS (ipvs is one)"),
        ("userspace", "removed", "no mode userspace since Kubernetes 1.26"),
    ],
)
def test_modes_that_do_not_exist(lint_text: LintText, mode: str, key: str, words: str) -> None:
    (finding,) = lint_text(kube_proxy(mode), select=INVALID)
    assert (finding.message_key, finding.severity) == (key, "error")
    assert (finding.place, finding.end_column) == ((3, 7), 7 + len(mode))
    assert words in finding.message


@pytest.mark.parametrize("mode", [None, '""', "iptables", "ipvs", "nftables", "kernelspace", "${MODE}", "'{{ mode }}'"])
def test_modes_that_do(lint_text: LintText, mode: str | None) -> None:
    assert lint_text(kube_proxy(mode), select=INVALID) == []


def test_inside_a_config_map(lint_text: LintText) -> None:
    (finding,) = lint_text(in_config_map("ipv"), select=INVALID)
    assert (finding.message_key, finding.place) == ("near", (10, 11))


@pytest.mark.parametrize(("release", "key", "severity"), [("1.35", "deprecated", "warning"), ("1.40", "refused", "error")])
def test_ipvs_by_version(lint_text: LintText, release: str, key: str, severity: str) -> None:
    (finding,) = lint_text(kube_proxy("ipvs"), select=DEPRECATED, **version(release))
    assert (finding.message_key, finding.severity, finding.place) == (key, severity, (3, 7))
    assert f"Kubernetes {release}" in finding.message


def test_ipvs_where_nobody_said_which_version(lint_text: LintText) -> None:
    (finding,) = lint_text(in_config_map("ipvs"), select=DEPRECATED)
    assert (finding.message_key, finding.severity, finding.place) == ("deprecated-later", "info", (10, 11))


def test_ipvs_before_its_deprecation(lint_text: LintText) -> None:
    assert lint_text(kube_proxy("ipvs"), select=DEPRECATED, **version("1.34")) == []
    assert lint_text(kube_proxy("iptables"), select=DEPRECATED, **version("1.40")) == []


def services(number: int, spec: str = "ports: [{port: 80}]") -> str:
    return "".join("---\n" + service(spec, name=f"s{index}") for index in range(number))


def test_a_thousand_services_on_iptables(lint_text: LintText) -> None:
    (finding,) = lint_text(kube_proxy("iptables") + services(1000), select=SCALE)
    assert (finding.message_key, finding.severity, finding.place) == ("many-services", "info", (3, 7))
    assert "with 1000 Services" in finding.message
    assert lint_text(kube_proxy("iptables") + services(999), select=SCALE) == []


@pytest.mark.parametrize("mode", [None, '""'])
def test_iptables_by_default_points_at_the_kind(lint_text: LintText, mode: str | None) -> None:
    text = kube_proxy(mode) + services(3)
    (finding,) = lint_text(text, select=SCALE, params={"min-services": 3})
    assert (finding.message_key, finding.place) == ("many-services-by-default", (2, 7))
    assert lint_text(text, select=SCALE, params={"min-services": 3}, **version("1.40")) == []


def test_services_without_a_virtual_ip_get_no_rules(lint_text: LintText) -> None:
    headless = services(3, "clusterIP: None\nselector: {app: web}")
    assert lint_text(kube_proxy("iptables") + headless, select=SCALE, params={"min-services": 3}) == []


CILIUM = {
    "its ConfigMap": """---
apiVersion: v1
kind: ConfigMap
metadata: {name: cilium-config, namespace: kube-system}
data: {kube-proxy-replacement: "true"}
""",
    "a HelmRelease": """---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: cilium, namespace: kube-system}
spec: {values: {kubeProxyReplacement: true}}
""",
    "an Application with values": """---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: cilium}
spec:
  source:
    helm:
      values: |
        kubeProxyReplacement: strict
""",
    "an Application with parameters": """---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: cilium}
spec:
  sources:
    - helm: {parameters: [{name: kubeProxyReplacement, value: "true"}]}
""",
}


@pytest.mark.parametrize("where", CILIUM)
def test_cilium_does_the_work_of_kube_proxy(lint_text: LintText, where: str) -> None:
    assert lint_text(kube_proxy("disabled") + CILIUM[where], select=INVALID) == []
    assert lint_text(kube_proxy("ipvs") + CILIUM[where], select=DEPRECATED) == []
    many = kube_proxy("iptables") + services(2) + CILIUM[where]
    assert lint_text(many, select=SCALE, params={"min-services": 2}) == []


def test_cilium_beside_kube_proxy(lint_text: LintText) -> None:
    beside = CILIUM["its ConfigMap"].replace('"true"', '"false"')
    assert len(lint_text(kube_proxy("ebpf") + beside, select=INVALID)) == 1
