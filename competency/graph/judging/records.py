"""Results as plain values that JSON can carry, and back: for other processes and for files.

A file may have been damaged or altered: what cannot be read is a ValueError, never more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.shapes.finding import Finding
from competency.shapes.paths import Path, Step, Steps
from competency.shapes.result import Result, Severity

_PLAIN = tuple(
    field.name
    for field in fields(Result)
    if field.name not in ("severity", "place", "location", "findings")
)


def dump_results(results: Iterable[Result]) -> bytes:
    """Write results as JSON; where in a file they are is not kept.

    >>> dump_results(())
    b'[]'
    """
    rows = [_from_result(result) for result in results]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def load_results(data: bytes) -> tuple[Result, ...]:
    """Read what :func:`dump_results` wrote; ValueError where it is something else.

    >>> load_results(b"[]")
    ()
    """
    try:
        return tuple(_to_result(row) for row in json.loads(data))
    except (KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError("these are no results") from error


def _from_result(result: Result) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(result, name) for name in _PLAIN}
    row["severity"] = result.severity.value
    row["place"] = list(result.place)
    row["findings"] = [_from_finding(finding) for finding in result.findings]
    return row


def _to_result(row: dict[str, Any]) -> Result:
    plain = {name: row[name] for name in _PLAIN}
    if not all(value is None or isinstance(value, str) for value in plain.values()):
        raise ValueError("a text is no text")
    return Result(
        **plain,
        severity=Severity(row["severity"]),
        place=tuple(row["place"]),
        findings=tuple(_to_finding(item) for item in row["findings"]),
    )


def _from_finding(finding: Finding) -> list[Any]:
    return [
        _from_node(finding.focus),
        _from_node(finding.shape),
        str(finding.component),
        _from_node(finding.severity),
        _from_path(finding.path),
        _from_node(finding.value),
        [_from_node(message) for message in finding.messages],
        _from_node(finding.constraint),
    ]


def _to_finding(row: list[Any]) -> Finding:
    focus, shape, component, severity, path, value, messages, constraint = row
    said = tuple(found for item in messages if isinstance(found := _to_node(item), Literal))
    return Finding(
        focus=_required(focus),
        shape=_required(shape),
        component=URIRef(component),
        severity=_required(severity),
        path=_to_path(path),
        value=_to_node(value),
        messages=said,
        constraint=_to_node(constraint),
    )


def _from_node(node: Node | None) -> list[str | None] | None:
    if node is None:
        return None
    if isinstance(node, Literal):
        return ["literal", str(node), node.language, node.datatype and str(node.datatype)]
    return ["blank" if isinstance(node, BNode) else "iri", str(node)]


def _to_node(row: list[Any] | None) -> Node | None:
    if row is None:
        return None
    sort, text = row[0], row[1]
    if sort == "literal":
        datatype = URIRef(row[3]) if row[3] else None
        return Literal(text, lang=row[2], datatype=datatype, normalize=False)
    return BNode(text) if sort == "blank" else URIRef(text)


def _required(row: list[Any]) -> Node:
    node = _to_node(row)
    if node is None:
        raise ValueError("a term is missing")
    return node


def _from_path(path: Path | None) -> Any:
    if path is None or isinstance(path, URIRef):
        return path and str(path)
    return [path.kind.value, [_from_path(item) for item in path.paths]]


def _to_path(row: Any) -> Path | None:
    if row is None:
        return None
    if isinstance(row, str):
        return URIRef(row)
    inner = [_to_path(item) for item in row[1]]
    return Steps(Step(row[0]), tuple(path for path in inner if path is not None))
