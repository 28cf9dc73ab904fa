"""The gate before an edition: what changes has to conform to the shapes.

Changed graphs are judged with what lies around them, and so are the graphs whose reports the
change may alter: those that point at what it takes out, or whose parts it aligns with others. Of
these only what is new counts, as what was wrong with them before is not the fault of the change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from competency.graph.judging import Cache, Judge, own_rules
from competency.graph.judging.cutting import Cutter, Shard
from competency.graph.judging.dependents import dependents
from competency.graph.judging.judging import shards
from competency.graph.judging.surroundings import (
    StoreSurroundings,
    Surroundings,
    Together,
    around,
)
from competency.graph.store import NamedGraph, new_store
from competency.shapes import Report
from competency.shapes.report import make_report

Changed = Mapping[str, NamedGraph | None]  # by name; None for a graph that is taken out


class Change:
    """Graphs that change, those whose reports may alter by it, and what lies around them all.

    ``altered`` are the graphs that do not change and have to be judged again.
    """

    def __init__(
        self, changed: Changed, held: Mapping[str, NamedGraph], kept: Surroundings
    ) -> None:
        """``held`` are the graphs as they were; ``kept`` knows those that do not change."""
        self._rules = own_rules()
        self.fresh = {name: graph for name, graph in changed.items() if graph is not None}
        self.old = {name: held[name] for name in changed if name in held}
        names = dependents(self.old, self.fresh, kept, self._rules.reading)
        self.altered = {name: held[name] for name in sorted(names)}
        entries = self._rules.reading.walks.entries
        self._now, self._then = (
            Together(kept, around(graphs, entries)) for graphs in (self.fresh, self.old)
        )

    def shards(self) -> Iterator[Shard]:
        """Give every shard that :meth:`report` may judge."""
        yield from self._cut(self.fresh, self._now)
        yield from self._cut(self.altered, self._now)
        yield from self._cut(self.altered, self._then)

    def report(self, cache: Cache | None = None) -> Report | None:
        """Return what the shapes find in the change; None where there is nothing to look at."""
        if not self.fresh and not self.altered:
            return None
        report = self._judge(self.fresh, self._now, cache)
        after = self._judge(self.altered, self._now, cache)
        if not after.results:
            return report
        known = set(self._judge(self.altered, self._then, cache).results)
        return make_report([*report, *(result for result in after if result not in known)])

    def _judge(
        self, graphs: Mapping[str, NamedGraph], outside: Surroundings, cache: Cache | None
    ) -> Report:
        total = sum(len(graph.triples) for graph in graphs.values())
        judge = Judge(self._rules.by_shard, total=total, cache=cache)
        return judge.judge(self._cut(graphs, outside)).report()

    def _cut(self, graphs: Mapping[str, NamedGraph], outside: Surroundings) -> Iterator[Shard]:
        return shards(graphs, Cutter(self._rules.reading, outside))


def judge_change(
    changed: Changed,
    held: Mapping[str, NamedGraph],
    store: ox.Store | None = None,
    *,
    cache: Cache | None = None,
) -> Report | None:
    """Return what the shapes find in a change; None where there is nothing to look at.

    ``held`` are all graphs as they were, and ``store`` holds them; without it one is made.

        judge_change({graph.name: graph}, {})
    """

    def opened() -> ox.Store:
        return store if store is not None else new_store(held.values())

    return Change(changed, held, StoreSurroundings(opened, held, hidden=changed)).report(cache)
