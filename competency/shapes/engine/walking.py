"""Property paths, walked from many nodes at once (SHACL, section 2.3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from competency.shapes.engine.data import Data
from competency.shapes.engine.terms import Term, term_of
from competency.shapes.paths import Path, Step, Steps

Walked = Mapping[Term, Sequence[Term]]


def walk(data: Data, path: Path, nodes: Iterable[Term]) -> Walked:
    """Return the value nodes of each node along a path, each once.

    >>> from rdflib import URIRef
    >>> walk(Data([("<a>", "<p>", "<b>")]), URIRef("p"), ["<a>", "<b>"])
    {'<a>': ['<b>'], '<b>': ()}
    """
    if not isinstance(path, Steps):
        table = data.values(term_of(path))
        return {node: table.get(node, ()) for node in nodes}
    if path.kind is Step.inverse:
        return _inverse(data, path.paths[0], nodes)
    if path.kind is Step.sequence:
        return _sequence(data, path.paths, list(nodes))
    if path.kind is Step.alternative:
        nodes = list(nodes)
        ways = [walk(data, way, nodes) for way in path.paths]
        return {n: list(dict.fromkeys(v for way in ways for v in way[n])) for n in nodes}
    if path.kind is Step.zero_or_one:
        nodes = list(nodes)
        once = walk(data, path.paths[0], nodes)
        return {node: list(dict.fromkeys([node, *once[node]])) for node in nodes}
    return _many(data, path.paths[0], list(nodes), with_start=path.kind is Step.zero_or_more)


def _inverse(data: Data, path: Path, nodes: Iterable[Term]) -> Walked:
    if isinstance(path, Steps):
        return walk(data, invert(path), nodes)
    table = data.holders(term_of(path))
    return {node: table.get(node, ()) for node in nodes}


def invert(path: Path) -> Path:
    """Return the path that leads back along a path.

    >>> from rdflib import URIRef
    >>> invert(Steps(Step.inverse, (URIRef("p"),)))
    rdflib.term.URIRef('p')
    """
    if not isinstance(path, Steps):
        return Steps(Step.inverse, (path,))
    if path.kind is Step.inverse:
        return path.paths[0]
    inner = tuple(invert(part) for part in path.paths)
    return Steps(path.kind, inner[::-1] if path.kind is Step.sequence else inner)


def _sequence(data: Data, paths: Sequence[Path], nodes: list[Term]) -> Walked:
    reached: dict[Term, Sequence[Term]] = {node: (node,) for node in nodes}
    for path in paths:
        step = walk(data, path, {value for values in reached.values() for value in values})
        reached = {
            node: list(dict.fromkeys(further for value in values for further in step[value]))
            for node, values in reached.items()
        }
    return reached


def _many(data: Data, path: Path, nodes: list[Term], *, with_start: bool) -> Walked:
    """Walk a path again and again; each node is left once, whichever way leads to it."""
    steps: dict[Term, Sequence[Term]] = {}
    agenda = set(nodes)
    while agenda:
        steps.update(walk(data, path, agenda))
        agenda = {value for node in agenda for value in steps[node]} - steps.keys()
    found: dict[Term, Sequence[Term]] = {}
    for node in nodes:
        seen: dict[Term, None] = {node: None} if with_start else {}
        queue = [node]
        while queue:
            for value in steps[queue.pop()]:
                if value not in seen:
                    seen[value] = None
                    queue.append(value)
        found[node] = list(seen)
    return found
