"""The report as JUnit XML, which CI systems show as tests: a suite a file, a failing test a result.

There is no standard; what is written is what Jenkins, GitLab, GitHub's and Azure's readers share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from xml.etree import ElementTree as ET

from competency.ontology.terms import shorten
from competency.shapes.report import Report
from competency.shapes.reports.telling import place_text, plain, since_text, value_text, where
from competency.shapes.result import Result

_NAME = "competency validate"


def write_junit(report: Report) -> str:
    """Return the report as JUnit XML; ``type`` of a failure is its severity.

    A report without results has one test that passes, as some CI systems take an empty file for
    a broken one.

    >>> write_junit(Report(())).count("<failure")
    0
    """
    root = ET.Element("testsuites", _counts(_NAME, report.results))
    suites: dict[str, list[Result]] = {}
    for result in report:
        suites.setdefault(_suite_name(result), []).append(result)
    for name, results in suites.items():
        _suite(root, name, results)
    if not suites:
        passed = ET.SubElement(root, "testsuite", _counts(_NAME, ()) | {"tests": "1"})
        root.set("tests", "1")
        ET.SubElement(passed, "testcase", classname=_NAME, name="Conforms", time="0")
    if since := since_text(report):
        ET.SubElement(root[0], "system-out").text = since
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite_name(result: Result) -> str:
    """Return the file a result is in, else its framework."""
    if result.location:
        return result.location.source
    return result.place[0] if result.place else plain(result.name)


def _suite(root: ET.Element, name: str, results: Sequence[Result]) -> None:
    suite = ET.SubElement(root, "testsuite", _counts(name, results))
    names: Counter[tuple[str, str]] = Counter()
    for result in results:
        group = place_text(result) or plain(result.name)
        title = f"{plain(result.rule)}: {plain(result.name)} ({plain(shorten(result.focus))})"
        names[group, title] += 1
        if names[group, title] > 1:
            title += f" {names[group, title]}"
        _case(suite, group, title, result)


def _case(suite: ET.Element, group: str, title: str, result: Result) -> None:
    case = ET.SubElement(suite, "testcase", classname=_xml(group), name=_xml(title), time="0")
    place = result.location
    if place:
        case.set("file", _xml(place.source))
    if place and place.line is not None:
        case.set("line", str(place.line))
    severity, message = result.severity.value, _xml(plain(result.message))
    failure = ET.SubElement(case, "failure", type=severity, message=f"{severity}: {message}")
    failure.text = _xml("\n".join(_told(result)))


def _told(result: Result) -> list[str]:
    """Return what a CI system shows when one opens the failure."""
    rows = {
        "where": where(result),
        "part": plain(result.name),
        "place": place_text(result),
        "found": value_text(result),
        "fix": plain(result.fix or ""),
        "rule": plain(result.rule),
        "see": result.documentation or "",
    }
    told = [f"{name}: {text}" for name, text in rows.items() if text]
    return [f"{result.severity}: {plain(result.message)}", *told]


def _counts(name: str, results: Sequence[Result]) -> dict[str, str]:
    count = str(len(results))
    return {"name": _xml(name), "tests": count, "failures": count, "errors": "0", "time": "0"}


def _xml(text: str) -> str:
    return _not_xml().sub("\N{REPLACEMENT CHARACTER}", text)


@cache
def _not_xml() -> re.Pattern[str]:
    """Return what finds signs that XML 1.0 cannot hold, even as character references (section 2.2).

    It takes long to compile, so whoever wants no JUnit does not wait for it.
    """
    return re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
