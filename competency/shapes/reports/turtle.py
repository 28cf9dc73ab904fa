"""The standard report, ``sh:ValidationReport``, in Turtle: one block a result, in their order.

Written here because a general writer orders by the made-up ids of blank nodes, and changes how
numbers are spelt; this one gives back what was found, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import XSD, BNode, Literal
from rdflib.term import Node

from competency.ontology.terms import PREFIXES, shorten
from competency.shapes.finding import Finding
from competency.shapes.paths import Path, Step, Steps
from competency.shapes.report import Report

_NAME = re.compile(r"[A-Za-z]\w*:[A-Za-z0-9_](?:[A-Za-z0-9_-]*)", re.ASCII)
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_NOT_IN_TEXT = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_BARE = {XSD.integer: re.compile(r"[+-]?[0-9]+"), XSD.boolean: re.compile("true|false")}
_OPERATORS = {
    Step.inverse: "sh:inversePath",
    Step.zero_or_more: "sh:zeroOrMorePath",
    Step.one_or_more: "sh:oneOrMorePath",
    Step.zero_or_one: "sh:zeroOrOnePath",
}


def write_turtle(report: Report) -> str:
    """Return the report of SHACL, section 3.6, in Turtle.

    >>> print(write_turtle(Report(())).splitlines()[-1])
    [] a sh:ValidationReport ; sh:conforms true .
    """
    found = [finding for result in report for finding in result.findings]
    if not found:
        body = "[] a sh:ValidationReport ; sh:conforms true .\n"
    else:
        results = " ,\n    ".join(map(_result, found))
        body = f"[] a sh:ValidationReport ;\n  sh:conforms false ;\n  sh:result\n    {results} .\n"
    used = set(re.findall(r"(?<![\w:<])([A-Za-z]\w*):(?!//)", body)) | {"sh"}
    heads = [f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items() if name in used]
    return "".join([*sorted(heads), "\n", body])


def _result(finding: Finding) -> str:
    rows = (f"{name} {value}" for name, value in _rows(finding))
    return "[ a sh:ValidationResult ;\n      " + " ;\n      ".join(rows) + " ]"


def _rows(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "sh:focusNode", term(finding.focus)
    if finding.path is not None:
        yield "sh:resultPath", _path(finding.path)
    if finding.value is not None:
        yield "sh:value", term(finding.value)
    yield "sh:resultSeverity", term(finding.severity)
    for message in finding.messages:
        yield "sh:resultMessage", term(message)
    yield "sh:sourceShape", term(finding.shape)
    yield "sh:sourceConstraintComponent", term(finding.component)
    if finding.constraint is not None:
        yield "sh:sourceConstraint", term(finding.constraint)


def _path(path: Path) -> str:
    """Return a path as SHACL writes it; section 2.3.1."""
    if not isinstance(path, Steps):
        return term(path)
    parts = " ".join(map(_path, path.paths))
    if path.kind is Step.sequence:
        return f"( {parts} )"
    if path.kind is Step.alternative:
        return f"[ sh:alternativePath ( {parts} ) ]"
    return f"[ {_OPERATORS[path.kind]} {parts} ]"


def term(node: Node) -> str:
    """Return a term in Turtle (section 2.4 and 2.5), spelt as it was found.

    >>> term(Literal("Weld", lang="en")), term(XSD.date)
    ('"Weld"@en', 'xsd:date')
    """
    if isinstance(node, BNode):
        return f"_:{node}"
    if not isinstance(node, Literal):
        return _iri(str(node))
    bare = _BARE.get(node.datatype) if node.datatype is not None else None
    if bare is not None and bare.fullmatch(node):
        return str(node)
    quoted = '"' + _NOT_IN_TEXT.sub(_escape, node) + '"'
    if node.language:
        return f"{quoted}@{node.language}"
    return quoted if node.datatype in (None, XSD.string) else f"{quoted}^^{_iri(node.datatype)}"


def _iri(iri: str) -> str:
    name = shorten(iri)
    if name != iri and _NAME.fullmatch(name):
        return name
    return "<" + _NOT_IN_IRI.sub(_escape, iri) + ">"


def _escape(found: re.Match[str]) -> str:
    sign = found.group()
    if sign in _ESCAPES and found.re is _NOT_IN_TEXT:
        return _ESCAPES[sign]
    return f"\\u{ord(sign):04X}"
