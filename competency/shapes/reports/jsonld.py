"""The standard report in JSON-LD 1.1, with a context of its own, so that it reads as plain JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from rdflib import SH, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from competency.ontology.terms import PREFIXES, shorten
from competency.shapes.finding import Finding
from competency.shapes.paths import Path, Step, Steps
from competency.shapes.report import Report

_LINKS = (
    "focusNode",
    "resultSeverity",
    "resultPath",
    "sourceShape",
    "sourceConstraintComponent",
    "sourceConstraint",
    "inversePath",
    "zeroOrMorePath",
    "oneOrMorePath",
    "zeroOrOnePath",
)
_OPERATORS = {
    Step.inverse: "inversePath",
    Step.zero_or_more: "zeroOrMorePath",
    Step.one_or_more: "oneOrMorePath",
    Step.zero_or_one: "zeroOrOnePath",
}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")


def write_jsonld(report: Report) -> str:
    """Return the report of SHACL, section 3.6, in JSON-LD; no remote context is named.

    >>> json.loads(write_jsonld(Report(())))["conforms"]
    True
    """
    found = [finding for result in report for finding in result.findings]
    writer = _Writer(found)
    results = [dict(writer.result(finding)) for finding in found]
    document: dict[str, object] = {
        "@context": writer.context(),
        "type": writer.name(SH.ValidationReport),
        "conforms": not found,
    }
    if results:
        document["result"] = results
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


class _Writer:
    """Writes terms with those prefixes that no IRI of the report has as its scheme."""

    def __init__(self, findings: list[Finding]) -> None:
        schemes = {scheme for finding in findings for scheme in _schemes(finding)}
        self._prefixes = {
            prefix: iri for prefix, iri in PREFIXES.items() if prefix not in {*schemes, "id"}
        }
        self._used: set[str] = set()

    def context(self) -> dict[str, object]:
        """Return the context: how values are to be read, and the prefixes that were used."""
        terms: dict[str, object] = {
            "conforms": {"@id": self.name(SH.conforms), "@type": self.name(XSD.boolean)},
            "result": {"@id": self.name(SH.result), "@container": "@set"},
            "value": self.name(SH.value),
            "resultMessage": self.name(SH.resultMessage),
        }
        terms |= {name: {"@id": self.name(SH[name]), "@type": "@id"} for name in _LINKS}
        alternatives = {"@id": self.name(SH.alternativePath), "@type": "@id"}
        terms["alternativePath"] = alternatives | {"@container": "@list"}
        prefixes = {name: iri for name, iri in PREFIXES.items() if name in self._used}
        return {"id": "@id", "type": "@type"} | prefixes | terms

    def result(self, finding: Finding) -> Iterator[tuple[str, object]]:
        """Give the keys and values of one result."""
        yield "type", self.name(SH.ValidationResult)
        yield "focusNode", self._link(finding.focus)
        if finding.path is not None:
            yield "resultPath", self._path(finding.path)
        if finding.value is not None:
            yield "value", self._value(finding.value)
        yield "resultSeverity", self._link(finding.severity)
        if finding.messages:
            said = [self._value(message) for message in finding.messages]
            yield "resultMessage", said[0] if len(said) == 1 else said
        yield "sourceShape", self._link(finding.shape)
        yield "sourceConstraintComponent", self._link(finding.component)
        if finding.constraint is not None:
            yield "sourceConstraint", self._link(finding.constraint)

    def _link(self, node: Node) -> object:
        """Return what stands for a node where a link is expected."""
        if isinstance(node, Literal):
            return self._value(node)
        return f"_:{node}" if isinstance(node, BNode) else self.name(str(node))

    def _value(self, node: Node) -> object:
        if not isinstance(node, Literal):
            return {"id": self._link(node)}
        if node.language:
            return {"@language": node.language, "@value": str(node)}
        if node.datatype in (None, XSD.string):
            return str(node)
        return {"type": self.name(str(node.datatype)), "@value": str(node)}

    def _path(self, path: Path) -> object:
        if isinstance(path, URIRef):
            return self.name(str(path))
        inner = [self._path(item) for item in path.paths]
        if path.kind is Step.sequence:
            return {"@list": inner}
        if path.kind is Step.alternative:
            return {"alternativePath": inner}
        return {_OPERATORS[path.kind]: inner[0]}

    def name(self, iri: str) -> str:
        """Return an IRI, shortened where that reads back as the same."""
        name = shorten(iri)
        prefix = name.partition(":")[0]
        if name == iri or prefix not in self._prefixes:
            return iri
        self._used.add(prefix)
        return name


def _schemes(finding: Finding) -> Iterator[str]:
    """Give the scheme of every IRI in a finding."""
    datatype = finding.value.datatype if isinstance(finding.value, Literal) else None
    nodes = (finding.focus, finding.value, finding.shape, finding.component, datatype)
    for node in (*nodes, finding.constraint, finding.severity, *_properties(finding.path)):
        if isinstance(node, URIRef) and (scheme := _SCHEME.match(node)):
            yield scheme.group()


def _properties(path: Path | None) -> Iterator[URIRef]:
    if isinstance(path, Steps):
        for part in path.paths:
            yield from _properties(part)
    elif path is not None:
        yield path
