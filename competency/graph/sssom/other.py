"""The slot ``other``: a JSON object for what has no slot, such as the status of a review.

``language`` tells what language comments and titles are in, and ``rdf`` keeps what a table cannot
show of the RDF it was made of, so that the way back loses nothing. People need not write ``rdf``,
and what they change in a column wins over it.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import Any, cast

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from competency.graph.store import is_absolute

Object = dict[str, Any]
_RDF, _LANGUAGE = "rdf", "language"
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_LABEL = re.compile(r"_:[A-Za-z0-9]+")
_MAX_DEPTH = 50  # no JSON that people write nests so deep


def object_of(text: str) -> Object | None:
    """Return the JSON object that a text is, or None where it is another text.

    >>> object_of('{"status": "to review"}'), object_of("seen")
    ({'status': 'to review'}, None)
    """
    if not text.startswith("{") or _depth(text) > _MAX_DEPTH:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return cast(Object, found) if isinstance(found, dict) else None


def _depth(text: str) -> int:
    """Return how deep brackets stand inside each other, those in quotes left out."""
    signs = _STRING.sub("", text)
    return max(accumulate((sign in "[{") - (sign in "]}") for sign in signs), default=0)


def text_of(found: Object) -> str:
    """Return an object as the one text that it always is: keys in order, on one line."""
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def parted(text: str) -> tuple[str, Object]:
    """Return what ``other`` says to everybody, and what it keeps of the RDF.

    >>> parted('{"rdf": {"node": "blank"}, "language": "fr", "status": "to review"}')
    ('{"status": "to review"}', {'node': 'blank', 'language': 'fr'})
    """
    found = object_of(text)
    if found is None or not found.keys() & {_RDF, _LANGUAGE}:
        return text, {}
    kept = found.pop(_RDF, {})
    if _LANGUAGE in found:
        kept = {**kept, _LANGUAGE: found.pop(_LANGUAGE)} if isinstance(kept, dict) else None
    if not _is_sound(kept):
        return text, {}
    return (text_of(found) if found else ""), kept


def joined(text: str, kept: Object) -> str | None:
    """Return ``other`` with what is kept of the RDF, or None where the text allows no more.

    >>> joined('{"status": "to review"}', {"node": "blank"})
    '{"rdf": {"node": "blank"}, "status": "to review"}'
    """
    if not kept:
        return text if parted(text) == (text, {}) else None
    found = object_of(text) if text else {}
    if found is None or found.keys() & {_RDF, _LANGUAGE}:
        return None
    of_rdf = {key: value for key, value in kept.items() if key != _LANGUAGE}
    whole = {**found, **({_RDF: of_rdf} if of_rdf else {})}
    whole |= {_LANGUAGE: kept[_LANGUAGE]} if _LANGUAGE in kept else {}
    return text_of(whole) if parted(text_of(whole)) == (text, kept) else None


def value_of(term: Node) -> Object:
    """Return an RDF term as JSON-LD has it in full."""
    if isinstance(term, Literal):
        if term.language:
            return {"@value": str(term), "@language": term.language}
        return {"@value": str(term), "@type": str(term.datatype or XSD.string)}
    return {"@id": f"_:{term}" if isinstance(term, BNode) else str(term)}


def term_of(value: Object) -> Node:
    """Return the RDF term that a value in JSON-LD means; raises ValueError."""
    if "@id" in value:
        return node_of(value["@id"])
    if "@language" in value:
        return Literal(value["@value"], lang=value["@language"])
    return literal(value["@value"], node_of(value["@type"]))


def node_of(name: str) -> URIRef | BNode:
    """Return the node of a name: an IRI, or ``_:`` and a label; raises ValueError."""
    if _LABEL.fullmatch(name):
        return BNode(name[2:])
    if not is_absolute(name):
        raise ValueError(f"no IRI: {name}")
    return URIRef(name)


def literal(text: str, datatype: Node) -> Literal:
    """Return a literal with its lexical form as it is."""
    if not isinstance(text, str) or not isinstance(datatype, URIRef):
        raise ValueError("no literal")
    if datatype == XSD.string:
        return Literal(text)
    return Literal(text, datatype=datatype, normalize=False)


def triples_of(rows: list[list[Any]]) -> list[tuple[Node, Node, Node]]:
    """Return triples of subject, predicate and object; raises ValueError."""
    return [(node_of(one), node_of(path), term_of(value)) for one, path, value in rows]


def _is_sound(kept: object) -> bool:
    """Say whether what ``rdf`` has is what this program writes there, down to the terms."""
    if not isinstance(kept, dict) or not kept.keys() <= _CHECKS.keys():
        return False
    try:
        return all(_CHECKS[key](value) for key, value in kept.items())
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _are_forms(value: Object) -> bool:
    return all(
        form == "@id" or is_absolute(form) or _TAG.fullmatch(form.removeprefix("@"))
        for form in value.values()
    )


def _are_more(value: Object) -> bool:
    return all(is_absolute(name) and list(map(term_of, terms)) for name, terms in value.items())


def _are_triples(value: list[list[Any]]) -> bool:
    return all(isinstance(path, URIRef) for _, path, _ in triples_of(value))


_CHECKS = {
    _LANGUAGE: lambda value: _TAG.fullmatch(value) is not None,
    "as": _are_forms,
    "more": _are_more,
    "node": lambda value: value in ("none", "blank"),
    "stated": lambda value: isinstance(value, bool),
    "listed": lambda value: isinstance(value, bool),
    "set": lambda value: isinstance(value, bool),
    "types": lambda value: all(map(is_absolute, value)),
    "unjustified": lambda value: value is True,
    "graph": lambda value: isinstance(value, str),
    "triples": _are_triples,
}
