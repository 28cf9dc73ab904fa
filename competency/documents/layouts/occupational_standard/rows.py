"""The lines of a standard as rows: their signs, numbers and words; fused lines are cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from competency.documents.document import Document, Piece, Span
from competency.documents.layouts.occupational_standard import phrases
from competency.documents.marks import look

LONGEST_HEAD = 500
NUMBER, BARE, LETTER, BULLET = "number", "bare", "letter", "bullet"
_HIDDEN = {0xFEFF: " ", 0x200B: " ", 0x200E: " ", 0x200F: " "}
_MARKS = [
    (NUMBER, r"(?P<n>[PK]\s?\d{1,3}(?:\.\d{1,3})*[a-z]?)\\?[.):]?"),
    (NUMBER, r"\(?(?P<n>\d{1,3}(?:\.\d{1,3})*)\\?[.):]\)?(?=\s|[^\W\d]|\*|$)"),
    (NUMBER, r"(?P<n>\d{1,3}(?:\.\d{1,3})+)"),
    (BARE, r"(?P<n>\d{1,3})"),
    (LETTER, r"\(?(?P<n>[a-zA-Z]|[ivx]{1,5})\\?\)"),
    (LETTER, r"(?P<n>[a-z]|[ivx]{2,5})\\?\."),
]
_ITALIC = re.compile(r"\s*([*_])([^*_\s](?:[^*_]*[^*_\s])?)\1\s*")
_MARK = [(style, re.compile(rf"[*_]*{form}(?:[*_]*(?=\s|$)|(?<=[.):]))")) for style, form in _MARKS]


@dataclass(frozen=True)
class Row:
    """A line with words, or a piece of one: ``number`` is as printed, without signs around it."""

    line: int
    whole: Span
    gap: bool
    heading: int = 0
    bold: bool = False
    bullet: bool = False
    indent: int = 0
    style: str = ""
    enumeration: Span = field(default_factory=Span)
    body: Span = field(default_factory=Span)

    @property
    def text(self) -> str:
        """Return all words of the row, the number included, with the spaces as they are."""
        return self.whole.pieces[0].text

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the words for comparing."""
        return phrases.words(self.text)

    @property
    def number(self) -> str:
        """Return the printed number without the letters P and K."""
        return re.sub(r"^[PK]\s?", "", self.enumeration.text)

    @property
    def title(self) -> Span:
        """Return the words of a heading, without the number before them if there are others."""
        return self.body or self.whole

    @property
    def title_number(self) -> Span:
        """Return the number before the words of a heading."""
        return self.enumeration if self.body else Span()

    @property
    def marked(self) -> bool:
        """Say whether a bullet or a sure number stands before the words."""
        return self.bullet or self.style in (NUMBER, LETTER)

    @property
    def strong(self) -> bool:
        """Say whether it looks like a heading: Markdown heading, or bold without a sign."""
        return self.heading > 0 or (self.bold and not self.marked)

    @property
    def small(self) -> bool:
        """Say whether its first letter is a small one."""
        return self.first.islower()

    @property
    def first(self) -> str:
        """Return the first letter or figure."""
        return next(letter for letter in self.text if letter.isalnum())


class Run:
    """Spans as one text in which a pattern may look, and be cut back into spans."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Put the pieces behind each other, with a space between."""
        self.pieces = [piece for span in spans for piece in span.pieces]
        self.text = " ".join(piece.text for piece in self.pieces)

    def span(self, start: int, end: int) -> Span:
        """Return the pieces between two offsets of the text, without white space at their ends."""
        found, at = [], 0
        for piece in self.pieces:
            a, b = max(start - at, 0), min(end - at, len(piece.text))
            if a < b:
                cut = piece.text[a:b]
                left, right = len(cut) - len(cut.lstrip()), len(cut.rstrip())
                if right > left:
                    first = piece.start + a
                    found.append(Piece(piece.line, first + left, first + right, cut[left:right]))
            at += len(piece.text) + 1
        return Span(tuple(found))


def read_rows(document: Document, limit: int | None = None) -> list[Row]:
    """Return the rows of a document in order; lines without words are gaps."""
    lines = tuple(line.translate(_HIDDEN) for line in document.lines[:limit])
    clean = replace(document, lines=lines)
    found: list[Row] = []
    gap, fields = True, False
    for number, line in enumerate(clean.lines, 1):
        if not any(character.isalnum() for character in line):
            gap = True
            continue
        found += _line(clean, number, gap, fields)
        name = phrases.section_name(found[-1].words) if len(found[-1].text) < 60 else None
        fields = fields or bool(name and name.kind == phrases.FIELD)
        fields = fields or (len(found) > 1 and _names_field(found[-2], found[-1]))
        gap = False
    return [_authentic(document, row) for row in found]


def _authentic(document: Document, row: Row) -> Row:
    """Return the row with the characters of the document, hidden ones included."""
    if document.line(row.line).isascii():
        return row

    def again(span: Span) -> Span:
        return Span(tuple(
            replace(piece, text=document.line(piece.line)[piece.start : piece.end])
            for piece in span.pieces
        ))  # fmt: skip

    whole, mark, body = again(row.whole), again(row.enumeration), again(row.body)
    return replace(row, whole=whole, enumeration=mark, body=body)


def _names_field(one: Row, two: Row) -> bool:
    """Say whether two rows are the name of a field and its value, on one line."""
    name = phrases.section_name(one.words) if one.line == two.line else None
    return bool(name and name.kind == phrases.FIELD)


def _line(document: Document, number: int, gap: bool, fields: bool) -> Iterator[Row]:
    """Yield the rows of one line: one, or several where headings and words are fused.

    ``fields`` says that names of fields, with their values behind, were printed before.
    """
    seen = look(document, number)
    all_of_it = seen.enumeration + seen.content
    start, end = all_of_it.pieces[0].start, all_of_it.pieces[-1].end
    line = document.line(number)
    bullet, bold = seen.bullet, seen.bold
    if italic := _ITALIC.fullmatch(line):
        bullet, start, end = False, italic.start(2), italic.end(2)
    if not any(character.isalnum() for character in line[start:end]):
        bullet, start = False, 0
    for cut, stop in _cuts(line[:end], start, bullet, fields):
        row = _row(document, number, cut, stop)
        if row:
            full = replace(row, gap=gap, heading=seen.heading, bold=bold or row.bold)
            yield replace(full, bullet=bullet, indent=seen.indent)
            gap = bullet = False


def _row(document: Document, number: int, start: int, end: int) -> Row | None:
    """Read the number before the words of a piece of a line."""
    line = document.line(number)
    start, end, bold = _bare(line, start, end)
    whole = document.span(number, start, end)
    if not any(character.isalnum() for character in whole.text):
        return None
    text, start = whole.pieces[0].text, whole.pieces[0].start
    for style, form in _MARK:
        if found := form.match(text):
            at = start + found.end()
            first, last, inner = _bare(line, at, end)
            mark = document.span(number, start + found.start("n"), start + found.end("n"))
            body = document.span(number, first, last)
            if style == BARE and not body:
                continue
            strong = bold or (inner and bool(body))
            return Row(number, whole, False, bold=strong, style=style, enumeration=mark, body=body)
    return Row(number, whole, False, bold=bold, body=whole)


def _bare(line: str, start: int, end: int) -> tuple[int, int, bool]:
    """Leave out white space and emphasis at both ends; say whether all was emphasised."""
    start += len(line[start:end]) - len(line[start:end].lstrip())
    end = max(start, start + len(line[start:end].rstrip()))
    for mark in ("**", "__"):
        inner = line[start:end]
        around = inner.startswith(mark) and inner.endswith(mark)
        if around and inner.count(mark) == 2 and len(inner) > 4:
            return start + 2, end - 2, True
        if inner.count(mark) == 1:
            start += 2 * inner.startswith(mark)
            end -= 2 * (inner.endswith(mark) and end - start >= 2)
    return start, max(start, end), False


def _cuts(line: str, start: int, bullet: bool, fields: bool) -> Iterator[tuple[int, int]]:
    """Yield where the rows of a line begin and end."""
    if not bullet:
        for at in (_after_section(line[start:], fields), 0, 0):
            at = at or _after_lead_in(line[start:]) or _before_unit(line[start:])
            if at:
                yield start, start + at
                start += at
    yield start, len(line)


def _after_section(text: str, fields: bool) -> int:
    """Return where the words behind the name of a section begin, if there are any."""
    found = phrases.SECTION_START.match(text)
    if not found or found.end() == len(text) or not found["name"][0].isupper():
        return 0
    if phrases.section_name(phrases.words(text)):
        return 0
    if _begins_lead_in(text[found.end() :]):
        return found.end()
    name = phrases.words(found["name"])
    kind, several = phrases.SECTIONS[name].kind, len(name) > 1
    tab, sign = "\t" in found["sep"] or "**" in found["sep"], found["sep"].strip("*_ \t")
    if kind == phrases.FIELD:
        sure = several or fields or tab or sign == ":" or len(found["sep"]) > 1
    else:
        sure = tab or (several and bool(sign))
    return found.end() if sure else 0


def _begins_lead_in(text: str) -> bool:
    return bool(phrases.lead_in_kind(phrases.words(text)) or _after_lead_in(text))


def _after_lead_in(text: str) -> int:
    """Return where the first item begins that stands behind a lead-in."""
    found = phrases.LEAD_IN_START.match(text)
    rest = text[found.end() :] if found else ""
    is_item = any(form.match(rest) for style, form in _MARK if style != BARE)
    return found.end() if found and is_item else 0


def _before_unit(text: str) -> int:
    """Return where the heading of a unit begins that is fused with the one of its standard."""
    head = phrases.STANDARD.match(text) if len(text) < LONGEST_HEAD else None
    if not head or not head["code"]:
        return 0
    found = phrases.FUSED_UNIT.search(text, head.end("code"))
    return found.end() if found else 0
