"""Answers that are kept: the same query over the same edition need not be worked out again.

What is made of an answer, its entity tag and its compressed form, is made once and kept with it.
What a request asked is kept as well, so that the same request need not be read again.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any

from competency.server.compression import packed
from competency.server.memory import Memory
from competency.sparql import Asking, Engine, Written

_ASKINGS = 2_000  # requests whose meaning is kept
_LONGEST = 4_000  # bytes of one of them


class Kept:
    """An answer, with what is made of it only once."""

    def __init__(self, written: Written, key: Hashable | None = None) -> None:
        """Hold an answer; ``key`` is what it is kept under."""
        self.written, self.key = written, key
        self.packed: bytes | None = None

    @cached_property
    def etag(self) -> str:
        """Return the SHA-256 of the answer."""
        return hashlib.sha256(self.written.data).hexdigest()


class Answers:
    """An engine with a memory; what may differ each time is not kept."""

    def __init__(self, engine: Engine, memory: Memory) -> None:
        """Keep answers of ``engine`` in ``memory``, in which others may keep something as well."""
        self.engine, self._memory = engine, memory
        self._asked: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self.hits = self.misses = 0

    def answer(self, asking: Asking, left: Callable[[], bool]) -> Kept:
        """Return the answer that is kept, or ask the engine."""
        key = _key(asking)
        if key is not None and (known := self._known(key)) is not None:
            return known
        found = Kept(self.engine.answer(asking, left), key)
        if key is not None:
            size = len(found.written.data) + len(asking.prepared.text)
            self._memory.keep(key, found, size)
        return found

    def packed(self, found: Kept) -> bytes:
        """Return an answer compressed; that of a kept one is made once and counted."""
        if found.packed is not None:
            return found.packed
        data = packed(found.written.data)
        with self._lock:
            if found.packed is not None:
                return found.packed
            found.packed = data
        self._memory.grow(found.key, found, len(data))
        return data

    def asked(self, request: Hashable) -> Any:
        """Return what was noted of the same request before, or None."""
        with self._lock:
            found = self._asked.get(request)
            if found is not None:
                self._asked.move_to_end(request)
            return found

    def note(self, request: Hashable, meaning: object, size: int) -> None:
        """Keep what a request of ``size`` bytes asked, unless it is long."""
        if size > _LONGEST:
            return
        with self._lock:
            self._asked[request] = meaning
            if len(self._asked) > _ASKINGS:
                self._asked.popitem(last=False)

    def _known(self, key: Hashable) -> Kept | None:
        found: Kept | None = self._memory.get(key)
        with self._lock:
            if found is None:
                self.misses += 1
            else:
                self.hits += 1
        return found

    def close(self) -> None:
        """Forget everything and close the engine."""
        self._memory.clear()
        with self._lock:
            self._asked.clear()
        self.engine.close()


def _key(asking: Asking) -> Hashable | None:
    """Return what tells answers apart, or None for one that must not be kept."""
    prepared = asking.prepared
    if prepared.volatile or prepared.services:
        return None
    return ("query", prepared.text, asking.syntax.name, asking.dataset, asking.rows)
