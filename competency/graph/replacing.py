"""What replaces a thing, as the data say: dcterms:replaces, dcterms:isReplacedBy, owl:deprecated.

These are the terms of the field (DCMI Metadata Terms; OWL 2, section 5.5); a part that takes the
place of another says ``dcterms:replaces``, which needs no statement about what is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from competency.graph.store import is_iri
from competency.ontology import PREFIXES

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph

_REPLACES = ox.NamedNode(PREFIXES["dcterms"] + "replaces")
_REPLACED_BY = ox.NamedNode(PREFIXES["dcterms"] + "isReplacedBy")
_DEPRECATED = ox.NamedNode(PREFIXES["owl"] + "deprecated")
_CHAIN = 5  # replacements of replacements that are followed
_MOST = 20  # replacements of one thing that are named


def replacements(graph: KnowledgeGraph, iri: str) -> tuple[str, ...]:
    """Return the IRIs of what replaces a thing, those first that are held; else an empty tuple.

    A replacement that is not held itself makes way for what replaces that. A graph that is held
    elsewhere is not asked.

    >>> from competency import KnowledgeGraph
    >>> graph = KnowledgeGraph()
    >>> _ = graph.parse("<urn:new> a <urn:Thing> ; <http://purl.org/dc/terms/replaces> <urn:old> .")
    >>> replacements(graph, "urn:old")
    ('urn:new',)
    """
    if graph.elsewhere:
        return ()
    found: dict[str, None] = {}
    waiting = [iri]
    for _ in range(_CHAIN):
        waiting = [new for old in waiting for new in _stated(graph.store, old) if new not in found]
        found |= dict.fromkeys(waiting)
        waiting = [item for item in waiting if not graph.holds(item)]
    found.pop(iri, None)
    held = [item for item in found if graph.holds(item)]
    return tuple((held or [*found])[:_MOST])


def is_deprecated(graph: KnowledgeGraph, iri: str) -> bool:
    """Say whether a thing that is held says of itself that it is withdrawn (owl:deprecated)."""
    if graph.elsewhere:
        return False
    quads = graph.store.quads_for_pattern(_node(iri), _DEPRECATED, None)
    return any(isinstance(q.object, ox.Literal) and q.object.value in ("true", "1") for q in quads)


def _stated(store: ox.Store, iri: str) -> list[str]:
    """Return what is said to replace a thing, by it or by its replacement, in order."""
    node = _node(iri)
    found = {quad.subject for quad in store.quads_for_pattern(None, _REPLACES, node)}
    stated = {quad.object for quad in store.quads_for_pattern(node, _REPLACED_BY, None)}
    return sorted(term.value for term in (*found, *stated) if is_iri(term))


def _node(iri: str) -> ox.NamedNode:
    """Return the term of an IRI; one that is none names nothing that is held."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return ox.NamedNode("urn:none")
