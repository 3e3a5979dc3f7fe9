"""kubelint-lb: a linter for Kubernetes load balancing."""

from __future__ import annotations

__version__ = "0.1.0"
