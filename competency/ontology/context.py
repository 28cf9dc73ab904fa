"""The JSON-LD context, generated from the vocabulary so that the two cannot disagree.

``make context`` writes ``ontology/context.jsonld``; a test says that it is current.
Implements the context of JSON-LD 1.1, section 3.1.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from rdflib import RDFS, XSD, URIRef

from competency._files import folder
from competency.ontology.terms import PREFIXES, shorten
from competency.ontology.vocabulary import Vocabulary

# Terms of other vocabularies that frameworks use directly, and how their values are written.
_BORROWED: dict[str, str | None] = {
    "rdfs:label": None,
    "skos:notation": None,
    "dcterms:title": None,
    "dcterms:description": None,
    "dcterms:rights": None,
    "dcterms:issued": None,
    "dcterms:language": None,
    "dcterms:publisher": "@id",
}


@cache
def jsonld_context() -> dict[str, Any]:
    """Return the context as a dictionary: prefixes, then every term with the type of its values.

    >>> jsonld_context()["partOf"]
    {'@id': 'comp:partOf', '@type': '@id'}
    """
    vocabulary = Vocabulary()
    context: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type"}
    context |= {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "id"}
    for name, value_type in _BORROWED.items():
        context[name.partition(":")[2]] = _entry(name, value_type)
    for term in vocabulary.terms:
        local = term.rpartition("#")[2]
        context[local] = _entry(shorten(term), _value_type(vocabulary, term))
    return context


def _entry(name: str, value_type: str | None) -> object:
    return {"@id": name, "@type": value_type} if value_type else name


def _value_type(vocabulary: Vocabulary, term: str) -> str | None:
    """Return how JSON-LD should read the plain values of a property: as an IRI, or not at all."""
    sort = vocabulary.properties.get(term)
    if sort in ("object", "annotation") and not term.endswith("#fix"):
        return "@id"
    datatype = vocabulary.graph.value(URIRef(term), RDFS.range)
    return shorten(str(datatype)) if datatype == XSD.decimal else None


def context_text() -> str:
    """Return the text of ``ontology/context.jsonld``."""
    return json.dumps({"@context": jsonld_context()}, indent=2, ensure_ascii=False) + "\n"


def write_context() -> None:
    """Write ``ontology/context.jsonld`` anew; ``make context`` calls this after a change."""
    (folder("ontology") / "context.jsonld").write_text(context_text(), encoding="utf-8")
