"""Words of one field count less than shared words, and words that say little count less too."""

from __future__ import annotations

from pathlib import Path

import pytest

from competency.align import Options
from competency.align.corpus import Corpus
from competency.align.statements import Statement
from competency.align.synonyms import Synonyms, own_fields, synonyms
from competency.align.terms import Reader
from competency.align.words import stop_words, weak_words
from tests.align.common import between, relation

OVENS = Synonyms(fields=[("en", ("oven", "dough"))])


def corpus(*texts: str, table: Synonyms = OVENS) -> Corpus:
    made = [
        Statement(f"urn:{place}", f"urn:f{place}", "", text, "en")
        for place, text in enumerate(texts)
    ]
    return Corpus(made, Reader(table))


def test_every_word_of_a_field_is_one_term_that_says_something() -> None:
    reader = Reader(synonyms())
    for language, words in own_fields():
        assert [word for word in words if len(reader.read(word, language).terms) != 1] == []
    assert len(own_fields()) > 300
    assert {language for language, _ in own_fields()} == {"en", "fr", "de"}


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_no_word_says_little_and_nothing(language: str) -> None:
    assert weak_words(language)
    assert not weak_words(language) & stop_words(language)


def test_a_word_of_the_same_field_is_less_than_the_same_word() -> None:
    found = corpus("Heats the oven", "Cleans an oven", "Kneads dough", "Sells a loaf")
    assert found.words(0, 1) > found.words(0, 2) > 0 == found.words(0, 3)


def test_words_of_one_field_bring_a_related_match_that_says_so(tmp_path: Path) -> None:
    file = tmp_path / "ours.txt"
    file.write_text("~ ovens, dough\n")
    sides = ["Heats the oven."], ["Kneads dough by hand."]
    assert not between(*sides)
    (item,) = between(*sides, Options(synonyms=(str(file),)))
    assert relation(item) == "relatedMatch"
    assert [str(word) for word in item.shared] == ["oven ~ dough"]
    assert item.left.text[slice(*item.shared[0].left_at)] == "oven"


def test_words_of_one_field_are_told_only_where_too_few_are_shared(tmp_path: Path) -> None:
    file = tmp_path / "ours.txt"
    file.write_text("~ oven, dough\n")
    sides = ["Weighs flour near the oven."], ["Weighs flour for dough."]
    (item,) = between(*sides, Options(synonyms=(str(file),)))
    assert [str(word) for word in item.shared] == ["weighs", "flour"]


def test_a_phrase_of_a_field_may_be_in_no_group() -> None:
    table = Synonyms(fields=[("en", ("baking stone", "oven"))])
    terms = Reader(table).read("Heats the baking stones", "en").terms
    assert [term.fields for term in terms if term.fields] == [["~0"]]


def test_a_word_that_says_little_counts_half() -> None:
    found = corpus("Ensures crumbs", "Ensures sparks", "Kneads crumbs", "Rolls rods")
    assert 0 < found.words(0, 1) < found.words(0, 2)


def test_french_plurals_are_found_in_the_table() -> None:
    left = [("PositiveIndicator@fr", "Répond aux réclamations des usagers.")]
    right = [("PositiveIndicator@fr", "Traite les plaintes du client.")]
    (item,) = between(left, right)
    assert [str(word) for word in item.shared] == ["réclamations = plaintes", "usagers = client"]
    assert relation(item) == "closeMatch"


def test_german_compounds_of_the_table_are_synonyms() -> None:
    left = [("PositiveIndicator@de", "Bearbeitet Reklamationen der Kundschaft.")]
    right = [("PositiveIndicator@de", "Nimmt Beschwerden von Kunden auf.")]
    (item,) = between(left, right)
    assert len(item.shared) == 2
