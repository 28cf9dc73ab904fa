"""Answers that are kept: the same query over the same edition need not be worked out again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from competency.sparql import Asking, Engine, Written


class Answers:
    """An engine with a memory, bounded in bytes; what may differ each time is not kept."""

    def __init__(self, engine: Engine, most: int) -> None:
        """Keep up to ``most`` bytes of the answers of ``engine``."""
        self.engine, self._most = engine, most
        self._kept: OrderedDict[Hashable, Written] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self.hits = self.misses = 0

    def answer(self, asking: Asking, left: Callable[[], bool]) -> Written:
        """Return the answer that is kept, or ask the engine."""
        key = _key(asking)
        if key is not None and (known := self._known(key)) is not None:
            return known
        written = self.engine.answer(asking, left)
        if key is not None:
            self._keep(key, written)
        return written

    def _known(self, key: Hashable) -> Written | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                self.misses += 1
                return None
            self.hits += 1
            self._kept.move_to_end(key)
            return found

    def _keep(self, key: Hashable, written: Written) -> None:
        if len(written.data) > self._most // 4:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._bytes += len(written.data) - (len(before.data) if before else 0)
            self._kept[key] = written
            while self._bytes > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.data)

    def close(self) -> None:
        """Forget everything and close the engine."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0
        self.engine.close()


def _key(asking: Asking) -> Hashable | None:
    """Return what tells answers apart, or None for one that must not be kept."""
    prepared = asking.prepared
    if prepared.volatile or prepared.services:
        return None
    return (prepared.text, asking.syntax.name, asking.dataset, asking.rows)
