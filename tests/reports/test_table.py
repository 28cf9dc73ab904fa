"""The table of formats, and what holds for all of them: the same data give the same bytes."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from competency.errors import FormatError
from competency.formats import by_media_type, by_name
from competency.shapes import Report, Severity
from competency.shapes.finding import read_report
from competency.shapes.report import make_report
from competency.shapes.reports import (
    REPORT_FORMATS,
    report_format_of,
    report_formats,
    write_report,
)
from tests.reports.common import faulty, faulty_by_others, read, report, result, warning

NAMES = [row.name for row in report_formats()]


def test_there_are_eight_formats_and_each_has_its_own_name_media_type_and_suffix() -> None:
    assert NAMES == ["text", "json", "turtle", "jsonld", "html", "csv", "junit", "sarif"]
    assert len({row.media_type for row in REPORT_FORMATS}) == len(NAMES)
    assert len({suffix for row in REPORT_FORMATS for suffix in row.suffixes}) >= len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_format_is_found_by_name_by_media_type_and_by_suffix(name: str) -> None:
    row = by_name(name, REPORT_FORMATS)
    assert by_media_type(f"{row.media_type}; charset=utf-8", REPORT_FORMATS) is row
    assert report_format_of(f"last.week/report{row.suffixes[0].upper()}") is row


def test_an_unknown_format_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(FormatError, match="docx: no such format; there are: text, json, turtle"):
        write_report(Report(()), "docx")


@pytest.mark.parametrize("name", NAMES)
def test_a_report_without_results_says_that_the_data_conform(name: str) -> None:
    text = write_report(Report(()), name)
    assert text.endswith("\n")
    said = {"csv": "severity,", "json": '"conforms": true', "sarif": '"results": []'}
    assert said.get(name, "onforms") in text or "sh:conforms true" in text
    assert not any(word in text for word in ("not conform", "failure ", "ValidationResult"))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_data_give_the_same_bytes_whatever_blank_nodes_are_called(name: str) -> None:
    first, second = faulty_by_others(1), faulty_by_others(2)
    assert first.results != second.results, "blank nodes were to be called otherwise"
    assert write_report(first, name) == write_report(second, name)


@pytest.mark.parametrize("name", NAMES)
def test_the_order_in_which_results_were_found_does_not_show(name: str) -> None:
    found = [
        *(result(number) for number in (1, 2, 10)),
        *(warning(number) for number in range(1, 7)),
        *faulty_by_others(),
    ]
    backwards = make_report(reversed(found))
    assert write_report(make_report(found), name) == write_report(backwards, name)


def test_parts_without_an_iri_are_numbered_in_the_order_of_the_report() -> None:
    told = json.loads(write_report(faulty(), "json"))["results"]
    blank = [found["focus"] for found in told if found["kind"] == "code"]
    assert blank == ["_:b1", "_:b2"]


def test_a_rule_without_a_name_is_called_by_its_component_and_path() -> None:
    told = json.loads(write_report(faulty_by_others(), "json"))["results"]
    rules = {found["rule"] for found in told if found["shape"].startswith("_:")}
    assert "sh:MinCount of rdfs:label" in rules
    assert "sh:MaxCount of comp:partOf*" in rules


TEXTS = some.text(max_size=12) | some.sampled_from(
    ["=1+1", "</style><script>", "\x00", "\ud800", "\x1b[31m", "]]>", '"\\', "\u202e", "a\r\nb"]
)


@settings(max_examples=60, deadline=None)
@given(
    severity=some.sampled_from(list(Severity)),
    message=TEXTS,
    label=TEXTS,
    value=TEXTS,
    place=some.tuples(TEXTS),
    fix=some.none() | TEXTS,
    rule=TEXTS,
)
def test_no_text_breaks_a_format(severity: Severity, **texts: object) -> None:
    found = report(*(result(number, severity=severity, **texts) for number in range(1, 6)))
    written = {name: write_report(found, name) for name in NAMES}
    for text in written.values():
        text.encode()
    assert len(json.loads(written["json"])["results"]) == 5
    assert len(json.loads(written["sarif"])["runs"][0]["results"]) == 5
    assert len(list(csv.reader(io.StringIO(written["csv"], newline="")))) == 6
    assert len(ET.fromstring(written["junit"]).findall(".//failure")) == 5  # noqa: S314
    assert "<script>" not in written["html"]
    HTMLParser().feed(written["html"])
    assert not {sign for sign in written["text"] if sign < " "} - {"\n"}
    for syntax in ("turtle", "jsonld"):
        assert len(read_report(read(written[syntax], syntax))) == 5
