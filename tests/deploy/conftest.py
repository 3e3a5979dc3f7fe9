"""Fixtures that these tests share with those of rendering and of the engine."""

from tests.engine.conftest import tree
from tests.render.conftest import cache

__all__ = ["cache", "tree"]
