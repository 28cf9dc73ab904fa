"""The sites of editions that are not the published one: opened when asked for, closed soon after.

An edition that is open cannot be pruned, and its store takes memory. So there are few at a time,
and one that nobody has looked at for a while is closed.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from competency.server.site import Site

MOST = 3  # that stay open although nobody uses them at this moment
SECONDS = 60.0  # for so long


class _Kept:
    """A site that is open or about to be, with the number of requests that use it."""

    def __init__(self) -> None:
        self.site: Site | None = None
        self.opening = threading.Lock()
        self.users = 0
        self.used = 0.0


class Older:
    """Gives each request the site of the edition it names, and closes those nobody needs."""

    def __init__(
        self, site_of: Callable[[str], Site], most: int = MOST, seconds: float = SECONDS
    ) -> None:
        """Open the site of an edition by its name with ``site_of``, which may refuse."""
        self._site_of, self._most, self._seconds = site_of, most, seconds
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str) -> Site:
        """Return the site of an edition; what opening it raises goes on to the caller.

        Others need not wait while it is opened, but for those who want the same one.
        """
        with self._lock:
            kept = self._kept.setdefault(name, _Kept())
            kept.users += 1
            self._kept.move_to_end(name)
        opened = False
        try:
            with kept.opening:
                if kept.site is None:
                    kept.site = self._site_of(name)
            opened = True
            return kept.site
        finally:
            if not opened:
                self._let_go(name, kept)
            self.rest()

    def give_back(self, site: Site) -> bool:
        """Note that a request is done with a site; False where the site is none of these."""
        with self._lock:
            found = next((item for item in self._kept.items() if item[1].site is site), None)
        if found is None:
            return False
        self._let_go(*found)
        self.rest()
        return True

    def _let_go(self, name: str, kept: _Kept) -> None:
        with self._lock:
            kept.users -= 1
            kept.used = time.monotonic()
            if kept.site is None and not kept.users:
                self._kept.pop(name, None)

    def rest(self) -> None:
        """Close those that nobody uses: the oldest past a number, and all after some time."""
        if not self._kept:
            return
        with self._lock:
            oldest = time.monotonic() - self._seconds
            idle = [name for name, kept in self._kept.items() if not kept.users and kept.site]
            surplus = idle[: max(0, len(self._kept) - self._most)]
            late = [name for name in idle if self._kept[name].used < oldest]
            gone = [self._kept.pop(name) for name in {*surplus, *late}]
        for kept in gone:
            if kept.site is not None:
                kept.site.close()

    def close(self) -> None:
        """Close all, also those that are in use."""
        with self._lock:
            gone = [*self._kept.values()]
            self._kept.clear()
        for kept in gone:
            if kept.site is not None:
                kept.site.close()
