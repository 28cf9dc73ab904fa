"""The family as it mostly is."""

from __future__ import annotations

import re

from rdflib import Graph

from competency.documents.building import Builder, Options
from competency.documents.layouts.occupational_standard import LAYOUT
from competency.shapes import validate
from tests.layouts.occupational_standard.common import (
    BASE,
    NOTES,
    at,
    document,
    kinds,
    left_out,
    read,
    texts,
)


def test_a_standard_has_a_code_a_unit_lists_and_notes() -> None:
    draft = read(BASE)
    assert draft.label.text == "Look after visiting boats"
    assert (draft.step, draft.extent) == ("nos-qua-mor12", "Excerpt")
    assert [part.step for part in draft.parts] == ["2"]
    assert kinds(draft) == {
        "Framework": 1, "UnitOfCompetency": 1, "Group": 3, "ElementOfCompetency": 2,
        "PerformanceCriterion": 3, "KnowledgeStatement": 3, "Note": 4,
    }  # fmt: skip
    assert texts(at(draft, "2/ai"), "Note") == NOTES
    assert [part.step for part in at(draft, "2/pc").parts] == ["lead-in", "e1", "e2"]
    assert [item.enumeration.text for item in at(draft, "2/pc/e2").parts] == ["3"]


def test_a_unit_has_the_codes_of_two_bodies_and_only_the_second_is_printed_as_one() -> None:
    first, second = read(BASE).parts[0].codes
    assert (first.notation.text, first.issuer.text, first.issuer_inferred) == (
        "QUA MOR12.2", "QUA", True,
    )  # fmt: skip
    assert (second.notation.text, second.issuer.text, second.issuer_inferred) == (
        "J4K5 07", "ABC", False,
    )  # fmt: skip


def test_lead_ins_are_notes_that_the_lists_point_at() -> None:
    draft = read(BASE)
    for path, words in (("2/pc", "be able to"), ("2/ku", "need to know and understand")):
        group = at(draft, path)
        assert group.lead_in is group.parts[0]
        assert group.lead_in.kind == "Note" and words in group.lead_in.text.text


def test_headings_that_a_page_repeats_are_further_places_of_the_same_parts() -> None:
    draft = read(BASE)
    assert [span.text for span in draft.also] == ["NOS QUA MOR12 Look after visiting boats"]
    again = BASE.splitlines().index(
        "### **Unit QUA MOR12.2 Moor small boats (ABC Unit Code-J4K5 07)**", 10
    )
    assert [span.numbers for span in draft.parts[0].also] == [(again + 1,)]
    assert at(draft, "2/ku").repairs == {"Rejoined"}
    assert at(draft, "2/pc").repairs == set()
    assert ("NOS", "name of a field") in left_out(draft)


def test_equal_items_stay_two_parts() -> None:
    second, third = at(read(BASE), "2/ku").parts[2:]
    assert second.text.text == third.text.text
    assert [second.step, third.step] == ["2", "3"]


def test_the_rdf_of_a_standard_conforms() -> None:
    here = document(BASE)
    graph = Graph()
    for row in Builder(here, LAYOUT.read(here), Options()).build():
        graph.add(row)
    report = validate(graph)
    assert report.conforms
    assert set(re.findall("warning: (.*)", report.text())) <= {"The framework has no description."}
