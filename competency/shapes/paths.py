"""Property paths of shapes: read from RDF, written to RDF and told in SPARQL's notation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.exceptions import UniquenessError
from rdflib.term import Node

from competency.errors import ShapesError
from competency.ontology.terms import shorten


class Step(StrEnum):
    """How a path is put together of smaller ones; SHACL, section 2.3.1."""

    sequence = "/"
    alternative = "|"
    inverse = "^"
    zero_or_more = "*"
    one_or_more = "+"
    zero_or_one = "?"


@dataclass(frozen=True)
class Steps:
    """A path of more than one property.

    >>> path_text(Steps(Step.inverse, (URIRef("https://w3id.org/competency/ns#inFramework"),)))
    '^comp:inFramework'
    """

    kind: Step
    paths: tuple[Path, ...]


Path = URIRef | Steps

_SINGLE = {
    SH.inversePath: Step.inverse,
    SH.zeroOrMorePath: Step.zero_or_more,
    SH.oneOrMorePath: Step.one_or_more,
    SH.zeroOrOnePath: Step.zero_or_one,
}
_DEEPEST = 50


def read_path(graph: Graph, node: Node, depth: int = 0) -> Path:
    """Return the path that a node of a shapes graph describes. ShapesError when it is none.

    >>> read_path(Graph(), URIRef("urn:p"))
    rdflib.term.URIRef('urn:p')
    """
    if depth > _DEEPEST:
        raise ShapesError("shapes", "a property path leads back to itself or is nested too deeply")
    if isinstance(node, URIRef):
        return node
    if (node, RDF.first, None) in graph:
        return Steps(Step.sequence, _members(graph, node, depth))
    alternatives = graph.value(node, SH.alternativePath)
    if alternatives is not None:
        return Steps(Step.alternative, _members(graph, alternatives, depth))
    for property_, kind in _SINGLE.items():
        inner = graph.value(node, property_)
        if inner is not None:
            return Steps(kind, (read_path(graph, inner, depth + 1),))
    raise ShapesError("shapes", f"{node} is not a property path")


def _members(graph: Graph, head: Node, depth: int) -> tuple[Path, ...]:
    try:
        items = list(Collection(graph, head))
    except (ValueError, UniquenessError) as error:
        raise ShapesError("shapes", "a list in a property path is broken") from error
    return tuple(read_path(graph, item, depth + 1) for item in items)


def write_path(graph: Graph, path: Path) -> Node:
    """Add a path to a graph, as SHACL writes it, and return the node that stands for it."""
    if isinstance(path, URIRef):
        return path
    if path.kind is Step.sequence:
        return _list(graph, path.paths)
    node = BNode()
    if path.kind is Step.alternative:
        graph.add((node, SH.alternativePath, _list(graph, path.paths)))
        return node
    [property_] = (key for key, kind in _SINGLE.items() if kind is path.kind)
    graph.add((node, property_, write_path(graph, path.paths[0])))
    return node


def _list(graph: Graph, paths: tuple[Path, ...]) -> Node:
    return Collection(graph, BNode(), [write_path(graph, path) for path in paths]).uri


def path_text(path: Path) -> str:
    """Return the IRI of a one-property path, and a longer path as SPARQL would write it.

    >>> path_text(URIRef("https://w3id.org/competency/ns#lines"))
    'https://w3id.org/competency/ns#lines'
    """
    return str(path) if isinstance(path, URIRef) else _notation(path)


def _notation(path: Path) -> str:
    if isinstance(path, URIRef):
        return shorten(str(path))
    inner = [_notation(item) for item in path.paths]
    if path.kind in (Step.sequence, Step.alternative):
        joined = path.kind.value.join(inner)
        return f"({joined})" if len(inner) > 1 and path.kind is Step.alternative else joined
    single = isinstance(path.paths[0], URIRef) or inner[0].startswith("(")
    word = inner[0] if single else f"({inner[0]})"
    return f"^{word}" if path.kind is Step.inverse else word + path.kind.value
