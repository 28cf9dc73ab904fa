"""The signs of a line: heading marks, bullets, printed numbers, emphasis, and what is left.

Documents reach us as plain text or with Markdown marks; a reader of DOCX or HTML makes the same
marks. Signs are no words: what a Look calls ``content`` is all that a part may hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from competency.documents.document import Document, Span

# Dashes, dots, squares, arrows and ticks, and Symbol and Wingdings bullets of the private use area.
BULLETS = "-*•●○◦▪▫■□‣⁃∙·–—►▶➢➤✓✔" + "".join(map(chr, (0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF0A8)))
_HEADING = re.compile(r"\s*(#{1,6})(?=\s|\*)\s*")
_BULLET = re.compile(rf"\s*(?:[-*o](?=\s+\S)|[{re.escape(BULLETS[2:])}](?=\s|\w))\s*")
_NUMBER = re.compile(r"\s*(\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivxl]{1,5})(?:[.)]|(?=\s)))\s+", re.I)
_EMPHASIS = re.compile(r"\s*(\*\*|__)")


@dataclass(frozen=True)
class Look:
    """What one line looks like: its signs, and the words behind them."""

    number: int
    indent: int
    heading: int
    bullet: bool
    bold: bool
    enumeration: Span
    content: Span

    @property
    def blank(self) -> bool:
        """Say whether the line holds no words."""
        return not self.content and not self.enumeration


def look(document: Document, number: int) -> Look:
    """Read the signs at the start of a line, and emphasis around its words.

    A number counts as printed before the words only with a dot or bracket behind it, or as
    several numbers with dots between them.

    >>> look(Document("x", ("## **3. Plan ahead**",)), 1).content.text
    'Plan ahead'
    """
    line = document.line(number)
    at, end, heading, bullet = 0, len(line.rstrip()), 0, False
    if found := _HEADING.match(line):
        heading, at = len(found[1]), found.end()
    elif (found := _BULLET.match(line)) and not line.lstrip().startswith(("**", "--")):
        bullet, at = True, found.end()
    at, end, bold = _emphasis(line, at, end)
    enumeration = Span()
    if (found := _NUMBER.match(line, at)) and _is_printed(found[1]) and found.end() < end:
        enumeration = document.span(number, found.start(1), found.end(1))
        at = found.end()
        at, end, inner = _emphasis(line, at, end)
        bold = bold or inner
    indent = len(line) - len(line.lstrip())
    content = document.span(number, at, end)
    return Look(number, indent, heading, bullet, bold, enumeration, content)


def _emphasis(line: str, at: int, end: int) -> tuple[int, int, bool]:
    """Leave out a pair of emphasis marks around all that remains of a line."""
    found = _EMPHASIS.match(line, at, end)
    if found and line[:end].endswith(found[1]) and end - len(found[1]) > found.end():
        return found.end(), end - len(found[1]), True
    return at, end, False


def _is_printed(number: str) -> bool:
    """Say whether a number is one of a list: ``3.``, ``b)``, ``2.1``, but not the word ``a``."""
    return number.endswith((".", ")")) or "." in number
