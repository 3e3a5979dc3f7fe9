"""Asks a cluster through `kubectl`: it only ever gets. Who logs in, and where to, is kubectl's business and the user's."""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import Any, NamedTuple

from kubelint_lb.render.process import Outcome, run_client
from kubelint_lb.settings.errors import UsageError

# A page of this many objects; and seconds for a page, and for all pages of a kind.
_PAGE = 500
_PAGE_SECONDS, _SECONDS = 60, 600
# Ten thousand pods with their status print some hundred megabytes.
_MOST_BYTES = 2 * 1024**3

_NOTE = re.compile(r"^(?:Warning: .*|[EWI]\d{4} .*)$\n?", re.MULTILINE)


class Trouble(Enum):
    """Why a kind could not be listed."""

    FORBIDDEN = "may not be listed"
    FAILED = "could not be listed"


class Listed(NamedTuple):
    """What kubectl printed of a kind; or why it could not, in kubectl's words."""

    text: str = ""
    trouble: Trouble | None = None
    words: str = ""


class Resource(NamedTuple):
    """What the API server calls a kind: `httproutes.gateway.networking.k8s.io`, HTTPRoute of that group."""

    name: str
    group: str
    kind: str
    namespaced: bool
    api_version: str


class Server(NamedTuple):
    """What the API server says of itself."""

    version: str


class Kubectl(NamedTuple):
    """The cluster of a context (None: the current one); `namespace`: only that, or all (None)."""

    context: str | None = None
    namespace: str | None = None

    def name(self) -> str:
        """The name of the context; in a pod there may be none."""
        if self.context is not None:
            return self.context
        done = self._run("config", "current-context")
        return done.stdout.strip() if done.succeeded and done.stdout.strip() else "current"

    def server(self) -> Server:
        """Asks who is there. Raises UsageError where nobody answers."""
        done = self._run("version", "--output=json")
        try:
            version = json.loads(done.stdout)["serverVersion"]["gitVersion"]
        except (ValueError, KeyError, TypeError):
            words = "kubectl version does not say which it is" if done.succeeded else _words(done)
            raise UsageError(f"--cluster: the cluster cannot be read: {words}") from None
        return Server(str(version))

    def resources(self) -> tuple[list[Resource], str]:
        """The kinds that can be listed, and what kubectl complains about. Raises UsageError where there are none."""
        done = self._run("api-resources", "--verbs=list", "--no-headers")
        found = [_resource(line.split()) for line in done.stdout.splitlines()]
        known = [one for one in found if one is not None]
        if not known:
            raise UsageError(f"--cluster: the cluster does not say which kinds it has: {_words(done)}")
        return known, "" if done.succeeded else _words(done)

    def objects(self, resource: Resource, name: str | None = None) -> Listed:
        """The objects of a kind as JSON, or those of a name in any namespace."""
        named = () if name is None else (f"--field-selector=metadata.name={name}",)
        return self._listed("get", resource.name, "--output=json", *named, *self._where(resource))

    def table(self, resource: Resource) -> Listed:
        """The objects of a kind as the server's own table, a line each: of a Secret that has name, type and age, no data."""
        return self._listed("get", resource.name, "--no-headers", *self._where(resource))

    def object(self, resource: str, name: str) -> dict[str, Any] | None:
        """One object of no namespace; None where it is not there, or may not be read."""
        done = self._run("get", resource, name, "--output=json", "--ignore-not-found")
        try:
            found = json.loads(done.stdout)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def _where(self, resource: Resource) -> tuple[str, ...]:
        page = f"--chunk-size={_PAGE}"
        if not resource.namespaced:
            return (page,)
        return (page, "--all-namespaces") if self.namespace is None else (page, f"--namespace={self.namespace}")

    def _listed(self, *arguments: str) -> Listed:
        done = self._run(*arguments)
        if done.succeeded:
            return Listed(done.stdout)
        forbidden = "(Forbidden)" in done.stderr
        return Listed("", Trouble.FORBIDDEN if forbidden else Trouble.FAILED, _words(done))

    def _run(self, *arguments: str) -> Outcome:
        context = () if self.context is None else (f"--context={self.context}",)
        done = run_client(("kubectl", *arguments, *context, f"--request-timeout={_PAGE_SECONDS}s"), _SECONDS, _MOST_BYTES)
        if done.code is None and not (done.timed_out or done.too_much):
            raise UsageError(f"--cluster: kubectl {done.stderr}; install it, and have it on the PATH")
        return done


def _words(done: Outcome) -> str:
    """What went wrong, in one sentence of kubectl's."""
    if done.timed_out:
        return f"kubectl took longer than {_SECONDS} s"
    if done.too_much:
        return f"kubectl printed more than {_MOST_BYTES // 1024**2} MiB"
    lines = _NOTE.sub("", done.stderr).strip().splitlines()
    return lines[-1].removeprefix("error: ") if lines else f"kubectl ended with {done.code} and said nothing"


def _resource(words: list[str]) -> Resource | None:
    """A line of `kubectl api-resources`: name, short names (or none), apiVersion, namespaced, kind."""
    if len(words) < 4 or words[-2] not in {"true", "false"}:
        return None
    name, (api_version, namespaced, kind) = words[0], words[-3:]
    group = api_version.rpartition("/")[0]
    return Resource(f"{name}.{group}" if group else name, group, kind, namespaced == "true", api_version)
