"""Queries that name what follows from a graph: ``FROM <...#inferred>``, ``GRAPH <...#inferred>``.

No store holds what follows beside what is stated. So the graphs that such a query names are put
together in memory, for it alone: those of FROM and FROM NAMED or of the request, else everything
that is stated and, as named graphs, what it names of that which follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from competency.errors import LimitReached
from competency.graph import NamedGraph
from competency.graph.reasoning import stated_name
from competency.graph.store import is_iri

if TYPE_CHECKING:
    from competency.sparql.guard import Prepared
    from competency.sparql.querying import Dataset

MOST = 500_000  # triples that are put together

Following = Callable[[str], NamedGraph]


@dataclass(frozen=True)
class Gathering:
    """Which graphs a query needs in memory.

    ``graphs`` are the names of its dataset, None for all that is stated; ``inferred`` are the
    graphs of what follows that it names; with ``union`` all that is stated is the default graph.
    """

    graphs: tuple[str, ...] | None
    inferred: tuple[str, ...]
    union: bool


def gather(store: ox.Store, wanted: Gathering, following: Following) -> ox.Store:
    """Return a new store in memory with the graphs that a query needs.

    ``following`` gives what follows from a graph, by the name of that graph. Raises LimitReached
    where the graphs have more than 500,000 triples together.
    """
    gathered = ox.Store()
    gathered.bulk_extend(_at_most(_quads(store, wanted, following), wanted))
    return gathered


def _quads(store: ox.Store, wanted: Gathering, following: Following) -> Iterator[ox.Quad]:
    if wanted.graphs is None:
        for quad in store:
            if wanted.union:
                yield ox.Quad(quad.subject, quad.predicate, quad.object)
            if not wanted.union or is_iri(quad.graph_name):
                yield quad
    for name in dict.fromkeys((*(wanted.graphs or ()), *wanted.inferred)):
        term, stated = ox.NamedNode(name), stated_name(name)
        if name not in wanted.inferred:
            if wanted.graphs is not None:
                yield from store.quads_for_pattern(None, None, None, term)
        elif stated is not None:
            yield from following(stated).quads()


def _at_most(quads: Iterable[ox.Quad], wanted: Gathering) -> Iterator[ox.Quad]:
    number = 0
    for quad in quads:
        number += not wanted.union or is_iri(quad.graph_name)
        if number > MOST:
            reason = (
                f"a query that names {wanted.inferred[0]} has its graphs put together in memory, "
                f"and they have more than {MOST:,} triples; name fewer with FROM and FROM NAMED"
            )
            raise LimitReached("triples", reason)
        yield quad


def gathering(prepared: Prepared, dataset: Dataset, store: ox.Store) -> Gathering | None:
    """Return which graphs a query needs in memory; None where it names nothing that follows.

    A name stands for what follows from a graph where the store holds that graph, and none of the
    name itself.
    """
    names: tuple[str, ...] | None = None
    if dataset.given:
        names = (*dataset.default_graphs, *dataset.named_graphs)
    elif prepared.has_dataset:
        names = (*prepared.default_graphs, *prepared.named_graphs)
    asked = dict.fromkeys(prepared.inferred if names is None else names)
    inferred = tuple(name for name in asked if _follows(name, store))
    return Gathering(names, inferred, dataset.union and names is None) if inferred else None


def _follows(name: str, store: ox.Store) -> bool:
    stated = stated_name(name)
    if stated is None or not store.contains_named_graph(ox.NamedNode(stated)):
        return False
    return not store.contains_named_graph(ox.NamedNode(name))
