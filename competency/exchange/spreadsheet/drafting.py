"""A framework as rows of cells: what people see, edit and send back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rdflib import XSD, Literal, URIRef
from rdflib.term import Node

from competency.exchange.columns import column_iri
from competency.exchange.sheets import key
from competency.exchange.spreadsheet.columns import (
    FACTS,
    LEVEL_COLUMNS,
    PART_COLUMNS,
    RELATIONS,
    Column,
    column_of,
    parted,
)
from competency.exchange.spreadsheet.gathering import Gathered
from competency.exchange.spreadsheet.naming import Names
from competency.exchange.spreadsheet.parts import ordinary
from competency.exchange.spreadsheet.values import (
    KINDS,
    choices_of,
    date_of,
    decimal_of,
    is_competency,
    label_of,
)
from competency.exchange.terms import term
from competency.ontology import COMP

Cells = dict[str, str]
_CODE, _CODE_ID = re.compile(r"code( \d+)?( issued by)?"), re.compile(r"code( \d+)? id")
MAX_UNITS = 32_000  # of UTF-16 in a cell, which is how spreadsheet programs count


@dataclass
class Draft:
    """The rows of all sheets, each as its cells by header."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Cells] = field(default_factory=list)
    levels: list[Cells] = field(default_factory=list)
    bodies: list[Cells] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)  # headers of columns that are not ours
    depths: list[int] = field(default_factory=list)


class Drafter:
    """Writes the cells of a framework; ``lone`` is for CSV, which has the one sheet."""

    def __init__(self, given: Gathered, names: Names, *, lone: bool) -> None:
        """Look at a framework."""
        self.given, self.names, self.lone = given, names, lone
        self.draft = Draft()
        self.tag = self._main_language()
        self.body_names: dict[Node, str] = {}
        self.level_names: dict[Node, str] = {}
        self.places = {node: number for number, (node, _) in enumerate(given.parts())}

    def run(self) -> Draft:
        """Return the cells of all sheets."""
        self._bodies()
        self._facts()
        self._levels()
        kept = self._kept()
        self.draft.extra = list(kept.values())
        numbers: dict[Node, int] = {}
        depths: dict[Node, int] = {self.given.root: -1}
        for part, above in self.given.parts():
            numbers[above] = numbers.get(above, 0) + 1
            depths[part] = depths[above] + 1
            self.draft.depths.append(depths[part])
            self.draft.parts.append(self._part(part, above, numbers[above], kept))
        if not any(row.pop("position off", "") for row in self.draft.parts):
            for row in self.draft.parts:
                row.pop("position", None)
        self._links()
        return self.draft

    def _main_language(self) -> str:
        """Return the language of columns without one in their header; '' where none is said."""
        found = [str(text).lower() for text in self.given.texts(self.given.root,
                                                                 "dcterms:language")]  # fmt: skip
        good = [tag for tag in found if parted(f"x ({tag})") == ("x", tag)]
        return good[0] if good and good[0] == found[0] else ""

    # ---------------------------------------------------------------- cells

    def _words(self, thing: Node, prop: str, header: str) -> Cells:
        """Return the first text in each language, each in its column."""
        cells: Cells = {}
        for text in self.given.texts(thing, prop):
            tag = (text.language or "").lower()
            plain = text.datatype is None or text.datatype == XSD.string
            if not (tag or plain) or not self._fits(str(text)):
                continue
            name = header if tag in ("", self.tag) else f"{header} ({tag})"
            known = parted(name) == (header, tag) or (name == header and self.tag)
            if known:
                cells.setdefault(name, str(text))
        return cells

    def _cell(self, thing: Node, column: Column) -> Cells:
        """Return the cells of an ordinary column."""
        if column.sort == "words":
            return self._words(thing, column.prop, column.header)
        if column.sort == "choice":
            known = choices_of(column.prop)
            found = [iri for iri in self.given.links(thing, column.prop) if str(iri) in known]
            text = "; ".join(label_of(str(iri)) for iri in found)
        elif column.sort == "body":
            bodies = self.given.values(thing, column.prop)
            text = next((self._body(body) for body in bodies if self._body(body)), "")
        elif column.sort == "link":
            text = next((str(iri) for iri in self.given.links(thing, column.prop)), "")
        elif column.sort == "date":
            dates = self.given.texts(thing, column.prop)
            text = next((str(d) for d in dates if date_of(str(d)) == d), "")
        else:
            plain = (str(t) for t in self.given.texts(thing, column.prop) if not t.language)
            text = next((text for text in plain if self._fits(text)), "")
        return {column.header: text} if text else {}

    def _body(self, node: Node) -> str:
        if self.lone:
            return self._words(node, "rdfs:label", "name").get("name", "").strip()
        return self.body_names.get(node, "")

    # ---------------------------------------------------------------- sheets

    def _bodies(self) -> None:
        rows = []
        for body in self.given.of_class("org:Organization"):
            cells = self._words(body, "rdfs:label", "name")
            if "name" in cells:
                rows.append((body, {"id": self.names.name(body), **cells}))
        ids = {cells["id"] for _, cells in rows}
        counts: dict[str, int] = {}
        for _, cells in rows:
            name = cells["name"].strip()
            counts[name] = counts.get(name, 0) + 1
        for body, cells in rows:
            name = cells["name"].strip()
            self.body_names[body] = name if counts[name] == 1 and name not in ids else cells["id"]
        self.draft.bodies = [cells for _, cells in rows]

    def _facts(self) -> None:
        given, root, facts = self.given, self.given.root, self.draft.facts
        facts.append(("iri", str(root)))
        for column in FACTS:
            if column.header == "language":
                facts += [("language", str(text)) for text in given.texts(root, column.prop)
                          if not text.language and self._fits(str(text))]  # fmt: skip
            elif column.header == "source":
                self._source()
            elif column.header == "code":
                self._code_of_framework()
            elif column.sort != "own" and column.prop != "comp:issuedBy":
                facts += self._cell(root, column).items()
        for prop, label in self._kept().items():
            texts = [str(text) for text in given.texts(root, str(prop)) if self._fits(str(text))]
            facts += [(label, texts[0])] if texts and column_of(label, FACTS) is None else []
        facts.append(("complete", "yes"))

    def _source(self) -> None:
        source = URIRef(f"{self.given.root}/source")
        if source in self.given.values(self.given.root, "comp:source"):
            title = self._words(source, "rdfs:label", "source").get("source", "")
            self.draft.facts += [("source", title)] if title else []

    def _code_of_framework(self) -> None:
        for code in self.given.values(self.given.root, "comp:code")[:1]:
            cells = self._code(code, URIRef(f"{self.given.root}/code/1"), "code")
            self.draft.facts += cells.items()

    def _levels(self) -> None:
        given, rows = self.given, []
        for level in given.of_class("comp:Level"):
            for scale in given.links(level, "comp:inScale")[:1]:
                rows.append((str(scale), _rank(given, level), level, self._level(level, scale)))
        rows.sort(key=lambda row: row[:3])
        called: dict[str, set[Node]] = {}
        for _, _, level, cells in rows:
            titles = [text for name, text in cells.items() if parted(name)[0] == "title"]
            for text in (cells["id"], *titles, cells.get("rank", "")):
                called.setdefault(key(text) or text.strip(), set()).add(level)
        for _, _, level, cells in rows:
            title = cells.get("title", "").strip()
            alone = title and len(called[key(title) or title]) == 1
            self.level_names[level] = title if alone else cells["id"]
        self.draft.levels = [cells for *_, cells in rows]

    def _level(self, level: URIRef, scale: URIRef) -> Cells:
        given = self.given
        cells = {"id": self.names.name(level)}
        for column in LEVEL_COLUMNS:
            if column.header in ("title", "description"):
                cells |= self._words(level, column.prop, column.header)
        ranks = [text for text in given.texts(level, "comp:rank") if _is_whole(text)]
        if ranks:
            cells["rank"] = str(ranks[0])
        for below in given.links(level, "comp:higherThan")[:1]:
            cells["higher than"] = self.names.name(below)
        title = self._words(scale, "rdfs:label", "scale").get("scale", "")
        cells |= {"scale": title} if title else {}
        return cells | {"scale id": self.names.name(scale)}

    def _part(self, part: URIRef, above: Node, number: int, kept: dict[URIRef, str]) -> Cells:
        given = self.given
        cells = {"id": self.names.name(part)}
        if above != given.root:
            cells["parent id"] = self.names.name(above)
        kind = given.kind_of({str(node) for node in given.links(part, "rdf:type")})
        if kind and kind.startswith(str(COMP)):
            offered = kind.removeprefix(str(COMP)) in KINDS
            cells["kind"] = label_of(kind) if offered else f"comp:{kind.removeprefix(str(COMP))}"
        for column in ordinary():
            cells |= self._cell(part, column)
        self._codes(part, cells)
        self._around(part, URIRef(kind or term("comp:Part")), cells)
        positions = [text for text in given.texts(part, "comp:position") if _is_whole(text)]
        cells["position"] = str(positions[0]) if positions else ""
        if positions and str(positions[0]) != str(number):
            cells["position off"] = "yes"
        for prop, label in kept.items():
            texts = [str(t) for t in given.texts(part, str(prop)) if t.datatype is None]
            cells |= {label: texts[0]} if texts and self._fits(texts[0]) else {}
        return cells

    def _codes(self, part: URIRef, cells: Cells) -> None:
        number = 1
        for code in self.given.values(part, "comp:code"):
            start = "code" if number == 1 else f"code {number}"
            found = self._code(code, URIRef(f"{part}/code/{number}"), start)
            cells |= found
            number += bool(found)

    def _code(self, code: Node, usual: URIRef, start: str) -> Cells:
        texts = [text for text in self.given.texts(code, "skos:notation") if not text.language]
        if not texts or not self._fits(str(texts[0])):
            return {}
        cells = {start: str(texts[0])}
        for body in self.given.values(code, "comp:issuedBy")[:1]:
            cells |= {f"{start} issued by": self._body(body)} if self._body(body) else {}
        if code != usual:
            blank = self.given.blank
            cells[f"{start} id"] = f"_:{blank[code]}" if code in blank else self.names.name(code)
        return cells

    def _around(self, part: URIRef, kind: URIRef, cells: Cells) -> None:
        given = self.given
        leads = [node for node in given.links(part, "comp:leadIn") if node in self.places]
        if leads:
            cells["lead-in"] = self.names.name(leads[0])
        name = "comp:qualificationLevel" if is_competency(kind) else "comp:atLevel"
        for level in given.links(part, name)[:1]:
            if level in self.level_names:
                title = self._words(level, "rdfs:label", "title").get("title", "").strip()
                cells["level"] = (title if self.lone else "") or self.level_names[level]
        if Literal(True) in given.values(part, "comp:isEmpty"):
            cells["empty"] = "yes"
        credit = URIRef(f"{part}/credit")
        if credit in given.values(part, "comp:credit"):
            values = given.texts(credit, "comp:creditValue")
            if values and decimal_of(str(values[0])) == values[0]:
                cells["credit"] = str(values[0])
            notes = self._words(credit, "comp:creditQualifier", "credit note")
            cells |= {name: text for name, text in notes.items() if name == "credit note"}

    def _links(self) -> None:
        relations: dict[Node, str] = {term(name): label for name, label in RELATIONS.items()}
        found = [
            (self.names.name(s), relations[p], self.names.name(o), s)
            for s, p, o in self.given.rows
            if p in relations and isinstance(s, URIRef) and isinstance(o, URIRef)
        ]
        found.sort(key=lambda link: (self.places.get(link[3], -1), *link[:3]))
        if not self.lone:
            self.draft.links = [link[:3] for link in found]
            return
        for start, relation, end, node in found:
            if node in self.places:
                row = self.draft.parts[self.places[node]]
                before = f"{row['links']}\n" if "links" in row else ""
                row["links"] = f"{before}{relation} {end}"
                assert row["id"] == start  # noqa: S101 - rows stand as their parts do

    def _fits(self, text: str) -> bool:
        """Say whether a cell can hold a text and shows something; CSV holds no NUL."""
        return _fits(text) and not (self.lone and "\0" in text)

    def _kept(self) -> dict[URIRef, str]:
        """Return the properties that keep columns of others, with their headers."""
        found: dict[URIRef, str] = {}
        for prop in self.given.of_class("rdf:Property"):
            label = self.given.first(prop, "rdfs:label").strip()
            ours = column_iri(self.given.root, label) == prop
            base = parted(label)[0]
            if ours and label and column_of(base, PART_COLUMNS) is None and self._fits(label):
                found[prop] = label
        return found


def headers_of(
    rows: Iterable[Cells], columns: Sequence[Column], extra: Iterable[str] = ()
) -> list[str]:
    """Return the headers that rows need, in the order of the columns, languages behind each."""
    used = {header for row in rows for header in row}
    found: list[str] = []
    for column in columns:
        name = column.header
        languages = sorted(h for h in used if parted(h)[0] == name and parted(h)[1])
        found += [name] if name in used or column.core else []
        found += languages
        if name == "code issued by":
            codes = (h for h in used if _CODE.fullmatch(h) and h not in found)
            found += sorted(codes, key=_number_of)
    found += sorted((h for h in used if _CODE_ID.fullmatch(h) and h not in found), key=_number_of)
    return found + [header for header in extra if header in used and header not in found]


def _number_of(header: str) -> tuple[int, str]:
    digits = "".join(sign for sign in header if sign.isdigit())
    return int(digits or 1), header


def _fits(text: str) -> bool:
    """Say whether a cell can hold a text, and shows something."""
    short = len(text) < 4_000 or len(text.encode("utf-16-le", "replace")) // 2 < MAX_UNITS
    return bool(text.strip()) and short


def _is_whole(text: Literal) -> bool:
    digits = str(text).removeprefix("-")
    return (
        text.datatype == XSD.integer
        and digits.isascii()
        and digits.isdecimal()
        and len(digits) < 10
        and str(int(text)) == str(text)
    )


def _rank(given: Gathered, level: URIRef) -> int:
    return next((int(t) for t in given.texts(level, "comp:rank") if _is_whole(t)), 10**9)
