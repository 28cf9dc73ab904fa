"""What a framework of ours is in CASE, and what a reader of CASE does not see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from competency import KnowledgeGraph
from competency.errors import FormatError, NotFound
from competency.exchange.case import EXCHANGES, TABLE, losses, package, read, write
from competency.exchange.exchange import Reading
from competency.exchange.mapping import Loss
from tests.conftest import PREFIXES
from tests.exchange.case.common import Json, file_of, schema, schema_faults
from tests.exchange.common import EX, SMALL
from tests.exchange.common import small as small_graph
from tests.exchange.frameworks import assert_same

FRAMEWORK = """
ex:f a comp:Framework ; rdfs:label "Welding"@en ; dcterms:language "en" ; comp:source ex:s .
ex:s a comp:Source ; rdfs:label "A book"@en .
"""


def graph_of(text: str) -> KnowledgeGraph:
    """Return a framework with more said of it."""
    return small_graph(PREFIXES + FRAMEWORK + text)


def part(name: str, kind: str, position: int, more: str, parent: str = "ex:f") -> str:
    """Return a part in Turtle."""
    return f"ex:{name} a comp:{kind} ; comp:inFramework ex:f ; comp:partOf {parent} ; comp:position {position} ; {more} .\n"


def told(text: str, name: str = "1", version: str = "1.1") -> Json:
    """Return one item of a framework."""
    found = package(graph_of(text), EX + "f", version)
    return next(one for one in found["CFItems"] if one["uri"] == EX + name)


def types(found: Json) -> list[tuple[str, str, str]]:
    """Return the associations as type and ends."""
    ends = ("originNodeURI", "destinationNodeURI")
    return [
        (one["associationType"], *(one[end]["uri"].removeprefix(EX) for end in ends))
        for one in found["CFAssociations"]
    ]


def lost(text: str, version: str = "1.1") -> set[tuple[str, str]]:
    """Return what is lost, as part and property."""
    return {
        (loss.part.removeprefix(EX), loss.property)
        for loss in losses(graph_of(text), EX + "f", version)
    }


# ------------------------------------------------------------------ who and when


def test_identifiers_are_version_5_of_the_iri() -> None:
    one = told(part("1", "Competency", 1, 'rdfs:label "Weld"@en'))
    assert one["identifier"] == str(uuid5(NAMESPACE_URL, EX + "1"))
    assert one["uri"] == EX + "1"


def test_an_iri_that_is_no_uri_is_written_as_one_and_comes_back() -> None:
    graph = graph_of(
        '<https://example.org/é> a comp:Competency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ; rdfs:label "Weld"@en .'
    )
    found = package(graph, EX + "f")
    assert [one["uri"] for one in found["CFItems"]] == ["https://example.org/%C3%A9"]
    assert_same(graph.named_graph(EX + "f"), read(file_of(found), Reading()).graphs[0])


@pytest.mark.parametrize(
    ("said", "expected"),
    [('dcterms:modified "2012-09"^^xsd:gYearMonth', "2012-09-01T00:00:00Z"), ('dcterms:issued "2012"^^xsd:gYear', "2012-01-01T00:00:00Z"),
     ('dcterms:modified "2012-09-30T10:00:00"^^xsd:dateTime', "2012-09-30T10:00:00Z"),
     ('dcterms:modified "2012-09-30T10:00:00+02:00"^^xsd:dateTime', "2012-09-30T10:00:00+02:00"),
     ('dcterms:created "2001-02-03"^^xsd:date ; dcterms:issued "soon"', "2001-02-03T00:00:00Z"),
     ('dcterms:issued "soon"', "1970-01-01T00:00:00Z")],
)  # fmt: skip
def test_the_last_change_follows_from_the_dates_of_the_framework(said: str, expected: str) -> None:
    found = package(graph_of(f"ex:f {said} ."), EX + "f")
    assert found["CFDocument"]["lastChangeDateTime"] == expected


def test_the_moment_of_change_can_be_given_where_the_graph_says_none() -> None:
    found = package(graph_of(""), EX + "f", changed="2026-01-02T03:04:05Z")
    assert found["CFDocument"]["lastChangeDateTime"] == "2026-01-02T03:04:05Z"


@pytest.mark.parametrize(
    ("said", "expected"),
    [("", "Not stated"), ('dcterms:publisher ex:o . ex:o rdfs:label "A press"@en', "A press"),
     ('dcterms:publisher ex:o ; dcterms:creator "Ann" . ex:o rdfs:label "A press"@en', "Ann")],
)  # fmt: skip
def test_a_creator_is_always_named(said: str, expected: str) -> None:
    found = package(graph_of(f"ex:f {said} ." if said else ""), EX + "f")
    assert found["CFDocument"]["creator"] == expected


def test_what_had_to_be_made_up_is_among_the_losses() -> None:
    assert {("f", "dcterms:creator"), ("f", "dcterms:modified")} <= lost("")
    said = 'ex:f dcterms:creator "Ann" ; dcterms:modified "2020-01-01"^^xsd:date .'
    assert {("f", "dcterms:creator"), ("f", "dcterms:modified")}.isdisjoint(lost(said))


def test_rights_and_licence_are_words_that_readers_see() -> None:
    said = 'ex:f dcterms:license <https://example.org/by> ; dcterms:rights "Share it."@en . <https://example.org/by> rdfs:label "BY"@en .'
    found = package(graph_of(said), EX + "f")
    assert found["CFDocument"]["licenseURI"]["title"] == "BY"
    assert found["CFDocument"]["notes"] == "Share it."
    (licence,) = found["CFDefinitions"]["CFLicenses"]
    assert (licence["title"], licence["licenseText"]) == ("BY", "Share it.")


# ------------------------------------------------------------------ items


def test_title_and_text_are_the_short_and_the_full_statement() -> None:
    both = told(
        part(
            "1",
            "Competency",
            1,
            'rdfs:label "Weld"@en ; comp:text "Weld seams."@en ; comp:wording comp:Verbatim',
        )
    )
    assert (both["fullStatement"], both["abbreviatedStatement"]) == ("Weld seams.", "Weld")
    text = told(part("1", "Note", 1, 'comp:text "Mind."@en ; comp:wording comp:Verbatim'))
    assert "abbreviatedStatement" not in text


def test_an_open_lead_in_stands_before_each_item_and_the_text_comes_back_without_it() -> None:
    text = (part("1", "Group", 1, 'rdfs:label "List"@en ; comp:leadIn ex:lead')
            + part("lead", "Note", 1, 'comp:text "You must be able to:"@en ; comp:wording comp:Verbatim', "ex:1")
            + part("2", "PerformanceCriterion", 2, 'comp:text "weld"@en ; comp:wording comp:Verbatim', "ex:1"))  # fmt: skip
    assert told(text, "2")["fullStatement"] == "You must be able to: weld"
    graph = graph_of(text)
    assert_same(
        graph.named_graph(EX + "f"), read(file_of(package(graph, EX + "f")), Reading()).graphs[0]
    )
    assert ("1", "comp:leadIn") in lost(text)
    assert ("2", "comp:text") not in lost(text)


def test_an_empty_field_has_its_title_for_a_statement() -> None:
    one = told(part("1", "Note", 1, 'rdfs:label "Remark"@en ; comp:isEmpty true'))
    assert one["fullStatement"] == "Remark"
    assert ("1", "comp:isEmpty") in lost(
        part("1", "Note", 1, 'rdfs:label "Remark"@en ; comp:isEmpty true')
    )


def test_the_language_of_the_framework_is_told_and_the_others_are_lost() -> None:
    text = part("1", "Competency", 1, 'rdfs:label "Weld"@en , "Souder"@fr')
    assert told(text)["fullStatement"] == "Weld"
    assert ("1", "rdfs:label") in lost(text)
    assert told(part("1", "Competency", 1, 'rdfs:label "Souder"@fr'))["language"] == "fr"


def test_the_type_of_an_item_is_our_class_with_its_definition() -> None:
    found = package(graph_of(part("1", "KnowledgeStatement", 1, 'comp:text "Metals"@en')), EX + "f")
    (one,), (kind,) = found["CFItems"], found["CFDefinitions"]["CFItemTypes"]
    assert one["CFItemType"] == kind["title"] == "Knowledge"
    assert one["CFItemTypeURI"]["identifier"] == kind["identifier"]
    assert kind["uri"].endswith("#KnowledgeStatement")
    assert kind["typeCode"] == "KnowledgeStatement"


def test_a_class_of_ones_own_is_a_type_too() -> None:
    text = (
        part("1", "Part", 1, 'a ex:Chapter ; rdfs:label "One"@en')
        + 'ex:Chapter rdfs:label "Chapter"@en .'
    )
    graph = graph_of(text.replace("a comp:Part ;", ""))
    found = package(graph, EX + "f")
    assert found["CFItems"][0]["CFItemType"] == "Chapter"
    assert_same(graph.named_graph(EX + "f"), read(file_of(found), Reading()).graphs[0])


def test_the_first_code_is_that_of_the_body_that_coded_the_framework() -> None:
    text = """ex:f comp:code ex:fc . ex:fc a comp:Code ; skos:notation "F" ; comp:issuedBy ex:o .
        ex:o a org:Organization ; rdfs:label "O"@en .
        ex:a a comp:Code ; skos:notation "A" . ex:b a comp:Code ; skos:notation "B" ; comp:issuedBy ex:o .
        """ + part("1", "Competency", 1, 'rdfs:label "Weld"@en ; comp:code ex:a , ex:b')
    assert told(text)["humanCodingScheme"] == "B"
    assert {("b", "comp:issuedBy"), ("a", "skos:notation")} <= lost(text)
    assert ("b", "skos:notation") not in lost(text)


def test_another_wording_is_an_alternative_label() -> None:
    text = part(
        "1",
        "Competency",
        1,
        'rdfs:label "Weld"@en ; comp:occurrence [ a comp:Occurrence ; rdfs:label "Welding"@en ]',
    )
    assert told(text)["alternativeLabel"] == "Welding"


def test_a_qualification_level_is_an_education_level_by_its_title() -> None:
    text = part("1", "Competency", 1, 'rdfs:label "Weld"@en ; comp:qualificationLevel ex:l')
    text += 'ex:l a comp:Level ; rdfs:label "QF 3"@en ; comp:inScale ex:sc ; comp:rank 3 . ex:sc a comp:LevelScale ; rdfs:label "QF"@en .'
    assert told(text)["educationLevel"] == ["QF 3"]
    assert {("l", "comp:rank"), ("1", "comp:qualificationLevel")} <= lost(text)
    assert ("l", "rdfs:label") not in lost(text)


# ------------------------------------------------------------------ what nobody ought to do


@pytest.mark.parametrize("version", ["1.1", "1.0"])
def test_an_unhelpful_behaviour_never_goes_without_its_type(version: str) -> None:
    one = told(
        part("1", "NegativeIndicator", 1, 'comp:text "Burns"@en ; comp:wording comp:Verbatim'),
        "1",
        version,
    )
    assert one["CFItemType"] == "Negative Indicator"
    assert one["CFItemTypeURI"]["uri"].endswith("#NegativeIndicator")


def test_the_extension_of_an_unhelpful_behaviour_says_its_polarity() -> None:
    one = told(
        part("1", "NegativeIndicator", 1, 'comp:text "Burns"@en ; comp:wording comp:Verbatim')
    )
    assert one["extensions"]["competency"]["polarity"] == "negative"


def test_every_unhelpful_behaviour_of_the_shipped_frameworks_is_typed(
    shipped: KnowledgeGraph,
) -> None:
    found = package(shipped, "wcc-behaviours")
    negative = [
        one
        for one in found["CFItems"]
        if one.get("extensions", {}).get("competency", {}).get("polarity")
    ]
    assert len(negative) == 37
    assert {one["CFItemType"] for one in negative} == {"Negative Indicator"}


# ------------------------------------------------------------------ associations

TWO = (part("1", "NegativeIndicator", 1, 'comp:text "Burns"@en ; comp:wording comp:Verbatim')
       + part("2", "PositiveIndicator", 2, 'comp:text "Welds"@en ; comp:wording comp:Verbatim'))  # fmt: skip


def test_the_tree_is_child_of_with_the_position_as_number() -> None:
    found = package(graph_of(TWO), EX + "f")
    assert types(found) == [("isChildOf", "1", "f"), ("isChildOf", "2", "f")]
    assert [one["sequenceNumber"] for one in found["CFAssociations"]] == [1, 2]


@pytest.mark.parametrize(
    ("said", "expected"),
    [("skos:exactMatch", "exactMatchOf"), ("skos:relatedMatch", "isRelatedTo"), ("skos:broadMatch", "ext:broadMatch"),
     ("skos:narrowMatch", "ext:narrowMatch"), ("skos:closeMatch", "ext:closeMatch"), ("comp:contrasts", "ext:contrasts")],
)  # fmt: skip
def test_relations_are_associations(said: str, expected: str) -> None:
    text = TWO + f"ex:1 {said} ex:other ."
    assert (expected, "1", "other") in types(package(graph_of(text), EX + "f"))
    assert ("1", said) not in lost(text)


def test_levels_are_items_where_parts_are_at_them() -> None:
    text = (
        part("1", "Competency", 1, 'rdfs:label "Weld"@en')
        + part("2", "CompetencyLevel", 1, 'rdfs:label "Helps"@en ; comp:atLevel ex:l1', "ex:1")
        + """
        ex:sc a comp:LevelScale ; rdfs:label "Steps"@en .
        ex:l1 a comp:Level ; rdfs:label "Low"@en ; comp:inScale ex:sc ; comp:rank 1 .
        ex:l2 a comp:Level ; rdfs:label "High"@en ; comp:inScale ex:sc ; comp:rank 2 . """
    )
    graph = graph_of(text)
    found = package(graph, EX + "f")
    assert {
        ("hasSkillLevel", "2", "l1"),
        ("isChildOf", "l1", "sc"),
        ("isChildOf", "l2", "sc"),
        ("isChildOf", "sc", "f"),
    } <= set(types(found))
    assert_same(graph.named_graph(EX + "f"), read(file_of(found), Reading()).graphs[0])


def test_why_parts_match_goes_with_the_association() -> None:
    text = (
        TWO
        + """ex:1 skos:closeMatch ex:other . ex:a a comp:Alignment ; owl:annotatedSource ex:1 ;
        owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget ex:other ; comp:doubt "Not sure"@en ."""
    )
    graph = small_graph(
        PREFIXES + "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n" + FRAMEWORK + text
    )
    found = package(graph, EX + "f")
    (match,) = [
        one for one in found["CFAssociations"] if one["associationType"] == "ext:closeMatch"
    ]
    assert match["uri"] == EX + "a"
    assert "comp:doubt" in match["extensions"]["competency"]["says"]


# ------------------------------------------------------------------ versions and doors


def test_a_framework_with_everything_becomes_valid_packages(shared: Path) -> None:
    for version in ("1.1", "1.0"):
        value = json.loads(json.dumps(package(small_graph(SMALL), EX + "f", version)))
        assert not schema_faults(schema(shared, version), value)


def test_case_1_0_leaves_out_what_is_new_and_says_so() -> None:
    text = TWO + "ex:1 comp:contrasts ex:2 . ex:2 skos:exactMatch ex:other ."
    found = package(graph_of(text), EX + "f", "1.0")
    assert ("exactMatchOf", "2", "other") in types(found)
    assert not [kind for kind, _, _ in types(found) if kind.startswith("ext:")]
    assert "extensions" not in json.dumps(found)
    assert "caseVersion" not in found["CFDocument"]
    assert ("1", "comp:contrasts") in lost(text, "1.0")


def test_what_only_extensions_say_is_among_the_losses() -> None:
    text = part(
        "1",
        "Competency",
        1,
        'rdfs:label "Weld"@en ; comp:lines "4" ; comp:doubt "Hm"@en ; comp:audience "All"@en',
    )
    assert {("1", "comp:lines"), ("1", "comp:doubt"), ("1", "comp:audience")} <= lost(text)
    assert not {
        ("1", name)
        for name in ("rdfs:label", "rdf:type", "comp:partOf", "comp:position", "comp:inFramework")
    } & lost(text)


def test_every_loss_names_a_part_a_property_and_a_reason(shipped: KnowledgeGraph) -> None:
    for framework in shipped.frameworks:
        found = losses(shipped, framework.iri)
        assert len(set(found)) == len(found)
        assert all(
            isinstance(loss, Loss) and loss.part and loss.property and loss.why for loss in found
        )


def test_a_package_that_came_from_case_loses_nothing(shared: Path) -> None:
    data = (shared / "samples" / "case" / "compeito-opencase-v1p1-rubrics-ja.json").read_bytes()
    graph = KnowledgeGraph()
    (found,) = read(file_of(data), Reading()).graphs
    graph.add(found)
    assert write(graph, found.name).losses == ()


def test_the_table_says_of_every_property_what_becomes_of_it() -> None:
    assert TABLE.rules[("part", "comp:code")].becomes == "humanCodingScheme"
    assert all(rule.becomes or rule.loses for rule in TABLE.rules.values())


def test_the_two_versions_are_formats_that_are_read_and_written() -> None:
    names: list[Any] = [
        (one.format.name, one.read is not None, one.write is not None) for one in EXCHANGES
    ]
    assert names == [("case", True, True), ("case-1.0", True, True)]


def test_a_framework_that_is_not_held_and_a_version_that_is_none_are_refused() -> None:
    graph = graph_of("")
    with pytest.raises(NotFound):
        package(graph, EX + "nothing")
    with pytest.raises(FormatError, match=r"1\.1, 1\.0"):
        package(graph, EX + "f", "2.0")


def test_two_frameworks_in_one_graph_do_not_mix() -> None:
    other = """ex:g a comp:Framework ; rdfs:label "Other"@en .
        ex:g1 a comp:Competency ; comp:inFramework ex:g ; comp:partOf ex:g ; comp:position 1 ; rdfs:label "Bake"@en ."""
    graph = KnowledgeGraph()
    graph.parse(
        f"{PREFIXES}\nex:all {{ {FRAMEWORK} {TWO} {other} }}",
        syntax="trig",
    )
    text = json.dumps(package(graph, EX + "f"))
    assert "Bake" not in text
    assert "Burns" in text
