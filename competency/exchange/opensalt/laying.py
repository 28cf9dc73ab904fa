"""A framework laid out for sheets: the fields of CASE, the tree, and what columns do not say."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from rdflib import Literal, URIRef

from competency.exchange.case.context import Object
from competency.exchange.case.fields import CASE, EXTENSION, case
from competency.exchange.case.given import UNKNOWN_MOMENT
from competency.exchange.case.identifiers import minted, uri_of
from competency.exchange.case.linking import number_of
from competency.exchange.case.values import is_moment, links_of, texts_of
from competency.exchange.case.writer import PackageWriter
from competency.exchange.exchange import Reading
from competency.exchange.opensalt.cells import joined, shown_day, shown_moment
from competency.exchange.opensalt.columns import DAYS, LISTS
from competency.exchange.opensalt.defined import Defined
from competency.exchange.opensalt.levels import Level, numbered
from competency.exchange.opensalt.packing import ascii_step, step_of
from competency.exchange.terms import term
from competency.graph import KnowledgeGraph
from competency.ontology import DEFAULT_BASE

_LABEL = term("rdfs:label")
# The media types of files that tables are read from.
TABLES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text/csv",
    "text/tab-separated-values",
)


class Laying:
    """One framework as a package, in the order of its tree, with texts for cells."""

    def __init__(self, graph: KnowledgeGraph, iri: str) -> None:
        """Tell a framework as CASE; raises NotFound."""
        self.writer = PackageWriter(graph, iri)
        self.package = self.writer.write().package
        self.given, self.root = self.writer.given, self.writer.root
        self.doc: Object = self.package["CFDocument"]
        self._told = self.writer.items
        self.links = self.writer.links
        self.defined = Defined(self.package, str(self.root))
        self._names = {str(self.doc.get("identifier")): self.root}
        for told, one in self._told.items():
            self._names.setdefault(str(one.get("identifier")), told)

    # ------------------------------------------------------------------ the tree

    @cached_property
    def above(self) -> dict[URIRef, URIRef]:
        """Return what each item stands under: the framework, or an item."""
        found: dict[URIRef, URIRef] = {}
        for one in self.links.values():
            ends = [self.inside(one.get(f"{end}NodeURI")) for end in ("origin", "destination")]
            child, parent = ends
            if one["associationType"] == "isChildOf" and child in self._told and parent:
                found.setdefault(child, parent)
        return found

    @cached_property
    def numbers(self) -> dict[URIRef, Any]:
        """Return the number that each item has among its siblings."""
        found: dict[URIRef, Any] = {}
        for one in self.links.values():
            child = self.inside(one.get("originNodeURI"))
            if one["associationType"] == "isChildOf" and child and child not in found:
                found[child] = one.get("sequenceNumber")
        return found

    @cached_property
    def children(self) -> dict[URIRef, list[URIRef]]:
        """Return what is below each thing: those with a number or a position first, in order."""
        found: dict[URIRef, list[URIRef]] = {}
        for child, parent in self.above.items():
            found.setdefault(parent, []).append(child)
        for below in found.values():
            below.sort(key=self._place)
        return found

    def _place(self, iri: URIRef) -> tuple[float, float]:
        position = self.given.place(iri)[0]
        number = number_of({"sequenceNumber": self.numbers.get(iri)})
        return position, float("inf") if number is None else number

    @cached_property
    def levels(self) -> dict[URIRef, Level]:
        """Return the smart level of each item in the tree, in its order."""
        numbers = {
            iri: number_of({"sequenceNumber": value})
            if self.given.values(iri, term("comp:position"))
            else None
            for iri, value in self.numbers.items()
        }
        return numbered(self.children, self.root, numbers)

    @cached_property
    def items(self) -> list[URIRef]:
        """Return the items: in the order of the tree, those that stand under nothing behind."""
        return [*dict.fromkeys([*self.levels, *self._told])]

    # ------------------------------------------------------------------ cells

    def item(self, iri: URIRef, name: str) -> str:
        """Return the cell of an item for a field of CASE; what only CASE wants is left out."""
        given, value = self.given, self._told[iri].get(name)
        if name == "fullStatement" and not any(
            given.values(iri, term(prop)) for prop in ("comp:text", "rdfs:label")
        ):
            return ""
        if name == "CFItemType" and given.not_stated(iri, case(name)):
            return ""
        if name == "license":
            return self.defined.name(self._told[iri])
        if name == "identifier" and self._names.get(str(value)) != iri:
            return ""  # another item has the same one
        return str(iri) if name == "uri" else self.cell(name, value)

    def texts(self, iri: URIRef, name: str) -> list[str]:
        """Return the texts of a field of an item that holds several."""
        value = self._told[iri].get(name)
        return [str(one) for one in value] if isinstance(value, list) else []

    def cell(self, name: str, value: Any) -> str:
        """Return the cell for the value of a field."""
        if isinstance(value, list):
            texts = [str(one) for one in value]
            return joined(texts, "|" if name == "subject" else "|,") if name in LISTS else ""
        if name in DAYS and isinstance(value, str):
            return shown_day(value)
        return "" if value is None or isinstance(value, dict) else str(value)

    def document(self, name: str) -> str:
        """Return the cell of the framework for a column of CF Doc."""
        doc = self.doc
        if name == "lastChangeDate":
            return self._changed()
        if name == "uri":
            return str(self.root)
        if (name == "title" and self.is_untitled) or (name == "language" and self._is_guessed):
            return ""
        if name.startswith("license"):
            place = ("licenseTitle", "licenseText", "licenseURI").index(name)
            return self.defined.licence(doc)[place]
        return self.cell(name, doc.get(name))

    def _changed(self) -> str:
        """Return when the framework changed last: as it is stated, for CASE adds a zone to it."""
        stated = texts_of(self.given.values(self.root, term("dcterms:modified")))
        found = [text for text in stated if is_moment(text)]
        value = found[0] if len(found) == 1 else self.doc.get("lastChangeDateTime")
        return "" if value in (None, UNKNOWN_MOMENT) else shown_moment(str(value))

    @cached_property
    def files(self) -> set[URIRef]:
        """Return the files that the framework was read from: tables, or packages of CASE."""
        found = links_of(self.given.values(self.root, term("comp:source")))
        return {one for one in found if self._is_file(one)}

    def _is_file(self, source: URIRef) -> bool:
        formats = texts_of(self.given.values(source, term("dcterms:format")))
        table = str(source) == f"{self.root}/source" and any(one in TABLES for one in formats)
        return table or self.given.has(source, "dcterms:conformsTo", URIRef(CASE))

    @property
    def is_untitled(self) -> bool:
        """Say whether the framework is only named after the file that it was read from."""
        given, label = self.given, _LABEL
        names = {str(name) for file in self.files for name in given.values(file, label)}
        inferred = given.has(self.root, "comp:inferred", label)
        return inferred and given.title(self.root) in names

    @property
    def _is_guessed(self) -> bool:
        """Say whether no language is stated, and the one that is usual was taken."""
        said = term("dcterms:language")
        return self.given.not_stated(self.root, said) and self.given.tag == Reading().language

    # ------------------------------------------------------------------ ends of associations

    def inside(self, link: Any) -> URIRef | None:
        """Return the thing of the framework that a link leads to, or None."""
        return self._names.get(str(link.get("identifier"))) if isinstance(link, dict) else None

    def outside(self, link: Any) -> tuple[str, str, str]:
        """Return identifier, address and code of something outside, as far as they say anything."""
        if not isinstance(link, dict):
            return "", str(link or ""), ""
        told, identifier = str(link.get("uri") or ""), str(link.get("identifier") or "")
        uri = self._iris.get(told, told)
        codes = self.given.values(URIRef(uri), term("skos:notation")) if uri else []
        code = next((str(one) for one in codes if isinstance(one, Literal)), "")
        identifier = "" if uri and identifier == minted(uri) else identifier
        made = uri == f"urn:uuid:{identifier}" or uri.startswith(f"{self.root}/outside/")
        return identifier, "" if made and (identifier or code) else uri, code

    @cached_property
    def _iris(self) -> dict[str, str]:
        """Return IRIs by how CASE writes them, where that is not the same."""
        found = {str(value) for _, _, value in self.given.rows if isinstance(value, URIRef)}
        return {uri_of(iri): iri for iri in found if not iri.isascii()}

    def code(self, iri: URIRef) -> str:
        """Return the code of an item, if no other has it; else its identifier."""
        found = self._codes.get(self.item(iri, "humanCodingScheme"), [])
        if len(found) == 1:
            return self.item(iri, "humanCodingScheme")
        return str(self._told[iri].get("identifier") or "")

    @cached_property
    def _codes(self) -> dict[str, list[URIRef]]:
        found: dict[str, list[URIRef]] = {}
        for iri in self._told:
            if code := self.item(iri, "humanCodingScheme"):
                found.setdefault(code, []).append(iri)
        return found

    # ------------------------------------------------------------------ more columns

    def used(self, names: Iterable[str]) -> list[str]:
        """Return the fields of items that have a value anywhere; IRIs where they do not follow."""
        return [
            name for name in names
            if (self._wants_iris if name == "uri" else any(self.item(i, name) for i in self._told))
        ]  # fmt: skip

    @cached_property
    def _wants_iris(self) -> bool:
        """Say whether an item has an IRI that does not follow from its identifier."""
        return any(
            str(iri) != f"{self.root}/{step_of(str(one.get('identifier') or ''))}"
            for iri, one in self._told.items()
        )

    @property
    def is_named(self) -> bool:
        """Say whether the IRI of the framework follows from its identifier."""
        return str(self.root) == DEFAULT_BASE + ascii_step(self.doc.get("identifier"))

    @cached_property
    def own(self) -> dict[URIRef, str]:
        """Return the properties that were columns which CASE has no field for, with headers."""
        start, label = f"{self.root}/column/", _LABEL
        found = {}
        for thing in sorted(self.given.things, key=str):
            texts = self.given.values(thing, label)
            if isinstance(thing, URIRef) and thing.startswith(start) and texts:
                found[thing] = str(texts[0])
        return found

    def custom(self, thing: URIRef, prop: URIRef) -> str:
        """Return what stood in a column of its own."""
        values = self.given.values(thing, prop)
        return str(values[0]) if values else ""

    def uses(self, things: Iterable[URIRef]) -> list[URIRef]:
        """Return the properties of own columns that some things have."""
        found = [*things]
        return [p for p in self.own if any(self.given.values(one, p) for one in found)]

    def extended(self) -> list[str]:
        """Return the names of texts in extensions of associations, which get columns."""
        found = {
            name: None
            for one in self.links.values() if isinstance(one.get("extensions"), dict)
            for name, value in one["extensions"].items()
            if name != EXTENSION and isinstance(value, str)
        }  # fmt: skip
        return list(found)
