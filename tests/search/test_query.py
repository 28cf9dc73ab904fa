"""What people type is read without ever failing, and FTS5 never sees their signs."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from competency import KnowledgeGraph
from competency.graph.search.query import LONGEST_QUERY, MOST_TERMS, read_query
from tests.search.common import graph

SIGNS = st.text(alphabet="ab 客é\"'*^()-+:{}[]~NEAROT\\%_;\x00,.“”«»", max_size=40)


@pytest.fixture(scope="module")
def made() -> KnowledgeGraph:
    return graph()


@given(st.one_of(st.text(max_size=80), SIGNS))
@example('"')
@example('a"b"c')
@example("title : x")
@example('NEAR("a" "b", 3)')
@example("a AND OR NOT")
@example("* ^ -")
@example("x\x00y")
@example("\ud800 lone")
@example("{title} : x")
@example("ﷺ")
def test_no_text_makes_a_search_fail(made: KnowledgeGraph, text: str) -> None:
    found = made.search(text)
    assert found.total >= len(found.hits)
    for hit in found.hits:
        for shown in filter(None, (hit.title, hit.snippet)):
            places = [place for mark in shown.marks for place in mark]
            assert places == sorted(places) and (not places or places[-1] <= len(shown.value))
            assert all(start < end for start, end in shown.marks)
            assert "".join(piece for piece, _ in shown.pieces()) == shown.value


def test_words_quotes_and_minus_are_told_apart() -> None:
    query = read_query('front "in a row" -never “ Encore ” last')
    assert [term.tokens for term in query.terms] == [
        ("front",),
        ("in", "a", "row"),
        ("encore",),
        ("last",),
    ]
    assert [term.tokens for term in query.without] == [("never",)]
    assert [term.prefix for term in query.terms] == [False, False, False, True]


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert [term.tokens for term in read_query("decision-making e-mail").terms] == [
        ("decision",),
        ("making",),
        ("e", "mail"),
    ]


def test_the_elision_of_french_is_left_out() -> None:
    assert [term.tokens for term in read_query("l'équipe d’accueil").terms] == [
        ("equipe",),
        ("accueil",),
    ]


def test_common_words_count_only_where_nothing_else_is_said() -> None:
    assert [term.tokens for term in read_query("needs of the customer").terms] == [
        ("needs",),
        ("customer",),
    ]
    assert [term.tokens for term in read_query("of the").terms] == [("of",), ("the",)]


def test_what_is_too_long_is_cut_and_says_so() -> None:
    many = read_query(" ".join(f"word{n}" for n in range(30)))
    assert len(many.terms) == MOST_TERMS and many.cut
    assert read_query("x" * (LONGEST_QUERY + 1)).cut
    assert not read_query("two words").cut


@pytest.mark.parametrize("text", ["", "  ", "-", '""', "...", "-never", "。、"])
def test_a_text_without_a_word_asks_for_nothing(text: str) -> None:
    assert not read_query(text).terms
