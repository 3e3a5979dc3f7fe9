"""A real kube-apiserver, where one is at hand: what it fills in, and makes by itself, is not reported.

`kube-apiserver` and `etcd` are looked for on the PATH, then in the folder KUBEBUILDER_ASSETS, where `setup-envtest` puts them.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program

_PLACES = os.pathsep.join(filter(None, (os.environ.get("PATH"), os.environ.get("KUBEBUILDER_ASSETS"))))
_PROGRAMS = {name: shutil.which(name, path=_PLACES) for name in ("kube-apiserver", "etcd", "kubectl", "openssl")}
_MISSING = ", ".join(name for name, place in _PROGRAMS.items() if place is None)
pytestmark = pytest.mark.skipif(bool(_MISSING), reason=f"no real API server: there is no {_MISSING}")
_SECONDS = 60

SHOP = """\
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: http}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: http}]
"""
LONELY = """\
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  selector: {app: api}
  ports: [{port: 80}]
"""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def _running(*arguments: str) -> Iterator[None]:
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(_SECONDS)


def _kubectl(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(("kubectl", *arguments), input=text, capture_output=True, text=True, timeout=_SECONDS, check=False)


@pytest.fixture
def _api_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    key, tokens, store, port = tmp_path / "sa.key", tmp_path / "tokens.csv", _free_port(), _free_port()
    subprocess.run((str(_PROGRAMS["openssl"]), "genrsa", "-out", str(key), "2048"), check=True, capture_output=True)
    tokens.write_text("anything,admin,admin,system:masters\n")
    settings: Any = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "real",
        "clusters": [{"name": "real", "cluster": {"server": f"https://127.0.0.1:{port}", "insecure-skip-tls-verify": True}}],
        "users": [{"name": "admin", "user": {"token": "anything"}}],
        "contexts": [{"name": "real", "context": {"cluster": "real", "user": "admin"}}],
    }
    (tmp_path / "kubeconfig").write_text(json.dumps(settings))
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "kubeconfig"))
    monkeypatch.setenv("HOME", str(tmp_path))
    with ExitStack() as stack:
        stack.enter_context(
            _running(
                str(_PROGRAMS["etcd"]),
                f"--data-dir={tmp_path / 'etcd'}",
                f"--listen-client-urls=http://127.0.0.1:{store}",
                f"--advertise-client-urls=http://127.0.0.1:{store}",
                "--listen-peer-urls=http://127.0.0.1:0",
                "--unsafe-no-fsync",
            )
        )
        stack.enter_context(
            _running(
                str(_PROGRAMS["kube-apiserver"]),
                f"--etcd-servers=http://127.0.0.1:{store}",
                f"--cert-dir={tmp_path / 'certificates'}",
                "--bind-address=127.0.0.1",
                f"--secure-port={port}",
                "--authorization-mode=RBAC",
                f"--token-auth-file={tokens}",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--disable-admission-plugins=ServiceAccount",
                "--service-account-issuer=https://kubernetes.default.svc",
                f"--service-account-key-file={key}",
                f"--service-account-signing-key-file={key}",
            )
        )
        end = time.monotonic() + _SECONDS
        while _kubectl("get", "--raw=/readyz").returncode and time.monotonic() < end:
            time.sleep(0.5)
        yield


@pytest.mark.usefixtures("_api_server")
def test_what_a_real_api_server_answers(program: Program) -> None:
    done = _kubectl("apply", "-f", "-", text=SHOP)
    assert done.returncode == 0, done.stderr
    result = program("check", "--cluster")
    assert (result.code, result.err) == (0, "")
    program.write("shop.yaml", SHOP)
    assert program("diff", "--cluster").out.startswith("No change in the traffic")

    _kubectl("apply", "-f", "-", text=LONELY)
    (line, _) = program("check", "--cluster", "--format", "concise").out.splitlines()
    assert line.startswith("<cluster:real>/shop/Service/api.yaml:")
    assert "error[selector-no-workload]" in line
    program.write("api.yaml", LONELY)
    (line, _) = program("check", "--cluster", "--format", "concise", ".").out.splitlines()
    assert line.startswith("api.yaml:5:")
