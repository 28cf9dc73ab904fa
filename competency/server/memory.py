"""A memory that is bounded in bytes: what was asked for longest ago makes way for what comes.

A site has one, for the answers to queries, the documents of things and finished answers together;
``--cache`` is its bound.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

OVERHEAD = 1_000  # bytes that a value takes beside its own
_LARGEST = 4  # no value takes more than this part of the memory


class Memory:
    """Values by key, within a number of bytes.

    >>> memory = Memory(10_000)
    >>> memory.keep("answer", b"42", 2)
    >>> memory.get("answer"), memory.get("question")
    (b'42', None)
    """

    def __init__(self, most: int) -> None:
        """Keep up to ``most`` bytes."""
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.held = 0  # bytes

    def get(self, key: Hashable) -> Any:
        """Return the value of a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: object, size: int) -> None:
        """Keep a value of ``size`` bytes, unless many others would have to go for it."""
        size += OVERHEAD
        if size > self._most // _LARGEST:
            return
        with self._lock:
            _, before = self._kept.pop(key, (None, 0))
            self._put(key, value, size, size - before)

    def grow(self, key: Hashable, value: object, more: int) -> None:
        """Note that a value takes so many bytes more, if it is still the one that is kept."""
        with self._lock:
            found, size = self._kept.get(key, (None, 0))
            if found is value and found is not None:
                self._put(key, value, size + more, more)

    def _put(self, key: Hashable, value: object, size: int, more: int) -> None:
        """Hold a value; the oldest go until the rest is small enough."""
        self._kept[key] = value, size
        self.held += more
        while self.held > self._most:
            _, (_, gone) = self._kept.popitem(last=False)
            self.held -= gone

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.held = 0
