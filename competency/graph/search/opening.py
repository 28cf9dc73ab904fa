"""The index of a knowledge graph: that of its edition, or one made in memory when first needed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from competency.errors import SearchUnavailable
from competency.graph.search.connections import over_files, over_memory
from competency.graph.search.files import Graphs, held_by
from competency.graph.search.index import Index, check_fts5
from competency.graph.search.searching import Searcher
from competency.graph.store import NamedGraph
from competency.ontology import own_vocabulary

MOST_IN_MEMORY = 500_000  # triples for which an index is made while somebody waits for it


def searcher_in(files: Iterable[Path], graphs: Graphs) -> Searcher | None:
    """Return the searcher of an edition's index, or None where it has none that we can read."""
    paths = list(files)
    check_fts5()
    if not paths or None in [held_by(path) for path in paths]:
        return None
    return Searcher(over_files(paths, graphs))


def searcher_of(graphs: Iterable[NamedGraph], size: int) -> Searcher:
    """Return the searcher of graphs in memory, which have ``size`` triples.

    Raises SearchUnavailable where that is too many, or SQLite cannot do it.
    """
    if size > MOST_IN_MEMORY:
        reason = "the edition has no search index; publish anything and the next one will have it"
        raise SearchUnavailable(reason)
    index, vocabulary = Index(), own_vocabulary()
    for graph in graphs:
        index.add(graph, "", vocabulary)
    index.commit()
    return Searcher(over_memory(index.connection))
