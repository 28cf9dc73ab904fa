"""The searcher of a graph, made when somebody first searches; its imports wait until then."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from competency.graph.search.searching import Searcher


class Once:
    """Keeps a searcher that is made when it is first asked for; threads may share it."""

    def __init__(self) -> None:
        """Keep none yet."""
        self._lock = threading.Lock()
        self._made: Searcher | None = None

    def get(self, make: Callable[[], Searcher]) -> Searcher:
        """Return the searcher; others wait while the first one has it made."""
        with self._lock:
            if self._made is None:
                self._made = make()
            return self._made

    def forget(self) -> None:
        """Let go of it: what it searches has changed, or is closed."""
        with self._lock:
            if self._made is not None:
                self._made.close()
            self._made = None
