"""The real tools, for tests that need them."""

from __future__ import annotations

import os
import shutil

import pytest


def need(tool: str) -> str:
    """The path of a tool; without it the test is skipped, or in CI fails where KUBELINT_LB_TOOLS=required promises tools."""
    found = shutil.which(tool)
    if found is not None:
        return found
    if os.environ.get("CI") == "true" and os.environ.get("KUBELINT_LB_TOOLS") == "required":
        pytest.fail(f"{tool} is not on the PATH")
    pytest.skip(f"{tool} is not on the PATH")
