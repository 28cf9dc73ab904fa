"""Turn the standard SHACL report into results that name the part, the rule and the fix."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDFS, SH, Graph, URIRef
from rdflib.term import Node

from competency.ontology.terms import COMP, shorten
from competency.shapes.naming import Namer
from competency.shapes.paths import path_text
from competency.shapes.result import Result, Severity

SEVERITIES: dict[Node | None, Severity] = {
    SH.Violation: Severity.violation,
    SH.Warning: Severity.warning,
    SH.Info: Severity.info,
}


class Reader:
    """Reads results out of one report graph, with the shapes for rules and fixes."""

    def __init__(self, report: Graph, shapes: Graph, namer: Namer) -> None:
        """Keep the report, the shapes it came from and who names the parts."""
        self._report, self._shapes, self._namer = report, shapes, namer

    def results(self) -> Iterator[Result]:
        """Give every result of the report, in no order."""
        for node in self._report.objects(None, SH.result):
            yield self._result(node)

    def _result(self, node: Node) -> Result:
        focus, value = self._offender(node)
        shape = self._one(node, SH.sourceShape)
        path = self._one(node, SH.resultPath)
        return Result(
            severity=SEVERITIES.get(self._one(node, SH.resultSeverity), Severity.violation),
            focus=str(focus),
            kind=self._namer.kind(focus),
            code=self._namer.code(focus),
            label=self._namer.label(focus),
            message=self._message(node, shape),
            path=path_text(self._report, path) if path is not None else None,
            value=str(value) if value is not None else None,
            shape=str(shape),
            rule=self._said(shape, RDFS.label) or self._said(shape, SH.name) or shorten(str(shape)),
            fix=self._said(shape, COMP.fix),
        )

    def _offender(self, node: Node) -> tuple[Node, Node | None]:
        """Return what a result is about and its value.

        Our SPARQL constraints look at a whole framework and bind the offender to ``?value``; the
        result is then about the offender. All others are about their focus node.
        """
        focus, value = self._one(node, SH.focusNode), self._one(node, SH.value)
        if focus is None:  # every result has one; SHACL 3.6.2.1
            raise ValueError("a result without a focus node")
        sparql = self._one(node, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
        if sparql and value is not None:
            return value, None
        return focus, None if value == focus else value

    def _message(self, node: Node, shape: Node | None) -> str:
        """Return the messages of a result in one line, known IRIs shortened.

        A SPARQL constraint has a message that names what it found; it stands in place of the
        general one of its shape, which the report has as well.
        """
        said = {str(text) for text in self._report.objects(node, SH.resultMessage)}
        general = {str(text) for text in self._shapes.objects(shape, SH.message)}
        words = " ".join(sorted(said - general or said)).split()
        return " ".join(map(_short_word, words))

    def _said(self, shape: Node | None, property_: URIRef) -> str | None:
        found = sorted(map(str, self._shapes.objects(shape, property_))) if shape else []
        return found[0] if found else None

    def _one(self, node: Node, property_: URIRef) -> Node | None:
        return self._report.value(node, property_, any=True)


def _short_word(word: str) -> str:
    """Shorten a word that is an IRI, and keep the punctuation after it."""
    iri = word.rstrip(".,;:")
    return shorten(iri) + word[len(iri) :] if "://" in iri else word
