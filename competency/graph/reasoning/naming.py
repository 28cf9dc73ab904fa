"""What the graph of what follows is called: ``<framework>#inferred``, as nanopublications do.

Parts of ours are named below their framework by path, so none has such a name; what others
publish under it is refused, so that a query always knows what it gets. An IRI that has a fragment
already gets ``.inferred`` behind it, since no IRI has two.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from competency.errors import GraphRefused
from competency.graph.store import NamedGraph
from competency.ontology import ONTOLOGY_IRI

_END = "inferred"


def inferred_name(name: str) -> str:
    """Return the name of the graph of what follows from a graph.

    >>> inferred_name("https://example.org/f"), inferred_name("https://example.org/all#f")
    ('https://example.org/f#inferred', 'https://example.org/all#f.inferred')
    """
    return f"{name}{'.' if '#' in name else '#'}{_END}"


def stated_name(name: str) -> str | None:
    """Return the graph that a graph of this name follows from, or None for any other name.

    Nothing follows from the vocabulary alone: ``comp:inferred`` is a property.

    >>> stated_name("https://example.org/f#inferred"), stated_name("https://example.org/f")
    ('https://example.org/f', None)
    """
    stated = name[: -len(_END) - 1]
    if not stated or stated == ONTOLOGY_IRI or inferred_name(stated) != name:
        return None
    return stated


def refuse_names(names: Iterable[str]) -> None:
    """Refuse graphs that have the name of what follows from one: GraphRefused says so."""
    for name in names:
        if stated := stated_name(name):
            raise GraphRefused(name, f"stands for what follows from {stated}; {_MADE}")


def refuse_inferred(graphs: Iterable[NamedGraph]) -> None:
    """Refuse graphs, and things in them, that have the name of what follows from a graph.

    Raises GraphRefused, which says what the name stands for.
    """
    for graph in graphs:
        refuse_names([graph.name])
        name = inferred_name(graph.name) if graph.name else ""
        node = ox.NamedNode(name) if name else None
        if node is not None and any(triple.subject == node for triple in graph.triples):
            reason = f"says something of {name}, which is the name of what follows from it; "
            raise GraphRefused(graph.name, reason + "name that thing otherwise")


_MADE = "it is made anew with every publication, and nobody writes it; leave it out"
