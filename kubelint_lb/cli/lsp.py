"""`kubelint-lb lsp`: the language server."""

from __future__ import annotations


def lsp() -> None:
    """Start the language server, on standard input and output; editors do (needs kubelint-lb[lsp])."""
    from kubelint_lb.settings.errors import UsageError

    try:
        from kubelint_lb.lsp.server import server
    except ImportError as error:
        raise UsageError("the language server needs pygls: pip install 'kubelint-lb[lsp]'") from error
    server().start_io()
