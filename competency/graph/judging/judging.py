"""Judging shards, one after the other or side by side, and only those not judged before."""

from __future__ import annotations

import contextlib
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future

import pyoxigraph as ox

from competency.graph.judging.caching import Cache
from competency.graph.judging.checking import check
from competency.graph.judging.cutting import Cutter, Shard
from competency.graph.judging.digests import digest_of
from competency.graph.judging.gathering import Gathered
from competency.graph.judging.owners import Owners
from competency.graph.judging.processes import Processes, processors
from competency.graph.judging.rules import Rules
from competency.graph.judging.surroundings import StoreSurroundings
from competency.graph.store import NamedGraph
from competency.shapes import Report, Result
from competency.shapes.report import make_report

Progress = Callable[[int, int], None]  # triples done, triples in all
WHOLE = 6_000  # triples up to which cutting costs more than it saves
WORTH = 50_000  # triples from which on further processes are worth their start
MOST_PROCESSES = 8
PACK = 2_000  # triples of small graphs that make one shard together


class Judge:
    """Judges shards by the same rules, and gathers what is found.

    ``processes`` None stands for as many as there are processors, where ``total`` triples are
    enough work for them. ``progress`` is called with the triples done and those there are.
    """

    def __init__(
        self,
        rules: Rules,
        *,
        total: int = 0,
        processes: int | None = None,
        cache: Cache | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Judge by ``rules``, which can be judged shard by shard."""
        self._rules, self._total, self._cache = rules, total, cache
        self._progress = progress or (lambda done, total: None)
        if processes is None:
            processes = min(processors(), MOST_PROCESSES) if total >= WORTH else 1
        self._count = max(1, processes)
        self._done = 0

    def judge(self, shards: Iterable[Shard]) -> Gathered:
        """Judge shards as they come, holding a few at a time; raises what ``check`` does."""
        gathered = Gathered()
        with contextlib.ExitStack() as stack:
            run = self._runner(stack)
            waiting: deque[_Waiting] = deque()
            for shard in shards:
                waiting.append(self._begin(shard, run))
                while len(waiting) > 2 * self._count or (waiting and waiting[0].is_done):
                    self._finish(waiting.popleft(), gathered)
            while waiting:
                self._finish(waiting.popleft(), gathered)
        if self._cache is not None:
            self._cache.prune()
        return gathered

    def _runner(self, stack: contextlib.ExitStack) -> Callable[[Shard], _Future]:
        """Return what judges a shard: processes, once there is something to do, or this one."""
        started: list[Processes] = []

        def elsewhere(shard: Shard) -> _Future:
            if not started:
                try:
                    started.append(stack.enter_context(Processes(self._count, self._rules)))
                except OSError:  # where no process can be started, this one does it all
                    return self._here(shard)
            return started[0].judge(shard)

        return elsewhere if self._count > 1 else self._here

    def _here(self, shard: Shard) -> _Future:
        future: _Future = Future()
        future.set_result(check(shard.triples(), self._rules, shard.own))
        return future

    def _begin(self, shard: Shard, run: Callable[[Shard], _Future]) -> _Waiting:
        key = self._key(shard) if self._cache is not None else None
        known = self._cache.get(key) if self._cache is not None and key is not None else None
        return _Waiting(shard, key, known, None if known is not None else run(shard))

    def _finish(self, waiting: _Waiting, gathered: Gathered) -> None:
        shard = waiting.shard
        results = waiting.known
        if results is None and waiting.future is not None:
            results = waiting.future.result()
            if self._cache is not None and waiting.key is not None:
                self._cache.put(waiting.key, results)
        gathered.add(results or ())
        self._done += sum(len(graph.triples) for graph in shard.graphs)
        self._progress(self._done, self._total)

    def _key(self, shard: Shard) -> str:
        """Return what the results of a shard depend on, as one digest."""
        own = [digest_of(graph.triples) for graph in shard.graphs]
        words = (self._rules.digest, digest_of(shard.context), *sorted(own))
        return hashlib.sha256(" ".join(words).encode()).hexdigest()


_Future = Future[tuple[Result, ...]]


class _Waiting:
    """A shard that is judged, or was before."""

    def __init__(
        self,
        shard: Shard,
        key: str | None,
        known: tuple[Result, ...] | None,
        future: _Future | None,
    ) -> None:
        self.shard, self.key, self.known, self.future = shard, key, known, future

    @property
    def is_done(self) -> bool:
        return self.future is None or self.future.done()


def judge_all(
    graphs: Mapping[str, NamedGraph],
    store: Callable[[], ox.Store],
    rules: Rules,
    *,
    sizes: Mapping[str, int] | None = None,
    digests: Mapping[str, str] | None = None,
    processes: int | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Report:
    """Return what rules find in graphs, which is what they find in all of them together.

    ``store`` gives a store that holds them all, and is called when some graph speaks of what
    another speaks of. ``sizes`` are the numbers of triples and ``digests`` those of the triples,
    where they are known without reading: when all of them were judged before, nothing is read.
    Graphs are read one after the other, twice. Raises ShapesError, ParseError, LimitReached.

        judge_all({graph.name: graph}, lambda: new_store([graph]), own_rules())
    """
    total = sum((sizes or {name: len(graphs[name].triples) for name in graphs}).values())
    if cache is None and total <= WHOLE:
        return _at_once(graphs, rules)
    key = _key_of_all(digests, rules) if cache is not None and digests is not None else None
    known = cache.get(key) if cache is not None and key is not None else None
    if known is not None:
        return make_report(known)
    owners = Owners(rules.reading.walks.entries)
    for name in graphs:
        owners.add(graphs[name])
    around = StoreSurroundings(store, graphs, owners=owners)
    if processes is None and len(graphs) == 1:
        processes = 1  # a second one would only hold the same graph once more
    judge = Judge(rules.by_shard, total=total, processes=processes, cache=cache, progress=progress)
    gathered = judge.judge(shards(graphs, Cutter(rules.reading, around)))
    if rules.at_once is not None:
        gathered.add(_at_once(graphs, rules.at_once).results)
    report = gathered.report()
    if cache is not None and key is not None:
        cache.put(key, report.results)
    return report


def _key_of_all(digests: Mapping[str, str], rules: Rules) -> str:
    """Return what the report on all graphs depends on, as one digest."""
    rows = [f"{name} {digest}" for name, digest in sorted(digests.items())]
    return hashlib.sha256("\n".join([rules.digest, *rows]).encode()).hexdigest()


def shards(graphs: Mapping[str, NamedGraph], cutter: Cutter) -> Iterator[Shard]:
    """Give the shards of graphs; small ones make one shard together.

    The last is that of the nodes that shapes name, wherever these are spoken of.
    """
    pack: list[NamedGraph] = []
    size = 0
    for name in sorted(graphs):
        graph = graphs[name]
        if not graph.triples:
            continue
        if pack and size + len(graph.triples) > PACK:
            yield cutter.cut(*pack)
            pack, size = [], 0
        pack.append(graph)
        size += len(graph.triples)
    if pack:
        yield cutter.cut(*pack)
    if cutter.names_nodes:
        yield cutter.cut()


def _at_once(graphs: Mapping[str, NamedGraph], rules: Rules) -> Report:
    gathered = Gathered()
    triples = dict.fromkeys(t for name in graphs for t in graphs[name].triples)
    gathered.add(check(triples, rules))
    return gathered.report()
