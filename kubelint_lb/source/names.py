"""What files and folders are called that decide what is read. Imports nothing: who asks for changes needs no more."""

from __future__ import annotations

SUFFIXES = (".yaml", ".yml", ".json")
NEVER_READ = frozenset({".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".terraform", ".direnv"})
CHART_FILE = "Chart.yaml"
KUSTOMIZATIONS = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})
# What makes a folder one that is rendered.
RENDERED = frozenset({CHART_FILE, *KUSTOMIZATIONS})
