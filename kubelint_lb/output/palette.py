"""The colours of the terminal output, as ANSI codes; without colour every method returns its text."""

from __future__ import annotations

from kubelint_lb.settings.severity import Severity

_RESET = "\x1b[0m"
_SEVERITY = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


class Palette:
    """Paints text by its role."""

    def __init__(self, *, color: bool) -> None:
        self._color = color

    def severity(self, severity: Severity, text: str) -> str:
        """The severity's own colour, bold."""
        return self._paint(_SEVERITY[severity], text)

    def strong(self, text: str) -> str:
        """What the eye should find first."""
        return self._paint("1", text)

    def frame(self, text: str) -> str:
        """Line numbers, arrows and related places: bold blue."""
        return self._paint("1;34", text)

    def good(self, text: str) -> str:
        """Good news: bold green."""
        return self._paint("1;32", text)

    def faint(self, text: str) -> str:
        """What may be overlooked."""
        return self._paint("2", text)

    def _paint(self, codes: str, text: str) -> str:
        return f"\x1b[{codes}m{text}{_RESET}" if self._color and text else text
