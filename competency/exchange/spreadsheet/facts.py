"""The sheet of the framework itself, and that of organisations."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.sheets import Record
from competency.exchange.spreadsheet.columns import BODY_COLUMNS, FACTS, column_of, parted
from competency.exchange.spreadsheet.telling import Telling
from competency.exchange.spreadsheet.values import truth_of
from competency.exchange.terms import term


class Facts:
    """Says what the sheet of the framework and that of organisations say."""

    def __init__(self, telling: Telling) -> None:
        """Read for one file."""
        self.telling, self.tables = telling, telling.tables
        self.teller, self.faults = telling.teller, telling.faults

    def run(self) -> None:
        """Say the organisations, as facts name them, and then the facts."""
        self._bodies()
        self._facts()

    def _bodies(self) -> None:
        layout = self.tables.bodies
        for record in layout.records() if layout else ():
            if layout is None or not layout.get(record, "name"):
                continue
            name, title = layout.get(record, "id"), layout.get(record, "name")
            self.telling.at(record, layout.header("name"))
            if name:
                body: Node = self.telling.names.node(name)
                self.telling.bodies[name] = body
                if title in self.telling.bodies and self.telling.bodies[title] != body:
                    title = ""
                self.telling.bodies.setdefault(title, body)
                self.teller.add(body, "rdf:type", term("org:Organization"))
            else:
                body = self.telling.body(title)
            for language, header in layout.found.get("name", {}).items():
                tag = language or self.teller.language
                self.telling.say(body, BODY_COLUMNS[1], record, header, tag)
            self.telling.keep(body, layout, record)

    def _facts(self) -> None:
        teller, root = self.teller, self.teller.root
        title = self._fact("title") or self._fact("title", other=True)
        if self.telling.whole:
            teller.add(root, "rdf:type", term("comp:Framework"))
        else:
            teller.here = (title, "value") if title else None
            teller.framework(self._words(title) if title else None)
        for record in self.tables.facts:
            self._say_fact(record)

    def _fact(self, name: str, *, other: bool = False) -> Record | None:
        """Return the row of a fact that is filled in; ``other`` for one in another language."""
        for record in self.tables.facts:
            base, language = parted(record.get("property"))
            column = column_of(base, FACTS)
            named = column is not None and column.header == name and bool(language) == other
            if named and record.get("value"):
                return record
        return None

    def _words(self, record: Record) -> Literal:
        language = parted(record.get("property"))[1] or self.teller.language
        return Literal(record.get("value"), lang=language)

    def _say_fact(self, record: Record) -> None:
        name, text = record.get("property"), record.get("value")
        base, language = parted(name)
        column = column_of(base, FACTS)
        root = self.teller.root
        if not name or not text:
            return
        self.telling.at(record, "value")
        if column is None or (language and column.sort != "words"):
            self.telling.columns.keep(root, name, [text], record.where("property"))
        elif column.header == "language":
            self.teller.add(root, column.prop, Literal(text))
        elif column.header == "code":
            self._code_of_framework(record)
        elif column.header == "source":
            self._source(text)
        elif column.prop == "comp:issuedBy":
            pass  # with the code
        elif column.prop:
            self.telling.say(root, column, record, "value", language or self.teller.language)
        elif column.header == "complete" and truth_of(text) is None:
            self.faults.add(record, "value", f"{text!r} is neither yes nor no")

    def _source(self, text: str) -> None:
        """Say the title of the document that the framework was taken from."""
        source = URIRef(f"{self.teller.root}/source")
        title = Literal(text, lang=self.teller.language)
        self.teller.add(self.teller.root, "comp:source", source)
        self.teller.add(source, "rdf:type", term("comp:Source"))
        if not self.telling.whole:
            self.teller.forget(source, "rdfs:label")
        self.teller.add(source, "rdfs:label", title)

    def _code_of_framework(self, record: Record) -> None:
        """Say the code of the framework; who issued it and its id stand in rows of their own."""
        name, issuer = self._fact("code id"), self._fact("code issued by")
        root = self.teller.root
        node = self.telling.names.node(name.get("value")) if name else URIRef(f"{root}/code/1")
        self.telling.at(record, "value")
        self.telling.says_code(root, node, record.get("value"))
        if issuer is None:
            self.teller.add(node, "comp:notStated", term("comp:issuedBy"))
        else:
            self.telling.at(issuer, "value")
            self.teller.add(node, "comp:issuedBy", self.telling.body(issuer.get("value")))
