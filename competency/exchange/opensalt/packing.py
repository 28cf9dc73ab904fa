"""A CASE package in the making, out of tables, and the cell that each thing in it is from.

OpenSALT and OpenCASE have the fields of CASE in columns. So a table is made a package of plain
values first; the reader of CASE says it in our vocabulary (:mod:`saying`). What a table has no
identifier for gets one that follows from its code or its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any
from unicodedata import normalize

from rdflib import Literal, URIRef

from competency.errors import ParseError
from competency.exchange.case.context import Object, Remarks
from competency.exchange.case.fields import case
from competency.exchange.case.given import UNKNOWN_MOMENT
from competency.exchange.case.identifiers import association_iri, minted
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Kept, Remark
from competency.exchange.sheets import Sheet
from competency.exchange.terms import Row, term
from competency.graph.store import is_absolute

MAX_FAULTS = 200
_STEP = re.compile(r"[^\w.~-]+")


@dataclass(frozen=True)
class Known:
    """The IRIs of a framework and of its items by row, where a table is read that was written."""

    root: str = ""
    items: Sequence[str] = ()


NOTHING = Known()


@dataclass
class Packing:
    """A package in the making: its objects, remarks and faults, and the cells they are from."""

    file: File
    reading: Reading
    known: Known = NOTHING
    doc: Object = field(default_factory=dict)
    items: list[Object] = field(default_factory=list)
    associations: list[Object] = field(default_factory=list)
    definitions: dict[str, list[Object]] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)  # by JSON pointer
    rows: dict[Row, None] = field(default_factory=dict)  # what CASE has no field for
    remarks: Remarks = field(default_factory=Remarks)
    faults: list[ParseError] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    _last: dict[str, int] = field(default_factory=dict)  # the numbers behind IRIs so far
    _defined: dict[tuple[str, ...], Object] = field(default_factory=dict)

    # ------------------------------------------------------------------ objects

    def begin(self, found: Object, where: str) -> None:
        """Take the document, and give it an IRI: its own, or one of its identifier or its file."""
        identifier, uri = found.get("identifier", ""), found.get("uri", "")
        name = self.reading.identifier or identifier or PurePath(self.file.name).stem
        root = self.known.root or uri or self.reading.base + (ascii_step(name) or "framework")
        if not is_absolute(root):
            raise ParseError(self.file.name, f"{root} is no IRI; choose another base")
        self.doc = {**found, "uri": root, "identifier": identifier or minted(root)}
        self.cells["/CFDocument"] = where
        self.taken.add(root)

    @property
    def is_dated(self) -> bool:
        """Say whether the table says when the framework changed last."""
        return "lastChangeDateTime" in self.doc

    @property
    def root(self) -> str:
        """Return the IRI of the framework."""
        return str(self.doc["uri"])

    def item(self, found: Object, where: str) -> Object:
        """Take an item; one without an IRI gets it of its identifier, its code or its place."""
        number = len(self.items)
        known = self.known.items[number] if number < len(self.known.items) else found.get("uri")
        identifier = found.get("identifier", "")
        step = step_of(identifier) or step_of(found.get("humanCodingScheme", ""))
        iri = known or self.unused(f"{self.root}/{step or f'item-{number + 1}'}")
        self.taken.add(iri)
        whole = {**found, "uri": iri, "identifier": identifier or minted(iri)}
        self.items.append(whole)
        self.cells[f"/CFItems/{number}"] = where
        return whole

    def join(
        self,
        origin: Object,
        kind: str,
        destination: Object,
        where: str,
        *,
        at: int | None = None,
        **fields: Any,
    ) -> str:
        """Take an association between two ends, and return its IRI.

        One without an identifier gets it of what it says.

        ``at`` is the place of one that says more of an association that was taken before.
        """
        usual = association_iri(origin["uri"], kind, destination["uri"])
        if not is_absolute(usual):  # a type that is none has blanks in it
            usual = association_iri(origin["uri"], step_of(kind), destination["uri"])
        identifier = fields.pop("identifier", "") or minted(usual)
        iri = usual if identifier == minted(usual) else f"{self.root}/{step_of(identifier)}"
        found: Object = {
            "identifier": identifier,
            "uri": iri,
            "associationType": kind,
            "originNodeURI": _link(origin),
            "destinationNodeURI": _link(destination),
        }
        found |= {k: v for k, v in fields.items() if v not in ("", None)}
        place = len(self.associations) if at is None else at
        self.cells[f"/CFAssociations/{place}"] = where
        self.associations[place : place + 1] = [found]
        return str(found["uri"])

    def define(self, array: str, title: str, where: str, **fields: str) -> Object:
        """Return the link to a definition of this title (or identifier); it is made at first."""
        every = self.definitions.setdefault(array, [])
        identifier, uri = fields.pop("identifier", ""), fields.pop("uri", "")
        usual = (array, uri, "" if uri else title)
        name = (array, "identifier", identifier) if identifier else usual
        if name in self._defined:
            return _link(self._defined[name])
        step = step_of(identifier) or f"{array[2:].lower()}/{len(every) + 1}"
        iri = uri or self.unused(f"{self.root}/{step}")
        self.taken.add(iri)
        named = {"identifier": identifier or minted(iri), "uri": iri}
        texts = {k: v for k, v in ({"title": title} | fields).items() if v.strip()}
        every.append(named | texts)
        self._defined[name] = every[-1]
        if title:
            self._defined.setdefault((array, "", title), every[-1])
        self.cells[f"/CFDefinitions/{array}/{len(every) - 1}"] = where
        return _link(every[-1])

    def unused(self, iri: str) -> str:
        """Return an IRI, with a number behind it where another thing has it already."""
        found, number = iri, self._last.get(iri, 1)
        while found in self.taken:
            number += 1
            found = f"{iri}-{number}"
        self._last[iri] = number
        return found

    # ------------------------------------------------------------------ more than CASE

    def own_columns(self, sheet: Sheet, known: Iterable[str]) -> dict[str, URIRef]:
        """Return the columns that CASE has no field for, each with a property of its own."""
        found: dict[str, URIRef] = {}
        for header in sheet.unknown(known):
            number = sheet.headers.index(header)
            place = sheet.grid.where(0, number) if sheet.grid.rows else sheet.grid.name
            what = f"the column {header[:80]!r} is no field of CASE; it is kept as its own property"
            self.remarks.add(Kept.aside, place, what)
            step = (step_of(header) or f"column-{number + 1}").lower()
            prop = URIRef(self.unused(f"{self.root}/column/{step}"))
            self.taken.add(str(prop))
            self.rows[(prop, term("rdf:type"), term("rdf:Property"))] = None
            self.rows[(prop, term("rdfs:label"), Literal(header))] = None
            found[header] = prop
        return found

    def numbered(self, association: str, item: str, number: int | str) -> None:
        """Keep the number that an item has in the file, where that is not its place."""
        node, value = URIRef(association), Literal(number)
        self.rows[(node, term("rdf:type"), case("CFAssociation"))] = None
        self.rows[(node, case("originNodeURI"), URIRef(item))] = None
        self.rows[(node, case("sequenceNumber"), value)] = None

    def note(self, sheet: Sheet) -> None:
        """Remark what is odd about the table as a table."""
        for remark in sheet.grid.notes:
            self.remarks.add(remark.kept, remark.where, remark.what)
        place = sheet.grid.where(0, 0) if sheet.grid.rows else sheet.grid.name
        for header in sheet.repeated:
            what = f"two columns are called {header[:80]!r}; in each row the first text counts"
            self.remarks.add(Kept.dropped, place, what)
        for letters in sheet.unheaded():
            what = f"column {letters} has no header; what stands in it is not read"
            self.remarks.add(Kept.dropped, place, what)

    def pointed(self, where: str) -> str:
        """Return the cell that a JSON pointer leads to; what is no pointer stays."""
        here = where
        while here.startswith("/"):
            if here in self.cells:
                return self.cells[here]
            here = here.rpartition("/")[0]
        return where if not where.startswith("/") else self.file.name

    def package(self) -> Object:
        """Return the package; raises ParseError with all faults that were met."""
        refuse(self.faults)
        moment = {"lastChangeDateTime": self.doc.get("lastChangeDateTime", UNKNOWN_MOMENT)}
        definitions = {k: [moment | one for one in every] for k, every in self.definitions.items()}
        return {
            "CFDocument": self.doc | moment,
            "CFItems": [moment | one for one in self.items],
            "CFAssociations": [moment | one for one in self.associations],
        } | ({"CFDefinitions": definitions} if definitions else {})

    def told(self) -> tuple[Remark, ...]:
        """Return the remarks, with cells for pointers."""
        return tuple(Remark(one.kept, self.pointed(one.where), one.what) for one in self.remarks)


def refuse(faults: Sequence[ParseError]) -> None:
    """Raise the first of some faults, with the lines of the others; nothing if there is none."""
    if faults:
        first, *others = faults
        more = [str(fault) for fault in others[:MAX_FAULTS]]
        if len(others) > MAX_FAULTS:
            more.append(f"and {len(others) - MAX_FAULTS:,} more")
        first.more = tuple(more)
        raise first


def step_of(text: str) -> str:
    """Return a text as a step of an IRI; '' where nothing of it can stand there.

    >>> step_of("M.F 1/2"), step_of("***")
    ('M.F-1-2', '')
    """
    return _STEP.sub("-", normalize("NFC", text)).strip("-.")[:200]


def ascii_step(text: object) -> str:
    """Return a text as a step of an IRI with nothing but ASCII; '' where nothing is left.

    >>> ascii_step("baking 2")
    'baking-2'
    """
    return re.sub(r"[^A-Za-z0-9._~-]+", "-", str(text or "")).strip("-.")[:200]


def _link(end: Object) -> Object:
    kept = ("identifier", "uri", "targetType")
    return {"title": ""} | {name: end[name] for name in kept if name in end}
