"""Tests of rendering need kustomize, or kubectl. Where a build says that its tools are required, their absence is a failure."""

from __future__ import annotations

import os
import shutil

import pytest

_REQUIRED = os.environ.get("CI") == "true" and os.environ.get("KUBELINT_LB_TOOLS") == "required"
_ABSENT = shutil.which("kustomize") is None and shutil.which("kubectl") is None

needs_kustomize = pytest.mark.skipif(
    _ABSENT and not _REQUIRED, reason="neither kustomize nor kubectl is on the PATH; CI=true KUBELINT_LB_TOOLS=required insists"
)
