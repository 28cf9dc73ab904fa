"""The page of one term of the vocabulary, or of one shape: everything that is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH, SKOS
from rdflib.term import Node

from competency.graph import NamedGraph
from competency.ontology import COMP, shorten
from competency.server.languages import gettext as _
from competency.server.languages import interface
from competency.server.links import Download, Links
from competency.server.pages.values import Fact, Text, Value, property_label
from competency.server.tags import best

_DEEPEST = 8  # blank nodes inside blank nodes
# Shown at the top of the page, in these words.
_HEAD = {str(name) for name in (RDF.type, RDFS.label, RDFS.isDefinedBy, SKOS.definition)}
_WORDS = (SKOS.definition, SH.message, RDFS.comment)


@dataclass(frozen=True)
class TermPage:
    """One term or shape as its page shows it; ``whole`` is the document that holds all."""

    iri: str
    name: str
    title: Text
    kind: str
    text: Text | None
    facts: tuple[Fact, ...]
    downloads: tuple[Download, ...]
    whole: str


def term_page(
    described: NamedGraph, links: Links, downloads: list[Download], whole: str
) -> TermPage:
    """Return what the page of a term shows; ``described`` is what is said of it."""
    graph, node = described.graph, URIRef(described.name)
    kinds = [shorten(str(kind)) for kind in sorted(graph.objects(node, RDF.type), key=str)]
    name = shorten(described.name)
    return TermPage(
        iri=described.name,
        name=name,
        title=_text(graph, node, RDFS.label) or Text(name),
        kind=", ".join(kinds),
        text=next((found for word in _WORDS if (found := _text(graph, node, word))), None),
        facts=_facts(graph, node, links, 0, _HEAD),
        downloads=tuple(downloads),
        whole=whole,
    )


def _text(graph: Graph, node: Node, name: URIRef) -> Text | None:
    """Return the text of a property in the language of the interface, or in another."""
    texts = {
        (item.language or "").lower(): str(item)
        for item in graph.objects(node, name)
        if isinstance(item, Literal)
    }
    if not texts:
        return None
    tag = best((interface(), "en"), list(texts)) or min(texts)
    return Text(texts[tag], tag)


def _facts(
    graph: Graph, node: Node, links: Links, depth: int, hidden: set[str] | None = None
) -> tuple[Fact, ...]:
    """Return every property of a node with its values, what is nameless inside of it."""
    names = {str(name) for name in graph.predicates(node, unique=True)} - (hidden or set())
    vocabulary = links.site.graph.vocabulary
    found = []
    for name in sorted(names, key=shorten):
        nodes = sorted(graph.objects(node, URIRef(name)), key=str)
        ours = name.startswith(str(COMP))
        label = property_label(vocabulary, name) if ours else shorten(name)
        values = tuple(_value(graph, item, links, depth) for item in nodes)
        found.append(Fact(label, values, links.to(name)))
    return tuple(found)


def _value(graph: Graph, node: Node, links: Links, depth: int) -> Value:
    if isinstance(node, Literal):
        datatype = shorten(str(node.datatype)) if node.datatype else ""
        return Value(Text(str(node), node.language or ""), note=node.language or datatype)
    if not isinstance(node, BNode):
        return Value(Text(shorten(str(node))), links.to(str(node)))
    if depth >= _DEEPEST:
        return Value(Text("…"))
    if (node, RDF.first, None) in graph:
        members = tuple(_value(graph, item, links, depth + 1) for item in Collection(graph, node))
        return Value(Text(_("a list")), inside=(Fact(_("in order"), members),))
    return Value(Text(_("without an IRI")), inside=_facts(graph, node, links, depth + 1))
