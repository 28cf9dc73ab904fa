"""What the sheets say, as triples; behind each stands the cell that says it.

The same is done when a framework is written: what the sheets then do not say, or say otherwise
than the framework does, goes to the sheet of other statements.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.building import FrameworkBuilder
from competency.exchange.columns import Columns, root_of
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Kept, Remark
from competency.exchange.sheets import Record
from competency.exchange.spreadsheet.columns import FACTS, Column, column_of, parted
from competency.exchange.spreadsheet.faults import Faults, first
from competency.exchange.spreadsheet.naming import Names, step_of
from competency.exchange.spreadsheet.tables import Layout, Tables
from competency.exchange.spreadsheet.values import (
    choice_of,
    choices_of,
    date_of,
    label_of,
    listed,
    today_like,
    truth_of,
)
from competency.exchange.terms import Row, term
from competency.graph.store import is_absolute

Cell = tuple[Record, str]


class Teller(FrameworkBuilder):
    """A builder that knows the cell it is reading."""

    def __init__(self, root: URIRef, file: File, language: str) -> None:
        """Begin a framework."""
        super().__init__(root, file, language)
        self.cells: dict[tuple[Node, Node], Cell] = {}
        self.here: Cell | None = None

    def add(self, subject: Node, name: str, *values: Node | None) -> None:
        """Say that a thing has these values, and keep which cell said so."""
        super().add(subject, name, *values)
        if self.here is not None:
            self.cells.setdefault((subject, term(name)), self.here)

    def forget(self, subject: Node, name: str) -> None:
        """Take back what was said of a property of a thing."""
        prop = term(name)
        self._rows = {row: None for row in self._rows if row[:2] != (subject, prop)}
        self.cells.pop((subject, prop), None)

    @property
    def rows(self) -> dict[Row, None]:
        """Return what was said."""
        return self._rows


@dataclass
class Telling:
    """One file while it is read: the builder, the names, what is wrong and what is odd.

    ``whole`` says that the file was written by us and says all there is: nothing is added.
    """

    tables: Tables
    teller: Teller
    names: Names
    whole: bool
    faults: Faults = field(default_factory=Faults)
    remarks: list[Remark] = field(default_factory=list)
    bodies: dict[str, Node] = field(default_factory=dict)
    columns: Columns = field(init=False)

    def __post_init__(self) -> None:
        self.columns = Columns(self.teller)

    def at(self, record: Record, header: str) -> None:
        """Say from which cell the next triples come."""
        self.teller.here = (record, header)

    def say(self, subject: Node, column: Column, record: Record, header: str, tag: str) -> None:
        """Say what a cell of an ordinary column says; ``tag`` is the language of its text."""
        text = record.get(header)
        if not text:
            return
        self.at(record, header)
        value = self._value(column, text, tag)
        if value is None:
            self._refuse(column, record, header, text)
        for item in value or ():
            self.teller.add(subject, column.prop, item)

    def _value(self, column: Column, text: str, tag: str) -> list[Node] | None:
        if column.sort == "words":
            return [Literal(text, lang=tag)]
        if column.sort == "text":
            return [Literal(text)]
        if column.sort == "date":
            found = date_of(text)
            return [found] if found is not None else None
        if column.sort == "link":
            return [self.names.node(text)] if is_absolute(text) else None
        if column.sort == "body":
            return [self.body(text)]
        chosen = [choice_of(part, column.prop) for part in text.split(";") if part.strip()]
        return [item for item in chosen if item is not None] if all(chosen) else None

    def _refuse(self, column: Column, record: Record, header: str, text: str) -> None:
        if column.sort == "date":
            reason = f"{text!r} is no date; {today_like(text)}"
        elif column.sort == "link":
            reason = f"{text!r} is no web address; begin it with https:// (words go to: rights)"
        else:
            labels = [label_of(iri) for iri in choices_of(column.prop)]
            reason = f"{text!r} is not in the list; write {listed(labels)}"
        self.faults.add(record, header, reason)

    def body(self, name: str) -> Node:
        """Return an organisation by its id or its name; one that is not listed is said here."""
        found = self.bodies.get(name)
        if found is not None:
            return found
        step = step_of(name) or "1"
        taken = set(self.bodies.values())
        number = 1
        body = URIRef(f"{self.names.root}/org/{step}")
        while body in taken:
            number += 1
            body = URIRef(f"{self.names.root}/org/{step}-{number}")
        self.bodies[name] = body
        self.teller.add(body, "rdf:type", term("org:Organization"))
        self.teller.add(body, "rdfs:label", Literal(name, lang=self.teller.language))
        return body

    def code(self, thing: URIRef, record: Record, headers: dict[str, str], number: int) -> None:
        """Say a code of a thing, from its cell, the cell of its issuer and that of its id."""
        text = record.get(headers[""]) if "" in headers else ""
        issuer, name = (record.get(headers[k]) if k in headers else "" for k in ("issuedby", "id"))
        if not text:
            if issuer or name:
                reason = "there is no code beside it; fill the column code, or empty this cell"
                self.faults.add(record, headers["issuedby" if issuer else "id"], reason)
            return
        self.at(record, headers[""])
        teller = self.teller
        node = self.names.node(name) if name else URIRef(f"{thing}/code/{number}")
        self.says_code(thing, node, text)
        if issuer:
            self.at(record, headers["issuedby"])
            teller.add(node, "comp:issuedBy", self.body(issuer))
        else:
            teller.add(node, "comp:notStated", term("comp:issuedBy"))

    def says_code(self, thing: URIRef, node: Node, text: str) -> None:
        """Say a code as such."""
        self.teller.add(thing, "comp:code", node)
        self.teller.add(node, "rdf:type", term("comp:Code"))
        self.teller.add(node, "skos:notation", Literal(text))

    def keep(self, thing: Node, layout: Layout, record: Record) -> None:
        """Keep the cells of columns that are not ours, each in a property of its own."""
        for header in layout.extra:
            if text := record.get(header):
                self.at(record, header)
                self.columns.keep(cast(URIRef, thing), header, [text], record.where(header))

    def odd(self, kept: Kept, where: str, what: str) -> None:
        """Remark something."""
        self.remarks.append(Remark(kept, where, what))


def begun(tables: Tables, options: Reading) -> Telling:
    """Return the telling of a file with its framework named; raises ParseError for a bad base."""
    facts: dict[str, Record] = {}
    for record in tables.facts:
        base, language = parted(record.get("property"))
        column = column_of(base, FACTS)
        if column is not None and record.get("value") and not language:
            facts.setdefault(column.header, record)
    said = {name: record.get("value") for name, record in facts.items()}
    iri = said.get("iri", "")
    title = said.get("title", "")
    if iri and is_absolute(iri):
        root = URIRef(iri)
    else:
        root = root_of(tables.file, options, iri or (title if title.isascii() else ""))
    tag = first([said.get("language", "").lower(), options.language])
    whole = truth_of(said.get("complete", "")) is True
    telling = Telling(tables, Teller(root, tables.file, tag), Names(str(root)), whole)
    if "language" in facts and not _is_tag(tag):
        reason = f"{tag!r} is no language code; write one such as en, fr or zh-hant"
        telling.faults.add(facts["language"], "value", reason)
        telling.teller.language = options.language
    return telling


def _is_tag(tag: str) -> bool:
    return parted(f"title ({tag})") == ("title", tag)


def is_node(value: Node) -> bool:
    """Say whether a term is a thing, not a text."""
    return isinstance(value, URIRef | BNode)
