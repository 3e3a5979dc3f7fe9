"""How an Ingress controller chooses a path for a request: the words of the API, which products read in their own ways.

Source: kubernetes `networking/v1/types.go` (IngressRule.host, HTTPIngressPath.pathType); what differs stands in
`controllers/<product>/routing.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple
from urllib.parse import urlsplit

from kubelint_lb.kube.hosts import specificity
from kubelint_lb.kube.ingress import Ingress, IngressBackend, IngressPath, is_below
from kubelint_lb.source.node import Node
from kubelint_lb.source.placeholder import is_open, may_equal
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.request import SCHEME_PORTS, Redirect, Request
from kubelint_lb.traffic.way import Way

Rank = tuple[int, ...]

_DEFAULT: Rank = (9,)
_CRITERIA = ("its host is more exact", "its host is longer", "its path is more exact", "its path is longer")


class Candidate(NamedTuple):
    """A path of an Ingress, or its default backend (`path` is None), that takes a request; `sure` is False where a placeholder or
    an unknown habit of the controller decides. Of two, the smaller `rank` wins."""

    ingress: Ingress
    path: IngressPath | None
    backend: IngressBackend | None
    node: Node
    rank: Rank
    sure: bool

    @property
    def title(self) -> str:
        """The path as written."""
        return f"path {self.path.route}" if self.path is not None else "the default backend"


class Share(NamedTuple):
    """A backend with what it gets of such requests, in percent, and why it is not all."""

    backend: IngressBackend
    percent: float
    why: str = ""


class Routing:
    """A controller nobody knows: what the API says holds, what it leaves open is not known."""

    # Whether a wildcard takes several labels, whether paths of less exact hosts take what those of the most exact one leave, and
    # whether plain HTTP is redirected where an Ingress has TLS: the status, 0 for never. None: not known.
    deep_wildcards: ClassVar[bool | None] = None
    falls_through: ClassVar[bool | None] = None
    tls_redirect: ClassVar[int | None] = None
    # What it answers where nothing takes a request, and where a Service has no endpoints.
    nothing_found: ClassVar[int] = 404
    no_endpoints: ClassVar[int] = 503
    # A path whose Service has no endpoints is not there at all.
    drops_empty: ClassVar[bool] = False

    def __init__(self, unit: Objects, ingresses: Sequence[Ingress], way: Way) -> None:
        self.unit = unit
        self.ingresses = ingresses
        self.way = way
        self.request: Request = way.request
        # The host by whose rules the request is judged.
        self.hostname = way.request.hostname

    def candidates(self) -> list[Candidate]:
        """What takes the request, or may; the winner first."""
        hosts = sorted({host.lower() for one in self.ingresses for host in one.hosts}, key=_specificity)
        found: list[Candidate] = []
        sure = settled = True
        for host in hosts:
            matches = self.takes_host(host)
            if matches is False:
                continue
            found += [one._replace(sure=one.sure and sure and matches is True) for one in self._of_host(host)]
            if matches is None:
                sure = settled = False
            elif self.falls_through is False:
                break
            elif self.falls_through is None and host:
                sure = False
        found += [one._replace(sure=one.sure and settled) for one in self.defaults()]
        return sorted(found, key=lambda one: one.rank)

    def takes_host(self, host: str) -> bool | None:
        """Requests for the host are those of a rule's; None where that is not known."""
        asked = self.hostname
        if is_open(host):
            return None if may_equal(host, asked) else False
        if not host or host == asked:
            return True
        if not host.startswith("*.") or not asked.endswith(host[1:]):
            return False
        return True if is_below(asked, host) else self.deep_wildcards

    def takes_path(self, path: IngressPath, asked: str) -> bool | None:
        """A path takes the path of a request; None where that is not known."""
        written = path.path or "/"
        if is_open(written) or is_open(path.path_type):
            return None
        if path.path_type == "Exact":
            return written == asked
        if path.path_type == "Prefix":
            return self.takes_prefix(written, asked)
        return self.takes_specific(written, asked)

    def takes_prefix(self, written: str, asked: str) -> bool | None:
        """Element by element."""
        return by_elements(written, asked)

    def takes_specific(self, written: str, asked: str) -> bool | None:
        """`ImplementationSpecific`: every controller reads some prefix; more is its own."""
        return True if written == "/" else None if asked.startswith(written) else False

    def rank(self, path: IngressPath) -> Rank:
        """By what the paths of a host are ordered: exact ones, then the longest."""
        return (0 if path.path_type == "Exact" else 1, -len((path.path or "/").rstrip("/")))

    def defaults(self) -> Iterator[Candidate]:
        """The default backends that take what no path does."""
        for one in self.ingresses:
            backend = one.default_backend
            if backend is not None:
                here = self.serves(one)
                yield Candidate(one, None, backend, backend.reference.node, (*_DEFAULT, 0 if here else 1), sure=True)

    def serves(self, ingress: Ingress) -> bool:
        """An Ingress surely has a rule for the host."""
        return any(host and self.takes_host(host.lower()) is True for host in ingress.hosts)

    def redirected(self, winner: Candidate) -> Redirect | int | None:
        """Where the controller sends the client by itself, or the status that it answers; None where it does neither."""
        if self.request.scheme != "http" or not self.tls_redirect or not self.has_tls(winner.ingress):
            return None
        return to_https(self.request, self.tls_redirect)

    def doubt(self, winner: Candidate) -> str:
        """Why it is not known what the controller does, in words; empty where it is."""
        if self.tls_redirect is None and self.request.scheme == "http" and self.has_tls(winner.ingress):
            return f"{winner.ingress.title} has TLS, and whether its controller redirects to HTTPS is not known"
        return ""

    def unfollowed(self, winner: Candidate, names: Iterable[str]) -> str:
        """That the first of some annotations which an Ingress has changes what nobody follows here; empty where it has none."""
        found = next((one for one in names if one in winner.ingress.annotations), "")
        return f"the annotation {found} of {winner.ingress.title} is not followed" if found else ""

    def shares(self, winner: Candidate) -> list[Share]:
        """The backends that requests of a path go to; filters change the request on the way."""
        return [Share(winner.backend, 100.0)] if winner.backend is not None else []

    def has_tls(self, ingress: Ingress) -> bool:
        """An Ingress has a certificate for the host."""
        return any(one.covers(self.hostname) for one in ingress.tls)

    def criterion(self, winner: Candidate, loser: Candidate) -> str:
        """By what one candidate won over another, in words."""
        if len(winner.rank) == len(loser.rank) == len(_CRITERIA):
            for name, one, other in zip(_CRITERIA, winner.rank, loser.rank, strict=True):
                if one != other:
                    return name
        return "a default backend comes last" if loser.path is None else "it comes first"

    def _of_host(self, host: str) -> Iterator[Candidate]:
        for ingress in self.ingresses:
            for path in ingress.paths:
                if path.host.lower() == host:
                    takes = self.takes_path(path, self.request.bare_path)
                    if takes is not False:
                        rank = (*_specificity(host), *self.rank(path))
                        yield Candidate(ingress, path, path.backend, path.place, rank, takes is True)


def _specificity(host: str) -> tuple[int, int]:
    """A host that is filled in later comes after those that are written: it is hardly one of them once more."""
    return (0, 0) if is_open(host) else specificity(host)


def by_elements(written: str, asked: str) -> bool:
    """A prefix by its elements: `/a` takes `/a`, `/a/` and `/a/b`, never `/ab`."""
    stem = written.rstrip("/")
    return not stem or asked == stem or asked.startswith(f"{stem}/")


def to_https(request: Request, status: int, port: int | None = None) -> Redirect:
    """The same URL by HTTPS."""
    return Redirect("https", request.hostname, port, request.path, status)


def redirect_to(url: str, status: int, request: Request) -> Redirect | int:
    """A redirect to a URL as it is written; a path alone leaves scheme and host as they are. Where no client can read the URL
    (`http://[`, a port of six digits) it is the status alone."""
    try:
        parts = urlsplit(url)
        written_port = parts.port
    except ValueError:
        return status
    scheme, host = parts.scheme or request.scheme, parts.hostname or request.hostname
    port = None if written_port == SCHEME_PORTS.get(scheme) else written_port
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return Redirect(scheme, host, port, path, status)
