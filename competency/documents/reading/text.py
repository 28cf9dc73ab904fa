"""Text as authored: UTF-8, or UTF-16 with its mark; any other encoding is refused, not guessed."""

from __future__ import annotations

import codecs
import re

from competency.errors import ParseError
from competency.graph.texts.lines import not_text

_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_DECLARED = re.compile(
    r"(windows-125\d|iso-8859-\d\d?|us-ascii|latin1|big5|gbk|gb18030|shift_jis|euc-\w+)"
)


def decode(data: bytes, source: str, declared: str | None = None) -> str:
    r"""Return the text without its byte order mark; ParseError names the first wrong byte.

    ``declared`` is the encoding that a page says it has; it counts where the page is no UTF-8.

    >>> decode(b"\xef\xbb\xbfLevel 1\r\n", "x")
    'Level 1\r\n'
    """
    encoding = _WIDE.get(data[:2], "utf-8")
    if encoding == "utf-8" and declared and not _is_utf8(data):
        encoding = declared
    body = data[2:] if data[:2] in _WIDE else data.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        # What stands before the fault is sound, so its lines can be counted as text.
        before = body[: error.start].decode(encoding, "ignore")
        title = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        reason = not_text(body, error.start, title)
        raise ParseError(source, reason, *_place(before)) from error
    zero = text.find("\0")
    if zero >= 0:
        reason = "byte 0x00 is in no text; this is another kind of file, or UTF-16 without a mark"
        raise ParseError(source, reason, *_place(text[:zero]))
    return text


def _place(before: str) -> tuple[int, int]:
    """Return line and column of what follows, both counted from 1, as splitlines counts lines."""
    lines = (before + "x").splitlines()
    return len(lines), len(lines[-1])


def is_text(data: bytes) -> bool:
    r"""Say whether bytes are text in UTF-8 or, with its mark, in UTF-16.

    >>> is_text(b"Level 1"), is_text(b"%PDF\xb7")
    (True, False)
    """
    return data[:2] in _WIDE or _is_utf8(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an HTML page says it has, where it is one of the old ones.

    As browsers do, ISO 8859-1 is read as Windows-1252.

    >>> declared_encoding(b'<meta charset="ISO-8859-1">')
    'windows-1252'
    """
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii", "ignore").lower() if found else ""
    if not _DECLARED.fullmatch(name):
        return None
    return "windows-1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name
