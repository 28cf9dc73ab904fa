"""OSMT out: every competency, level and requirement is a row; what is no skill is reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rdflib import Literal

from competency.exchange.aligned import with_matches
from competency.exchange.columns import kept_columns, ordered
from competency.exchange.entry import Entry, Thing
from competency.exchange.exchange import Exported
from competency.exchange.ledger import Ledger
from competency.exchange.osmt.headers import (
    CATEGORIES,
    COLLECTIONS,
    COLUMNS,
    KEYWORDS,
    NAME,
    SITE,
    STATEMENT,
    URL,
    alignment,
)
from competency.exchange.osmt.table import DIVIDED, EMPTY, NO_NAME, NO_ROWS, NO_STATEMENT, TABLE
from competency.exchange.sheets import csv_bytes
from competency.exchange.terms import short, term
from competency.exchange.words import is_kind
from competency.graph import KnowledgeGraph

_SKILLS = ("competency", "level", "requirement")
_MATCHES = ("relatedMatch", "exactMatch", "closeMatch", "broadMatch", "narrowMatch")
_MANY = {column.header for column in COLUMNS if column.many}
_SILENT = ("dcterms:publisher", "dcterms:issued", "dcterms:license", "dcterms:description",
           "comp:extent")  # fmt: skip
_BETWEEN = "; "


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a CSV of OSMT, with all that it could not carry; raises NotFound.

    write(KnowledgeGraph.shipped(), "pub-cscf").data
    """
    graph, apart = with_matches(graph, graph.framework(iri).iri)
    found = _Skills(Ledger(graph, iri, TABLE)).exported()
    return replace(found, losses=(*found.losses, *apart))


class _Skills:
    """Tells the skills of one framework, row by row."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.outline = ledger, ledger.outline
        self.columns = kept_columns(ledger.outline)
        self.used: dict[str, None] = {}
        self.titles = {self.outline.top.iri: ""}  # the nearest title above each part
        for entry in self.outline.entries[1:]:  # parents first
            parent = entry.parent or self.outline.top
            own = "" if parent is self.outline.top else ledger.shown(parent, "rdfs:label")
            self.titles[entry.iri] = own or self.titles.get(parent.iri, "")

    def exported(self) -> Exported:
        ledger = self.ledger
        title = self._framework()
        skills = [entry for entry in self.outline.entries if entry.role in _SKILLS]
        rows = [self._row(entry, title) for entry in skills if self._is_said(entry)]
        if not rows and title:
            ledger.lose(self.outline.top, "rdfs:label", NO_ROWS)
        for name, header in self.columns:
            if header in self.used:
                ledger.whole(self.outline.thing(name))
        known = [column.header for column in COLUMNS]
        aligned = [header for header in _aligned(self.used) if header in self.used]
        others = [header for header in self.used if header not in (*known, *aligned)]
        headers = [*known, *aligned, *others]
        cells = [[row.get(header, "") for header in headers] for row in rows]
        return Exported(csv_bytes([headers, *cells]), ledger.losses())

    def _framework(self) -> str:
        """Return the title that is the collection of all rows; '' where it is only a file name."""
        ledger, top = self.ledger, self.outline.top
        ledger.carry(top, "rdf:type", term("comp:Framework"))
        ledger.import_notes(SITE, *_SILENT)
        if term("dcterms:language") in top.values("comp:inferred"):
            ledger.carry(top, "comp:inferred", term("dcterms:language"))
            ledger.carry(top, "dcterms:language")
        if term("rdfs:label") in top.values("comp:inferred"):
            return ""
        title = ledger.text(top, "rdfs:label")
        if ";" in title:
            ledger.lose(top, "rdfs:label", DIVIDED)
        return title.replace(";", ",")

    def _is_said(self, entry: Entry) -> bool:
        """Say whether a skill has a title or a text; a row without both is none."""
        said = any(self.ledger.shown(entry, name) for name in ("rdfs:label", "comp:text"))
        if not said:
            self.ledger.lose(entry, "rdf:type", EMPTY)
        return said

    def _row(self, entry: Entry, title: str) -> dict[str, str]:
        ledger = self.ledger
        ledger.carry(entry, "comp:inFramework")
        if entry.links("comp:partOf") == [ledger.root]:
            ledger.carry(entry, "comp:partOf")
            ledger.carry(entry, "comp:position")
        if entry.types == {str(term("comp:Competency"))}:
            ledger.carry(entry, "rdf:type")
        row = {URL.header: entry.iri, COLLECTIONS.header: title, **self._texts(entry)}
        row |= {CATEGORIES.header: self._categories(entry), KEYWORDS.header: self._keywords(entry)}
        for name, header in self.columns:
            if texts := ordered(entry.values(str(name))):
                row[header] = self._list(entry, short(str(name)), texts, header in _MANY)
                self.used[header] = None
                if header in _MANY or len(texts) == 1:
                    ledger.carry(entry, str(name))
        self._alignments(entry, row)
        return row

    def _list(self, entry: Entry, name: str, texts: list[str], many: bool = True) -> str:
        if many and any(";" in text for text in texts):
            self.ledger.lose(entry, name, "a semicolon in it divides it in two")
        return _BETWEEN.join(texts)

    # ------------------------------------------------------------------ name and statement

    def _texts(self, entry: Entry) -> dict[str, str]:
        ledger = self.ledger
        name, text = ledger.text(entry, "rdfs:label"), ledger.text(entry, "comp:text")
        ledger.carry(entry, "comp:wording", term("comp:Verbatim"))
        inferred = term("rdfs:label") in entry.values("comp:inferred")
        if inferred:
            ledger.carry(entry, "comp:inferred", term("rdfs:label"))
            return {NAME.header: "", STATEMENT.header: text or name}
        if term("comp:text") in entry.values("comp:notStated"):
            ledger.carry(entry, "comp:notStated", term("comp:text"))
            return {NAME.header: name, STATEMENT.header: ""}
        text = text or self._described(entry)
        if not name:
            ledger.lose(entry, "rdfs:label", NO_NAME)
        if not text:
            ledger.lose(entry, "comp:text", NO_STATEMENT)
        return {NAME.header: name or text, STATEMENT.header: text or name}

    def _described(self, entry: Entry) -> str:
        """Return the text of the first descriptor right below; '' where there is none."""
        notes = (note for note in entry.parts if is_kind(note, "Descriptor"))
        return next((text for note in notes if (text := self.ledger.shown(note, "comp:text"))), "")

    # ------------------------------------------------------------------ lists

    def _categories(self, entry: Entry) -> str:
        ledger = self.ledger
        found = [v for v in entry.values("dcterms:subject") if isinstance(v, Literal)]
        mine = [text for text in found if (text.language or "").lower() == ledger.tag]
        if mine:
            ledger.carry(entry, "dcterms:subject", *mine)
            ledger.carry(entry, "case:subject")
            return self._list(entry, "dcterms:subject", ordered(mine, entry.values("case:subject")))
        return self.titles[entry.iri].replace(";", ",")

    def _keywords(self, entry: Entry) -> str:
        values = entry.values("case:conceptKeywords")
        self.ledger.carry(entry, "case:conceptKeywords")
        return self._list(entry, "case:conceptKeywords", ordered(values))

    # ------------------------------------------------------------------ alignments

    def _alignments(self, entry: Entry, row: dict[str, str]) -> None:
        """Fill the columns of alignments, behind those that came in with texts of their own."""
        self.ledger.carry(entry, "skos:relatedMatch", *entry.links("skos:relatedMatch"))
        links = dict.fromkeys(link for name in _MATCHES for link in entry.links(f"skos:{name}"))
        kept = {row.get(header) for header in row if header.endswith(" URL")}
        number = 1
        for link in sorted(link for link in links if str(link) not in kept):
            while any(column.header in row for column in alignment(number)):
                number += 1
            target = self.outline.thing(link)
            texts = self._name(target), str(link), self._belongs(target)
            headers = [column.header for column in alignment(number)]
            row |= dict(zip(headers, texts, strict=True))
            self.used |= dict.fromkeys(headers)

    def _name(self, target: Thing) -> str:
        mine = self.outline.entry(target.iri)
        inside = mine is not None and mine.node in self.ledger.entries
        return "" if inside else self.ledger.text(target, "rdfs:label")

    def _belongs(self, target: Thing) -> str:
        for name, header in self.columns:
            if header == alignment(1)[2].header:
                self.ledger.carry(target, str(name))
                return next(iter(ordered(target.values(str(name)))), "")
        return ""


def _aligned(used: Iterable[str]) -> list[str]:
    """Return the headers of all alignments up to the last that is used."""
    count = sum(header.startswith("Alignment") for header in used) + 1
    return [column.header for number in range(1, count + 1) for column in alignment(number)]
