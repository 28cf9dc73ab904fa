"""The report as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import quote

from competency.ontology.terms import is_absolute
from competency.shapes.fingerprint import fingerprint
from competency.shapes.report import Report
from competency.shapes.reports.telling import (
    UNDER,
    place_text,
    plain,
    since_text,
    value_text,
)
from competency.shapes.result import Result, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://w3id.org/competency/shapes"
_LEVELS = {Severity.violation: "error", Severity.warning: "warning", Severity.info: "note"}
# What code scanning of GitHub calls the levels of rules that are not about security.
_GRAVITY = {"error": "error", "warning": "warning", "note": "recommendation"}
FINGERPRINT = "competency/v1"


def write_sarif(report: Report) -> str:
    """Return the report as a SARIF log with one run.

    >>> json.loads(write_sarif(Report(())))["version"]
    '2.1.0'
    """
    rules = _rules(report)
    places = {identifier: number for number, identifier in enumerate(rules)}
    driver = {"name": "competency", "informationUri": _HOME, "rules": list(rules.values())}
    run: dict[str, object] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, places) for result in report],
    }
    if report.since:
        run["properties"] = {"baseline": since_text(report)}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rules(report: Report) -> dict[str, dict[str, object]]:
    """Return the rules that were broken, by id; SARIF, section 3.49."""
    first: dict[str, Result] = {}
    for result in report:
        first.setdefault(_rule_id(result), result)
    return {name: _rule(name, first[name]) for name in sorted(first)}


def _rule(name: str, result: Result) -> dict[str, object]:
    level, see = _LEVELS[result.severity], result.documentation
    rule = f"{result.rule}."
    help_ = [result.fix or rule, *([f"Documentation: {see}"] if see else [])]
    return {
        "id": name,
        "shortDescription": _message(rule),
        "fullDescription": _message(rule, result.fix or result.message),
        "help": _message(*help_),
        **({"helpUri": see} if see else {}),
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["competency framework", "SHACL"],
            "problem.severity": _GRAVITY[level],
        },
    }


def _rule_id(result: Result) -> str:
    """Return the local name of a rule of ours, the IRI of another, the words of a nameless one."""
    if result.documentation:
        return result.documentation.rpartition("#")[2]
    return plain(result.rule if result.shape.startswith("_:") else result.shape)


def _result(result: Result, places: dict[str, int]) -> dict[str, object]:
    name = _rule_id(result)
    properties = {
        "part": result.focus,
        "place": list(result.place),
        "path": result.path,
        "value": result.value,
        "cell": result.location.cell if result.location else None,
    }
    return {
        "ruleId": name,
        "ruleIndex": places[name],
        "level": _LEVELS[result.severity],
        "message": _message(*_sentences(result)),
        "locations": [_location(result)],
        "partialFingerprints": {FINGERPRINT: fingerprint(result)},
        "properties": {key: value for key, value in properties.items() if value},
    }


def _sentences(result: Result) -> Iterator[str]:
    """Give what is wrong first, as viewers show the first sentence where room is short."""
    yield result.message
    yield f"Part: {result.name}" + (f" in {place_text(result)}." if result.place else ".")
    if value := value_text(result):
        yield f"Found: {value}."
    if result.fix:
        yield f"Fix: {result.fix}"


def _location(result: Result) -> dict[str, object]:
    """Return where a result is: in the file, and in the tree; SARIF, sections 3.28 to 3.33."""
    logical = {
        "name": plain(result.name),
        "fullyQualifiedName": plain(UNDER.join((*result.place, result.name))),
        "decoratedName": result.focus,
        "kind": result.kind or "resource",
    }
    place = result.location
    if place is None:
        return {"logicalLocations": [logical]}
    physical: dict[str, object] = {"artifactLocation": {"uri": file_uri(place.source)}}
    if place.line is not None:
        column = {} if place.column is None else {"startColumn": place.column}
        physical["region"] = {"startLine": place.line, **column}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def file_uri(source: str) -> str:
    """Return the name of a source as a URI: relative names stay relative to where one works.

    >>> file_uri("my frameworks/welding.ttl"), file_uri("<stdin>")
    ('my%20frameworks/welding.ttl', '%3Cstdin%3E')
    """
    if re.match(r"[a-z][a-z0-9+.-]+://", source):
        return source
    path = PurePath(source)
    if path.is_absolute():
        return path.as_uri()
    uri = quote(path.as_posix(), safe="/")
    return f"./{uri}" if is_absolute(uri) else uri


def _message(*sentences: str) -> dict[str, str]:
    """Return a message object. Braces are doubled, links are not made; SARIF, section 3.11."""
    text = plain(" ".join(sentences)).replace("{", "{{").replace("}", "}}")
    return {"text": text.replace("](", "] (") or "-"}
