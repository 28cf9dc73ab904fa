"""The statements of data as OWL sees them, and those that cannot be statements of OWL at all.

Only what classes and properties of the ontology say counts; titles and notes are no logic. A
value may be wrong in itself: an ill-formed number, a text where a thing is wanted. HermiT stops
at some of these and passes over others, so they are looked at here and kept from it. Datatypes
that OWL 2 has not, such as xsd:date, are compared here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from competency.ontology.axioms import Axiom, Ontology, Triple

_INTEGERS = {
    XSD[name]
    for name in (
        "integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "long", "int", "short", "byte",
        "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
}  # fmt: skip
_TEXTS = {
    XSD[name]
    for name in ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
}
# What HermiT does not know: each of these shares no value with any other family of datatypes.
_DATES: dict[Node, str] = {
    XSD[name]: name
    for name in ("date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay", "duration")
}
_DATES |= dict.fromkeys((XSD.dayTimeDuration, XSD.yearMonthDuration), "duration")
_OTHERS = {
    *_INTEGERS, *_TEXTS, XSD.decimal, XSD.double, XSD.float, XSD.boolean, XSD.anyURI, XSD.dateTime,
    XSD.dateTimeStamp, XSD.hexBinary, XSD.base64Binary, RDF.langString, RDF.XMLLiteral,
}  # fmt: skip
_BLANK = "urn:x-blank:"
_NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)"
_FORMS: Mapping[Node, str] = {
    **dict.fromkeys(_INTEGERS, r"[+-]?\d+"),
    XSD.decimal: _NUMBER,
    **dict.fromkeys((XSD.double, XSD.float), rf"{_NUMBER}([eE][+-]?\d+)?|[+-]?INF|NaN"),
    XSD.boolean: "true|false|1|0",
}


@dataclass(frozen=True)
class Fault:
    """A statement that cannot be true, whatever else is said, and the axiom it goes against.

    ``sort`` is ``form`` (ill-formed), ``link`` (a text where a thing is wanted), ``value`` (a
    thing where a text is wanted) or ``datatype``.
    """

    statement: Triple
    sort: str
    wanted: Node | None = None
    axiom: Axiom | None = None


@dataclass(frozen=True)
class Statements:
    """What data state in terms of an ontology, blank nodes named, and what they cannot state."""

    good: tuple[Triple, ...]
    faults: tuple[Fault, ...]


def statements_of(graph: Graph, ontology: Ontology) -> Statements:
    """Return the statements of a graph about things, in a stable order.

    >>> from competency.ontology.vocabulary import own_vocabulary
    >>> from competency.ontology.axioms import ontology_of
    >>> graph = Graph().parse(data='<urn:a> <https://w3id.org/competency/ns#text> "no language" .')
    >>> [fault.sort for fault in statements_of(graph, ontology_of(own_vocabulary().graph)).faults]
    ['datatype']
    """
    ranges = _ranges(ontology)
    good: list[Triple] = []
    faults: list[Fault] = []
    for triple in sorted(_said(graph, ontology), key=_order):
        fault = _fault(triple, ontology, ranges)
        if fault is None:
            good.append(triple)
        else:
            faults.append(fault)
    return Statements(tuple(good), tuple(faults))


def named(node: Node) -> Node:
    """Return an IRI for a blank node, since OWL has no classes of blank nodes; else the node."""
    return URIRef(f"{_BLANK}{node}") if isinstance(node, BNode) else node


def blank_of(node: Node) -> Node:
    """Return the blank node for which :func:`named` made an IRI; else the node."""
    text = str(node)
    return BNode(text.removeprefix(_BLANK)) if text.startswith(_BLANK) else node


def _order(triple: Triple) -> tuple[str, ...]:
    return tuple(map(str, triple))


def _said(graph: Graph, ontology: Ontology) -> Iterator[Triple]:
    """Yield what is said of things, by classes and properties of the ontology."""
    said = ontology.links | ontology.values | {OWL.sameAs, OWL.differentFrom}
    for subject, predicate, value in graph:
        if subject in ontology.names:
            continue
        is_type = predicate == RDF.type and isinstance(value, URIRef)
        if predicate in said or (is_type and not str(value).startswith((str(OWL), str(RDFS)))):
            yield (named(subject), predicate, named(value))
    for node in graph.subjects(RDF.type, OWL.AllDifferent):
        for property_ in (OWL.members, OWL.distinctMembers):
            for members in graph.objects(node, property_):
                yield from _different([*Collection(graph, members)])


def _different(things: list[Node]) -> Iterator[Triple]:
    for place, one in enumerate(things):
        for other in things[place + 1 :]:
            yield (named(one), OWL.differentFrom, named(other))


def _fault(
    triple: Triple, ontology: Ontology, ranges: Mapping[Node, list[tuple[Node, Axiom]]]
) -> Fault | None:
    _, predicate, value = triple
    if not isinstance(value, Literal):
        return Fault(triple, "value") if predicate in ontology.values else None
    if predicate not in ontology.values:
        return Fault(triple, "link")
    datatype = datatype_of(value)
    form = _FORMS.get(datatype)
    if (form and not re.fullmatch(form, value, re.ASCII)) or (not form and value.ill_typed):
        return Fault(triple, "form", datatype)
    for wanted, axiom in ranges.get(predicate, ()):
        if _share_nothing(datatype, wanted):
            return Fault(triple, "datatype", wanted, axiom)
    return None


def _share_nothing(datatype: Node, wanted: Node) -> bool:
    """Say whether no value is of both datatypes, in cases where HermiT does not see that.

    It takes rdf:langString and xsd:string for one, and knows no dates without a time.
    """
    if wanted == RDF.langString:
        return datatype in _TEXTS
    families = [_DATES.get(item, "other" if item in _OTHERS else "") for item in (datatype, wanted)]
    return all(families) and len(set(families)) == 2


def datatype_of(value: Literal) -> URIRef:
    """Return the datatype of a value; a text has one too (RDF 1.1 Concepts, section 3.3)."""
    return RDF.langString if value.language else (value.datatype or XSD.string)


def _ranges(ontology: Ontology) -> Mapping[Node, list[tuple[Node, Axiom]]]:
    """Return the datatypes that the values of each property must be of, those above it included."""
    stated = {
        a.head[0]: a for a in ontology.axioms if a.head[1] == RDFS.range and not _is_made(a.head[2])
    }
    above: dict[Node, set[Node]] = {name: {name} for name in ontology.values}
    pairs = [a.head for a in ontology.axioms if a.head[1] == RDFS.subPropertyOf]
    for _ in pairs:
        for narrow, _, broad in pairs:
            if narrow in above and broad in above:
                above[narrow] |= above[broad]
    return {
        name: [
            (stated[item].head[2], stated[item])
            for item in sorted(items, key=str)
            if item in stated
        ]
        for name, items in above.items()
    }


def _is_made(node: Node) -> bool:
    return isinstance(node, BNode)


def things_of(triples: Iterable[Triple]) -> list[Node]:
    """Return the things that statements are about, as subject or as value, each once."""
    found: dict[Node, None] = {}
    for subject, predicate, value in triples:
        found[subject] = None
        if predicate != RDF.type and not isinstance(value, Literal):
            found[value] = None
    return [*found]
