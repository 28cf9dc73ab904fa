"""One fault, one look: the first line of a report names the part, its place and what to do."""

from __future__ import annotations

import pytest
from rdflib import SH, URIRef

from competency._files import folder
from competency.checking import Checked, Options, Source, check
from competency.ontology.terms import COMP, SHAPES_IRI
from competency.shapes import load_shapes
from tests.broken.cases import CASES, FOLDER, Case

FILES = sorted(path for path in folder("shapes").rglob("*.ttl") if path.parent.name != "examples")
FIXES = load_shapes(*FILES)


def checked(case: Case) -> Checked:
    return check([Source(case.sound, case.text.encode())], Options(profile=case.profile))


def fix_of(rule: str) -> str:
    return str(FIXES.value(URIRef(f"{SHAPES_IRI}#{rule}"), COMP.fix))


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("welding.ttl", None),
        ("welding.ttl", "case"),
        ("welding.ttl", "ctdl-asn"),
        ("crafts.ttl", "skos"),
        ("registry.ttl", "ctdl-asn"),
    ],
)
def test_the_sound_frameworks_have_no_violation_and_no_warning(
    name: str, profile: str | None
) -> None:
    report = check([Source.of(FOLDER / name)], Options(profile=profile)).report
    assert not report.at_least("warning"), report.text()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_first_line_names_the_right_part_its_place_and_the_fix(case: Case) -> None:
    report = checked(case).report
    first = report.text().splitlines()[0]
    assert report.results[0].shape == f"{SHAPES_IRI}#{case.rule}", report.text()
    assert case.part in first
    assert f"{case.spot}," in first
    assert not case.place or " › ".join(case.place) in first
    assert " ".join(fix_of(case.rule).split()) in first


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_one_fault_is_one_result(case: Case) -> None:
    report = checked(case).report
    assert len(report if case.profile is None else report.at_least("warning")) == 1


def test_there_are_thirty_and_every_file_of_shapes_is_broken_by_one() -> None:
    assert len(CASES) >= 30
    broken = {f"{SHAPES_IRI}#{case.rule}" for case in CASES}
    for file in FILES:
        shapes = load_shapes(file)
        rules = {
            str(s) for s in shapes.subjects(COMP.fix) if (s, SH.severity, SH.Info) not in shapes
        }
        assert not rules or rules & broken, file.name
