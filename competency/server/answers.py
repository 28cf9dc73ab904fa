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
from competency.sparql import Asking, Engine, Written

_ASKINGS = 2_000  # requests whose meaning is kept
_LONGEST = 4_000  # bytes of one of them


class Kept:
    """An answer, with what is made of it only once."""

    def __init__(self, written: Written, key: Hashable | None = None) -> None:
        """Hold an answer; ``key`` is what it is kept under."""
        self.written, self.key, self.size = written, key, len(written.data)
        self.packed: bytes | None = None

    @cached_property
    def etag(self) -> str:
        """Return the SHA-256 of the answer."""
        return hashlib.sha256(self.written.data).hexdigest()


class Answers:
    """An engine with a memory, bounded in bytes; what may differ each time is not kept."""

    def __init__(self, engine: Engine, most: int) -> None:
        """Keep up to ``most`` bytes of the answers of ``engine``."""
        self.engine, self._most = engine, most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._asked: OrderedDict[Hashable, Any] = OrderedDict()
        self.held = 0
        self._lock = threading.Lock()
        self.hits = self.misses = 0

    def answer(self, asking: Asking, left: Callable[[], bool]) -> Kept:
        """Return the answer that is kept, or ask the engine."""
        key = _key(asking)
        if key is not None and (known := self._known(key)) is not None:
            return known
        found = Kept(self.engine.answer(asking, left), key)
        if key is not None:
            self._keep(key, found)
        return found

    def packed(self, found: Kept) -> bytes:
        """Return an answer compressed; that of a kept one is made once and counted."""
        if found.packed is not None:
            return found.packed
        data = packed(found.written.data)
        with self._lock:
            if found.packed is None:
                found.packed, found.size = data, found.size + len(data)
                if self._kept.get(found.key) is found:
                    self.held += len(data)
                    self._forget()
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
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                self.misses += 1
                return None
            self.hits += 1
            self._kept.move_to_end(key)
            return found

    def _keep(self, key: Hashable, found: Kept) -> None:
        if found.size > self._most // 4:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self.held += found.size - (before.size if before else 0)
            self._kept[key] = found
            self._forget()

    def _forget(self) -> None:
        """Let the oldest go until the rest is small enough; the caller holds the lock."""
        while self.held > self._most:
            _, oldest = self._kept.popitem(last=False)
            self.held -= oldest.size

    def close(self) -> None:
        """Forget everything and close the engine."""
        with self._lock:
            self._kept.clear()
            self._asked.clear()
            self.held = 0
        self.engine.close()


def _key(asking: Asking) -> Hashable | None:
    """Return what tells answers apart, or None for one that must not be kept."""
    prepared = asking.prepared
    if prepared.volatile or prepared.services:
        return None
    return (prepared.text, asking.syntax.name, asking.dataset, asking.rows)
