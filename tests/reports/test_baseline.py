"""Comparing with an older report: what is new, what is known, what is mended, what is no report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import SH, BNode, Literal, URIRef

from competency.errors import CompetencyError, ParseError, SourceError
from competency.shapes import Location, Report
from competency.shapes.baseline import new_since, parse_baseline, read_baseline
from competency.shapes.finding import Finding
from competency.shapes.fingerprint import fingerprint
from competency.shapes.report import Since
from competency.shapes.reports import write_report
from tests.reports.common import faulty, faulty_by_others, report, result, warning

READABLE = ["json", "turtle", "jsonld", "csv", "sarif"]


def since(old: Report, new: Report, format: str = "json") -> Report:
    return new_since(new, parse_baseline(write_report(old, format).encode(), "old"))


@pytest.mark.parametrize("format", READABLE)
@pytest.mark.parametrize("make", [faulty, faulty_by_others])
def test_nothing_is_new_since_a_report_on_the_same_data(format: str, make: object) -> None:
    old, new = make(1), make(2)  # type: ignore[operator]
    found = since(old, new, format)
    assert len(found) == 0 and found.since == Since(known=len(new), mended=0)


@pytest.mark.parametrize("format", READABLE)
def test_a_new_fault_is_told_and_a_mended_one_is_counted(format: str) -> None:
    old, new = report(result(1), warning(2), result(3)), report(result(1), warning(2), warning(4))
    found = since(old, new, format)
    assert [item.focus for item in found] == ["https://example.org/welding/4"]
    assert found.since == Since(known=2, mended=1) and found.conforms


def test_lines_that_move_and_messages_that_are_reworded_make_nothing_new() -> None:
    moved = result(1, location=Location("other.ttl", 99, 1), message="Reworded.", fix="Otherwise.")
    assert len(since(report(result(1)), report(moved))) == 0


@pytest.mark.parametrize("name", ["focus", "shape", "path", "value"])
def test_another_part_rule_property_or_value_is_a_new_result(name: str) -> None:
    other = result(1, **{name: "https://example.org/other"})
    assert len(since(report(result(1)), report(other))) == 1
    assert fingerprint(other) != fingerprint(result(1))


def test_of_several_results_that_are_alike_the_one_that_says_something_new_is_new() -> None:
    old = report(result(1, message="Taken by a."), result(1, message="Taken by c."))
    new = report(*old, result(1, message="Taken by b."))
    assert [item.message for item in since(old, new)] == ["Taken by b."]


def unnamed(*ids: str) -> Report:
    """Return a report on parts without an IRI, of which each breaks the same rule."""
    return report(
        *(
            result(
                1,
                focus=name,
                findings=(
                    Finding(
                        BNode(name),
                        URIRef("https://w3id.org/competency/shapes#PartPosition"),
                        SH.MinCountConstraintComponent,
                        SH.Violation,
                        path=URIRef("https://w3id.org/competency/ns#position"),
                        messages=(Literal("The part has no place among its siblings."),),
                    ),
                ),
            )
            for name in ids
        )
    )


@pytest.mark.parametrize("format", READABLE)
def test_parts_without_an_iri_are_counted(format: str) -> None:
    found = since(unnamed("a1", "a2"), unnamed("b1", "b2", "b3"), format)
    assert len(found) == 1 and found.since == Since(known=2, mended=0)


def test_the_fingerprint_of_a_part_without_an_iri_does_not_depend_on_its_id() -> None:
    assert fingerprint(unnamed("a").results[0]) == fingerprint(unnamed("b").results[0])


def test_a_standard_report_of_another_engine_is_a_baseline_too() -> None:
    text = faulty().graph.serialize(format="turtle")
    assert len(new_since(faulty(2), parse_baseline(text.encode(), "old.ttl"))) == 0


def test_expanded_json_ld_of_another_engine_is_a_baseline_too() -> None:
    text = faulty().graph.serialize(format="json-ld")
    assert text.lstrip().startswith("[")
    assert len(new_since(faulty(2), parse_baseline(text.encode(), "old.jsonld"))) == 0


def test_json_that_was_written_without_fingerprints_is_a_baseline_too() -> None:
    told = json.loads(write_report(faulty(), "json"))
    named = [item for item in told["results"] if not item["focus"].startswith("_:")]
    for item in named:
        del item["fingerprint"]
    old = parse_baseline(json.dumps({"results": named}).encode(), "old.json")
    assert {item.kind for item in new_since(faulty(2), old)} == {"code"}


def test_a_baseline_is_read_from_a_file_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "old"
    file.write_bytes(b"\xef\xbb\xbf" + write_report(faulty(), "json").encode())
    assert len(read_baseline(file)) == len(faulty())


NOT_REPORTS = {
    "nothing": b"",
    "bytes": b"\xff\xfe\x00",
    "words": b"Dear all, the report is attached.",
    "half a JSON": b'{"results": [',
    "other JSON": b'{"name": "competency"}',
    "a list": b"[1, 2]",
    "results that are no objects": b'{"results": [1]}',
    "results without a message": b'{"results": [{"focus": "a:b"}]}',
    "SARIF of another tool": b'{"runs": [{"results": [{"ruleId": "X1", "message": {}}]}]}',
    "runs that are no objects": b'{"runs": [3]}',
    "a CSV of something else": b"severity,file\nviolation,a.ttl\n",
    "Turtle that is no report": b"<urn:a> <urn:b> <urn:c> .",
    "Turtle that is half a report": b"[] <http://www.w3.org/ns/shacl#result> [] .",
    "a context elsewhere": b'{"@context": "https://example.org/context.jsonld"}',
    "a context elsewhere, further in": b'{"@context": [{"a": {"@context": ["https://e.org"]}}]}',
    "marks that are no texts": b'{"results": [{"fingerprint": [], "focus": {}}]}',
    "JSON-LD of something else": b'[{"@id": "urn:a", "urn:b": [{"@id": "urn:c"}]}]',
    "a broken context": b'{"@context": 3, "@id": 4, "http://a/b": {"@list": {"@value": []}}}',
    "deep JSON": b'{"a":' * 100_000,
    "deep lists": b"[" * 900 + b"]" * 900,
}


@pytest.mark.parametrize("data", NOT_REPORTS.values(), ids=NOT_REPORTS)
def test_what_is_no_report_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse_baseline(data, "old.json")
    assert str(caught.value).startswith("old.json:") and "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_baseline_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        read_baseline(tmp_path / "none.json")
    with pytest.raises(CompetencyError):
        read_baseline(tmp_path)
