"""SKOS out: a framework that came from SKOS, without what reading it added.

Where it was in the file, what the file did not state, and what was put in the place of something
missing are of use to us; a file of SKOS that is written again does not say them.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.skos.saying import LABEL, PREF, SKOS, TITLE
from competency.exchange.terms import Row, term
from competency.ontology import COMP

_INFERRED, _NOT_STATED = term("comp:inferred"), term("comp:notStated")
_SOURCE, _POSITION = term("comp:source"), term("comp:position")
_DEFINITION, _NOTATION = term("skos:definition"), term("skos:notation")
_IDENTIFIER, _TYPE, _KIND = term("adms:identifier"), term("rdf:type"), term("dcterms:type")
_TOP, _HAS_TOP = term("skos:topConceptOf"), term("skos:hasTopConcept")
_DATATYPE = term("rdfs:Datatype")
_PART_OF, _IS_PART = term("comp:partOf"), term("dcterms:isPartOf")


class Origin:
    """What is known of where a framework came from."""

    def __init__(self, rows: Iterable[Row], root: URIRef) -> None:
        """Look at the triples of a framework."""
        self.rows, self.root = list(rows), root
        self.found: dict[tuple[Node, Node], list[Node]] = {}
        for subject, prop, value in self.rows:
            self.found.setdefault((subject, prop), []).append(value)
        conforms = term("dcterms:conformsTo")
        self.sources = [
            source
            for source in self.values(root, _SOURCE)
            if URIRef(SKOS) in self.values(source, conforms)
        ]

    def values(self, subject: Node, prop: Node) -> list[Node]:
        """Return the values of a property of a thing."""
        return self.found.get((subject, prop), [])

    @property
    def is_skos(self) -> bool:
        """Say whether the framework was read from a file of SKOS that others made."""
        return bool(self.sources)

    def infers(self, subject: Node, prop: Node) -> bool:
        """Say whether a value was put in the place of one that the file does not have."""
        return prop in self.values(subject, _INFERRED)

    def lacks(self, prop: Node) -> bool:
        """Say whether the file does not state a property of the scheme."""
        return prop in self.values(self.root, _NOT_STATED)

    def bare(self) -> list[Row]:
        """Return the triples without what reading added."""
        return [row for row in self.rows if not self.is_added(row)]

    def is_added(self, row: Row) -> bool:
        """Say whether a triple is of use to us only."""
        subject, prop, value = row
        if subject in self.sources or value in self.sources:
            return True
        if prop in (_INFERRED, _NOT_STATED):
            return True
        if prop == term("comp:section"):
            return str(value) == str(subject)
        if prop == term("comp:wording"):
            return value == COMP.Verbatim
        return prop == term("dcterms:language") and self.infers(subject, prop)

    def issued(self, code: Node) -> Node | None:
        """Return the datatype of the notation that a code was, or None."""
        bodies = self.values(code, term("comp:issuedBy"))
        return next((b for b in bodies if _DATATYPE in self.values(b, _TYPE)), None)

    def is_notation(self, code: Node) -> bool:
        """Say whether a code was nothing but a notation."""
        issuer = term("comp:issuedBy")
        return self.issued(code) is not None or issuer in self.values(code, _NOT_STATED)


def without_added(rows: Iterable[Row], origin: Origin) -> list[Row]:
    """Return the triples of the view without those that only say again what reading added."""
    found = list(rows)
    orders = _orders(found, origin)
    codes = {c for _, p, c in found if p == _IDENTIFIER and origin.is_notation(c)}
    bodies = {origin.issued(code) for code in codes} - {None}
    gone = orders | codes | bodies
    kept = [row for row in found if row[0] not in gone and not _is_made(row, origin, codes)]
    return _typed(kept, origin)


def without_tops(view: Iterable[Row], beside: Iterable[Row]) -> list[Row]:
    """Return the triples of the view but for the tops that have a broader concept beside it."""
    low = {subject for subject, prop, _ in beside if prop == term("skos:broader")}
    return [
        (subject, prop, value)
        for subject, prop, value in view
        if not ((prop == _TOP and subject in low) or (prop == _HAS_TOP and value in low))
    ]


def _is_made(row: Row, origin: Origin, codes: set[Node]) -> bool:
    subject, prop, value = row
    if prop == _IDENTIFIER:
        return value in codes
    if prop == _KIND:
        given = any(v != value for v in origin.values(subject, _KIND))
        return str(value).startswith(str(COMP)) and (given or value == COMP.Competency)
    if prop in (_TOP, _HAS_TOP):
        concept = subject if prop == _TOP else value
        return bool(origin.values(concept, term("skos:broader"))) and not origin.values(
            concept, _TOP
        )
    if prop in (PREF, TITLE) and (origin.infers(subject, LABEL)):
        return True
    if subject == origin.root and prop in (PREF, TITLE):
        return origin.lacks(prop) or (prop == PREF and bool(origin.values(subject, PREF)))
    return _is_replaced(row, origin)


def _is_replaced(row: Row, origin: Origin) -> bool:
    """Say whether the file has a text without a language, or a number, for what is said here."""
    subject, prop, value = row
    if prop not in (PREF, _DEFINITION, TITLE, _NOTATION):
        return False
    return any(
        str(other) == str(value)
        and other != value
        and isinstance(other, Literal)
        and (not other.language or prop == _NOTATION)
        for other in origin.values(subject, prop)
    )


def _typed(rows: Iterable[Row], origin: Origin) -> list[Row]:
    """Return triples with the datatypes that notations had."""
    found: list[Row] = []
    for subject, prop, value in rows:
        if prop == _NOTATION:
            codes = [c for c in origin.values(subject, term("comp:code"))
                     if value in origin.values(c, _NOTATION)]  # fmt: skip
            bodies = [origin.issued(code) for code in codes]
            types = [URIRef(str(body)) for body in bodies if body is not None]
            found += [(subject, prop, Literal(str(value), datatype=kind, normalize=False))
                      for kind in types]  # fmt: skip
            if types and len(types) == len(codes):
                continue
        found.append((subject, prop, value))
    return found


def _orders(rows: list[Row], origin: Origin) -> set[Node]:
    """Return the collections, and the cells of their lists, that say an order of no source."""
    inferred = {s for s, p, v in origin.rows if p == _INFERRED and v == _POSITION}
    parents = {v for s, p, v in origin.rows if p == _PART_OF and s in inferred}
    named = {s for s, p, _ in rows if p == PREF}
    below = (s for s, p, v in rows if p == _IS_PART and v in parents)
    found = {node for node in below if isinstance(node, BNode) and node not in named}
    lists = {s: v for s, p, v in rows if p == term("skos:memberList")}
    rests = {s: v for s, p, v in rows if p == term("rdf:rest")}
    cells: set[Node] = set()
    for node in found:
        cell = lists.get(node)
        while cell in rests and cell not in cells:
            cells.add(cell)
            cell = rests[cell]
    return found | cells
