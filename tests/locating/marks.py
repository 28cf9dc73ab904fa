"""Documents with marks: ⟦name⟧ stands right before the place that a locator has to find."""

from __future__ import annotations

import re

MARK = re.compile("⟦(.*?)⟧")
BASE = "https://example.org/"
Place = tuple[int, int]


def unmarked(text: str) -> tuple[bytes, dict[str, Place]]:
    """Return the document without its marks, and the line and column of each of them."""
    plain, places, end = "", dict[str, Place](), 0
    for mark in MARK.finditer(text):
        plain += text[end : mark.start()]
        end = mark.end()
        places[mark[1]] = place_at(plain, len(plain))
    return (plain + text[end:]).encode(), places


def place_at(text: str, offset: int) -> Place:
    """Return line and column of an offset, counted from the beginning, as a person would."""
    lines = re.split("\r\n|\r|\n", text[:offset])
    if text[offset - 1 : offset + 1] == "\r\n":  # in the middle of a line break
        lines = lines[:-1]
    return len(lines), len(lines[-1]) + 1


def offset_of(text: str, place: Place) -> int:
    """Return the offset of a line and a column."""
    starts = [0, *(found.end() for found in re.finditer("\r\n|\r|\n", text))]
    return starts[place[0] - 1] + place[1] - 1
