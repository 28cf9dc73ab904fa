"""How many links lead from one framework to another, as VoID says it (section 5, "Linksets")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, partial

import pyoxigraph as ox

from competency.graph.alignments import bare_alignments, framework_of
from competency.graph.knowledge_graph import KnowledgeGraph
from competency.ontology import PREFIXES

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
    home = cache(partial(framework_of, graph))
    for item in () if graph.elsewhere else bare_alignments(graph):
        left, right = home(item.subject), home(item.object)
        if left and right:
            counts[left, right, item.predicate] += 1
    return counts
