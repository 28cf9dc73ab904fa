"""Two tables that people keep of competencies, turned into rows of parts as our own sheet has them.

    Competency | Indicator          | Level      Competency | Level 1 | Level 2
    Teamwork   | Shares information | 1          Teamwork   | Shares  | Leads
    Teamwork   | Helps others       | 2

Rows of one title are one competency; a level stands between it and what it asks for. Each cell
keeps its place in the file. A table that says the kind or the place of its rows is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from competency.exchange.imported import Kept, Remark
from competency.exchange.sheets import Grid, Sheet, key
from competency.exchange.spreadsheet.columns import is_instruction
from competency.exchange.spreadsheet.headings import Headings, headings_of

Cell = tuple[str, int]  # a text, and the column of the file in which it stands
Cells = dict[str, Cell]  # by header


@dataclass(frozen=True)
class Shaped:
    """The rows of parts; ``inferred`` are those whose kind the table does not print."""

    grid: Grid
    inferred: frozenset[int]
    remarks: tuple[Remark, ...]


@dataclass
class _Part:
    """A part that the table tells of: the row it begins in, its cells, what stands under it."""

    row: int
    kind: str
    cells: Cells
    inferred: bool = True
    under: list[_Part] = field(default_factory=list)


def shaped_as_parts(grid: Grid, start: int) -> Shaped | None:
    """Return a table of competencies and behaviours or of levels as rows of parts.

    ``start`` is the row with the headers. None for any other table.
    """
    headings = headings_of(grid.rows[start])
    if headings is None:
        return None
    rows = [n for n in range(start + 1, len(grid.rows)) if not is_instruction(grid.rows[n])]
    gathered = _gathered(grid, rows, headings)
    shared = _shared(grid, gathered, headings)
    if not gathered or not shared.issuperset(headings.statements):
        return None
    tops = [_competency(grid, mine, headings, shared) for mine in gathered.values()]
    skipped = [n for n in range(start + 1, len(grid.rows)) if is_instruction(grid.rows[n])]
    grid_of_parts, inferred = _written(grid, tops, skipped, headings)
    remarks = (_remark(grid, tops, headings), *_passed_over(grid, start, headings))
    return Shaped(grid_of_parts, inferred, remarks)


def _gathered(grid: Grid, rows: Iterable[int], headings: Headings) -> dict[str, list[int]]:
    """Return the rows of each title; one without a title goes on with the one above."""
    found: dict[str, list[int]] = {}
    title = ""
    for row in rows:
        title = " ".join(grid.cell(row, headings.title).split()) or title
        found.setdefault(title, []).append(row)
    return found


def _shared(grid: Grid, gathered: dict[str, list[int]], headings: Headings) -> set[int]:
    """Return the columns that say one thing of each competency, however many rows it has."""

    def is_one(column: int, rows: Iterable[int]) -> bool:
        return len({text for row in rows if (text := grid.cell(row, column).strip())}) < 2

    columns = (*headings.others, *headings.statements)
    return {c for c in columns if all(is_one(c, rows) for rows in gathered.values())}


def _cells(grid: Grid, row: int, columns: Mapping[int, str]) -> Cells:
    """Return the cells of a row that are not blank, under the headers that are given."""
    return {name: (text, c) for c, name in columns.items() if (text := grid.cell(row, c)).strip()}


def _competency(grid: Grid, rows: Sequence[int], headings: Headings, shared: set[int]) -> _Part:
    """Return a competency with all that its rows say."""
    mine = {c: name for c, name in headings.headers.items() if c in shared}
    mine |= {**headings.titles, **headings.statements}
    own = {c: headings.headers[c] for c in headings.others if c not in shared}
    cells: Cells = {}
    for row in rows:
        cells = _cells(grid, row, mine) | cells
    top = _Part(rows[0], "competency", cells, inferred=False)
    levels: dict[str, _Part] = {}
    for row in rows:
        told = _across if headings.matrix else _beside
        parts = told(grid, row, headings, top, levels) or [top]
        parts[0].cells = _cells(grid, row, own) | parts[0].cells
    for part in levels.values():
        _said_once(part)
    return top


def _beside(
    grid: Grid, row: int, headings: Headings, top: _Part, levels: dict[str, _Part]
) -> list[_Part]:
    """Put the behaviours of a row under its competency, or under that at the level of the row."""
    above, column = top, headings.level
    if column is not None and (text := grid.cell(row, column).strip()):
        name = f"{headings.headers[column]} {text}" if text.isdecimal() else text
        above = _at_level(row, (name, column), (text, column), top, levels)
    found = [(slot, _cells(grid, row, slot.columns)) for slot in headings.behaviours]
    parts = [_Part(row, slot.kind, cells, not slot.stated) for slot, cells in found if cells]
    above.under += parts
    return parts


def _across(
    grid: Grid, row: int, headings: Headings, top: _Part, levels: dict[str, _Part]
) -> list[_Part]:
    """Put what stands in the columns of levels under the competency at each of them."""
    parts = []
    for column in headings.matrix:
        if cells := _cells(grid, row, {column: "statement"}):
            name = (headings.headers[column], column)
            parts.append(_Part(row, "descriptor", cells))
            _at_level(row, name, name, top, levels).under.append(parts[-1])
    return parts


def _at_level(row: int, title: Cell, level: Cell, top: _Part, levels: dict[str, _Part]) -> _Part:
    key = level[0].strip().casefold()
    if key not in levels:
        cells = {"title": title, "level": (level[0].strip(), level[1])}
        levels[key] = _Part(row, "competency at a level", cells)
        top.under.append(levels[key])
    return levels[key]


def _said_once(part: _Part) -> None:
    """Give a competency at a level its only description as its own text."""
    if [item.kind for item in part.under] == ["descriptor"]:
        part.cells |= part.under.pop().cells


def _downwards(parts: Sequence[_Part], above: str = "") -> Iterator[tuple[str, _Part]]:
    """Yield the parts with their numbers, 1, 1.1, 1.1.1 ..."""
    for number, part in enumerate(parts, 1):
        outline = f"{above}{number}"
        yield outline, part
        yield from _downwards(part.under, f"{outline}.")


def _written(
    grid: Grid, tops: Sequence[_Part], skipped: Iterable[int], headings: Headings
) -> tuple[Grid, frozenset[int]]:
    """Return the rows of parts, and which of them do not print their kind."""
    numbered = [*_downwards(tops)]
    used = dict.fromkeys(header for _, part in numbered for header in part.cells)
    language = headings.language
    if language is not None:  # what is said of a row is said of all that it becomes
        used[headings.headers[language]] = None
        for _, part in numbered:
            part.cells |= _cells(grid, part.row, {language: headings.headers[language]})
    headers = ["outline", "kind", *used]
    at = headings.title
    rows, numbers, printed = [tuple(headers)], [0], [(at,) * len(headers)]
    for outline, part in numbered:
        place = next((column for _, column in part.cells.values()), at)
        cells = [(outline, place), (part.kind, place)]
        cells += [part.cells.get(header, ("", place)) for header in used]
        rows.append(tuple(text for text, _ in cells))
        numbers.append(grid.numbers[part.row])
        printed.append(tuple(column for _, column in cells))
    for row in skipped:
        rows.append(grid.rows[row])
        numbers.append(grid.numbers[row])
        printed.append(tuple(range(len(grid.rows[row]))))
    inferred = frozenset(n for n, (_, part) in enumerate(numbered, 1) if part.inferred)
    made = replace(grid, rows=tuple(rows), numbers=tuple(numbers), printed=tuple(printed), notes=())
    return made, inferred


def _remark(grid: Grid, tops: Sequence[_Part], headings: Headings) -> Remark:
    if headings.matrix:
        under = "what stands under each level is that competency at the level"
    else:
        under = "the behaviours beside it stand under it, by level where one is given; one whose"
        under += " heading does not say otherwise is taken to be positive"
    what = (
        f"rows of one title under {headings.headers[headings.title]!r} are one competency"
        f" ({len(tops):,}); {under}. To say it otherwise, use the columns of the template"
        " (competency export --template)"
    )
    return Remark(Kept.odd, grid.where(tops[0].row, headings.title), what)


def _passed_over(grid: Grid, start: int, headings: Headings) -> Iterator[Remark]:
    """Yield a remark on each column of which not every text is read."""
    others = [key(headings.headers[column]) for column in headings.others]
    for header in dict.fromkeys(headings.headers[column] for column in headings.others):
        if others.count(key(header)) > 1:
            what = f"two columns are called {header!r}; in each row the first text counts"
            yield Remark(Kept.dropped, grid.name, what)
    for letters in Sheet.of(grid, start).unheaded():
        what = f"column {letters} has no header, so it is not read; write one above it"
        yield Remark(Kept.dropped, grid.name, what)
