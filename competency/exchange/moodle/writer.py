"""Moodle out: the framework in the first row, then a row for each part that somebody can have.

Descriptions are HTML. Notes, assessment criteria and unhelpful behaviours are words in the
description of what they stand under; no unhelpful behaviour is ever a row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html import escape

from rdflib import Literal

from competency.exchange import words
from competency.exchange.aligned import alignments_left
from competency.exchange.entry import Entry
from competency.exchange.exchange import Exported
from competency.exchange.ledger import Ledger
from competency.exchange.moodle.naming import SIGNS, IdNumbers, short
from competency.exchange.moodle.scale import scale_of
from competency.exchange.moodle.table import RUN, SHORT, TABLE, TAG
from competency.exchange.sheets import csv_bytes, harmless
from competency.exchange.terms import term
from competency.graph import KnowledgeGraph

HEADERS = (
    "Parent ID number", "ID number", "Short name", "Description", "Description format",
    "Scale values", "Scale configuration", "Rule type (optional)", "Rule outcome (optional)",
    "Rule config (optional)", "Cross-referenced competency ID numbers", "Exported ID (optional)",
    "Is framework", "Taxonomy",
)  # fmt: skip
_ROWS = ("group", "competency", "level", "requirement")
_HTML = "1"
_DEPTHS = 4  # Moodle has words for so many
_MATCHES = ("exactMatch", "closeMatch", "relatedMatch", "broadMatch", "narrowMatch")
_TAXONOMY = {
    "Group": "domain",
    "FunctionalArea": "domain",
    "Value": "value",
    "CompetencyLevel": "level",
    "PositiveIndicator": "behaviour",
    "PerformanceCriterion": "indicator",
    "KnowledgeStatement": "concept",
}


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a CSV for Moodle, with all that it could not carry; raises NotFound.

    write(KnowledgeGraph.shipped(), "pub-cscf").data
    """
    found = _Rows(Ledger(graph, iri, TABLE)).exported()
    return replace(found, losses=(*found.losses, *alignments_left(graph, iri)))


class _Rows:
    """Tells one framework, row by row."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.outline = ledger, ledger.outline
        self.parts = [part for part in self.outline.entries[1:] if part.role in _ROWS]
        self.numbers = IdNumbers(ledger, [self.outline.top, *self.parts]).found
        self.above: dict[str, Entry] = {}  # the nearest row above each part
        self.depths = {self.outline.top.iri: 0}
        for part in self.outline.entries[1:]:  # parents first
            parent = part.parent or self.outline.top
            row = parent if parent.iri in self.numbers else self.above.get(parent.iri)
            known = row is not None and row.iri in self.depths  # not so where a tree is a circle
            self.above[part.iri] = row if row is not None and known else self.outline.top
            self.depths[part.iri] = self.depths[self.above[part.iri].iri] + 1

    def exported(self) -> Exported:
        rows = [self._framework(), *(self._part(part) for part in self.parts)]
        cells = [[row.get(header, "") for header in HEADERS] for row in rows]
        return Exported(csv_bytes([HEADERS, *cells]), self.ledger.losses())

    def _framework(self) -> dict[str, str]:
        ledger, top = self.ledger, self.outline.top
        ledger.carry(top, "rdf:type", term("comp:Framework"))
        values, configuration = scale_of(ledger)
        about = ledger.text(top, "dcterms:description")
        return self._row(top, [about] if about else []) | {
            "Scale values": values,
            "Scale configuration": configuration,
            "Is framework": "1",
            "Taxonomy": self._taxonomy(),
        }

    def _part(self, part: Entry) -> dict[str, str]:
        ledger, above = self.ledger, self.above[part.iri]
        ledger.carry(part, "comp:inFramework")
        ledger.carry(part, "comp:position")
        if part.links("comp:partOf") == [above.node]:
            ledger.carry(part, "comp:partOf")
        ledger.carry(part, "comp:wording", term("comp:Verbatim"))
        text = ledger.text(part, "comp:text")
        levels = [self.outline.thing(level) for level in part.links("comp:atLevel")]
        titles = [name for level in levels if (name := level.first("rdfs:label"))]
        said = [text] if text and part.texts("rdfs:label") else []
        return self._row(part, [*said, *(f"Level: {title}" for title in titles)]) | {
            "Parent ID number": "" if above.role == "framework" else self.numbers[above.iri],
            "Rule config (optional)": "null",
            "Cross-referenced competency ID numbers": self._related(part),
        }

    def _row(self, entry: Entry, about: list[str]) -> dict[str, str]:
        name = self.ledger.text(entry, "rdfs:label") or self.ledger.text(entry, "comp:text")
        name = name or self.numbers[entry.iri]
        if len(" ".join(name.split())) > SIGNS:
            about = [name, *about]
            self.ledger.lose(entry, "rdfs:label", SHORT)
        if harmless(name) != name:
            self.ledger.lose(entry, "rdfs:label", RUN)
        if "<" in name:
            self.ledger.lose(entry, "rdfs:label", TAG)
        return {
            "ID number": self.numbers[entry.iri],
            "Short name": short(name),
            "Description": self._html([*about, *self._folded(entry)]),
            "Description format": _HTML,
        }

    # ------------------------------------------------------------------ descriptions

    def _folded(self, entry: Entry) -> list[str]:
        """Return the words of what stands below a row and is none itself, in order."""
        found: list[str] = []
        waiting = entry.parts[::-1]
        seen = {entry.iri}
        while waiting:
            part = waiting.pop()
            if part.iri not in seen and part.iri not in self.numbers:
                seen.add(part.iri)
                found += self._words(part)
                waiting += part.parts[::-1]
        return found

    def _words(self, part: Entry) -> list[str]:
        texts = words.note_texts(part) if part.role in ("text", "texts") else part.texts(
            "comp:text", "rdfs:label"
        )  # fmt: skip
        mine = self._mine(texts)
        if part.role == "negative" or _is_on_negative(part):
            return [str(words.unhelpful(text)) for text in mine]
        if part.role == "assessment":
            return [str(words.behind("Assessment criterion", text)) for text in mine]
        return [str(text) for text in mine]

    def _mine(self, texts: list[Literal]) -> list[Literal]:
        """Return the texts in the language of the framework, else the first that there are."""
        tag = self.ledger.tag
        mine = [text for text in texts if (text.language or "").lower() == tag]
        return mine or texts[:1]

    def _html(self, texts: list[str]) -> str:
        return "".join(
            f"<p>{escape(text.strip(), quote=False).replace(chr(10), '<br>')}</p>"
            for text in texts
            if text.strip()
        )

    # ------------------------------------------------------------------ links and words

    def _related(self, part: Entry) -> str:
        found: dict[str, None] = {}
        for name in _MATCHES:
            for link in part.links(f"skos:{name}"):
                if str(link) in self.numbers and str(link) != part.iri:
                    found[self.numbers[str(link)]] = None
                    if name == "relatedMatch":
                        self.ledger.carry(part, "skos:relatedMatch", link)
        return ",".join(number.replace(",", "%2C") for number in found)

    def _taxonomy(self) -> str:
        """Return for each depth the word that most parts there would have."""
        counts: dict[int, Counter[str]] = {}
        for part in self.parts:
            word = _TAXONOMY.get(part.kind.rpartition("#")[2], "competency")
            counts.setdefault(self.depths[part.iri], Counter())[word] += 1
        depths = (counts.get(depth) for depth in range(1, _DEPTHS + 1))
        return ",".join(_most(found) if found else "competency" for found in depths)


def _is_on_negative(part: Entry) -> bool:
    """Say whether a text speaks of unhelpful behaviours; the title over them warns by itself."""
    if part.role == "negatives":
        return bool(part.texts("comp:text"))
    return part.holder is not None and part.holder.role in ("negative", "negatives")


def _most(found: Counter[str]) -> str:
    return min(found, key=lambda word: (-found[word], word))
