"""From bytes to text: the encodings YAML allows, with or without a byte order mark."""

from __future__ import annotations

import codecs

import pytest

from kubelint_lb.source.decode import NotText, decode

TEXT = "a: é😀\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "utf-32-le"),
        (b"", "utf-32-be"),
    ],
)
def test_encodings(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("data", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_nothing(data: bytes) -> None:
    assert decode(data) == ""


def test_line_breaks_stay() -> None:
    assert decode(b"a: 1\r\nb: 2\rc: 3\n") == "a: 1\r\nb: 2\rc: 3\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a: \xff\n", "not UTF-8 text: byte 3 is 0xff"),
        ("a: é\n".encode("latin-1"), "not UTF-8 text: byte 3 is 0xe9"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "not UTF-16-LE text: byte 2 is 0x62"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8 text: byte 0 is 0x89"),
    ],
    ids=["byte", "Latin 1", "half a character", "image"],
)
def test_what_is_no_text_says_where(data: bytes, words: str) -> None:
    with pytest.raises(NotText, match=words):
        decode(data)
