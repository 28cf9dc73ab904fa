"""The door of this format: schema.org as JSON-LD, out, with what goes missing on the way.

The context stands in the file, so that no program has to ask the network what a name means.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from rdflib import BNode, Literal
from rdflib.term import Node

from competency.exchange.aligned import with_matches
from competency.exchange.blanks import steady
from competency.exchange.exchange import Exchange, Exported
from competency.exchange.outline import Outline
from competency.exchange.schema_org.table import TABLE
from competency.exchange.schema_org.view import make
from competency.exchange.terms import Row, term
from competency.formats import Format
from competency.graph import KnowledgeGraph
from competency.ontology import PREFIXES

_VOCAB = PREFIXES["schema"]
_TYPE = term("rdf:type")


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a DefinedTermSet in JSON-LD; raises NotFound.

    write(KnowledgeGraph.shipped(), "pub-cscf").data
    """
    graph, apart = with_matches(graph, graph.framework(iri).iri)
    graph = steady(graph, graph.framework(iri).iri)
    outline = Outline(graph, graph.framework(iri).iri)
    rows, met = make(outline)
    document = {"@context": {"@vocab": _VOCAB}, "@graph": nodes(rows)}
    text = json.dumps(document, ensure_ascii=False, indent=2)
    lost = tuple(dict.fromkeys((*TABLE.losses(outline), *met, *apart)))
    return Exported(text.encode() + b"\n", lost)


def nodes(rows: Iterable[Row]) -> list[dict[str, object]]:
    """Return triples as the nodes of a JSON-LD graph, in the order in which they are said."""
    found: dict[Node, dict[str, list[object]]] = {}
    for subject, prop, value in rows:
        key = "@type" if prop == _TYPE else str(prop).removeprefix(_VOCAB)
        said = str(value).removeprefix(_VOCAB) if prop == _TYPE else _value(value)
        found.setdefault(subject, {}).setdefault(key, []).append(said)
    return [
        {"@id": _name(subject)}
        | {key: values[0] if len(values) == 1 else values for key, values in node.items()}
        for subject, node in found.items()
    ]


def _name(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _value(node: Node) -> object:
    if not isinstance(node, Literal):
        return {"@id": _name(node)}
    if node.language:
        return {"@language": node.language, "@value": str(node)}
    if node.datatype:
        return {"@type": str(node.datatype), "@value": str(node)}
    return str(node)


EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format("schema.org", "schema.org", ("application/ld+json",), (".schema.jsonld",)),
        write=write,
        table=TABLE,
        about="Search engines and job platforms, which read DefinedTermSet and DefinedTerm."
        " JSON-LD; its context stands in the file.",
    ),
)
