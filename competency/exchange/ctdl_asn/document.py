"""The JSON of the Credential Registry: a view as one graph, shaped as its schemas want it.

Texts are language maps, properties that may have several values are arrays even where they have
one, IRIs are plain strings. Nothing is fetched: the context is named, not read.
"""

from __future__ import annotations

from collections import defaultdict

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.terms import short
from competency.graph import NamedGraph, to_rdflib

CONTEXT = "https://credreg.net/ctdlasn/schema/context/json"
_SINGLE = {
    "ceterms:ctid", "ceasn:isTopChildOf", "ceasn:codedNotation", "ceasn:listID",
    "ceasn:license", "ceasn:dateCreated", "ceasn:dateModified", "ceterms:versionCode",
    "asn:hasProgressionLevel", "ceasn:inProgressionModel", "skos:topConceptOf", "skos:notation",
    "ceterms:targetNode", "ceterms:framework",
}  # fmt: skip
_LISTS_OF_TEXTS = {"ceasn:conceptKeyword", "ceasn:publisherName", "skos:note"}


def document(graph: NamedGraph) -> dict[str, object]:
    """Return a CTDL-ASN view as the JSON-LD graph that the registry takes.

    Several comments of one language become one text, a line each, as its schema wants one.

        document(view(graph, "pub-cscf", profile_named("ctdl-asn")))
    """
    nodes: dict[Node, dict[str, list[Node]]] = defaultdict(dict)
    for triple in graph.triples:
        about = nodes[to_rdflib(triple.subject)]
        about.setdefault(short(triple.predicate.value), []).append(to_rdflib(triple.object))
    values = {value for about in nodes.values() for found in about.values() for value in found}
    inner: set[Node] = {node for node in nodes if isinstance(node, BNode) and node in values}
    members = [_node(node, nodes, inner) for node in nodes if node not in inner]
    return {"@context": CONTEXT, "@id": graph.name, "@graph": members}


def _node(
    node: Node, nodes: dict[Node, dict[str, list[Node]]], inner: set[Node]
) -> dict[str, object]:
    found: dict[str, object] = {}
    if isinstance(node, URIRef):
        found["@id"] = str(node)
    elif node not in inner:
        found["@id"] = f"_:{node}"
    for name, values in nodes[node].items():
        if name == "rdf:type":
            found["@type"] = short(str(values[0]))
        elif any(isinstance(value, Literal) and value.language for value in values):
            found[name] = _texts(name, values)
        else:
            plain = [_node(v, nodes, inner) if v in inner else str(v) for v in values]
            found[name] = plain[0] if name in _SINGLE else plain
    return found


def _texts(name: str, values: list[Node]) -> dict[str, object]:
    """Return a language map: a text for each language, or a list where the schema has one."""
    by_language: dict[str, list[str]] = defaultdict(list)
    for value in values:
        if isinstance(value, Literal):
            by_language[value.language or "und"].append(str(value))
    if name in _LISTS_OF_TEXTS:
        return dict(by_language)
    return {language: "\n".join(texts) for language, texts in by_language.items()}
