"""Levels, numbers, languages of parts, dates, terms and alignments: found, and nothing else."""

from __future__ import annotations

import pytest

from tests.quality.common import FRAMEWORK, found, item, part, said

SCALE = "ex:s a comp:LevelScale .\n"


def level(number: int, more: str = "") -> str:
    return f"ex:level{number} a comp:Level ; comp:inScale ex:s ; comp:rank {number}{more} .\n"


def at_level(number: int, *texts: str) -> str:
    name = f"c{number}"
    rows = (
        part(f"{name}-{at}", "PositiveIndicator", f'comp:text "{text}"@en', f"ex:{name}")
        for at, text in enumerate(texts)
    )
    return part(name, "CompetencyLevel", f"comp:atLevel ex:level{number}", "ex:c") + "".join(rows)


COMPETENCY = (
    part("c", "Competency", 'rdfs:label "Weld"@en') + SCALE + level(1) + level(2) + level(3)
)


def test_a_level_copied_from_the_one_below_is_told_and_the_lower_one_is_not() -> None:
    turtle = COMPETENCY + at_level(1, "Welds.", "Cuts.") + at_level(2, "Cuts.")
    assert found("LevelAddsNothing", turtle) == ["c2"]


def test_a_level_with_something_of_its_own_passes() -> None:
    assert (
        found(
            "LevelAddsNothing", COMPETENCY + at_level(1, "Welds.") + at_level(2, "Welds.", "Cuts.")
        )
        == []
    )


def test_a_level_with_nothing_at_all_is_the_matter_of_another_rule() -> None:
    assert found("LevelAddsNothing", COMPETENCY + at_level(1, "Welds.") + at_level(2)) == []


def test_levels_without_ranks_are_compared_by_which_is_higher() -> None:
    turtle = COMPETENCY.replace("comp:rank 2", "comp:higherThan ex:level1")
    assert found("LevelAddsNothing", turtle + at_level(1, "Welds.") + at_level(2, "Welds.")) == [
        "c2"
    ]


def test_the_same_texts_at_a_level_of_another_competency_do_not_matter() -> None:
    other = part("d", "CompetencyLevel", 'comp:atLevel ex:level2 ; comp:text "Welds."@en')
    assert found("LevelAddsNothing", COMPETENCY + at_level(1, "Welds.") + other) == []


@pytest.mark.parametrize(
    ("code", "rank", "offenders"),
    [
        ("111L3", "4", ["u"]),
        ("111-L3", "4", ["u"]),
        ("111 L12", "1", ["u"]),
        ("111L3", "3", []),
        ("111L3", '"03"^^xsd:integer', []),
        ("CABL3", "4", []),
        ("L3", "4", []),
        ("111L3A", "4", []),
        ("111L3", '"x"^^xsd:integer', []),
    ],
)
def test_a_code_with_another_level_is_told(code: str, rank: str, offenders: list[str]) -> None:
    unit = part("u", "UnitOfCompetency", "comp:code ex:k ; comp:qualificationLevel ex:l")
    turtle = unit + f'ex:k skos:notation "{code}" . ex:l comp:rank {rank} .'
    assert found("CodeContradictsLevel", turtle) == offenders


def test_a_code_that_contradicts_its_level_in_print_is_accepted_with_a_doubt() -> None:
    unit = part("u", "UnitOfCompetency", "comp:code ex:k ; comp:atLevel ex:l ; comp:doubt 'So.'@en")
    turtle = unit + 'ex:k skos:notation "111L3" . ex:l comp:rank 4 .'
    assert found("CodeContradictsLevel", turtle) == []


def titles(*pairs: tuple[str, int]) -> str:
    return SCALE + "".join(
        f'ex:t{at} comp:inScale ex:s ; rdfs:label "{title}"@en ; comp:rank {rank} .\n'
        for at, (title, rank) in enumerate(pairs)
    )


def test_a_title_with_another_number_than_the_rank_is_told_where_others_agree() -> None:
    assert found("RankContradictsTitle", titles(("L1", 1), ("L2", 2), ("L3", 4))) == ["t2"]


@pytest.mark.parametrize(
    "pairs",
    [
        [("Level 0", 1), ("Level 1", 2), ("Level 2", 3)],
        [("Band 1", 3), ("Band 2", 2), ("Band 3", 1)],
        [("Level 1", 1), ("Level 2", 2), ("Age 9-11", 3)],
        [("Level 1", 1), ("Level 2", 2), ("Expert", 3)],
    ],
)
def test_scales_that_count_in_their_own_way_pass(pairs: list[tuple[str, int]]) -> None:
    assert found("RankContradictsTitle", titles(*pairs)) == []


def numbered(*numbers: str) -> str:
    return "".join(
        part(f"n{at}", "Competency", f'comp:position {at} ; comp:enumeration "{number}"')
        for at, number in enumerate(numbers, 1)
    )


def test_numbers_in_the_order_of_the_alphabet_are_told_where_they_step_back() -> None:
    assert found("NumbersOutOfOrder", numbered("1", "10", "2", "3")) == ["n3"]
    assert said("NumbersOutOfOrder", numbered("1", "10", "2")).endswith(
        "stands right after number 10."
    )


def test_numbers_with_gaps_letters_and_two_lists_pass() -> None:
    assert found("NumbersOutOfOrder", numbered("1", "3", "a", "2.1")) == []
    other = part("m", "Note", 'comp:position 4 ; comp:enumeration "1"')
    assert found("NumbersOutOfOrder", numbered("1", "2", "3") + other) == []


# ------------------------------------------------------------------ languages of parts

ENGLISH = 'ex:f a comp:Framework ; dcterms:language "en" .\n'
BOTH = 'ex:f a comp:Framework ; dcterms:language "en" , "fr-CA" .\n'


def title(name: str, *texts: str) -> str:
    return part(name, "Group", "rdfs:label " + " , ".join(texts))


def test_a_part_in_another_language_alone_is_told() -> None:
    turtle = title("a", '"Weld"@en-GB') + title("b", '"Souder"@fr')
    assert found("MixedLanguages", turtle, ENGLISH) == ["b"]
    assert found("MixedLanguages", turtle, BOTH) == []
    assert found("MixedLanguages", turtle, FRAMEWORK) == []


def test_a_language_that_nothing_is_in_is_one_finding_and_not_one_for_each_part() -> None:
    turtle = title("a", '"Weld"@en') + title("b", '"Cut"@en')
    head = ENGLISH.replace('"en"', '"de"')
    assert found("LanguageUnused", turtle, head) == ["f"]
    assert found("MixedLanguages", turtle, head) == []


@pytest.mark.parametrize(
    "named", ['"en"', '"EN-us"', "<http://id.loc.gov/vocabulary/iso639-2/deu>", '"ger"']
)
def test_a_language_that_is_used_or_not_given_as_two_letters_passes(named: str) -> None:
    head = ENGLISH.replace('"en"', named)
    turtle = title("a", '"Weld"@en')
    assert found("LanguageUnused", turtle, head) == found("MixedLanguages", turtle, head) == []


def test_the_part_that_was_left_untranslated_is_told() -> None:
    turtle = "".join(title(n, '"Weld"@en', '"Souder"@fr') for n in "abc") + title("d", '"Cut"@en')
    assert found("Untranslated", turtle, BOTH) == ["d"]


def test_a_framework_with_a_few_translations_is_not_told_part_by_part() -> None:
    turtle = "".join(title(n, '"Weld"@en') for n in "abc") + title("d", '"Cut"@en', '"Couper"@fr')
    assert found("Untranslated", turtle, BOTH) == []


def test_a_copy_under_another_language_is_told_and_a_name_is_not() -> None:
    copied = item("a", "Checks the seam twice.") + 'ex:a comp:text "Checks the seam twice."@fr .'
    assert found("TranslationCopied", copied) == ["a"]
    assert found("TranslationCopied", copied.replace("@fr", "@en-GB")) == []
    assert (
        found("TranslationCopied", title("a", '"Train the Trainer"@en', '"Train the Trainer"@de'))
        == []
    )


def test_a_country_in_place_of_a_language_is_told_with_what_was_meant() -> None:
    assert "ja is probably meant" in said("LanguageTag", title("a", '"溶接"@jp'))
    assert found("LanguageTag", title("a", '"Weld"@en-GB', '"Svets"@se', '"Зварювання"@uk')) == []


# ------------------------------------------------------------------ dates, values, terms


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ('"2011"^^xsd:date', True),
        ('"1/2/2011"', True),
        ('"2011"^^xsd:gYear', False),
        ('"2011-12-01"^^xsd:date', False),
        ('"2011-12-01T10:00:00Z"^^xsd:dateTime', False),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_date_that_no_computer_can_read_is_told(value: str, wrong: bool) -> None:
    assert found("DateReadable", f"ex:f dcterms:valid {value} .") == (["f"] if wrong else [])


@pytest.mark.parametrize(
    ("time", "wrong"),
    [("10:00:00", True), ("10:00:00.5", True), ("10:00:00Z", False), ("10:00:00-05:00", False)],
)
def test_a_time_without_zone_is_told(time: str, wrong: bool) -> None:
    turtle = f'ex:f dcterms:issued "2011-12-01T{time}"^^xsd:dateTime .'
    assert found("TimeZone", turtle) == (["f"] if wrong else [])


@pytest.mark.parametrize(
    ("issued", "modified", "wrong"),
    [
        ('"2012"^^xsd:gYear', '"2011-01-01"^^xsd:date', True),
        ('"2012-05"^^xsd:gYearMonth', '"2012-04-30"^^xsd:date', True),
        ('"2012"^^xsd:gYear', '"2012-01-01"^^xsd:date', False),
        ('"2012-05-01"^^xsd:date', '"2012"^^xsd:gYear', False),
        ('"2012-05-01"^^xsd:date', '"2012-05-01T00:00:00Z"^^xsd:dateTime', False),
        ('"May 2012"', '"2011"^^xsd:gYear', False),
    ],
)
def test_a_change_before_the_issue_is_told(issued: str, modified: str, wrong: bool) -> None:
    turtle = f"ex:f dcterms:issued {issued} ; dcterms:modified {modified} ."
    assert found("DatesInOrder", turtle) == (["f"] if wrong else [])


@pytest.mark.parametrize(
    "value", ['"12a"^^xsd:integer', '"yes"^^xsd:boolean', '"a b"^^xsd:anyURI', '"1,5"^^xsd:decimal']
)
def test_a_value_that_is_not_of_its_type_is_told_once(value: str) -> None:
    assert found("IllTypedValue", f"ex:f dcterms:extent {value} ; comp:lineCount {value} .") == [
        "f"
    ]
    code = f"ex:f comp:code ex:k . ex:k dcterms:extent {value} ."
    assert found("IllTypedValue", code) == ["k"]


@pytest.mark.parametrize(
    "value",
    [
        '"-12"^^xsd:integer',
        "true",
        '"1"^^xsd:boolean',
        "1.5",
        "1e9",
        '"INF"^^xsd:double',
        '"x"^^ex:own',
        '"x"@en',
    ],
)
def test_a_value_of_its_type_or_of_one_that_is_not_known_passes(value: str) -> None:
    assert found("IllTypedValue", f"ex:f dcterms:extent {value} .") == []


@pytest.mark.parametrize(
    "term",
    [
        "dcterms:publsher",
        "skos:notaton",
        "rdfs:lable",
        "<http://purl.org/dc/terms#title>",
        "<https://www.w3.org/2004/02/skos/core#notation>",
        "<http://w3id.org/competency/ns#sector>",
    ],
)
def test_a_misspelt_term_is_told(term: str) -> None:
    assert found("MisspeltTerm", f"ex:f {term} ex:x .") == ["f"]


def test_a_misspelt_kind_is_told_too() -> None:
    assert found("MisspeltTerm", "ex:f comp:code ex:k . ex:k a skos:Conept .") == ["k"]


@pytest.mark.parametrize(
    "term",
    [
        "dcterms:publisher",
        "skos:notation",
        "rdfs:seeAlso",
        "<http://purl.org/dc/elements/1.1/title>",
        "ex:publsher",
    ],
)
def test_terms_that_are_there_or_of_others_pass(term: str) -> None:
    assert found("MisspeltTerm", f"ex:f {term} ex:x .") == []


# ------------------------------------------------------------------ alignments

HELD = "<https://example.org/g/1> a comp:Competency ; comp:inFramework ex:g . ex:g a comp:Framework .\n"


@pytest.mark.parametrize("relation", ["skos:closeMatch", "^skos:broadMatch"])
def test_an_alignment_with_a_part_that_a_held_framework_lacks_is_told(relation: str) -> None:
    ends = ("ex:a", "<https://example.org/g/2>")
    start, end = ends[::-1] if relation[0] == "^" else ends
    turtle = HELD + part("a", "Competency", "skos:closeMatch <https://example.org/g/1>")
    turtle += f"{start} {relation.removeprefix('^')} {end} ."
    assert found("AlignmentEndMissing", turtle) == ["a"]


def test_an_alignment_with_a_framework_that_is_not_held_passes() -> None:
    turtle = HELD + part(
        "a", "Competency", "skos:closeMatch <https://example.com/esco/2> , ex:other"
    )
    assert found("AlignmentEndMissing", turtle) == []


def alignment(name: str, source: str, target: str) -> str:
    ends = f"owl:annotatedSource ex:{source} ; owl:annotatedTarget ex:{target}"
    return f"ex:{name} a comp:Alignment ; {ends} . ex:set sssom:mappings ex:{name} .\n"


def test_an_alignment_between_two_things_that_are_not_there_is_told_beside_others() -> None:
    here = part("a", "Competency", 'rdfs:label "Weld"@en')
    assert found(
        "AlignmentNowhere", here + alignment("m", "a", "x") + alignment("n", "y", "z")
    ) == ["n"]


def test_a_set_of_alignments_on_its_own_passes() -> None:
    assert found("AlignmentNowhere", alignment("m", "a", "x") + alignment("n", "y", "z")) == []
