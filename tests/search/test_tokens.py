"""Words as the index holds them: folded, stemmed, in pairs; for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competency.graph.search.tokens import Stems, fold, grams, squeezed, tokens_of, words_of

ANY = st.text(max_size=60)


@given(ANY)
def test_words_stand_where_they_say(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert end <= word.start < word.end <= len(text)
        assert word.folded and (word.unspaced or len(word.folded) <= 64)
        end = word.end


@given(ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    for word in words_of(text):
        assert fold(word.folded) in (word.folded, fold(fold(word.folded)))


@given(st.text(alphabet="客户服务能力サービス고객", min_size=1, max_size=12), st.data())
def test_any_part_of_a_run_is_found_by_its_pairs(run: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    part, held = run[start:end], grams(run)
    if len(part) == 1:
        assert any(pair.startswith(part) for pair in held)
    else:
        wanted = grams(part)[:-1]
        assert held[start : start + len(wanted)] == wanted


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Compétences", "competences"), ("ÉQUIPE", "equipe"), ("naïve", "naive"), ("Straße", "strasse"),
        ("Œuvre", "oeuvre"), ("Łódź", "lodz"), ("İstanbul", "istanbul"), ("Ｃ１", "c1"), ("ﬁnance", "finance"),
        ("e\u0301quipe", "equipe"), ("خِدْمَة", "خدمة"), ("أحمد", "احمد"), ("Ёлка", "елка"), ("शिक्षा", "शिक्षा"),
        ("compe\u00adtence", "competence"),
    ],
)  # fmt: skip
def test_people_need_no_accents(typed: str, meant: str) -> None:
    assert [word.folded for word in words_of(typed)] == [meant]


def test_apostrophes_and_hyphens_part_words() -> None:
    assert tokens_of("L’équipe d'aujourd'hui, e-mail") == [
        "l",
        "equipe",
        "d",
        "aujourd",
        "hui",
        "e",
        "mail",
    ]


def test_a_code_is_one_word_when_squeezed() -> None:
    assert squeezed(" PSS SPO-109.1 ") == "pssspo1091"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "running", "runs"), ("en-GB", "customers", "customer"), ("fr", "compétences", "competence"),
        ("fr", "équipe", "equipes"), ("de", "Überprüfungen", "ueberprüfung"[2:].replace("berp", "überp")),
        ("es", "clientes", "cliente"), ("ar", "الموظفون", "الموظف"),
    ],
)  # fmt: skip
def test_forms_of_a_word_share_a_stem(language: str, one: str, other: str) -> None:
    stems = Stems()
    assert stems.of(one.lower(), language) & stems.of(other.lower(), language)


def test_a_language_without_a_stemmer_has_no_stems_and_codes_have_none() -> None:
    assert not Stems().of("klingon", "tlh")
    assert not Stems().of("spo109s", "en")
