"""The files of the questions themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from rdflib import Graph, Literal

from competency.graph import KnowledgeGraph
from competency.ontology import shorten
from competency.sparql import (
    find_question,
    prepare,
    questions,
)
from tests.questions.common import (
    NAMES,
    PARAMETERS,
    PUB,
    answer,
    every_question,
    whole,
)


def test_the_questions_are_these_and_each_file_is_named_in_kebab_case() -> None:
    assert tuple(question.name for question in questions()) == NAMES
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in NAMES)


@every_question
def test_a_question_has_a_title_that_asks_and_a_description_of_one_or_two_sentences(
    name: str,
) -> None:
    question = find_question(name)
    assert question.text.startswith("# title: ")
    assert question.title.endswith("?")
    assert question.description.endswith(".")
    assert 1 <= len(re.findall(r"\.(?= |$)", question.description.replace("...", ""))) <= 2


@every_question
def test_parameters_that_are_declared_are_those_that_have_a_line_of_values(name: str) -> None:
    question = find_question(name)
    declared = re.findall(r"^# parameter:", question.text, re.MULTILINE)
    assert len(question.parameters) == len(declared), "a parameter line that does not parse"
    found = [(item.name, item.kind, item.default) for item in question.parameters]
    assert found == PARAMETERS.get(name, [])
    query = re.sub(r"^#.*\n", "", question.text, flags=re.MULTILINE)
    bound = re.findall(r"VALUES \?(\w+) \{ (?:UNDEF|\"[^\"]*\") \}", query)
    assert bound == [item.name for item in question.parameters]
    assert all(item.description for item in question.parameters)


@every_question
def test_a_question_declares_the_prefixes_that_it_uses_and_no_others(name: str) -> None:
    text = find_question(name).text
    declared = re.findall(r"^PREFIX (\w+): <(\S+)>$", text, re.MULTILINE)
    body = re.sub(r"^(#|PREFIX).*\n|\"[^\"]*\"|#.*", "", text, flags=re.MULTILINE)
    used = set(re.findall(r"\b([a-z]+):", body))
    assert {prefix for prefix, _ in declared} == used
    assert all(shorten(f"{iri}x") == f"{prefix}:x" for prefix, iri in declared)


@every_question
def test_a_question_is_short_needs_no_graph_and_orders_its_rows(name: str) -> None:
    text = find_question(name).text
    assert len(text.splitlines()) < 40
    assert not re.search(r"\b(GRAPH|FROM|SERVICE)\b", text)
    assert re.search(r"^ORDER BY \S+ .*\?iri", text, re.MULTILINE)
    assert prepare(text).form == "SELECT"


@every_question
def test_columns_are_for_people_first_and_the_iri_comes_last(
    graph: KnowledgeGraph, name: str
) -> None:
    found = answer(graph, name)
    assert found.variables[-1] == "iri"
    assert all(row["iri"] is not None for row in found)
    assert "framework" in found.variables
    assert all(isinstance(row["framework"], Literal) for row in found)


@pytest.fixture(scope="module")
def together(graph: KnowledgeGraph) -> Graph:
    """Return all that the questions are asked of in one graph of rdflib."""
    return whole(graph)


@pytest.mark.slow
@every_question
def test_another_engine_gives_the_same_rows_in_the_same_order(
    graph: KnowledgeGraph, together: Graph, name: str
) -> None:
    # The file as it stands, no prefix added, on rdflib's own SPARQL engine. From every part, the
    # chains take that engine some minutes.
    values = {"part": f"{PUB}/c06"} if name == "chains" else {}
    other = together.query(find_question(name).bind(graph.base, **values))
    rows = [tuple(None if term is None else str(term) for term in row) for row in lines_of(other)]
    ours = answer(graph, name, **values)
    assert rows == [tuple(None if t is None else str(t) for t in row.values()) for row in ours]


def lines_of(result: object) -> Iterable[tuple[object, ...]]:
    assert isinstance(result, Iterable)
    return result
