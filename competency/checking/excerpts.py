"""The lines of a document that a reader of its report needs: all of a short one, else some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

AROUND = 3  # lines before and after one with a result
WHOLE = 120_000  # characters of a document that is given with all its lines
LONGEST = 600  # characters of a line; of a longer one the part around the result is given
_BEFORE = 120  # characters of a long line before what was found in it


@dataclass(frozen=True)
class Line:
    """A line of a document: its number from 1, its text, how much of its start was cut off.

    ``cut`` says whether something is missing at either end.

    >>> Line(3, "a comp:Framework ;").shift
    0
    """

    number: int
    text: str
    shift: int = 0
    cut: bool = False


def excerpts(
    lines: Sequence[str], places: Mapping[int, int | None], *, whole: int = WHOLE
) -> list[list[Line]]:
    """Return runs of lines, in order: one run with all of them, or those around ``places``.

    ``places`` has the lines with results and the column of the first one, where that is known.

    >>> [[line.number for line in run] for run in excerpts(["a"] * 50, {1: None, 20: 1}, whole=0)]
    [[1, 2, 3, 4], [17, 18, 19, 20, 21, 22, 23]]
    """
    last = len(lines)
    if sum(map(len, lines)) + last <= whole:
        wanted = list(range(1, last + 1))
    else:
        near = {n for place in places for n in range(place - AROUND, place + AROUND + 1)}
        wanted = sorted(n for n in near if 1 <= n <= last)
    runs: list[list[Line]] = []
    for number in wanted:
        if not runs or runs[-1][-1].number != number - 1:
            runs.append([])
        runs[-1].append(_line(number, lines[number - 1], places.get(number)))
    return runs


def _line(number: int, text: str, column: int | None) -> Line:
    if len(text) <= LONGEST:
        return Line(number, text)
    start = min(max(0, (column or 1) - 1 - _BEFORE), len(text) - LONGEST)
    return Line(number, text[start : start + LONGEST], start, True)
