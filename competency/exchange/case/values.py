"""Values of JSON as literals of a graph, and back without a difference.

A value that a literal cannot hold (a list in an order of its own, an object, half a character)
is kept as it is in a literal of rdf:JSON; that literal is then the whole value, and plain
literals beside it are there for people who query.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.fields import Sort

_HALF = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_WORDY = (Sort.text, Sort.texts)
_MANY = (Sort.texts, Sort.strings)
MANY_STRINGS = ("subject", "conceptKeywords", "educationLevel")


def tag_of(language: object) -> str | None:
    """Return a language of CASE as the tag of a text (BCP 47), or None if it is none.

    >>> tag_of("en_US"), tag_of("English language")
    ('en-us', None)
    """
    if not isinstance(language, str):
        return None
    tag = language.strip().replace("_", "-")
    return tag.lower() if _TAG.fullmatch(tag) else None


def words(text: str, tag: str) -> Literal:
    """Return a text in a language; half a character becomes the sign for an unknown one."""
    return Literal(_HALF.sub("\ufffd", text), lang=tag)


def is_whole(text: str) -> bool:
    """Say whether a graph can hold a text: JSON can write half a character, RDF cannot."""
    return not _HALF.search(text)


def json_literal(value: object) -> Literal:
    """Return a value as it is in a literal of rdf:JSON."""
    text = json.dumps(value, ensure_ascii=False)
    if not is_whole(text):
        text = json.dumps(value)
    return Literal(text, datatype=RDF.JSON, normalize=False)


def is_json(node: Node) -> bool:
    """Say whether a term is a literal of rdf:JSON that can be read."""
    if not isinstance(node, Literal) or node.datatype != RDF.JSON:
        return False
    try:
        json.loads(str(node))
    except (ValueError, RecursionError):
        return False
    return True


def from_json(values: Iterable[Node]) -> tuple[bool, Any]:
    """Return whether a value is kept as it is among some terms, and that value."""
    for node in values:
        if is_json(node):
            return True, json.loads(str(node))
    return False, None


def is_absent(value: object) -> bool:
    """Say whether CASE takes a value for none: null and an empty list."""
    return value is None or value == []


def is_date(text: object) -> bool:
    """Say whether a text is a day (RFC 3339, full-date)."""
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_moment(text: object) -> bool:
    """Say whether a text is a time, with or without its zone.

    >>> is_moment("2026-06-05T04:23:43.000Z"), is_moment("yesterday")
    (True, False)
    """
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return not text.startswith("0000")


def moment(text: str) -> Literal:
    """Return a time as it is written."""
    return Literal(text, datatype=XSD.dateTime, normalize=False)


def whole_number(value: int) -> Literal:
    """Return a whole number."""
    return Literal(str(value), datatype=XSD.integer, normalize=False)


def literals(value: object, sort: Sort, tag: str) -> list[Literal] | None:
    """Return a value of a field as literals, or None where it is not what the field holds.

    A blank text is not one: a graph says that otherwise.
    """
    if sort in _MANY and isinstance(value, list):
        return _several(value, sort, tag)
    if sort is Sort.number and isinstance(value, int | float) and not isinstance(value, bool):
        return [_number(value)]
    if not isinstance(value, str) or not is_whole(value) or sort in (*_MANY, Sort.number):
        return None
    if sort is Sort.date and is_date(value):
        return [Literal(value, datatype=XSD.date, normalize=False)]
    if sort is Sort.text:
        return [Literal(value, lang=tag)] if value.strip() else None
    return [Literal(value)] if value.strip() and sort is Sort.string else None


def _several(value: list[Any], sort: Sort, tag: str) -> list[Literal] | None:
    whole = all(isinstance(item, str) and item.strip() and is_whole(item) for item in value)
    if not whole:
        return None
    return [Literal(item, lang=tag) if sort in _WORDY else Literal(item) for item in value]


def is_plain(value: list[Any]) -> bool:
    """Say whether a list of texts is in the order in which a graph gives it back."""
    return value == sorted(set(value))


def _number(value: int | float) -> Literal:
    if isinstance(value, int):
        return whole_number(value)
    return Literal(repr(value), datatype=XSD.double, normalize=False)


def verbatim(value: object) -> Literal:
    """Return any value as one literal: plain where that gives it back, else rdf:JSON.

    >>> verbatim("Adopted"), verbatim(["b", "a"]).datatype.rpartition("#")[2]
    (rdflib.term.Literal('Adopted'), 'JSON')
    """
    if isinstance(value, str) and is_whole(value):
        return Literal(value)
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD.boolean, normalize=False)
    if isinstance(value, int | float):
        return _number(value)
    return json_literal(value)


def plain_value(node: Node) -> Any:
    """Return the value of JSON that a term stands for; the reverse of :func:`verbatim`."""
    if not isinstance(node, Literal):
        return str(node)
    text, kind = str(node), node.datatype
    if kind == RDF.JSON:
        return json.loads(text) if is_json(node) else text
    if kind == XSD.boolean and text in ("true", "false"):
        return text == "true"
    try:
        if kind == XSD.integer:
            return int(text)
        if kind in (XSD.double, XSD.decimal, XSD.float):
            return float(text)
    except ValueError:
        return text
    return text


def texts_of(values: Iterable[Node], tag: str | None = None) -> list[str]:
    """Return the literals among some terms as strings: those in a language, else all, in order."""
    found = [node for node in values if isinstance(node, Literal) and node.datatype != RDF.JSON]
    mine = [node for node in found if tag is not None and (node.language or "") == tag]
    return sorted(str(node) for node in mine or found)


def links_of(values: Iterable[Node]) -> list[URIRef]:
    """Return the IRIs among some terms, in order."""
    return sorted(node for node in values if isinstance(node, URIRef))
