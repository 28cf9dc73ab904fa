"""SKOS: the integrity conditions, both directions, and what a real vocabulary gets to hear."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from competency import KnowledgeGraph
from tests.exchange.common import frameworks
from tests.profiles.common import EX, found, loaded, name_of, report_of, results

WHOLE = """
ex:s a skos:ConceptScheme ; dcterms:title "Metals"@en , "Metalle"@de ;
    dcterms:description "Skills with metals."@en ; dcterms:issued "2012-09"^^xsd:gYearMonth ;
    dcterms:license <https://example.org/licence> ; skos:hasTopConcept ex:join .
ex:join a skos:Concept ; skos:prefLabel "Join"@en , "Fügen"@de ; skos:altLabel "Fasten"@en ;
    skos:notation "J" ; skos:topConceptOf ex:s ; skos:inScheme ex:s ; skos:narrower ex:weld .
ex:weld a skos:Concept ; skos:prefLabel "Weld"@en ; skos:definition "To join by heat."@en ;
    skos:notation "J.1" ; skos:inScheme ex:s ; skos:broader ex:join ; skos:related ex:loose .
ex:loose a skos:Concept ; skos:prefLabel "Untidiness"@en ; skos:inScheme ex:s ;
    skos:related ex:weld ; skos:closeMatch <https://example.com/x> .
ex:c a skos:Collection ; skos:prefLabel "What to avoid"@en ; skos:member ex:loose .
"""


def test_a_whole_scheme_has_no_result() -> None:
    assert found(WHOLE, "skos") == set()


# ------------------------------------------------------------------ labels


def test_two_labels_without_a_language_are_too_many_as_well() -> None:
    more = 'ex:weld skos:prefLabel "Weld" , "Welding" .'
    assert found(WHOLE + more, "skos") == {"SkosPrefLabelOnce", "SkosLabelTagged"}


def test_one_label_without_a_language_beside_others_is_allowed_and_warned_of() -> None:
    assert found(WHOLE + 'ex:weld skos:prefLabel "W" .', "skos") == {"SkosLabelTagged"}


@pytest.mark.parametrize("label", ["ex:label", "2012", '"2012-01-01"^^xsd:date'])
def test_a_label_that_is_no_text_is_told_once(label: str) -> None:
    found_ = found(WHOLE + f"ex:weld skos:hiddenLabel {label} .", "skos")
    assert found_ == {"SkosLabelText"}


def test_labels_of_collections_are_looked_at_too() -> None:
    assert found(WHOLE + 'ex:c skos:prefLabel "Not to do"@en .', "skos") == {"SkosPrefLabelOnce"}


def test_a_hidden_label_may_be_neither_preferred_nor_alternative() -> None:
    both = 'ex:join skos:hiddenLabel "Join"@en , "Fasten"@en .'
    assert found(WHOLE + both, "skos") == {"SkosPrefLabelNotAlt", "SkosAltLabelNotHidden"}


@pytest.mark.parametrize("note", ["ex:document", '[ rdfs:label "a note"@en ]'])
def test_a_note_may_be_a_document(note: str) -> None:
    assert found(WHOLE + f"ex:weld skos:historyNote {note} .", "skos") == set()


@pytest.mark.parametrize("date", ['"2011"^^xsd:date', '"last year"', '"2011"', "2011"])
def test_a_date_that_is_none_is_a_warning(date: str) -> None:
    [result] = results(WHOLE + f"ex:s dcterms:modified {date} .", "skos", "SkosDate")
    assert (result.severity, result.focus) == ("warning", EX + "s")
    assert result.value == date.strip('"').partition('"')[0]


# ------------------------------------------------------------------ the tree


def test_a_circle_is_told_once_and_from_either_direction() -> None:
    circle = "ex:join skos:broader ex:weld ."
    [result] = results(WHOLE + circle, "skos", "SkosCycle")
    assert result.focus == EX + "join"
    assert found(WHOLE + "ex:weld skos:narrower ex:join .", "skos") >= {"SkosCycle"}


def test_a_concept_above_itself_is_a_circle() -> None:
    assert "SkosCycle" in found(WHOLE + "ex:weld skos:broader ex:weld .", "skos")


def test_related_to_what_stands_far_above_or_below_is_too_little() -> None:
    deeper = """ex:spot a skos:Concept ; skos:prefLabel "Spot weld"@en ; skos:inScheme ex:s ;
        skos:broader ex:weld ; skos:related ex:join .
        ex:weld skos:narrower ex:spot . ex:join skos:related ex:spot ."""
    assert found(WHOLE + deeper, "skos") == {"SkosRelatedNotBroader", "SkosRelatedNotNarrower"}


def test_a_link_in_one_direction_names_the_concept_below_and_the_one_above() -> None:
    for half in ("skos:broader ex:join ;", "; skos:narrower ex:weld"):
        [result] = results(WHOLE.replace(half, ""), "skos", "SkosBroaderBothWays")
        assert (result.focus, result.value) == (EX + "weld", EX + "join")


def test_a_concept_that_nothing_leads_to_is_told_of_and_one_in_a_collection_is_not() -> None:
    [result] = results(WHOLE.replace("skos:member ex:loose", "skos:member ex:weld"), "skos",
                       "SkosPlace")  # fmt: skip
    assert result.focus == EX + "loose"


def test_a_concept_with_a_parent_is_no_top_concept_of_the_same_scheme() -> None:
    top = "ex:weld skos:topConceptOf ex:s . ex:s skos:hasTopConcept ex:weld ."
    assert found(WHOLE + top, "skos") == {"SkosTopConceptBroader"}
    elsewhere = "ex:weld skos:topConceptOf ex:t . ex:t a skos:ConceptScheme ;"
    elsewhere += 'dcterms:title "T"@en ; dcterms:description "T"@en ; dcterms:rights "Free"@en ;'
    assert found(WHOLE + elsewhere + "skos:hasTopConcept ex:weld .", "skos") == set()


def test_the_same_notation_in_two_schemes_is_no_fault() -> None:
    other = WHOLE.replace("ex:", "ex:other-")
    assert found(WHOLE + other, "skos") == set()
    [result] = results(WHOLE.replace('"J.1"', '"J"'), "skos", "SkosNotationTwice")
    assert "join" in result.message and result.focus == EX + "weld"


def test_a_scheme_and_a_concept_in_one_are_told_apart() -> None:
    assert "SkosSchemeNotConcept" in found(WHOLE + "ex:s a skos:Concept .", "skos")
    assert "SkosCollectionNotConcept" in found(WHOLE + "ex:c a skos:ConceptScheme .", "skos")


def test_concepts_without_any_scheme_are_told_so_and_so_is_that_there_is_none() -> None:
    alone = 'ex:weld a skos:Concept ; skos:prefLabel "Weld"@en .'
    assert found(alone, "skos") == {"SkosScheme", "SkosInScheme", "SkosPlace"}


def test_a_nameless_concept_is_named_by_its_label() -> None:
    [result] = results(
        WHOLE + '[] a skos:Concept ; skos:prefLabel "Solder"@en .', "skos", "SkosIri"
    )
    assert result.name == 'concept "Solder"'


# ------------------------------------------------------------------ matches and spelling


@pytest.mark.parametrize("kind", ["broadMatch", "narrowMatch", "relatedMatch"])
def test_exactly_the_same_is_not_broader_narrower_or_related_too(kind: str) -> None:
    for pair in ("ex:weld skos:{0} <https://example.com/w> .",
                 "<https://example.com/w> skos:{0} ex:weld ."):  # fmt: skip
        both = "ex:weld skos:exactMatch <https://example.com/w> ." + pair.format(kind)
        assert found(WHOLE + both, "skos") == {"SkosExactMatchOnly"}


def test_a_match_within_the_scheme_is_a_warning() -> None:
    assert found(WHOLE + "ex:loose skos:closeMatch ex:join .", "skos") == {"SkosMatchElsewhere"}


def test_a_misspelt_property_is_named_with_the_concept_that_has_it() -> None:
    [result] = results(WHOLE + 'ex:weld skos:preflabel "W"@en .', "skos", "SkosUnknownProperty")
    assert result.focus == EX + "weld" and "skos:preflabel" in result.message


# ------------------------------------------------------------------ real and generated data


def test_a_real_vocabulary_misses_one_direction_and_has_empty_definitions(shared: Path) -> None:
    file = shared / "samples" / "skos" / "kim-digcomp.ttl"
    if not file.is_file():
        pytest.skip("no kim-digcomp.ttl in ../shared/samples/skos here")
    report = report_of(KnowledgeGraph(file), "skos")
    assert Counter(f"{result.severity} {name_of(result)}" for result in report) == {
        "warning SkosBroaderBothWays": 21,
        "warning SkosNoteNotBlank": 5,
        "info SkosSchemeRights": 1,
    }
    first = report.results[0]
    assert first.kind == "concept" and first.label and first.place[0] == "DigComp Kompetenzen"


# The view is not to blame for these: a generated framework has no title, text or rights at times.
OF_THE_DATA = {
    "SkosSchemeTitle", "SkosSchemeTitleTagged", "SkosSchemeDescription", "SkosSchemeTopConcept",
    "SkosSchemeRights", "SkosPrefLabel", "SkosLabelNotBlank", "SkosLabelTagged", "SkosDefinitionOnce",
    "SkosNoteNotBlank", "SkosNoteTagged", "SkosNotationTwice", "SkosMatchElsewhere", "SkosRelatedKnown",
}  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frameworks())
def test_the_view_of_any_framework_keeps_the_conditions(text: str) -> None:
    graph = loaded("")
    graph.parse(text)
    assert {name_of(result) for result in report_of(graph, "skos")} <= OF_THE_DATA


@pytest.mark.parametrize(
    ("closer", "other"),
    [("exact", "broad"), ("exact", "related"), ("broad", "related"), ("narrow", "related")],
)
def test_the_view_keeps_one_match_of_two_concepts_whichever_of_them_says_it(
    closer: str, other: str
) -> None:
    parts = "".join(
        f'ex:{name} a comp:Competency ; rdfs:label "{name}"@en ; comp:inFramework ex:f ;'
        " comp:partOf ex:f ."
        for name in ("a", "b")
    )
    for one, two in (("a", "b"), ("b", "a")):
        links = f"ex:{one} skos:{closer}Match ex:{two} . ex:{two} skos:{other}Match ex:{one} ."
        data = f'ex:f a comp:Framework ; rdfs:label "F"@en . {parts} {links}'
        assert not {"SkosExactMatchOnly", "SkosRelatedMatchOnly"} & found(data, "skos")
