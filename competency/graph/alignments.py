"""Alignments: which parts of two frameworks match or are opposites, with why and how sure.

They are read where they are stated, as plain SKOS mapping relations (SKOS Reference, section 10)
or as nodes that annotate one, which is the RDF form of SSSOM. Either end may be a part of a
framework that is not held. Looking costs a few look-ups in the index and reads no graph. What is
only suggested and what was refused is no alignment, and is asked for by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Literal

from competency.graph.store import NamedGraph, is_iri, sort_key, to_rdflib
from competency.graph.views import Part
from competency.ontology import COMP, PREFIXES

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph

_SKOS, _OWL, _SSSOM, _PAV = (PREFIXES[name] for name in ("skos", "owl", "sssom", "pav"))
OPPOSITE = str(COMP.contrasts)
# The relations, the strongest first, each with what it is called from the other end.
RELATIONS = {
    _SKOS + "exactMatch": _SKOS + "exactMatch",
    _SKOS + "closeMatch": _SKOS + "closeMatch",
    _SKOS + "broadMatch": _SKOS + "narrowMatch",
    _SKOS + "narrowMatch": _SKOS + "broadMatch",
    _SKOS + "relatedMatch": _SKOS + "relatedMatch",
    OPPOSITE: OPPOSITE,
}
_STRENGTH = {name: place for place, name in enumerate(RELATIONS)}
_TYPE = PREFIXES["rdf"] + "type"
_COMMENT = PREFIXES["rdfs"] + "comment"
_DATES = (_PAV + "authoredOn", PREFIXES["dcterms"] + "created")  # SSSOM 1.0 and 1.1
ENDS = _OWL + "annotated"
STATUS = str(COMP.reviewStatus)
_FRAMEWORK = str(COMP.Framework)
_TO_REVIEW, _REFUSED, ACCEPTED = "to review", "refused", ""
BY_CLASS = {str(COMP.SuggestedAlignment): _TO_REVIEW, str(COMP.RefusedAlignment): _REFUSED}
DENIED, SURENESS = _SSSOM + "predicate_modifier", _SSSOM + "confidence"

Row = dict[str, list[object]]  # what is said of one node, by property
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Alignment:
    """One alignment: two parts, how they are related, and what is known of that.

    ``justification`` is how it was found, as an IRI of SEMAPV; ``confidence`` is from 0 to 1;
    ``iri`` names the node that says all this, where there is one and it has a name.
    """

    subject: str
    predicate: str
    object: str
    iri: str | None = None
    justification: str | None = None
    confidence: float | None = None
    author: str | None = None
    date: Literal | None = None
    comments: tuple[Literal, ...] = ()

    @property
    def comment(self) -> Literal | None:
        """Return why, in English or in any language."""
        return min(self.comments, key=lambda text: (text.language or "") != "en", default=None)

    @property
    def is_opposite(self) -> bool:
        """Say whether the parts are opposites, which is no match at all."""
        return self.predicate == OPPOSITE

    @property
    def strength(self) -> tuple[int, float, str, str]:
        """Return what sorts alignments, the strongest and surest first."""
        return _STRENGTH[self.predicate], -(self.confidence or 0), self.subject, self.object

    def turned(self) -> Alignment:
        """Return the same alignment as seen from the other end.

        >>> Alignment("urn:a", _SKOS + "broadMatch", "urn:b").turned().predicate[-11:]
        'narrowMatch'
        """
        return replace(
            self, subject=self.object, predicate=RELATIONS[self.predicate], object=self.subject
        )


def alignments_of(graph: KnowledgeGraph, iri: str) -> list[Alignment]:
    """Return the alignments of a part, each seen from it, the strongest and surest first.

    >>> from competency import KnowledgeGraph
    >>> graph = KnowledgeGraph.shipped()
    >>> found = alignments_of(graph, graph.iri("pub-cscf/c06"))
    >>> [(item.object.removeprefix(graph.base), item.confidence) for item in found]
    [('wcc-behaviours/v2/c5', 0.65)]
    """
    found = (item if item.subject == iri else item.turned() for item in _read(graph, iri))
    return sorted(found, key=lambda item: item.strength)


def all_alignments(graph: KnowledgeGraph) -> list[Alignment]:
    """Return every alignment of all graphs, the strongest and surest first."""
    return sorted(_read(graph, None), key=lambda item: item.strength)


def alignments_among(graph: KnowledgeGraph, quads: Iterable[ox.Quad]) -> Iterable[Alignment]:
    """Return the alignments that some statements make, of those in graphs that are held.

    Of several that say the same it is the surest.

        alignments_among(graph, links_in_graphs(graph.store, RELATIONS, {name: None}))
    """
    rows, stated = _sorted(graph, quads)
    described: dict[Key, Alignment] = {}
    for node, row in rows.items():
        found = _described(node, row) if status_of(row) == ACCEPTED else None
        if found and found.strength <= described.get(key_of(found), found).strength:
            described[key_of(found)] = found
    return [
        item
        for key, item in (stated | described).items()
        if key in described or not _inside(graph, item)
    ]


def suggested_in(graph: KnowledgeGraph, iri: str | None = None) -> list[Alignment]:
    """Return what is suggested and not yet decided, of a part or of all, the surest first.

    None of it is an alignment.
    """
    return _not_alignments(graph, iri, _TO_REVIEW)


def refused_in(graph: KnowledgeGraph, iri: str | None = None) -> list[Alignment]:
    """Return what somebody decided to be no alignment, of a part or of all.

    ``{frozenset((item.subject, item.object)) for item in refused_in(graph)}`` are the pairs.
    """
    return _not_alignments(graph, iri, _REFUSED)


def refusals_of(graphs: Iterable[NamedGraph]) -> set[frozenset[str]]:
    """Return the pairs that graphs say are no alignments; graphs without any cost one look.

    refusals_of(directory.require().graphs.values())
    """
    from competency.graph.knowledge_graph import KnowledgeGraph

    refusing = [named for named in graphs if any(map(_refuses, named.triples))]
    graph = KnowledgeGraph()
    graph.add(*refusing)
    return {frozenset((item.subject, item.object)) for item in refused_in(graph)}


def _refuses(triple: ox.Triple) -> bool:
    return triple.predicate.value == DENIED


def _not_alignments(graph: KnowledgeGraph, iri: str | None, status: str) -> list[Alignment]:
    nodes = _sorted(graph, _links(graph, iri))[0].items()
    found = (_described(node, row) for node, row in nodes if status_of(row) == status)
    seen = (item if iri in (None, item.subject) else item.turned() for item in found if item)
    return sorted(seen, key=lambda item: (*item.strength, item.iri or ""))


def between(graph: KnowledgeGraph, left: str, right: str) -> list[Alignment]:
    """Return the alignments between two frameworks, each seen from the left one, strongest first.

    between(graph, graph.base + "pub-cscf", graph.base + "wcc-behaviours")
    """
    found = {
        (item.subject, item.predicate, item.object): item
        for item in _from(graph, left)
        if framework_of(graph, item.object) == right
    }
    return sorted(found.values(), key=lambda item: item.strength)


def framework_of(graph: KnowledgeGraph, iri: str) -> str | None:
    """Return the IRI of the framework that a part is in, or None where it is not held.

    A graph is named after its framework, so nothing is read unless somebody chose another name.
    """
    kind = graph.vocabulary.kind_of
    for name, types in sorted(graph.index.classes(iri).items()):
        if graph.has_graph(name) and kind(types):
            if _FRAMEWORK in types:
                return iri
            if _FRAMEWORK in graph.index.classes(name).get(name, ()):
                return name
            above = Part(graph, iri, name).value("inFramework")
            return str(above) if above is not None else None
    return None


def alignment_graph(graph: KnowledgeGraph, found: Iterable[Alignment], iri: str) -> NamedGraph:
    """Return alignments as they were authored: each plain statement and the node about it."""
    plain, nodes = [], defaultdict[str, set[object]](set)
    for item in found:
        if item.iri is None:
            ends = (ox.NamedNode(name) for name in (item.subject, item.predicate, item.object))
            plain.append(ox.Triple(*ends))
        else:
            nodes[graph.resource(item.iri).graph_name].add(ox.NamedNode(item.iri))
    about = [
        triple
        for name in sorted(nodes)
        for triple in graph.named_graph(name).triples
        if triple.subject in nodes[name]
    ]
    return NamedGraph(iri, [*plain, *_stated(about), *about])


def _stated(about: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the statements that nodes annotate, in the direction in which they were written."""
    ends: dict[object, dict[str, object]] = defaultdict(dict)
    for triple in about:
        if triple.predicate.value.startswith(ENDS):
            ends[triple.subject][triple.predicate.value.removeprefix(ENDS)] = triple.object
    for row in ends.values():
        subject, predicate, value = (row.get(end) for end in ("Source", "Property", "Target"))
        if is_iri(subject) and is_iri(predicate) and is_iri(value):
            yield ox.Triple(subject, predicate, value)


def _from(graph: KnowledgeGraph, framework: str) -> Iterator[Alignment]:
    """Yield the alignments of a framework and its parts, each seen from there."""
    if graph.elsewhere:  # one question about all costs less than one for each part
        for item in _read(graph, None):
            for seen in (item, item.turned()):
                if framework_of(graph, seen.subject) == framework:
                    yield seen
        return
    tree = graph.tree(graph.resource(framework).graph_name)
    for part in (framework, *tree.walk(framework)):
        yield from alignments_of(graph, part)


def _read(graph: KnowledgeGraph, iri: str | None) -> Iterable[Alignment]:
    """Return the alignments at a part, or all."""
    return alignments_among(graph, _links(graph, iri))


def _links(graph: KnowledgeGraph, iri: str | None) -> Iterable[ox.Quad]:
    """Return the plain statements and what is said of each node about two parts, of one or all."""
    return graph.index.links(list(RELATIONS), iri)


def _sorted(
    graph: KnowledgeGraph, quads: Iterable[ox.Quad]
) -> tuple[dict[object, Row], dict[Key, Alignment]]:
    """Tell what is said of nodes from plain statements, in graphs that are held."""
    stated: dict[Key, Alignment] = {}
    rows: dict[object, Row] = defaultdict(lambda: defaultdict(list))
    held: dict[object, bool] = {}  # many statements are in few graphs
    for quad in quads:
        name, predicate = quad.graph_name, quad.predicate.value
        if name not in held:
            held[name] = graph.has_graph(name.value if is_iri(name) else "")
        if not held[name]:
            continue
        if predicate not in RELATIONS:
            if quad.object not in rows[quad.subject][predicate]:  # a node may be in two graphs
                rows[quad.subject][predicate].append(quad.object)
        elif is_iri(quad.subject) and is_iri(quad.object):
            item = Alignment(quad.subject.value, predicate, quad.object.value)
            stated[key_of(item)] = item
    return rows, stated


def status_of(row: Row) -> str:
    """Return what became of a pair: to review, refused, or nothing where it is an alignment."""
    if row.get(DENIED):
        return _REFUSED
    said = text_in(row, STATUS)
    classes = (BY_CLASS.get(term.value) for term in row.get(_TYPE, ()) if is_iri(term))
    found = {said, *classes}
    return next((item for item in (_REFUSED, _TO_REVIEW) if item in found), ACCEPTED)


def key_of(item: Alignment) -> Key:
    """Return the same for an alignment from whichever end it is stated."""
    turned = (item.object, RELATIONS[item.predicate], item.subject)
    return min((item.subject, item.predicate, item.object), turned)


def _inside(graph: KnowledgeGraph, item: Alignment) -> bool:
    """Say whether this is a contrast within one framework, which is a statement of its own."""
    if not item.is_opposite:
        return False
    one, other = framework_of(graph, item.subject), framework_of(graph, item.object)
    return one is not None and one == other


def _described(node: object, row: Row) -> Alignment | None:
    """Return what a node says of two parts, or None where it says nothing of any."""
    source, predicate, target = (_iri(row, ENDS + end) for end in ("Source", "Property", "Target"))
    if source is None or target is None or predicate not in RELATIONS:
        return None
    return Alignment(
        subject=source,
        predicate=predicate,
        object=target,
        iri=node.value if isinstance(node, ox.NamedNode) else None,
        justification=_iri(row, _SSSOM + "mapping_justification"),
        confidence=number_in(text_in(row, SURENESS)),
        author=text_in(row, _SSSOM + "author_label") or _iri(row, _PAV + "authoredBy"),
        date=next((date for name in _DATES for date in _literals(row, name)), None),
        comments=_literals(row, _COMMENT),
    )


def _iri(row: Row, name: str) -> str | None:
    found = (term.value for term in row.get(name, ()) if isinstance(term, ox.NamedNode))
    return min(found, default=None)


def text_in(row: Row, name: str) -> str | None:
    """Return the texts of a property, in their order, or None where there are none."""
    found = sorted(term.value for term in row.get(name, ()) if isinstance(term, ox.Literal))
    return ", ".join(found) or None


def _literals(row: Row, name: str) -> tuple[Literal, ...]:
    found = (to_rdflib(term) for term in row.get(name, ()) if isinstance(term, ox.Literal))
    return tuple(sorted((item for item in found if isinstance(item, Literal)), key=sort_key))


def number_in(text: str | None) -> float | None:
    """Return the number from 0 to 1 that a text is, or None where it is none.

    >>> number_in("0.5"), number_in("sure")
    (0.5, None)
    """
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
