"""Where requests go by Ingresses, by the documented behaviour of each controller.

Sources: the header of each `kubelint_lb/controllers/<product>/routing.py`; kubernetes.io "Ingress", "Path types" and
"Hostname wildcards", for the words of the API.
"""

from __future__ import annotations

import pytest

from kubelint_lb.engine.trace import trace
from kubelint_lb.kube.weights import percent
from kubelint_lb.traffic.request import Outcome, Request
from tests.unit_of import world_of

NAMES = ("web", "next", "cart", "old", "api")
SERVICES = "".join(
    f"""\
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: shop}}
spec: {{selector: {{app: {name}}}, ports: [{{name: http, port: 80, targetPort: 8080}}]}}
"""
    for name in NAMES
)
CONTROLLERS = {
    "nginx": "k8s.io/ingress-nginx",
    "f5": "nginx.org/ingress-controller",
    "traefik": "traefik.io/ingress-controller",
    "haproxy": "haproxy-ingress.github.io/controller",
    "haproxytech": "haproxy.org/ingress-controller",
    "kong": "ingress-controllers.konghq.com/kong",
    "alb": "ingress.k8s.aws/alb",
}
CLASSES = "".join(
    f"---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: {name}}}\nspec: {{controller: {controller}}}\n"
    for name, controller in CONTROLLERS.items()
)
PREFIXES = {
    "nginx": "nginx.ingress.kubernetes.io",
    "traefik": "traefik.ingress.kubernetes.io",
    "alb": "alb.ingress.kubernetes.io",
    "kong": "konghq.com",
    "haproxy": "haproxy-ingress.github.io",
    "haproxytech": "haproxy.org",
}


def ingress(name: str, kind: str, rules: str, annotations: str = "", more: str = "") -> str:
    """An Ingress of a class: `host path type backend` for each rule, with annotations `name=value` under the class's prefix.

    `-` stands for no host; types are E, P and I.
    """
    types = {"E": "Exact", "P": "Prefix", "I": "ImplementationSpecific"}
    lines = [
        f"---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: {name}\n  namespace: shop\n  annotations:"
    ]
    for one in filter(None, annotations.split(";")):
        key, _, value = one.strip().partition("=")
        lines.append(f"    {PREFIXES.get(kind, kind)}/{key}: '{value}'")
    lines.append(f"    example.com/of: {name}\nspec:\n  ingressClassName: {kind}\n{more}  rules:")
    for rule in filter(None, (one.strip() for one in rules.split(";"))):
        host, path, letter, backend = rule.split()
        service, _, port = backend.partition(":")
        where = f"name: {port}" if port and not port.isdecimal() else f"number: {port or 80}"
        lines.append(f"    - http: {{paths: [{{path: '{path}', pathType: {types[letter]},")
        lines.append(f"        backend: {{service: {{name: {service}, port: {{{where}}}}}}}}}]}}")
        if host != "-":
            lines.append(f"      host: '{host}'")
    return "\n".join(lines) + "\n"


SPLIT = """{"type":"forward","forwardConfig":{"targetGroups":[
  {"serviceName":"web","servicePort":80,"weight":3},{"serviceName":"next","servicePort":"80","weight":1}]}}"""
TLS = "  tls: [{hosts: [shop.example], secretName: tls}]\n"
DEFAULT = "  defaultBackend: {service: {name: old, port: {number: 80}}}\n"


def ask(text: str, url: str, **more: object) -> str:
    """The answer to a GET, in short."""
    scheme, _, rest = url.rpartition("://")
    host, slash, path = rest.partition("/")
    request = Request("GET", scheme or "https", host, f"{slash or '/'}{path}", **more)  # type: ignore[arg-type]
    return short(trace(world_of(SERVICES + CLASSES + text), request).outcome)


def short(outcome: Outcome) -> str:
    if outcome.redirect is not None:
        one = outcome.redirect
        port = f":{one.port}" if one.port is not None else ""
        return f"{one.status} {one.scheme}://{one.host}{port}{one.path}"
    parts = [one.name if one.share == 100 else f"{one.name} {percent(one.share).replace(' ', '')}" for one in outcome.backends]
    parts += [str(outcome.status)] if outcome.status is not None else []
    parts += [f"as {outcome.forwarded.path}"] if outcome.forwarded is not None else []
    return ", ".join(parts) or outcome.kind.value


WORDS = ingress(
    "a", "edge", "shop.example / P web; shop.example /cart P cart; shop.example /cart E next; *.shop.example / P api; - /x P old"
)


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("shop.example/", "web"),
        ("SHOP.example/", "web"),
        ("shop.example/cart", "next"),  # exact before prefix
        ("shop.example/cart/", "cart"),
        ("shop.example/cart/1?a=b", "cart"),  # the longest prefix
        ("shop.example/carts", "web"),  # element by element
        ("shop.example/CART", "web"),  # paths keep their case
        ("a.shop.example/", "api"),  # a wildcard takes one label
        ("b.a.shop.example/", "unknown"),  # whether it takes two is the controller's
        ("other.example/x/y", "old"),
        ("other.example/", "404"),
        ("a.shop.example/x", "api"),  # the more exact host
    ],
)
def test_the_words_of_the_api_hold_for_a_controller_nobody_knows(url: str, answer: str) -> None:
    assert ask(WORDS, url) == answer


@pytest.mark.parametrize(
    ("rules", "more", "url", "answer"),
    [
        ("shop.example /a I web", "", "shop.example/a", "unknown"),
        ("shop.example /a I web", "", "shop.example/b", "404"),
        ("shop.example / I web", "", "shop.example/b", "web"),
        ("shop.example /a P web; - / P old", "", "shop.example/b", "unknown"),  # whether hosts fall through
        ("shop.example / P web", TLS, "http://shop.example/", "unknown"),  # whether it redirects, too
        ("shop.example / P web", TLS, "https://shop.example/", "web"),
        ("shop.example /a P web", DEFAULT, "shop.example/b", "old"),
        ("shop.example /a P web", DEFAULT, "other.example/b", "old"),
        ("shop.example / P wbe", "", "shop.example/", "503"),  # no such Service, beside one with nearly that name
        ("shop.example / P web:81", "", "shop.example/", "503"),
        ("shop.example / P web:http", "", "shop.example/", "web"),
        ("${HOST} / P web; shop.example / P next", "", "shop.example/", "next"),
        ("${HOST} / P web; - / P next", "", "shop.example/", "unknown"),
    ],
)
def test_what_the_api_leaves_open_is_unknown(rules: str, more: str, url: str, answer: str) -> None:
    assert ask(ingress("a", "edge", rules, more=more), url) == answer


@pytest.mark.parametrize(
    ("rules", "annotations", "more", "url", "answer"),
    [
        ("shop.example /a I web", "", "", "shop.example/a/b", "web"),  # as Prefix
        ("shop.example /a I web", "", "", "shop.example/ab", "404"),
        ("*.shop.example / P web", "", "", "b.a.shop.example/", "404"),  # wildcards take one label
        ("shop.example /a P web; - / P old", "", "", "shop.example/b", "404"),  # a server takes all of its host
        ("shop.example /a P web", "", DEFAULT, "shop.example/b", "old"),
        ("shop.example /a P web", "", DEFAULT, "other.example/b", "404"),  # its default backend is for its own hosts
        ("shop.example / P web", "", TLS, "http://shop.example/a?b=c", "308 https://shop.example/a?b=c"),
        ("shop.example / P web", "ssl-redirect=false", TLS, "http://shop.example/", "web"),
        ("shop.example / P web", "force-ssl-redirect=true", "", "http://shop.example/", "308 https://shop.example/"),
        ("shop.example / P web", "force-ssl-redirect=true", "", "https://shop.example/", "web"),
        ("shop.example / P web", "permanent-redirect=https://new.example/x", TLS, "http://shop.example/", "301 https://new.example/x"),
        (
            "shop.example / P web", "permanent-redirect=https://new.example;permanent-redirect-code=308", "", "shop.example/a",
            "308 https://new.example/",
        ),
        ("shop.example / P web", "temporal-redirect=http://new.example:8080/", "", "shop.example/", "302 http://new.example:8080/"),
        ("shop.example / P web", "app-root=/start", "", "shop.example/", "302 https://shop.example/start"),
        ("shop.example / P web", "app-root=/start", "", "shop.example/a", "web"),
        ("shop.example /a(/|$)(.*) I web", "rewrite-target=/$2", "", "shop.example/a/b/c?d=1", "web, as /b/c?d=1"),
        ("shop.example /a(/|$)(.*) I web", "rewrite-target=/$2", "", "shop.example/a", "web, as /"),
        ("shop.example /a P web", "rewrite-target=/", "", "shop.example/a/b", "web, as /"),
        ("shop.example /a P web", "rewrite-target=/", "", "shop.example/ab", "web, as /"),  # all paths are expressions then
        ("shop.example /a E web", "use-regex=true", "", "shop.example/A/b", "web"),  # in any case, and from the start on
        ("shop.example /a.* I web; shop.example /abcd P next", "use-regex=true", "", "shop.example/abcd", "next"),  # by length
        ("shop.example /ab.* I web; shop.example /abc P next", "use-regex=true", "", "shop.example/abc", "web"),
        ("shop.example / P web", "server-alias=www.example,two.example", "", "two.example/", "web"),
        ("shop.example / P web", "configuration-snippet=return 404;", "", "shop.example/", "unknown"),
        ("shop.example / P web", "rewrite-target=${TARGET}", "", "shop.example/", "unknown"),
        ("shop.example / P wbe", "", "", "shop.example/", "503"),
    ],
)  # fmt: skip
def test_ingress_nginx(rules: str, annotations: str, more: str, url: str, answer: str) -> None:
    assert ask(ingress("a", "nginx", rules, annotations, more), url) == answer


@pytest.mark.parametrize(
    ("annotations", "headers", "answer"),
    [
        ("canary-weight=20", {}, "next 20%, web 80%"),
        ("canary-weight=20;canary-weight-total=200", {}, "next 10%, web 90%"),
        ("canary-weight=5;canary-weight-total=10", {}, "next 5%, web 95%"),  # a total below 100 counts for nothing
        ("canary-weight=0", {}, "web"),
        ("canary-weight=100", {}, "next"),
        ("canary-by-header=X-Next", {"X-Next": "always"}, "next"),
        ("canary-by-header=X-Next", {"x-next": "never"}, "web"),
        ("canary-by-header=X-Next;canary-weight=50", {"X-Next": "other"}, "next 50%, web 50%"),  # falls to the weight
        ("canary-by-header=X-Next;canary-by-header-value=yes", {"X-Next": "yes"}, "next"),
        ("canary-by-header=X-Next;canary-by-header-value=yes", {"X-Next": "always"}, "web"),  # the keywords no longer count
        ("canary-by-header=X-Next;canary-by-header-pattern=b.d", {"X-Next": "abd"}, "web"),
        ("canary-by-header=X-Next;canary-by-header-pattern=b.d", {"X-Next": "abcd"}, "next"),
        ("canary-by-cookie=next;canary-weight=10", {"Cookie": "a=b; next=always"}, "next"),
        ("canary-by-cookie=next;canary-weight=10", {"Cookie": "next=never"}, "web"),
        (
            "canary-by-header=X-Next;canary-by-cookie=next",
            {"X-Next": "never", "Cookie": "next=always"},
            "web",
        ),  # the header before the cookie
        ("canary-weight=${WEIGHT}", {}, "unknown"),
    ],
)
def test_canaries_of_ingress_nginx(annotations: str, headers: dict[str, str], answer: str) -> None:
    text = ingress("a", "nginx", "shop.example / P web")
    text += ingress("b", "nginx", "shop.example / P next", f"canary=true;{annotations}")
    assert ask(text, "shop.example/", headers=headers) == answer


@pytest.mark.parametrize(
    ("client", "ranges", "answer"),
    [
        ("10.1.2.3", "allowlist-source-range=10.0.0.0/8", "web"),
        ("192.0.2.1", "allowlist-source-range=10.0.0.0/8,172.16.0.0/12", "403"),
        ("192.0.2.1", "whitelist-source-range=192.0.2.0/24", "web"),
        ("192.0.2.1", "denylist-source-range=192.0.2.0/24", "403"),
    ],
)
def test_ingress_nginx_asks_for_the_clients_address(client: str, ranges: str, answer: str) -> None:
    assert ask(ingress("a", "nginx", "shop.example / P web", ranges), "shop.example/", client=client) == answer


@pytest.mark.parametrize(
    ("kind", "rules", "annotations", "more", "url", "answer"),
    [
        # Traefik: prefixes by text, the longest rule, whatever the host; routers without a Service are not there.
        ("traefik", "shop.example /a P web", "", "", "shop.example/ab", "web"),
        ("traefik", "shop.example /a P web; - / P old", "", "", "shop.example/b", "old"),
        ("traefik", "shop.example /a P web; shop.example /a E next", "", "", "shop.example/a", "web"),  # the longer word
        ("traefik", "shop.example / P web; shop.example /a P wbe", "", "", "shop.example/a", "web"),
        ("traefik", "shop.example / P web", "", TLS, "http://shop.example/", "web"),
        ("traefik", "shop.example /a I web", "router.pathmatcher=Path", "", "shop.example/a/b", "404"),
        ("traefik", "shop.example / P web", "router.middlewares=shop-strip@kubernetescrd", "", "shop.example/", "unknown"),
        ("traefik", "*.shop.example / P web", "", "", "b.a.shop.example/", "404"),
        # F5's NGINX: locations of nginx, wildcards of several labels.
        ("f5", "shop.example /a P web", "", "", "shop.example/ab", "web"),
        ("f5", "shop.example /a E web", "", "", "shop.example/a/", "404"),
        ("f5", "*.shop.example / P web", "", "", "b.a.shop.example/", "web"),
        ("f5", "shop.example / P web", "", TLS, "http://shop.example/", "301 https://shop.example/"),
        # HAProxy: prefixes by text where there is no type, 302 to HTTPS.
        ("haproxy", "shop.example /a I web", "", "", "shop.example/Ab", "web"),
        ("haproxy", "shop.example /a P web", "", "", "shop.example/ab", "404"),
        ("haproxy", "shop.example / P web", "", TLS, "http://shop.example/", "302 https://shop.example/"),
        ("haproxy", "shop.example / P web", "ssl-redirect=false", TLS, "http://shop.example/", "web"),
        ("haproxytech", "shop.example /a I web", "", "", "shop.example/ab", "web"),
        ("haproxytech", "shop.example / P web", "ssl-redirect=true;ssl-redirect-code=301", "", "http://shop.example/a",
         "301 https://shop.example/a"),
        ("haproxytech", "shop.example / P web", "", TLS, "http://shop.example/", "302 https://shop.example/"),
        # Kong: expressions after /~, wildcards of several labels.
        ("kong", "shop.example /~/v[0-9]+ I web", "", "", "shop.example/v12/x", "web"),
        ("kong", "shop.example /a I web", "", "", "shop.example/ab", "web"),
        ("kong", "shop.example / P web", "protocols=https", "", "http://shop.example/", "426"),
        ("kong", "shop.example / P web", "protocols=https;https-redirect-status-code=301", "", "http://shop.example/a",
         "301 https://shop.example/a"),
        # Contour: one label, expressions by their signs; plain HTTP is served beside TLS.
        ("contour", "shop.example /v[0-9]/.* I web; shop.example / P next", "", "", "shop.example/v1/x", "web"),
        ("contour", "shop.example /a I web", "", "", "shop.example/ab", "web"),
        ("contour", "shop.example / P web", "", TLS, "http://shop.example/", "web"),
        ("contour", "*.shop.example / P web", "", "", "b.a.shop.example/", "404"),
        # ALB: patterns, rules in order, actions.
        ("alb", "shop.example /a/* I web", "", "", "shop.example/a/b", "web"),
        ("alb", "shop.example /a I web", "", "", "shop.example/a/b", "404"),
        ("alb", "- /* I old; shop.example /a P web", "", "", "shop.example/a", "old"),  # the first rule, whatever its host
        ("alb", "shop.example / P web", "ssl-redirect=443", "", "http://shop.example/a", "301 https://shop.example/a"),
        ("alb", "shop.example / P split:use-annotation",
         f"actions.split={SPLIT}", "", "shop.example/", "web 75%, next 25%"),
        ("alb", "shop.example / P gone:use-annotation",
         'actions.gone={"type":"fixed-response","fixedResponseConfig":{"contentType":"text/plain","statusCode":"410"}}', "",
         "shop.example/", "410"),
        ("alb", "shop.example / P away:use-annotation",
         'actions.away={"type":"redirect","redirectConfig":{"host":"new.example","path":"/x","statusCode":"HTTP_302"}}', "",
         "shop.example/a?b=c", "302 https://new.example/x?b=c"),
        ("alb", "shop.example / P web", 'conditions.web=[{"field":"http-header"}]', "", "shop.example/", "unknown"),
        # GKE: exact where there is no type, but for /*.
        ("gce", "shop.example /a I web", "", "", "shop.example/a/b", "404"),
        ("gce", "shop.example /a/* I web", "", "", "shop.example/a/b", "web"),
    ],
)  # fmt: skip
def test_other_controllers(kind: str, rules: str, annotations: str, more: str, url: str, answer: str) -> None:
    assert ask(ingress("a", kind, rules, annotations, more), url) == answer


def test_two_ingresses_with_one_path_leave_it_to_their_age() -> None:
    text = ingress("a", "nginx", "shop.example / P web") + ingress("b", "nginx", "shop.example / P next")
    assert ask(text, "shop.example/") == "unknown"


def test_ingresses_of_one_class_are_read_together() -> None:
    text = ingress("a", "nginx", "shop.example / P web") + ingress("b", "nginx", "shop.example /next P next")
    assert [ask(text, url) for url in ("shop.example/", "shop.example/next")] == ["web", "next"]


def test_of_several_classes_the_one_that_is_named_is_asked() -> None:
    text = ingress("a", "nginx", "shop.example / P web") + ingress("b", "traefik", "shop.example / P next")
    assert ask(text, "shop.example/") == "unknown"
    assert ask(text, "shop.example/", ingress_class="traefik") == "next"


def test_members_of_a_group_of_aws_come_in_their_order() -> None:
    one = ingress("a", "alb", "shop.example /* I web", "group.name=shop;group.order=2")
    other = ingress("b", "alb", "shop.example /api/* I api", "group.name=shop;group.order=1")
    assert ask(one + other, "shop.example/api/x") == "api"
    assert ask(one + other.replace("order: '1'", "order: '3'"), "shop.example/api/x") == "web"


def test_ungrouped_ingresses_of_aws_have_load_balancers_of_their_own() -> None:
    text = ingress("a", "alb", "shop.example / P web") + ingress("b", "alb", "shop.example / P next")
    assert ask(text, "shop.example/") == "unknown"
