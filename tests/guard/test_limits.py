"""What is only harm is refused: too long, too deep, too hard to plan; and quickly."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from competency.errors import QueryError, QueryRefused
from competency.ontology import PREFIXES
from competency.sparql.guard import MAX_DEPTH, prepare, prepare_update
from competency.sparql.guard.planning import MAX_PATTERNS

QUESTIONS = Path(__file__).resolve().parents[2] / "sparql"


def repeated(part: str, number: int, between: str = " ") -> str:
    """Return a part many times, ``%`` in it the number of the time."""
    return between.join(part.replace("%", str(number)) for number in range(number))


SHAPES: dict[str, tuple[Callable[[int], str], int, int]] = {  # text, passes, is refused
    "a chain of patterns": (lambda n: f"{{ {repeated('?v% <urn:p> ?w% .', n)} }}", 90, 91),
    "a star of patterns": (lambda n: f"{{ ?s {repeated('<urn:p%> ?v%', n, ';')} }}", 90, 91),
    "many objects": (lambda n: f"{{ ?s ?p {repeated('?v%', n, ',')} }}", 90, 91),
    "steps of a path": (lambda n: f"{{ ?s {repeated('<urn:p%>', n, '/')} ?o }}", 90, 1000),
    "steps in round brackets": (
        lambda n: f"{{ ?s ({repeated('<urn:p%>', n, '/')}) ?o }}",
        80,
        1000,
    ),
    "a collection": (lambda n: f"{{ ?s ?p ({repeated('?v%', n)}) }}", 44, 46),
    "nodes in square brackets": (lambda n: f"{{ {repeated('[ ?p% ?o% ] .', n)} }}", 90, 91),
    "reified triples": (lambda n: f"{{ {repeated('<< ?a ?b ?c% >> ?p ?o .', n)} }}", 30, 50),
    "annotated triples": (lambda n: f"{{ ?s ?p ?o {repeated('{| ?a ?b% |}', n)} }}", 40, 50),
    "groups": (lambda n: f"{{ {repeated('{ ?s ?p ?o% }', n)} }}", 90, 91),
    "graphs": (lambda n: f"{{ {repeated('GRAPH ?g% { ?s ?p ?o }', n)} }}", 90, 91),
    "OPTIONAL": (lambda n: f"{{ ?s ?p ?o {repeated('OPTIONAL { ?s ?p ?o% }', n)} }}", 85, 100),
    "sub-selects": (lambda n: f"{{ {repeated('{ SELECT ?s { ?s ?p% ?o } }', n)} }}", 80, 100),
    "arms of one UNION": (lambda n: f"{{ {repeated('{ ?s ?p% ?o }', n, 'UNION')} }}", 500, 1000),
    "UNIONs joined": (
        lambda n: f"{{ {repeated('{ ?s ?p ?o% } UNION { ?s ?q ?o% } .', n)} }}",
        45,
        90,
    ),
    "FILTER": (lambda n: f"{{ ?s ?p ?o {repeated('FILTER(?o != %)', n)} }}", 500, 4000),
    "EXISTS": (lambda n: f"{{ ?s ?p ?o {repeated('FILTER EXISTS { ?s ?p ?o% }', n)} }}", 80, 4000),
    "terms of ||": (lambda n: f"{{ ?s ?p ?o FILTER({repeated('?o=%', n, '||')}) }}", 700, 2000),
    "terms of &&": (lambda n: f"{{ ?s ?p ?o FILTER({repeated('?o=%', n, '&&')}) }}", 700, 2000),
    "a sum": (lambda n: f"{{ FILTER({repeated('1', n, '+')} = 2) }}", 4000, 20_000),
    "BIND": (lambda n: f"{{ {repeated('BIND(% AS ?v%)', n)} }}", 1000, 4000),
    "variables of VALUES": (lambda n: f"{{ VALUES ({repeated('?v%', n)}) {{}} }}", 5000, 20_000),
    "variables of IN": (lambda n: f"{{ FILTER(1 IN ({repeated('?v%', n, ',')})) }}", 5000, 20_000),
    "nested REGEX": (lambda n: f"{{ FILTER({'REGEX(' * n}?x{', 1)' * n}) }}", 12, 25),
    "nested REPLACE": (lambda n: f"{{ FILTER({'REPLACE(' * n}?x{', 1, 2)' * n}) }}", 12, 25),
    "nested GROUP_CONCAT": (lambda n: f"{{ FILTER({'GROUP_CONCAT(' * n}?x{')' * n}) }}", 12, 25),
}


@pytest.mark.parametrize(("shape", "passes", "refused"), SHAPES.values(), ids=SHAPES.keys())
def test_a_query_that_is_hard_to_plan_is_refused(
    shape: Callable[[int], str], passes: int, refused: int
) -> None:
    prepare("ASK " + shape(passes))
    with pytest.raises(QueryRefused, match=r"limit is|steps|nested"):
        prepare("ASK " + shape(refused))
    with pytest.raises(QueryRefused, match=r"limit is|steps|nested"):
        prepare_update("INSERT {} WHERE " + shape(refused))


@pytest.mark.parametrize(
    "name",
    ["a star of patterns", "UNIONs joined", "annotated triples", "FILTER", "a sum", "nested REGEX"],
)
def test_what_passes_is_planned_in_seconds(name: str) -> None:
    shape, passes, _ = SHAPES[name]
    text = prepare("ASK " + shape(passes)).text
    assert in_child(lambda: ox.Store().query(text)) < 6  # a second or less where nothing else runs


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {{ VALUES ?x {{ {repeated('%', 40_000)} }} }}",
        f"ASK {{ VALUES (?x ?y) {{ {repeated('(<urn:%> 1)', 10_000)} }} ?x ?y ?z }}",
        f"ASK {{ ?s ?p ?o FILTER(?o IN ({repeated('%', 40_000, ',')})) }}",
        f"CONSTRUCT {{ {repeated('?s <urn:p%> ?o .', 1000)} }} WHERE {{ ?s ?p ?o }}",
        f"DESCRIBE {repeated('<urn:%>', 1000)}",
        f"SELECT {repeated('?v%', 1000)} {{ ?s ?p ?o }}",
        f"ASK {{ ?s ({repeated('<urn:%>', 1000, '|')}) ?o }}",
        f"ASK {{ {repeated('?s <urn:p> <<( ?a <urn:q> ?b% )>> .', 80)} }}",
    ],
    ids=range(8),
)
def test_long_lists_are_honest(text: str) -> None:
    assert in_child(lambda: ox.Store().query(prepare(text).text)) < 6


def test_many_values_pass_beside_few_patterns_only() -> None:
    rows = repeated("<urn:%>", 20_000)
    few, many = repeated("?s <urn:p> ?v% .", 10), repeated("?s <urn:p> ?v% .", 80)
    prepare(f"ASK {{ {few} VALUES ?s {{ {rows} }} }}")
    with pytest.raises(QueryRefused, match="steps"):
        prepare(f"ASK {{ {many} VALUES ?s {{ {rows} }} }}")


def test_our_own_questions_come_nowhere_near_the_limit_of_patterns() -> None:
    found = [path.read_text(encoding="utf-8") for path in sorted(QUESTIONS.glob("*.rq"))]
    assert found and MAX_PATTERNS >= 5 * 18  # level-indicators.rq joins eighteen, with two steps
    for text in found:
        assert prepare(text).text == text
        five = text.replace("SELECT", "ASK {} #", 1)
        prepare(five)


def test_a_refusal_says_what_is_too_much_and_where() -> None:
    with pytest.raises(QueryRefused) as caught:
        prepare("ASK {\n" + repeated("?s ?p ?o% .", 200) + "\n}")
    assert "line 3, column 1: 200 patterns are joined in one group; the limit is 90" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("{", "}"), ("[ ?p ", "]"), ("(", ")"), ("<<", ">>"), ("{| ?a ", "|}"), ("EXISTS {", "}")],
)
def test_nesting_is_limited_in_queries_and_in_quads(opening: str, closing: str) -> None:
    deep = f"{{ ?s ?p {opening * MAX_DEPTH} 1 {closing * MAX_DEPTH} }}"
    for text in (f"ASK {deep}", f"CONSTRUCT {deep} WHERE {{}}"):
        with pytest.raises(QueryRefused, match="more than 64 brackets"):
            prepare(text)
    for text in (f"INSERT DATA {deep}", f"INSERT {deep} WHERE {{}}", f"DELETE WHERE {deep}"):
        with pytest.raises(QueryError):
            prepare_update(text)


def test_brackets_of_data_are_counted_too() -> None:
    for opening, closing in (("[ <p> ", "]"), ("(", ")"), ("<< <s> <p> ", ">>")):
        with pytest.raises(QueryRefused, match="more than 64 brackets"):
            prepare_update(f"INSERT DATA {{ <s> <p> {opening * 80}1{closing * 80} }}")
        prepare_update(f"INSERT DATA {{ <s> <p> {opening * 60}1{closing * 60} }}")


def test_nesting_in_texts_and_comments_does_not_count() -> None:
    prepare(f"ASK {{ ?s ?p '{'{' * 100}' }} # {'(' * 100}")


HOSTILE = [
    *('"', "'", "<", ">", "'''", '"""', "a:", "a.a-", "a.b ", "a.", "-.", "_:", "a:.", "1.", "a.1"),
    *(
        "'''\\",
        '"\\',
        "<a'",
        "<a>'",
        "<<",
        "<a&",
        "(<a,",
        "?a<",
        "\\",
        "#",
        "#\n",
        "e:a.b.",
        "{",
        "[]",
    ),
    *(
        "VALUES ",
        "VALUES ?x {",
        "IN(",
        "true.a",
        "(1<",
        "<< <s> <p> <o> >> ",
        "é",
        "{|",
        "GRAPH <g> {",
    ),
]


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_texts_are_read_in_linear_time(part: str) -> None:
    long = part * (60_000 // len(part))
    for read, text in (
        (prepare, f"ASK {{ {long}"),
        (prepare, f"ASK {{ VALUES ?x {{ {long}"),
        (prepare_update, f"INSERT DATA {{ {long * 2}"),
        (prepare_update, f"INSERT DATA {{ ({long * 2}"),
    ):
        started = time.process_time()
        with contextlib.suppress(QueryError):
            read(text)
        assert time.process_time() - started < 2


def in_child(work: Callable[[], object], seconds: int = 20) -> float:
    """Return the seconds that work takes in a child of 4 GB; it has no longer than ``seconds``."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        signal.alarm(seconds)
        threading.stack_size(512 << 20)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        os.write(writing, str(time.process_time()).encode())
        os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        assert status == 0, f"ended with {status}"
        return float(told.read()) - time.process_time()


def test_the_shipped_prefixes_are_known_to_the_engine_too() -> None:
    ox.Store().query(prepare("ASK { ?s a comp:Framework }").text, prefixes=PREFIXES)
