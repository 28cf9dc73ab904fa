"""What a page carries beside its content: its number, and headings printed on page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from competency.documents.document import Document
from competency.documents.layouts.competency_standards_unit.items import opens_item
from competency.documents.layouts.competency_standards_unit.phrases import (
    AREA,
    KIND,
    find_field,
    starts_heading,
)

_PAGE = re.compile(
    r"\s*(?:[-\u2013—]\s*\d{1,4}\s*[-\u2013—]|(?:Page|P\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|\d{1,4}\s*(?:of|/)\s*\d{1,4}|\d{1,4})\s*",
    re.I,
)


def find_furniture(document: Document, lines: list[str]) -> dict[int, str]:
    """Return the lines that are page numbers or page headings, each with the reason."""
    found = {n: "page number" for n, line in enumerate(lines, 1) if _PAGE.fullmatch(line)}
    full = [n for n, line in enumerate(lines, 1) if line.strip()]
    anchors = {n for n in full if n in found or starts_heading(lines[n - 1])}
    beside = set(_beside(full, anchors))
    at_edge = set(_page_edges(document, full)) if document.pages else set()
    places: dict[str, list[int]] = defaultdict(list)
    for number in full:
        if number not in found and _may_repeat(lines[number - 1]):
            places[re.sub(r"\d+", "0", " ".join(lines[number - 1].lower().split()))].append(number)
    for numbers in places.values():
        if len(numbers) > 1 and (beside.issuperset(numbers) or at_edge.issuperset(numbers)):
            found.update(dict.fromkeys(numbers, "page heading"))
    return found


def _beside(full: list[int], anchors: set[int]) -> Iterator[int]:
    """Yield the lines next to a page number or to the heading of the family, empty lines aside."""
    for before, after in pairwise(full):
        if before in anchors:
            yield after
        if after in anchors:
            yield before


def _page_edges(document: Document, full: list[int]) -> Iterator[int]:
    """Yield the first two and the last two lines of every page."""
    pages: dict[str, list[int]] = defaultdict(list)
    for number in full:
        pages[document.pages[number - 1]].append(number)
    for numbers in pages.values():
        yield from (*numbers[:2], *numbers[-2:])


def _may_repeat(line: str) -> bool:
    """Say whether a line could be a page heading: it begins as nothing of the table does."""
    return not (
        starts_heading(line)
        or KIND.fullmatch(line)
        or AREA.match(line)
        or find_field(line)
        or opens_item(line)
        or not re.search(r"\w", line)
    )
