"""Typed readings of nodes, for the model; they know no Kubernetes and live beside the nodes."""

from __future__ import annotations

from kubelint_lb.source.values import boolean, flattened, integer, is_null, items, mappings, name_text, present, string_map, text

__all__ = ["boolean", "flattened", "integer", "is_null", "items", "mappings", "name_text", "present", "string_map", "text"]
