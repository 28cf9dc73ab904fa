"""The sheet of levels, and the cells that name one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.sheets import Record, key
from competency.exchange.spreadsheet.columns import LEVEL_COLUMNS
from competency.exchange.spreadsheet.naming import step_of
from competency.exchange.spreadsheet.tables import Layout
from competency.exchange.spreadsheet.telling import Telling
from competency.exchange.terms import term

_WORDS = [column for column in LEVEL_COLUMNS if column.header in ("title", "description")]


@dataclass
class Levels:
    """The levels of a framework by the names that cells have for them."""

    telling: Telling
    listed: bool = False  # there is a sheet of them, so that others are mistakes
    by_name: dict[str, list[Node]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def read(self, layout: Layout | None) -> None:
        """Say all levels and scales of the sheet, where there is one."""
        rows = [] if layout is None else layout.records()
        higher: list[tuple[Node, Record, str]] = []
        for number, record in enumerate(rows, 1):
            if layout is not None:
                level = self._level(layout, record, number)
                if layout.get(record, "higher than"):
                    higher.append((level, record, layout.header("higher than")))
        self.listed = bool(rows)
        for level, record, header in higher:
            below = self.find(record, header)
            self.telling.at(record, header)
            self.telling.teller.add(level, "comp:higherThan", below)

    def _level(self, layout: Layout, record: Record, number: int) -> Node:
        telling, teller = self.telling, self.telling.teller
        scale = self._scale(layout, record)
        name, rank = layout.get(record, "id"), layout.get(record, "rank")
        level = telling.names.node(name) if name else URIRef(f"{scale}/{step_of(rank) or number}")
        telling.at(record, layout.header("id") or layout.header("title"))
        teller.add(level, "rdf:type", term("comp:Level"))
        teller.add(level, "comp:inScale", scale)
        for column in _WORDS:
            for language, header in layout.found.get(column.header, {}).items():
                telling.say(level, column, record, header, language or teller.language)
        telling.keep(level, layout, record)
        self._rank(layout, record, level, rank)
        titles = [record.get(h) for h in layout.found.get("title", {}).values()]
        for text in (name, *titles, rank):
            if text and level not in self.by_name.setdefault(key(text) or text, []):
                self.by_name[key(text) or text].append(level)
        self.names += [text for text in titles[:1] if text]
        return level

    def _rank(self, layout: Layout, record: Record, level: Node, rank: str) -> None:
        header = layout.header("rank")
        self.telling.at(record, header)
        if not rank:
            self.telling.teller.add(level, "comp:notStated", term("comp:rank"))
        elif rank.isascii() and rank.removeprefix("-").isdecimal() and len(rank) < 10:
            self.telling.teller.add(level, "comp:rank", Literal(int(rank)))
        else:
            reason = f"{rank!r} is no rank; write 1 for the lowest level, 2 for the next"
            self.telling.faults.add(record, header, reason)

    def _scale(self, layout: Layout, record: Record) -> URIRef:
        telling, teller = self.telling, self.telling.teller
        name, title = layout.get(record, "scale id"), layout.get(record, "scale")
        step = step_of(title)
        scale = URIRef(f"{teller.root}/scale{'/' + step if step else ''}")
        scale = URIRef(str(telling.names.node(name))) if name else scale
        telling.at(record, layout.header("scale id") or layout.header("title"))
        teller.add(scale, "rdf:type", term("comp:LevelScale"))
        if title:
            telling.at(record, layout.header("scale"))
            teller.add(scale, "rdfs:label", Literal(title, lang=teller.language))
        elif not telling.whole:
            self._untitled(scale)
        return scale

    def _untitled(self, scale: Node) -> None:
        """Give a scale without a title one, and say that nobody printed it."""
        teller = self.telling.teller
        if (scale, term("rdfs:label")) not in teller.cells:
            teller.add(scale, "rdfs:label", Literal("Levels", lang="en"))
            teller.add(scale, "comp:inferred", term("rdfs:label"))

    def find(self, record: Record, header: str) -> Node | None:
        """Return the level that a cell names; one that is not listed anywhere is said here."""
        text = record.get(header)
        found = self.by_name.get(key(text) or text, [])
        exact = [level for level in found if level == self.telling.names.node(text)] or found
        if len(exact) == 1:
            return exact[0]
        if len(exact) > 1:
            reason = f"there are {len(exact)} levels called {text!r}; write the id of one of them"
            self.telling.faults.add(record, header, reason)
            return None
        if self.listed:
            near = self.telling.faults.near(text, self.names)
            reason = f"there is no level {text!r} in the sheet Levels{near or '; add it there'}"
            self.telling.faults.add(record, header, reason)
            return None
        return self._made(record, header, text)

    def _made(self, record: Record, header: str, text: str) -> Node:
        """Say a level that only this cell names."""
        teller = self.telling.teller
        scale = URIRef(f"{teller.root}/scale")
        level = URIRef(f"{scale}/{step_of(text) or len(self.by_name) + 1}")
        self.by_name[key(text) or text] = [level]
        self.telling.at(record, header)
        teller.add(scale, "rdf:type", term("comp:LevelScale"))
        self._untitled(scale)
        teller.add(level, "rdf:type", term("comp:Level"))
        teller.add(level, "comp:inScale", scale)
        teller.add(level, "rdfs:label", Literal(text, lang=teller.language))
        numbers = re.findall(r"[0-9]+", text)
        if len(numbers) == 1 and len(numbers[0]) < 10:
            teller.add(level, "comp:rank", Literal(int(numbers[0])))
            teller.add(level, "comp:inferred", term("comp:rank"))
        else:
            teller.add(level, "comp:notStated", term("comp:rank"))
        return level
