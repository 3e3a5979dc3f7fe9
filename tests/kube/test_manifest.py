"""What an object is called in messages, and where its name stands."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.manifest import Manifest, manifests_of
from kubelint_lb.source.parse import parse_text


def manifest(metadata: str) -> Manifest:
    (document,) = parse_text(f"apiVersion: v1\nkind: Service\n{metadata}", "web.yaml")
    (found,) = manifests_of(document)
    return found


@pytest.mark.parametrize(
    ("metadata", "title", "place"),
    [
        ("metadata: {name: web}\n", "Service web", (3, 18)),
        ("metadata: {generateName: web-, namespace: shop}\n", "Service without a name in shop", (3, 1)),
        ("metadata:\n  name:\n", "Service without a name", (3, 1)),
        ("spec: {}\n", "Service without a name", (2, 7)),
    ],
)
def test_the_name_of_an_object(metadata: str, title: str, place: tuple[int, int]) -> None:
    found = manifest(metadata)
    assert (found.title, found.name_node.span[:2]) == (title, place)
