"""Checks of strangers' documents in workers: limits that hold, and nobody else who waits for it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from competency import Busy, LimitReached, ParseError, ShapesError, TimeReached
from competency.ontology import DEFAULT_BASE
from competency.server.checking import Checking, InProcess, Pooled, Text
from competency.sparql import Limits
from competency.sparql.workers import Root
from tests.conftest import PREFIXES

SMALL = PREFIXES + 'ex:f a comp:Framework ; rdfs:label "Baking" .'
SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
ex:Own a sh:NodeShape ; sh:targetNode ex:f ; sh:message "It is wrong."@en ; %s .
"""
# A pattern that takes longer with each further sign, and a text for it.
SLOW = SHAPE % 'sh:property [ sh:path ex:text ; sh:pattern "^(a|a|a|a)*$" ]'
LONG = PREFIXES + f'ex:f ex:text "{"a" * 60}b" .'


@contextmanager
def checkers(root: Root, limits: Limits | None = None) -> Iterator[Pooled]:
    checker = Pooled(root, DEFAULT_BASE, limits or Limits())
    try:
        yield checker
    finally:
        checker.close()


@pytest.fixture(scope="module")
def checker(root: Root) -> Iterator[Pooled]:
    with checkers(root) as made:
        yield made


def asked(text: str, shapes: str = "", **more: object) -> Checking:
    own = (Text("own.ttl", shapes.encode()),) if shapes else ()
    wanted: dict[str, object] = {"format": "json"}
    return Checking(Text("a.ttl", text.encode()), own, **(wanted | more))  # type: ignore[arg-type]


@contextmanager
def slow_check(checker: Pooled) -> Iterator[threading.Event]:
    """Have a check running that goes on until the block is left; give what says that it ended."""
    done, ended = threading.Event(), threading.Event()

    def run() -> None:
        with pytest.raises(LimitReached, match="the client left"):
            checker.check(asked(LONG, SLOW, seconds=60.0), done.is_set)
        ended.set()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield ended
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("name", ["json", "turtle", "sarif", "text"])
def test_a_worker_reports_as_this_process_does(checker: Pooled, name: str) -> None:
    wanted = asked(SMALL, format=name)
    assert checker.check(wanted) == InProcess().check(wanted)


def test_errors_keep_their_class_and_their_place(checker: Pooled) -> None:
    with pytest.raises(ParseError) as caught:
        checker.check(asked("ex:f a\n b ."))
    assert caught.value.line is not None
    with pytest.raises(ShapesError, match=r"own\.ttl"):
        checker.check(asked(SMALL, SHAPE % 'sh:sparql [ sh:select "LOAD <urn:a>" ]'))


def test_a_check_past_its_time_is_stopped_and_the_next_one_goes(checker: Pooled) -> None:
    checker.check(asked(SMALL))  # so that no time is for starting a worker
    with pytest.raises(TimeReached, match=r"stopped after 0\.5 seconds; check less"):
        checker.check(asked(LONG, SLOW, seconds=0.5))
    assert json.loads(checker.check(asked(SMALL)))["conforms"] is False


def test_a_check_past_its_memory_is_ended_with_what_to_do(root: Root) -> None:
    many = "#" * (150 << 20)
    with checkers(root, Limits(memory=256 << 20)) as small:
        with pytest.raises(LimitReached, match="more memory than it may; check less"):
            small.check(asked(many, seconds=60.0))
        assert json.loads(small.check(asked(SMALL)))["conforms"] is False


def test_a_slow_check_does_not_keep_others_waiting(checker: Pooled) -> None:
    with slow_check(checker) as ended:
        for _ in range(3):
            checker.check(asked(SMALL))
        assert not ended.is_set()


def test_a_queue_has_an_end(root: Root) -> None:
    with checkers(root, Limits(workers=1, queue=0)) as one, slow_check(one):
        while one.pool is None or not one.pool.counts.running:
            threading.Event().wait(0.01)
        with pytest.raises(Busy, match="try again in a moment"):
            one.check(asked(SMALL))


def test_a_client_that_has_left_is_not_waited_for(checker: Pooled) -> None:
    with pytest.raises(LimitReached, match="the client left"):
        checker.check(asked(LONG, SLOW, seconds=30.0), lambda: True)


def test_a_worker_reaches_no_network_and_reads_no_context_from_it(checker: Pooled) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/c"
        document = Text("a.jsonld", json.dumps({"@context": address, "@id": "urn:f"}).encode())
        with pytest.raises(ParseError):
            checker.check(Checking(document, format="json"))
        shapes = Text("own.jsonld", document.data)
        with pytest.raises(ParseError):
            checker.check(Checking(Text("a.ttl", SMALL.encode()), (shapes,), format="json"))
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_worker_writes_no_file(checker: Pooled, tmp_path: Path) -> None:
    before = set(Path.cwd().iterdir())
    checker.check(asked(SMALL))
    assert set(Path.cwd().iterdir()) == before


def test_a_report_larger_than_an_answer_may_be_is_an_error(root: Root) -> None:
    with checkers(root, Limits(answer=500)) as small, pytest.raises(LimitReached, match="larger"):
        small.check(asked(SMALL))


def test_the_workers_start_when_somebody_comes_near(root: Root) -> None:
    with checkers(root) as made:
        assert made.pool is None
        made.warm()
        made.check(asked(SMALL))
        assert made.pool is not None


def test_a_document_of_words_is_taken_apart_in_a_worker(checker: Pooled) -> None:
    page = b"<html><body><h1>Baking</h1><h2>Dough</h2><ul><li>Kneads dough</ul></body></html>"
    found = json.loads(checker.check(Checking(Text("a.html", page), rows=10)))
    assert found["syntax"] is None
    assert next(text for _number, text, *_ in found["lines"][0]) == "# Baking"
