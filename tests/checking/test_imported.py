"""A file of any format is checked, and each result points into that file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result as Told

from competency.checking import Options, Source, check
from competency.checking.locating.sections import Sections
from competency.checking.sources import load
from competency.errors import ParseError
from competency.graph import NamedGraph
from competency.shapes import Location, Result
from tests.importing.files import HOST, SKOS, TURTLE, case_bytes, package, uuid


def faults(name: str, data: bytes, rule: str) -> list[Result]:
    report = check([Source(name, data)]).report
    return [result for result in report if result.shape.endswith(f"#{rule}")]


def test_a_result_in_a_package_has_the_line_and_column_of_its_item() -> None:
    data = json.dumps(
        package(items=3) | {"CFItems": package(items=1)["CFItems"] * 1}, indent=2
    ).encode()
    data = data.replace(b"Kneads dough 1 times", b"Kneads  dough <b>once</b>")
    found = [r for r in check([Source("a.json", data)]).report if r.focus.endswith(uuid(101))]
    assert found
    line = next(n for n, text in enumerate(data.decode().split("\n"), 1) if "CFItems" in text) + 1
    assert {result.location for result in found} == {Location("a.json", line, 5)}


def test_a_result_about_the_framework_has_the_place_of_the_document() -> None:
    found = check([Source("a.json", case_bytes(title=""))]).report
    about = [r for r in found if r.focus == f"{HOST}/CFDocuments/{uuid(100)}" and r.location]
    assert {(r.location.line, r.location.column) for r in about if r.location} <= {(2, 17)}


def test_skos_in_turtle_is_imported_and_found_by_its_iris() -> None:
    data = SKOS.replace(b"Makes dough", b"Makes  dough")
    checked = check([Source("a.ttl", data)])
    assert checked.loaded[0].format == "skos" and checked.loaded[0].syntax is None
    found = [r for r in checked.report if r.focus.endswith("/dough")]
    assert found and {r.location for r in found} == {Location("a.ttl", 4, 1)}


def test_rules_of_another_vocabulary_look_at_rdf_as_it_is() -> None:
    for profile in ("skos", "comp"):
        assert load(Source("a.ttl", SKOS), as_is=True).syntax == "turtle"
        loaded = check([Source("a.ttl", SKOS)], Options(profile=profile)).loaded[0]
        assert loaded.syntax == "turtle", profile
    assert check([Source("a.ttl", SKOS)], Options(profile="case")).loaded[0].format == "skos"


def test_our_own_rdf_stays_as_it_is() -> None:
    assert load(Source("a.ttl", TURTLE)).syntax == "turtle"
    assert load(Source("a.txt", TURTLE)).syntax == "turtle"


def test_packages_are_checked_against_the_profile_of_another_format() -> None:
    assert check([Source("a.json", case_bytes())], Options(profile="skos")).loaded[0].graphs


def test_remarks_of_an_import_are_no_results() -> None:
    odd = case_bytes(strange="key")
    assert check([Source("a.json", odd)]).report == check([Source("a.json", odd)]).report
    assert not [r for r in check([Source("a.json", odd)]).report if "strange" in r.message]


def test_a_broken_package_has_its_place_and_its_whole_name() -> None:
    with pytest.raises(ParseError) as caught:
        load(Source("in/a.json", b'{\n "CFDocument": {'))
    assert str(caught.value).startswith("in/a.json:2:17: ")


def test_broken_rdf_of_another_vocabulary_tells_all_its_faults() -> None:
    data = SKOS.replace(b'"Baking"@en ;', b'"Baking"@en ;; ] ;').replace(
        b"a skos:Concept ;", b"a ;"
    )
    with pytest.raises(ParseError) as caught:
        load(Source("a.ttl", data))
    assert len(caught.value.more) == 1


def test_what_an_import_left_out_is_counted_beside_the_report(
    run: Callable[..., Told], tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("About this\ntitle,kind\nKnead,competency\n")
    result = run("validate", file)
    assert result.exit_code == 0
    line = f"read as CSV: 1 framework, 1 part; 1 remark: competency import {file} --report"
    assert line in result.stderr
    file.write_text("title,kind\nKnead,competency\n")
    assert not run("validate", file).stderr


def test_the_command_checks_any_file(run: Callable[..., Told], tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(case_bytes())
    result = run("validate", file, "--format", "json", "--fail-on", "never")
    assert result.exit_code == 0, result.output
    file.write_bytes(b'{"CFDocument": {')
    result = run("validate", file)
    assert result.exit_code == 2 and f"{file}:1:17" in result.stderr


# ------------------------------------------------------------------ places


def placed(section: str, data: bytes = b"", thing: str = "urn:f:1") -> Location | None:
    about = f"<{thing}> <https://w3id.org/competency/ns#section> {json.dumps(section)} ."
    loaded = load(Source("s.ttl", about.encode()))
    return Sections("a.json", data, loaded.graphs).place(thing)


@pytest.mark.parametrize(
    ("section", "place"),
    [
        ("Parts!B3", Location("a.json", cell="Parts!B3")),
        ("A sheet (2)!AB17", Location("a.json", cell="A sheet (2)!AB17")),
        ("B3", Location("a.json", cell="B3")),
        ("line 7, column B", Location("a.json", 7)),
        ("12", Location("a.json", 12)),
        ("/a/1", Location("a.json", 2, 6)),
        ("/a/9", Location("a.json", 2, 1)),
        ("/b~1c/~0", Location("a.json", 3, 14)),
        ("/", Location("a.json", 1, 1)),
        ("somewhere", None),
        ("", None),
    ],
)
def test_a_section_is_a_pointer_a_cell_or_a_line(section: str, place: Location | None) -> None:
    data = b'{"a":\n[1,  {},3],\n"b/c": {"~": "here"}}'
    assert placed(section, data) == place


def test_a_pointer_into_no_json_is_no_place() -> None:
    assert placed("/a/1", b"a,b\n1,2\n") is None


def test_what_belongs_to_a_part_stands_where_the_part_stands() -> None:
    data = b'{"items": [\n {"uri": "https://example.org/f/1"}]}'
    sections = Sections("a.json", data, ())
    for iri in ("https://example.org/f/1", "https://example.org/f/1/code/1"):
        assert sections.place(iri) == Location("a.json", 2, 2)
    assert sections.place("https://example.org/other") is None


def test_a_hostile_file_is_looked_into_in_time() -> None:
    deep = b"[" * 100_000
    assert Sections("a.json", deep, (NamedGraph("urn:g", ()),)).place("urn:x") is None
