"""The real documents, of which one is a unit of this family."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from competency.documents.document import Document
from competency.documents.draft import FrameworkDraft
from competency.documents.layouts.competency_standards_unit import LAYOUT
from tests.layouts.competency_standards_unit.common import (
    document,
    kinds,
    of,
    problems,
    read,
)


@pytest.fixture(scope="session")
def seeds(shared: Path) -> list[Document]:
    files = sorted((shared / "seeds").glob("*.txt"))
    if not files:
        pytest.skip("no real documents here")
    return [document(file.read_text(encoding="utf-8"), file.name) for file in files]


def test_one_of_the_five_real_documents_is_of_this_family(seeds: list[Document]) -> None:
    scores = [LAYOUT.score(source) for source in seeds]
    assert [score > 0 for score in scores] == ["002_" in source.name for source in seeds]
    assert max(scores) >= 0.6


@pytest.fixture(scope="session")
def real(seeds: list[Document]) -> FrameworkDraft:
    [source] = [source for source in seeds if source.name.startswith("002_")]
    return read("\n".join(source.lines), source.name)


def test_the_real_unit_has_the_counts_of_the_table(real: FrameworkDraft) -> None:
    assert kinds(real) == {
        "FunctionalArea": 1,
        "UnitOfCompetency": 1,
        "Group": 2,
        "ElementOfCompetency": 3,
        "PerformanceCriterion": 9,
        "AssessmentCriterion": 3,
        "Descriptor": 1,
        "Scope": 1,
        "Note": 1,
    }
    [unit] = of(real, "UnitOfCompetency")
    assert unit.credit is not None
    of_their_own = [real, unit.qualification_level, unit.credit]  # parts, or facts beside them
    assert sum(kinds(real).values()) + len(of_their_own) == 25


def test_the_real_unit_conforms_to_the_shapes(seeds: list[Document]) -> None:
    [source] = [source for source in seeds if source.name.startswith("002_")]
    assert problems("\n".join(source.lines), source.name) == []


def test_the_real_unit_reads_as_its_anomalies_say(real: FrameworkDraft) -> None:
    [unit] = of(real, "UnitOfCompetency")
    elements = of(real, "ElementOfCompetency")
    assert (real.step, real.sector.text) == ("111334l3", "Retail")
    assert [code.notation.text for code in unit.codes] == ["111334L3"]
    assert unit.qualification_level.text == "3"
    assert [len(of(element, "PerformanceCriterion")) for element in elements] == [3, 4, 2]
    assert [element.aspect for element in elements] == ["Knowing", "", ""]
    assert all("Split" in part.repairs for part in of(real, "PerformanceCriterion"))
    doubted = [part for part in real.walk() if part.doubts]
    assert doubted == [elements[2].parts[0]]
    links = [
        (relation, target)
        for part in of(real, "AssessmentCriterion")
        for relation, target in part.assesses
    ]
    second = elements[1].parts
    assert links == [("repeats", second[0]), ("repeats", second[2]), ("rewords", second[3])]
    [remark] = of(real, "Note")
    assert remark.empty


def test_the_real_unit_keeps_the_order_of_its_lines(real: FrameworkDraft) -> None:
    statements = [part for part in real.walk() if part.text]
    firsts = [part.text.pieces[0] for part in statements]
    assert all((a.line, a.start) < (b.line, b.start) for a, b in pairwise(firsts))
