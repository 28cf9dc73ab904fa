"""COMPEITO out: every part is a row, parents first, typed by its kind."""

from __future__ import annotations

from dataclasses import replace

from rdflib import Literal, URIRef

from competency.exchange.aligned import alignments_left
from competency.exchange.case.fields import case
from competency.exchange.case.identifiers import minted
from competency.exchange.case.item_types import kind_of_item
from competency.exchange.case.kinds import is_titled, label_of_kind
from competency.exchange.case.values import is_json
from competency.exchange.columns import is_unhelpful, kept_columns, ordered
from competency.exchange.compeito.framing import Framing
from competency.exchange.compeito.headers import COLUMNS
from competency.exchange.compeito.table import COMMA, EMPTY, IRIS, TABLE
from competency.exchange.entry import Entry, Thing
from competency.exchange.exchange import Exported
from competency.exchange.ledger import Ledger
from competency.exchange.sheets import csv_bytes
from competency.exchange.terms import term
from competency.graph import KnowledgeGraph

_INFERRED, _NOT_STATED = "comp:inferred", "comp:notStated"
_DATES = ("statusStartDate", "statusEndDate")


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a CSV of COMPEITO, with all that it could not carry; raises NotFound.

    write(KnowledgeGraph.shipped(), "pub-cscf").data
    """
    found = _Items(Ledger(graph, iri, TABLE)).exported()
    return replace(found, losses=(*found.losses, *alignments_left(graph, iri)))


class _Items:
    """Tells the parts of one framework, row by row."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.outline = ledger, ledger.outline
        self.columns = kept_columns(ledger.outline)
        self.framing = Framing(ledger, self.columns)
        self.used: set[str] = set()

    def exported(self) -> Exported:
        ledger = self.ledger
        parts = self.outline.entries[1:]
        lines = self.framing.lines(self._identifier(self.outline.top))
        rows = [self._row(part) for part in parts]
        self._levels()
        for name, header in self.columns:
            if header in self.used or header.startswith("#"):
                ledger.whole(self.outline.thing(name))
        others = [header for _, header in self.columns if header in self.used - {*COLUMNS}]
        headers = [*COLUMNS, *others]
        cells = [[row.get(header, "") for header in headers] for row in rows]
        return Exported(csv_bytes([*lines, headers, *cells]), ledger.losses())

    def _identifier(self, thing: Thing) -> str:
        """Return the identifier of a thing: its own, or one that is made of its IRI."""
        ledger = self.ledger
        ledger.carry(thing, "case:identifier")
        inferred = case("identifier") in thing.values(_INFERRED)
        if inferred:
            ledger.carry(thing, _INFERRED, case("identifier"))
            return ""
        found = thing.first("case:identifier")
        if found is None:
            ledger.lose(self.outline.top, "case:uri", IRIS)
        return found or minted(thing.iri)

    def _row(self, part: Entry) -> dict[str, str]:
        ledger = self.ledger
        ledger.carry(part, "comp:inFramework")
        row = {"Identifier": self._identifier(part), "parentIdentifier": self._parent(part)}
        row |= {"sequenceNumber": self._number(part), "CFItemType": self._type(part)}
        row |= self._statements(part)
        row |= {"humanCodingScheme": self._code(part), "educationLevel": self._education(part)}
        row["conceptKeywords"] = self._list(part, "case:conceptKeywords")
        row["listEnumeration"] = self._plain(part, "comp:enumeration")
        row["license"] = self.framing.licence(part)
        row |= {name: self._plain(part, f"case:{name}") for name in _DATES}
        for name, header in self.columns:
            if texts := ordered(part.values(str(name))):
                self.used.add(header)
                row[header] = ", ".join(texts)
                if len(texts) == 1:
                    ledger.carry(part, str(name))
        return row

    # ------------------------------------------------------------------ the tree

    def _parent(self, part: Entry) -> str:
        ledger, above = self.ledger, part.parent
        ledger.carry(part, "comp:partOf")
        ledger.carry(part, _INFERRED, term("comp:partOf"))
        return "" if above is None or above.role == "framework" else self._identifier(above)

    def _number(self, part: Entry) -> str:
        ledger = self.ledger
        ledger.carry(part, "comp:position")
        if term("comp:position") in part.values(_INFERRED):
            ledger.carry(part, _INFERRED, term("comp:position"))
            return ""
        return part.first("comp:position") or ""

    def _type(self, part: Entry) -> str:
        """Return the label of the kind; the kind is carried if it is read of the label again."""
        ledger, kind = self.ledger, part.kind.rpartition("#")[2]
        silent = case("CFItemType") in part.values(_NOT_STATED)
        ledger.carry(part, _NOT_STATED, case("CFItemType"))
        label = (
            "" if silent else self._plain(part, "case:CFItemType") or label_of_kind(kind) or kind
        )
        read = "NegativeIndicator" if is_unhelpful(label) else kind_of_item({"CFItemType": label})
        at_top = part.parent is None or part.parent.role == "framework"
        if read == "CompetencyLevel" and at_top:
            read = "Competency"  # a level of what? so the reader of CASE asks
        if read == kind:
            ledger.carry(part, "rdf:type", URIRef(part.kind))
        return label

    def _levels(self) -> None:
        """Carry levels that were only inferred of the place of what is called a level."""
        start = f"{self.ledger.root}/levels"
        scale = self.outline.thing(URIRef(start))
        if term("rdfs:label") not in scale.values(_INFERRED):
            return
        levels = [self.outline.thing(level) for level in self.outline.levels(start)]
        for thing in (scale, *levels):
            self.ledger.whole(thing)
        for part in self.ledger.entries.values():
            if {*part.links("comp:atLevel")} & {level.node for level in levels}:
                self.ledger.carry(part, "comp:atLevel")
                self.ledger.carry(part, _INFERRED, term("comp:atLevel"))

    # ------------------------------------------------------------------ texts

    def _statements(self, part: Entry) -> dict[str, str]:
        ledger = self.ledger
        tag = self._language(part)
        label, text = (ledger.text(part, name, tag) for name in ("rdfs:label", "comp:text"))
        ledger.carry(part, "comp:wording", term("comp:Verbatim"))
        stated = self._plain(part, "case:language")
        language = stated or ("" if tag == ledger.tag else tag)
        if case("fullStatement") in part.values(_NOT_STATED):
            for value in (case("fullStatement"), term("rdfs:label")):
                ledger.carry(part, _NOT_STATED, value)
            ledger.carry(part, "comp:isEmpty")
            full, short = "", label
        else:
            titled = is_titled(part.kind.rpartition("#")[2])
            full, short = text or label, "" if titled and not text else label
            if label and not text and not titled:
                ledger.lose(part, "comp:text", EMPTY)
        return {"fullStatement": full, "abbreviatedStatement": short, "language": language}

    def _language(self, part: Entry) -> str:
        found = [*part.texts("comp:text"), *part.texts("rdfs:label")]
        tags = [(text.language or "").lower() for text in found]
        return self.ledger.tag if self.ledger.tag in tags or not tags else tags[0]

    def _plain(self, part: Entry, name: str) -> str:
        found = [v for v in part.values(name) if isinstance(v, Literal) and not is_json(v)]
        if not found:
            return ""
        self.ledger.carry(part, name, found[0])
        return str(found[0])

    def _code(self, part: Entry) -> str:
        ledger = self.ledger
        for code in ledger.codes(part)[:1]:
            ledger.carry(part, "comp:code", code.node)
            ledger.carry(code, "rdf:type", term("comp:Code"))
            ledger.carry(code, _NOT_STATED, term("comp:issuedBy"))
            return ledger.text(code, "skos:notation", "")
        return ""

    def _education(self, part: Entry) -> str:
        stated = self._list(part, "case:educationLevel")
        levels = [self.outline.thing(iri) for iri in part.links("comp:qualificationLevel")]
        titles = [self.ledger.text(level, "rdfs:label") or level.iri for level in levels]
        return stated or ",".join(title.replace(",", ";") for title in titles)

    def _list(self, part: Entry, name: str) -> str:
        texts = ordered(part.values(name))
        self.ledger.carry(part, name)
        if any("," in text for text in texts):
            self.ledger.lose(part, name, COMMA)
        return ",".join(texts)
