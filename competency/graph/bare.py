"""Alignments without who, when and why, for who only counts them: little is read of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from competency.graph.alignments import (
    ACCEPTED,
    BY_CLASS,
    DENIED,
    ENDS,
    OPPOSITE,
    RELATIONS,
    STATUS,
    SURENESS,
    Alignment,
    Key,
    Row,
    alignments_among,
    all_alignments,
    key_of,
    number_in,
    status_of,
    text_in,
)
from competency.graph.store import is_iri
from competency.graph.sweeping import Sweep, apart
from competency.ontology import COMP, PREFIXES

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph

_TYPE = PREFIXES["rdf"] + "type"
_ENDS = tuple(ENDS + end for end in ("Source", "Property", "Target"))
_MATCHES = tuple(name for name in RELATIONS if name != OPPOSITE)


def bare_alignments(graph: KnowledgeGraph) -> list[Alignment]:
    """Return the alignments of all graphs without who, when and why, in no order.

    What does not tell which there are is not read, and plain contrasts of which one end is not
    held need not be among them.

    >>> from competency import KnowledgeGraph
    >>> graph = KnowledgeGraph.shipped()
    >>> len(bare_alignments(graph)) == len(all_alignments(graph))
    True
    """
    if graph.elsewhere:  # where one question about all is asked anyway
        return all_alignments(graph)
    swept = Sweep(graph.store, graph.has_graph)
    found: dict[Key, Alignment] = {}
    for item in _described(swept):
        key = key_of(item)
        if key not in found or item.strength <= found[key].strength:
            found[key] = item
    contrasts = apart(graph.store, OPPOSITE, str(COMP.Framework))  # most are within one
    opposites = {key_of(item): item for item in alignments_among(graph, contrasts)}
    return [*(found | opposites | _stated(swept) | found).values()]  # in the order of the store


def _stated(swept: Sweep) -> dict[Key, Alignment]:
    """Return the plain matches; of those that say the same from both ends the last one."""
    found: dict[Key, Alignment] = {}
    for name in _MATCHES:
        for subject, value in swept.pairs(name):
            if is_iri(subject) and is_iri(value):
                item = Alignment(subject.value, name, value.value)
                found[key_of(item)] = item
    return found


def _described(swept: Sweep) -> Iterator[Alignment]:
    """Yield what nodes say of two parts, where it is neither only suggested nor refused.

    They come in the order in which the store has the first of the parts, which makes looks at
    each of these cheap.
    """
    refused = _not_accepted(swept)
    sources, predicates, targets, sure = (_values(swept, name) for name in (*_ENDS, SURENESS))
    for node, found in sources.items():
        if node in refused:
            continue
        source, predicate = _least(found), _least(predicates.get(node, ()))
        target = _least(targets.get(node, ()))
        if source and target and predicate in RELATIONS:
            yield Alignment(source, predicate, target, confidence=_sureness(sure.get(node, ())))


def _values(swept: Sweep, name: str) -> Mapping[Any, Sequence[Any]]:
    """Return the values of a property by what has it."""
    found: dict[Any, list[Any]] = {}
    for node, value in swept.pairs(name):
        found.setdefault(node, []).append(value)
    return found


def _not_accepted(swept: Sweep) -> set[object]:
    """Return the nodes that describe no alignment, since somebody has yet to decide or said no."""
    rows: dict[object, Row] = defaultdict(lambda: defaultdict(list))
    for name in (DENIED, STATUS):
        for node, values in _values(swept, name).items():
            rows[node][name] += dict.fromkeys(values)
    for kind in BY_CLASS:
        for node in swept.having(_TYPE, kind):
            rows[node][_TYPE].append(ox.NamedNode(kind))
    return {node for node, row in rows.items() if status_of(row) != ACCEPTED}


def _least(terms: Sequence[object]) -> str | None:
    """Return the first IRI by its letters, or None where there is none."""
    iris = [term.value for term in terms if isinstance(term, ox.NamedNode)]
    return min(iris) if iris else None


def _sureness(terms: Sequence[object]) -> float | None:
    return number_in(text_in({SURENESS: [*dict.fromkeys(terms)]}, SURENESS)) if terms else None
