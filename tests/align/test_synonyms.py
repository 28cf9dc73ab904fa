"""The table of synonyms: what is in it, and files that add to it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from competency.align import Options
from competency.align.synonyms import Synonyms, own_groups, synonyms
from competency.align.terms import Reader
from competency.align.words import stop_words
from competency.errors import ParseError, SourceError
from tests.align.common import between


def names(text: str, found: Synonyms | None = None, language: str = "en") -> list[str]:
    return [term.name for term in Reader(found or synonyms()).read(text, language).terms]


def test_there_are_many_groups_and_a_word_is_in_one_only() -> None:
    words = Counter((language, word) for language, group in own_groups() for word in group)
    assert len(own_groups()) >= 150
    assert [word for word, count in words.items() if count > 1] == []


def test_no_word_of_the_table_is_a_stop_word() -> None:
    words = {word for language, group in own_groups() for word in group if language == "en"}
    assert not words & stop_words("en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("clients", "Customers"),
        ("carries out", "implemented"),
        ("staff", "personnel"),
        ("prioritises", "priority"),
        ("keep to", "complying"),
    ],
)
def test_every_form_of_a_synonym_is_one(one: str, other: str) -> None:
    assert names(one) == names(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("organises", "organisations"), ("managers", "managing"), ("responds", "responsible")],
)
def test_words_of_one_stem_may_be_in_different_groups(one: str, other: str) -> None:
    assert names(one) != names(other)


def test_a_file_adds_groups_and_words_to_ours(tmp_path: Path) -> None:
    file = tmp_path / "ours.txt"
    file.write_text("# a bakery\ncustomers, regulars\nloaf, boule\n\n[fr]\nclient, habitué\n")
    found = synonyms(str(file))
    assert names("regulars", found) == names("client", found)
    assert names("loaves boules", found)[1] == names("loaf", found)[0]
    assert names("habitués", found, "fr") == names("clients", found, "fr")
    assert names("habitués", found) != names("clients", found)


def test_a_file_of_synonyms_brings_suggestions(tmp_path: Path) -> None:
    file = tmp_path / "ours.txt"
    file.write_text("boule, wheel of bread\n")
    sides = ["Bakes a boule."], ["Stores the wheels of bread."]
    assert not between(*sides)
    (item,) = between(*sides, Options(synonyms=(str(file),)))
    assert [str(word) for word in item.shared] == ["boule = wheels of bread"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("loaf, boule\nbaguette\n", "ours.txt:2: a group has two words or more"),
        ("loaf, ?\n", "ours.txt:1: '\\?' is not a word"),
        ("loaf, one two three four five six seven\n", "at most 6 words"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "ours.txt"
    file.write_text(text)
    with pytest.raises(ParseError, match=reason):
        synonyms(str(file))


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.txt"
    file.write_bytes(b"loaf, boule\nhabitu\xe9, client\n")
    with pytest.raises(ParseError, match=r"ours\.txt:2: not UTF-8"):
        synonyms(str(file))


def test_a_file_that_is_not_there_or_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        synonyms(str(tmp_path / "none.txt"))
    file = tmp_path / "long.txt"
    file.write_text("loaf, boule\n" * 200_000)
    with pytest.raises(SourceError, match="longer than"):
        synonyms(str(file))


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "ours.txt"
    file.write_bytes(b"\xef\xbb\xbfloaf, boule\r\nbun, roll\r\n")
    assert names("boule", synonyms(str(file))) == ["en=boule"]
