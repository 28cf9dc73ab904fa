"""What becomes of a package in our graph, in order and disorder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from competency.errors import ParseError
from competency.exchange.case import read, recognise
from competency.exchange.exchange import Reading
from competency.exchange.imported import Kept
from tests.exchange.case.common import (
    BASE,
    Json,
    document,
    faults,
    file_of,
    item,
    joined,
    kind,
    link,
    named,
    order,
    packed,
    round_trip,
    said,
    taken_in,
    the_graph,
)


def refused(data: Any) -> ParseError:
    """Return the error of a file that cannot be read."""
    with pytest.raises(ParseError) as caught:
        read(file_of(data), Reading())
    return caught.value


# ------------------------------------------------------------------ documents


def test_a_document_says_who_when_and_what() -> None:
    doc = document(publisher="A press", description="What it is.", version="2", adoptionStatus="Adopted",
                   statusStartDate="2025-04-01", officialSourceURL="https://agency.example/f.pdf",
                   subject=["Welding"], notes="Mind this.")  # fmt: skip
    graph = the_graph(packed([item(2)], doc=doc))
    about = said(graph, doc)
    assert about["rdfs:label"] == ["A framework"]
    assert said(graph, about["dcterms:creator"][0])["rdfs:label"] == ["A body"]
    assert said(graph, about["dcterms:publisher"][0])["rdfs:label"] == ["A press"]
    assert about["owl:versionInfo"] == ["2"]
    assert about["case:adoptionStatus"] == ["Adopted"]
    assert about["case:statusStartDate"] == ["2025-04-01"]
    assert "https://agency.example/f.pdf" in about["comp:source"]
    assert about["dcterms:subject"] == ["Welding"]
    assert about["skos:note"] == ["Mind this."]
    assert not faults(graph)


def test_a_document_without_a_language_is_read_in_the_one_asked_for() -> None:
    doc = document(language=None, title="Titre")
    graph = the_graph(packed([item(2)], doc=doc), language="fr")
    label = graph.about(doc["uri"])["http://www.w3.org/2000/01/rdf-schema#label"][0]
    assert getattr(label, "language", None) == "fr"
    assert "http://purl.org/dc/terms/language" in said(graph, doc)["comp:inferred"]
    assert not round_trip(packed([item(2)], doc=doc))


def test_an_item_may_be_in_another_language_than_its_document() -> None:
    one = item(2, "Souder", language="fr")
    label = the_graph(packed([one])).about(one["uri"])[
        "http://www.w3.org/2000/01/rdf-schema#label"
    ][0]
    assert getattr(label, "language", None) == "fr"
    assert not round_trip(packed([one]))


def test_a_document_without_anything_is_still_a_framework() -> None:
    graph = the_graph({"CFDocument": {}}, identifier="mine")
    assert graph.name == "https://w3id.org/competency/id/mine"
    assert said(graph, graph.name)["rdfs:label"] == ["package.json"]
    assert not faults(graph)
    assert not round_trip({"CFDocument": {}})


@pytest.mark.parametrize(
    "wrap", [lambda p: {"CFPackage": p}, lambda p: [p], lambda p: {"data": {"CFPackage": p}}]
)
def test_a_package_may_be_wrapped(wrap: Any) -> None:
    value = packed([item(2)])
    assert len(the_graph(wrap(value)).triples) == len(the_graph(value).triples)


def test_a_file_of_several_packages_gives_several_frameworks() -> None:
    other = named("CFDocuments", 9, creator="B", title="Another")
    names = [
        graph.name for graph in taken_in([packed([item(2)]), packed([item(3)], doc=other)]).graphs
    ]
    assert names == [document()["uri"], other["uri"]]


def test_several_packages_without_a_uri_are_kept_apart() -> None:
    graphs = taken_in([{"CFDocument": {"title": "A"}}, {"CFDocument": {"title": "B"}}]).graphs
    assert len({graph.name for graph in graphs}) == 2


# ------------------------------------------------------------------ items


@pytest.mark.parametrize(
    ("label", "expected"),
    [("Performance Criteria", "PerformanceCriterion"), ("Knowledge", "KnowledgeStatement"), ("Wissen", "KnowledgeStatement"),
     ("知識", "KnowledgeStatement"), ("Indicator", "PositiveIndicator"), ("Negative indicator", "NegativeIndicator"),
     ("Domain", "Group"), ("Cluster", "Group"), ("領域", "Group"), ("Unit of Competence", "UnitOfCompetency"),
     ("Assessment criteria", "AssessmentCriterion"), ("Standard", "Competency"), ("態度", "Competency"), (None, "Competency")],
)  # fmt: skip
def test_the_type_of_an_item_is_its_kind_and_its_label_is_kept(
    label: str | None, expected: str
) -> None:
    value = packed([item(2, CFItemType=label)])
    graph = the_graph(value)
    assert kind(graph, value["CFItems"][0]) == [expected]
    assert not round_trip(value)


def test_a_link_to_a_class_of_ours_outweighs_the_label() -> None:
    scope = {"title": "Anything", "identifier": "x", "uri": "https://w3id.org/competency/ns#Scope"}
    one = item(2, CFItemType="Anything", CFItemTypeURI=scope)
    assert kind(the_graph(packed([one])), one) == ["Scope"]


def test_a_competency_has_the_short_statement_for_a_title_and_the_full_one_for_a_text() -> None:
    one, other = item(2, "Weld a seam that holds.", abbreviatedStatement="Weld"), item(3, "Solder")
    graph = the_graph(packed([one, other]))
    assert (said(graph, one)["rdfs:label"], said(graph, one)["comp:text"]) == (
        ["Weld"],
        ["Weld a seam that holds."],
    )
    assert said(graph, other)["rdfs:label"] == ["Solder"]
    assert "comp:text" not in said(graph, other)


def test_a_statement_has_the_full_statement_for_a_text() -> None:
    one = item(2, "Metals expand.", CFItemType="Knowledge")
    about = said(the_graph(packed([one])), one)
    assert about["comp:text"] == ["Metals expand."]
    assert "rdfs:label" not in about


@pytest.mark.parametrize("label", ["Knowledge", "Standard"])
@pytest.mark.parametrize("text", ["", "  ", None])
def test_an_item_that_says_nothing_is_kept_and_is_valid(label: str, text: str | None) -> None:
    value = packed([named("CFItems", 2, fullStatement=text, CFItemType=label)])
    assert not faults(the_graph(value))
    assert not round_trip(value)


def test_a_code_is_a_code_of_which_nobody_knows_the_body() -> None:
    one = item(2, humanCodingScheme="W.1", listEnumeration="1")
    graph = the_graph(packed([one]))
    code = said(graph, one)["comp:code"][0]
    assert said(graph, code)["skos:notation"] == ["W.1"]
    assert said(graph, one)["comp:enumeration"] == ["1"]


def test_what_we_have_no_term_for_stays_in_the_namespace_of_case() -> None:
    one = item(2, conceptKeywords=["arc", "seam"], educationLevel=["09"], statusEndDate="2030-01-01",
               extensions={"a": [1, {"b": None}]})  # fmt: skip
    about = said(the_graph(packed([one])), one)
    assert about["case:conceptKeywords"] == ["arc", "seam"]
    assert about["case:educationLevel"] == ["09"]
    assert json.loads(about["case:extensions"][0]) == {"a": [1, {"b": None}]}


def test_definitions_are_described_and_linked_to() -> None:
    subject = named("CFSubjects", 7, title="Metalwork", hierarchyCode="1", description="All metals")
    one = item(2, subjectURI=[link(subject)])
    graph = the_graph(packed([one], CFDefinitions={"CFSubjects": [subject]}))
    assert said(graph, one)["dcterms:subject"] == [subject["uri"]]
    assert said(graph, subject)["rdfs:label"] == ["Metalwork"]
    assert said(graph, subject)["case:hierarchyCode"] == ["1"]


def test_unknown_fields_are_kept_and_told() -> None:
    value = packed([item(2, myField=5, **{"my field": "x"})])
    imported = taken_in(value)
    assert said(imported.graphs[0], value["CFItems"][0])["case:myField"] == ["5"]
    assert {remark.kept for remark in imported.remarks} == {Kept.aside}
    assert "my field" in " ".join(remark.what for remark in imported.remarks)
    assert not round_trip(value)


def test_identifiers_that_are_no_uuid_are_kept_and_told_once() -> None:
    odd = [
        item(2) | {"identifier": "10000000-0000-0000-0000-000000000001"},
        item(3) | {"identifier": "x"},
    ]
    imported = taken_in(packed(odd))
    (remark,) = imported.remarks
    assert "no UUID" in remark.what
    assert "1 more" in remark.what
    assert not round_trip(packed(odd))


def test_an_item_without_a_uri_gets_an_iri_below_the_framework() -> None:
    one = item(2)
    del one["uri"]
    value = packed([], [])
    value["CFItems"] = [one]
    graph = the_graph(value)
    assert said(graph, f"{document()['uri']}/CFItems/0")["rdfs:label"] == ["Item 2"]
    assert not round_trip(value)


def test_two_items_with_the_same_uri_are_two_items() -> None:
    value = packed([item(2, "A"), item(2, "B")], [])
    imported = taken_in(value)
    assert order(imported.graphs[0], value["CFDocument"]) == ["A", "B"]
    assert any("taken already" in remark.what for remark in imported.remarks)
    assert not round_trip(value)


def test_half_a_character_does_no_harm_and_comes_back() -> None:
    value = packed([item(2, "half \ud83d only")])
    assert not faults(the_graph(value))
    assert not round_trip(value)


# ------------------------------------------------------------------ the tree


def test_items_stand_in_the_order_of_their_numbers() -> None:
    doc, items = document(), [item(2, "C"), item(3, "A"), item(4, "B")]
    numbers = [30, 10, 20]
    edges = [joined(n + 10, one, doc, sequenceNumber=numbers[n]) for n, one in enumerate(items)]
    value = packed(items, edges, doc=doc)
    graph = the_graph(value)
    assert order(graph, doc) == ["A", "B", "C"]
    assert said(graph, items[1])["comp:position"] == ["1"]
    assert not round_trip(value)


def test_without_numbers_codes_give_the_order_as_people_count() -> None:
    items = [item(n + 2, f"L{n}", humanCodingScheme=f"L.{n}") for n in (10, 1, 9)]
    edges = [joined(n + 40, one, document()) for n, one in enumerate(items)]
    assert order(the_graph(packed(items, edges)), document()) == ["L1", "L9", "L10"]


def test_printed_numbers_outweigh_codes() -> None:
    items = [
        item(2, "A", listEnumeration="2", humanCodingScheme="1"),
        item(3, "B", listEnumeration="1", humanCodingScheme="2"),
    ]
    edges = [joined(n + 40, one, document()) for n, one in enumerate(items)]
    assert order(the_graph(packed(items, edges)), document()) == ["B", "A"]


def test_without_numbers_and_codes_the_file_gives_the_order() -> None:
    items = [item(2, "B"), item(3, "A")]
    edges = [joined(n + 40, one, document()) for n, one in enumerate(items)]
    assert order(the_graph(packed(items, edges)), document()) == ["B", "A"]


def test_equal_numbers_stay_in_the_order_of_the_file() -> None:
    items = [item(2, "B"), item(3, "A")]
    edges = [joined(n + 40, one, document(), sequenceNumber=1) for n, one in enumerate(items)]
    value = packed(items, edges)
    assert order(the_graph(value), document()) == ["B", "A"]
    assert not faults(the_graph(value))
    assert not round_trip(value)


def test_an_item_with_two_parents_stands_under_the_first_and_the_other_is_kept() -> None:
    items = [item(2, "A"), item(3, "B"), item(4, "C")]
    doc = document()
    edges = [joined(40, items[0], doc), joined(41, items[1], doc), joined(42, items[2], items[0]),
             joined(43, items[2], items[1])]  # fmt: skip
    imported = taken_in(packed(items, edges, doc=doc))
    assert order(imported.graphs[0], items[0]) == ["C"]
    assert said(imported.graphs[0], edges[3])["case:destinationNodeURI"] == [items[1]["uri"]]
    assert ["several parents" in remark.what for remark in imported.remarks] == [True]
    assert not round_trip(packed(items, edges, doc=doc))


def test_a_circle_is_opened_and_told() -> None:
    items = [item(2, "A"), item(3, "B"), item(4, "C")]
    edges = [
        joined(40, items[0], items[1]),
        joined(41, items[1], items[2]),
        joined(42, items[2], items[0]),
    ]
    imported = taken_in(packed(items, edges))
    assert not faults(imported.graphs[0])
    assert order(imported.graphs[0], document()) == ["A"]
    assert any("circle" in remark.what for remark in imported.remarks)
    assert not round_trip(packed(items, edges))


def test_an_orphan_stands_under_the_framework_and_says_that_this_is_inferred() -> None:
    value = packed(
        [item(2, "A"), item(3, "B")], [joined(40, item(2), document(), sequenceNumber=1)]
    )
    imported = taken_in(value)
    assert order(imported.graphs[0], document()) == ["A", "B"]
    assert said(imported.graphs[0], item(3))["comp:inferred"] == [
        "https://w3id.org/competency/ns#partOf"
    ]
    assert any("under nothing" in remark.what for remark in imported.remarks)
    assert not round_trip(value)


def test_the_uri_of_a_link_may_differ_where_the_identifier_is_the_same() -> None:
    one = item(2, "A")
    elsewhere = one | {"uri": "https://playground.example/uri/2"}
    value = packed([one], [joined(40, elsewhere, document(), sequenceNumber=1)])
    assert order(the_graph(value), document()) == ["A"]
    assert not round_trip(value)


# ------------------------------------------------------------------ associations


@pytest.mark.parametrize(
    ("type_", "prop"),
    [
        ("exactMatchOf", "skos:exactMatch"),
        ("isRelatedTo", "skos:relatedMatch"),
        ("ext:closeMatch", "skos:closeMatch"),
    ],
)
def test_a_match_with_another_framework_is_a_match_of_skos(type_: str, prop: str) -> None:
    one, other = item(2), named("CFItems", 0x77, title="Elsewhere")
    edges = [joined(40, one, document(), sequenceNumber=1), joined(41, one, other, type_)]
    value = packed([one], edges)
    assert said(the_graph(value), one)[prop] == [other["uri"]]
    assert not round_trip(value)


@pytest.mark.parametrize(
    "type_", ["isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
              "hasSkillLevel", "isTranslationOf", "ext:my.own_type-1", "unheard of"]
)  # fmt: skip
def test_an_association_of_any_type_is_kept_with_all_it_says(type_: str) -> None:
    items, group = [item(2), item(3)], named("CFAssociationGroupings", 9, title="Set one")
    more: Json = {
        "sequenceNumber": 4,
        "notes": "Why",
        "CFAssociationGroupingURI": link(group),
        "extensions": {"sure": 0.5},
    }
    edges = [*packed(items)["CFAssociations"], joined(40, items[0], items[1], type_, **more)]
    value = packed(items, edges, CFDefinitions={"CFAssociationGroupings": [group]})
    graph = the_graph(value)
    assert said(graph, edges[-1])["case:associationType"] == [type_]
    assert not faults(graph)
    assert not round_trip(value, moments=True)


def test_an_assessment_criterion_assesses_what_it_is_joined_to() -> None:
    items = [item(2, CFItemType="Assessment Criterion"), item(3, CFItemType="Knowledge")]
    edges = [*packed(items)["CFAssociations"], joined(40, items[0], items[1], "ext:assesses")]
    assert said(the_graph(packed(items, edges)), items[0])["comp:assesses"] == [items[1]["uri"]]


# ------------------------------------------------------------------ levels and rubrics


def test_items_called_levels_are_competencies_at_levels_that_are_inferred() -> None:
    top, first, second = (
        item(2, "Weld"),
        item(3, "Helps", CFItemType="Level"),
        item(4, "Leads", CFItemType="Level"),
    )
    edges = [joined(40, top, document(), sequenceNumber=1), joined(41, first, top, sequenceNumber=1),
             joined(42, second, top, sequenceNumber=2)]  # fmt: skip
    value = packed([top, first, second], edges)
    graph = the_graph(value)
    assert kind(graph, second) == ["CompetencyLevel"]
    level = said(graph, second)["comp:atLevel"][0]
    assert said(graph, level)["comp:rank"] == ["2"]
    assert not faults(graph)
    assert not round_trip(value)


def test_an_item_called_level_with_nothing_above_it_is_a_competency() -> None:
    value = packed([item(2, CFItemType="Level")])
    assert kind(the_graph(value), item(2)) == ["Competency"]
    assert not round_trip(value)


def _rubric() -> Json:
    levels = [named("CFRubricCriterionLevels", 0x60 + n, quality=quality, score=score, description=f"Is {quality}", rubricCriterionId="c")
              for n, (quality, score) in enumerate((("good", 2), ("poor", 1)))]  # fmt: skip
    criterion = named("CFRubricCriteria", 0x51, category="Seams", description="The seam holds.", weight=0.5, position=1,
                      rubricId="r", CFItemURI=link(item(2)), CFRubricCriterionLevels=levels)  # fmt: skip
    return named("CFRubrics", 0x50, title="How to judge", CFRubricCriteria=[criterion])


def test_a_rubric_is_a_group_of_assessment_criteria_with_a_text_for_each_level() -> None:
    rubric = _rubric()
    value = packed([item(2)], CFRubrics=[rubric])
    graph = the_graph(value)
    (criterion,) = rubric["CFRubricCriteria"]
    good = criterion["CFRubricCriterionLevels"][0]
    assert order(graph, document()) == ["Item 2", "How to judge"]
    assert said(graph, criterion)["comp:assesses"] == [item(2)["uri"]]
    assert said(graph, criterion)["case:weight"] == ["0.5"]
    assert said(graph, good)["comp:text"] == ["Is good"]
    assert said(graph, said(graph, good)["comp:atLevel"][0])["comp:rank"] == ["2"]
    assert not faults(graph)
    assert not round_trip(value, moments=True)


def test_whole_numbers_stay_whole() -> None:
    value = packed([item(2)], CFRubrics=[_rubric()])
    value["CFRubrics"][0]["CFRubricCriteria"][0]["weight"] = 1
    assert not round_trip(value)


# ------------------------------------------------------------------ what is no package


def test_a_list_of_documents_says_to_fetch_the_packages() -> None:
    error = refused(b'{\n  "CFDocuments": [{"title": "A"}]\n}')
    assert (error.line, error.column) == (2, 3)
    assert "fetch /CFPackages/" in str(error)


@pytest.mark.parametrize(
    "value", [document(CFPackageURI={}), item(2), joined(3, item(2), document())]
)
def test_a_single_resource_says_what_it_is(value: Json) -> None:
    assert "not a package" in str(refused(value))


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b'{\n "CFDocument": {,}\n}', 2, 17), (b'{"CFDocument": NaN}', 1, 16), (b'{"CFDocument": {"title": "\xff"}}', 1, 27),
     (b"", 1, 1), (b'{"a": "NaN", "b": -Infinity}', 1, 19), (b'\xef\xbb\xbf{"CFDocument": }', 1, 16), (b'{"CFDocument": []}', 1, 2)],
)  # fmt: skip
def test_malformed_files_give_line_and_column(data: bytes, line: int, column: int) -> None:
    error = refused(data)
    assert (error.line, error.column) == (line, column)


def test_deep_nesting_and_long_numbers_are_refused() -> None:
    assert "inside each other" in str(refused(b'{"CFDocument": ' + b"[" * 100_000))
    assert "too long" in str(refused(b'{"CFDocument": ' + b"9" * 5_000 + b"}"))


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    text = json.dumps(packed([item(2)]), indent=1).replace("\n", "\r\n")
    assert len(taken_in(b"\xef\xbb\xbf" + text.encode()).graphs) == 1


def test_a_key_that_occurs_twice_is_told() -> None:
    imported = taken_in(b'{"CFDocument": {"title": "A", "title": "B"}}')
    assert "'title' occurs twice" in imported.remarks[0].what


def test_case_is_recognised_by_what_is_in_it() -> None:
    assert recognise(file_of(packed([])))
    assert recognise(file_of(b' \n[{"CFPackage": {}}]'))
    assert recognise(file_of({"CFDocuments": []}))
    assert not recognise(file_of({"@graph": []}))
    assert not recognise(file_of(b'<p>"CFDocument"</p>'))


def test_items_and_order_of_the_real_files_are_those_they_hold(shared: Path) -> None:
    def tops(name: str) -> tuple[int, Json, Any]:
        value = json.loads(
            (shared / "samples" / "case" / f"{name}.json").read_text(encoding="utf-8")
        )
        graph = the_graph(value)
        parts = sum(
            str(t.predicate) == "<https://w3id.org/competency/ns#inFramework>"
            for t in graph.triples
        )
        return parts, value, graph

    count, value, graph = tops("opensalt-SmartLevelFramework")
    assert count == 14
    assert order(graph, value["CFDocument"]) == ["Item 1", "Item 2"]
    assert order(graph, value["CFItems"][0]) == [f"Item 1.{n}" for n in range(1, 11)]
    count, value, graph = tops("opensalt-Ordering")
    assert count == 28
    level = next(one for one in value["CFItems"] if one["humanCodingScheme"].endswith(".L1"))
    codes = {one["fullStatement"]: one["humanCodingScheme"] for one in value["CFItems"]}
    assert [codes[text].rpartition(".")[2] for text in order(graph, level)] == [
        str(n) for n in range(1, 25)
    ]
    count, _, _ = tops("compeito-opencase-v1p1-rubrics-ja")
    assert count == 36 + 2 + 7 + 28  # items, rubrics, criteria, and their levels


def test_base_is_used_for_what_has_no_iri_of_its_own() -> None:
    doc = document(uri="no iri", identifier="my id")
    assert (
        the_graph(packed([], doc=doc), base="https://mine.example/").name
        == "https://mine.example/my-id"
    )
    assert BASE not in the_graph(packed([], doc=doc)).name
