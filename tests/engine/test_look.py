"""The cheap prefilter before parsing never keeps out an object that a full parse would hand to a rule."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from kubelint_lb.kube.kinds import KINDS, POD_TEMPLATES, GroupKind
from kubelint_lb.kube.manifest import manifests_of
from kubelint_lb.kube.stubs import Prefilter, stub
from kubelint_lb.source.parse import parse_text

KIND_LINES = {
    "plain": "kind: {kind}",
    "spaces": "kind  :   {kind}   ",
    "comment": "kind: {kind}  # kind: Widget",
    "double quotes": 'kind: "{kind}"',
    "single quotes": "kind: '{kind}'",
    "quoted key": '"kind": {kind}',
    "quoted key without a space": '"kind":  "{kind}"',
    "tag": "kind: !!str {kind}",
    "long tag": "kind: !<tag:yaml.org,2002:str> {kind}",
    "tagged key": "!!str kind: {kind}",
    "anchor": "kind: &k {kind}",
    "anchored key": "&k kind: {kind}",
    "alias": "x-kind: &k {kind}\nkind: *k",
    "anchor and tag": "kind: &k !!str '{kind}'",
    "next line": "kind:\n  {kind}",
    "after a comment": "kind:  # what it is\n  {kind}",
    "literal": "kind: |-\n  {kind}",
    "folded": "kind: >-\n  {kind}",
    "question mark": "? kind\n: {kind}",
    "escape": 'kind: "\\x{first:02x}{rest}"',
    "long escape": 'kind: "\\U{first:08x}{rest}"',
    "escaped key": '"k\\x69nd": {kind}',
    "broken by an escape": 'kind: "{head}\\\n  {tail}"',
    "merged": "x: &base {{kind: {kind}}}\n<<: *base",
    "written twice": "kind: Widget\nkind: {kind}",
    "written twice in two ways": "kind: Widget\n'kind': {kind}",
    "tab": "kind:\t{kind}",
}
DECOY = "spec:\n  kind: Widget\n  text: |\n    kind: Widget\n"
LAYOUTS: dict[str, Callable[[str], str]] = {
    "block": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "separator": lambda text: "--- # an object\n" + text + "...\n",
    "indented": lambda text: "# indented\n" + textwrap.indent(text, "  "),
    "after others": lambda text: DECOY + text,
    "before others": lambda text: text + DECOY,
}
API_VERSIONS = {name: f"{identity.group}/v1" if identity.group else "v1" for name, identity in KINDS.items()}
# A ConfigMap is read only for what it may hold of kube-proxy.
NAMES = [name for name in KINDS if name != "ConfigMap"]


def read(text: str) -> list[GroupKind]:
    """The objects that a full parse finds."""
    return [manifest.identity for document in parse_text(text, "x.yaml") for manifest in manifests_of(document)]


def written(line: str, name: str) -> str:
    """An object's text, its kind written in one way."""
    kind = KINDS[name].kind
    middle = max(1, len(kind) // 2)
    words = line.format(kind=kind, first=ord(kind[0]), rest=kind[1:], head=kind[:middle], tail=kind[middle:])
    return f"apiVersion: {API_VERSIONS[name]}\n{words}\nmetadata: {{name: web}}\n"


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("line", KIND_LINES.values(), ids=KIND_LINES)
def test_a_kind_is_seen_however_it_is_written(line: str, layout: Callable[[str], str]) -> None:
    for name in NAMES:
        text = layout(written(line, name))
        assert read(text) == [KINDS[name]], text
        assert Prefilter((name,))(text), text


FLOWS = (
    '{{"apiVersion": "{version}", "kind": "{kind}"}}',
    '{{"apiVersion":"{version}","kind":"{kind}","spec":{{"kind":"Widget"}}}}',
    "{{\nkind: {kind},\napiVersion: {version},\n}}",
    "{{ref: {{\nkind: Widget\n}}, apiVersion: {version}, kind: {kind}}}",
    "--- {{ref: {{\nkind: Widget\n}}, apiVersion: {version}, kind: {kind}}}",
    "# one line\n{{apiVersion: {version}, kind: {kind}}}",
    '{{"\\u006bind": "{kind}", "apiVersion": "{version}"}}',
    "!!map {{apiVersion: {version}, kind: {kind}, 'ref': {{\n'kind': 'Widget'\n}}}}",
    'ref: "\nkind: Widget\n"\napiVersion: {version}\n"kind": {kind}',
    'ref: {{\nkind: Widget\n}}\napiVersion: {version}\n"kind": {kind}',
)


@pytest.mark.parametrize("flow", FLOWS)
def test_a_kind_is_seen_in_flow_style(flow: str) -> None:
    for name in NAMES:
        text = flow.format(kind=KINDS[name].kind, version=API_VERSIONS[name])
        assert read(text) == [KINDS[name]], text
        assert Prefilter((name,))(text), text


LISTS = (
    "apiVersion: v1\nkind: List\nitems:\n- apiVersion: {version}\n  kind: {kind}\n",
    'apiVersion: v1\nkind: "List"\nitems: [{{\nkind: {kind}\n, apiVersion: {version}}}]\n',
    "apiVersion: {version}\nkind: {kind}List\nitems:\n- metadata: {{name: web}}\n",
    '{{"apiVersion": "v1", "kind": "List", "items": [{{"apiVersion": "{version}", "kind": "{kind}"}}]}}',
    "{{items: [{{\nkind: {kind}\n, apiVersion: {version}}}, {{apiVersion: v1, kind: Widget\n}}],\nkind: List, apiVersion: v1}}",
    "items: [{{\nkind: Widget\n, apiVersion: {version}}}, {{apiVersion: {version}, kind: {kind}}}]\n'kind': List\napiVersion: v1",
)


@pytest.mark.parametrize("text", LISTS)
def test_the_items_of_a_list_are_seen(text: str) -> None:
    for name in NAMES:
        one = text.format(kind=KINDS[name].kind, version=API_VERSIONS[name])
        assert KINDS[name] in read(one), one
        assert Prefilter((name,))(one), one


@pytest.mark.parametrize("identity", POD_TEMPLATES, ids=lambda identity: f"{identity.group}-{identity.kind}")
def test_other_kinds_with_pods_are_seen_as_workloads(identity: GroupKind) -> None:
    text = f"apiVersion: {identity.group}/v1\nkind: {identity.kind}\n"
    assert Prefilter(("Workload",))(text)


@pytest.mark.parametrize(
    ("api_version", "kind", "name"),
    [
        ("extensions/v1beta1", "Ingress", "Ingress"),
        ("gateway.networking.x-k8s.io/v1alpha1", "XListenerSet", "ListenerSet"),
    ],
)
def test_kinds_by_their_old_groups_are_seen(api_version: str, kind: str, name: str) -> None:
    text = f"apiVersion: {api_version}\nkind: {kind}\n"
    assert read(text) == [KINDS[name]]
    assert Prefilter((name,))(text)


def test_what_nobody_reads_is_not_parsed() -> None:
    prefilter = Prefilter(("Service",))
    assert not prefilter("apiVersion: v1\nkind: Secret\nmetadata: {name: Service}\n")
    assert not prefilter("apiVersion: apps/v1\nkind: Deployment\nspec: {about: the kind of Service we like}\n")


def test_a_config_map_is_parsed_only_for_kube_proxy() -> None:
    prefilter = Prefilter(("KubeProxyConfiguration",))
    assert not prefilter("apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n")
    assert prefilter("apiVersion: v1\nkind: ConfigMap\ndata:\n  config.conf: |\n    kind: KubeProxyConfiguration\n")


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: web\n  namespace: shop\n",
        "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: web, namespace: shop}\n",
        '{"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"namespace": "shop", "name": "web"}}',
        "kind: 'Widget'\nmetadata:\n  namespace: \"shop\"\n  name: 'web'  # words\napiVersion: \"example.com/v1\"\n",
    ],
    ids=["block", "flow", "JSON", "quotes"],
)
def test_what_is_not_parsed_is_known_by_its_identity(text: str) -> None:
    seen = stub(text, "a/b.yaml")
    assert (seen.identity, seen.name, seen.namespace) == (GroupKind("example.com", "Widget"), "web", "shop")
    assert seen.folder == "a"
