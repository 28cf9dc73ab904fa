"""Where a word is nearly everywhere: what comes first, and that every page and count still fits."""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from competency import DataDirectory, KnowledgeGraph
from competency.graph import Asked
from competency.graph.search import MAIN, RECENT, ranking
from competency.graph.search.index import Index
from competency.graph.search.layout import LAYOUT, layout_of
from tests.conftest import PREFIXES
from tests.editions.common import ONE, TWO, framework, put
from tests.search.common import graph, names

MANY = f"""{PREFIXES}
@base <https://example.org/> .
<a> a comp:Framework ; rdfs:label "First"@en .
<a/text> a comp:Note ; comp:inFramework <a> ; comp:partOf <a> ; comp:position 1 ;
  comp:text "the the the the the the"@en .
<a/long> a comp:Competency ; comp:inFramework <a> ; comp:partOf <a> ; comp:position 2 ;
  rdfs:label "All about the one, or else another, of every sort there may be"@en .
<a/short> a comp:Competency ; comp:inFramework <a> ; comp:partOf <a> ; comp:position 3 ;
  rdfs:label "On the one"@en .
<a/both> a comp:Competency ; comp:inFramework <a> ; comp:partOf <a> ; comp:position 4 ;
  rdfs:label "Autre"@fr , "Theatre"@en ; comp:text "the words"@en , "le the"@fr .
<a/exact> a comp:Group ; comp:inFramework <a> ; comp:partOf <a> ; comp:position 5 ;
  rdfs:label "The"@en .
<b> a comp:Framework ; rdfs:label "Second"@en .
<b/code> a comp:Group ; comp:inFramework <b> ; comp:partOf <b> ; comp:position 1 ;
  comp:enumeration "THE" ; rdfs:label "Other"@en .
<b/text> a comp:PositiveIndicator ; comp:inFramework <b> ; comp:partOf <b> ; comp:position 2 ;
  comp:text "Does the work."@en .
<b/less> a comp:PositiveIndicator ; comp:inFramework <b> ; comp:partOf <b> ; comp:position 3 ;
  comp:text "Does the work, and more of it than anybody had thought could be done by one."@en .
"""
BOTH_FACETS = Asked(
    framework=("https://example.org/f/",), kind=("https://w3id.org/competency/ns#Competency",)
)


def many() -> KnowledgeGraph:
    made = KnowledgeGraph()
    made.parse(MANY)
    return made


def few(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let so many hits be too many to rank them all."""
    monkeypatch.setattr(ranking, "MOST_RANKED", most)


@pytest.mark.parametrize("most", [0, 5])
def test_of_too_many_hits_codes_and_titles_come_first_and_the_rest_in_order(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    few(monkeypatch, most)
    found = names(many().search("the"))
    titled = ["a/long", "a/short"] if most == 0 else ["a/short", "a/long"]
    middle = [name for name in found[2:-3] if name != "a/both"]
    assert found[:2] == ["b/code", "a/exact"] and middle == titled
    assert "a/both" in found[2:5] and found[-3:] == ["a/text", "b/text", "b/less"]


def test_choices_that_leave_few_enough_are_ranked_by_how_well_they_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few(monkeypatch, 3)
    chosen = Asked(kind=("https://w3id.org/competency/ns#Competency",))
    assert names(many().search("the", chosen)) == ["a/short", "a/long", "a/both"]
    second = Asked(polarity=("positive",))
    assert names(many().search("the", second)) == ["b/text", "b/less"]


@pytest.mark.parametrize(
    ("most", "words", "liked"),
    [*itertools.product((0, 2, 5, 1000), ("the", "the one", "the -work", ""), ("en", "fr"))],
)
def test_pages_hold_every_hit_once_in_one_order_and_counts_stay_exact(
    monkeypatch: pytest.MonkeyPatch, most: int, words: str, liked: str
) -> None:
    ranked = many().search(words, Asked(languages=(liked,), limit=100))
    few(monkeypatch, most)
    made = many()
    whole = made.search(words, Asked(languages=(liked,), limit=100))
    pages = [
        name
        for start in range(0, whole.total + 2, 2)
        for name in names(made.search(words, Asked(languages=(liked,), offset=start, limit=2)))
    ]
    assert pages == names(whole) and len(set(pages)) == whole.total == ranked.total
    assert set(pages) == set(names(ranked)) and whole.facets == ranked.facets


def test_what_has_a_word_in_two_languages_is_one_hit_in_the_one_whose_title_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few(monkeypatch, 0)
    for liked in ("en", "fr"):
        found = many().search("the", Asked(languages=(liked,)))
        (both,) = [hit for hit in found.hits if hit.iri.endswith("both")]
        assert str(both.title) == "Theatre" and found.total == 8


def test_choices_in_two_facets_leave_what_passes_both() -> None:
    found = graph().search("", BOTH_FACETS)
    counts = {
        facet: {item.value.rpartition("/")[2]: item.count for item in found.facets[facet]}
        for facet in ("framework", "kind", "polarity")
    }
    assert found.total == 7 and counts["polarity"] == {}
    assert counts["kind"] == {
        "ns#Competency": 7, "ns#PositiveIndicator": 1, "ns#NegativeIndicator": 1, "ns#Framework": 1,
    }  # fmt: skip
    totals = [item.count for item in found.facets["framework"]]
    assert totals == [7, 1]


def before(path: Path) -> None:
    """Make of an index file what it was before it held sorts."""
    with sqlite3.connect(path) as file:
        file.executescript("DROP TABLE sorts; DROP TABLE sorted; PRAGMA user_version=1")
    file.close()


def layouts(folder: Path) -> list[int]:
    found = []
    for path in sorted((folder / "search").iterdir()):
        with sqlite3.connect(path) as file:
            found.append(layout_of(file))
        file.close()
    return found


def answers(directory: DataDirectory) -> list[object]:
    with directory.require() as edition:
        opened = KnowledgeGraph.of(edition)
        found: list[object] = [
            asdict(opened.search(words, asked))
            for words in ("the", "the one", "former", "", "nothing")
            for asked in (Asked(), replace(BOTH_FACETS, framework=("https://example.org/a",)))
        ]
        opened.close()
    return found


def test_an_index_of_before_finds_the_same_and_gets_what_it_lacks_when_it_is_added_to(
    tmp_path: Path,
) -> None:
    directory = DataDirectory(tmp_path / "data")
    put(directory, many())
    put(directory, framework(ONE, title="Former"))
    first, second = (directory.editions_folder / name for name in directory.names())
    new = answers(directory)
    for name in (MAIN, RECENT):
        before(second / name)
    assert answers(directory) == new and layouts(second) == [1, 1]
    put(directory, framework(TWO, title="Former"))
    third = directory.editions_folder / directory.names()[-1]
    assert layouts(third) == [1, LAYOUT] and (first / MAIN).samefile(third / MAIN)
    mixed = answers(directory)
    with sqlite3.connect(third / RECENT) as file:
        sorted_by_hand = file.execute("SELECT count(*) FROM sorted").fetchone()
        assert sorted_by_hand == file.execute("SELECT count(*) FROM wordings").fetchone()
    file.close()
    with Index(first / MAIN):
        pass  # opening it for writing is enough
    assert layouts(third) == [LAYOUT, LAYOUT] and answers(directory) == mixed


def test_what_is_brought_up_holds_what_a_new_file_holds(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    put(directory, many())
    path = directory.editions_folder / "000001" / MAIN

    def held() -> list[object]:
        with sqlite3.connect(path) as file:
            rows = file.execute(
                "SELECT wording, several, graph, framework, kind, level, polarity"
                " FROM sorted JOIN sorts s ON s.id = sort ORDER BY wording"
            ).fetchall()
        file.close()
        return rows

    new = held()
    before(path)
    with Index(path):
        pass
    assert held() == new and len(new) > 9
