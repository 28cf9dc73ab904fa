"""By what a result is known again in another report, on another day and on another machine."""

from __future__ import annotations

from hashlib import sha256

from rdflib import BNode
from rdflib.term import Node

from competency.shapes.explaining import offender
from competency.shapes.finding import Finding
from competency.shapes.paths import path_text
from competency.shapes.result import Result, blank_ids

_BLANK = "_"


def fingerprint(result: Result) -> str:
    """Return what stays the same of a result as long as it is the same: its part, rule and value.

    It does not change when lines move, when the message is reworded or when more is found. Blank
    nodes have no name that lasts, so results about two of them may have the same fingerprint.

    >>> from competency.shapes import Severity
    >>> fingerprint(Result(severity=Severity.info, focus="a:b", message="m", shape="s", rule="r"))
    '6326a9ffb1837f28f6a0a12b1a71ad26'
    """
    blank = blank_ids(result)

    def lasting(text: str) -> str:
        return _BLANK if text in blank else text

    shape, value = lasting(result.shape), lasting(result.value or "")
    return fingerprint_of(lasting(result.focus), shape, result.path or "", value)


def fingerprint_of_finding(finding: Finding) -> str:
    """Return the fingerprint of the result that a finding becomes when it is explained.

    fingerprint_of_finding(finding) == fingerprint(result)
    """
    focus, value = offender(finding)
    path = "" if finding.path is None else path_text(finding.path)
    return fingerprint_of(_lasting(focus), _lasting(finding.shape), path, _lasting(value))


def _lasting(node: Node | None) -> str:
    if isinstance(node, BNode):
        return _BLANK
    return "" if node is None else str(node)


def fingerprint_of(focus: str, shape: str, path: str, value: str) -> str:
    """Return the fingerprint of these texts: 32 hexadecimal digits.

    >>> fingerprint_of("a:b", "s", "", "") == fingerprint_of("a:b", "s", "", "x")
    False
    """
    told = "\0".join((focus, shape, path, value))
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
