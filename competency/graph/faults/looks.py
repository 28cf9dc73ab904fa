"""What a document is by its first signs, where that is not what it was taken for."""

from __future__ import annotations

import re

_TURTLE = re.compile(
    rb"(?:\#[^\n\r]*+|\s++)*+(?:@(?:prefix|base)\s|(?i:prefix|base)\s)\s*+[^\s<:]*+:?\s*+<"
)
_QUERY = re.compile(rb"(?i)\s*+(?:prefix\s++\S*+\s++\S++\s++)*+(?:select|construct|ask|describe)\b")
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive, such as a .docx or .xlsx file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\x1f\x8b", "compressed"),
    (b"\xff\xd8\xff", "a picture"),
)


def looks_like(data: bytes, syntax: str) -> str | None:
    """Return what to do about a document that is no document of a syntax; None if it may be one.

    ``syntax`` is the name that it was read as.

    >>> looks_like(b'{"@id": "urn:a"}', "turtle")
    'it looks like JSON; name the file .jsonld'
    """
    start = data[:2000].lstrip()
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return f"the file is {what}; save it as text"
    if b"\0" in data[:200]:
        text = data[:200].count(b"\0") * 3 > len(data[:200])
        return "it is UTF-16; save the file as UTF-8" if text else "the file is no text"
    if re.match(rb"(?i)<!doctype html|<html", start):
        return "it is a web page; save the data that it leads to"
    if syntax != "rdfxml" and re.match(rb"<\?xml|<rdf:", start):
        return "it looks like RDF/XML; name the file .rdf"
    if syntax != "jsonld" and re.match(rb"\{\s*+[\"'}]|\[\s*+[{\"]", start):
        return "it looks like JSON; name the file .jsonld"
    if syntax not in ("turtle", "trig") and _TURTLE.match(start):
        return "it looks like Turtle; name the file .ttl"
    if syntax in ("turtle", "trig") and _QUERY.match(start):
        return "it looks like a SPARQL query; run it with competency query"
    return None
