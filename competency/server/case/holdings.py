"""What one site holds as CASE: documents told one by one, packages made once and kept a while.

A package is made when something in it is asked for. One is made at a time: two threads would take
twice as long over two. Some requests wait for that; more are told to come again. How much is kept
is counted in triples, of which a package takes not quite a kilobyte each.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property

from competency.errors import Busy, LimitReached, NotFound
from competency.exchange.case import (
    Locator,
    Resources,
    document,
    encoded,
    older,
    package,
    served,
)
from competency.exchange.case.locating import Index
from competency.graph import KnowledgeGraph
from competency.server.case.kinds import Kind, Object
from competency.server.site import Document

MOST = 250_000  # triples of a framework of which a package is made here
KEPT = 300_000  # triples of all packages that are kept
_WAITING = 8  # requests that wait while a package is made
_PATIENCE = 20.0  # seconds that they wait
_FEW = 100  # documents that are told without waiting for a turn


class Package:
    """A framework as a package of one version: its resources, and the whole as bytes."""

    def __init__(self, found: Object, size: int) -> None:
        """Keep a package; ``size`` is the triples that it was made of."""
        self.resources, self.size = Resources(served(found)), size

    @cached_property
    def document(self) -> Document:
        """Return the bytes of the whole."""
        return Document.of(encoded(self.resources.package))


class Holdings:
    """The frameworks of a graph that does not change, as a CASE server has them."""

    def __init__(
        self,
        graph: KnowledgeGraph,
        changed: Callable[[str], str | None] = lambda _: None,
        *,
        most: int = MOST,
        kept: int = KEPT,
    ) -> None:
        """Look at ``graph``; ``changed`` says when a graph changed last, if that is known."""
        self.graph, self._changed = graph, changed
        self._most, self._room = most, kept
        self.locator = Locator(graph)
        self._documents: dict[tuple[str, str], Object] = {}
        self._knows_stated = False
        self._indexes: dict[object, Index] = {}
        self._packages: OrderedDict[tuple[str, str], Package] = OrderedDict()
        self._lock = threading.Lock()  # of what is kept
        self._making = threading.Lock()  # held by who makes something that takes time
        self._places = threading.BoundedSemaphore(_WAITING + 1)

    # ------------------------------------------------------------------ documents

    @property
    def frameworks(self) -> list[str]:
        """Return the IRIs of all frameworks, in order."""
        return [iri for iri, _ in self.locator.frameworks]

    def documents(self, iris: list[str], version: str) -> list[Object]:
        """Return the CFDocuments of frameworks; Busy where very many have to be told first."""
        if sum((iri, version) not in self._documents for iri in iris) > _FEW:
            with self._turn():
                return [self.document(iri, version) for iri in iris]
        return [self.document(iri, version) for iri in iris]

    def document(self, iri: str, version: str) -> Object:
        """Return the CFDocument of a framework, without the link to its package."""
        key = (iri, version)
        if key not in self._documents:
            found = document(self.graph, iri, changed=self._changed(self._homes[iri]))
            told = {"CFDocument": found}
            told = served(older(told)[0] if version == "1.0" else told)
            self._documents[key] = told["CFDocument"]
        return self._documents[key]

    @cached_property
    def _homes(self) -> dict[str, str]:
        return dict(self.locator.frameworks)

    def framework(self, identifier: str, kind: str = "CFDocument") -> str:
        """Return the IRI of the framework whose document has an identifier; NotFound."""
        by_iri = self._documented(self.locator.document(identifier), identifier)
        if by_iri is not None:
            return by_iri
        if not self._knows_stated:
            with self._turn():
                self.locator.stated_document(identifier)
            self._knows_stated = True
        stated = self._documented(self.locator.stated_document(identifier), identifier)
        if stated is None:
            raise NotFound(kind, identifier)
        return stated

    def _documented(self, iris: list[str], identifier: str) -> str | None:
        """Return the first framework whose document really has an identifier."""
        wanted = identifier.lower()
        told = ((iri, self.document(iri, "1.1").get("identifier")) for iri in iris)
        return next((iri for iri, name in told if str(name).lower() == wanted), None)

    # ------------------------------------------------------------------ packages

    def package(self, iri: str, version: str) -> Package:
        """Return the package of a framework; LimitReached for one too large, Busy."""
        found = self._kept((iri, version))
        if found is not None:
            return found
        size = self.graph.size(self._homes[iri])
        if size > self._most:
            reason = (
                f"{iri} has {size:,} triples, and this server makes no package of more than "
                f"{self._most:,}: make it with competency export {iri} --to case"
            )
            raise LimitReached("triples", reason)
        with self._turn():
            found = self._kept((iri, version))
            return found or self._keep((iri, version), self._made(iri, version, size))

    def _made(self, iri: str, version: str, size: int) -> Package:
        if version == "1.0":
            newer = self._kept((iri, "1.1"))
            if newer is not None:
                return Package(older(newer.resources.package)[0], size)
        changed = self._changed(self._homes[iri])
        try:
            return Package(package(self.graph, iri, version, changed=changed), size)
        except RecursionError as error:
            raise LimitReached("nesting", f"{iri} is nested too deeply to be told") from error

    def _kept(self, key: tuple[str, str]) -> Package | None:
        with self._lock:
            if key in self._packages:
                self._packages.move_to_end(key)
            return self._packages.get(key)

    def _keep(self, key: tuple[str, str], found: Package) -> Package:
        with self._lock:
            self._packages[key] = found
            while len(self._packages) > 1 and self._held() > self._room:
                self._packages.popitem(last=False)
        return found

    def _held(self) -> int:
        return sum(one.size for one in self._packages.values())

    # ------------------------------------------------------------------ what is in packages

    def find(self, kind: Kind, identifier: str, version: str) -> Object:
        """Return a resource of a kind; NotFound, and what making its package raises."""
        for iri in self.locator.named(self._index(kind), identifier):
            found = kind.look(self.package(iri, version).resources, identifier)
            if found is not None:
                return found
        raise NotFound(kind.name, identifier)

    def _index(self, kind: Kind) -> Index:
        """Return the index of a kind, which is made once."""
        if kind.index not in self._indexes:
            with self._turn():
                self._indexes[kind.index] = kind.index(self.locator)
        return self._indexes[kind.index]

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for the turn to make something; Busy where too many wait, or it takes too long."""
        if not self._places.acquire(blocking=False):
            raise Busy("queue", "packages are being made, and others wait for them; try again soon")
        try:
            if not self._making.acquire(timeout=_PATIENCE):
                raise Busy("queue", "a package is being made, which takes long; try again soon")
            try:
                yield
            finally:
                self._making.release()
        finally:
            self._places.release()
