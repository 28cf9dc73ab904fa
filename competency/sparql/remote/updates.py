"""The operations of an update that puts graphs into an engine, adds to them or takes them out.

All operations of a write go in one request: an engine that makes a request in one transaction
(Oxigraph, Fuseki, GraphDB ...) then makes all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from competency.graph import NamedGraph
from competency.sparql.remote.holding import named

MOST_TRIPLES = 1_000  # of one operation: Virtuoso compiles each as a whole


def removing(name: str) -> list[str]:
    """Return what takes a graph out, whether it is there or not.

    >>> removing("urn:x")
    ['DROP SILENT GRAPH <urn:x>']
    """
    return [f"DROP SILENT GRAPH {named(name)}"]


def replacing(graph: NamedGraph) -> list[str]:
    """Return what puts a graph in the place of the one of its name; an empty one is there, too."""
    inserts = adding(graph)
    return removing(graph.name) + (inserts or [f"CREATE SILENT GRAPH {named(graph.name)}"])


def adding(graph: NamedGraph) -> list[str]:
    """Return what adds triples to a graph.

    Triples with blank nodes go together, since a blank node means another one in each operation,
    and as a template: Virtuoso knows none in INSERT DATA.
    """
    plain = [triple for triple in graph.triples if not _blank(triple)]
    blank = [triple for triple in graph.triples if _blank(triple)]
    place = f"GRAPH {named(graph.name)}"
    found = [f"INSERT DATA {{ {place} {{\n{_text(rows)}}} }}" for rows in _pieces(plain)]
    if blank:
        found.append(f"INSERT {{ {place} {{\n{_text(blank)}}} }} WHERE {{}}")
    return found


def request(operations: Iterable[str]) -> str:
    """Return the text of one update of several operations."""
    return " ;\n".join(operations)


def _blank(triple: ox.Triple) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in (triple.subject, triple.object))


def _pieces(triples: Sequence[ox.Triple]) -> Iterator[Sequence[ox.Triple]]:
    return (triples[at : at + MOST_TRIPLES] for at in range(0, len(triples), MOST_TRIPLES))


def _text(triples: Iterable[ox.Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
