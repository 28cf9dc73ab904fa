"""Digests: of shapes and of shards, so that what was judged once is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Graph
from rdflib.term import Node

from competency import _files, ontology, shapes

_NTRIPLES = ox.RdfFormat.N_TRIPLES


def digest_of(triples: Iterable[ox.Triple]) -> str:
    """Return a digest of triples, the same in whatever order they come.

    Blank nodes count by their names: the same document read in the same way has the same.

    >>> digest_of([]) == digest_of([])
    True
    """
    text = ox.serialize(triples, format=_NTRIPLES) or b""
    return hashlib.sha256(b"\n".join(sorted(text.split(b"\n")))).hexdigest()


@cache
def digest_of_code() -> str:
    """Return a digest of this package's version and of all that judges: code and vocabulary."""
    found = hashlib.sha256(version("competency").encode())
    files = [Path(__file__).parent, Path(shapes.__file__).parent, Path(ontology.__file__).parent]
    names = [file for folder in files for file in sorted(folder.rglob("*.py"))]
    for file in (*names, _files.folder("ontology") / "competency.ttl"):
        found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def with_stable_names(graph: Graph) -> Graph:
    """Return a copy whose blank nodes are named after what they say and where they stand.

    So a copy that another process reads from the same file is the same, name by name.
    """
    names = _Names(graph)
    copy = Graph(bind_namespaces="none")
    for subject, predicate, value in graph:
        copy.add((names.of(subject), predicate, names.of(value)))
    return copy


class _Names:
    """Names the blank nodes of a graph, from the named ones downwards."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._contents: dict[Node, str] = {}
        self._names: dict[Node, BNode] = {}
        roots = {s for s in graph.subjects() if not isinstance(s, BNode)}
        self._below([(root, root.n3()) for root in sorted(roots, key=str, reverse=True)])
        loose = {s for s in graph.subjects() if isinstance(s, BNode)} - self._names.keys()
        held = {o for o in graph.objects() if isinstance(o, BNode)}
        for some in (loose - held, loose):
            for place, node in enumerate(sorted(some, key=self._content)):
                if node not in self._names:
                    self._below([(node, self._give(node, f"loose {place}"))])

    def of(self, node: Node) -> Node:
        return self._names.get(node, node)

    def _below(self, waiting: list[tuple[Node, str]]) -> None:
        """Name all that hangs below these nodes, each told with its own name."""
        while waiting:
            node, name = waiting.pop()
            rows = [
                (predicate.n3(), self._content(value), value)
                for predicate, value in self._graph.predicate_objects(node)
                if isinstance(value, BNode) and value not in self._names
            ]
            for place, (predicate, _, value) in enumerate(sorted(rows, key=lambda row: row[:2])):
                if value not in self._names:
                    waiting.append((value, self._give(value, f"{name} {predicate} {place}")))

    def _give(self, node: Node, place: str) -> str:
        text = f"{place} {self._content(node)}"
        name = "s" + hashlib.sha256(text.encode()).hexdigest()[:24]
        self._names[node] = BNode(name)
        return name

    def _content(self, node: Node) -> str:
        """Return a digest of all that is said of a blank node and of those below it.

        What hangs below may be a list of thousands, so that nothing here calls itself.
        """
        waiting, begun = [node], set[Node]()
        while waiting and node not in self._contents:
            now = waiting[-1]
            begun.add(now)
            below = {v for v in self._graph.objects(now) if isinstance(v, BNode)}
            fresh = below - self._contents.keys() - begun
            if fresh:
                waiting += fresh
                continue
            rows = sorted(
                f"{predicate.n3()} {self._text(value)}"
                for predicate, value in self._graph.predicate_objects(now)
            )
            self._contents[now] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
            waiting.pop()
        return self._contents[node]

    def _text(self, node: Node) -> str:
        return self._contents.get(node, "above") if isinstance(node, BNode) else node.n3()
