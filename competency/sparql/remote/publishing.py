"""Publishing into another engine: judged here by the shapes, written there in one update.

The same heads come in as for the writer of a data directory (``competency/sparql/writer.py``).
There are no editions here: what is written is written, and the engine's backups are the way back.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pyoxigraph as ox

from competency._files import folder
from competency.errors import ParseError, QueryError, QueryRefused
from competency.formats import by_name
from competency.graph import NamedGraph, Publication
from competency.graph.editions import refuse_vocabulary
from competency.graph.editions.gate import Changed
from competency.graph.loading import named_graphs
from competency.graph.store import is_iri
from competency.ontology import ONTOLOGY_IRI
from competency.sparql.aligning import with_decided
from competency.sparql.conditions import refuse_unmet
from competency.sparql.guard import prepare_update
from competency.sparql.remote.engine import prologue
from competency.sparql.remote.holding import graph_names, read_graph
from competency.sparql.remote.judging import NQUADS, around_change, judged, to_job
from competency.sparql.remote.reading import Questions
from competency.sparql.remote.updates import adding, removing, replacing, request
from competency.sparql.workers import Pooled, Publisher

SECONDS = 120.0  # that an engine may take for one write
_UNJUDGED = (
    "an update cannot be judged before the engine has made it; send documents to /graphs, "
    "which are judged first, or start the server with --no-gate"
)
_NO_NAME = "the default graph of another engine is not written; name a graph: /graphs?graph=IRI"


def publish_remote(
    questions: Questions,
    graphs: Iterable[NamedGraph],
    *,
    remove: Iterable[str] = (),
    gate: bool = True,
) -> Publication:
    """Put graphs in the place of those of their names in an engine, and take others out.

    All of it in one update, or nothing where the gate says no. The vocabulary goes along where
    the engine does not have it. Raises EndpointError, TimeReached or QueryError.

        publish_remote(questions, KnowledgeGraph("my.ttl").graphs())
    """
    found, gone = list(graphs), list(remove)
    change = {**dict.fromkeys(gone), **{graph.name: graph for graph in found}}
    changed = tuple(sorted(change))
    _refuse(changed)
    report = judged(change, around_change(change, questions)) if gate else None
    if report is not None and not report.conforms:
        return Publication(None, changed, report)
    operations = [operation for name in gone for operation in removing(name)]
    operations += [operation for graph in found for operation in replacing(graph)]
    _write(questions, operations)
    return Publication(_moment(), changed, report)


class RemotePublisher:
    """Has the writes of clients done, one after the other, in another engine.

    Documents are parsed and judged in processes that may die of them.
    """

    def __init__(
        self,
        questions: Questions,
        reader: Pooled,
        judges: Publisher,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        """Write through ``questions.client``, and call ``on_change`` after each write."""
        self._questions, self._reader, self._judges = questions, reader, judges
        self._on_change = on_change
        self._lock = threading.Lock()

    def publish(self, head: dict[str, Any], body: bytes) -> dict[str, Any]:
        """Do a write and return what came of it, as plain values (``writer.to_plain``).

        ``edition`` is the moment of the write, or None where the gate said no.
        """
        with self._lock:
            if head["write"] == "update":
                return self._update(head, body)
            graphs, operations = self._planned(head, body)
            change: Changed = {graph.name: graph for graph in graphs} or {head["graph"]: None}
            named = {"changed": [*change]}
            found = self._judged(change) if head["gate"] else {"conforms": True}
            if not found.pop("conforms"):
                return found | named
            _write(self._questions, operations)
            self._on_change()
            taken = {"taken": head["taken"]} if "taken" in head else {}
            return found | named | taken | {"edition": _moment()}

    def _update(self, head: dict[str, Any], body: bytes) -> dict[str, Any]:
        if head["gate"]:
            raise QueryRefused(_UNJUDGED)
        using, named_too = head["using"], head["using_named"]
        base = head["base"]
        try:
            prepared = prepare_update(body.decode(), using=using, using_named=named_too, base=base)
            text = prologue(prepared.text, base) + prepared.text
            self._questions.client.update(text, seconds=SECONDS)
        except QueryError as error:
            raise error.of_update() from None
        self._on_change()
        return {"edition": _moment(), "changed": []}

    def _planned(self, head: dict[str, Any], body: bytes) -> tuple[list[NamedGraph], list[str]]:
        """Return the graphs as they would be, to be judged, and what makes them so."""
        write, name = head["write"], head.get("graph")
        if write != "add":
            _refuse([name or ""])
            refuse_unmet(head, lambda: self._there(str(name)))
        if write == "delete":
            return [], removing(str(name))
        if write == "align":
            before = read_graph(self._questions, str(name))
            made, head["taken"] = with_decided(before, body, str(name), head["base"])
            return [made], replacing(made)
        sent = self._sent(head, body)
        if write == "put":
            return sent, [operation for graph in sent for operation in replacing(graph)]
        _refuse([graph.name for graph in sent])
        return [self._merged(graph) for graph in sent], [
            operation for graph in sent for operation in adding(graph)
        ]

    def _sent(self, head: dict[str, Any], body: bytes) -> list[NamedGraph]:
        """Return the graphs of the documents of a request, each graph once."""
        rows: dict[str, list[ox.Triple]] = {}
        if head["write"] != "add":
            rows[head["graph"]] = []
        at = 0
        for number, (source, syntax, length) in enumerate(head["documents"]):
            data = body[at : at + length]
            at += length
            quads = self._reader.read(data, by_name(syntax), source, head["document_base"])
            for graph in _sorted(_apart(quads, number), head, source):
                rows.setdefault(graph.name, []).extend(graph.triples)
        return [NamedGraph(name, triples) for name, triples in rows.items()]

    def _merged(self, graph: NamedGraph) -> NamedGraph:
        """Return a graph as it will be when triples are added to what is there."""
        before = read_graph(self._questions, graph.name)
        return NamedGraph(graph.name, (*before.triples, *graph.triples))

    def _there(self, name: str) -> NamedGraph | None:
        """Return a graph as the engine holds it now, or None; one may be there and be empty."""
        found = read_graph(self._questions, name)
        return found if found.triples or name in graph_names(self._questions) else None

    def _judged(self, change: Changed) -> dict[str, Any]:
        return self._judges.publish(*to_job(change, around_change(change, self._questions)))


def _sorted(quads: list[ox.Quad], head: dict[str, Any], source: str) -> list[NamedGraph]:
    """Return the graphs that the quads of a document go to."""
    if head["write"] == "add":
        data = ox.serialize(quads, format=NQUADS) or b""
        base, fresh = head["document_base"], head["fresh"]
        return named_graphs(data, by_name("nquads"), source, base, unnamed=fresh)
    if any(is_iri(quad.graph_name) for quad in quads):
        reason = "names graphs, but this request goes to one graph; send it to /graphs"
        raise ParseError(source, reason)
    return [NamedGraph(head["graph"], (quad.triple for quad in quads))]


def _apart(quads: list[ox.Quad], number: int) -> list[ox.Quad]:
    """Name the blank nodes of a document so that those of another are not taken for them."""

    def own(term: Any) -> Any:
        return ox.BlankNode(f"d{number}{term.value}") if isinstance(term, ox.BlankNode) else term

    return [ox.Quad(own(q.subject), q.predicate, own(q.object), q.graph_name) for q in quads]


def _refuse(names: Iterable[str]) -> None:
    """Refuse what is not written: the vocabulary, and a graph without a name."""
    found = list(names)
    refuse_vocabulary(found)
    if "" in found:
        raise QueryRefused(_NO_NAME)


def _write(questions: Questions, operations: list[str]) -> None:
    """Make one update of all; the vocabulary goes along where the engine does not have it."""
    data = (folder("ontology") / "competency.ttl").read_bytes()
    vocabulary = named_graphs(data, by_name("turtle"), "ns", ONTOLOGY_IRI)[0]
    if _links(read_graph(questions, ONTOLOGY_IRI)) != _links(vocabulary):
        operations = replacing(vocabulary) + operations
    questions.client.update(request(operations), seconds=SECONDS)


def _links(graph: NamedGraph) -> set[ox.Triple]:
    """Return the triples of a graph that every engine gives back as they were."""
    return {t for t in graph.triples if is_iri(t.subject) and is_iri(t.object)}


def _moment() -> str:
    """Return the time of a write, which is the name it has here."""
    return f"{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%SZ}"
