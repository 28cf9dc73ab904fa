"""The gate before another engine: graphs are judged here, with what they point at there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from competency.graph import NamedGraph, Publication
from competency.graph.editions.gate import judge
from competency.graph.store import is_iri
from competency.ontology import COMP, ONTOLOGY_IRI
from competency.shapes import Report
from competency.sparql.remote.holding import named
from competency.sparql.remote.reading import Questions

_UP = {ox.NamedNode(str(COMP.partOf)), ox.NamedNode(str(COMP.inFramework))}
_CONTEXT = ox.NamedNode("urn:context")  # the graph of what was fetched; it never leaves this room
_AT_ONCE = 200  # things that one question asks about
NQUADS = ox.RdfFormat.N_QUADS


def context_of(graphs: list[NamedGraph], questions: Questions) -> list[ox.Quad]:
    """Fetch what the shapes need to know of the things outside that graphs point at.

    Their triples, and those of what stands above them; nothing from the graphs that are to be
    replaced, nor from the vocabulary.
    """
    own: set[object] = {triple.subject for graph in graphs for triple in graph.triples}
    names = [graph.name for graph in graphs] + [ONTOLOGY_IRI]
    objects = {triple.object for graph in graphs for triple in graph.triples}
    waiting = {term.value for term in objects if is_iri(term) and term not in own}
    seen = {term.value for term in own if isinstance(term, ox.NamedNode)}
    found: list[ox.Quad] = []
    while waiting:
        seen |= waiting
        triples = [*_fetched(sorted(waiting), names, questions)]
        found += (ox.Quad(t.subject, t.predicate, t.object, _CONTEXT) for t in triples)
        above = {t.object.value for t in triples if t.predicate in _UP and is_iri(t.object)}
        waiting = above - seen
    return found


def _fetched(things: list[str], without: list[str], questions: Questions) -> Iterator[ox.Triple]:
    """Yield the triples of things, those in the graphs ``without`` left out."""
    left_out = ", ".join(map(named, without))
    for at in range(0, len(things), _AT_ONCE):
        asked = " ".join(map(named, things[at : at + _AT_ONCE]))
        yield from questions.triples(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {asked} }} "
            f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({left_out})) }}"
        )


def judged(graphs: list[NamedGraph], context: Iterable[ox.Quad]) -> Report:
    """Return what the shapes find in graphs, by what is known of the things they point at."""
    store = ox.Store()
    store.extend(context)
    return judge(graphs, store)


def to_job(graphs: list[NamedGraph], context: list[ox.Quad]) -> tuple[dict[str, Any], bytes]:
    """Return head and body of the job that judges graphs in a worker (:func:`judge_job`)."""
    own = ox.serialize((q for graph in graphs for q in graph.quads()), format=NQUADS) or b""
    outside = ox.serialize(context, format=NQUADS) or b""
    head = {"job": "judge", "names": [graph.name for graph in graphs], "own": len(own)}
    return head, own + outside


def judge_job(head: dict[str, Any], body: bytes) -> bytes:
    """Judge the graphs of a job; the answer says as JSON whether they conform, and the report."""
    from competency.sparql.writer import to_plain

    rows: dict[str, list[ox.Triple]] = {name: [] for name in head["names"]}
    for quad in ox.parse(body[: head["own"]], format=NQUADS):
        rows[getattr(quad.graph_name, "value", "")].append(quad.triple)
    graphs = [NamedGraph(name, triples) for name, triples in rows.items()]
    report = judged(graphs, ox.parse(body[head["own"] :], format=NQUADS))
    plain = to_plain(Publication(None, (), report))
    return json.dumps(plain | {"conforms": report.conforms}).encode()
