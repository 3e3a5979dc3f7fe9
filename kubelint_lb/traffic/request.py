"""A request, and what becomes of it: the values of a trace."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import parse_qsl

from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Node

SCHEME_PORTS = {"http": 80, "https": 443}


class Request(NamedTuple):
    """An HTTP request as a client sends it. `host` is empty for the address itself, `path` holds the query;
    `gateway` is the `namespace/name` of the Gateway that is asked, `ingress_class` the class of the Ingresses, empty for any;
    `service` the `namespace/name` of the Service that a pod of the cluster asks, past both. `client` is the client's address."""

    method: str = "GET"
    scheme: str = "http"
    host: str = ""
    path: str = "/"
    headers: Mapping[str, str] = {}
    port: int | None = None
    gateway: str = ""
    ingress_class: str = ""
    service: str = ""
    client: str = ""

    @property
    def hostname(self) -> str:
        """The host in small letters, without a port."""
        host = self.host.lower()
        name, colon, port = host.rpartition(":")
        return name if colon and port.isdecimal() else host

    @property
    def to_port(self) -> int:
        """The port that it is sent to: the one given, else that of the scheme."""
        return self.port if self.port is not None else 443 if self.scheme == "tls" else SCHEME_PORTS.get(self.scheme, 80)

    @property
    def bare_path(self) -> str:
        """The path without its query."""
        return self.path.partition("?")[0] or "/"

    @property
    def query(self) -> str:
        """What stands after the `?`."""
        return self.path.partition("?")[2]

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the query, the first value of each."""
        found: dict[str, str] = {}
        for name, value in parse_qsl(self.query, keep_blank_values=True):
            found.setdefault(name, value)
        return found

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies of its `Cookie` header."""
        pairs = (one.strip().partition("=") for one in (self.header("Cookie") or "").split(";"))
        return {name: value for name, equals, value in pairs if equals}

    def header(self, name: str) -> str | None:
        """A header by its name, whatever the case."""
        return next((value for one, value in self.headers.items() if one.lower() == name.lower()), None)


class Subject(NamedTuple):
    """What a step is about: an object, or (without a kind) a name in the step before."""

    name: str
    kind: str = ""
    namespace: str = ""

    @property
    def title(self) -> str:
        """`Service shop/web`, or the name alone."""
        name = f"{self.namespace}/{self.name}" if self.namespace else self.name
        return f"{self.kind} {name}" if self.kind else name


def subject_of(view: View) -> Subject:
    """An object of the unit."""
    return Subject(view.name, view.kind, view.namespace or "")


class Step(NamedTuple):
    """One hop of the way, or a rule that did not win (lost); `node` is where it stands.

    `kind` is listener, ingress, mesh, rule, filter, address, canary, session, backend, service, pods or lost.
    """

    kind: str
    subject: Subject
    node: Node
    text: str


class Backend(NamedTuple):
    """A Service that gets a share (percent) of such requests."""

    kind: str
    namespace: str
    name: str
    port: int | None
    share: float


def url_of(scheme: str, host: str, port: int | None, path: str) -> str:
    """A URL; without a port where none is given."""
    return f"{scheme}://{host}{f':{port}' if port is not None else ''}{path}"


class Redirect(NamedTuple):
    """Where a client is sent. `port` is None where the URL has none: the scheme's own."""

    scheme: str
    host: str
    port: int | None
    path: str
    status: int


class OutcomeKind(StrEnum):
    """How a request ends."""

    BACKENDS = "backends"
    REDIRECT = "redirect"
    ERROR = "error"
    UNKNOWN = "unknown"


class Outcome(NamedTuple):
    """How a request ends. `status` is what the data plane itself answers, for all requests or for the share that no backend
    gets; `reason` says why. `forwarded` is the request as backends see it, `removed` the headers taken out."""

    kind: OutcomeKind
    backends: tuple[Backend, ...] = ()
    redirect: Redirect | None = None
    status: int | None = None
    reason: str = ""
    mirrors: tuple[Backend, ...] = ()
    forwarded: Request | None = None
    removed: tuple[str, ...] = ()


class Trace(NamedTuple):
    """A request, the hops of its way in order, and how it ends. `losers` are the rules that would have taken it, too."""

    request: Request
    outcome: Outcome
    steps: tuple[Step, ...] = ()
    losers: tuple[Step, ...] = ()
