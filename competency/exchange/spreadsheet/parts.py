"""One row of the sheet of parts, as triples."""

from __future__ import annotations

from rdflib import Literal, URIRef

from competency.exchange.spreadsheet.columns import PART_COLUMNS, Column, parted
from competency.exchange.spreadsheet.levels import Levels
from competency.exchange.spreadsheet.links import Links
from competency.exchange.spreadsheet.naming import unprefixed
from competency.exchange.spreadsheet.placing import Line, Placing
from competency.exchange.spreadsheet.telling import Telling
from competency.exchange.spreadsheet.values import (
    decimal_of,
    is_competency,
    kind_labels,
    kind_of,
    truth_of,
)
from competency.exchange.terms import term

_ORDINARY = tuple(column for column in PART_COLUMNS if column.sort in ("words", "text", "choice"))
_PLACES = ("page", "lines", "section")


def ordinary() -> tuple[Column, ...]:
    """Return the columns that are read alike: texts and terms of ours."""
    return _ORDINARY


class Parts:
    """Says what the rows of the sheet of parts say."""

    def __init__(self, telling: Telling, placing: Placing, levels: Levels, links: Links) -> None:
        """Read for one file whose parts have their places, and whose levels are known."""
        self.telling, self.tables = telling, telling.tables
        self.teller, self.faults = telling.teller, telling.faults
        self.placing, self.levels, self.links = placing, levels, links

    def say(self, line: Line) -> None:
        """Say a row: its kind, its place, its texts and codes, and what is around it."""
        layout, record, teller = self.tables.parts, line.record, self.teller
        kind, inferred = self._kind(line)
        self.telling.at(record, layout.header("kind"))
        teller.add(line.iri, "rdf:type", kind)
        if inferred:
            teller.add(line.iri, "comp:inferred", term("rdf:type"))
        self.telling.at(record, layout.header("parent id") or layout.header("outline"))
        teller.add(line.iri, "comp:inFramework", teller.root)
        teller.add(line.iri, "comp:partOf", line.parent.iri if line.parent else teller.root)
        self.telling.at(record, layout.header("position"))
        teller.add(line.iri, "comp:position", Literal(line.position))
        tag = layout.get(record, "language").lower() or teller.language
        if parted(f"x ({tag})") != ("x", tag):
            self._fault(line, "language", f"{tag!r} is no language code; write en, fr, de ...")
            tag = teller.language
        for column in _ORDINARY:
            for language, header in layout.found.get(column.header, {}).items():
                self.telling.say(line.iri, column, record, header, language or tag)
        for number, headers in sorted(layout.codes.items()):
            self.telling.code(line.iri, record, headers, number)
        self._around(line, kind, tag)
        self._words_of(line)
        self.telling.keep(line.iri, layout, record)

    def _kind(self, line: Line) -> tuple[URIRef, bool]:
        """Return the kind of a row, and whether nothing but its place tells it."""
        text = self.tables.parts.get(line.record, "kind")
        if text:
            found = kind_of(text) or unprefixed(text)
            if found is None:
                near = self.faults.near(text, kind_labels())
                hint = near or "; choose one from the list, such as competency or note"
                self._fault(line, "kind", f"there is no kind {text!r}{hint}")
            return found or term("comp:Part"), line.record.row in self.tables.inferred
        if line.children:
            bare = all(not c.children and self._has(c, "statement") for c in line.children)
            return term("comp:Competency" if bare else "comp:Group"), True
        return term("comp:PerformanceCriterion" if self._has(line, "statement") and not
                    self._has(line, "title") else "comp:Competency"), True  # fmt: skip

    def _has(self, line: Line, column: str) -> bool:
        headers = self.tables.parts.found.get(column, {}).values()
        return any(line.record.get(header) for header in headers)

    def _words_of(self, line: Line) -> None:
        """Say whose words a text is in, and refuse a row without any."""
        layout, record, teller = self.tables.parts, line.record, self.teller
        texts = [h for h in layout.found.get("statement", {}).values() if record.get(h)]
        if texts and not layout.get(record, "wording"):
            self.telling.at(record, layout.header("wording") or texts[0])
            teller.add(line.iri, "comp:wording", term("comp:Verbatim"))
        made = not line.given or not self.telling.whole
        if made and not any(layout.get(record, name) for name in _PLACES):
            self.telling.at(record, layout.header("section"))
            teller.add(line.iri, "comp:section", Literal(record.where(self._shown(line))))
        if made and not texts and not self._has(line, "title") and not self._is_empty(line):
            reason = "the row has neither a title nor a statement; fill one, or delete the row"
            self._fault(line, "title" if layout.header("title") else "statement", reason)

    def _shown(self, line: Line) -> str:
        layout = self.tables.parts
        names = ("title", "statement") if self._has(line, "title") else ("statement", "title")
        found = [h for name in names for h in layout.found.get(name, {}).values()]
        return next((h for h in found if line.record.get(h)), found[0])

    def _is_empty(self, line: Line) -> bool:
        return truth_of(self.tables.parts.get(line.record, "empty")) is True

    def _around(self, line: Line, kind: URIRef, tag: str) -> None:
        layout, record, teller = self.tables.parts, line.record, self.teller
        if layout.get(record, "level"):
            header = layout.header("level")
            name = "comp:qualificationLevel" if is_competency(kind) else "comp:atLevel"
            level = self.levels.find(record, header)
            self.telling.at(record, header)
            teller.add(line.iri, name, level)
        if lead := layout.get(record, "lead-in"):
            self._lead_in(line, lead)
        if text := layout.get(record, "empty"):
            truth = truth_of(text)
            self.telling.at(record, layout.header("empty"))
            if truth is None:
                self._fault(line, "empty", f"{text!r} is neither yes nor no")
            elif truth:
                teller.add(line.iri, "comp:isEmpty", Literal(True))
        self._credit(line, tag)
        if text := layout.get(record, "links"):
            self.links.of_line(line, text)

    def _lead_in(self, line: Line, name: str) -> None:
        found = self.placing.find(name)
        if found is None:
            near = self.faults.near(name, self.placing.known())
            hint = near or "; put the words in a row of their own (kind: descriptor), its id here"
            self._fault(line, "lead-in", f"there is no row with the id {name!r}{hint}")
            return
        self.telling.at(line.record, self.tables.parts.header("lead-in"))
        self.teller.add(line.iri, "comp:leadIn", found.iri)

    def _credit(self, line: Line, tag: str) -> None:
        layout, record, teller = self.tables.parts, line.record, self.teller
        text, note = layout.get(record, "credit"), layout.get(record, "credit note")
        if not text and not note:
            return
        credit = URIRef(f"{line.iri}/credit")
        value = decimal_of(text) if text else None
        if text and value is None:
            self._fault(line, "credit", f"{text!r} is no number of credits; write 3 or 2.5")
        self.telling.at(record, layout.header("credit") or layout.header("credit note"))
        teller.add(line.iri, "comp:credit", credit)
        teller.add(credit, "rdf:type", term("comp:Credit"))
        teller.add(credit, "comp:creditValue", value)
        if note:
            self.telling.at(record, layout.header("credit note"))
            teller.add(credit, "comp:creditQualifier", Literal(note, lang=tag))

    def _fault(self, line: Line, column: str, reason: str) -> None:
        self.faults.add(line.record, self.tables.parts.header(column), reason)
