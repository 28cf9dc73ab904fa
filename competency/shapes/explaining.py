"""Tell the findings of SHACL as an author thinks: the part, its place, the rule and the fix."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import RDFS, SH, Graph, URIRef
from rdflib.term import Node

from competency.ontology.terms import COMP, SHAPES_IRI, shorten
from competency.shapes.finding import Finding
from competency.shapes.naming import Namer
from competency.shapes.paths import path_text
from competency.shapes.report import Report, make_report
from competency.shapes.result import Result, Severity

SEVERITIES: dict[Node, Severity] = {
    SH.Violation: Severity.violation,
    SH.Warning: Severity.warning,
    SH.Info: Severity.info,
}
# Two rules that find terms that are none of ours, and name them in their messages.
_UNKNOWN_CLASS = URIRef(f"{SHAPES_IRI}#UnknownClass")
_UNKNOWN_PROPERTY = URIRef(f"{SHAPES_IRI}#UnknownProperty")
_OURS = re.compile(rf"{re.escape(COMP)}[\w-]+")


def explain(findings: Iterable[Finding], shapes: Graph, namer: Namer) -> Report:
    """Return the report of findings, with the shapes for rules and fixes.

    ``namer`` says what the parts are called. Findings about the terms of its vocabulary are left
    out, as these are no data.
    """
    reader = _Reader(shapes, namer)
    terms = namer.vocabulary_terms
    results = (reader.result(finding) for finding in findings)
    return make_report(result for result in results if result.focus not in terms)


class _Reader:
    """Makes results of findings."""

    def __init__(self, shapes: Graph, namer: Namer) -> None:
        self._shapes, self._namer = shapes, namer

    def result(self, finding: Finding) -> Result:
        focus, value = offender(finding)
        shape = finding.shape
        return Result(
            severity=SEVERITIES.get(finding.severity, Severity.violation),
            focus=str(focus),
            kind=self._namer.kind(focus),
            code=self._namer.code(focus),
            label=self._namer.label(focus),
            place=self._namer.place(focus),
            message=self._message(finding),
            path=path_text(finding.path) if finding.path is not None else None,
            value=str(value) if value is not None else None,
            shape=str(shape),
            rule=self._said(shape, RDFS.label) or self._said(shape, SH.name) or shorten(str(shape)),
            fix=self._fix(finding),
            component=str(finding.component),
            findings=(finding,),
        )

    def _fix(self, finding: Finding) -> str | None:
        """Return how to mend it; for a misspelt term of ours with the one that was meant."""
        fix = self._said(finding.shape, COMP.fix)
        if finding.shape not in (_UNKNOWN_CLASS, _UNKNOWN_PROPERTY):
            return fix
        named = (found[0] for text in finding.messages for found in _OURS.finditer(text))
        meant = self._namer.nearest(next(named, ""), finding.shape == _UNKNOWN_CLASS)
        return f"Did you mean {shorten(meant)}? {fix}" if meant else fix

    def _message(self, finding: Finding) -> str:
        """Return the messages of a result in one line, known IRIs shortened.

        A SPARQL constraint has a message that names what it found; it stands in place of the
        general one of its shape, which the report may have as well.
        """
        said = {str(text) for text in finding.messages}
        general = {str(text) for text in self._shapes.objects(finding.shape, SH.message)}
        words = " ".join(sorted(said - general or said)).split()
        return " ".join(map(_short_word, words))

    def _said(self, shape: Node, property_: URIRef) -> str | None:
        found = sorted(map(str, self._shapes.objects(shape, property_)))
        return found[0] if found else None


def offender(finding: Finding) -> tuple[Node, Node | None]:
    """Return what a result is about and its value.

    Our SPARQL constraints look at a whole framework and bind the offender to ``?value``; the
    result is then about the offender. All others are about their focus node.

        offender(finding)
    """
    focus, value = finding.focus, finding.value
    if finding.component == SH.SPARQLConstraintComponent and value is not None:
        return value, None
    return focus, None if value == focus else value


def _short_word(word: str) -> str:
    """Shorten a word that is an IRI, and keep the punctuation after it."""
    iri = word.rstrip(".,;:")
    return shorten(iri) + word[len(iri) :] if "://" in iri else word
