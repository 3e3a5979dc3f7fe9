"""The language server, on standard input and output. Source: Language Server Protocol 3.17."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from kubelint_lb import __version__
from kubelint_lb.lsp.project import Definition, Project
from kubelint_lb.lsp.protocol import Protocol
from kubelint_lb.report.finding import Finding
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.source.files import read_file

_Position = types.TextDocumentPositionParams | types.HoverParams | types.DefinitionParams


class Session:
    """What is open in an editor, and what was found in it."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._project: Project | None = None
        self._found: dict[str, list[Finding]] = {}
        self._lines: dict[str, list[str]] = {}

    def open(self, uri: str, text: str, *, typing: bool = False) -> None:
        """A document was opened or saved, or is another text now: it is judged anew. While somebody types, objects of documents
        that are not open have only so much to say as they had before."""
        project = self._project_of(uri)
        path = _path(project, uri)
        if path is None:
            return
        project.texts[path] = text
        self._lines.pop(path, None)
        self._judge(project, all_objects=not typing)

    def close(self, uri: str) -> None:
        """A document was closed: its file counts again."""
        project = self._project_of(uri)
        path = _path(project, uri)
        if path is not None:
            project.texts.pop(path, None)
            self._found.pop(path, None)
            self._publish(project, path, [])

    def actions(self, uri: str, lines: range) -> list[types.CodeAction]:
        """The fixes of what is found on some lines (0-based)."""
        project = self._project_of(uri)
        path = _path(project, uri)
        protocol = self._protocol(project)
        found = [one for one in self._found.get(path or "", []) if one.location.span.line - 1 in lines]
        return [action for one in found if (action := protocol.action(one)) is not None]

    def definition(self, uri: str, position: types.Position) -> Definition | None:
        """What the word at a position refers to."""
        project = self._project_of(uri)
        path = _path(project, uri)
        if path is None:
            return None
        return project.definition(path, position.line + 1, self._protocol(project).column(path, position))

    def locations(self, uri: str, definition: Definition) -> list[types.Location]:
        """Where it stands."""
        return [self._protocol(self._project_of(uri)).location(one) for one in definition.places]

    def _judge(self, project: Project, *, all_objects: bool) -> None:
        try:
            self._found = project.findings(all_objects=all_objects)
        except UsageError as error:
            shown = types.ShowMessageParams(type=types.MessageType.Error, message=str(error))
            self._server.window_show_message(shown)
            return
        for path, findings in self._found.items():
            self._publish(project, path, findings)

    def _publish(self, project: Project, path: str, findings: list[Finding]) -> None:
        protocol = self._protocol(project)
        diagnostics = [protocol.diagnostic(one) for one in findings]
        uri = (project.root / path).as_uri()
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics))

    def _protocol(self, project: Project) -> Protocol:
        def lines(path: str) -> list[str]:
            if path in project.texts:
                return project.texts[path].splitlines()
            if path not in self._lines:
                try:
                    self._lines[path] = read_file(project.root / path).decode("utf-8", "replace").splitlines()
                except OSError:
                    self._lines[path] = []
            return self._lines[path]

        return Protocol(lines, lambda path: (project.root / path).as_uri())

    def _project_of(self, uri: str) -> Project:
        if self._project is None:
            root = self._server.workspace.root_path
            self._project = Project(Path(root or _file(uri).parent).resolve())
        return self._project


def server() -> LanguageServer:
    """A server that is ready to start."""
    made = LanguageServer("kubelint-lb", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
    session = Session(made)

    @made.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(given: types.DidOpenTextDocumentParams) -> None:
        session.open(given.text_document.uri, given.text_document.text)

    @made.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(given: types.DidChangeTextDocumentParams) -> None:
        session.open(given.text_document.uri, made.workspace.get_text_document(given.text_document.uri).source, typing=True)

    @made.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(given: types.DidSaveTextDocumentParams) -> None:
        session.open(given.text_document.uri, made.workspace.get_text_document(given.text_document.uri).source)

    @made.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(given: types.DidCloseTextDocumentParams) -> None:
        session.close(given.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]))
    def actions(given: types.CodeActionParams) -> list[types.CodeAction]:
        return session.actions(given.text_document.uri, range(given.range.start.line, given.range.end.line + 1))

    @made.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(given: types.HoverParams) -> types.Hover | None:
        found = session.definition(given.text_document.uri, given.position)
        return types.Hover(contents=types.MarkupContent(types.MarkupKind.PlainText, found.text)) if found else None

    @made.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(given: types.DefinitionParams) -> list[types.Location]:
        found = session.definition(given.text_document.uri, given.position)
        return session.locations(given.text_document.uri, found) if found else []

    return made


def _file(uri: str) -> Path:
    return Path(unquote(urlsplit(uri).path))


def _path(project: Project, uri: str) -> str | None:
    """The path below the root; None for a file elsewhere."""
    file = _file(uri)
    file = file.parent.resolve() / file.name
    return file.relative_to(project.root).as_posix() if file.is_relative_to(project.root) else None
