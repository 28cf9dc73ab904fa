"""Moodle: rows as its importer wants them, and nothing that it would take for a competency."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from competency import KnowledgeGraph
from competency.exchange.moodle import TABLE, write
from competency.exchange.moodle.naming import same
from competency.exchange.moodle.writer import HEADERS
from competency.graph import NamedGraph
from tests.conftest import PREFIXES
from tests.exchange.case.test_round_trip import CALM
from tests.exchange.common import SMALL
from tests.exchange.frameworks import frameworks, knowledge
from tests.exchange.tables import cells, losses_of, rows

EX = "https://example.org/"


def small(text: str = SMALL) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(text)
    return graph


def told(text: str) -> list[dict[str, str]]:
    return rows(write(small(text), EX + "f").data)


def part(name: str, kind: str, says: str, above: str = "f", position: int = 1) -> str:
    return (
        f"ex:{name} a comp:{kind} ; comp:inFramework ex:f ; comp:partOf ex:{above} ;"
        f" comp:position {position} ; {says} .\n"
    )


FRAMEWORK = PREFIXES + 'ex:f a comp:Framework ; rdfs:label "F"@en ; dcterms:language "en" .\n'


def check(found: list[dict[str, str]]) -> None:
    """Ask of rows what the importer of Moodle asks of them."""
    numbers = [row["ID number"] for row in found]
    assert [row["Is framework"] for row in found] == ["1", *[""] * (len(found) - 1)]
    assert len({same(number) for number in numbers}) == len(numbers)
    for place, row in enumerate(found):
        assert row["ID number"] and row["Short name"]
        assert len(row["ID number"]) <= 100 and len(row["Short name"]) <= 101  # an apostrophe more
        assert row["Parent ID number"] in ("", *numbers[1:place])
        assert row["Description format"] == "1"
        related = [
            number for number in row["Cross-referenced competency ID numbers"].split(",") if number
        ]
        assert {number.replace("%2C", ",") for number in related} <= set(numbers)
    values = found[0]["Scale values"].split(",")
    scale = json.loads(found[0]["Scale configuration"])
    assert [step["id"] for step in scale[1:]] == [*range(1, len(values) + 1)]
    assert sum(step["scaledefault"] for step in scale[1:]) == 1
    assert any(step["proficient"] for step in scale[1:])
    assert len(found[0]["Taxonomy"].split(",")) == 4


def test_the_columns_are_those_of_the_importer_in_its_order() -> None:
    data = write(small(), EX + "f").data
    assert cells(data)[0] == [*HEADERS]
    assert HEADERS[0] == "Parent ID number" and HEADERS[12:] == ("Is framework", "Taxonomy")


def test_the_shipped_frameworks_go_out_as_moodle_wants_them(shipped: KnowledgeGraph) -> None:
    counts = {}
    for framework in shipped.frameworks:
        found = rows(write(shipped, framework.iri).data)
        check(found)
        counts[framework.iri.rpartition("/")[2]] = len(found)
    assert counts == {
        "hkqf-111334L3": 16, "nos-pss-spo109": 57, "pub-cscf": 15,
        "pwgsc-client-service": 26, "wcc-behaviours": 111,
    }  # fmt: skip


@settings(CALM, max_examples=8)
@given(frameworks())
def test_any_framework_goes_out_as_moodle_wants_it(graph: NamedGraph) -> None:
    exported = write(knowledge(graph), graph.name)
    check(rows(exported.data))
    assert exported == write(knowledge(NamedGraph(graph.name, reversed(graph.triples))), graph.name)


def test_no_unhelpful_behaviour_is_a_row(shipped: KnowledgeGraph) -> None:
    exported = write(shipped, "wcc-behaviours")
    negatives = [
        p
        for p in shipped.framework("wcc-behaviours").walk()
        if str(p.kind).endswith("NegativeIndicator")
    ]
    found = rows(exported.data)
    for negative in negatives:
        assert "unhelpful behaviour is none" in losses_of(exported, negative.iri)["rdf:type"]
        assert not [row for row in found if row["Short name"] == str(negative.text)[:100]]
    warned = sum(row["Description"].count("<p>Unhelpful behaviour: ") for row in found)
    assert warned == len(negatives) == 37


def test_descriptions_are_html_and_what_looks_like_a_tag_is_text() -> None:
    (_, row) = told(
        FRAMEWORK
        + part("a", "Competency", 'rdfs:label "A"@en ; comp:text "1 < 2 & <b>3</b>\\n=4"@en')
    )
    assert row["Description"] == "<p>1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;<br>=4</p>"


def test_notes_and_criteria_are_in_the_description_of_what_they_stand_under() -> None:
    unit = next(row for row in told(SMALL) if row["Short name"] == "Bake")
    assert "<p>To make bread of dough.</p>" in unit["Description"]
    assert "<p>Range: In bakeries.</p>" in unit["Description"]
    assert "<p>Assessment criterion: Kneads.</p>" in unit["Description"]
    assert "<p>Unhelpful behaviour: Shouts at apprentices.</p>" in unit["Description"]


def test_the_scale_is_that_of_the_levels_and_else_made_up() -> None:
    assert told(SMALL)[0]["Scale values"] == "Novice,Master"
    exported = write(small(FRAMEWORK), EX + "f")
    assert rows(exported.data)[0]["Scale values"] == "Not yet competent,Competent"
    assert "Not yet competent" in losses_of(exported, EX + "f")["comp:inScale"]


@pytest.mark.parametrize("codes", [("1", "1.0"), ("X", "X"), ("=1", "<b>"), ("a" * 101, " ")])
def test_codes_that_moodle_would_confuse_are_not_taken_for_numbers(codes: tuple[str, str]) -> None:
    text = FRAMEWORK + "".join(
        part(name, "Competency", f'rdfs:label "{name}"@en ; comp:code ex:c{name}', position=place)
        + f'ex:c{name} a comp:Code ; skos:notation "{code}" .\n'
        for place, (name, code) in enumerate(zip("ab", codes, strict=True), 1)
    )
    check(told(text))


def test_a_long_title_is_cut_and_whole_in_the_description() -> None:
    exported = write(
        small(FRAMEWORK + part("a", "PerformanceCriterion", f'comp:text "{"weld " * 40}"@en')),
        EX + "f",
    )
    row = rows(exported.data)[1]
    assert row["Short name"].endswith("weld…") and len(row["Short name"]) <= 100
    assert row["Description"] == f"<p>{('weld ' * 40).strip()}</p>"


def test_matches_inside_the_framework_are_cross_references() -> None:
    text = FRAMEWORK + part(
        "a", "Competency", 'rdfs:label "A"@en ; skos:relatedMatch ex:b , <https://example.com/x>'
    )
    exported = write(
        small(text + part("b", "Competency", 'rdfs:label "B"@en', position=2)), EX + "f"
    )
    found = rows(exported.data)
    assert found[1]["Cross-referenced competency ID numbers"] == found[2]["ID number"]
    assert "no links to other frameworks" in losses_of(exported, EX + "a")["skos:relatedMatch"]


def test_short_names_that_spreadsheets_would_run_are_harmless_and_told() -> None:
    exported = write(small(FRAMEWORK + part("a", "Competency", 'rdfs:label "=1+1"@en')), EX + "f")
    assert rows(exported.data)[1]["Short name"] == "'=1+1"
    assert "apostrophe" in losses_of(exported, EX + "a")["rdfs:label"]


def test_every_kind_of_part_has_its_fate() -> None:
    roles = {"framework", "group", "competency", "level", "requirement", "assessment",
             "assessments", "negative", "negatives", "text", "texts"}  # fmt: skip
    assert set(TABLE.fates) == roles


def test_a_part_that_stands_in_itself_does_not_stop_the_export() -> None:
    circle = (
        SMALL
        + part("round", "Competency", 'rdfs:label "Round"@en')
        + "ex:round comp:partOf ex:round .\n"
    )
    assert "Round" in [row["Short name"] for row in told(circle)]
