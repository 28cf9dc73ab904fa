"""Walk over RDF/XML, and note where each statement is written; RDF 1.1 XML Syntax, section 7.

A subject is at its element, a property at its element or at the value of its attribute, and an
object at the value of an attribute, at the first sign of a text, or at its element. Nothing from
outside the document is read, and what guarding refuses is not read at all.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from competency.checking.locating.iris import resolve
from competency.checking.locating.rdfxml.tags import RDF, SYNTAX, XML, Attribute, attributes
from competency.checking.locating.statements import (
    FIRST,
    NIL,
    REST,
    TYPE,
    Key,
    Written,
    literal,
)
from competency.errors import ParseError
from competency.formats import by_name
from competency.graph.guarding import check_document

_At = tuple[Key, int]  # a term and its place
_REIFIED = (RDF + "subject", RDF + "predicate", RDF + "object")


def read_rdfxml(data: bytes, base: str) -> Written:
    """Return the statements of a document in UTF-8; offsets are those of bytes.

    >>> len(read_rdfxml(b"<a xmlns='urn:'><b>1</b></a>", "").statements)
    2
    """
    reader = _Reader(data, base)
    with suppress(ParseError, expat.ExpatError):
        check_document(data, by_name("rdfxml"), "")
        reader.read()
    return reader.written


@dataclass
class _Element:
    """What an open element is, and what is in force inside it.

    ``expects`` tells what may be inside it: ``nodes`` (rdf:RDF), ``properties`` (a node), a
    ``value`` (a property), ``items`` (a collection) or ``nothing`` that is RDF.
    """

    base: str
    language: str = ""
    expects: str = "nodes"
    subject: _At = ("", 0)
    predicate: Key = ""
    predicate_at: int = 0
    datatype: str = ""
    reified: str = ""
    members: int = 0  # how many rdf:li there were
    last: _At | None = None  # the last cell of a collection
    done: bool = False  # the property has its value
    text: list[str] = field(default_factory=list)
    text_at: int | None = None
    depth: int = 0  # of elements inside a literal


class _Reader:
    """The elements that are open, and the numbers of blank nodes."""

    def __init__(self, data: bytes, base: str) -> None:
        self.written = Written()
        self._data = data
        self._open = [_Element(base)]
        self._labels: dict[str, int] = {}
        self._count = 0
        self._parser = parser = expat.ParserCreate("utf-8", "")
        parser.ordered_attributes = parser.specified_attributes = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text

    def read(self) -> None:
        """Read to the end, or to what is not XML: ExpatError."""
        self._parser.Parse(self._data, True)

    # -- elements

    def _start(self, name: str, given: list[str]) -> None:
        around, at = self._open[-1], self._parser.CurrentByteIndex
        if around.expects == "nothing":
            around.depth += 1
            return
        found = attributes(self._data, at, given)
        inside = _Element(around.base, around.language)
        for attribute in found:
            if attribute.name == XML + "base":
                inside.base = resolve(around.base, attribute.value)
            elif attribute.name == XML + "lang":
                inside.language = attribute.value
        self._open.append(inside)
        if around.expects == "properties":
            self._property(name, found, around, inside, at)
        elif name != RDF + "RDF":
            self._node(name, found, inside, at)
            self._placed(around, inside.subject)

    def _end(self, name: str) -> None:
        element = self._open[-1]
        if element.depth:
            element.depth -= 1
            return
        self._open.pop()
        if element.expects == "items":
            self._end_of_list(element)
        elif element.predicate and not element.done:
            self._literal(element)

    def _text(self, text: str) -> None:
        element = self._open[-1]
        if element.expects == "value" and not element.done:
            if element.text_at is None and (start := text.lstrip()):
                ahead = len(text) - len(start)
                element.text_at = self._parser.CurrentByteIndex + ahead
            element.text.append(text)

    # -- nodes

    def _node(self, name: str, found: list[Attribute], inside: _Element, at: int) -> None:
        inside.expects = "properties"
        subject = self._named(found, inside.base)
        inside.subject = (self._new() if subject is None else subject[0], at)
        if name != RDF + "Description":
            self._state(inside.subject, TYPE, at, (name, at))
        self._stated_by(found, inside, inside.subject)

    def _named(self, found: list[Attribute], base: str, about: str = "about") -> _At | None:
        """Return the node that the attributes of an element name."""
        for name, value, at in found:
            if name == RDF + about:
                return resolve(base, value), at
            if name == RDF + "ID" and about == "about":
                return resolve(base, "#" + value), at
            if name == RDF + "nodeID":
                if value not in self._labels:
                    self._labels[value] = self._new()
                return self._labels[value], at
        return None

    def _stated_by(self, found: list[Attribute], inside: _Element, subject: _At) -> bool:
        """State what the attributes of an element that are properties say."""
        stated = False
        for name, value, at in found:
            if name in SYNTAX or name.startswith(XML) or ":" not in name:
                continue
            said: Key = literal(value, language=inside.language)
            if name == TYPE:
                said = resolve(inside.base, value)
            self._state(subject, name, at, (said, at))
            stated = True
        return stated

    def _placed(self, around: _Element, node: _At) -> None:
        """Make a node the value of the property, or an item of the list, that is around it."""
        if around.expects == "items":
            self._item(around, node)
        elif around.expects == "value" and not around.done:
            around.done = True
            self._valued(around, node)

    # -- properties

    def _property(
        self, name: str, found: list[Attribute], around: _Element, inside: _Element, at: int
    ) -> None:
        if name == RDF + "li":
            around.members += 1
            name = f"{RDF}_{around.members}"
        inside.subject, inside.predicate, inside.predicate_at = around.subject, name, at
        inside.expects = "value"
        for attribute in found:
            if attribute.name == RDF + "datatype":
                inside.datatype = resolve(inside.base, attribute.value)
            elif attribute.name == RDF + "ID":
                inside.reified = resolve(inside.base, "#" + attribute.value)
        kind = next((item.value for item in found if item.name == RDF + "parseType"), None)
        if kind is not None:
            self._parsed(kind, inside, at)
            return
        value = self._named(found, inside.base, "resource")
        node = (self._new(), at) if value is None else value
        if self._stated_by(found, inside, node) or value is not None:
            inside.done = True
            self._valued(inside, node)

    def _parsed(self, kind: str, inside: _Element, at: int) -> None:
        """Begin what rdf:parseType announces: a node without a tag, a list, or a piece of XML."""
        if kind == "Resource":
            node = (self._new(), at)
            self._valued(inside, node)
            inside.expects, inside.subject, inside.predicate = "properties", node, ""
        elif kind == "Collection":
            inside.expects = "items"
        else:
            inside.expects = "nothing"

    def _literal(self, element: _Element) -> None:
        at = element.predicate_at if element.text_at is None else element.text_at
        if element.expects == "nothing":
            found = self._data[element.predicate_at : self._parser.CurrentByteIndex]
            text = found.partition(b">")[2].decode("utf-8", "replace")
            self._valued(element, (literal(text, RDF + "XMLLiteral"), at))
        else:
            text = "".join(element.text)
            value = literal(text, element.datatype, "" if element.datatype else element.language)
            self._valued(element, (value, at))

    def _valued(self, element: _Element, value: _At) -> None:
        """State the value of a property, and what reifies the statement."""
        self._state(element.subject, element.predicate, element.predicate_at, value)
        if element.reified:
            node = (element.reified, element.predicate_at)
            self._state(node, TYPE, node[1], (RDF + "Statement", node[1]))
            ends = (element.subject[0], element.predicate, value[0])
            for name, end in zip(_REIFIED, ends, strict=True):
                self._state(node, name, node[1], (end, value[1]))

    # -- lists

    def _item(self, element: _Element, node: _At) -> None:
        cell = (self._new(), node[1])
        if element.last is None:
            self._valued(element, cell)
        else:
            self._state(element.last, REST, node[1], cell)
        self._state(cell, FIRST, node[1], node)
        element.last = cell

    def _end_of_list(self, element: _Element) -> None:
        at = self._parser.CurrentByteIndex
        if element.last is None:
            self._valued(element, (NIL, element.predicate_at))
        else:
            self._state(element.last, REST, at, (NIL, at))

    def _state(self, subject: _At, predicate: Key, at: int, other: _At) -> None:
        self.written.statements.append((subject[0], predicate, other[0], subject[1], at, other[1]))

    def _new(self) -> int:
        self._count += 1
        return self._count
