"""What is worked out once for each thing and asked for often, kept for as long as the thing is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by owner and key; those of an owner go with it, and there are only so many of them.

    So no value may hold on to its owner.

    >>> kept = Kept[int]()
    >>> owner = threading.Lock()
    >>> kept.value(owner, "answer", lambda: 42), kept.value(owner, "answer", lambda: 0)
    (42, 42)
    """

    def __init__(self, most: int = 64) -> None:
        """Keep up to ``most`` values for each owner; more of them start anew."""
        self._most = most
        self._kept: WeakKeyDictionary[object, dict[Hashable, V]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def value(self, owner: object, key: Hashable, make: Callable[[], V]) -> V:
        """Return the value that is kept, or make it; two threads may both make the first one."""
        with self._lock:
            found = self._kept.setdefault(owner, {})
            if key in found:
                return found[key]
        made = make()
        with self._lock:
            if len(found) >= self._most:
                found.clear()
            return found.setdefault(key, made)
