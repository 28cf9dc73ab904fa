"""What two engines found, to be compared: the same results, in any order."""

from __future__ import annotations

from rdflib import SH, BNode, Graph, URIRef
from rdflib.term import Node

from competency.ontology.terms import SHAPES_IRI
from competency.shapes.finding import Finding
from competency.shapes.paths import path_text

Row = tuple[object, ...]


def only(name: str, shapes: Graph) -> Graph:
    """Return one of some shapes alone, with all that hangs on it and the prefixes."""
    found = Graph(bind_namespaces="none")
    agenda: list[Node] = [URIRef(f"{SHAPES_IRI}#{name}"), URIRef(SHAPES_IRI)]
    while agenda:
        for triple in shapes.triples((agenda.pop(), None, None)):
            found.add(triple)
            if isinstance(triple[2], BNode):
                agenda.append(triple[2])
    return found


def rows(findings: tuple[Finding, ...]) -> set[Row]:
    """Return findings as focus, shape, component, path, value, severity and the messages' texts.

    Shapes without an IRI are all alike, as their labels are made anew; tags of messages are left
    out, as the reference drops them where it fills in variables.
    """
    return {
        (
            finding.focus,
            "_:" if isinstance(finding.shape, BNode) else finding.shape,
            finding.component,
            None if finding.path is None else path_text(finding.path),
            _told(finding.value),
            finding.severity,
            frozenset(map(str, finding.messages)),
        )
        for finding in findings
    }


def _told(value: Node | None) -> object:
    return None if value is None else value.n3()


_ORDERED = {
    SH.MinInclusiveConstraintComponent,
    SH.MinExclusiveConstraintComponent,
    SH.MaxInclusiveConstraintComponent,
    SH.MaxExclusiveConstraintComponent,
}


def comparable(found: set[Row]) -> set[Row]:
    """Return the rows that engines should agree on: see DIFFERENCES in test_differences.

    The reference puts dates, truth values and numbers into one order; SPARQL does not compare them.
    """
    return {row for row in found if row[2] not in _ORDERED or _is_number(row[4])}


def _is_number(value: object) -> bool:
    return any(f"#{kind}>" in str(value) for kind in ("integer", "decimal", "double"))
