"""What a writer does: one write of a client, guarded, judged and published as one edition.

It runs in a process of its own (``workers/worker.py``), so that neither a document nor an update
can harm the server. Head and answer are plain values.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from competency.errors import ParseError, QueryError
from competency.formats import by_name
from competency.graph import NamedGraph, Publication
from competency.graph.editions import DataDirectory, Draft, publish_change, refuse_vocabulary
from competency.graph.loading import named_graphs
from competency.graph.store import is_iri, parse
from competency.sparql.aligning import with_decided
from competency.sparql.conditions import refuse_unmet
from competency.sparql.guard import prepare_update
from competency.sparql.updating import update

Document = tuple[str, str, bytes]  # name for messages, syntax, bytes


def publish_job(
    head: dict[str, Any], body: bytes, known: dict[tuple[str, str], DataDirectory] | None = None
) -> bytes:
    """Do the write that ``head`` describes and return what came of it, as JSON.

    ``known`` are the directories that were written to before, which know their last edition.
    """
    place = head["directory"], head["base"]
    fresh = DataDirectory(place[0], base=place[1])
    directory = fresh if known is None else known.setdefault(place, fresh)
    change = {
        "update": _update, "put": _put, "post": _post, "delete": _delete, "add": _add,
        "align": _align,
    }  # fmt: skip

    def apply(draft: Draft) -> None:
        refuse_unmet(head, lambda: _there(draft, head["graph"]))
        change[head["write"]](draft, head, body)

    done = publish_change(directory, apply, gate=head["gate"], note=head["note"])
    taken = {"taken": head["taken"]} if "taken" in head else {}
    return json.dumps(to_plain(done) | taken).encode()


def to_plain(done: Publication) -> dict[str, Any]:
    """Return a publication as plain values; the report in words, as JSON and as RDF."""
    plain: dict[str, Any] = {"edition": done.edition, "changed": list(done.changed)}
    if done.report is not None:
        plain["report"] = done.report.to_dict()
        plain["text"] = done.report.text()
        plain["ntriples"] = done.report.graph.serialize(format="nt")
    return plain


def _update(draft: Draft, head: dict[str, Any], body: bytes) -> None:
    named = {"using": head["using"], "using_named": head["using_named"]}
    try:
        prepared = prepare_update(body.decode(), **named, base=head["base"])
        update(draft, prepared, union=head["union"])
    except QueryError as error:
        raise error.of_update() from None


def _put(draft: Draft, head: dict[str, Any], body: bytes) -> None:
    """Put one graph in the place of that of its name (Graph Store Protocol, section 5.3)."""
    refuse_vocabulary([head["graph"]])
    draft.put(NamedGraph(head["graph"], _triples(head, body)))


def _post(draft: Draft, head: dict[str, Any], body: bytes) -> None:
    """Add triples to one graph (Graph Store Protocol, section 5.5)."""
    refuse_vocabulary([head["graph"]])
    _merge(draft, NamedGraph(head["graph"], _triples(head, body)))


def _add(draft: Draft, head: dict[str, Any], body: bytes) -> None:
    """Add documents to the graphs they name, those of their frameworks, or a new one."""
    for name, syntax, data in _documents(head, body):
        graphs = named_graphs(
            data, by_name(syntax), name, head["document_base"], unnamed=head["fresh"]
        )
        refuse_vocabulary(graph.name for graph in graphs)
        for graph in graphs:
            _merge(draft, graph)


def _delete(draft: Draft, head: dict[str, Any], body: bytes) -> None:
    refuse_vocabulary([head["graph"]])
    draft.remove(head["graph"])


def _align(draft: Draft, head: dict[str, Any], body: bytes) -> None:
    """Add decisions about alignments to the graph that has those before them, and count them."""
    name = head["graph"]
    refuse_vocabulary([name])
    before = draft.changed.get(name) or draft.before(name)
    graph, head["taken"] = with_decided(before, body, name, head["base"])
    draft.put(graph)


def _there(draft: Draft, name: str) -> NamedGraph | None:
    """Return a graph as it is before the write; that by default is there even when it is empty."""
    return draft.before(name) or (None if name else NamedGraph(name, ()))


def _merge(draft: Draft, graph: NamedGraph) -> None:
    before = draft.changed.get(graph.name) or draft.before(graph.name)
    draft.put(NamedGraph(graph.name, (*(before.triples if before else ()), *graph.triples)))


def _triples(head: dict[str, Any], body: bytes) -> list[Any]:
    """Return the triples of the documents of a request that goes to one graph."""
    found = []
    for name, syntax, data in _documents(head, body):
        for quad in parse(data, by_name(syntax), name, head["document_base"]):
            if is_iri(quad.graph_name):
                reason = "names graphs, but this request goes to one graph; send it to /graphs"
                raise ParseError(name, reason)
            found.append(quad.triple)
    return found


def _documents(head: dict[str, Any], body: bytes) -> list[Document]:
    """Cut the body into the documents that the head lists with their lengths.

    Those of one name are told apart, as their blank nodes are named after it.
    """
    documents: list[Document] = []
    at, seen = 0, Counter[str]()
    for name, syntax, length in head["documents"]:
        seen[name] += 1
        own = name if seen[name] == 1 else f"{name} ({seen[name]})"
        documents.append((own, syntax, body[at : at + length]))
        at += length
    return documents
