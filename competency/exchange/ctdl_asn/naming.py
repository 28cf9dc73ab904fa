"""IRIs for what a file describes without one: below the framework, by code or by place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from rdflib import RDF, BNode, Literal, URIRef
from rdflib.term import Node

from competency.errors import ParseError
from competency.exchange.ctdl_asn.context import full
from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from competency.exchange.terms import Row
from competency.graph.store import is_absolute

# What becomes a thing with an IRI of its own, and the step of its IRI.
_STEPS = {
    "ceasn:CompetencyFramework": "framework",
    "ceasn:Competency": "competency",
    "ceasn:Rubric": "rubric",
    "ceasn:RubricCriterion": "criterion",
    "ceasn:RubricLevel": "rubric-level",
    "ceasn:CriterionLevel": "criterion-level",
    "asn:ProgressionModel": "scale",
    "ceasn:ProficiencyScale": "scale",
    "asn:ProgressionLevel": "level",
    "skos:ConceptScheme": "scale",
    "skos:Concept": "level",
}
_KINDS = {URIRef(full(name)): step for name, step in _STEPS.items()}
_PLAIN = re.compile(r"[^A-Za-z0-9._~-]+")


def root_of(file: File, options: Reading) -> URIRef:
    """Return the IRI of a framework that the file does not name.

    Raises ParseError for a base that is no IRI.

    >>> str(root_of(File("My skills.json", b"", ""), Reading("https://example.org/")))
    'https://example.org/My-skills'
    """
    step = options.identifier or PurePath(file.name).stem
    root = options.base + (_PLAIN.sub("-", step).strip("-") or "framework")
    if not is_absolute(root):
        raise ParseError(file.name, f"{root} is no IRI; choose another base")
    return URIRef(root)


def framework_in(rows: list[Row]) -> URIRef | None:
    """Return the IRI of the first framework that rows describe, or None."""
    kind = URIRef(full("ceasn:CompetencyFramework"))
    found = (s for s, p, o in rows if p == RDF.type and o == kind and isinstance(s, URIRef))
    return next(found, None)


def named(rows: list[Row], root: URIRef) -> tuple[list[Row], dict[Node, str]]:
    """Return rows in which what counts has an IRI, and the class and number of what got one.

    The number counts the things without an IRI of one class from 0, in the order of the file.
    """
    given: dict[Node, URIRef] = {}
    marks: dict[Node, str] = {}
    taken = {subject for subject, _, _ in rows}
    counts: dict[Node, int] = {}
    codes = _codes(rows)
    for node, kind in _blank(rows):
        number = counts[kind] = counts.get(kind, -1) + 1
        step = _KINDS[kind]
        iri = URIRef(f"{root}/{codes.get(node) or f'{step}/{number + 1}'}")
        if step == "framework" and number == 0:
            iri = root
        if iri in taken:
            iri = URIRef(f"{root}/{step}/{number + 1}")
        while iri in taken:
            iri = URIRef(f"{iri}-")
        taken.add(iri)
        given[node] = iri
        marks[iri] = f"{kind} {number}"
    return [(given.get(s, s), p, given.get(o, o)) for s, p, o in rows], marks


def _blank(rows: list[Row]) -> Iterator[tuple[BNode, URIRef]]:
    seen: set[Node] = set()
    for subject, prop, value in rows:
        kind = URIRef(str(value)) if prop == RDF.type else None
        if kind in _KINDS and isinstance(subject, BNode) and subject not in seen:
            seen.add(subject)
            yield subject, kind


def _codes(rows: list[Row]) -> dict[Node, str]:
    code = URIRef(full("ceasn:codedNotation"))
    found: dict[Node, str] = {}
    for subject, prop, value in rows:
        if prop == code and isinstance(value, Literal):
            found.setdefault(subject, _PLAIN.sub("-", str(value)).strip("-.")[:80])
    return found
