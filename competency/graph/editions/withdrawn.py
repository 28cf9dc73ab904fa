"""What was published once and is no more: the last edition that had it, and in which graph.

An IRI that nobody ever published costs a look into a few sorted lists. They are made from the
files of those graphs only that changed from one edition to the next, each pair of them once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from competency.graph.editions.history import History, PastEdition
from competency.graph.editions.scanning import Numbers, number_of, subjects

MOST_BYTES = 128 << 20  # of graphs that one call reads; the next one goes on from there


@dataclass(frozen=True)
class LastSeen:
    """The last edition that had a thing, and the graph that described it there."""

    edition: PastEdition
    graph: str


@dataclass
class _Step:
    """A graph that is another in the next edition, or gone; ``lost`` is None until it was read."""

    graph: str
    before: Path
    after: Path | None
    lost: Numbers | None = None

    def read(self) -> int:
        """Find what was lost; return the number of bytes that were read for that."""
        files = [self.before, *([self.after] if self.after else [])]
        try:
            size = sum(file.stat().st_size for file in files)
            found = [subjects(file) for file in files]
        except OSError:  # pruned this very moment
            size, found = 0, [set()]
        self.lost = Numbers(found[0].difference(*found[1:]))
        return size


class _Pair:
    """An edition and the next one: what the first had and the second has not."""

    def __init__(self, before: PastEdition, after: PastEdition) -> None:
        self.edition = before
        self.steps = list(_steps(before, after))
        self._lost: Numbers | None = None

    def read(self, most: int) -> int:
        """Read what has not been read, about ``most`` bytes; return how many that were."""
        if self._lost is not None:
            return 0
        done = 0
        for step in self.steps:
            if step.lost is None:
                if done >= most:
                    return done
                done += step.read()
        self._lost = Numbers({number for step in self.steps for number in step.lost or ()})
        return done

    @property
    def is_read(self) -> bool:
        return self._lost is not None

    def graphs_that_lost(self, number: int) -> Iterator[str]:
        """Yield the graphs that may have lost what a number stands for."""
        if self._lost is not None and number in self._lost:
            yield from (step.graph for step in self.steps if step.lost and number in step.lost)


class Withdrawn:
    """Finds what earlier editions had and the published one has not.

    Withdrawn(History(directory)).last_seen("https://example.org/my-framework/7")
    """

    def __init__(self, history: History, most_bytes: int = MOST_BYTES) -> None:
        """Look at the editions of ``history``; a call reads about ``most_bytes`` at most."""
        self._history, self._most = history, most_bytes
        self._pairs: dict[tuple[str, str], _Pair] = {}
        self._seen: object = None
        self._lock = threading.Lock()

    def last_seen(self, iri: str) -> LastSeen | None:
        """Return where a thing that is not published now was last; None if it never was.

        None, too, where it was in editions that are gone, or that are so large that they have not
        been looked at in full yet.
        """
        number = number_of(iri)
        with self._lock:
            self._look()
            left = self._most
            for pair in self._pairs.values():
                left -= pair.read(left)
                for graph in pair.graphs_that_lost(number):
                    if self._history.says(pair.edition, graph, iri):
                        return LastSeen(pair.edition, graph)
                if not pair.is_read:
                    return None
        return None

    def _look(self) -> None:
        """Pair each edition with the next, from the last back, where editions came or went.

        What is published now ends the chain, also where it is an older edition.
        """
        editions = self._history.editions()
        current = self._history.directory.pointed_at()
        if self._seen == (editions, current):
            return
        chain = [*editions, *(item for item in editions[:-1] if item.name == current)]
        known, self._pairs = self._pairs, {}
        for before, after in reversed(list(pairwise(chain))):
            key = before.name, after.name
            self._pairs[key] = known.get(key) or _Pair(before, after)
        self._seen = (editions, current)


def _steps(before: PastEdition, after: PastEdition) -> Iterator[_Step]:
    for name, state in before.graphs.items():
        following = after.graphs.get(name)
        if following is None or following.sha256 != state.sha256:
            file = after.folder / following.file if following else None
            yield _Step(name, before.folder / state.file, file)
