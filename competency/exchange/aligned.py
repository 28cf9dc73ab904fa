"""Alignments on their way into formats that have room for the bare match or none; what is lost."""

from __future__ import annotations

from collections.abc import Iterator

from competency.exchange.mapping import Loss, Rule
from competency.exchange.terms import short
from competency.graph import KnowledgeGraph, NamedGraph
from competency.graph.alignments import OPPOSITE
from competency.graph.gathering import (
    Gathered,
    described,
    gathered,
    labels_of,
    matches,
    seen_from,
    without_set,
)
from competency.graph.store import is_iri
from competency.ontology import expand

_STRUCTURE = {
    expand(name)
    for name in (
        "rdf:type", "owl:annotatedSource", "owl:annotatedProperty", "owl:annotatedTarget"
    )
}  # fmt: skip
_WHY = ("sssom:mapping_justification", "sssom:confidence", "sssom:author_label",
        "pav:authoredOn", "rdfs:comment")  # fmt: skip
NO_ROOM = "there is room for the alignment only, not for why and how sure it is"
NO_OPPOSITE = "there is no place for an opposite in another framework, which is no match"
LEFT = "a graph of alignments holds it, which does not go along; the format sssom has it"
LEFT_RULE = Rule("alignment", "rdf:type", "", LEFT)  # the row of a table for such a format


def with_matches(
    graph: KnowledgeGraph, iri: str, *, turned: bool = True
) -> tuple[KnowledgeGraph, tuple[Loss, ...]]:
    """Return a graph of a framework that has all its matches as bare statements of its parts.

    A match that was authored from the other end is ``turned``. Also returned is what that loses:
    why and how sure, and opposites, which are no match. It is the graph itself where no other one
    holds an alignment of the framework. Raises NotFound.

        with_matches(KnowledgeGraph.shipped(), "pub-cscf")[1]
    """
    resource = graph.resource(iri)
    named = graph.named_graph(resource.graph_name)
    found = gathered(graph, named, resource.iri)
    if not found.stated and len(without_set(named, resource.iri)) == len(named.triples):
        return graph, ()
    whole = KnowledgeGraph(base=graph.base)
    whole.add(matches(found, named, resource.iri, turned=turned))
    return whole, tuple(dict.fromkeys(_losses(found, named, resource.iri)))


def alignment_rules(becomes: str) -> tuple[Rule, ...]:
    """Return the rows of a table for a format that has room for bare matches only.

    >>> [rule.becomes for rule in alignment_rules("schema:sameAs")][:2]
    ['schema:sameAs, from the part of this framework', '']
    """
    return (
        Rule("alignment", "rdf:type", f"{becomes}, from the part of this framework"),
        *(Rule("alignment", name, "", NO_ROOM) for name in _WHY),
    )


def alignments_left(graph: KnowledgeGraph, iri: str) -> tuple[Loss, ...]:
    """Return what a format without a place for alignments loses of those that other graphs hold.

    Each is told of the part of the framework, once for each way in which that is aligned. Raises
    NotFound.

        alignments_left(KnowledgeGraph.shipped(), "pub-cscf")
    """
    resource = graph.resource(iri)
    named = graph.named_graph(resource.graph_name)
    found, inside = gathered(graph, named, resource.iri), described(named, resource.iri)
    ends = (seen_from(one, inside) for one in found.stated)
    lost = (Loss(part.value, short(name.value), LEFT) for part, name, _ in ends)
    return tuple(dict.fromkeys(lost))


def _losses(found: Gathered, named: NamedGraph, root: str) -> Iterator[Loss]:
    inside = described(named, root)
    for ends in found.stated:
        if ends[1].value == OPPOSITE:
            yield Loss(seen_from(ends, inside)[0].value, short(OPPOSITE), NO_OPPOSITE)
    for (ends, node), rows in found.about.items():
        part = node.value if is_iri(node) else seen_from(ends, inside)[0].value
        mine = labels_of(ends, inside)
        for row in rows:
            if row.predicate.value not in _STRUCTURE and row.predicate not in mine:
                yield Loss(part, short(row.predicate.value), NO_ROOM)
