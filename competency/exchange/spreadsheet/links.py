"""Links between parts, and from parts to those of other frameworks."""

from __future__ import annotations

from rdflib.term import Node

from competency.exchange.sheets import Record, Sheet, key
from competency.exchange.spreadsheet.columns import RELATIONS, is_instruction
from competency.exchange.spreadsheet.placing import Line, Placing
from competency.exchange.spreadsheet.telling import Telling
from competency.exchange.spreadsheet.values import listed
from competency.graph.store import is_absolute

_RELATION = {key(label): name for name, label in RELATIONS.items()} | {
    key(name): name for name in RELATIONS
}


class Links:
    """Says the links of the sheet of links, and those in the column of links."""

    def __init__(self, telling: Telling, placing: Placing) -> None:
        """Read for one file whose parts have their places."""
        self.telling, self.placing = telling, placing
        self.teller, self.faults = telling.teller, telling.faults

    def of_line(self, line: Line, text: str) -> None:
        """Say the links in a cell of a part, one a line: a relation, a blank and the other end."""
        header = self.telling.tables.parts.header("links")
        self.telling.at(line.record, header)
        for link in text.splitlines():
            words, _, target = link.strip().rpartition(" ")
            name = _RELATION.get(key(words))
            if not link.strip():
                continue
            if name is None:
                near = self.faults.near(words, RELATIONS.values())
                hint = near or "; write: exact match https://example.org/x"
                self.faults.add(line.record, header, f"there is no relation {words!r}{hint}")
                continue
            self.teller.add(line.iri, name, self._thing(line.record, header, target))

    def of_sheet(self, sheet: Sheet) -> None:
        """Say the links of the sheet of links, one a row."""
        for record in sheet.records:
            if is_instruction(record.cells):
                continue
            words, start = record.get("relation"), record.get("from", "id")
            end = record.get("to", "target")
            name = _RELATION.get(key(words))
            if name is None:
                near = self.faults.near(words, RELATIONS.values())
                hint = near or f"; write {listed(RELATIONS.values())}"
                self.faults.add(record, "relation", f"there is no relation {words!r}{hint}")
                continue
            things = [self._thing(record, h, t) for h, t in (("from", start), ("to", end))]
            self.telling.at(record, "relation")
            if things[0] is not None:
                self.teller.add(things[0], name, things[1])

    def _thing(self, record: Record, header: str, name: str) -> Node | None:
        """Return the part, or the thing elsewhere, at one end of a link."""
        found = self.placing.find(name) if name else None
        if found is not None:
            return found.iri
        if name and (self.telling.whole or name.startswith("<") or is_absolute(name)):
            return self.telling.names.node(name)
        near = self.faults.near(name, self.placing.known()) if name else ""
        reason = f"there is no row with the id or code {name!r}{near}" if name else "nothing here"
        self.faults.add(record, header, f"{reason}; name a row, or a web address")
        return None
