"""Which row stands under which, at which place, and what its IRI is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import URIRef
from rdflib.term import Node

from competency.exchange.sheets import Record
from competency.exchange.spreadsheet.faults import Faults
from competency.exchange.spreadsheet.naming import Names, step_of
from competency.exchange.spreadsheet.tables import Layout

_BETWEEN = re.compile(r"[.\-/\s]+")
# What a spreadsheet program makes of 1.2 in a cell that is not formatted as text.
DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MAX_CIRCLE = 6  # rows of a circle that are named


@dataclass(eq=False)
class Line:
    """One row of the sheet of parts, with its place in the tree."""

    record: Record
    given: str = ""  # the id in the row
    outline: tuple[str, ...] = ()
    parent: Line | None = None
    children: list[Line] = field(default_factory=list)
    iri: URIRef = field(default_factory=lambda: URIRef(""))
    position: int = 0


class Placing:
    """Puts the rows of a sheet into a tree, in the order in which they stand."""

    def __init__(self, layout: Layout, names: Names, faults: Faults) -> None:
        """Look at the rows; what is wrong with their places goes to the faults."""
        self.layout, self.names, self.faults = layout, names, faults
        self.lines: list[Line] = []
        self.taken: dict[Node, Line] = {}
        self._by_name: dict[str, list[Line]] = {}
        self._by_outline: dict[tuple[str, ...], Line] = {}

    def run(self) -> list[Line]:
        """Return the rows, each with its parent, its position and its IRI."""
        self.lines = [self._line(record) for record in self.layout.records()]
        for line in self.lines:
            self._put_under(line)
        if not self._circles():
            for line in self._downwards():
                self._place(line)
                self._name(line)
        return self.lines

    def find(self, name: str) -> Line | None:
        """Return the row with this id, or with this code if no other has it."""
        node = self.names.node(name)
        found = self.taken.get(node)
        if found is None:
            called = self._by_name.get(name.casefold(), [])
            found = called[0] if len(called) == 1 else None
        return found

    def known(self) -> Iterator[str]:
        """Yield the names by which rows can be called."""
        yield from (line.given for line in self.lines if line.given)
        yield from (code for line in self.lines if (code := self._code(line.record)))

    def _line(self, record: Record) -> Line:
        line = Line(record, self.layout.get(record, "id"))
        outline = self.layout.get(record, "outline")
        if DATE.fullmatch(outline):
            what = f"a spreadsheet program made a date of this, {outline}; make the column text"
            self._fault(record, "outline", f"{what} and type the number again")
        else:
            line.outline = tuple(step for step in _BETWEEN.split(outline) if step)
        if line.given:
            self._take(line)
        if line.outline:
            before = self._by_outline.setdefault(line.outline, line)
            if before is not line:
                what = f"{outline} is also in row {before.record.number}; number one of them anew"
                self._fault(record, "outline", what)
        if code := self._code(record):
            self._by_name.setdefault(code.casefold(), []).append(line)
        return line

    def _take(self, line: Line) -> None:
        node = self.names.node(line.given)
        if not isinstance(node, URIRef):
            self._fault(line.record, "id", f"{line.given!r} names a blank node; a part has an id")
            return
        line.iri = node
        before = self.taken.setdefault(node, line)
        if before is not line:
            what = (
                f"the id {line.given!r} is also in row {before.record.number}; give one of the"
                " two rows another, or leave it blank"
            )
            self._fault(line.record, "id", what)

    def _code(self, record: Record) -> str:
        header = self.layout.codes.get(1, {}).get("", "")
        return record.get(header) if header else ""

    def _put_under(self, line: Line) -> None:
        record, parent = line.record, self.layout.get(line.record, "parent id")
        above = self._above(line)
        if parent and self.names.node(parent) != URIRef(self.names.root):
            found = self.find(parent)
            if found is None:
                near = self.faults.near(parent, self.known())
                what = f"there is no row with the id or code {parent!r}{near or self._hint()}"
                self._fault(record, "parent id", what)
            elif above is not None and above is not found:
                what = (
                    f"the parent id says {parent!r}, but the outline puts this row under row"
                    f" {above.record.number}; leave one of the two blank"
                )
                self._fault(record, "parent id", what)
            line.parent = found
        else:
            line.parent = above
        if line.parent is not None:
            line.parent.children.append(line)

    def _hint(self) -> str:
        return "; put the id of the row above it, or leave the cell blank"

    def _above(self, line: Line) -> Line | None:
        """Return the row under which the outline puts this one."""
        if len(line.outline) < 2:
            return None
        found = self._by_outline.get(line.outline[:-1])
        if found is None:
            here, above = ".".join(line.outline), ".".join(line.outline[:-1])
            what = f"{here} stands under {above}, and there is no row {above}; add it or renumber"
            self._fault(line.record, "outline", what)
        return found

    def _circles(self) -> bool:
        """Find rows that stand under themselves; say so once for each circle."""
        state: dict[Line, int] = {}
        met = False
        for number, line in enumerate(self.lines):
            here: Line | None = line
            while here is not None and here not in state:
                state[here] = number
                here = here.parent
            if here is not None and state[here] == number:
                self._tell_circle(here)
                met = True
        return met

    def _tell_circle(self, line: Line) -> None:
        rows, here = [line], line.parent
        while here is not None and here is not line:
            rows.append(here)
            here = here.parent
        shown = [str(item.record.number) for item in rows[:_MAX_CIRCLE]]
        way = " under row ".join([*shown, *(["..."] if len(rows) > _MAX_CIRCLE else []), shown[0]])
        what = f"the rows stand under one another in a circle: row {way}; change one parent"
        self._fault(line.record, "parent id", what)

    def _downwards(self) -> Iterator[Line]:
        """Yield the rows, parents before children."""
        waiting = [line for line in self.lines[::-1] if line.parent is None]
        while waiting:
            line = waiting.pop()
            yield line
            waiting += line.children[::-1]

    def _place(self, line: Line) -> None:
        if not line.position:
            beside = line.parent.children if line.parent else self._tops()
            for number, item in enumerate(beside, 1):
                item.position = number
        stated = self.layout.get(line.record, "position")
        if stated.isascii() and stated.isdecimal() and len(stated) < 10 and int(stated) > 0:
            line.position = int(stated)
        elif stated:
            what = f"{stated!r} is no place among siblings; write 1, 2, 3 ... or leave it blank"
            self._fault(line.record, "position", what)

    def _tops(self) -> list[Line]:
        return [line for line in self.lines if line.parent is None]

    def _name(self, line: Line) -> None:
        """Give a row without an id an IRI: by its code, else by its place."""
        if line.iri:
            return
        above = line.parent.iri if line.parent else URIRef(self.names.root)
        code = step_of(self._code(line.record))
        tried = [f"{self.names.root}/{code}"] if code else []
        tried.append(f"{above}/{line.position}")
        found = next((iri for iri in tried if URIRef(iri) not in self.taken), "")
        number = 2
        while not found or URIRef(found) in self.taken:
            found = f"{tried[-1]}-{number}"
            number += 1
        line.iri = URIRef(found)
        self.taken[line.iri] = line

    def _fault(self, record: Record, column: str, reason: str) -> None:
        self.faults.add(record, self.layout.header(column), reason)
