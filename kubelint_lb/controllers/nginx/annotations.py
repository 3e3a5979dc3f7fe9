"""The annotations of an Ingress as ingress-nginx finds them, under its prefix.

Source: ingress-nginx controller-v1.15.1 `internal/ingress/annotations/parser/main.go`.
"""

from __future__ import annotations

from functools import cached_property

from kubelint_lb.controllers.annotations import Annotation, annotations_of
from kubelint_lb.controllers.go import go_bool, go_int
from kubelint_lb.controllers.which import NGINX
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.source.node import Scalar
from kubelint_lb.source.placeholder import has_placeholder, is_shouted

DEFAULT_PREFIX = "nginx.ingress.kubernetes.io"


class NginxAnnotations:
    """The annotations of one Ingress under a prefix (`nginx.ingress.kubernetes.io`), by what follows it."""

    def __init__(self, ingress: Ingress, prefix: str = DEFAULT_PREFIX) -> None:
        self.ingress = ingress
        self.prefix = prefix

    def node(self, suffix: str) -> Scalar | None:
        """The value node of an annotation, None where it is absent."""
        return self.ingress.annotation(f"{self.prefix}/{suffix}")

    def word(self, suffix: str) -> str | None:
        """The text of an annotation as a typed decoder hands it on, None where it is absent.

        An unquoted `yes` or `0x14` is refused by kubectl (annotation-not-string says so); Helm and others make `true` and
        `20` of them.
        """
        node = self.node(suffix)
        if node is None:
            return None
        value = node.value
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        return "" if value is None else node.text

    def unknown(self, suffix: str) -> bool:
        """The annotation's value is filled in later."""
        word = self.word(suffix) or ""
        return has_placeholder(word) or (is_shouted(word) and not self._allows(suffix, word))

    def _allows(self, suffix: str, word: str) -> bool:
        """A word in capitals that the controller knows (`GRPC`), not one to be replaced."""
        row = self.row(suffix)
        return go_bool(word) is not None or (row is not None and word in map(str.upper, row.allowed))

    def known(self, suffix: str) -> str:
        """The text of an annotation; empty where it is absent, empty, or filled in later."""
        return "" if self.unknown(suffix) else self.word(suffix) or ""

    def flag(self, suffix: str) -> bool | None:
        """What a boolean annotation says: absent or no boolean counts as false; None where a placeholder decides."""
        return None if self.unknown(suffix) else go_bool(self.word(suffix) or "") is True

    def number(self, suffix: str) -> int | None:
        """The whole number of an annotation; None where there is none."""
        return go_int(self.known(suffix))

    def row(self, suffix: str) -> Annotation | None:
        """What the controller knows of an annotation, whatever the Ingress has; None where it does not read such."""
        return annotations_of(NGINX).find(f"{DEFAULT_PREFIX}/{suffix}")

    @cached_property
    def suffixes(self) -> tuple[str, ...]:
        """What follows the prefix in its annotations, in order."""
        start = f"{self.prefix}/"
        return tuple(name.removeprefix(start) for name in self.ingress.annotations if name.startswith(start))

    @property
    def present(self) -> bool:
        """Carries any annotation of the prefix."""
        return bool(self.suffixes)


def may_be_nginx(controller: str | None, annotations: NginxAnnotations) -> bool:
    """Its annotations are surely read by ingress-nginx, or by nobody who is known."""
    return controller == NGINX or (controller is None and annotations.present)
