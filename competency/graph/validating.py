"""What a KnowledgeGraph does with shapes: say what is wrong with its graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from rdflib import Graph

if TYPE_CHECKING:
    from functools import cached_property

    import pyoxigraph as ox

    from competency.graph.editions import Edition
    from competency.graph.judging import Cache
    from competency.graph.store import NamedGraph
    from competency.shapes import Report


class Validating:
    """The part of a KnowledgeGraph that validates."""

    if TYPE_CHECKING:
        _graphs: Mapping[str, NamedGraph]
        edition: Edition | None

        @property
        def elsewhere(self) -> bool:
            """Say whether the graphs are held in another engine."""

        @cached_property
        def store(self) -> ox.Store:
            """Return a store that holds the graphs."""

        def size(self, name: str) -> int:
            """Return the number of triples of a graph."""

    def merged(self) -> Graph:
        """Return all triples of all named graphs as one rdflib graph, a new one each time."""
        merged = Graph(bind_namespaces="none")
        for name in sorted(self._graphs):
            for triple in self._graphs[name].graph:
                merged.add(triple)
        return merged

    def validate(
        self,
        *,
        shapes: Graph | None = None,
        without: Iterable[str] = (),
        engine: str = "fast",
        processes: int | None = None,
        cache: Cache | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Report:
        """Check all graphs against the shapes; what does not conform is no error.

        ``shapes`` are ours unless given; ``without`` switches off those of these local names, such
        as ``FrameworkRights``. The graphs are judged one by one, each with what lies around it,
        which says the same as judging all of them at once; ``processes`` is how many may do that
        side by side (by default as the work is worth), ``cache`` keeps what was found for the next
        time, and ``progress`` hears of the triples done and of all there are. ``engine`` is
        ``reference`` for the slow one that the fast one is compared with (SHACL, section 3.4).

        Raises ShapesError where shapes cannot be used, are not known, or the engine is not;
        LimitReached where a process died.

        >>> from competency import KnowledgeGraph
        >>> KnowledgeGraph.shipped().validate(without=["FrameworkRights"]).conforms
        True
        """
        from competency.graph.judging import judge_all, rules_of
        from competency.graph.store import new_store

        rules = rules_of(shapes, without, engine)
        graphs, store, sizes = self._graphs, lambda: self.store, None
        digests = self.edition.manifest.digests if self.edition is not None else None
        if self.elsewhere:  # read once, as each look costs a request
            graphs = {name: graphs[name] for name in graphs}
            store = lambda: new_store(graphs.values())  # noqa: E731
        else:
            sizes = {name: self.size(name) for name in graphs}
        return judge_all(
            graphs,
            store,
            rules,
            sizes=sizes,
            digests=digests,
            processes=processes,
            cache=cache,
            progress=progress,
        )
