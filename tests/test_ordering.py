"""The order of titles: as a reader looks for them, and the same whoever sorts them, in any order."""

from __future__ import annotations

import random

import pytest

from competency.server.pages.ordering import folded, title_key


@pytest.mark.parametrize(
    "titles",
    [
        ["1", "2", "10", "100"],
        ["Standard 9 for bakers", "Standard 10 for bakers", "Standard 10 for cooks"],
        ["Level 2", "Level 2.9", "Level 2.10", "Level B"],
        ["Standard", "Standard 1", "Standards"],
        ["apple", "Banana", "cherry"],
        ["Eclair", "Éclair", "Eclairs", "Zest"],
        ["Stufe ٢", "Stufe 3", "Stufe ١٠", "Stufe 11"],  # Arabic-Indic digits
        ["v७", "v8", "v１０"],  # Devanagari and full-width digits
        ["", "1", "a"],
    ],
)
def test_titles_stand_as_a_reader_looks_for_them(titles: list[str]) -> None:
    for seed in range(5):
        mixed = random.Random(seed).sample(titles, len(titles))  # noqa: S311
        assert sorted(mixed, key=title_key) == titles


def test_numbers_longer_than_any_integer_may_be_are_compared_by_value() -> None:
    short, long = "x " + "9" * 5_000, "x 1" + "0" * 5_000
    assert title_key(short) < title_key(long) < title_key("x 2" + "0" * 5_000)
    assert title_key("x " + "0" * 9_000 + "7") < title_key("x 8")


def test_titles_that_look_alike_are_never_equal() -> None:
    alike = ["Trade 1", "trade 1", "Trade 01", "Trade  1", "Tradé 1", "TRADE 1", "Trade ١"]
    assert len({title_key(title) for title in alike}) == len(alike)
    assert len({title_key(title)[0] for title in alike}) == 1


def test_signs_that_are_letters_of_their_script_are_kept() -> None:
    assert folded("कि") != folded("कु")
    assert folded("Straße") == folded("STRASSE")


def test_signs_that_only_look_like_digits_break_nothing() -> None:
    odd = ["m²", "①", "½", "Ⅻ", "一", "\ud800", "x\u0660\u0301"]
    assert len({title_key(title) for title in odd}) == len(odd)
    assert sorted(odd, key=title_key)[:2] == ["①", "½"]
