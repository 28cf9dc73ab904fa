"""From offsets in a text to lines and columns as editors show them."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

_BREAK = re.compile(r"\r\n|\r|\n")
_BREAK_BYTES = re.compile(rb"\r\n|\r|\n")
_SIGNS_OF_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_LOOK = 4096  # bytes in which a file shows whether it is a text


class Lines:
    r"""Says line and column, counted from 1, of an offset in a text or in UTF-8.

    A line ends with ``\n``, ``\r\n`` or ``\r`` alone. A column is one character (code point),
    whatever its width, also a tab and also a character outside the basic plane.

    >>> Lines("a\r\nbc").place(4)
    (2, 2)
    """

    def __init__(self, text: str | bytes) -> None:
        """Look into ``text``; offsets count characters of a str and bytes of UTF-8."""
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        """Return the offset at which each line begins."""
        if isinstance(self._text, bytes):
            return [0, *(found.end() for found in _BREAK_BYTES.finditer(self._text))]
        return [0, *(found.end() for found in _BREAK.finditer(self._text))]

    def place(self, offset: int) -> tuple[int, int]:
        r"""Return the line and the column of an offset.

        >>> Lines("a\U0001d4b3x".encode()).place(5)
        (1, 3)
        """
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        if isinstance(self._text, bytes):
            return line, len(self._text[start:offset].decode("utf-8", "replace")) + 1
        return line, offset - start + 1

    def offset(self, line: int, column: int) -> int:
        r"""Return the offset of a line and a column, the end of the text for a place past it.

        >>> Lines("ab\r\ncd").offset(2, 2)
        5
        """
        if line > len(self._starts):
            return len(self._text)
        return min(self._starts[line - 1] + column - 1, len(self._text))

    def __len__(self) -> int:
        """Return the number of lines; a text that ends with a line break has an empty last one."""
        return len(self._starts)


def text_of(data: bytes) -> str:
    r"""Return the text of a document: UTF-8 without byte order mark, what is not UTF-8 replaced.

    >>> text_of(b"\xef\xbb\xbfa")
    'a'
    """
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def not_text(data: bytes, offset: int, encoding: str = "UTF-8") -> str:
    r"""Return what to say of a byte that is not in the encoding that a text is to be in.

    Bytes that no text has in any encoding say that there is no text, and nothing to save anew.

    >>> not_text(b"caf\xe9", 3)
    'byte 0xe9 is not UTF-8 text; save the file as UTF-8'
    >>> not_text(b"\x00\x01\xff", 2)
    'this is no text, and no kind of file that is read'
    """
    start = data[:_LOOK]
    signs = _SIGNS_OF_NO_TEXT.findall(start)
    if 20 * len(signs) > len(start):  # zero bytes are in UTF-16, too
        return "this is no text, and no kind of file that is read"
    return f"byte 0x{data[offset]:02x} is not {encoding} text; save the file as UTF-8"
