"""`kubelint-lb init`: a configuration to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where to write it; default: the current folder.")]
_Force = Annotated[bool, typer.Option("--force", help="Overwrite a configuration that is there.")]

_Baseline = Annotated[
    bool, typer.Option("--baseline", help="List what is found today in a file, so that only new findings are reported.")
]
BASELINE_NAME = ".kubelint-lb-baseline.json"

TEMPLATE = """\
# Configuration of kubelint-lb. This folder is the root: globs are relative to it, and nothing outside it is read.
# Everything has a default. All keys: https://github.com/kubelint-lb/kubelint-lb/blob/main/docs/configuration.md
# yaml-language-server: $schema=https://raw.githubusercontent.com/kubelint-lb/kubelint-lb/main/schemas/config.schema.json

# A set of rules and severities: default, strict or gke. `kubelint-lb rules` lists the rules.
profile: default

# Versions of the cluster. Some rules stay silent while they are not said.
# kubernetes-version: "1.34"
# gateway-api-version: "1.6"

# Files and folders that are not read (gitignore syntax; .gitignore is respected anyway).
# exclude:
#   - vendor/

# Severity (error, warning, info, off) and parameters of single rules. `kubelint-lb explain NAME` lists the parameters.
# rules:
#   weights-not-100:
#     severity: error
#     params: {mode: strict}

# Other settings for some files; later entries win.
# per-path:
#   - paths: ["sandbox/**"]
#     ignore: [service]
#     reason: nothing here serves customers

# Files that are applied together. `complete`: they hold everything that traffic needs, so what is not found is missing.
# units:
#   - name: shop
#     match: ["deploy/**"]
#     world: complete

# Charts and the values they are deployed with; a folder with the charts (NAME-VERSION.tgz) that HelmReleases install.
# helm:
#   # charts: vendor/charts
#   releases:
#     - {chart: charts/shop, values: [env/prod.yaml], release: shop, namespace: shop}

# What exists, but elsewhere: NAME or NAMESPACE/NAME globs.
# external:
#   - platform/*
"""


def init(folder: _Folder = Path(), *, force: _Force = False, baseline: _Baseline = False) -> None:
    """Write a configuration with comments; with --baseline, for a repository that has findings already."""
    from kubelint_lb.cli.console import notice
    from kubelint_lb.settings.errors import UsageError
    from kubelint_lb.settings.root import CONFIG_NAME

    file = folder / CONFIG_NAME
    kept = file.exists() and not force
    if kept and not baseline:
        raise UsageError(f"{file} exists; --force overwrites it")
    try:
        text = file.read_text(encoding="utf-8") if kept else TEMPLATE
        said = []
        if baseline:
            text, words = _with_baseline(folder, text)
            said.append(words)
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot write {error.filename}: {error.strerror}") from None
    for words in (f"{'added the baseline to' if kept else 'wrote'} {file}", *said):
        notice(words)


def _with_baseline(folder: Path, text: str) -> tuple[str, str]:
    """Lists what is found now, by the configuration that is there; the configuration that names the list, and words for it."""
    from kubelint_lb.config.config import load_settings
    from kubelint_lb.engine.baseline import accepted, baseline_text
    from kubelint_lb.engine.run import lint
    from kubelint_lb.output.oneline import count

    settings = load_settings([folder])._replace(baseline=None)
    report = lint([folder], settings._replace(root=settings.root or folder.resolve()))
    (folder / BASELINE_NAME).write_text(baseline_text(report), encoding="utf-8", newline="\n")
    number = len(accepted(report).suppressed) - len(report.suppressed)
    found = f"{count(number, 'finding')} of today, in {count(report.summary.files, 'file')}"
    if "\nbaseline:" not in f"\n{text}":
        text += f"\n# Findings that were there at the start; take lines out as they are repaired.\nbaseline: {BASELINE_NAME}\n"
    return text, f"wrote {folder / BASELINE_NAME}: {found}; `kubelint-lb check` reports new ones alone"
