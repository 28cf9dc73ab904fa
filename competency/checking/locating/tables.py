"""What a table of SSSOM states, each statement with the cell that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import BNode
from rdflib.term import Node

from competency.checking.locating.locator import Locator, Rank
from competency.checking.locating.statements import TYPE, Key, Statement, Written, key_of
from competency.errors import ParseError
from competency.graph import to_rdflib
from competency.graph.received import File
from competency.graph.sssom import MappingSet, to_graph
from competency.graph.sssom.cells import Cell
from competency.graph.sssom.model import names_of
from competency.graph.sssom.reader import Placed, read_placed
from competency.graph.sssom.slots import SLOTS
from competency.graph.texts.lines import Lines, text_of

_ENDS = ("subject_id", "predicate_id", "object_id")
_Cells = Mapping[str, Cell]


def table_locator(source: str, data: bytes, base: str) -> Locator:
    """Return what finds things in a table; in one that cannot be read it finds nothing.

    A node without a name cannot be found.

        table_locator("a.sssom.tsv", data, "https://example.org/").find(URIRef("urn:a"))
    """
    lines = Lines(text_of(data))
    try:
        placed = read_placed(File(source, data, ""), base=base)
    except ParseError:
        return Locator(Written(), lines)
    table = _Table(placed, lines)
    return _TableLocator(Written(list(table.statements())), lines, frozenset(table.rows))


class _TableLocator(Locator):
    """Finds things in a table, which mentions the parts at the ends and describes none of them."""

    def __init__(self, written: Written, lines: Lines, rows: frozenset[str]) -> None:
        """``rows`` are the names of the alignments."""
        super().__init__(written, lines)
        self._rows = rows

    def _described(self, key: Key) -> tuple[Rank, int] | None:
        found = super()._described(key)
        if found is None or key in self._rows or any(s[1] == TYPE for s in self._about(key)):
            return found
        return Rank.mention, found[1]


class _Table:
    def __init__(self, placed: Placed, lines: Lines) -> None:
        self.found, self.header, self.lines = placed.found, placed.header, lines
        names = names_of(self.found)
        self.rows = dict(zip(names, placed.rows, strict=True))
        keys = [tuple(record.get(name) for name in _ENDS) for record in self.found.records]
        self.plain = dict(reversed(list(zip(keys, placed.rows, strict=True))))
        self.slots = _by_property(self.found)

    def statements(self) -> Iterator[Statement]:
        """Yield every statement of the graph that the table is, with the places of its terms."""
        for triple in to_graph(self.found).triples:
            terms = [to_rdflib(term) for term in (triple.subject, triple.predicate, triple.object)]
            places = self._places(*terms)
            keys = [None if isinstance(term, BNode) else key_of(term) for term in terms]
            if keys[0] is not None and keys[1] is not None and keys[2] is not None:
                yield keys[0], keys[1], keys[2], *places

    def _places(self, one: Node, path: Node, value: Node) -> tuple[int, int, int]:
        row = self.rows.get(str(one))
        if row is not None:
            cell = self._cell(row, self.slots.get(str(path), ""))
            return self._start(row), cell, cell
        plain = self.plain.get((str(one), str(path), str(value)))
        if plain is not None:
            subject, predicate, end = (self._cell(plain, name) for name in _ENDS)
            return subject, predicate, end
        listed = self.rows.get(str(value))
        at = self._key(self.slots.get(str(path), ""))
        start = self._key("mapping_set_id")
        return start, at, at if listed is None else self._start(listed)

    def _cell(self, row: _Cells, name: str) -> int:
        cell = row.get(name)
        return self._start(row) if cell is None else self.lines.offset(cell.line, cell.column)

    def _start(self, row: _Cells) -> int:
        first = min(row.values(), key=lambda cell: (cell.line, cell.column))
        return self.lines.offset(first.line, first.column)

    def _key(self, name: str) -> int:
        """Return where the header speaks of a slot; its start where it does not."""
        place = self.header.get(name)
        return 0 if place is None else self.lines.offset(*place)


def _by_property(found: MappingSet) -> dict[str, str]:
    """Return the name of the slot by its property; the columns of records win."""
    ours = {slot.property: slot.name for slot in SLOTS.values() if not slot.on_record}
    ours |= {slot.property: slot.name for slot in SLOTS.values() if slot.on_record}
    return ours | {item.property: name for name, item in found.extensions.items()}
