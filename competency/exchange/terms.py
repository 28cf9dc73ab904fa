"""Terms of the standards by their prefixed names, and rows of triples made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.ontology import expand, shorten

ASN = "http://purl.org/ASN/schema/core/"

Row = tuple[Node, Node, Node]


@cache
def term(name: str) -> URIRef:
    """Return the IRI of a prefixed name.

    >>> term("asn:ProgressionLevel")
    rdflib.term.URIRef('http://purl.org/ASN/schema/core/ProgressionLevel')
    """
    prefix, _, local = name.partition(":")
    return URIRef(ASN + local if prefix == "asn" else expand(name))


@cache
def short(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI where no prefix is known."""
    return "asn:" + iri.removeprefix(ASN) if iri.startswith(ASN) else shorten(iri)


class Rows:
    """The triples of a view in the order in which they are said, each once."""

    def __init__(self) -> None:
        """Start with none."""
        self._rows: dict[Row, None] = {}

    def add(self, subject: Node, name: str, *values: Node) -> None:
        """Say that a thing has these values of a property, such as ``skos:prefLabel``."""
        for value in values:
            self._rows[(subject, term(name), value)] = None

    def type(self, subject: Node, *names: str) -> None:
        """Say that a thing is of some classes, such as ``skos:Concept``."""
        self.add(subject, "rdf:type", *(term(name) for name in names))

    def sequence(
        self, subject: Node, name: str, items: Iterable[Node], cells: Iterator[Node]
    ) -> None:
        """Say an rdf:List; ``cells`` gives a blank node for each of its cells."""
        found = [(next(cells), item) for item in items]
        nodes = [*(node for node, _ in found), term("rdf:nil")]
        self.add(subject, name, nodes[0])
        for (here, item), after in zip(found, nodes[1:], strict=True):
            self.add(here, "rdf:first", item)
            self.add(here, "rdf:rest", after)

    def __iter__(self) -> Iterator[Row]:
        """Yield all rows, those that say what something is before the others."""
        kind = term("rdf:type")
        return iter(sorted(self._rows, key=lambda row: row[1] != kind))

    def __len__(self) -> int:
        return len(self._rows)


def iris(values: Iterable[Node]) -> list[URIRef]:
    """Return the IRIs among some terms."""
    return [value for value in values if isinstance(value, URIRef)]


def literals(values: Iterable[Node]) -> list[Literal]:
    """Return the texts and numbers among some terms."""
    return [value for value in values if isinstance(value, Literal)]
