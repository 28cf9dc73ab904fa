"""What is written in a document: its statements, each with the places of its three terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from rdflib import RDF, XSD, BNode, Literal
from rdflib.term import Node

LiteralKey = tuple[str, str, str]  # lexical form, datatype (none for texts), language in lower case
Key = str | int | LiteralKey  # an IRI, the number of a blank node, a literal
Statement = tuple[Key, Key, Key, int, int, int]  # the terms, then the offsets of each

TYPE, FIRST, REST, NIL = str(RDF.type), str(RDF.first), str(RDF.rest), str(RDF.nil)
STRING = str(XSD.string)
_INTEGERS = (
    *(XSD.integer, XSD.int, XSD.long, XSD.short, XSD.byte, XSD.nonNegativeInteger),
    *(XSD.positiveInteger, XSD.nonPositiveInteger, XSD.negativeInteger, XSD.unsignedLong),
    *(XSD.unsignedInt, XSD.unsignedShort, XSD.unsignedByte),
)
_SORTS = {
    **{str(name): "integer" for name in _INTEGERS},
    **{str(name): "number" for name in (XSD.decimal, XSD.double, XSD.float)},
    str(XSD.boolean): "boolean",
}


@dataclass
class Written:
    """The statements of a document in their order, and the nodes that are named without one.

    ``mentions`` are nodes that something is written about which could not be read as statements,
    such as keys of JSON that no context explains. Offsets are those of the text or the bytes that
    were read.
    """

    statements: list[Statement] = field(default_factory=list)
    mentions: list[tuple[Key, int]] = field(default_factory=list)


def literal(text: str, datatype: str = "", language: str = "") -> LiteralKey:
    """Return the key of a literal; RDF 1.1 Concepts, section 3.3.

    >>> literal("a", language="en-GB"), literal("a", STRING)
    (('a', '', 'en-gb'), ('a', '', ''))
    """
    if language:
        return text, "", language.lower()
    return text, "" if datatype == STRING else datatype, ""


def key_of(node: Node) -> Key | None:
    """Return the key of a term of rdflib; None for a blank node, whose number is not known.

    >>> key_of(RDF.nil) == NIL, key_of(Literal("a", lang="fr"))
    (True, ('a', '', 'fr'))
    """
    if isinstance(node, Literal):
        return literal(str(node), str(node.datatype or ""), node.language or "")
    return None if isinstance(node, BNode) else str(node)


def same_value(left: LiteralKey, right: LiteralKey) -> bool:
    """Say whether two numbers, or two truth values, are the same though written differently.

    A store may write ``1.5`` for ``1.50``, and ``xsd:integer`` for the types derived from it.

    >>> same_value(literal("1.50", str(XSD.decimal)), literal("1.5", str(XSD.decimal)))
    True
    """
    value = _value(left)
    return value is not None and value == _value(right)


def _value(key: LiteralKey) -> tuple[str, Decimal | bool] | None:
    """Return what a number or a truth value means, and the sort that it is compared in."""
    text, datatype, _ = key
    sort = _SORTS.get(datatype)
    if sort == "boolean":
        return (sort, text in ("true", "1")) if text in ("true", "1", "false", "0") else None
    try:
        return None if sort is None else (sort, Decimal(text.strip()))
    except InvalidOperation:
        return None
