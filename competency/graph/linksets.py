"""How many links lead from one framework to another, as VoID says it (section 5, "Linksets")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from competency.graph.alignments import framework_of
from competency.graph.bare import bare_alignments
from competency.graph.knowledge_graph import KnowledgeGraph
from competency.ontology import COMP, PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_FRAMEWORK = str(COMP.Framework)
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")

LinkRow = tuple[str | ox.BlankNode, str, str | ox.BlankNode | ox.Literal]


LinkCounts = Mapping[tuple[str, str, str], int]  # by framework, framework and relation


def linkset_rows(links: LinkCounts, whole: str, datasets: Mapping[str, str]) -> Iterator[LinkRow]:
    """Describe the alignments between frameworks: a linkset for each two and each relation.

    ``datasets`` has the name of the description of each framework.

        list(linkset_rows(count_links(graph), graph.base + "dataset", {framework: description}))
    """
    known = (item for item in links.items() if {*item[0][:2]} <= datasets.keys())
    for number, ((left, right, predicate), count) in enumerate(sorted(known)):
        linkset = ox.BlankNode(f"links-{number}")
        yield whole, "void:subset", linkset
        yield linkset, "rdf:type", "void:Linkset"
        yield linkset, "void:subjectsTarget", datasets[left]
        yield linkset, "void:objectsTarget", datasets[right]
        yield linkset, "void:linkPredicate", predicate
        yield linkset, "void:triples", ox.Literal(str(count), datatype=_INTEGER)


def count_links(graph: KnowledgeGraph) -> LinkCounts:
    """Return how many alignments there are by framework, framework and relation.

    None where the graphs are held in another engine: each alignment would cost a question.

        count_links(graph)[graph.iri("pub-cscf"), graph.iri("wcc-behaviours"), SKOS + "closeMatch"]
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    if graph.elsewhere:
        return counts
    homes, found = _Homes(graph), bare_alignments(graph)
    homes.look_up(item.subject for item in found)
    for item in found:
        left, right = homes[item.subject], homes[item.object]
        if left and right:
            counts[left, right, item.predicate] += 1
    return counts


class _Homes(dict[str, str | None]):
    """The frameworks that things are in: what ``framework_of`` says, mostly found with one look.

    Where only one graph has classes of ours of a thing, and is named after a framework, the thing
    is in this framework.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph, self._find = graph, graph.store.quads_for_pattern
        found = graph.index.of_type(_FRAMEWORK)
        wholes = (name for iri, name in found if iri == name and graph.has_graph(name))
        self._wholes = {str(ox.NamedNode(name)): name for name in wholes}
        self._parts: dict[frozenset[str], bool] = {}

    def look_up(self, iris: Iterable[str]) -> None:
        """Look for these before any others: those in the order of the store cost least."""
        for iri in iris:
            self[iri]

    def __missing__(self, iri: str) -> str | None:
        quads = self._find(ox.NamedNode(iri), _TYPE, None)
        stated = [(str(quad.graph_name), str(quad.object)) for quad in quads]
        names = {name for name, _ in stated}
        home = self._wholes.get(stated[0][0]) if len(names) == 1 else None
        if stated and not (home and self._is_part(frozenset(kind for _, kind in stated))):
            home = framework_of(self._graph, iri)
        self[iri] = home
        return home

    def _is_part(self, kinds: frozenset[str]) -> bool:
        """Say whether these classes make something a thing of ours that is no framework."""
        if kinds not in self._parts:
            iris = {kind[1:-1] for kind in kinds if kind.startswith("<")}
            kind = self._graph.vocabulary.kind_of(iris)
            self._parts[kinds] = kind is not None and _FRAMEWORK not in iris
        return self._parts[kinds]
