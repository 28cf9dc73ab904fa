"""Every word of a document is in a part or set aside with a reason: checked on every import."""

from __future__ import annotations

import re
from collections.abc import Iterator

from competency.documents.document import Document, Piece, Span
from competency.documents.draft import FrameworkDraft
from competency.errors import ConversionError

_LETTER_BULLET = re.compile(r"\s*o(?=\s)")  # a sign, although it is a letter


def _pieces(draft: FrameworkDraft) -> Iterator[Piece]:
    """Yield every piece of the document that a part, a level or a reason holds."""
    for part in draft.walk():
        for span in part.spans():
            yield from span.pieces
    for level in draft.levels:
        yield from level.label.pieces
    for item in draft.left_out:
        yield from item.span.pieces


def covered(draft: FrameworkDraft) -> dict[int, set[int]]:
    """Return for each line the offsets of the characters that some field or reason holds."""
    found: dict[int, set[int]] = {}
    for piece in _pieces(draft):
        found.setdefault(piece.line, set()).update(range(piece.start, piece.end))
    return found


def lost(document: Document, draft: FrameworkDraft) -> list[Span]:
    """Return the runs of words that no field and no reason holds; signs are no words."""
    held, runs = covered(draft), []
    for number, line in enumerate(document.lines, 1):
        here = held.get(number, set())
        if letter := _LETTER_BULLET.match(line):
            here = here | {letter.end() - 1}
        start = None
        for offset, character in enumerate([*line, "\n"]):
            is_lost = character.isalnum() and offset not in here
            if is_lost and start is None:
                start = offset
            elif not is_lost and start is not None and (character.isalnum() or character == "\n"):
                runs.append(document.span(number, start, offset))
                start = None
    return runs


def check(document: Document, draft: FrameworkDraft) -> None:
    """Raise ConversionError, naming the first lost words, unless every word is accounted for.

    Also refuses a span whose text is not what the document holds at that place: invented words.
    """
    for piece in _pieces(draft):
        if document.line(piece.line)[piece.start : piece.end] != piece.text:
            reason = f"line {piece.line} does not read {piece.text!r}"
            raise ConversionError("a framework", reason)
    missing = lost(document, draft)
    if missing:
        first = missing[0]
        reason = f"{len(missing)} runs of words would be lost, first on line {first.numbers[0]}: "
        raise ConversionError("a framework", reason + repr(first.text[:80]))
