"""A mapping set as RDF: each alignment a plain statement and a node that says why and how sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node as Term

from competency.graph.sssom import other
from competency.graph.sssom.curies import prefixes_for
from competency.graph.sssom.model import (
    Extension,
    MappingSet,
    Record,
    Values,
    entities_of,
    names_of,
    ordered,
)
from competency.graph.sssom.slots import RECORD_SLOTS, SET_SLOTS, SLOTS, Slot
from competency.graph.sssom.status import EXTENSION, STATUS, Status, status_of, types_of
from competency.graph.sssom.terms import term_of
from competency.graph.store import NamedGraph
from competency.ontology import PREFIXES, expand

TYPE = URIRef(expand("rdf:type"))
LABEL, RANGE = URIRef(expand("rdfs:label")), URIRef(expand("rdfs:range"))
PROPERTY = URIRef(expand("rdf:Property"))
DECLARE = URIRef(expand("sh:declare"))
PREFIX, NAMESPACE = URIRef(expand("sh:prefix")), URIRef(expand("sh:namespace"))
ANY_URI = URIRef(expand("xsd:anyURI"))
SET, MAPPINGS = URIRef(expand("sssom:MappingSet")), URIRef(expand("sssom:mappings"))
UNSPECIFIED = PREFIXES["semapv"] + "UnspecifiedMatching"
PLAIN = {"subject_id", "predicate_id", "object_id", "mapping_justification", "other"}
ASIDE = ("mapping_set_id", "record_id", "other")  # what is no statement like the others

Node = URIRef | BNode
Triple = tuple[Term, Term, Term]


def to_graph(found: MappingSet) -> NamedGraph:
    """Return a mapping set as a graph named after it, in the RDF form of SSSOM.

    What the header says of all records is said of each, as simple queries look there.

    >>> ends = {"subject_id": ("urn:a",), "object_id": ("urn:b",)}
    >>> ends["predicate_id"] = (expand("skos:closeMatch"),)
    >>> graph = to_graph(MappingSet({"mapping_set_id": ("urn:set",)}, (Record(ends),)))
    >>> str(graph.triples[2])
    '<urn:a> <http://www.w3.org/2004/02/skos/core#closeMatch> <urn:b>'
    """
    return _Writer(found).graph()


class _Writer:
    def __init__(self, found: MappingSet) -> None:
        self.found = found
        self.records = ordered(found.records)
        self.set = URIRef(found.iri)
        self.other, self.kept = other.parted(next(iter(found.slots.get("other", ())), ""))
        self.language = str(self.kept.get("language", ""))
        self.triples = other.triples_of(self.kept.get("triples", []))
        named = MappingSet(found.slots, self.records)
        self.nodes = self._nodes(names_of(named))
        self.slots = self._used()
        self._iris: dict[str, URIRef] = {}
        self._terms: dict[tuple[str, str, str, str], tuple[URIRef, Term]] = {}

    def graph(self) -> NamedGraph:
        """Return the whole graph."""
        rows = [*self._about_set()]
        for record, node in zip(self.records, self.nodes, strict=True):
            rows += self._record(record, node)
        return NamedGraph.of(str(self.kept.get("graph", str(self.set))), [*rows, *self.triples])

    def _nodes(self, names: list[str]) -> list[Node | None]:
        used = {
            str(end)
            for one, _, value in self.triples
            for end in (one, value)
            if isinstance(end, BNode)
        }
        blank = (BNode(f"a{n}") for n in count() if f"a{n}" not in used)
        found: list[Node | None] = []
        for name, record in zip(names, self.records, strict=True):
            kept = other.parted(record.get("other"))[1]
            plain = self.found.said_of(record).keys() <= PLAIN and kept.keys() == {"node"}
            plain = plain and record.get("mapping_justification") == UNSPECIFIED
            if kept.get("node") == "none" and plain and not other.parted(record.get("other"))[0]:
                found.append(None)
            elif kept.get("node") == "blank" and not record.get("record_id"):
                found.append(next(blank))
            else:
                found.append(URIRef(name))
        return found

    def _about_set(self) -> Iterator[Triple]:
        found, forms = self.found, self.kept.get("as", {})
        if self.kept.get("set", True):
            yield self.set, TYPE, SET
        own = found.slots.keys() - (found.shared.keys() if found.records else set())
        slots = {name: found.slots[name] for name in own}
        for slot in self._all(SET_SLOTS):
            yield from self._said(self.set, slot, slots, forms, self.language)
        yield from self._other(self.set, self.other)
        for record, node in zip(self.records, self.nodes, strict=True):
            if node is not None and other.parted(record.get("other"))[1].get("listed", True):
                yield self.set, MAPPINGS, node
        yield from declarations(declared(found))
        if dict(found.prefixes) != prefixes_for(entities_of(found)):
            yield from prefix_statements(self.set, found.prefixes)

    def _record(self, record: Record, node: Node | None) -> Iterator[Triple]:
        text, kept = other.parted(record.get("other"))
        one, path, value, _ = record.key
        status = status_of(self.found, record)
        if kept.get("stated", status is Status.accepted):
            yield self._iri(one), self._iri(path), self._iri(value)
        if node is None:
            return
        for name in kept.get("types", types_of(status)):
            yield node, TYPE, self._iri(name)
        slots = dict(self.found.said_of(record))
        if kept.get("unjustified") and record.get("mapping_justification") == UNSPECIFIED:
            del slots["mapping_justification"]
        language = str(kept.get("language", self.language))
        forms = kept.get("as", {})
        for slot in self.slots:
            if slot[0] in slots:
                yield from self._said(node, slot, slots, forms, language)
        yield from self._other(node, text)
        for name, values in kept.get("more", {}).items():
            for item in values:
                yield node, URIRef(name), other.term_of(item)

    def _used(self) -> list[tuple[str, Slot | Extension]]:
        """Return the slots that something is said in of any record; most are never used."""
        used = {name for record in self.records for name in record.slots} | self.found.shared.keys()
        return [row for row in self._all(RECORD_SLOTS) if row[0] in used]

    def _all(self, standard: Sequence[Slot]) -> list[tuple[str, Slot | Extension]]:
        ours = ((slot.name, slot) for slot in standard if slot.name not in ASIDE)
        return [*ours, *sorted(self.found.extensions.items(), key=lambda row: row[0])]

    def _said(
        self,
        node: Node,
        named: tuple[str, Slot | Extension],
        slots: Values,
        forms: dict[str, str],
        language: str,
    ) -> Iterator[Triple]:
        name, about = named
        for text in slots.get(name, ()):
            how = (name, text, forms.get(name, ""), language)
            if how not in self._terms:
                self._terms[how] = self._iri(about.property), term_of(about, *how[1:])
            yield node, *self._terms[how]

    def _iri(self, text: str) -> URIRef:
        """Return an IRI as one and the same term whenever it is asked for: most come often."""
        if text not in self._iris:
            self._iris[text] = URIRef(text)
        return self._iris[text]

    def _other(self, node: Node, text: str) -> Iterator[Triple]:
        if text:
            yield node, URIRef(SLOTS["other"].property), Literal(text)


def declared(found: MappingSet) -> dict[str, Extension]:
    """Return the further slots that the graph has to declare: all but the status of reviews.

    That one is a term of our vocabulary, which says itself what it is.
    """
    ours = found.extensions.get(STATUS) == EXTENSION
    told = ours and any(STATUS in record.slots for record in found.records)
    return {name: item for name, item in found.extensions.items() if not (told and name == STATUS)}


def declarations(extensions: Mapping[str, Extension]) -> Iterator[Triple]:
    """Yield what says of the properties of further slots what they are called."""
    for name, item in sorted(extensions.items(), key=lambda row: row[0]):
        prop = URIRef(item.property)
        yield prop, TYPE, PROPERTY
        yield prop, LABEL, Literal(name)
        if item.type_hint:
            yield prop, RANGE, URIRef(item.type_hint)


def prefix_statements(subject: URIRef, prefixes: Mapping[str, str]) -> Iterator[Triple]:
    """Yield what declares prefixes that are not those which the IRIs would get by themselves."""
    for name, start in sorted(prefixes.items()):
        node = URIRef(f"{subject.rstrip('/#')}/prefix/{name}")
        yield subject, DECLARE, node
        yield node, PREFIX, Literal(name)
        yield node, NAMESPACE, Literal(start, datatype=ANY_URI)
