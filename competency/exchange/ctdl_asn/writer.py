"""CTDL-ASN out: the JSON of the registry for a framework, with what others said of its things."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator

from rdflib import BNode, URIRef
from rdflib.term import Node

from competency.errors import NotFound
from competency.exchange.aligned import with_matches
from competency.exchange.blanks import blank_names, steady
from competency.exchange.ctdl_asn.commenting import COMMENT, Commenting
from competency.exchange.ctdl_asn.context import TEXTS, compact, full
from competency.exchange.ctdl_asn.describing import written_category
from competency.exchange.ctdl_asn.document import LISTS_OF_TEXTS, document
from competency.exchange.ctdl_asn.foreign import Foreign
from competency.exchange.ctdl_asn.given import is_made, is_told
from competency.exchange.ctdl_asn.losing import Losing, changed
from competency.exchange.ctdl_asn.table import TABLE
from competency.exchange.ctdl_asn.view import NOT_SAID, make
from competency.exchange.entry import Thing
from competency.exchange.exchange import Exported
from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.terms import Row, term
from competency.graph import KnowledgeGraph, NamedGraph
from competency.graph.store import sort_key

_TYPE = term("rdf:type")
_HALF = re.compile("[\ud800-\udfff]")
# What a thing says itself counts; what we would say of it is left away.
_REPLACED = ("ceterms:ctid", "ceasn:inLanguage", "ceasn:competencyCategory",
             "ceterms:targetCompetency")  # fmt: skip
_CODES = ("ceasn:codedNotation", "ceasn:altCodedNotation")
_STEPS = ("ceasn:inProgressionModel", "skos:topConceptOf", "skos:hasTopConcept",
          "ceterms:precedes")  # fmt: skip
# Of texts that may be put together: what says them in our vocabulary.
_OURS = defaultdict(tuple[str, ...], {
    "ceasn:benchmarkText": ("comp:text",), "ceasn:competencyText": ("comp:text", "rdfs:label"),
    "ceasn:competencyLabel": ("rdfs:label",), "ceasn:name": ("rdfs:label",),
    "ceasn:description": ("comp:text", "dcterms:description"), "skos:prefLabel": ("rdfs:label",),
    "skos:definition": ("dcterms:description",), "ceasn:rights": ("dcterms:rights",),
})  # fmt: skip
_OTHER_CLASSES = {
    "ceasn:CompetencyFramework": ("ceterms:Collection",),
    "asn:ProgressionModel": ("ceasn:ProficiencyScale", "skos:ConceptScheme"),
    "asn:ProgressionLevel": ("skos:Concept",),
}
_OTHER_LEVELS = ("ceasn:complexityLevel", "ceasn:performanceLevelType")
_ONE_CLASS = "the registry wants one class of each thing, and one of its own"
# What files begin a thing with; the rest comes behind, by name.
_ORDER = {
    name: place for place, name in enumerate((
        "rdf:type", "ceterms:ctid", "ceasn:name", "skos:prefLabel", "ceasn:competencyLabel",
        "ceasn:competencyText", "ceasn:description", "ceasn:benchmarkText", "ceasn:inLanguage",
        "ceasn:isPartOf", "ceasn:competencyCategory", "ceasn:codedNotation",
    ))
}  # fmt: skip


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework, or a scale, as a graph of CTDL-ASN in JSON-LD, and what that loses.

    Raises NotFound for what is neither.

        write(KnowledgeGraph.shipped(), "pub-cscf").data
    """
    graph, apart = with_matches(graph, iri)
    graph = steady(graph, iri)
    outline = Outline(graph, iri)
    if outline.top.role != "framework" and term("comp:LevelScale") not in outline.top.values(
        "rdf:type"
    ):
        raise NotFound("framework", iri)
    found = _Writing(outline)
    text = json.dumps(found.document(), ensure_ascii=False, indent=2)
    text = _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
    return Exported(text.encode() + b"\n", (*found.losses(), *apart))


class _Writing:
    """A view, changed to what the framework itself says in the words of CTDL-ASN."""

    def __init__(self, outline: Outline) -> None:
        self.outline, self.told = outline, is_told(outline)
        made, self.lost = make(outline)
        rows = [*made, *self._loose_scales()]
        self.foreign = Foreign(outline, {row[0] for row in rows})
        kept = [row for row in self._without(rows) if self._stays(row)]
        self.untold = self._description(kept)
        self.rows = _in_order([*kept, *self.untold], self.foreign.rows)

    def _loose_scales(self) -> Iterator[Row]:
        """Yield what a view says of scales that no part leads to."""
        outline = self.outline
        met = {thing.node for thing in (*outline.entries, *outline.around)}
        named = outline.graph.named_graph(outline.graph.resource(outline.iri).graph_name)
        for iri in sorted(named.subjects):
            kinds = named.about(iri).get(str(_TYPE), ())
            if URIRef(iri) not in met and term("comp:LevelScale") in kinds:
                scale = Outline(outline.graph, iri)
                rows, lost = make(scale)
                self.lost += [*TABLE.losses(scale), *lost]
                yield from rows

    def _description(self, kept: list[Row]) -> list[Row]:
        """Return the title as a description where the registry requires one and there is none."""
        top = self.outline.top
        names, prop = (URIRef(full(f"ceasn:{name}")) for name in ("name", "description"))
        described = any(row[:2] == (top.node, prop) for row in kept)
        if top.role != "framework" or described or self.foreign.values(top.node, str(prop)):
            return []
        return [(top.node, prop, row[2]) for row in kept if row[:2] == (top.node, names)]

    def _without(self, rows: list[Row]) -> list[Row]:
        """Return rows without the blank nodes behind what is replaced."""
        gone = {
            value for subject, prop, value in rows
            if isinstance(value, BNode) and self._is_replaced(subject, compact(str(prop)))
        }  # fmt: skip
        return [row for row in rows if row[0] not in gone and row[2] not in gone]

    def _is_replaced(self, subject: Node, name: str) -> bool:
        return name in _REPLACED and bool(self.foreign.values(subject, name))

    def _stays(self, row: Row) -> bool:
        """Say whether a row of the view goes out."""
        subject, prop, value = row
        name, foreign = compact(str(prop)), self.foreign
        thing = self.outline.thing(subject)
        typed = {compact(str(kind)) for kind in foreign.values(subject, "rdf:type")}
        if prop == _TYPE:
            return typed.isdisjoint(_OTHER_CLASSES.get(compact(str(value)), ()))
        if name in _STEPS and self.told:
            return not typed
        if self._is_replaced(subject, name):
            return False
        if name == "ceasn:competencyCategory":
            return value != written_category("Competency")
        if name == "ceasn:listID":  # a place is in the order of the children
            return bool(thing.values("comp:enumeration"))
        if name == "skos:notation":
            return term("comp:rank") not in thing.values("comp:inferred")
        if name in _CODES:
            return value not in foreign.values(subject, *_CODES)
        if name == "asn:hasProgressionLevel":
            return value not in foreign.values(subject, *_OTHER_LEVELS)
        return not (name == "ceasn:knowledgeEmbodied" and self.told)

    def document(self) -> dict[str, object]:
        """Return the JSON."""
        name = blank_names(sorted(self.rows, key=_row_key))
        rows = [(_called(s, name), p, _called(o, name)) for s, p, o in self.rows]
        found = document(NamedGraph.of(self.outline.iri, rows))
        if self.foreign.page is not None:
            found["@id"] = str(self.foreign.page)
        return found

    # ------------------------------------------------------------------ what is lost

    def losses(self) -> tuple[Loss, ...]:
        """Return what does not go out, and what was made up because the registry requires it."""
        joined = self._joined()
        losing = Losing(self.outline, self.foreign, {str(node) for node, _ in joined})
        nothing = Loss(self.outline.top.iri, "ceasn:description", NOT_SAID)
        found = [loss for loss in losing.losses(self.lost) if loss != nothing or not self.untold]
        for node, kind in self.foreign.classes_left_out():
            found.append(Loss(str(node), "rdf:type", f"{kind} is left out: {_ONE_CLASS}"))
        for node, name in self.foreign.strangers():
            found.append(Loss(str(node), name, "a graph of the registry has no such things"))
        for node in self.foreign.unreached():
            if node not in self.foreign.written:
                found.append(Loss(str(node), "rdf:type", "nothing in the framework leads to it"))
        for node, name in joined:
            why = "several in one language are written as one, a line each, as the registry wants"
            ours = (item for item in _OURS[name] if self.outline.thing(node).values(item))
            found += [Loss(str(node), item, why) for item in (name, *ours)]
        return tuple(dict.fromkeys([*found, *changed(self.outline, self.rows), *self._made_up()]))

    def _joined(self) -> list[tuple[Node, str]]:
        """Return the texts that stand in one though they are several."""
        seen: dict[tuple[Node, Node, str], int] = {}
        said = [row[2] for row in self.rows if row[1] == URIRef(full(COMMENT))]
        commenting = Commenting(said)
        for subject, prop, value in self.rows:
            language = getattr(value, "language", None)
            is_apart = prop == URIRef(full(COMMENT)) and commenting.is_apart(value)
            if language and not is_apart:
                key = (subject, prop, language.lower())
                seen[key] = seen.get(key, 0) + 1
        found = ((s, compact(str(p))) for (s, p, _), count in seen.items() if count > 1)
        return [
            (node, name) for node, name in dict.fromkeys(found)
            if name in TEXTS and name not in LISTS_OF_TEXTS and self.told
        ]  # fmt: skip

    def _made_up(self) -> list[Loss]:
        """Return one row for each thing that the registry requires and that nobody stated."""
        top, found = self.outline.top, []
        said = {(row[0], row[1]) for row in self.foreign.rows}
        for name, why in (
            ("ceterms:ctid", "it is made from the IRI, as nothing states one"),
            ("ceasn:inLanguage", "it is made from the languages of the texts"),
        ):
            prop = URIRef(full(name))
            made = {row[0] for row in self.rows if row[1] == prop and (row[0], prop) not in said}
            if name == "ceasn:inLanguage":
                made -= {top.node} if top.role == "framework" else set()
                made = made if self.told else set()
            if made:
                more = f" (of {len(made):,} things)" if len(made) > 1 else ""
                found.append(Loss(top.iri, name, f"the registry requires it: {why}{more}"))
        if term("dcterms:language") in top.values("comp:inferred") and self.told:
            why = "the registry requires it: it is made from the languages of the texts"
            if not self.foreign.values(top.node, "ceasn:inLanguage"):
                found.append(Loss(top.iri, "ceasn:inLanguage", why))
        if self.untold:
            why = "the registry requires a description: the title stands in its place"
            names = ("ceasn:description", *(("comp:notStated",) if _is_silent(top) else ()))
            found += [Loss(top.iri, name, why) for name in names]
        if is_made(top):
            why = "the file described no framework; one is written, as the registry requires it"
            found.append(Loss(top.iri, "comp:inferred", why))
        return found


def _is_silent(framework: Thing) -> bool:
    return term("dcterms:description") in framework.values("comp:notStated")


def _in_order(made: list[Row], foreign: list[Row]) -> list[Row]:
    """Return rows thing by thing, as they were first met, each property where files have it."""
    places: dict[Node, int] = {}
    for row in (*made, *foreign):
        places.setdefault(row[0], len(places))

    def key(row: Row) -> tuple[int, int, str, str]:
        name = compact(str(row[1]))
        language = getattr(row[2], "language", None) or ""
        return places[row[0]], _ORDER.get(name, len(_ORDER)), name, language

    return sorted(dict.fromkeys([*made, *foreign]), key=key)


def _called(node: Node, name: object) -> Node:
    return BNode(name(node)) if isinstance(node, BNode) and callable(name) else node


def _row_key(row: Row) -> tuple[object, ...]:
    return tuple(("",) if isinstance(node, BNode) else sort_key(node) for node in row)
