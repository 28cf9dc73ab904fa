"""Compare with an older report: tell only what is new, and count what is known and what is mended.

Any report that this package writes and that has all results can be the older one: JSON, Turtle,
JSON-LD, CSV or SARIF; so can a standard report of another SHACL engine.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rdflib import RDF, SH, Graph
from rdflib.plugins.parsers.jsonld import to_rdf

from competency.errors import ParseError, ShapesError, SourceError
from competency.shapes.explaining import offender
from competency.shapes.finding import Finding, read_report
from competency.shapes.fingerprint import fingerprint as fingerprint
from competency.shapes.fingerprint import fingerprint_of, fingerprint_of_finding
from competency.shapes.report import Report, Since
from competency.shapes.reports.sarif import FINGERPRINT
from competency.shapes.result import Result

_NO_REPORT = "is no report of validation; write one with --format json"
_DEEPEST = 200


@dataclass(frozen=True)
class Known:
    """A result of an older report: its fingerprint, and what it said, as far as it is known.

    >>> Known("6326a9ffb1837f28f6a0a12b1a71ad26", "It has no title.").message
    'It has no title.'
    """

    fingerprint: str
    message: str


@dataclass(frozen=True)
class Baseline:
    """An older report to compare with.

    >>> len(parse_baseline(b'{"conforms": true, "results": []}', "old.json"))
    0
    """

    known: tuple[Known, ...]

    def __len__(self) -> int:
        return len(self.known)


def new_since(report: Report, baseline: Baseline) -> Report:
    """Return the results that the baseline does not have; ``since`` counts those left out.

    A result counts as known once for each time it is in the baseline; of several with the same
    fingerprint, those that say the same are taken first.

    >>> new_since(Report(()), Baseline((Known("0", ""),))).since
    Since(known=0, mended=1)
    """
    exact = Counter((old.fingerprint, old.message) for old in baseline.known)
    alike = Counter(old.fingerprint for old in baseline.known)
    known: set[int] = set()
    prints = [fingerprint(result) for result in report]
    for number, result in enumerate(report):
        said = next((said for said in _said(result) if exact[prints[number], said]), None)
        if said is not None:
            exact[prints[number], said] -= 1
            alike[prints[number]] -= 1
            known.add(number)
    for number, mark in enumerate(prints):
        if number not in known and alike[mark] > 0:
            alike[mark] -= 1
            known.add(number)
    new = tuple(result for number, result in enumerate(report) if number not in known)
    return replace(report, results=new, since=Since(len(known), alike.total()))


def _said(result: Result) -> Iterator[str]:
    """Give the ways in which a report may say what a result says."""
    yield result.message
    for finding in result.findings:
        yield _messages(finding)


def _messages(finding: Finding) -> str:
    return " ".join(sorted(map(str, finding.messages)))


def read_baseline(path: str | Path) -> Baseline:
    """Return the report in a file. SourceError or ParseError when there is none in it.

    read_baseline("last-week.json")
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise SourceError(str(path), error.strerror or "cannot be read") from error
    return parse_baseline(data, str(path))


def parse_baseline(data: bytes, source: str) -> Baseline:
    """Return the report in these bytes, whichever of its formats it is in. Raises ParseError.

    >>> parse_baseline(b"[] a <http://www.w3.org/ns/shacl#ValidationReport> .", "old.ttl")
    Baseline(known=())
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(source, "is not a text in UTF-8, so it is no report") from error
    start = text.lstrip()[:1]
    if start == "{" or (start == "[" and _is_json(text)):
        return Baseline(tuple(_from_json(text, source)))
    if text.startswith("severity,"):
        return Baseline(tuple(_from_csv(text, source)))
    return Baseline(tuple(_from_turtle(text, source)))


def _is_json(text: str) -> bool:
    """Say whether what begins with a bracket is JSON-LD, and not Turtle."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _from_json(text: str, source: str) -> Iterable[Known]:
    """Read JSON of ours, SARIF or JSON-LD, which are told apart by their keys."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ParseError(source, "is nested too deeply to be a report") from error
    except json.JSONDecodeError as error:
        raise ParseError(source, f"not JSON: {error.msg}", error.lineno, error.colno) from error
    told = value if isinstance(value, dict) else {}
    try:
        if isinstance(told.get("runs"), list):
            return [_of_sarif(found) for run in told["runs"] for found in run.get("results", ())]
        if isinstance(told.get("results"), list):
            return [_of_json(found) for found in told["results"]]
    except (AttributeError, KeyError, TypeError) as error:
        raise ParseError(source, _NO_REPORT) from error
    return _from_jsonld(value, source)


def _of_json(found: dict[str, Any]) -> Known:
    told = (str(found.get(key) or "") for key in ("focus", "shape", "path", "value"))
    return Known(str(found.get("fingerprint") or fingerprint_of(*told)), str(found["message"]))


def _of_sarif(found: dict[str, Any]) -> Known:
    return Known(str(found["partialFingerprints"][FINGERPRINT]), "")


def _from_csv(text: str, source: str) -> Iterable[Known]:
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        return [Known(row["fingerprint"], row["message"] or "") for row in rows]
    except (csv.Error, KeyError) as error:
        raise ParseError(source, _NO_REPORT) from error


def _reads_elsewhere(value: object, depth: int = 0) -> bool:
    """Say whether JSON-LD asks for a context by its address; nothing is ever fetched."""
    if depth > _DEEPEST:
        return True
    if isinstance(value, list):
        return any(_reads_elsewhere(item, depth + 1) for item in value)
    if not isinstance(value, dict):
        return False
    contexts = value.get("@context", [])
    named = [contexts] if isinstance(contexts, str) else contexts
    if isinstance(named, list) and any(isinstance(item, str) for item in named):
        return True
    return "@import" in value or any(_reads_elsewhere(i, depth + 1) for i in value.values())


def _from_turtle(text: str, source: str) -> list[Known]:
    graph = Graph()
    try:
        graph.parse(data=text, format="turtle", publicID="urn:report")
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ParseError(source, _NO_REPORT) from error
    return _from_graph(graph, source)


def _from_jsonld(value: object, source: str) -> list[Known]:
    graph = Graph()
    if _reads_elsewhere(value):
        raise ParseError(source, "names a JSON-LD context elsewhere, which is not fetched")
    try:
        to_rdf(value, graph)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise ParseError(source, _NO_REPORT) from error
    return _from_graph(graph, source)


def _from_graph(graph: Graph, source: str) -> list[Known]:
    """Read a standard report: those of its results that would be told as one are one."""
    try:
        found = read_report(graph)
    except (ValueError, ShapesError) as error:
        raise ParseError(source, f"is no whole report of validation: {error}") from error
    if not found and (None, RDF.type, SH.ValidationReport) not in graph:
        raise ParseError(source, _NO_REPORT)
    return [Known(mark, said) for mark, said, *_ in sorted({_key(one) for one in found})]


def _key(finding: Finding) -> tuple[str, ...]:
    """Return what two findings have in common that are told as one result."""
    focus, value = offender(finding)
    told = (focus, value, finding.severity)
    return (fingerprint_of_finding(finding), _messages(finding), *map(str, told))
