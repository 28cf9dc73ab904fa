"""A worker: a process that answers queries over one edition, or reads one document, and may die.

It is forked from a process that holds everything it needs, gives up what it does not need, and
works in a thread whose stack is so large that no query that passed the guard overflows it.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from competency.errors import (
    CompetencyError,
    EndpointError,
    LimitReached,
    SourceError,
    to_record,
)
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, by_name
from competency.graph.editions import DataDirectory
from competency.graph.editions.inferred import read_inferred
from competency.graph.reasoning import infer
from competency.graph.store import OX_FORMATS, NamedGraph, parse
from competency.sparql.guard import Prepared
from competency.sparql.querying import Dataset, ask
from competency.sparql.workers import wire
from competency.sparql.workers.confining import STACK, confine, die_with_parent, resident_memory
from competency.sparql.writing import Written, preview, write_answer

_NQUADS = OX_FORMATS["nquads"]
_RELAYED = " with payload:\n"  # what the engine puts before the words of an endpoint


@dataclass
class Held:
    """What a worker answers from: a store that is there already, or one to open on disk.

    ``written`` are the data directories that a writer has published to.
    """

    base: str
    place: str | None = None
    loaded: ox.Store | None = None
    written: dict[tuple[str, str], DataDirectory] = field(default_factory=dict)

    @cached_property
    def store(self) -> ox.Store:
        """Return the store; one on disk is opened when it is first asked."""
        if self.loaded is not None:
            return self.loaded
        return ox.Store.read_only(self.place) if self.place else ox.Store()

    def following(self, name: str) -> NamedGraph:
        """Return what follows from a graph: as the edition has it, else by inferring it now."""
        made = read_inferred(Path(self.place).parent, name) if self.place else None
        if made is not None:
            return made
        quads = self.store.quads_for_pattern(None, None, None, ox.NamedNode(name))
        return infer(NamedGraph(name, (quad.triple for quad in quads))).graph


def work(
    sock: socket.socket, held: Held, memory: int, *, network: bool = False, writes: bool = False
) -> None:
    """Take jobs from a socket until the other side closes it."""
    die_with_parent()
    if held.place is not None and held.loaded is None:
        held.store.contains_named_graph(ox.NamedNode("urn:x"))
    confine(memory, network=network, writes=writes)
    threading.stack_size(STACK)
    thread = threading.Thread(target=_loop, args=(sock, held))
    thread.start()
    thread.join()


def _loop(sock: socket.socket, held: Held) -> None:
    hello = {"pid": os.getpid(), "thread": threading.get_native_id()}
    wire.send(sock, hello | {"resident": resident_memory(os.getpid())})
    while (message := wire.receive(sock)) is not None:
        head, body = message
        try:
            written = JOBS[head["job"]](held, head, body)
            answer: tuple[wire.Head, bytes] = ({"total": written.total}, written.data)
        except CompetencyError as error:
            answer = (to_record(error), b"")
        except MemoryError:
            answer = (to_record(out_of_memory()), b"")
        except RecursionError:
            answer = (to_record(LimitReached("nesting", "nested too deeply to be read")), b"")
        wire.send(sock, *answer)


def out_of_memory() -> LimitReached:
    """Return the error for what needs more memory than it may have."""
    return LimitReached("memory", "needs more memory than it may have; ask for less at a time")


def _query(held: Held, head: wire.Head, body: bytes) -> Written:
    """Answer a query; the words of the relay are those for an endpoint that did not."""
    try:
        return _answer(held, head, body)
    except CompetencyError:
        raise
    except OSError as error:
        source, _, reason = str(error).partition(_RELAYED)[2].partition(": ")
        if reason:
            raise EndpointError(source, reason) from error
        raise SourceError("the data", f"cannot be read: {error}") from error


def _answer(held: Held, head: wire.Head, body: bytes) -> Written:
    """Answer a query, whole or its beginning."""
    form, most = head["form"], head["most"]
    default, named, inferred = map(tuple, head.get("from", ((), (), ())))
    prepared = Prepared(body.decode(), form, head["has_dataset"], default, named, inferred=inferred)
    dataset = Dataset(tuple(head["default"]), tuple(head["named"]), head["union"])
    result = ask(held.store, prepared, dataset, held.base, held.following)
    if head["rows"] is not None:
        return preview(result, form, head["rows"], most)
    syntax = by_name(head["syntax"], (*RESULT_FORMATS, *RDF_SYNTAXES))
    return write_answer(result, form, syntax, most)


def _read(held: Held, head: wire.Head, body: bytes) -> Written:
    """Parse a document of RDF and give its quads back in the simplest syntax."""
    quads = parse(body, by_name(head["syntax"]), head["source"], head["base"])
    return Written(ox.serialize(quads, format=_NQUADS) or b"", len(quads))


def _publish(held: Held, head: wire.Head, body: bytes) -> Written:
    """Make an edition: what a writer is for."""
    from competency.sparql.writer import publish_job

    return Written(publish_job(head, body, held.written))


def _judge(held: Held, head: wire.Head, body: bytes) -> Written:
    """Judge graphs that are to go to another engine."""
    from competency.sparql.remote.judging import judge_job

    return Written(judge_job(head, body))


def _check(held: Held, head: wire.Head, body: bytes) -> Written:
    """Check a document: what a stem that is warm is for."""
    from competency.sparql.workers.checker import check_job

    return check_job(head, body)


def _import(held: Held, head: wire.Head, body: bytes) -> Written:
    """Read a file in any format, or a document, and say what it becomes."""
    from competency.sparql.workers.importer import import_job

    return import_job(head, body)


def _align(held: Held, head: wire.Head, body: bytes) -> Written:
    """Suggest alignments between two frameworks."""
    from competency.sparql.workers.aligner import align_job

    return align_job(head, body)


JOBS: dict[str, Callable[[Held, wire.Head, bytes], Written]] = {
    "query": _query,
    "read": _read,
    "publish": _publish,
    "judge": _judge,
    "check": _check,
    "import": _import,
    "align": _align,
}
