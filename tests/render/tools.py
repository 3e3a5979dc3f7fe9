"""The real tools, for tests that need them: kustomize or kubectl, and helm."""

from __future__ import annotations

import os
import shutil

import pytest

_REQUIRED = os.environ.get("CI") == "true" and os.environ.get("KUBELINT_LB_TOOLS") == "required"
_ABSENT = shutil.which("kustomize") is None and shutil.which("kubectl") is None

needs_kustomize = pytest.mark.skipif(
    _ABSENT and not _REQUIRED, reason="neither kustomize nor kubectl is on the PATH; CI=true KUBELINT_LB_TOOLS=required insists"
)


def need(tool: str) -> str:
    """The path of a tool; without it the test is skipped, or in CI fails where KUBELINT_LB_TOOLS=required promises tools."""
    found = shutil.which(tool)
    if found is not None:
        return found
    if os.environ.get("CI") == "true" and os.environ.get("KUBELINT_LB_TOOLS") == "required":
        pytest.fail(f"{tool} is not on the PATH")
    pytest.skip(f"{tool} is not on the PATH")
