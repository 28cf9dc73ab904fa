"""Smaller spans out of a span: a name out of a heading, a sentence out of a bullet."""

from __future__ import annotations

import re

from competency.documents.document import Document, Span, join

_OPEN, _CLOSE = "\"'\u201c\u2018\u00ab\u201e\u2039`", "\"'\u201d\u2019\u00bb\u201c\u203a\u00b4"
_END = re.compile(r"(?<![\s:;,.\u2026])[\s:;,.\u2026]+$")  # looked at once a run: linear


def cut(document: Document, span: Span, start: int, end: int) -> Span:
    """Return characters ``start`` to ``end`` of ``span.text`` as a span.

    >>> page = Document("x", ("two  words",))
    >>> cut(page, page.span(1), 4, 9).text
    'words'
    """
    places: list[tuple[int, int, int] | None] = []
    for number, piece in enumerate(span.pieces):
        before = "".join("x" if place else " " for place in places[-1:])
        if before and not _hyphenated(span, number):
            places.append(None)
        for offset, character in enumerate(piece.text, piece.start):
            if not character.isspace():
                places.append((number, piece.line, offset))
            elif places and places[-1] is not None:
                places.append(None)
    runs: dict[int, list[int]] = {}
    for place in places[start:end]:
        if place:
            runs.setdefault(place[0], []).append(place[2])
    return join(document.span(span.pieces[n].line, run[0], run[-1] + 1) for n, run in runs.items())


def _hyphenated(span: Span, number: int) -> bool:
    """Say whether the piece before ends in a word cut in two."""
    return bool(re.search(r"\w-$", span.pieces[number - 1].text))


def bare(document: Document, span: Span) -> Span:
    """Return a heading without the colon or stop behind it and quotation marks around it.

    >>> page = Document("x", ('"Fair to all."',))
    >>> bare(page, page.span(1)).text
    'Fair to all'
    """
    text = span.text
    start, end = 0, len(_END.sub("", text))
    inside = quoted(text[:end])
    if inside:
        start, end = inside
        end = start + len(_END.sub("", text[start:end]))
    small = cut(document, span, start, end)
    return small if any(map(str.isalnum, small.text)) else span


def quoted(text: str) -> tuple[int, int] | None:
    """Return where the words stand in a text that is one quotation, or None when it is not.

    >>> quoted("'Can do' culture"), quoted("\u201cFair to all\u201d.")
    (None, (1, 12))
    """
    end = len(_END.sub("", text))
    if end < 3 or text[0] not in _OPEN or text[end - 1] not in _CLOSE:
        return None
    inner = text[1 : end - 1]
    double = text[0] in '"\u201c\u00ab\u201e'
    marks = '"\u201c\u201d\u00ab\u00bb\u201e' if double else "'\u2018\u2019\u2039\u203a`\u00b4"
    if re.search(rf"(?:^|\s)[{marks}]\S|\S[{marks}]\s+\S.*\s[{marks}]", inner):
        return None
    return None if text[0] in '"\u201c' and re.search('["\u201c\u201d]', inner) else (1, end - 1)


def first_quotation(text: str) -> int:
    """Return where a quotation at the start ends when more words stand behind it, else 0.

    >>> first_quotation('"Fair to all" We treat people well by:')
    13
    """
    found = re.match(r'["\u201c][^"\u201c\u201d]{3,}["\u201d](?=\s+[A-Z].*:$)', text)
    return found.end() if found else 0


def is_open(text: str) -> bool:
    """Say whether a quotation with double marks was begun and not yet ended."""
    return text[:1] in ('"', "\u201c") and not re.search('["\u201d]', text[1:])
