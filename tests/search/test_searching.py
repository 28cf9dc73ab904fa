"""What is found: words, stems, codes, phrases, other scripts; in what order, with what counts."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from competency import CompetencyError, KnowledgeGraph, SearchUnavailable
from competency.errors import TimeReached
from competency.graph import Asked, NamedGraph
from competency.graph.search import counting, index, searcher_of
from competency.graph.search.connections import over_memory
from competency.graph.search.index import Index
from competency.graph.search.searching import Searcher
from competency.ontology import COMP, own_vocabulary
from tests.search.common import ask, graph, names


@pytest.fixture(scope="module")
def made() -> KnowledgeGraph:
    return graph()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("running", {"f/c1/good", "f/c1/bad"}),
        ("run", {"f/c1/good", "f/c1/bad"}),
        ("complaining", {"f/c1/good"}),
        ("custo", {"f/c1/good", "f/c1/bad", "g/c1"}),
        ("competences clientele", {"f/c1", "f/c1/good"}),
        ("compétence", {"f/c1"}),
        ("RELATION CLIENTÈLE", {"f/c1", "f/c1/good"}),
        ("l'équipe", set()),
        ("zurich", {"f/c2"}),
        ("creme café", {"f/c2"}),
        ("coeur boeuf", {"f/c2"}),
        ("fachee", {"f/c1/good"}),
        ("客户服务", {"f/zh"}),
        ("服务", {"f/zh"}),
        ("户服", {"f/zh"}),
        ("力", {"f/zh"}),
        ("客", {"f/zh", "f/ja"}),
        ("客户 需要", {"f/zh"}),
        ("サービ", {"f/ja"}),
        ("서비스", {"f/ko"}),
        ("خدمة", {"f/ar"}),
        ("عملاء", {"f/ar"}),
        ("spo109", {"f/"}),
        ("SPO-109.1", {"f/"}),
        ("spo1", {"f/"}),
        ("C1", {"f/c1"}),
        ('"running the shop"', {"f/c1/good"}),
        ('"run the shop"', set()),
        ("customers -complain", {"f/c1/bad", "g/c1"}),
        ("customers -wholesale", {"f/c1/good", "f/c1/bad"}),
        ("relations away", {"f/c1/bad"}),
        ("imperilled", {"f/hostile"}),
        ("nowhere", set()),
        ("...", set()),
    ],
)  # fmt: skip
def test_what_words_find(made: KnowledgeGraph, words: str, found: set[str]) -> None:
    assert set(ask(made, words)) == found


def test_a_title_above_helps_but_is_not_found_again_in_every_part(made: KnowledgeGraph) -> None:
    assert ask(made, "relations") == ["f/c1"]
    assert set(ask(made, "relations customers")) == {"f/c1/good", "f/c1/bad"}


def test_where_nothing_has_all_words_what_has_some_is_shown_and_said_to(
    made: KnowledgeGraph,
) -> None:
    found = made.search("wholesale unicorns")
    assert found.some and set(names(found)) == {"g/", "g/c1"}
    chinese = made.search("服务客户的人")
    assert chinese.some and names(chinese) == ["f/zh"]


def test_a_slip_of_the_pen_brings_a_suggestion_that_finds_something(made: KnowledgeGraph) -> None:
    assert made.search("custmers").suggestion == "customers"
    assert made.search('"holesale" xx').suggestion is None
    assert made.search("Wholesalle, custommers!").suggestion == "wholesale, customers!"
    assert made.search("qqqqqq").suggestion is None


def test_a_code_comes_before_a_title_and_a_title_before_a_text() -> None:
    made = KnowledgeGraph()
    made.parse(
        """@prefix comp: <https://w3id.org/competency/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @base <https://example.org/> .
        <f> a comp:Framework .
        <t> a comp:Note ; comp:inFramework <f> ; comp:partOf <f> ; comp:text "The E5 road, E5, E5."@en .
        <l> a comp:Group ; comp:inFramework <f> ; comp:partOf <f> ; rdfs:label "All of E5 today"@en .
        <e> a comp:Group ; comp:inFramework <f> ; comp:partOf <f> ; rdfs:label "E5"@en .
        <c> a comp:Group ; comp:inFramework <f> ; comp:partOf <f> ; comp:enumeration "E5" ; rdfs:label "Other"@en ."""
    )
    assert names(made.search("e5")) == ["c", "e", "l", "t"]


def test_the_language_that_is_liked_is_shown_and_languages_are_not_mixed(
    made: KnowledgeGraph,
) -> None:
    code = {
        tags[0]: made.search("c1", Asked(languages=tags)).hits[0]
        for tags in (("fr", "en"), ("en", "fr"))
    }
    assert (code["fr"].title.value, code["fr"].title.language) == (
        "Compétences en relation clientèle",
        "fr",
    )
    assert code["en"].title.value == "Client relations"
    assert [title.value for title in code["fr"].above] == ["Vente"]
    assert made.search("relation clientèle").hits[0].language == "fr"
    assert made.search("client competences").some  # one is English, the other French


def test_a_thing_is_one_hit_however_many_languages_match(made: KnowledgeGraph) -> None:
    assert made.search("c1").total == 1
    assert made.search("relation").total == 1  # a word in both languages


def test_marks_are_where_the_words_are(made: KnowledgeGraph) -> None:
    def marked(words: str) -> list[str]:
        title = made.search(words).hits[0].title
        return [title.value[start:end] for start, end in title.marks]

    assert marked("complaining shop") == ["shop", "complain"]
    assert marked("客户服") == ["客户服"]
    assert marked("competences") == ["Compétences"]
    assert marked("عملاء")[0] in "العملاء"
    assert marked("zuri") == ["Zürich"]


def test_a_snippet_shows_the_place_that_says_most() -> None:
    made = KnowledgeGraph()
    filler = "Words of no weight. " * 60
    made.parse(
        f"""@prefix comp: <https://w3id.org/competency/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <urn:f> a comp:Framework . <urn:p> a comp:Note ; comp:inFramework <urn:f> ; comp:partOf <urn:f> ;
        rdfs:label "Long"@en ; comp:text "{filler} The needle is in here. {filler}"@en ."""
    )
    snippet = made.search("needle").hits[0].snippet
    assert (
        snippet
        and len(snippet.value) < 240
        and snippet.value.startswith("… ")
        and snippet.value.endswith(" …")
    )
    assert [snippet.value[a:b] for a, b in snippet.marks] == ["needle"]


def test_counts_heed_the_choices_made_in_the_other_facets(made: KnowledgeGraph) -> None:
    def counts(asked: Asked, facet: str) -> dict[str, int]:
        return {
            item.value.rpartition("/")[2]: item.count
            for item in made.search("customers", asked).facets[facet]
        }

    kinds = {"ns#PositiveIndicator": 1, "ns#NegativeIndicator": 1, "ns#Competency": 1}
    assert counts(Asked(), "kind") == kinds
    assert counts(Asked(), "polarity") == {"positive": 1, "negative": 1}
    negative = Asked(polarity=("negative",))
    assert made.search("customers", negative).total == 1
    assert counts(negative, "polarity") == {"positive": 1, "negative": 1}
    assert counts(negative, "kind") == {"ns#NegativeIndicator": 1}
    framework = Asked(framework=("https://example.org/g/",))
    assert counts(framework, "kind") == {"ns#Competency": 1} and counts(framework, "polarity") == {}
    two = Asked(kind=(str(COMP.PositiveIndicator), str(COMP.NegativeIndicator)))
    assert made.search("customers", two).total == 2
    assert made.search("customers", Asked(kind=("urn:no",))).total == 0


def test_what_stands_below_a_part_is_at_its_level(made: KnowledgeGraph) -> None:
    (level,) = made.search("complain").facets["level"]
    assert (level.value, str(level.label), level.framework) == (
        "https://example.org/f/scale/1", "Level 1", "https://example.org/f/",
    )  # fmt: skip
    assert names(made.search("", Asked(level=(level.value,)))) == ["f/c1", "f/c1/good", "f/c1/bad"]


def test_labels_of_choices_are_in_the_language_that_is_liked(made: KnowledgeGraph) -> None:
    facets = made.search("", Asked(languages=("fr",))).facets
    assert {str(item.label) for item in facets["framework"]} == {"Vente", "Wholesale"}
    assert {str(item.label) for item in facets["level"]} == {"Niveau 1", "Level 2"}


def test_without_a_word_everything_is_there_in_order_page_by_page(made: KnowledgeGraph) -> None:
    assert made.search("").total == 12
    pages = [names(made.search("", Asked(offset=start, limit=5))) for start in (0, 5, 10, 15)]
    assert pages[0][:4] == ["f/", "f/c1", "f/c1/good", "f/c1/bad"]
    assert [len(page) for page in pages] == [5, 5, 2, 0]


def test_what_was_added_is_found_and_overlays_are_not() -> None:
    made = graph()
    made.overlay("urn:catalogue", lambda: NamedGraph("urn:catalogue", ()))
    assert ask(made, "brandnew") == []
    made.parse(
        "<urn:new> a <https://w3id.org/competency/ns#Framework> ; <http://www.w3.org/2000/01/rdf-schema#label> 'Brandnew' ."
    )
    assert ask(made, "brandnew") == ["urn:new"]


def test_circles_strays_and_things_without_words_do_no_harm() -> None:
    made = KnowledgeGraph()
    made.parse(
        """@prefix comp: <https://w3id.org/competency/ns#> . @base <https://example.org/> .
        <a> a comp:Group ; comp:partOf <b> ; comp:inFramework <f> ; comp:text "circle one" ; comp:position "x" .
        <b> a comp:Group ; comp:partOf <a> ; comp:inFramework <f> ; comp:text "circle two" ; comp:atLevel <l> .
        <c> a comp:Note ; comp:partOf <gone> ; comp:code <nothing> , "text" ; comp:text "circle three" .
        <d> a comp:Note ; comp:inFramework <f> . [] a comp:Note ; comp:text "circle four" ."""
    )
    assert {*names(made.search("circle"))} >= {"a", "b", "c"}
    assert made.search("").total == 5


def test_many_threads_search_at_once(made: KnowledgeGraph) -> None:
    seen: list[int] = []
    fresh = graph()
    threads = [
        threading.Thread(
            target=lambda n=n: seen.append(fresh.search("customers", Asked(limit=n)).total)
        )
        for n in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [3] * 16


def test_a_search_that_takes_too_long_is_an_error_and_the_next_one_works() -> None:
    held = Index()
    for named in graph().graphs():
        held.add(named, "", own_vocabulary())
    connections = over_memory(held.connection)
    with pytest.raises(TimeReached, match="too long"), connections.session(0.05) as session:
        session.ask(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        )
    assert Searcher(connections).search("customers", Asked()).total == 3


def test_a_python_without_fts5_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise SearchUnavailable("no FTS5")

    monkeypatch.setattr(index, "check_fts5", missing)
    with pytest.raises(CompetencyError, match="no FTS5"):
        graph().search("x")


def test_too_large_a_graph_without_an_index_is_not_indexed_while_somebody_waits() -> None:
    with pytest.raises(SearchUnavailable, match="no search index"):
        searcher_of([], 10_000_000)


def test_every_choice_says_how_many_hits_it_leaves_and_what_it_is_called(
    made: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("customers", ""):
        found = made.search(words, Asked(limit=200))
        for facet in ("framework", "kind", "level", "polarity"):
            hits = Counter(getattr(hit, facet) for hit in found.hits)
            del hits[None]
            assert {item.value: item.count for item in found.facets[facet]} == hits
    monkeypatch.setattr(counting, "_TOGETHER", 1)
    again = made.search("", Asked(limit=199))
    assert again.facets == found.facets and all(item.label for item in again.facets["framework"])
    assert {str(item.framework) for item in again.facets["level"]} == {"https://example.org/f/"}
