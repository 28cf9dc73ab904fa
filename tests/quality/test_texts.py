"""How statements are written, and what is said twice: each check finds it, and little else."""

from __future__ import annotations

from pathlib import Path

import pytest

from competency import KnowledgeGraph
from competency.documents import import_document
from competency.shapes import Severity
from tests.quality.common import found, item, judge, part, said

LIST = part("l", "Group", 'rdfs:label "Safety"@en')


# ------------------------------------------------------------------ said twice


def test_three_items_with_one_text_are_one_finding_that_counts_them() -> None:
    turtle = "".join(item(name, "Check the seam.") for name in "abc")
    assert found("DuplicateTexts", turtle) == ["c"]
    assert "3 times" in said("DuplicateTexts", turtle) and "example.org/a" in said(
        "DuplicateTexts", turtle
    )


def test_spaces_capitals_and_stops_make_no_different_text() -> None:
    assert found("DuplicateTexts", item("a", "Check the seam.") + item("b", "check  the Seam")) == [
        "b"
    ]


@pytest.mark.parametrize(
    "other",
    [
        item("b", "Check the seam.", "comp:doubt 'Printed twice.'@en ; "),
        item("b", "Check the seam.", "comp:code ex:w2 ; "),
        item("b", "Check the seams."),
        item("b", "Check the seam.", language="cy"),
        part("b", "KnowledgeStatement", 'comp:text "Check the seam."@en'),
        part("l", "Group", 'rdfs:label "L"@en')
        + part("b", "PerformanceCriterion", 'comp:text "Check the seam."@en', "ex:l"),
        part("b", "PerformanceCriterion", 'comp:text "Check the seam."@en').replace("ex:f", "ex:g"),
    ],
    ids=["doubt", "code", "other words", "other language", "other kind", "other list", "elsewhere"],
)
def test_equal_texts_that_are_meant_so_pass(other: str) -> None:
    assert found("DuplicateTexts", item("a", "Check the seam.") + other) == []


def test_a_doubt_at_either_of_two_equal_items_is_enough() -> None:
    first = item("a", "Check the seam.", "comp:doubt 'Printed twice.'@en ; ")
    assert found("DuplicateTexts", first + item("b", "Check the seam.")) == []


def test_empty_texts_are_not_called_the_same() -> None:
    assert found("DuplicateTexts", item("a", "") + item("b", " ")) == []


def test_statements_may_share_their_titles_and_units_with_codes_too() -> None:
    notes = "".join(part(n, "Note", 'rdfs:label "Note"@en') for n in "ab")
    units = "".join(
        part(n, "UnitOfCompetency", f'rdfs:label "U"@en ; comp:code ex:{n}1') for n in "cd"
    )
    assert found("DuplicateTitles", notes + units) == []
    groups = "".join(part(n, "FunctionalArea", 'rdfs:label "Retail"@en') for n in "ab")
    assert found("DuplicateTitles", groups) == ["b"]


def test_a_text_that_repeats_its_title_is_told() -> None:
    assert found("TextRepeatsTitle", item("a", "weld ships", 'rdfs:label "Weld ships."@en ; ')) == [
        "a"
    ]


# ------------------------------------------------------------------ lead-ins and headings


def lead_in(*items: str, linked: bool = True, place: int = 1) -> str:
    link = " ; comp:leadIn ex:o" if linked else ""
    opening = part("o", "Note", f'comp:position {place} ; comp:text "You must:"@en', "ex:l")
    return part("l", "Group", f'rdfs:label "Criteria"@en{link}') + opening + "".join(items)


def below(name: str, place: int) -> str:
    return part(
        name, "PerformanceCriterion", f'comp:position {place} ; comp:text "weld"@en', "ex:l"
    )


def test_a_lead_in_that_nothing_follows_is_told() -> None:
    assert found("LeadInUnfinished", lead_in()) == ["o"]
    assert found("LeadInUnfinished", lead_in(linked=False)) == ["o"]
    assert found("LeadInUnfinished", lead_in(below("a", 1), place=2)) == ["o"]


def test_a_lead_in_that_something_finishes_passes() -> None:
    assert found("LeadInUnfinished", lead_in(below("a", 2))) == []
    elsewhere = part("u", "Competency", 'rdfs:label "Weld"@en ; comp:leadIn ex:o')
    assert found("LeadInUnfinished", lead_in(elsewhere, linked=False)) == []


def test_words_that_lead_in_without_saying_so_are_told() -> None:
    assert found("LeadInNotLinked", lead_in(below("a", 2), linked=False)) == ["o"]
    assert found("LeadInNotLinked", lead_in(below("a", 2))) == []


@pytest.mark.parametrize(
    ("extent", "more", "offenders"),
    [
        ("comp:Whole", "", ["l"]),
        ("comp:Excerpt", "", []),
        ("comp:Whole", " ; comp:isEmpty true", []),
        ("comp:Whole", ' ; comp:doubt "Nothing is printed."@en', []),
    ],
)
def test_a_heading_over_nothing_is_told_where_all_is_held(
    extent: str, more: str, offenders: list[str]
) -> None:
    head = f"ex:f a comp:Framework ; comp:extent {extent} .\n"
    turtle = part("l", "Value", f'rdfs:label "Care"@en{more}')
    assert found("EmptyGroup", turtle, head) == offenders


# ------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wear a mask as appropriate.", "as appropriate"),
        ("Where necessary, wear a mask.", "where necessary"),
        ("Wear masks, gloves etc.", "etc"),
        ("Wear masks, gloves and so on", "and so on"),
        ("Weld and/or cut plates.", "and/or"),
    ],
)
def test_vague_words_are_named(text: str, words: str) -> None:
    assert said("VagueWords", item("a", text)) == f'"{words}" leaves open what is asked.'


@pytest.mark.parametrize(
    "text",
    ["Choose an appropriate gas.", "Fetch the records.", "As needed by ships: weld.", "Weld \\\\1"],
)
def test_words_that_only_look_vague_pass(text: str) -> None:
    expected = ["a"] if text.startswith("As needed") else []
    assert found("VagueWords", item("a", text)) == expected


def test_vague_words_pass_in_reworded_texts_notes_and_other_languages() -> None:
    text = "Wear a mask as appropriate."
    assert found("VagueWords", item("a", text, "comp:wording comp:Reworded ; ")) == []
    assert found("VagueWords", part("a", "Note", f'comp:text "{text}"@en')) == []
    assert found("VagueWords", item("a", "Porter un masque, etc.", language="fr")) == []


@pytest.mark.parametrize(
    "text",
    ["Understand gases.", "know which gas", "Have a sound knowledge of gas.", "Be aware of gas."],
)
def test_a_criterion_of_knowing_is_told(text: str) -> None:
    assert found("KnowingNotDoing", item("a", text)) == ["a"]
    assert found("KnowingNotDoing", item("a", text, "comp:aspect comp:Knowing ; ")) == []
    assert found("KnowingNotDoing", part("a", "KnowledgeStatement", f'comp:text "{text}"@en')) == []


@pytest.mark.parametrize("text", ["Weld plates. Keep the shop clean.", "Is it dry? Then weld it."])
def test_several_sentences_are_told(text: str) -> None:
    assert found("TwoSentences", item("a", text)) == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "Weld plates.",
        "Weld (e.g. Plates of steel).",
        "Weld approx. Ten plates.",
        "See Dr. Fox today",
    ],
)
def test_one_sentence_passes(text: str) -> None:
    assert found("TwoSentences", item("a", text)) == []


def test_a_failing_is_told_among_the_positive_indicators_only() -> None:
    text = 'comp:text "Fails to report faults."@en'
    assert found("UnhelpfulAsHelpful", part("a", "PositiveIndicator", text)) == ["a"]
    assert found("UnhelpfulAsHelpful", part("a", "NegativeIndicator", text)) == []


@pytest.mark.parametrize(
    "text", ["Weld the", "Weld long-", "Weld (steel", "Weld plates,", "Weld and"]
)
def test_a_text_that_was_cut_off_is_told(text: str) -> None:
    assert found("TextCutOff", item("a", text)) == ["a"]


@pytest.mark.parametrize("text", ["Weld it", "Sign in", "Weld (steel)", "Hepatitis A", "Clean up"])
def test_a_text_that_ends_as_it_should_passes(text: str) -> None:
    assert found("TextCutOff", item("a", text)) == []


def test_commas_after_every_item_of_a_list_are_a_style() -> None:
    assert found("TextCutOff", item("a", "weld plates, and") + item("b", "cut plates;")) == []


def test_capitals_are_told_in_sentences_and_not_in_titles_or_other_scripts() -> None:
    assert found("AllCapitals", item("a", "WEAR A MASK WHEN YOU WELD.")) == ["a"]
    assert (
        found("AllCapitals", part("a", "Group", 'rdfs:label "WHAT YOU MUST KNOW FIRST"@en')) == []
    )
    assert (
        found(
            "AllCapitals", item("a", "次の層を置く前に 継ぎ目を 確認する こと です", language="ja")
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "language", "more", "offenders"),
    [
        ("3. Weld the seam.", "en", "", ["a"]),
        ("(b) Weld the seam.", "en", "", ["a"]),
        ("• Weld the seam.", "en", "", ["a"]),
        ("2.1. Weld the seam.", "de", "", ["a"]),
        ("1. Hilfe leisten", "de", "", []),
        ("1. Hilfe leisten", "de", "comp:enumeration '1' ; ", ["a"]),
        ("01 Weld the seam.", "en", "comp:enumeration '01' ; ", ["a"]),
        ("5 mm plates are cut.", "en", "comp:enumeration '5' ; ", []),
        ("3D printing", "en", "", []),
        ("2.5 tonne cranes", "en", "", []),
        ("A. Smith is the author.", "en", "", []),
    ],
)
def test_a_number_is_told_from_words_that_begin_with_one(
    text: str, language: str, more: str, offenders: list[str]
) -> None:
    assert found("NumberInText", item("a", text, more, language)) == offenders


# ------------------------------------------------------------------ real documents


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_real_document_has_no_warning_and_infos_about_vague_words_alone(
    shared: Path, number: str
) -> None:
    file = next((shared / "seeds").glob(f"{number}_*.txt"))
    graph = KnowledgeGraph()
    graph.add(import_document(file).graph)
    report = graph.validate()
    assert not len(report.at_least(Severity.warning)), report.text()
    assert {result.shape.partition("#")[2] for result in report} <= {"VagueWords"}


def test_texts_with_backslashes_and_ill_typed_values_are_no_error() -> None:
    odd = r'comp:text "\\1 as needed \\g<0>"@en ; rdfs:label "\\1", "\\1"@fr ; comp:enumeration "\\1" ; '
    turtle = part("a", "PerformanceCriterion", odd + r'comp:position "\\1", "x"^^xsd:integer')
    turtle += (
        r'ex:f dcterms:language "\\1" ; dcterms:modified "\\1" ; dcterms:issued "\\1" . ' + LIST
    )
    turtle += (
        r'ex:l comp:partOf "\\1" ; comp:code "\\1" ; comp:atLevel "\\1" ; comp:leadIn "\\1" . '
    )
    assert "a" in {result.focus[20:] for result in judge(turtle)}
