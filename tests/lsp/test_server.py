"""The language server, asked by a real client over its standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="pygls is not installed")

from lsprotocol import types
from pygls.lsp.client import LanguageClient

SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 8080}]}]}
"""
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: shop
  annotations: {example.com/emoji: "😀", nginx.ingress.kubernetes.io/proxy-read-timeout: 30}
spec:
  ingressClassName: edge
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port: {number: 8080}
"""


class Editor:
    """A client with one workspace; `diagnostics` are the last ones of each document."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = LanguageClient("test", "1")
        self.diagnostics: dict[str, list[types.Diagnostic]] = {}
        self.told = asyncio.Event()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def publish(given: types.PublishDiagnosticsParams) -> None:
            self.diagnostics[given.uri] = list(given.diagnostics)
            self.told.set()

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def document(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(uri=self.uri(path))

    async def start(self) -> None:
        await self.client.start_io(sys.executable, "-c", "from kubelint_lb.cli.main import main; main(['lsp'])")
        capabilities = types.ClientCapabilities()
        await self.client.initialize_async(types.InitializeParams(capabilities=capabilities, root_uri=self.root.as_uri()))
        self.client.initialized(types.InitializedParams())

    async def open(self, path: str, text: str) -> list[types.Diagnostic]:
        self.told.clear()
        item = types.TextDocumentItem(uri=self.uri(path), language_id="yaml", version=1, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
        return await self._heard(path)

    async def change(self, path: str, text: str, version: int) -> list[types.Diagnostic]:
        self.told.clear()
        document = types.VersionedTextDocumentIdentifier(uri=self.uri(path), version=version)
        changes = [types.TextDocumentContentChangeWholeDocument(text=text)]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(text_document=document, content_changes=changes))
        return await self._heard(path)

    async def _heard(self, path: str) -> list[types.Diagnostic]:
        await asyncio.wait_for(self.told.wait(), 30)
        return self.diagnostics[self.uri(path)]


def with_editor(root: Path, play: Callable[[Editor], Awaitable[None]]) -> None:
    async def played() -> None:
        editor = Editor(root)
        await editor.start()
        try:
            await play(editor)
        finally:
            await editor.client.shutdown_async(None)
            editor.client.exit(None)
            await editor.client.stop()  # type: ignore[no-untyped-call]

    asyncio.run(played())


def codes(found: list[types.Diagnostic]) -> set[Any]:
    return {one.code for one in found}


def test_findings_come_and_go_as_one_types(tmp_path: Path) -> None:
    (tmp_path / "service.yaml").write_text(SERVICE, encoding="utf-8")

    async def play(editor: Editor) -> None:
        found = await editor.open("ingress.yaml", INGRESS)
        assert {"ingress-backend-port-not-found", "annotation-not-string"} <= codes(found)
        (port,) = [one for one in found if one.code == "ingress-backend-port-not-found"]
        assert (port.range.start.line, port.range.start.character, port.range.end.character) == (17, 31, 35)
        assert port.severity is types.DiagnosticSeverity.Warning
        assert [one.location.uri for one in port.related_information or ()] == [editor.uri("service.yaml")]
        # The smiley is one character, and two units of UTF-16.
        (timeout,) = [one for one in found if one.code == "annotation-not-string"]
        line = INGRESS.splitlines()[5]
        assert timeout.range.start.character == len(line[: line.index("30}")].encode("utf-16-le")) // 2
        found = await editor.change("ingress.yaml", INGRESS.replace("8080", "80"), 2)
        assert "ingress-backend-port-not-found" not in codes(found)

    with_editor(tmp_path, play)


def test_fixes_are_offered_where_the_finding_is(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        found = await editor.open("ingress.yaml", INGRESS)
        (timeout,) = [one for one in found if one.code == "annotation-not-string"]
        given = types.CodeActionParams(
            text_document=editor.document("ingress.yaml"),
            range=timeout.range,
            context=types.CodeActionContext(diagnostics=[timeout]),
        )
        (action,) = await editor.client.text_document_code_action_async(given) or []
        assert isinstance(action, types.CodeAction)
        assert (action.title, action.is_preferred) == ("Quote the value (annotation-not-string)", True)
        assert action.edit is not None
        assert action.edit.changes is not None
        (edit,) = action.edit.changes[editor.uri("ingress.yaml")]
        assert (edit.range, edit.new_text) == (timeout.range, '"30"')

    with_editor(tmp_path, play)


def test_definition_and_hover_follow_references(tmp_path: Path) -> None:
    (tmp_path / "service.yaml").write_text(SERVICE, encoding="utf-8")

    async def play(editor: Editor) -> None:
        await editor.open("ingress.yaml", INGRESS)
        at = types.Position(line=16, character=23)
        document = editor.document("ingress.yaml")
        found = await editor.client.text_document_definition_async(types.DefinitionParams(text_document=document, position=at))
        assert isinstance(found, list)
        assert [(one.uri, one.range.start.line) for one in found if isinstance(one, types.Location)] == [
            (editor.uri("service.yaml"), 2)
        ]
        hover = await editor.client.text_document_hover_async(types.HoverParams(text_document=document, position=at))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert hover.contents.value.splitlines() == [
            "Service shop/web",
            "- Service shop/web: port 80 leads to 8080 on the pods",
            "- Deployment shop/web: 2 pods",
        ]

    with_editor(tmp_path, play)


def test_a_mistake_in_the_configuration_is_said(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        said: list[str] = []
        heard = asyncio.Event()

        @editor.client.feature(types.WINDOW_SHOW_MESSAGE)  # type: ignore[untyped-decorator]
        def show(given: types.ShowMessageParams) -> None:
            said.append(given.message)
            heard.set()

        (tmp_path / ".kubelint-lb.yaml").write_text("rulse: {}\n", encoding="utf-8")
        item = types.TextDocumentItem(uri=editor.uri("ingress.yaml"), language_id="yaml", version=1, text=INGRESS)
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
        await asyncio.wait_for(heard.wait(), 30)
        assert "rulse: unknown key (did you mean 'rules'?)" in said[0]

    with_editor(tmp_path, play)
