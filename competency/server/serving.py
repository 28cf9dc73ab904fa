"""What is being served at this moment: one site, or the site of whichever edition is published.

Each request works with one site from its beginning to its end. When another edition is published
the next request gets its site; the old one is closed when the last request that uses it is done.
A request may also name an edition that is not the published one, where there are editions.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable
from typing import Protocol

from competency.errors import CompetencyError, EditionError, NotFound, QueryRefused
from competency.graph import DataDirectory, Edition, KnowledgeGraph, overlay_dataset
from competency.graph.editions import History
from competency.server.older import Older
from competency.server.site import Site
from competency.sparql import Asking, Written

_LOG = logging.getLogger("competency.server")
RENEW_SECONDS = 10.0
RETRY_SECONDS = 10.0  # after which an edition that could not be opened is tried again
SETTLED_SECONDS = 1.0  # after which the time of a file tells every later change apart


class Serving(Protocol):
    """Gives each request its site, and takes it back.

    ``history`` knows the editions, and is None where what is served has none.
    """

    history: History | None

    def take(self, state: Hashable | None = None) -> Site:
        """Return the site for a request that begins; ``state`` is that of this moment if known."""

    def take_edition(self, name: str) -> Site:
        """Return the site of one edition, for a request that names it; NotFound, EditionError."""

    def give_back(self, site: Site) -> None:
        """Note that a request has ended."""

    def state(self) -> Hashable | None:
        """Return what tells apart which editions there are; None while that is changing.

        Whatever is kept of an answer holds only for the site and the state it was made in.
        """

    def close(self) -> None:
        """End whatever stands behind the sites."""


class Fixed:
    """Serves one site for ever."""

    history: History | None = None

    def __init__(self, site: Site) -> None:
        """Serve ``site``."""
        self._site = site

    def take(self, state: Hashable | None = None) -> Site:
        """Return the site."""
        return self._site

    def take_edition(self, name: str) -> Site:
        """Raise NotFound: files have no editions."""
        raise NotFound("edition", name)

    def give_back(self, site: Site) -> None:
        """Do nothing: the site stays."""

    def state(self) -> Hashable | None:
        """Return always the same: there are no editions."""
        return ""

    def close(self) -> None:
        """End the workers of the site."""
        self._site.close()


class Changing:
    """Serves one site after the other; a site is closed when nobody uses it any more."""

    history: History | None = None

    def __init__(self, site: Site) -> None:
        """Begin with ``site``."""
        self._lock = threading.Lock()
        self._users: Counter[int] = Counter()
        self._retired: dict[int, Site] = {}
        self._site = site

    def take(self, state: Hashable | None = None) -> Site:
        """Return the site that is served now."""
        with self._lock:
            fresh = self._follow(state)
            if fresh is not None:
                self._retire(self._site)
                self._site = fresh
            self._users[id(self._site)] += 1
            return self._site

    def take_edition(self, name: str) -> Site:
        """Raise NotFound: what changes by itself has no editions."""
        raise NotFound("edition", name)

    def state(self) -> Hashable | None:
        """Return always the same: there are no editions."""
        return ""

    def _follow(self, state: Hashable | None) -> Site | None:
        """Return the site to change to, or None; a subclass says which."""
        return None

    def _retire(self, site: Site) -> None:
        if self._users[id(site)]:
            self._retired[id(site)] = site
        else:
            del self._users[id(site)]
            site.close()

    def give_back(self, site: Site) -> None:
        """Note that a request has ended; the last one of a retired site closes it."""
        with self._lock:
            self._users[id(site)] -= 1
            if not self._users[id(site)]:
                del self._users[id(site)]
                if retired := self._retired.pop(id(site), None):
                    retired.close()

    def close(self) -> None:
        """End the workers of all sites."""
        with self._lock:
            for site in (self._site, *self._retired.values()):
                with contextlib.suppress(CompetencyError):
                    site.close()


class Published(Changing):
    """Serves the published edition of a data directory, and the next one once there is one.

    Older editions are served to those who ask for them by name, without a SPARQL endpoint: each
    would need worker processes of its own.
    """

    def __init__(self, directory: DataDirectory, site_of: Callable[[Edition | None], Site]) -> None:
        """Make sites of editions with ``site_of``; None stands for a directory without any."""
        self._directory, self._site_of = directory, site_of
        self.history = History(directory)
        self._older = Older(self._open)
        self._looked_at = str(directory.pointer), str(directory.editions_folder)
        self._followed: Hashable | None = None  # the state in which there was nothing to change to
        self._retry: float | None = None  # when to look again all the same
        super().__init__(site_of(directory.current()))

    def take(self, state: Hashable | None = None) -> Site:
        """Return the site of the published edition."""
        self._older.rest()
        return super().take(state)

    def take_edition(self, name: str) -> Site:
        """Return the site of an edition; NotFound lists those there are."""
        site, wanted = self.take(), name.zfill(6)
        if site.edition_name == wanted:
            return site
        super().give_back(site)
        return self._older.take(wanted)

    def give_back(self, site: Site) -> None:
        """Note that a request has ended."""
        if not self._older.give_back(site):
            super().give_back(site)

    def state(self) -> Hashable | None:
        """Return what the pointer and the folder of the editions were when last touched.

        A change that comes within the same tick of the clock would look like none, so there is
        no state while the last one is fresh.
        """
        try:
            pointer, editions = map(os.stat, self._looked_at)
        except OSError:
            return None
        touched = max(pointer.st_mtime_ns, editions.st_mtime_ns)
        if time.time_ns() - touched < SETTLED_SECONDS * 1e9:
            return None
        return pointer.st_ino, pointer.st_mtime_ns, editions.st_mtime_ns

    def close(self) -> None:
        """End all sites."""
        self._older.close()
        super().close()

    def _open(self, name: str) -> Site:
        """Return the site of an older edition, which must not have been pruned this moment."""
        try:
            graph = KnowledgeGraph.of(self._directory.edition(name))
        except EditionError as error:
            if name in self._directory.names():
                raise
            raise NotFound("edition", name, self._directory.names()[-5:]) from error
        overlay_dataset(graph)
        return Site(graph, NoQueries(), self._site.settings)

    def _follow(self, state: Hashable | None) -> Site | None:
        """Change to another edition; one that cannot be opened leaves the one before.

        That one is tried again now and then, and not by each request, as all others wait for it.
        """
        state = state or self.state()
        again = self._retry is not None and time.monotonic() > self._retry
        if state is not None and state == self._followed and not again:
            return None
        self._retry = None
        try:
            name = self._directory.current_name()
            if name is None or name == self._site.edition_name:
                self._followed = state
                return None
            return self._site_of(self._directory.current())
        except (CompetencyError, OSError) as error:
            _LOG.error("edition not opened, the one before is still served: %s", error)
            self._followed, self._retry = state, time.monotonic() + RETRY_SECONDS
            return None


class NoQueries:
    """The engine of an older edition: it answers nothing."""

    def answer(self, asking: Asking, left: Callable[[], bool] = lambda: False) -> Written:
        """Raise QueryRefused."""
        raise QueryRefused("older editions have pages and data; queries are for the published one")

    def close(self) -> None:
        """Do nothing."""


class Renewed(Changing):
    """Serves a fresh site every few seconds: what is held elsewhere may change at any time."""

    def __init__(self, site_of: Callable[[], Site], seconds: float = RENEW_SECONDS) -> None:
        """Make sites with ``site_of``, which must not fail; each remembers what it has read."""
        self._site_of, self._seconds = site_of, seconds
        self._ends = time.monotonic() + seconds
        super().__init__(site_of())

    def renew(self) -> None:
        """Let the next request have a fresh site."""
        self._ends = 0.0

    def _follow(self, state: Hashable | None) -> Site | None:
        if time.monotonic() < self._ends:
            return None
        self._ends = time.monotonic() + self._seconds
        return self._site_of()
