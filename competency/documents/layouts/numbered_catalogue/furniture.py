"""What belongs to the page and not to the catalogue: page numbers, heads, feet, column headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from competency.documents.document import Document, Span
from competency.documents.layouts.numbered_catalogue.signs import band_at
from competency.documents.layouts.numbered_catalogue.words import (
    Row,
    is_all_capitals,
    is_sentence,
    name_run,
    span_of,
)

_PAGE = r"(?:page|pg?\.)\s*(?P<page>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?"
_TITLE = r"(?P<title>[^|]*[^\W\d][^|]*?)"
_BETWEEN = r"\s*[-\u2013\u2014|:•·]\s*"
_SHAPES = (
    ("head", re.compile(rf"\W*{_PAGE}(?:{_BETWEEN}{_TITLE})?\W*$", re.IGNORECASE)),
    ("head", re.compile(rf"\W*{_TITLE}{_BETWEEN}{_PAGE}\W*$", re.IGNORECASE)),
    ("foot", re.compile(rf"\W*(?P<page>\d{{1,4}})\s*[|•·\u2013\u2014-]\s*{_TITLE}\s*$")),
    ("foot", re.compile(rf"\W*{_TITLE}\s*\|\s*(?P<page>\d{{1,4}})\W*$")),
)
_COLUMNS = re.compile(
    r"(?:no\.?|s/?n|number|#)?\W*(?:competency|competencies|skill|name|title)(?:\W+name)?"
    r"\W+(?:definition|description)s?\W*$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\b(?:framework|catalogue|catalog|dictionary|directory|model)\b", re.I)


@dataclass(frozen=True)
class Mark:
    """A line of the page: its number of the page, its kind, and a title that it may repeat."""

    row: Row
    kind: str
    page: str
    number: Span
    title: Span

    @property
    def rest(self) -> Span:
        """Return all words of the line."""
        return span_of(self.row.words)


@dataclass
class Furniture:
    """All that the pages add: marks, repeated headings, headings of columns."""

    marks: list[Mark] = field(default_factory=list)
    repeated: list[Row] = field(default_factory=list)
    columns: list[Row] = field(default_factory=list)

    def conflict(self) -> tuple[str, str] | None:
        """Return two page numbers that cannot both be right, or None."""
        by_kind: dict[str, list[str]] = {"head": [], "foot": []}
        for mark in self.marks:
            by_kind[mark.kind].append(mark.page)
        heads, feet = by_kind["head"], by_kind["foot"]
        if heads and feet and not (set(heads) <= set(feet) or set(feet) <= set(heads)):
            return heads[0], feet[0]
        return None


def names_document(text: str) -> bool:
    """Say whether a title is that of a whole document, by its own word for itself."""
    return bool(_DOCUMENT.search(text))


def take_out(document: Document, rows: list[Row]) -> tuple[list[Row], Furniture]:
    """Return the rows that belong to the catalogue, and what belongs to the page."""
    furniture = Furniture()
    edges = {rows[0].number, rows[-1].number} if rows else set()
    titles = Counter(_shape(row) for row in rows)
    kept: list[Row] = []
    for row in rows:
        mark = _mark(document, row)
        at_edge = row.number in edges or titles[_shape(row)] > 1
        if mark and (mark.kind == "head" or _is_title(mark, at_edge)):
            furniture.marks.append(mark)
        elif _COLUMNS.match(" ".join(w.text for w in row.words)) and _is_cut(row):
            furniture.columns.append(row)
        else:
            kept.append(row)
    return _without_repeats(kept, furniture), furniture


def _mark(document: Document, row: Row) -> Mark | None:
    line = document.line(row.number)
    words = [word for word in row.words if word.bare.lower() not in ("p", "pg", "no")]
    if row.heading or len(line) > 160 or is_sentence(words):
        return None
    for kind, shape in _SHAPES:
        if found := shape.match(line):
            title = found["title"]
            span = document.span(row.number, *found.span("title")) if title else Span()
            number = document.span(row.number, *found.span("page"))
            return Mark(row, kind, found["page"].lstrip("0") or "0", number, span)
    return None


def _is_title(mark: Mark, at_edge: bool) -> bool:
    """Tell a foot from a competency whose number has a bar or a dash behind it."""
    text = mark.title.text
    has_bar = bool(mark.row.gaps) and not mark.row.words[0].text.startswith("0")
    return names_document(text) or (at_edge and (has_bar or text.isupper()))


def _is_cut(row: Row) -> bool:
    """Say whether a row is printed as cells: wide space, or a cell for the number before it."""
    return bool(row.gaps) or len(row.words) > 2


def _shape(row: Row) -> str:
    return re.sub(r"\d+", "0", " ".join(word.text for word in row.words).casefold())


def _without_repeats(rows: list[Row], furniture: Furniture) -> list[Row]:
    """Leave out the second and later copies of a heading that every page repeats."""
    seen: set[str] = set()
    kept: list[Row] = []
    for row in rows:
        shape, words = _shape(row), row.words
        is_long = len(words) > 2 or (len(words) > 1 and is_all_capitals(words)) or row.heading
        is_heading = is_long and name_run(words) == len(words) and not band_at(words, 0)
        if is_heading and shape in seen:
            furniture.repeated.append(row)
            continue
        if is_heading:
            seen.add(shape)
        kept.append(row)
    return kept
