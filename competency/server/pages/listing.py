"""A text line by line, with what was found beside the lines, and folds where nothing was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from competency.server.pages.findings import ResultView, visible

_SHORT = 60  # lines of a text that is shown whole
_AROUND = 3  # lines that stay open before and after one with a result
_LEAST = 6  # lines that are worth a fold
# What is marked at the place of a result: a quoted text, an IRI, or all up to the next space.
_SIGN = re.compile(
    r"""\"(?:[^"\\]|\\.)*\"?(?:@[\w-]+|\^\^\S+?(?=[\s;,.]|$))?|<[^>\s]*>?|[^\s;,]+"""
)
_WEIGHTS = ("info", "warning", "violation")


@dataclass(frozen=True)
class Row:
    """A line as it came from the check: its number and text, and what was cut off before it."""

    number: int
    text: str
    shift: int = 0
    cut: bool = False


@dataclass(frozen=True)
class LineView:
    """A line in three pieces; ``marked`` is the place of the first result on it, if there is one.

    ``severity`` is that of the worst result on it, empty where there is none.
    """

    number: int
    before: str
    marked: str
    after: str
    severity: str
    results: tuple[ResultView, ...]
    cut: bool


@dataclass(frozen=True)
class Block:
    """Lines that follow each other, folded or open; ``lines`` is empty where they were not sent."""

    first: int
    last: int
    folded: bool
    lines: tuple[LineView, ...]


def blocks(
    runs: Iterable[Sequence[Row]],
    results: Mapping[int, Sequence[ResultView]],
    columns: Mapping[int, int],
    count: int,
    lengths: Mapping[int, int] | None = None,
) -> list[Block]:
    """Return the text in blocks, from its first line to its last.

    ``results`` and ``columns`` are by line; ``count`` is how many lines the text has. ``lengths``
    says how much is marked where that is known.
    """
    lengths = lengths or {}
    found: list[Block] = []
    after = 0
    for run in runs:
        if run[0].number > after + 1:
            found.append(Block(after + 1, run[0].number - 1, True, ()))
        for folded, rows in _folds(run, results, whole=count <= _SHORT):
            lines = tuple(
                _line(
                    row,
                    results.get(row.number, ()),
                    columns.get(row.number),
                    lengths.get(row.number),
                )
                for row in rows
            )
            found.append(Block(rows[0].number, rows[-1].number, folded, lines))
        after = run[-1].number
    if after < count:
        found.append(Block(after + 1, count, True, ()))
    return found


def _folds(
    run: Sequence[Row], results: Mapping[int, Sequence[ResultView]], *, whole: bool
) -> Iterator[tuple[bool, list[Row]]]:
    """Yield pieces of a run, and whether each is folded; a fold too small to be one stays open."""
    near = {n for line in results for n in range(line - _AROUND, line + _AROUND + 1)}
    pieces: list[tuple[bool, list[Row]]] = []
    for row in run:
        folded = not whole and row.number not in near
        if not pieces or pieces[-1][0] is not folded:
            pieces.append((folded, []))
        pieces[-1][1].append(row)
    open_rows: list[Row] = []
    for folded, rows in pieces:
        if folded and len(rows) >= _LEAST:
            if open_rows:
                yield False, open_rows
            open_rows = []
            yield True, rows
        else:
            open_rows = [*open_rows, *rows]
    if open_rows:
        yield False, open_rows


def _line(
    row: Row, results: Sequence[ResultView], column: int | None, length: int | None
) -> LineView:
    severities = [result.severity for result in results]
    before, marked, after = _marked(row, column, length)
    return LineView(
        row.number,
        visible(before),
        visible(marked),
        visible(after),
        max(severities, key=_WEIGHTS.index, default=""),
        tuple(results),
        row.cut,
    )


def _marked(row: Row, column: int | None, length: int | None = None) -> tuple[str, str, str]:
    """Cut a line at the sign that a result is about.

    >>> _marked(Row(1, 'rdfs:label "Weld"@en ;'), 12)
    ('rdfs:label ', '"Weld"@en', ' ;')
    """
    if column is None:
        return row.text, "", ""
    start = column - 1 - row.shift
    if length is not None and start >= 0:
        end = start + length
        return row.text[:start], row.text[start:end], row.text[end:]
    sign = _SIGN.match(row.text, start) if 0 <= start < len(row.text) else None
    if sign is None:
        return row.text, "", ""
    return row.text[:start], sign[0], row.text[sign.end() :]
