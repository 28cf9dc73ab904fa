"""The lines of ``#`` before the table: what is said of the framework as a whole."""

from __future__ import annotations

from rdflib import Literal, URIRef

from competency.exchange.case.fields import case
from competency.exchange.case.values import is_json
from competency.exchange.columns import ordered
from competency.exchange.compeito.headers import SITE
from competency.exchange.compeito.table import NO_CREATOR
from competency.exchange.entry import Thing
from competency.exchange.ledger import Ledger
from competency.exchange.terms import term

_SILENT = ("dcterms:publisher", "dcterms:creator", "dcterms:issued", "dcterms:license",
           "dcterms:description", "comp:extent", "dcterms:language")  # fmt: skip


class Framing:
    """Tells a framework, and the licences of it and its parts."""

    def __init__(self, ledger: Ledger, columns: list[tuple[URIRef, str]]) -> None:
        """``columns`` are those that were kept, of the framework and of parts."""
        self.ledger, self.columns = ledger, columns
        self.top = ledger.outline.top

    def lines(self, identifier: str) -> list[list[str]]:
        """Return the lines; those that would say nothing are left out."""
        ledger, top = self.ledger, self.top
        ledger.carry(top, "rdf:type", term("comp:Framework"))
        ledger.import_notes(SITE, *_SILENT)
        said = {
            "identifier": identifier,
            "title": self._title(),
            "version": self._first("owl:versionInfo"),
            **self._bodies(),
            "description": ledger.text(top, "dcterms:description"),
            "language": self._language(),
            "adoption_status": self._first("case:adoptionStatus"),
            "status_start_date": self._first("case:statusStartDate"),
            "status_end_date": self._first("case:statusEndDate"),
            "license": self.licence(top),
            "official_source_url": self._official(),
        }
        lines = [[f"#{key}", text] for key, text in said.items() if text]
        if subjects := self._subjects():
            lines.append(["#subject", *subjects])
        return [*lines, *self._more()]

    def _title(self) -> str:
        inferred = term("rdfs:label") in self.top.values("comp:inferred")
        not_stated = case("title") in self.top.values("comp:notStated")
        if inferred and not_stated:
            self.ledger.carry(self.top, "comp:notStated", case("title"))
            return ""
        return self.ledger.text(self.top, "rdfs:label")

    def _language(self) -> str:
        inferred = term("dcterms:language")
        if inferred in self.top.values("comp:inferred"):
            self.ledger.carry(self.top, "comp:inferred", inferred)
            self.ledger.carry(self.top, "dcterms:language")
            return ""
        return self._first("dcterms:language")

    def _first(self, name: str) -> str:
        found = [v for v in self.top.values(name) if isinstance(v, Literal) and not is_json(v)]
        if not found:
            return ""
        self.ledger.carry(self.top, name, found[0])
        return self.ledger.trimmed(self.top, name, str(found[0]))

    def _bodies(self) -> dict[str, str]:
        found = {field: self._body(field) for field in ("creator", "publisher")}
        silent = term("dcterms:creator") in self.top.values("comp:notStated")
        if not found["creator"] and found["publisher"] and not silent:
            self.ledger.lose(self.top, "dcterms:creator", NO_CREATOR)
            found["creator"] = found["publisher"]
        return found

    def _body(self, field: str) -> str:
        """Return the name of a body; its IRI comes back only where it was made of the field."""
        ledger, outline = self.ledger, self.ledger.outline
        links = self.top.links(f"dcterms:{field}")
        for body in map(outline.thing, links[:1]):
            name = ledger.text(body, "rdfs:label")
            ledger.carry(body, "rdf:type", term("org:Organization"))
            if name and body.iri == f"{ledger.root}/org/{field}":
                ledger.carry(self.top, f"dcterms:{field}", body.node)
            return name or body.iri
        return ""

    def licence(self, thing: Thing) -> str:
        """Return the title of a licence, or its address where it has none."""
        ledger = self.ledger
        for found in map(ledger.outline.thing, thing.links("dcterms:license")[:1]):
            title = ledger.text(found, "rdfs:label")
            if title and found.iri.startswith(f"{ledger.root}/licence/"):
                ledger.carry(thing, "dcterms:license", found.node)
                ledger.carry(found, "rdf:type", case("CFLicense"))
            return title or found.iri
        return ""

    def _official(self) -> str:
        ledger = self.ledger
        for link in self.top.links("comp:source"):
            source = ledger.outline.thing(link)
            if source.first("rdfs:label") == source.iri:
                ledger.carry(self.top, "comp:source", link)
                ledger.carry(source, "rdf:type", term("comp:Source"))
                ledger.carry(source, "rdfs:label")
                return source.iri
        return self._first("case:officialSourceURL")

    def _subjects(self) -> list[str]:
        ledger, top = self.ledger, self.top
        found = [v for v in top.values("dcterms:subject") if isinstance(v, Literal)]
        mine = [text for text in found if (text.language or "").lower() == ledger.tag]
        if mine:
            ledger.carry(top, "dcterms:subject", *mine)
            ledger.carry(top, "case:subject")
        return ordered(mine, top.values("case:subject"))

    def _more(self) -> list[list[str]]:
        """Return the lines of keys that COMPEITO does not have, as they came in."""
        lines = []
        for name, header in self.columns:
            texts = ordered(self.top.values(str(name)))
            if texts and header.startswith("#"):
                self.ledger.carry(self.top, str(name))
                lines.append([header, *texts])
        return lines
