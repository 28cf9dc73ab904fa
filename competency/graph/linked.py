"""What of a framework is linked in other graphs, and those links: found by few looks at the store.

A look at each part costs a store on disk more than all else about a page, so one question is asked
about all parts, and the few graphs that it names are looked at as wholes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

import pyoxigraph as ox

from competency.graph.placing import ANNOTATED
from competency.graph.store import is_iri
from competency.ontology import PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_INSIDE = ox.NamedNode(PREFIXES["comp"] + "inFramework")


def linked_elsewhere(store: ox.Store, graph: str) -> dict[str, set[str]]:
    """Return what has a class in a named graph and is linked in other ones, by those graphs.

    One question finds it for a whole framework, in less time than a look at each of its parts.

        linked_elsewhere(graph.store, framework.graph_name)
    """
    name = ox.NamedNode(graph)
    found: dict[str, set[str]] = {}
    for statement in ("?from ?said ?thing", "?thing ?said ?to"):
        rows = store.query(
            f"SELECT DISTINCT ?other ?thing {{ GRAPH {name} {{ ?thing {_TYPE} ?class }} "
            f"GRAPH ?other {{ {statement} }} FILTER(?other != {name}) }}"
        )
        for other, thing in rows:  # type: ignore[union-attr]
            if is_iri(other) and is_iri(thing):
                found.setdefault(other.value, set()).add(thing.value)
    return found


def links_in_graphs(
    store: ox.Store, predicates: Iterable[str], things: Mapping[str, Set[str] | None]
) -> Iterator[ox.Quad]:
    """Yield what StoreIndex.links gives of things that are linked in a few graphs.

    ``things`` are those by the graph to look into, None for all that are linked there. It is for
    small graphs: each is looked at as a whole.

        links_in_graphs(graph.store, RELATIONS, linked_elsewhere(graph.store, iri))
    """
    nodes: set[ox.NamedNode | ox.BlankNode | ox.Triple] = set()
    for name, inside in things.items():
        wanted = None if inside is None else {ox.NamedNode(iri) for iri in inside}
        for predicate in (*map(ox.NamedNode, predicates), *ANNOTATED):
            for quad in store.quads_for_pattern(None, predicate, None, ox.NamedNode(name)):
                if wanted is None or quad.subject in wanted or quad.object in wanted:
                    if predicate in ANNOTATED:
                        nodes.add(quad.subject)
                    else:
                        yield quad
    for node in nodes:
        yield from store.quads_for_pattern(node, None, None)


def parts_elsewhere(store: ox.Store, framework: str) -> set[str]:
    """Return what other graphs than that of its name say is in a framework.

    parts_elsewhere(graph.store, framework.iri)
    """
    name = ox.NamedNode(framework)
    rows = store.query(
        f"SELECT DISTINCT ?thing {{ GRAPH ?other {{ ?thing {_INSIDE} {name} }} "
        f"FILTER(?other != {name}) }}"
    )
    things = (row[0] for row in rows)  # type: ignore[union-attr]
    return {thing.value for thing in things if is_iri(thing)}
