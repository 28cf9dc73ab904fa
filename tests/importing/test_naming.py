"""The files of a batch: named by IRIs, no two alike, never outside their folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.importing.naming import Names, Places, file_stem

SOURCE = Path("in/package.json")


@pytest.mark.parametrize(
    ("iri", "stem"),
    [
        ("https://example.org/id/welding", "welding"),
        ("https://example.org/id/welding/", "welding"),
        ("https://example.org/id#welding", "welding"),
        ("https://example.org/a%2Fb", "b"),
        ("https://example.org/..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("https://example.org/id/Schwei%C3%9Fen", "Schwei-en"),
        ("https://example.org/.hidden", "hidden"),
        ("https://example.org/CON", "framework-CON"),
        ("https://example.org/nul.ttl", "framework-nul.ttl"),
        ("urn:isbn:123", "isbn-123"),
    ],
)
def test_a_file_is_named_by_the_last_step_of_the_iri(iri: str, stem: str) -> None:
    assert file_stem(iri) == stem


def test_an_iri_that_names_nothing_gives_a_name_all_the_same() -> None:
    assert file_stem("https://example.org/池之端").startswith("framework-")
    assert file_stem("https://example.org/") != file_stem("https://example.com/")


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=60))
def test_no_iri_leads_out_of_the_folder(text: str) -> None:
    stem = file_stem(f"https://example.org/{text}")
    assert stem and not stem.startswith(".") and len(stem) <= 80
    assert set(stem) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")


def test_frameworks_whose_iris_end_alike_get_other_files(tmp_path: Path) -> None:
    places = Places(tmp_path)
    iris = ("https://a.example/welding", "https://b.example/Welding", "https://c.example/welding")
    names = {places.of(iri, SOURCE).name.casefold() for iri in iris}
    assert len(names) == 3


def test_a_file_that_holds_another_framework_is_left_to_it(tmp_path: Path) -> None:
    (tmp_path / "welding.ttl").write_text(
        "<https://b.example/welding> a <https://w3id.org/competency/ns#Framework> ."
    )
    assert Places(tmp_path).of("https://b.example/welding", SOURCE).name == "welding.ttl"
    assert Places(tmp_path).of("https://a.example/welding", SOURCE).name == "welding-package.ttl"


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "welding.ttl").symlink_to(tmp_path / "elsewhere.ttl")
    assert Places(tmp_path).of("https://b.example/welding", SOURCE).name != "welding.ttl"


def test_the_same_frameworks_get_the_same_names() -> None:
    iris = ("https://a.example/welding", "https://b.example/welding")
    first, second = Names(), Names()
    assert [first.of(iri) for iri in iris] == [second.of(iri) for iri in iris]
