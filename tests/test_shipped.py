"""The five shipped frameworks hold every fact of their documents and none of the sentences."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from rdflib import RDF, RDFS

from competency import Framework, KnowledgeGraph, Part
from competency._files import folder
from competency.graph import dataset_turtle
from competency.graph.loading import shipped_files
from competency.ontology import COMP

KINDS = [
    "framework",
    "group",
    "value",
    "competency",
    "unit",
    "element",
    "level",
    "definition",
    "indicator",
    "negative indicator",
    "performance criterion",
    "knowledge",
    "assessment criterion",
    "range",
    "credit",
    "remark",
    "context note",
]
# Counted in the documents, kind by kind, in the order of KINDS.
COUNTS = {
    "pub-cscf": [1, 2, 0, 6, 0, 0, 6, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "pwgsc-client-service": [1, 0, 0, 1, 0, 0, 3, 5, 21, 0, 0, 0, 0, 0, 0, 0, 1],
    "hkqf-111334L3": [1, 3, 0, 0, 1, 3, 1, 1, 0, 0, 9, 0, 3, 1, 1, 1, 0],
    "nos-pss-spo109": [1, 3, 0, 0, 1, 1, 0, 0, 0, 0, 13, 39, 0, 0, 0, 0, 7],
    "wcc-behaviours": [1, 4, 3, 0, 0, 15, 0, 3, 91, 37, 0, 0, 0, 0, 0, 0, 1],
}
DOCUMENTS = {
    "pub-cscf": "000",
    "pwgsc-client-service": "001",
    "hkqf-111334L3": "002",
    "nos-pss-spo109": "003",
    "wcc-behaviours": "004",
}


def counts(framework: Framework) -> list[int]:
    graph = framework.home.named_graph(framework.iri).graph
    kind = {
        str(COMP[name]).rpartition("#")[2]: 0
        for name in (
            "Group",
            "FunctionalArea",
            "Value",
            "Competency",
            "UnitOfCompetency",
            "ElementOfCompetency",
            "CompetencyLevel",
            "Descriptor",
            "PositiveIndicator",
            "NegativeIndicator",
            "PerformanceCriterion",
            "KnowledgeStatement",
            "AssessmentCriterion",
            "Scope",
            "Credit",
            "Note",
            "Framework",
        )
    }
    for name in kind:
        kind[name] = len(set(graph.subjects(RDF.type, COMP[name])))
    empty = len(set(graph.subjects(COMP.isEmpty)))
    outside_level = len(set(graph.objects(None, COMP.qualificationLevel)))
    return [
        kind["Framework"],
        kind["Group"] + kind["FunctionalArea"],
        kind["Value"],
        kind["Competency"],
        kind["UnitOfCompetency"],
        kind["ElementOfCompetency"],
        kind["CompetencyLevel"] + outside_level,
        kind["Descriptor"],
        kind["PositiveIndicator"],
        kind["NegativeIndicator"],
        kind["PerformanceCriterion"],
        kind["KnowledgeStatement"],
        kind["AssessmentCriterion"],
        kind["Scope"],
        kind["Credit"],
        empty,
        kind["Note"] - empty,
    ]


@pytest.mark.parametrize("slug", COUNTS)
def test_a_framework_has_as_many_parts_of_each_kind_as_its_document(
    shipped: KnowledgeGraph, slug: str
) -> None:
    found = dict(zip(KINDS, counts(shipped.framework(slug)), strict=True))
    assert found == dict(zip(KINDS, COUNTS[slug], strict=True))


def test_there_are_298_nodes_in_all() -> None:
    assert sum(map(sum, COUNTS.values())) == 298


def test_each_level_of_the_levelled_competency_has_seven_indicators(
    shipped: KnowledgeGraph,
) -> None:
    levels = [
        part
        for part in shipped.framework("pwgsc-client-service").walk()
        if str(COMP.CompetencyLevel) in part.types
    ]
    assert [level.count("PositiveIndicator") for level in levels] == [7, 7, 7]


def test_the_retail_unit_has_its_requirements_level_and_credit(shipped: KnowledgeGraph) -> None:
    elements = shipped.resource("hkqf-111334L3/unit/pr")
    assert isinstance(elements, Part)
    assert [len(element.parts) for element in elements.parts] == [3, 4, 2]
    unit = shipped.resource("hkqf-111334L3/unit")
    assert [code for code, _ in unit.codes] == ["111334L3"]
    graph = shipped.named_graph(unit.graph_name).graph
    assert [str(v) for v in graph.objects(None, COMP.creditValue)] == ["3"]
    assert len(list(graph.subject_objects(COMP.repeats))) == 2
    assert len(list(graph.subject_objects(COMP.rewords))) == 1


def test_the_standard_has_two_codes_from_two_bodies_and_two_equal_statements(
    shipped: KnowledgeGraph,
) -> None:
    assert shipped.resource("nos-pss-spo109/1").codes == [
        ("H7A3 04", "SQA"),
        ("PSS SPO109.1", "PSS"),
    ]
    thirteen, fourteen = (shipped.resource(f"nos-pss-spo109/1/ku/{n}") for n in (13, 14))
    assert thirteen.text == fourteen.text and thirteen != fourteen


def test_each_value_has_five_commitments_and_its_own_unhelpful_behaviours(
    shipped: KnowledgeGraph,
) -> None:
    values = [
        part for part in shipped.framework("wcc-behaviours").walk() if str(COMP.Value) in part.types
    ]
    assert [value.count("ElementOfCompetency") for value in values] == [5, 5, 5]
    assert [value.count("NegativeIndicator") for value in values] == [14, 11, 12]


def test_every_part_says_where_it_stands_in_its_source(shipped: KnowledgeGraph) -> None:
    for framework in shipped.frameworks:
        total = framework.sources[0].number("lineCount") or 0
        for part in framework.walk():
            numbers = [int(n) for n in re.findall(r"\d+", part.lines or "")]
            assert numbers, part
            assert numbers[0] >= 1 and max(numbers) <= total, part


def test_every_text_says_that_it_is_reworded(shipped: KnowledgeGraph) -> None:
    for framework in shipped.frameworks:
        graph = shipped.named_graph(framework.iri).graph
        with_text = set(graph.subjects(COMP.text))
        assert with_text
        assert with_text == set(graph.subjects(COMP.wording, COMP.Reworded))


def test_the_shipped_frameworks_conform_without_a_warning(shipped: KnowledgeGraph) -> None:
    report = shipped.validate()
    assert [str(result) for result in report.results] == []


def test_the_description_of_the_dataset_is_current(shipped: KnowledgeGraph) -> None:
    text = (folder("graph") / "dataset.ttl").read_text(encoding="utf-8")
    assert text == dataset_turtle(shipped), "run: make dataset"


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_locators_are_counted_in_the_document_that_the_digest_names(
    shipped: KnowledgeGraph, shared: Path, slug: str
) -> None:
    file = next((shared / "seeds").glob(f"{DOCUMENTS[slug]}_*.txt"))
    source = shipped.framework(slug).sources[0]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == str(source.value("sha256"))
    assert len(file.read_text(encoding="utf-8").splitlines()) == source.number("lineCount")


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_titles_stand_on_the_lines_that_their_locators_give(
    shipped: KnowledgeGraph, shared: Path, slug: str
) -> None:
    file = next((shared / "seeds").glob(f"{DOCUMENTS[slug]}_*.txt"))
    lines = file.read_text(encoding="utf-8").splitlines()
    checked = 0
    for part in shipped.framework(slug).walk():
        inferred = RDFS.label in part.values("inferred")
        if part.label and not inferred and part.value("labelWording") is None:
            printed = words(" ".join(lines[n - 1] for n in numbers(part.lines or "")))
            assert set(words(part.label)) - set(printed) <= {"level", "levels", "higher"}, part
            checked += 1
    assert checked


def test_no_eight_words_in_a_row_come_from_a_document(shared: Path) -> None:
    runs = {
        tuple(row[i : i + 8])
        for file in (shared / "seeds").glob("*.txt")
        for line in file.read_text(encoding="utf-8").splitlines()
        for row in [words(line)]
        for i in range(len(row) - 7)
    }
    for file in shipped_files():
        for cell in file.read_text(encoding="utf-8").split("\t"):  # a code and a title beside it
            row = words(cell)
            assert not [
                row[i : i + 8] for i in range(len(row) - 7) if tuple(row[i : i + 8]) in runs
            ]


def numbers(lines: str) -> list[int]:
    found: list[int] = []
    for item in lines.split(","):
        first, _, last = item.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
