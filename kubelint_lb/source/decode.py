"""From bytes to text, as kubectl and editors take them: UTF-8, a BOM, UTF-16, UTF-32."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class NotText(Exception):  # noqa: N818 - it names what the bytes are
    """The bytes are in no encoding that YAML allows; the message says where."""


def decode(data: bytes) -> str:
    """The text of a YAML or JSON file, without its byte order mark. Raises NotText."""
    encoding = "utf-8"
    for mark, name in _BOMS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], name
            break
    else:
        if data[:4].count(0) >= 1 and len(data) > 1:
            encoding = _by_zeros(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"not {encoding.upper()} text: byte {error.start} is {data[error.start]:#04x}") from None


def _by_zeros(data: bytes) -> str:
    """YAML 1.2 section 5.2: the place of the zero bytes tells the encoding."""
    zeros = tuple(byte == 0 for byte in data[:4])
    if zeros[:3] == (True, True, True):
        return "utf-32-be"
    if zeros[1:] == (True, True, True):
        return "utf-32-le"
    return "utf-16-be" if zeros[0] else "utf-16-le"
