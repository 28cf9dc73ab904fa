"""Make a report that is written the same way each time: steady names, and texts all formats hold.

The ids of blank nodes are made up anew in each run, and half a surrogate pair can be in no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from rdflib import SH, BNode, Literal, URIRef
from rdflib.term import Node

from competency.ontology.terms import shorten
from competency.shapes.explaining import SEVERITIES
from competency.shapes.finding import Finding
from competency.shapes.report import Report
from competency.shapes.result import Result, sort_key

_SURROGATES = re.compile("[\ud800-\udfff]")
_SEVERITIES = {ours: theirs for theirs, ours in SEVERITIES.items()}
_TEXTS = ("focus", "message", "shape", "rule", "kind", "code", "label", "path", "value", "fix")
_SHORTEST_ID = 10
_Term = TypeVar("_Term", bound=Node)


def steady(report: Report) -> Report:
    """Return the report in its order, blank nodes named ``_:b1``, ``_:b2`` ... as they come.

    The same data give the same report, whatever a parser called its blank nodes. A result without
    findings gets one, so that standard reports have it as well.

    >>> steady(Report(()))
    Report(results=())
    """
    names = _Names()
    results = sorted(report.results, key=sort_key)
    return replace(report, results=tuple(names.steady(result) for result in results))


class _Names:
    """The names of blank nodes, given in the order in which they are met."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def steady(self, result: Result) -> Result:
        """Return the result with steady names; itself, as most are, where nothing needs one."""
        if len(result.findings) == 1 and _is_plain(result):
            return result
        findings = sorted(result.findings or (_finding_of(result),), key=_finding_key)
        for node in (node for finding in findings for node in _nodes(finding)):
            if isinstance(node, BNode):
                self._given.setdefault(str(node), f"_:b{len(self._given) + 1}")
        told = replace(result, rule=self._rule(result), message=self._message(result, findings))
        texts: dict[str, Any] = {name: self._text(getattr(told, name)) for name in _TEXTS}
        return replace(
            told,
            **texts,
            place=tuple(map(_clean, told.place)),
            findings=tuple(map(self._finding, findings)),
        )

    def _text(self, text: str | None) -> str | None:
        return None if text is None else self._given.get(text) or _clean(text)

    def _rule(self, result: Result) -> str:
        """Return the words of the rule; those of its component where it has not even a name."""
        if result.rule not in self._given:
            return result.rule
        component = shorten(result.component or "rule").removesuffix("ConstraintComponent")
        return f"{component} of {shorten(result.path)}" if result.path else component

    def _message(self, result: Result, findings: list[Finding]) -> str:
        """Return the message with the names of those blank nodes that the result is about."""
        message = result.message
        for node in (node for finding in findings for node in _nodes(finding)):
            if isinstance(node, BNode) and len(node) >= _SHORTEST_ID:
                message = message.replace(f"_:{node}", node).replace(node, self._given[str(node)])
        return message

    def _finding(self, finding: Finding) -> Finding:
        constraint = None if finding.constraint is None else self._term(finding.constraint)
        return replace(
            finding,
            focus=self._term(finding.focus),
            shape=self._term(finding.shape),
            value=None if finding.value is None else self._term(finding.value),
            messages=tuple(sorted(map(self._term, finding.messages))),
            constraint=constraint,
        )

    def _term(self, node: _Term) -> _Term:
        if isinstance(node, BNode):
            return type(node)(self._given[str(node)].removeprefix("_:"))
        if isinstance(node, Literal) and _SURROGATES.search(node):
            return type(node)(_clean(node), lang=node.language, datatype=node.datatype)
        if isinstance(node, URIRef) and _SURROGATES.search(node):
            return type(node)(_clean(node))
        return node


def _is_plain(result: Result) -> bool:
    """Say whether a result has no blank node, no unsorted message and no half sign in a text."""
    if any(list(found.messages) != sorted(found.messages) for found in result.findings):
        return False
    nodes = [node for finding in result.findings for node in _nodes(finding)]
    if result.focus.startswith("_:") or any(isinstance(node, BNode) for node in nodes):
        return False
    said = (text for finding in result.findings for text in (*finding.messages, *_nodes(finding)))
    told = (getattr(result, name) or "" for name in _TEXTS)
    return not _SURROGATES.search("\0".join((*map(str, said), *told, *result.place)))


def _nodes(finding: Finding) -> Iterator[Node]:
    """Give what of a finding may be a blank node."""
    for node in (finding.focus, finding.shape, finding.value, finding.constraint):
        if node is not None:
            yield node


def _finding_key(finding: Finding) -> tuple[str, ...]:
    told = (finding.focus, finding.component, finding.value, *sorted(finding.messages))
    return tuple("" if node is None or isinstance(node, BNode) else str(node) for node in told)


def _finding_of(result: Result) -> Finding:
    """Return the result of SHACL that a result without one would be."""
    focus = BNode(result.focus[2:]) if result.focus.startswith("_:") else URIRef(result.focus)
    component = URIRef(result.component or SH.NodeConstraintComponent)
    if component == SH.SPARQLConstraintComponent and result.value is not None:
        component = SH.NodeConstraintComponent  # there, a value is what the result is about
    return Finding(
        focus=focus,
        shape=URIRef(result.shape),
        component=component,
        severity=_SEVERITIES[result.severity],
        path=URIRef(result.path) if result.path and "://" in result.path else None,
        value=None if result.value is None else Literal(result.value),
        messages=(Literal(result.message),),
    )


def _clean(text: str) -> str:
    """Replace halves of surrogate pairs, which no encoding can write."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
