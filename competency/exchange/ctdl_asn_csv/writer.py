"""CTDL-ASN as CSV out: the graph of CTDL-ASN, an object a row, its properties in columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from rdflib import URIRef

from competency.exchange.aligned import with_matches
from competency.exchange.blanks import steady
from competency.exchange.columns import kept_columns
from competency.exchange.ctdl_asn.given import is_comment, is_told
from competency.exchange.ctdl_asn.writer import write as write_graph
from competency.exchange.ctdl_asn_csv.headers import BETWEEN, FIRST, LINKS, SITE, THEN, divides
from competency.exchange.ctdl_asn_csv.reader import read
from competency.exchange.ctdl_asn_csv.table import CATEGORY, MIXED, ours_of
from competency.exchange.exchange import Exported
from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.sheets import csv_bytes
from competency.exchange.terms import short, term
from competency.exchange.unreturned import unreturned
from competency.formats import Format
from competency.graph import KnowledgeGraph

FORMAT = Format("ctdl-asn-csv", "CTDL-ASN table (CSV)", ("text/csv",), (".csv",))
BAR = "a bar in it divides it in two"
INSIDE = "what it leads to has no IRI, and a table has no place for it"
# How the graph says that texts stand in one, and that something was made up.
JOINED, REQUIRED = "are written as one", "the registry requires "
TRIMMED = "the blanks at its ends are taken off"
TYPE = "a table has texts only: that it is a number, a link or in a language is not said"
LANGUAGE = "a table has one text, and does not say its language"
_COMMENT, _LANGUAGE = "ceasn:comment", "ceasn:inLanguage"
_START = b"@id,@type,"  # as every reader of the format wants them: no apostrophe before these two


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a table of CTDL-ASN, with all that it could not carry.

    Raises NotFound.

        write(KnowledgeGraph.shipped(), "pub-cscf").data
    """
    graph, apart = with_matches(graph, graph.framework(iri).iri)
    graph = steady(graph, graph.framework(iri).iri)
    outline = Outline(graph, graph.framework(iri).iri)
    written = write_graph(graph, outline.iri)
    nodes: list[dict[str, Any]] = json.loads(written.data)["@graph"]
    labels = dict(kept_columns(outline))
    nodes = [node for node in nodes if URIRef(str(node.get("@id"))) not in labels]
    languages = [str(tag) for node in nodes for tag in _listed(node.get(_LANGUAGE))]
    table = _Table(languages[0] if languages else "en", labels, outline)
    rows = [table.row(node) for node in nodes]
    headers = _headers(rows)
    cells = [[row.get(header, "") for header in headers] for row in rows]
    data = _START + csv_bytes([headers, *cells]).partition(b"type,")[2]
    lost = tuple(dict.fromkeys(table.lost([*written.losses, *written.aside])))
    named = graph.named_graph(graph.framework(outline.iri).graph_name)
    return Exported(data, (*lost, *unreturned(named, data, FORMAT, read, lost), *apart))


def _headers(rows: Iterable[dict[str, str]]) -> list[str]:
    used = dict.fromkeys(header for row in rows for header in row)
    known = [*FIRST, *(header for header in THEN if header in used)]
    return [*known, *sorted(used.keys() - {*known})]


class _Table:
    """Flattens the objects of a graph."""

    def __init__(self, language: str, labels: dict[URIRef, str], outline: Outline) -> None:
        self.language, self.labels, self.outline = language, labels, outline
        self.losses: list[Loss] = []
        bad = (one for one in outline.entries if one.role in ("negative", "negatives"))
        self.has_lines = any("\n" in t for one in bad for t in one.texts("comp:text"))
        self.apart: set[tuple[str, str]] = set()  # texts that stand side by side again

    def lost(self, losses: Iterable[Loss]) -> Iterator[Loss]:
        """Yield what is lost: of the graph, but for what a table has a place for, and here."""
        source = f"{self.outline.framework}/source"
        imported = URIRef(SITE) in self.outline.thing(URIRef(source)).values("dcterms:conformsTo")
        for loss in losses:
            joined = JOINED in loss.why and (loss.part, loss.property) in self.apart
            unasked = loss.why.startswith(REQUIRED) or self._is_comment(loss.part)
            if not joined and not unasked and not (imported and loss.part == source):
                yield loss
        yield from self.losses

    def _is_comment(self, part: str) -> bool:
        """Say whether a note is a comment of a file, which a table keeps apart from others."""
        entry = self.outline.entry(part) if is_told(self.outline) else None
        if entry is None or entry.parent is None or not is_comment(entry):
            return False
        return (entry.parent.iri, _COMMENT) in self.apart

    def _is_unasked(self, node: dict[str, Any], name: str, value: Any) -> bool:
        """Say whether a value was made because the registry requires it; a table does not."""
        thing = self.outline.thing(URIRef(str(node.get("@id"))))
        if name == "ceasn:description":
            return value == node.get("ceasn:name") and not thing.values("dcterms:description")
        if name not in ("ceterms:ctid", _LANGUAGE) or thing.values(name):
            return False
        if thing.iri == self.outline.iri and name == _LANGUAGE:
            return term("dcterms:language") in thing.values("comp:inferred")
        return name != _LANGUAGE or _listed(value) == [self.language]

    def row(self, node: dict[str, Any]) -> dict[str, str]:
        """Return an object as the cells of a row, by header."""
        found = {}
        for name, value in node.items():
            if self._is_unasked(node, name, value):
                continue
            header = self.labels.get(URIRef(name), name)
            texts = [text for text in self._texts(node, name, value) if text.strip()]
            if name == _COMMENT:
                texts = self._comments(node, texts)
            if not texts:
                continue
            if any(text != text.strip() for text in texts):
                self._lose(node, name, TRIMMED)
            if divides(name) or len(texts) > 1:
                self._check(node, name, texts)
            found[header] = BETWEEN.join(texts)
        return found

    def _texts(self, node: dict[str, Any], name: str, value: Any) -> Iterator[str]:
        if isinstance(value, dict) and value and all(map(_is_tag, value)):
            yield from self._mine(node, name, value)
            return
        for item in _listed(value):
            if _has_no_name(item):
                self._lose(node, name, INSIDE)
            else:
                yield self._text(node, name, item)

    def _text(self, node: dict[str, Any], name: str, item: Any) -> str:
        """Return one value as a text; that it was more than a text is lost."""
        if isinstance(item, str):
            return item
        if not isinstance(item, dict):
            self._lose(node, name, TYPE)
            return json.dumps(item)
        if len(item) > 1 or ("@id" in item and name not in LINKS):
            self._lose(node, name, TYPE)
        return str(item.get("@id", item.get("@value")))

    def _comments(self, node: dict[str, Any], texts: list[str]) -> list[str]:
        """Return comments side by side, which the graph has a line each, if none has lines."""
        entry = self.outline.entry(str(node.get("@id")))
        notes = entry.notes if entry is not None else []
        said = [str(text) for note in notes for text in note.texts("comp:text")]
        if self.has_lines or any("\n" in text for text in said):
            return texts
        self.apart.add((str(node.get("@id")), _COMMENT))
        return [line for text in texts for line in text.split("\n")]

    def _mine(self, node: dict[str, Any], name: str, texts: dict[str, Any]) -> Iterator[str]:
        """Yield the texts in the language of the framework, else those of the first."""
        tags = {tag.lower(): tag for tag in texts}
        mine = tags.get(self.language.lower())
        chosen = mine if mine is not None else next(iter(texts))
        row = next(iter(_listed(node.get(_LANGUAGE))), self.language)  # texts read as being in it
        misread = name == CATEGORY and chosen.lower() != str(row).lower()
        if mine is None or len(texts) > 1 or misread:
            self._lose(node, name, LANGUAGE)
        yield from map(str, _listed(texts[chosen]))

    def _check(self, node: dict[str, Any], name: str, texts: list[str]) -> None:
        if any(BETWEEN in text for text in texts) or not divides(name):
            self._lose(node, name, BAR)

    def _lose(self, node: dict[str, Any], name: str, why: str) -> None:
        """Remember a loss by the property of ours that the thing has, else by that of the graph."""
        thing = self.outline.thing(URIRef(str(node.get("@id", ""))))
        ours = [one for one in ours_of(name) if thing.values(one)]
        alone = ours and name not in MIXED and not thing.values(name)
        names = ours if alone else [*ours, name]
        self.losses += [Loss(thing.iri, short(one), why) for one in names]


def _listed(value: Any) -> list[Any]:
    if isinstance(value, dict) and "@list" in value:
        value = value["@list"]
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_tag(name: str) -> bool:
    return not name.startswith("@") and ":" not in name


def _has_no_name(item: Any) -> bool:
    """Say whether a value is a thing that is described inside another."""
    if not isinstance(item, dict) or "@value" in item:
        return False
    return "@id" not in item or len(item) > 1
