"""The JSON of the Credential Registry: a view as one graph, shaped as its schemas want it.

Texts are language maps, properties that may have several values are arrays even where they have
one, IRIs are plain strings. Nothing is fetched: the context is named, not read. What is in other
words than those of the registry has its values written out with their types.
"""

from __future__ import annotations

import re
from collections import defaultdict

from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.ctdl_asn.context import DATES, IRIS, TEXTS, compact, date_of
from competency.graph import NamedGraph, to_rdflib

CONTEXT = "https://credreg.net/ctdlasn/schema/context/json"
_SINGLE = {
    "ceterms:ctid", "ceasn:isTopChildOf", "ceasn:codedNotation", "ceasn:listID",
    "ceasn:isVersionOf",
    "ceasn:license", "ceasn:dateCreated", "ceasn:dateModified", "ceterms:versionCode",
    "asn:hasProgressionLevel", "ceasn:inProgressionModel", "skos:topConceptOf", "skos:notation",
    "ceterms:targetNode", "ceterms:framework", "ceasn:weight", "ceterms:weight",
    "ceasn:shouldIndex",
    "qdata:percentage", "qdata:minPercentage", "qdata:maxPercentage", "skos:inScheme", *DATES,
}  # fmt: skip
LISTS_OF_TEXTS = {"ceasn:conceptKeyword", "ceasn:publisherName", "ceasn:localSubject", "skos:note"}
_NESTED = 8  # blank nodes inside each other; what lies deeper has a name
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
_REAL = re.compile(r"-?\d\.\d{1,15}E-?\d{1,2}")

About = dict[Node, dict[str, list[Node]]]


def document(graph: NamedGraph) -> dict[str, object]:
    """Return a CTDL-ASN view as the JSON-LD graph that the registry takes.

    Several comments of one language become one text, a line each, as its schema wants one.

        document(view(graph, "pub-cscf", profile_named("ctdl-asn")))
    """
    return {"@context": CONTEXT, "@id": graph.name, "@graph": _Nodes(graph).members()}


class _Nodes:
    """What is said of each node, and which blank nodes stand inside another."""

    def __init__(self, graph: NamedGraph) -> None:
        self.about: About = defaultdict(dict)
        holders: dict[Node, list[Node]] = defaultdict(list)
        for triple in graph.triples:
            subject, value = to_rdflib(triple.subject), to_rdflib(triple.object)
            name = compact(triple.predicate.value)
            self.about[subject].setdefault(name, []).append(value)
            holders[value].append(subject)
        single: dict[Node, Node] = {
            node: found[0] for node, found in holders.items()
            if isinstance(node, BNode) and len(found) == 1 and node in self.about
        }  # fmt: skip
        self.inner = {node for node in single if self._is_near(node, single)}

    def _is_near(self, node: Node, holders: dict[Node, Node]) -> bool:
        for _ in range(_NESTED):
            if node not in holders:
                return True
            node = holders[node]
        return False

    def members(self) -> list[dict[str, object]]:
        """Return the nodes at the top."""
        return [self._node(node) for node in self.about if node not in self.inner]

    def _node(self, node: Node) -> dict[str, object]:
        found: dict[str, object] = {}
        if isinstance(node, URIRef):
            found["@id"] = str(node)
        elif node not in self.inner:
            found["@id"] = f"_:{node}"
        for name, values in self.about[node].items():
            if name == "rdf:type":
                kinds = [_name_of(value) for value in values]
                found["@type"] = kinds[0] if len(kinds) == 1 else kinds
            elif name in TEXTS and _is_tagged(values):
                found[name] = _texts(name, values)
            else:
                plain = [self._value(name, value) for value in values]
                found[name] = plain[0] if name in _SINGLE and len(plain) == 1 else plain
        return found

    def _value(self, name: str, value: Node) -> object:
        if value in self.inner:
            return self._node(value)
        if not isinstance(value, Literal):
            iri = _name_of(value) if isinstance(value, BNode) else str(value)
            return iri if name in IRIS else {"@id": iri}
        return {"@value": str(value)} if name in IRIS else _literal(name, value)


def _name_of(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else compact(str(node))


def _is_tagged(values: list[Node]) -> bool:
    return all(isinstance(value, Literal) and value.language for value in values)


def _literal(name: str, value: Literal) -> object:
    """Return a literal as JSON that means the same."""
    text = str(value)
    if value.language:
        return {"@language": value.language, "@value": text}
    kind = value.datatype
    if kind in (None, XSD.string) or (name in DATES and date_of(Literal(text)) == value):
        return text
    if kind == XSD.integer and _WHOLE.fullmatch(text):
        return int(text)
    if kind == XSD.boolean and text in ("true", "false"):
        return text == "true"
    if kind == XSD.double and _REAL.fullmatch(text) and not float(text).is_integer():
        return float(text)
    return {"@type": str(kind), "@value": text}


def _texts(name: str, values: list[Node]) -> dict[str, object]:
    """Return a language map: a text for each language, or a list where the schema has one."""
    by_language: dict[str, list[str]] = defaultdict(list)
    for value in values:
        if isinstance(value, Literal):
            by_language[value.language or "und"].append(str(value))
    if name in LISTS_OF_TEXTS:
        return dict(by_language)
    return {language: "\n".join(texts) for language, texts in by_language.items()}
