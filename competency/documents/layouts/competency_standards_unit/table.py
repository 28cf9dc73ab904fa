"""From lines to the rows of the table: headings, functional areas, units and their fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from competency.documents.document import Document, Span
from competency.documents.layouts.competency_standards_unit.flow import Flow, Place, blanked
from competency.documents.layouts.competency_standards_unit.furniture import find_furniture
from competency.documents.layouts.competency_standards_unit.phrases import (
    AREA,
    BODY,
    KIND,
    ORDER,
    TAILS,
    WHOLE_NAMES,
    Field,
    find_field,
    heading_goes_on,
    indent,
    is_weak_field,
    read_heading,
    same_words,
    starts_heading,
)

_DRAWN = frozenset("-=_+:\t ")  # what a line between the rows of a table is drawn with


# Fields that may go on over a page, with their names printed once more.
_LONG = {"range", "competency", "assessment", "remark"}
_LONGEST_TAIL = 60


@dataclass
class Row:
    """One row of the table: which field, its name as printed, its content."""

    key: str
    name: list[Place]
    number: Place | None = None
    places: list[Place] = field(default_factory=list)
    again: bool = False


@dataclass
class Area:
    """A functional area: the name of the field, its own, its number, other places of print."""

    name: Span
    label: Span
    enumeration: Span
    also: list[Span] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing stands behind the words 'Functional Area'."""
        return not re.search(r"[^\W_]", self.label.text)


@dataclass
class Unit:
    """The rows of one unit, and the area it stands under."""

    area: Area | None
    rows: list[Row] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        """Return which fields are there."""
        return {row.key for row in self.rows}


@dataclass
class Loose:
    """Lines that belong to no field."""

    places: list[Place]


@dataclass
class Title:
    """The heading of the document; ``unit`` are the words 'Unit of Competency' run into it."""

    label: Span = field(default_factory=Span)
    sector: Span = field(default_factory=Span)
    unit: Span = field(default_factory=Span)


def is_rule(line: str) -> bool:
    """Say whether a line is empty, or drawn between the rows of a table.

    >>> is_rule("+---+---+"), is_rule("  "), is_rule("--"), is_rule("- a")
    (True, True, False, False)
    """
    middle = line.strip()
    return not middle or (set(middle) <= _DRAWN and sum(sign in _DRAWN for sign in line) >= 3)


class Table:
    """Reads a document line by line; ``blocks`` are what it holds, in order."""

    def __init__(self, document: Document) -> None:
        """Read the whole document."""
        self.document = document
        self.title = Title()
        self.blocks: list[Area | Unit | Loose] = []
        self.aside: list[tuple[Span, str]] = []
        self.area: Area | None = None
        self.unit: Unit | None = None
        self.row: Row | None = None
        self._lines = [blanked(line) for line in document.lines]
        self._furniture = find_furniture(document, self._lines)
        self._fields = {
            n: found for n, line in enumerate(self._lines, 1) if (found := find_field(line))
        }
        self._indents = [indent(line) for line in document.lines]
        strong = [
            (item.key not in {"title", "code"}, self._indents[n - 1])
            for n, item in self._fields.items()
            if item.strong
        ]
        self._edge = min(strong, default=(False, 0))[1] + 3
        number = 1
        while number <= len(self._lines):
            number = self._line(number)

    @property
    def units(self) -> list[Unit]:
        """Return the units, in order."""
        return [block for block in self.blocks if isinstance(block, Unit)]

    # ------------------------------------------------------------------ one line

    def _line(self, number: int) -> int:
        """Take in one line, or the few lines of a heading; return the number of the next."""
        line = self._lines[number - 1]
        whole = Place(number, 0, len(line))
        if is_rule(line):
            self._gap()
        elif (reason := self._furniture.get(number)) and not self._is_value(line):
            self._leave_out(whole, reason)
        elif self._is_left(number) and starts_heading(line, *self._lines[number : number + 1]):
            return self._heading(number)
        elif KIND.fullmatch(line):
            self._leave_out(whole, "heading that names the kind of document")
        elif self._is_left(number) and self._area(number, AREA.match(line)):
            return self._area_goes_on(number + 1)
        elif not self._field(number):
            self._content(whole)
        return number + 1

    def _is_left(self, number: int) -> bool:
        """Say whether a line begins in the column of names."""
        return self._indents[number - 1] <= self._edge

    def _gap(self) -> None:
        if self.row is None and self.blocks and isinstance(self.blocks[-1], Loose):
            self.blocks.append(Loose([]))

    def _is_value(self, line: str) -> bool:
        """Say whether a bare number is what the field above it waits for."""
        row = self.row
        waits = row and row.key in {"level", "credit", "code"} and not self._flow(row).holds_words()
        return bool(waits) and line.strip().isalnum()

    def _flow(self, row: Row) -> Flow:
        return Flow(self.document, row.places)

    def _leave_out(self, place: Place, reason: str) -> None:
        self.aside.append((self.document.span(place.line, place.start, place.end), reason))

    def _content(self, place: Place) -> None:
        """Add a line to the field that is open, else to the words that belong to none."""
        if self.row:
            self._name_goes_on(self.row, place)
        elif self.blocks and isinstance(self.blocks[-1], Loose):
            self.blocks[-1].places.append(place)
        else:
            self.blocks.append(Loose([place]))

    def _name_goes_on(self, row: Row, place: Place) -> None:
        """Add a line to a row; in a narrow column its name may go on at the left of it."""
        line = self._lines[place.line - 1]
        tail = TAILS.get(row.key)
        near = len(row.places) < 8 and len(row.name) < 3 and self._is_left(place.line)
        found = tail.match(line) if tail and near else None
        if found and self._waits(row, found[1]):
            row.name.append(Place(place.line, found.start(1), found.end(1)))
            place = Place(place.line, found.end(), len(line))
        row.places.append(place)

    def _waits(self, row: Row, word: str) -> bool:
        """Say whether the name of a field, as printed so far, wants this next word."""
        printed = Flow(self.document, row.name).text + word
        letters = re.sub(r"\W", "", printed).lower()
        return any(whole.startswith(letters) for whole in WHOLE_NAMES)

    # ------------------------------------------------------------------ headings

    def _heading(self, number: int) -> int:
        """Read the heading of the document, or set a repetition of it aside."""
        numbers = self._heading_lines(number)
        flow = Flow(self.document, [Place(n, 0, len(self._lines[n - 1])) for n in numbers])
        found = read_heading(flow.text)
        title = Title(flow.cut(*found.title), flow.cut(*found.sector), flow.cut(*found.unit))
        if not self.title.label:
            self.title = title
            self.aside.append((title.unit, "heading that names the kind of document"))
        elif same_words(title.label.text, self.title.label.text):
            self.aside.append((flow.whole(), "heading printed once more"))
        elif self.row and not title.sector and not title.unit:
            self.row.places += flow.places
        else:
            self.row = None
            self.blocks.append(Loose(flow.places))
        return numbers[-1] + 1

    def _heading_lines(self, number: int) -> list[int]:
        """Return the lines of a heading: it may go on with 'for the ...' and 'Unit of ...'."""
        numbers = [number]
        for after in range(number + 1, min(number + 7, len(self._lines) + 1)):
            if not self._lines[after - 1].strip():
                continue
            whole = "\n".join(self._lines[n - 1] for n in numbers)
            goes_on = heading_goes_on(whole, self._lines[after - 1], after == numbers[-1] + 1)
            if len(numbers) == 4 or not goes_on:
                break
            numbers.append(after)
        return numbers

    def _area(self, number: int, found: re.Match[str] | None) -> bool:
        """Read a functional area; say whether the line is one."""
        if found is None or (found["mark"] == " " and self.row):
            return False
        name = self._words(number, found.span("field"))
        label, number_span = self._words(number, found.span("name")), Span()
        if found["number"]:
            number_span = self._words(number, found.span("number"))
        if label and self.area and same_words(label.text, self.area.label.text):
            self.area.also += [label, number_span] if number_span else [label]
            self.aside.append((name, "name of a field"))
            return True
        area = Area(name, label, number_span)
        self.area = area
        self.blocks.append(area)
        past = self.unit is not None and bool(self.unit.keys & BODY)
        if self.unit and not past and not self.unit.area:
            self.unit.area = area
        self.row = None if past else self.row
        return True

    def _words(self, number: int, where: tuple[int, int]) -> Span:
        return Flow(self.document, [Place(number, *where)]).whole()

    def _area_goes_on(self, number: int) -> int:
        """Add the next line to the functional area where it plainly belongs to it."""
        if not self.area or self.area.also or not self._is_free(number):
            return number
        line, printed = self._lines[number - 1].strip(), self.area.label.text
        hangs = re.search(r"(?:\b(?:and|of|for|the|or|to|in)|[&,/\u2013-])$", printed, re.I)
        last = number == len(self._lines) or not self._is_free(number + 1)
        if hangs or line[0].islower() or (last and len(line) <= _LONGEST_TAIL):
            self.area.label += self._words(number, (0, len(self._lines[number - 1])))
            return number + 1
        return number

    def _is_free(self, number: int) -> bool:
        """Say whether a line holds words and is no heading, no field, no page number."""
        if number > len(self._lines) or number in self._fields or number in self._furniture:
            return False
        line = self._lines[number - 1]
        return bool(line.strip()) and not starts_heading(line) and not KIND.fullmatch(line)

    # ------------------------------------------------------------------ fields

    def _field(self, number: int) -> bool:
        """Open the field whose name a line begins with; say whether there is one."""
        found = self._fields.get(number)
        if found is None or not self._is_left(number):
            return False
        if found.needs_tail and not self._tail_follows(number):
            return False
        keys = self.unit.keys if self.unit else set()
        if not found.strong and not is_weak_field(found, keys, self._last(), bool(self.unit)):
            return False
        self._open(number, found, keys)
        return True

    def _last(self) -> int:
        return ORDER.index(self.row.key) if self.row else -1

    def _tail_follows(self, number: int) -> bool:
        """Say whether 'Criteria' stands under 'Assessment' in the column of names."""
        following = range(number + 1, min(number + 6, len(self._lines)) + 1)
        full = [n for n in following if self._lines[n - 1].strip()][:3]
        tail = TAILS["assessment"]
        return any(tail.match(self._lines[n - 1]) and self._is_left(n) for n in full)

    def _open(self, number: int, found: Field, keys: set[str]) -> None:
        """Begin a row, and a unit with it where it is the first row of one."""
        key = found.key
        rest = Place(number, found.end, len(self._lines[number - 1]))
        name = Place(number, *found.name)
        if self.row and key == self.row.key and key in _LONG:
            self._leave_out(Place(number, 0, found.end), "name of a field, printed once more")
            self.row.places.append(rest)
            return
        begins = key in keys and (
            key == "title" or bool(keys & BODY and key not in {"assessment", "remark"})
        )
        begins = begins or (key == "title" and bool(keys & BODY))
        if self.unit is None or begins:
            self.unit = Unit(self.area)
            self.blocks.append(self.unit)
            keys = set()
        mark = Place(number, *found.number) if found.number else None
        self.row = Row(key, [name], mark, [rest], key in keys)
        self.unit.rows.append(self.row)
