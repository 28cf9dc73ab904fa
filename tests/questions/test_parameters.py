"""Parameters: which values are taken, and that none breaks out of its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competency._files import folder
from competency.errors import NotFound, ParameterError
from competency.graph import KnowledgeGraph
from competency.ontology import DEFAULT_BASE
from competency.sparql import (
    Question,
    Rows,
    find_question,
    prepare,
    questions,
    run_query,
    run_question,
)
from tests.questions.common import (
    HK,
    NAMES,
    NOS,
    PARAMETERS,
    PUB,
    PWGSC,
    WCC,
    answer,
    table,
)


def test_a_framework_may_be_given_as_path_prefixed_name_or_iri(graph: KnowledgeGraph) -> None:
    ways = (WCC, f"id:{WCC}", f"{DEFAULT_BASE}{WCC}")
    answers = [table(graph, "kinds", "iri parts", framework=way) for way in ways]
    assert answers[0] == answers[1] == answers[2] != []


@pytest.mark.parametrize("name", [name for name in NAMES if name in PARAMETERS])
def test_a_parameter_that_names_nothing_held_gives_no_rows(
    graph: KnowledgeGraph, name: str
) -> None:
    parameter = PARAMETERS[name][0][0]
    assert len(answer(graph, name, **{parameter: "no-such-thing"})) == 0


@pytest.mark.parametrize(
    "name", [name for name in NAMES if ("framework", "iri", None) in PARAMETERS.get(name, [])]
)
def test_the_answers_for_each_framework_make_up_the_answer_for_all(
    graph: KnowledgeGraph, name: str
) -> None:
    parts = [
        row
        for at in (PWGSC, HK, PUB, NOS, WCC)
        for row in answer(graph, name, framework=at).to_dicts()
    ]
    assert parts == answer(graph, name).to_dicts()


def test_an_unknown_question_is_not_found_and_its_neighbours_are_named(
    graph: KnowledgeGraph,
) -> None:
    with pytest.raises(
        NotFound, match=r"no question negative-indicator; did you mean negative-indicators"
    ):
        run_question(graph, "negative-indicator")


def test_an_unknown_parameter_is_refused_with_those_there_are(graph: KnowledgeGraph) -> None:
    with pytest.raises(
        ParameterError, match=r"parameter colour: .*; it has: framework, rank"
    ) as caught:
        run_question(graph, "level-indicators", colour="red")
    assert caught.value.parameter == "colour"
    with pytest.raises(ParameterError, match="it has: none"):
        run_question(graph, "codes", framework=WCC)


@pytest.mark.parametrize("value", ["two", "1.5", "2 } #", "1e3", "0x2", "9" * 30])
def test_a_rank_that_is_no_whole_number_is_refused(graph: KnowledgeGraph, value: str) -> None:
    with pytest.raises(ParameterError, match=r"parameter rank: .* is not a whole number"):
        run_question(graph, "level-indicators", rank=value)


@pytest.mark.parametrize(
    "value",
    [
        "http://x/> } SERVICE <http://x/> { ?s ?p ?o",
        "x> }",
        "a b",
        "a\nb",
        'a"b',
        "{a}",
        "<http://x/>",
        "a\\u003e",
    ],
)
def test_an_iri_that_would_end_early_is_refused(graph: KnowledgeGraph, value: str) -> None:
    with pytest.raises(ParameterError, match=r"parameter framework: .* is not an IRI"):
        run_question(graph, "kinds", framework=value)


@pytest.mark.parametrize(
    "value",
    [
        'x" } SERVICE <http://x/> { ?s ?p ?o } #',
        "x\n} DELETE",
        'a\\"b',
        "\\",
        "'''",
        '"""',
        "VALUES ?word { UNDEF }",
        "\\1 \\g<0>",
        "\r\t\0",
    ],
)
def test_a_word_with_quotes_braces_or_newlines_changes_nothing_but_itself(
    graph: KnowledgeGraph, value: str
) -> None:
    assert literal_in(graph, find_question("search").bind(DEFAULT_BASE, word=value)) == value
    assert len(answer(graph, "search", word=value)) == 0


@given(value=st.text(min_size=1))
def test_any_text_stays_inside_its_literal(value: str) -> None:
    assert literal_in(EMPTY, find_question("search").bind(DEFAULT_BASE, word=value)) == value


@given(value=st.text(min_size=1, alphabet=st.sampled_from("ab:/#<>{}\"'\\ \n\t|^`%?é")))
def test_any_iri_is_refused_or_stays_between_its_brackets(value: str) -> None:
    question = find_question("kinds")
    try:
        bound = question.bind(DEFAULT_BASE, framework=value)
    except ParameterError:
        return
    before, after = question.text.split("UNDEF")
    assert bound.startswith(before) and bound.endswith(after)
    inside = bound[len(before) : len(bound) - len(after)]
    assert re.fullmatch(r"<[^<>\"{}|^`\\\x00-\x20]*>", inside)
    assert prepare(bound).form == "SELECT"


EMPTY = KnowledgeGraph()


def literal_in(graph: KnowledgeGraph, bound: str) -> str:
    """What stands in place of the default, read back by the engine; the rest must be as it was."""
    before, after = find_question("search").text.split('"customer"')
    assert bound.startswith(before) and bound.endswith(after)
    found = run_query(graph, f"SELECT ({bound[len(before) : len(bound) - len(after)]} AS ?x) {{}}")
    assert isinstance(found, Rows)
    return str(found[0]["x"])


def test_binding_nothing_leaves_the_query_as_it_is_written() -> None:
    for question in questions():
        assert question.bind(DEFAULT_BASE) == question.text
        assert question.text == (folder("sparql") / f"{question.name}.rq").read_text(
            encoding="utf-8"
        )


def test_questions_of_another_folder_are_read_from_there(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    assert questions(tmp_path) == (Question("mine", "SELECT * { ?s ?p ?o }"),)


# ---------------------------------------------------------------- questions of one's own

TWO = Question(
    "two",
    "# parameter: a (text): the first\n"
    "# parameter: b (text): the second\n"
    'SELECT ?a ?b { VALUES ?a { "x" } VALUES ?b { "y" } }',
)
BREAKOUT = 'y" } SERVICE <http://x/> { ?s ?p ?o } #'


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_no_value_is_searched_for_the_place_of_another(names: str) -> None:
    texts = {"a": "VALUES ?b { UNDEF }", "b": BREAKOUT}
    bound = TWO.bind(DEFAULT_BASE, **{name: texts[name] for name in names})
    escaped = BREAKOUT.replace('"', '\\"')
    assert bound == TWO.text.replace('"x"', '"VALUES ?b { UNDEF }"').replace('"y"', f'"{escaped}"')
    assert prepare(bound).form == "SELECT"
    found = run_query(EMPTY, bound)
    assert isinstance(found, Rows)
    assert found.to_dicts() == [texts]


@given(first=st.text(min_size=1), second=st.text(min_size=1))
def test_any_two_texts_come_back_as_they_were_given(first: str, second: str) -> None:
    found = run_query(EMPTY, TWO.bind(DEFAULT_BASE, a=first, b=second))
    assert isinstance(found, Rows)
    assert found.to_dicts() == [{"a": first, "b": second}]


def test_a_line_of_values_in_a_comment_is_none_and_a_text_may_hold_a_brace() -> None:
    text = (
        "# parameter: x (text): any\n"
        '# VALUES ?x { "before" }\n'
        "SELECT ?x { # VALUES ?x { UNDEF }\n"
        '  VALUES ?x { "a } b # c" } # VALUES ?x { "after" }\n'
        '} # VALUES ?x { "last" }'
    )
    question = Question("commented", text)
    assert [item.default for item in question.parameters] == ["a } b # c"]
    bound = question.bind(DEFAULT_BASE, x="new")
    assert bound == text.replace('"a } b # c"', '"new"')
    assert question.bind(DEFAULT_BASE, x="a } b # c") == text
    for query, value in ((text, "a } b # c"), (bound, "new")):
        found = run_query(EMPTY, query)
        assert isinstance(found, Rows)
        assert found.to_dicts() == [{"x": value}]


def test_values_that_stand_only_in_a_comment_are_no_default() -> None:
    text = '# parameter: x (text): any\n# VALUES ?x { "no" }\nSELECT * {}'
    question = Question("commented", text)
    assert [item.default for item in question.parameters] == [None]
    assert question.bind(DEFAULT_BASE, x="new") == text


@pytest.mark.parametrize("name", [name for name in NAMES if name in PARAMETERS])
def test_an_empty_value_leaves_the_default(name: str) -> None:
    question = find_question(name)
    empty = {item.name: "" for item in question.parameters}
    assert question.bind(DEFAULT_BASE, **empty) == question.text


def test_an_empty_value_leaves_its_own_default_and_no_other() -> None:
    assert TWO.bind(DEFAULT_BASE, a="", b="new") == TWO.text.replace('"y"', '"new"')


@pytest.mark.parametrize("iri", ["urn:x:a", "http://x/a#b", f"{DEFAULT_BASE}{WCC}"])
def test_an_iri_default_is_shown_bare_and_can_be_given_back(iri: str) -> None:
    text = f"# parameter: of (iri): what\nSELECT ?of {{ VALUES ?of {{ <{iri}> }} }}"
    question = Question("of", text)
    (parameter,) = question.parameters
    assert parameter.default == iri
    assert question.bind(DEFAULT_BASE, of=iri) == text


@pytest.mark.parametrize("value", ["\ud800", "a\udfffb", "http://x/\udc00"])
def test_half_a_character_is_neither_a_word_nor_an_iri(value: str) -> None:
    with pytest.raises(ParameterError, match=r"parameter word: .* is not a text") as caught:
        find_question("search").bind(DEFAULT_BASE, word=value)
    assert caught.value.parameter == "word"
    with pytest.raises(ParameterError, match=r"parameter framework: .* is not an IRI") as caught:
        find_question("kinds").bind(DEFAULT_BASE, framework=value)
    assert caught.value.parameter == "framework"
    assert str(caught.value).encode()  # the message itself can be written
