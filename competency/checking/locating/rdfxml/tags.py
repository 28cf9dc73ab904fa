"""Start tags of XML: their attributes, each with the place of its value."""

from __future__ import annotations

import re
from typing import NamedTuple

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
# What an attribute of RDF/XML is when it is no property; RDF 1.1 XML Syntax, section 6.1.4.
SYNTAX = frozenset(
    RDF + name
    for name in ("about", "ID", "nodeID", "resource", "datatype", "parseType", "li", "bagID")
)
_NAME = re.compile(rb"<[^\s/>]++")
_ATTRIBUTE = re.compile(rb"""\s*+([^\s=/>"']++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")


class Attribute(NamedTuple):
    """An attribute: the IRI that its name stands for, its value, and where the value is."""

    name: str
    value: str
    at: int


def attributes(data: bytes, start: int, given: list[str]) -> list[Attribute]:
    """Return the attributes of the tag that starts at a place.

    ``given`` are their names and values in turn, as expat tells them: in their order, without
    the declarations of namespaces. Where the tag cannot be read, all are at its start.

    >>> attributes(b"<a xmlns='urn:' b='1'>", 0, ["b", "1"])
    [Attribute(name='b', value='1', at=19)]
    """
    if not given:
        return []
    places = _places(data, start)
    if len(places) != len(given) // 2:
        places = [start] * (len(given) // 2)
    return [
        Attribute(name, value, at)
        for name, value, at in zip(given[::2], given[1::2], places, strict=True)
    ]


def _places(data: bytes, start: int) -> list[int]:
    found: list[int] = []
    name = _NAME.match(data, start)
    end = start if name is None else name.end()
    while attribute := _ATTRIBUTE.match(data, end):
        end = attribute.end()
        if attribute[1] != b"xmlns" and not attribute[1].startswith(b"xmlns:"):
            found.append(attribute.start(2 if attribute[2] is not None else 3))
    return found
