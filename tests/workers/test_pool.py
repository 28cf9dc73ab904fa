"""Workers: answers as in this process, limits that hold, deaths that cost nobody else."""

from __future__ import annotations

import json
import os
import select
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from competency import Busy, KnowledgeGraph, LimitReached, ParseError, QueryError, TimeReached
from competency.formats import by_name
from competency.graph import DataDirectory
from competency.sparql import Dataset, InProcess, Limits
from competency.sparql.workers import Pooled, Root
from competency.sparql.workers.processes import Gone, Stem, Worker
from tests.workers.common import HUNGRY, RUNAWAY, SMALL, ask, pooled


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l", "json"),
        ("SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l", "xml"),
        ("SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l", "csv"),
        ("SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l", "tsv"),
        ("ASK { ?s a comp:Framework }", "json"),
        ("ASK { ?s a comp:Nothing }", "csv"),
        ("CONSTRUCT { ?s a ?k } WHERE { ?s a comp:Framework ; a ?k }", "turtle"),
        ("DESCRIBE <https://example.org/f>", "jsonld"),
        ("DESCRIBE <https://example.org/f>", "trig"),
        ("DESCRIBE <https://example.org/f>", "nquads"),
    ],
)
def test_a_worker_answers_as_this_process_does(
    engine: Pooled, place: Path, text: str, syntax: str
) -> None:
    with DataDirectory(place).require() as edition:
        here = InProcess(KnowledgeGraph.of(edition))
        assert ask(engine, text, syntax=syntax) == ask(here, text, syntax=syntax)  # type: ignore[arg-type]


def test_errors_keep_their_class_and_their_place(engine: Pooled) -> None:
    with pytest.raises(QueryError) as caught:
        ask(engine, "SELECT * {\n ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 9)
    with pytest.raises(QueryError, match="cannot be run"):
        ask(engine, "SELECT (<urn:no-such-function>(1) AS ?x) {}")


def test_the_dataset_of_a_request_is_what_a_worker_sees(engine: Pooled) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s a comp:Competency }"
    named = Dataset(("https://example.org/f",))
    for dataset, number in ((Dataset(), 100), (named, 100), (Dataset(union=False), 0)):
        bindings = json.loads(ask(engine, count, dataset=dataset))["results"]["bindings"]
        assert int(bindings[0]["n"]["value"]) == number
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    strict = json.loads(ask(engine, graphs, dataset=Dataset(union=False)))["results"]["bindings"]
    assert [row["g"]["value"] for row in strict] == ["https://example.org/f"]


def test_a_page_gets_the_beginning_and_the_size_of_the_whole(engine: Pooled) -> None:
    from competency.formats import RESULT_FORMATS
    from competency.sparql import Asking, prepare

    asking = Asking(prepare("SELECT ?l { ?s rdfs:label ?l }"), RESULT_FORMATS[0], rows=7)
    written = engine.answer(asking)
    assert len(json.loads(written.data)["results"]["bindings"]) == 7
    assert written.total > 100


def test_a_runaway_is_stopped_at_its_time_and_the_next_is_answered(engine: Pooled) -> None:
    warmed(engine)
    started = time.monotonic()
    with pytest.raises(TimeReached, match=r"stopped after 0.5 seconds"):
        ask(engine, RUNAWAY, seconds=0.5)
    assert time.monotonic() - started > 0.4
    assert b"true" in ask(engine, SMALL)


def test_a_request_cannot_ask_for_more_time_than_there_is(root: Root, place: Path) -> None:
    with pooled(root, place, Limits(seconds=0.2, most_seconds=0.4, in_memory=0)) as engine:
        warmed(engine, 2)
        with pytest.raises(TimeReached, match=r"after 0.4 seconds"):
            ask(engine, RUNAWAY, seconds=1e6)
        with pytest.raises(TimeReached, match=r"after 0.2 seconds"):
            ask(engine, RUNAWAY)


def test_one_that_needs_too_much_memory_is_stopped(root: Root, place: Path) -> None:
    with pooled(root, place, Limits(memory=100 << 20, seconds=20)) as engine:
        with pytest.raises(LimitReached, match="more memory") as caught:
            ask(engine, HUNGRY)
        assert caught.value.limit == "memory" and not isinstance(caught.value, TimeReached)
        assert b"true" in ask(engine, SMALL)


def test_an_answer_is_whole_or_an_error(root: Root, place: Path) -> None:
    with pooled(root, place, Limits(answer=10_000)) as engine:
        for text, syntax in (
            ("SELECT * { ?s ?p ?o . ?a ?b ?c }", "csv"),
            ("SELECT * { ?s ?p ?o . ?a ?b ?c }", "json"),
            ("CONSTRUCT WHERE { ?s ?p ?o }", "ntriples"),
        ):
            with pytest.raises(LimitReached, match="larger than 10,000 bytes; add LIMIT"):
                ask(engine, text, syntax=syntax)
        assert len(ask(engine, "SELECT ?l { ?s rdfs:label ?l } LIMIT 20", syntax="csv")) < 10_000


def test_work_stops_when_the_client_leaves(engine: Pooled) -> None:
    started = time.monotonic()
    with pytest.raises(LimitReached, match="the client left"):
        ask(engine, RUNAWAY, seconds=30, left=lambda: time.monotonic() - started > 0.2)
    assert time.monotonic() - started < 15
    assert engine.pool.counts.running == 0


def test_what_would_overflow_a_stack_is_answered_or_refused(engine: Pooled) -> None:
    head = {
        "job": "query", "form": "ASK", "has_dataset": False, "default": [], "named": [],
        "union": True, "rows": None, "most": 1000, "syntax": "json",
    }  # fmt: skip
    for text in ("ASK " + "{" * 50_000 + "}" * 50_000, "ASK { FILTER(" + "!" * 100_000 + "true) }"):
        engine.pool.run(head, text.encode(), seconds=20)
    assert b"true" in ask(engine, SMALL)


def test_small_questions_are_quick_while_runaways_run(root: Root, place: Path) -> None:
    with pooled(root, place, Limits(workers=12, queue=0)) as engine:
        ask(engine, SMALL)
        ends: list[BaseException] = []

        def run_away() -> None:
            with pytest.raises(TimeReached) as caught:
                ask(engine, RUNAWAY, seconds=2)
            ends.append(caught.value)

        threads = [threading.Thread(target=run_away) for _ in range(8)]
        for thread in threads:
            thread.start()
        answers = 0
        while any(thread.is_alive() for thread in threads):
            assert b"true" in ask(engine, SMALL, seconds=1.5)
            answers += 1
            time.sleep(0.05)
        assert len(ends) == 8 and answers >= 5


def test_past_the_end_of_the_queue_nobody_waits(root: Root, place: Path) -> None:
    with pooled(root, place, Limits(workers=1, queue=1)) as engine:
        ask(engine, SMALL)

        def refused(error: type[Exception], text: str, seconds: float) -> None:
            with pytest.raises(error):
                ask(engine, text, seconds=seconds)

        blocked = threading.Thread(target=refused, args=(TimeReached, RUNAWAY, 1.5))
        blocked.start()
        time.sleep(0.3)
        late = threading.Thread(target=refused, args=(Busy, SMALL, 0.5))
        late.start()
        time.sleep(0.2)
        with pytest.raises(Busy, match="too many queries are waiting"):
            ask(engine, SMALL)
        late.join()
        blocked.join()
        assert b"true" in ask(engine, SMALL)
        assert (engine.pool.counts.running, engine.pool.counts.waiting) == (0, 0)


def loaded(engine: Pooled) -> None:
    """Wait until an edition is in memory, as the change to there retires its workers."""
    ends = time.monotonic() + 20
    while not engine.pool.in_memory and time.monotonic() < ends:
        time.sleep(0.05)


def warmed(engine: Pooled, number: int = 1) -> None:
    """Have workers that wait for a job, so that no time is for starting one."""
    pool = engine.pool
    pool._wait_for_data(time.monotonic() + 60, lambda: False)
    for _ in range(number):
        pool._reserve(pool._stem)
        pool._give_back(pool._forked(pool._stem, network=False), network=False)


def settled(engine: Pooled) -> None:
    """Wait until no worker is being started."""
    ends = time.monotonic() + 20
    while engine.pool._starting[False] and time.monotonic() < ends:
        time.sleep(0.01)


def test_a_worker_that_was_killed_while_it_was_idle_costs_nobody_an_answer(engine: Pooled) -> None:
    loaded(engine)
    ask(engine, SMALL)
    settled(engine)
    idle = [*engine.pool._idle[False]]
    assert idle
    for worker in idle:
        os.kill(worker.pid, signal.SIGKILL)
        select.select([worker._sock], [], [], 10)
    assert b"true" in ask(engine, SMALL)
    assert engine.pool.counts.killed == len(idle)


def test_a_query_whose_worker_is_killed_is_asked_once_more_and_then_no_more(
    engine: Pooled, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(engine)
    really, deaths = Worker.ask, [1, 1, 1]

    def ask_the_dying(self: Worker, *words: Any, **named: Any) -> Any:
        if deaths:
            deaths.pop()
            os.kill(self.pid, signal.SIGKILL)
        return really(self, *words, **named)

    monkeypatch.setattr(Worker, "ask", ask_the_dying)
    with pytest.raises(LimitReached, match="broke off"):
        ask(engine, SMALL)
    assert b"true" in ask(engine, SMALL)
    assert not deaths


def test_the_processes_behind_workers_are_started_again_when_they_die(place: Path) -> None:
    root = Root()
    try:
        with pooled(root, place) as engine:
            ask(engine, SMALL)
            root._stem._control.shutdown(2)
            while engine.pool._idle[False]:
                engine.pool._idle[False].pop().kill()
            engine.pool._stem._control.shutdown(2)
            assert b"true" in ask(engine, SMALL)
    finally:
        root.close()


def test_a_worker_that_has_ended_before_anybody_looks_at_it_is_replaced(
    engine: Pooled, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(engine)
    really, deaths = os.pidfd_open, [1]

    def open_of_the_dead(pid: int) -> int:
        if deaths:
            deaths.pop()
            os.kill(pid, signal.SIGKILL)
            raise ProcessLookupError
        return really(pid)

    monkeypatch.setattr(os, "pidfd_open", open_of_the_dead)
    engine.pool._dismiss()
    assert b"true" in ask(engine, SMALL)
    assert not deaths


def test_where_no_process_can_be_started_a_query_is_told_so_and_the_next_one_is_answered(
    root: Root, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Root, "hold", dying)
        engine = pooled(root, place)
        with engine as asked, pytest.raises(Busy, match="no worker could answer"):
            ask(asked, SMALL)
    with monkeypatch.context() as patched:
        patched.setattr(Root, "hold", dying)
        late = pooled(root, place)
        asked = late.__enter__()
    try:
        assert b"true" in ask(asked, SMALL)
    finally:
        late.__exit__(None, None, None)


def dying(root: Root, **asked: Any) -> Stem:
    """Stand for a process that is killed while it starts."""
    raise Gone("the process ended while it started")


def test_a_small_edition_moves_into_memory_and_a_large_one_stays_on_disk(
    root: Root, place: Path
) -> None:
    with pooled(root, place, Limits(in_memory=0)) as engine:
        time.sleep(0.3)
        assert not engine.pool.in_memory and b"true" in ask(engine, SMALL)
    with pooled(root, place) as engine:
        ends = time.monotonic() + 10
        while not engine.pool.in_memory and time.monotonic() < ends:
            assert b"true" in ask(engine, SMALL)
        assert engine.pool.in_memory and b"true" in ask(engine, SMALL)


def test_a_strangers_document_is_read_in_a_worker(engine: Pooled) -> None:
    quads = engine.read(b'<a> <b> "01"^^<http://x/t> .', by_name("turtle"), "sent", "http://x/")
    assert str(quads[0].subject) == "<http://x/a>" and '"01"' in str(quads[0].object)
    with pytest.raises(ParseError) as caught:
        engine.read(b"<a> <b>\n oops .", by_name("turtle"), "sent", "http://x/")
    assert caught.value.line == 2
    assert b"true" in ask(engine, SMALL)


def test_workers_have_no_network_and_can_write_no_file(root: Root) -> None:
    """Look at a worker from outside: its network is its own, its files may have no length."""
    worker = root.worker(memory=1 << 28, network=False, writes=False)
    try:
        limits = Path(f"/proc/{worker.pid}/limits")
        if not limits.exists():
            pytest.skip("this system has no /proc to look at")
        lines = limits.read_text(encoding="ascii").splitlines()
        assert any(line.split()[3:5] == ["0", "0"] for line in lines if "file size" in line)
        theirs = Path(f"/proc/{worker.pid}/ns/net").readlink()
        assert theirs != Path("/proc/self/ns/net").readlink()
    finally:
        worker.kill()
