"""Frameworks in the formats of the field, written once for all who ask.

Writing is done in this process, one framework at a time, as writers look at all that is held: a
level of another framework, an alignment. What bounds it is the size of the framework: larger ones
are for the command line. Readers that come while one is written wait for that one, and not for
long; what was written is kept, up to a number of bytes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from competency.errors import Busy, FormatError, LimitReached, NotFound
from competency.exchange.alignment_table import is_mapping_set
from competency.exchange.exchange import Exchange
from competency.exchange.exchanges import written_formats
from competency.exchange.mapping import Loss
from competency.formats import RDF_SYNTAXES
from competency.graph import Framework, KnowledgeGraph
from competency.server.site import Document, Site

MOST_PARTS = 15_000  # of a framework that is written here; the slowest formats take ten seconds
WAITING = 4  # requests that wait while another framework is written
PATIENCE = 20.0  # seconds that they wait
DEEPEST = 100  # steps from a framework to its lowest part; writers look up at every step
KEPT_BYTES = 64_000_000  # of what was written, for each graph
_OF_A_ROW = 15  # triples of one alignment, or so
_OF_A_LOSS = 300  # bytes that one loss takes, or so


@dataclass(frozen=True)
class Written:
    """A framework in a format: its bytes, and what they could not carry, as an exchange says."""

    document: Document
    losses: tuple[Loss, ...]
    aside: tuple[Loss, ...]

    @property
    def size(self) -> int:
        """Return about how many bytes it takes to keep this."""
        return len(self.document.data) + _OF_A_LOSS * len(self.losses + self.aside)


_Key = tuple[str, str]


class Exports:
    """What was written of each graph; the oldest is forgotten where it is too much.

    exports.written(site, "https://w3id.org/competency/id/pub-cscf", exchange_named("case"))
    """

    def __init__(
        self,
        *,
        most_parts: int | None = None,
        waiting: int = WAITING,
        patience: float = PATIENCE,
        kept: int = KEPT_BYTES,
    ) -> None:
        """Write frameworks of up to ``most_parts``, and keep ``kept`` bytes of each graph."""
        self.most_parts = MOST_PARTS if most_parts is None else most_parts
        self._patience, self._most = patience, kept
        self._kept: WeakKeyDictionary[KnowledgeGraph, OrderedDict[_Key, Written]]
        self._kept = WeakKeyDictionary()
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._places = threading.BoundedSemaphore(waiting + 1)

    def written(self, site: Site, iri: str, exchange: Exchange) -> Written:
        """Return a framework in a format, or a set of alignments where the format is for those.

        Raises NotFound, LimitReached where it is too large to be written here, and Busy where
        others are being written.
        """
        graph, key = site.graph, (iri, exchange.format.name)
        is_set = exchange.sets and is_mapping_set(graph, iri)
        framework = None if is_set else framework_at(site, iri)
        if found := self._look_up(graph, key):
            return found
        if framework is None:
            fits = graph.size(iri) <= _OF_A_ROW * self.most_parts
        else:
            fits = self.fits(site, framework, exchange)
        if not fits:
            raise LimitReached("parts", self.too_large(iri, exchange))
        with self._turn():
            return self._look_up(graph, key) or self._write(graph, key, exchange)

    def fits(self, site: Site, framework: Framework, exchange: Exchange) -> bool:
        """Say whether a framework is small enough; in RDF any is, it is as it was read."""
        return exchange.format in RDF_SYNTAXES or parts_of(site, framework) <= self.most_parts

    def too_large(self, iri: str, exchange: Exchange) -> str:
        """Return why a framework is not written here, and what to do."""
        command = f"competency export {iri} --to {exchange.format.name}"
        return f"it has more than {self.most_parts:,} parts, too many to be written here: {command}"

    def _look_up(self, graph: KnowledgeGraph, key: _Key) -> Written | None:
        with self._lock:
            kept = self._kept.setdefault(graph, OrderedDict())
            if key in kept:
                kept.move_to_end(key)
            return kept.get(key)

    def _write(self, graph: KnowledgeGraph, key: _Key, exchange: Exchange) -> Written:
        found = _made(graph, key[0], exchange)
        with self._lock:
            kept = self._kept.setdefault(graph, OrderedDict())
            kept[key] = found
            while len(kept) > 1 and sum(item.size for item in kept.values()) > self._most:
                kept.popitem(last=False)
        return found

    def converted(self, graph: KnowledgeGraph, iri: str, exchange: Exchange) -> Written:
        """Return a framework of a graph that is not served, such as an upload; it is not kept.

        Raises what :meth:`written` does.
        """
        if sum(graph.framework(iri).kinds.values()) > self.most_parts:
            raise LimitReached("parts", self.too_large(iri, exchange))
        with self._turn():
            return _made(graph, iri, exchange)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for the turn of this request; Busy where too many wait, or for too long."""
        if not self._places.acquire(blocking=False):
            raise _busy()
        try:
            if not self._writing.acquire(timeout=self._patience):
                raise _busy()
            try:
                yield
            finally:
                self._writing.release()
        finally:
            self._places.release()


def parts_of(site: Site, framework: Framework) -> int:
    """Return how many parts a framework has, from its summary where there is one."""
    summary = next((item for item in site.summaries if item.iri == framework.iri), None)
    return sum((summary.kinds if summary else framework.kinds).values())


def _made(graph: KnowledgeGraph, iri: str, exchange: Exchange) -> Written:
    if exchange.write is None:
        raise FormatError(exchange.format.name, (row.name for row in written_formats()))
    is_set = exchange.sets and is_mapping_set(graph, iri)
    if exchange.format not in RDF_SYNTAXES and not is_set and not _is_flat(graph, iri):
        raise LimitReached("nesting", f"{iri} is nested too deeply to be written here")
    try:
        made = exchange.write(graph, iri)
    except RecursionError as error:
        raise LimitReached("nesting", f"{iri} is nested too deeply to be written") from error
    return Written(Document.of(made.data), made.losses, made.aside)


def _is_flat(graph: KnowledgeGraph, iri: str) -> bool:
    """Say whether no part is more than DEEPEST steps below its framework; each is seen once."""
    tree, level, seen = graph.tree(graph.framework(iri).graph_name), [iri], {iri}
    for _ in range(DEEPEST):
        below = [part for parent in level for part in tree.children(parent) if part not in seen]
        level = list(dict.fromkeys(below))
        seen.update(level)
        if not level:
            return True
    return False


def framework_at(site: Site, iri: str) -> Framework:
    """Return a framework by its IRI; NotFound where there is none, or where it is something else.

    framework_at(site, "https://w3id.org/competency/id/pub-cscf").kinds
    """
    found = site.look_up(iri)
    if not isinstance(found, Framework):
        raise NotFound("framework", f"{iri}: it is held, but only whole frameworks are exported")
    return found


def _busy() -> Busy:
    return Busy("queue", "other frameworks are being written just now; try again in a moment")
