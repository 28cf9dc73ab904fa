"""The formats that programs read: JSON, CSV, JUnit XML and SARIF."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from competency.shapes import Location, Report, Severity
from competency.shapes.baseline import Baseline, Known, new_since
from competency.shapes.fingerprint import fingerprint
from competency.shapes.reports import write_report
from competency.shapes.reports.csv import harmless
from tests.reports.common import faulty_by_others, report, result, warning

SHAPE = "https://w3id.org/competency/shapes#PartPosition"


# ------------------------------------------------------------------ JSON


def test_the_json_has_the_answer_the_counts_and_all_of_a_result() -> None:
    told = json.loads(write_report(report(result(1, value="x"), warning(2)), "json"))
    assert told["conforms"] is False
    assert told["counts"] == {"violation": 1, "warning": 1, "info": 0}
    assert told["results"][0] == {
        "severity": "violation",
        "name": 'performance criterion 1 "Check the seam"',
        "focus": "https://example.org/welding/1",
        "kind": "performance criterion",
        "code": "1",
        "label": "Check the seam",
        "place": ["Standard for welders", "Prepare"],
        "file": "welding.ttl",
        "line": 12,
        "column": 5,
        "cell": None,
        "message": "The part has no place among its siblings.",
        "path": "https://w3id.org/competency/ns#position",
        "value": "x",
        "shape": SHAPE,
        "rule": "A part has exactly one position",
        "fix": "Count the parts from 1: comp:position 3.",
        "documentation": SHAPE,
        "component": "http://www.w3.org/ns/shacl#MinCountConstraintComponent",
        "fingerprint": fingerprint(result(1, value="x")),
    }


def test_the_dictionary_of_a_report_is_what_its_json_says() -> None:
    found = faulty_by_others()
    assert found.to_dict() == json.loads(write_report(found, "json"))


def test_a_shape_of_somebody_else_has_no_documentation() -> None:
    told = json.loads(write_report(report(result(1, shape="https://example.org/s")), "json"))
    assert told["results"][0]["documentation"] is None


def test_the_json_counts_what_a_baseline_left_out() -> None:
    new = new_since(report(result(1)), Baseline((Known(fingerprint(result(1)), ""),)))
    assert json.loads(write_report(new, "json"))["since"] == {"known": 1, "mended": 0}
    assert "since" not in json.loads(write_report(report(), "json"))


# ------------------------------------------------------------------ CSV


def rows(found: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_report(found, "csv"), newline="")))


def test_the_csv_has_a_row_a_result_with_place_value_and_fix() -> None:
    first, second = rows(report(result(1, value="x"), warning(2)))
    assert (first["severity"], second["severity"]) == ("violation", "warning")
    assert (first["file"], first["line"], first["column"]) == ("welding.ttl", "12", "5")
    assert first["place"] == "Standard for welders › Prepare"
    assert first["documentation"] == SHAPE and first["value"] == "x"
    assert first["fix"] == "Count the parts from 1: comp:position 3."


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "\uff1d1", "=HYPERLINK()"]
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    found = result(1, message=cell, label=cell, value=cell, place=(cell,), fix=cell, rule=cell)
    [row] = rows(report(found))
    for column in ("message", "label", "value", "place", "fix", "rule"):
        assert row[column] == f"'{cell}", column


@pytest.mark.parametrize("cell", ["-3", "+4.5", "12", "a=b", "it's", ""])
def test_a_harmless_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


# ------------------------------------------------------------------ JUnit XML


def junit(found: Report) -> ET.Element:
    return ET.fromstring(write_report(found, "junit").encode())  # noqa: S314


def test_junit_has_a_suite_a_file_and_a_failing_test_a_result() -> None:
    other = Location("other.ttl", 3, 1)
    root = junit(report(result(1), warning(2), result(3, location=other)))
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"welding.ttl", "other.ttl"}
    assert (suites["welding.ttl"].get("tests"), suites["welding.ttl"].get("failures")) == ("2", "2")
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "3", "0")
    case = suites["welding.ttl"][0]
    assert (case.get("file"), case.get("line")) == ("welding.ttl", "12")
    assert case.get("classname") == "Standard for welders › Prepare"


def test_the_type_of_a_failure_tells_a_warning_from_a_violation() -> None:
    failures = junit(report(result(1), warning(2))).findall(".//failure")
    assert [failure.get("type") for failure in failures] == ["violation", "warning"]
    assert failures[0].get("message") == "violation: The part has no place among its siblings."


def test_an_opened_failure_says_where_what_and_how_to_mend_it() -> None:
    [failure] = junit(report(result(1, value="x"))).iter("failure")
    assert (failure.text or "").splitlines() == [
        "violation: The part has no place among its siblings.",
        "where: welding.ttl:12:5",
        'part: performance criterion 1 "Check the seam"',
        "place: Standard for welders › Prepare",
        'found: comp:position "x"',
        "fix: Count the parts from 1: comp:position 3.",
        "rule: A part has exactly one position",
        f"see: {SHAPE}",
    ]


def test_without_files_the_suites_are_the_frameworks() -> None:
    root = junit(report(result(1, location=None), result(2, location=None, place=())))
    assert [suite.get("name") for suite in root] == [
        "Standard for welders",
        'performance criterion 2 "Check the seam"',
    ]


def test_two_tests_never_have_the_same_name() -> None:
    alike = [result(1, value=value, code=None) for value in ("x", "y", "z")]
    cases = [(case.get("classname"), case.get("name")) for case in junit(report(*alike))[0]]
    assert len(set(cases)) == 3


def test_a_report_without_results_has_one_test_that_passes() -> None:
    root = junit(Report(()))
    assert [case.get("name") for case in root.iter("testcase")] == ["Conforms"]
    assert (root.get("tests"), root.get("failures")) == ("1", "0")


def test_signs_that_xml_forbids_are_replaced() -> None:
    odd = "a\x00b\x0bc\ufffed]]>&<"
    [case] = junit(report(result(1, label=odd, message=odd, place=(odd,), fix=odd))).iter(
        "testcase"
    )
    assert "a�b" in case.get("name", "") and "]]>&<" in case.get("name", "")


# ------------------------------------------------------------------ SARIF

LEVELS = {"error", "warning", "note"}


def sarif(found: Report) -> Any:
    return json.loads(write_report(found, "sarif"))


def check_message(message: Any) -> None:
    assert set(message) == {"text"} and isinstance(message["text"], str) and message["text"]
    assert not re.search(r"(?<!\{)\{(?!\{)", message["text"]), "a placeholder without argument"
    assert "](" not in message["text"], "a link"


def check_uri(uri: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9%._~:/?#@!$&'()*+,;=-]+", uri)
    assert urlsplit(uri).scheme in ("", "file", "http", "https")


def check_log(log: Any) -> None:
    """Check a log as far as it goes against the clauses of SARIF 2.1.0."""
    assert log["version"] == "2.1.0" and set(log) == {"$schema", "version", "runs"}
    [run] = log["runs"]
    assert set(run) <= {"tool", "columnKind", "results", "properties"}
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    assert driver["name"] and set(driver) == {"name", "informationUri", "rules"}
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        check_rule(rule)
    for found in run["results"]:
        check_result(found, rules)


def check_rule(rule: Any) -> None:
    required = {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
    assert required <= set(rule) <= required | {"helpUri", "properties"}
    for name in ("shortDescription", "fullDescription", "help"):
        check_message(rule[name])
    assert rule["defaultConfiguration"]["level"] in LEVELS
    assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
    if "helpUri" in rule:
        assert urlsplit(rule["helpUri"]).scheme == "https"


def check_result(found: Any, rules: Any) -> None:
    assert rules[found["ruleIndex"]]["id"] == found["ruleId"] and found["level"] in LEVELS
    check_message(found["message"])
    assert all(isinstance(mark, str) for mark in found["partialFingerprints"].values())
    [place] = found["locations"]
    assert set(place) <= {"physicalLocation", "logicalLocations"}
    [logical] = place["logicalLocations"]
    assert set(logical) == {"name", "fullyQualifiedName", "decoratedName", "kind"}
    if physical := place.get("physicalLocation"):
        assert set(physical) <= {"artifactLocation", "region"}
        check_uri(physical["artifactLocation"]["uri"])
        region = physical.get("region", {"startLine": 1})
        assert all(isinstance(number, int) and number >= 1 for number in region.values())
        assert "startLine" in region and set(region) <= {"startLine", "startColumn"}


@pytest.mark.parametrize(
    "found",
    [
        report(),
        report(result(1), warning(2), result(3, severity=Severity.info, location=None)),
        report(result(1, location=Location("a b/ü.ttl"), message="{0} [x](javascript:1) {")),
        report(result(1, location=Location("w.xlsx", cell="A!B3"), rule="", message="", fix="")),
    ],
    ids=["nothing", "all levels", "odd signs", "a cell and no words"],
)
def test_the_sarif_is_built_as_the_standard_says(found: Report) -> None:
    check_log(sarif(found))


def test_the_sarif_of_our_shapes_and_others_is_built_as_the_standard_says() -> None:
    check_log(sarif(faulty_by_others()))


def test_a_rule_has_its_help_and_documentation_once_for_all_its_results() -> None:
    run = sarif(report(result(1), result(2)))["runs"][0]
    [rule] = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["helpUri"]) == ("PartPosition", SHAPE)
    assert (
        rule["help"]["text"] == f"Count the parts from 1: comp:position 3. Documentation: {SHAPE}"
    )
    assert [found["ruleIndex"] for found in run["results"]] == [0, 0]


def test_a_result_has_level_message_region_place_and_fingerprint() -> None:
    [found] = sarif(report(result(1)))["runs"][0]["results"]
    assert found["level"] == "error"
    assert found["message"]["text"] == (
        "The part has no place among its siblings. "
        'Part: performance criterion 1 "Check the seam" in Standard for welders › Prepare. '
        "Fix: Count the parts from 1: comp:position 3."
    )
    [place] = found["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "welding.ttl"},
        "region": {"startLine": 12, "startColumn": 5},
    }
    assert place["logicalLocations"][0]["fullyQualifiedName"] == (
        'Standard for welders › Prepare › performance criterion 1 "Check the seam"'
    )
    assert found["partialFingerprints"] == {"competency/v1": fingerprint(result(1))}


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("welding.ttl", "welding.ttl"),
        ("my files/wéld.ttl", "my%20files/w%C3%A9ld.ttl"),
        ("a:b.ttl", "a%3Ab.ttl"),
        ("https://example.org/w.ttl", "https://example.org/w.ttl"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_the_name_of_a_source_becomes_a_uri(source: str, uri: str) -> None:
    [found] = sarif(report(result(1, location=Location(source, 1))))["runs"][0]["results"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_an_absolute_path_becomes_a_file_uri(tmp_path: Path) -> None:
    found = report(result(1, location=Location(str(tmp_path / "w.ttl"), 1)))
    place = sarif(found)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == (tmp_path / "w.ttl").as_uri()
