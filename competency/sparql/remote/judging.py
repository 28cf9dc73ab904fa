"""The gate before another engine: a change is judged here, by what the engine holds around it.

What lies around is asked of the engine first, and kept. So the judging itself, which may take its
time, needs no engine, and is done in a process that may die of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from competency.graph import NamedGraph, Publication
from competency.graph.editions.gate import Change, Changed, judge_change
from competency.graph.judging.surroundings import Node
from competency.shapes import Report
from competency.sparql.remote.holding import RemoteGraphs, named, read_graph
from competency.sparql.remote.reading import Questions

_AT_ONCE = 200  # nodes that one question asks about
_LEAVING = ""  # the way of what leaves a node; the others are those of properties that enter it
NQUADS = ox.RdfFormat.N_QUADS


class _Asked:
    """What an engine says of nodes in graphs that do not change, each asked once and kept."""

    def __init__(self, questions: Questions, graphs: RemoteGraphs, hidden: Container[str]) -> None:
        self._questions, self._graphs, self._hidden = questions, graphs, hidden
        self._known: dict[tuple[str | None, str], list[ox.Quad]] = {}  # by property and node

    @property
    def quads(self) -> list[ox.Quad]:
        """Return all that was said."""
        return [*dict.fromkeys(quad for found in self._known.values() for quad in found)]

    def spoken_of(self, nodes: Iterable[Node], without: Container[str]) -> Iterator[Node]:
        """Give those of the nodes that one can ask about; blank ones nobody can name."""
        return (node for node in nodes if isinstance(node, ox.NamedNode))

    def leaving(self, nodes: Collection[Node], without: Container[str]) -> Iterator[ox.Quad]:
        """Give the statements whose subject is one of these."""
        return self._found(_LEAVING, nodes, without)

    def entering(
        self, property_: str | None, nodes: Collection[Node], without: Container[str]
    ) -> Iterator[ox.Quad]:
        """Give the statements with this property, or any, whose object is one of these."""
        return self._found(property_, nodes, without)

    def using(self, property_: ox.NamedNode) -> list[ox.Quad]:
        """Give the statements with this property."""
        return self._answered(f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?p = {named(property_.value)})")

    def _found(
        self, way: str | None, nodes: Iterable[Node], without: Container[str]
    ) -> Iterator[ox.Quad]:
        """Give what is known of nodes, after asking about those not asked about before."""
        iris = [node.value for node in nodes if isinstance(node, ox.NamedNode)]
        fresh = sorted({iri for iri in iris if (way, iri) not in self._known})
        for at in range(0, len(fresh), _AT_ONCE):
            self._ask(way, fresh[at : at + _AT_ONCE])
        quads = (quad for iri in iris for quad in self._known[way, iri])
        return (quad for quad in quads if _name(quad) not in without)

    def _ask(self, way: str | None, iris: list[str]) -> None:
        self._known |= {(way, iri): [] for iri in iris}
        key = "s" if way == _LEAVING else "o"
        path = "?p" if way in (_LEAVING, None) else named(way or "")
        pattern = f"VALUES ?{key} {{ {' '.join(map(named, iris))} }} GRAPH ?g {{ ?s {path} ?o }}"
        for quad in self._answered(pattern, path.strip("<>") if path != "?p" else None):
            node = quad.subject if key == "s" else quad.object
            self._known[way, getattr(node, "value", "")].append(quad)

    def _answered(self, pattern: str, property_: str | None = None) -> list[ox.Quad]:
        found = []
        for row in self._questions.terms(f"SELECT DISTINCT ?g ?s ?p ?o {{ {pattern} }}"):
            graph, subject, value = (row[name] for name in "gso")
            predicate = ox.NamedNode(property_) if property_ is not None else row["p"]
            name = graph.value
            if name in self._graphs and name not in self._hidden:
                found.append(ox.Quad(subject, predicate, value, graph))  # type: ignore[arg-type]
        return found


def around_change(changed: Changed, questions: Questions) -> dict[str, NamedGraph]:
    """Return the graphs that an engine holds, as far as it takes them to judge a change.

    Those that change and those whose reports may alter are whole; of the others there are the
    statements that the shapes can read from these.
    """
    graphs = RemoteGraphs(questions)
    asked = _Asked(questions, graphs, changed)
    before = {name: read_graph(questions, name) for name in changed if name in graphs}
    change = Change(changed, _Both(before, graphs), asked)
    for _ in change.shards():
        pass  # cut for what it asks the engine
    rows: dict[str, list[ox.Triple]] = {}
    for quad in asked.quads:
        rows.setdefault(_name(quad), []).append(quad.triple)
    some = {name: NamedGraph(name, triples) for name, triples in rows.items()}
    return some | change.altered | before


def judged(changed: Changed, held: Mapping[str, NamedGraph]) -> Report | None:
    """Return what the shapes find in a change, by what an engine holds (:func:`around_change`)."""
    return judge_change(changed, held)


def to_job(changed: Changed, held: Mapping[str, NamedGraph]) -> tuple[dict[str, Any], bytes]:
    """Return head and body of the job that judges a change in a worker (:func:`judge_job`)."""
    fresh = [graph for graph in changed.values() if graph is not None]
    own, outside = (_text(graphs) for graphs in (fresh, held.values()))
    gone = [name for name, graph in changed.items() if graph is None]
    head = {"job": "judge", "names": [graph.name for graph in fresh], "gone": gone, "own": len(own)}
    return head, own + outside


def judge_job(head: dict[str, Any], body: bytes) -> bytes:
    """Judge the change of a job; the answer says as JSON whether it conforms, and the report."""
    from competency.sparql.writer import to_plain

    fresh = _graphs(body[: head["own"]], head["names"])
    changed: dict[str, NamedGraph | None] = {**fresh, **dict.fromkeys(head["gone"])}
    report = judged(changed, _graphs(body[head["own"] :], ()))
    plain = to_plain(Publication(None, (), report))
    return json.dumps(plain | {"conforms": report is None or report.conforms}).encode()


class _Both(dict[str, NamedGraph]):
    """Graphs that were read, and any other when it is asked for."""

    def __init__(self, read: Mapping[str, NamedGraph], others: Mapping[str, NamedGraph]) -> None:
        super().__init__(read)
        self._others = others

    def __missing__(self, name: str) -> NamedGraph:
        return self._others[name]


def _text(graphs: Iterable[NamedGraph]) -> bytes:
    return ox.serialize((q for graph in graphs for q in graph.quads()), format=NQUADS) or b""


def _graphs(text: bytes, names: Iterable[str]) -> dict[str, NamedGraph]:
    """Return the graphs of a text, those without triples among ``names`` as well."""
    rows: dict[str, list[ox.Triple]] = {name: [] for name in names}
    for quad in ox.parse(text, format=NQUADS):
        rows.setdefault(_name(quad), []).append(quad.triple)
    return {name: NamedGraph(name, triples) for name, triples in rows.items()}


def _name(quad: ox.Quad) -> str:
    return getattr(quad.graph_name, "value", "")
