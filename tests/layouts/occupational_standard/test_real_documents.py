"""The real documents, of which one is a standard of this family."""

from __future__ import annotations

import re
import time
from pathlib import Path

from rdflib import Graph

from competency.documents.building import Builder, Options
from competency.documents.layouts.occupational_standard import LAYOUT
from competency.shapes import validate
from tests.layouts.occupational_standard.common import (
    at,
    document,
    kinds,
    read,
)


def test_only_documents_of_this_family_are_recognised(shared: Path) -> None:
    files = sorted((shared / "seeds").glob("*.txt"))
    scores = [LAYOUT.score(document(file.read_text("utf-8-sig"))) for file in files]
    assert [score > 0 for score in scores] == ["003_" in file.name for file in files]
    assert max(scores) >= 0.6


def test_the_real_standard_has_the_counts_of_the_table(shared: Path) -> None:
    file = next((shared / "seeds").glob("003_*.txt"))
    draft = read(file.read_text("utf-8-sig"))
    assert kinds(draft) == {
        "Framework": 1, "Group": 3, "UnitOfCompetency": 1, "ElementOfCompetency": 1,
        "PerformanceCriterion": 13, "KnowledgeStatement": 39, "Note": 7,
    }  # fmt: skip
    items = [part for part in draft.walk() if part.kind == "KnowledgeStatement"]
    assert [item.step for item in items] == [str(number) for number in range(1, 40)]
    assert items[12].text.text == items[13].text.text and items[12].text != items[13].text
    unit = draft.parts[0]
    assert [code.issuer.text for code in unit.codes] == ["PSS", "SQA"]
    assert unit.label.text == at(unit, "pc/e1").label.text
    assert [span.numbers for span in unit.also] == [(41,), (77,)]
    assert not any(part.doubts for part in draft.walk())


def test_the_real_standard_conforms(shared: Path) -> None:
    file = next((shared / "seeds").glob("003_*.txt"))
    here = document(file.read_text("utf-8-sig"))
    start, graph = time.process_time(), Graph()
    for row in Builder(here, LAYOUT.read(here), Options()).build():
        graph.add(row)
    assert time.process_time() - start < 2
    report = validate(graph)
    assert report.conforms
    assert set(re.findall("warning: (.*)", report.text())) <= {"The framework has no description."}
