"""The benchmark itself: its queries ask what they say, and its page agrees with its tables."""

from __future__ import annotations

import contextlib
import importlib
import json
import re
import socket
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from competency import DataDirectory, KnowledgeGraph
from competency.graph import NamedGraph, publish
from competency.server import create_app
from tests.bench import query as query_area
from tests.bench.__main__ import wanted_areas
from tests.bench.areas import AREAS, DATA, measured, there
from tests.bench.asking import Asker, NoAnswer, TooLate
from tests.bench.figures import Bed, Figure
from tests.bench.frameworks import Frameworks
from tests.bench.goals import GOALS
from tests.bench.growth import growth_rows
from tests.bench.peers import LIMIT, PATIENCE, Peer, PeerMissing
from tests.bench.plots import Panel, plot
from tests.bench.queries import JSON, Answer, Query, queries, read_answer
from tests.bench.report import write_page
from tests.bench.results import Results
from tests.bench.writes import LITTLE_NAME, beside_little, in_turns
from tests.conftest import ROOT
from tests.servers import Server, server

NTRIPLES = "application/n-triples"
DOC = ROOT / "docs" / "benchmarks.md"
QUERIES = pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)


@pytest.fixture(scope="module")
def made() -> list[NamedGraph]:
    return list(Frameworks(10_000, faults=10).graphs())


@pytest.fixture(scope="module")
def store(made: list[NamedGraph]) -> ox.Store:
    """Return the frameworks and the vocabulary in a store that knows nothing of ours."""
    found = ox.Store()
    for graph in made:
        found.extend(graph.quads())
    for quad in ox.parse(path=str(ROOT / "ontology" / "competency.ttl")):
        found.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode("urn:ns")))
    return found


@pytest.fixture(scope="module")
def client(made: list[NamedGraph]) -> FlaskClient:
    graph = KnowledgeGraph()
    graph.add(*made)
    return create_app(graph).test_client()


@pytest.fixture(scope="module")
def running(made: list[NamedGraph], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server with workers over a published edition."""
    place = tmp_path_factory.mktemp("made")
    publish(DataDirectory(place), made, gate=False)
    with server("--data", place) as found:
        yield found


def right(store: ox.Store, query: Query) -> Answer:
    """Return the answer of an engine that is not ours."""
    found = store.query(query.text, use_default_graph_as_union=True)
    if isinstance(found, ox.QueryTriples):
        return read_answer(found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"", NTRIPLES)
    assert isinstance(found, ox.QuerySolutions)
    return read_answer(found.serialize(format=ox.QueryResultsFormat.JSON) or b"", JSON)


@QUERIES
def test_a_query_has_the_same_answer_here_as_elsewhere(
    query: Query, store: ox.Store, client: FlaskClient
) -> None:
    media = NTRIPLES if query.triples else JSON
    answer = client.get(f"/sparql?query={quote(query.text)}", headers={"Accept": media})
    found = read_answer(answer.data, answer.mimetype or "")
    assert found == right(store, query)
    assert found


@pytest.mark.slow
@QUERIES
def test_a_query_has_the_same_answer_from_a_worker(
    query: Query, store: ox.Store, running: Server
) -> None:
    media = NTRIPLES if query.triples else JSON
    for _ in range(2):  # the second one may be one that was kept
        _, headers, body = running.ask(
            "GET", f"/sparql?query={quote(query.text)}", headers={"Accept": media}
        )
        assert read_answer(body, headers["content-type"].partition(";")[0]) == right(store, query)


@pytest.mark.slow
def test_without_other_engines_ours_is_measured_alone(
    made: list[NamedGraph], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(DataDirectory(tmp_path / "data"), made, gate=False)
    monkeypatch.setattr(query_area, "PEERS", (_nobody,))
    monkeypatch.setattr(query_area, "ROUNDS", 1)
    told: list[str] = []
    bed = Bed(10_000, tmp_path / "made.nq", tmp_path / "data", tmp_path, told.append)
    figures = list(query_area.measure(bed))
    assert [f.note for f in figures if f.goal == "missing"] == ["not here"]
    times = [f for f in figures if f.goal == "query"]
    assert len(times) == 20 and not any(f.note for f in times) and told
    assert not [f for f in figures if f.goal in GOALS]


@contextlib.contextmanager
def _nobody(bed: Bed, seconds: float) -> Iterator[Peer]:
    raise PeerMissing("not here")
    yield


# ------------------------------------------------------------------ who is slow

COUNTS, SEARCH = queries()[2], queries()[3]


@dataclass
class Told(Asker):
    """An endpoint of which is told what each query takes; the others take ``usual`` seconds."""

    usual: float = 0.1
    takes: dict[str, float | NoAnswer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def ask(self, query: Query) -> tuple[float, bytes, str]:
        self.asked.append(query.name)
        taken = self.takes.get(query.name, self.usual)
        if isinstance(taken, NoAnswer):
            raise taken
        return taken, b'{"results": {"bindings": []}}', JSON


def beside(peer: Told, monkeypatch: pytest.MonkeyPatch) -> dict[str, Figure]:
    """Return what measuring ours, a tenth of a second each, beside one peer gives, by goal."""

    @contextlib.contextmanager
    def start(bed: Bed, seconds: float) -> Iterator[Any]:
        assert seconds > PATIENCE  # it is the client who gives up
        process = SimpleNamespace(pid=0)
        yield SimpleNamespace(
            name="Oxigraph", version="0", seconds=None, process=process, asker=lambda _: peer
        )

    ours = [query_area.Engine(name, Told(0), 0) for name in (query_area.OURS, query_area.KEPT)]
    monkeypatch.setattr(query_area, "_ours", lambda bed, stack: iter(ours))
    monkeypatch.setattr(query_area, "PEERS", (start,))
    monkeypatch.setattr(query_area, "_rests", lambda pid: True)
    bed = Bed(10, Path(), Path(), Path(), lambda said: None)
    found = list(query_area.measure(bed))
    return {figure.what if figure.goal == "query" else figure.goal: figure for figure in found}


def test_who_is_slow_is_waited_for_once_and_that_time_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peer = Told(0, usual=1.0, takes={COUNTS.name: LIMIT + 20})
    figures = beside(peer, monkeypatch)
    slow = figures[f"{COUNTS.name}: Oxigraph"]
    assert (slow.value, slow.rounds, slow.note) == (1000 * (LIMIT + 20), 1, "")
    assert peer.asked.count(COUNTS.name) == 1 and peer.asked.count(SEARCH.name) > 2
    ratio = statistics.geometric_mean([10.0] * 9 + [10 * (LIMIT + 20)])
    assert figures["cold"].value == pytest.approx(ratio) and not figures["cold"].note


def test_no_answer_is_a_lower_bound_and_an_error_none(monkeypatch: pytest.MonkeyPatch) -> None:
    takes = {COUNTS.name: TooLate("more than 240 s"), SEARCH.name: NoAnswer("status 500")}
    peer = Told(0, usual=1.0, takes=cast("dict[str, float | NoAnswer]", takes))
    figures = beside(peer, monkeypatch)
    assert peer.asked.count(COUNTS.name) == peer.asked.count(SEARCH.name) == 1
    ratio = statistics.geometric_mean([10.0] * 8 + [10 * PATIENCE])
    assert figures["cold"].value == pytest.approx(ratio)
    note = f"at least: {PATIENCE:g} s stand for no answer to {COUNTS.what}"
    assert figures["cold"].note == f"{note}; without 1 that it answered with an error"
    assert figures["worst"].value == pytest.approx(0.1)


def test_a_peer_that_answered_nothing_has_no_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    peer = Told(0, takes={query.name: NoAnswer("status 500") for query in queries()})
    assert not {"cold", "warm", "worst"} & beside(peer, monkeypatch).keys()


def test_what_comes_too_late_is_told_from_what_goes_wrong() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections, answers none
        port = silent.getsockname()[1]
        with Asker(port, seconds=0.05) as asker, pytest.raises(TooLate, match=r"than 0\.05 s"):
            asker.ask(COUNTS)
    with Asker(port) as asker, pytest.raises(NoAnswer, match="Refused") as error:
        asker.ask(COUNTS)
    assert not isinstance(error.value, TooLate)


@pytest.mark.slow
def test_an_area_that_breaks_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no directory", encoding="ascii")
    figures = list(measured("query", 10_000, tmp_path, lambda said: None))
    assert [f.goal for f in figures] == ["missing"] and figures[0].note


def test_an_answer_is_read_the_same_whatever_its_format() -> None:
    row = {"a": {"type": "typed-literal", "value": "1", "datatype": "urn:d"}}
    again = {"a": {"type": "literal", "value": "1", "datatype": "urn:d"}}
    rows = [json.dumps({"results": {"bindings": [each]}}).encode() for each in (row, again)]
    assert read_answer(rows[0], JSON) == read_answer(rows[1], JSON)
    assert read_answer(b"<urn:a> <urn:b> 'c'@EN .", "text/turtle") == read_answer(
        b'<urn:a> <urn:b> "c"@en .\n', NTRIPLES
    )


@pytest.mark.parametrize("name", AREAS)
def test_an_area_is_a_module_that_measures(name: str) -> None:
    if not there(name):
        pytest.skip(f"{name} is not here")
    assert callable(importlib.import_module(AREAS[name].module).measure)


def test_the_page_names_every_goal_and_no_other() -> None:
    rows = DOC.read_text(encoding="utf-8").partition("## Goals")[2].partition("\n## ")[0]
    found = re.findall(r"^\|[^|]*\| `([a-z0-9-]+)` \| ([^|]*) \|", rows, re.M)
    assert found == [(goal.key, goal.text) for goal in GOALS.values()]


def test_the_page_names_every_query() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert [query.what for query in queries() if f"| {query.what} |" not in text] == []


def test_a_goal_is_met_or_missed_by_the_worst_figure_of_its_unit() -> None:
    figures = [
        Figure("page-warm", 1_000_000, "one", 0.9, "x"),
        Figure("page-warm", 1_000_000, "another", 0.4, "x"),
        Figure("page-warm", 1_000_000, "the time of it", 0.1, "ms"),
    ]
    goal = GOALS["page-warm"]
    assert goal.value(1_000_000, figures) == 0.4 and not goal.holds(0.4)
    assert goal.value(10_000, figures) is None
    seconds = [Figure("page-cold", 0, "a page", 0.012, "s")]
    assert GOALS["page-cold"].value(0, seconds) == pytest.approx(12)


def test_a_step_that_is_worse_than_linear_is_marked() -> None:
    costs = {10_000: 1.0, 100_000: 9.0, 1_000_000: 200.0}
    figures = [Figure("publish", size, "a publish", ms, "ms") for size, ms in costs.items()]
    assert list(growth_rows(figures, list(costs))) == [("a publish", "9x", "**22x**", "")]


def test_a_publish_into_much_is_timed_in_turns_with_one_into_little(tmp_path: Path) -> None:
    much, little = tmp_path / "10m" / DATA, tmp_path / LITTLE_NAME / DATA
    little.mkdir(parents=True)
    asked: list[Path] = []

    def publish(place: Path, number: int) -> float:
        asked.append(place)
        return 3.0 if place == much else 2.0

    beside = beside_little(Bed(10_000_000, tmp_path, much, tmp_path, lambda said: None))
    times = in_turns([much, *beside], publish, rounds=2)
    assert asked == [much, little, little, much]
    assert times == [[3.0, 3.0], [2.0, 2.0]]
    assert not list(beside_little(Bed(100_000, tmp_path, much, tmp_path, lambda said: None)))


def test_areas_that_depend_on_no_size_come_first() -> None:
    wanted = list(wanted_areas(["10k", "10m"], []))
    assert wanted[0] == ("starting", "10k") and wanted[1] == ("query", "10k")
    assert list(wanted_areas(["10m"], ["writes"])) == [("writes", "10m")]


def test_the_last_run_of_an_area_counts_and_the_page_shows_it(tmp_path: Path) -> None:
    results = Results(tmp_path / "figures.jsonl")
    results.add("writes", 1_000_000, 1, [Figure("load", 1_000_000, "bulk load", 9, "x")])
    results.add("writes", 1_000_000, 1, [Figure("load", 1_000_000, "bulk load", 1.25, "x")])
    results.add("starting", 0, 1, [Figure("validate", 0, "a check", 0.5, "s")])
    text = write_page(results.runs(), tmp_path).read_text(encoding="utf-8")
    assert "| 1.25 x | met where measured |" in text and "9 x" not in text
    assert re.search(r"`validate` \| at most 1 s \| 0.5 s \| met", text)
    assert (tmp_path / "benchmarks" / "growth.svg").exists()


def test_a_lower_bound_below_its_goal_is_not_shown_rather_than_missed(tmp_path: Path) -> None:
    results = Results(tmp_path / "figures.jsonl")
    bound = Figure("rdflib", 1_000_000, "ours", 16.4, "x", note="at least: 240 s stand for it")
    results.add("query", 1_000_000, 1, [bound, Figure("cold", 1_000_000, "ours", 1.5, "x")])
    text = write_page(results.runs(), tmp_path).read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\|[^|]*\| `([a-z0-9-]+)` \|(.*)\|$", text, re.M))
    assert "**> 16.4 x**" in rows["rdflib"] and "**not shown**" in rows["rdflib"]
    assert "**missed**" in rows["cold"] and "- `rdflib`" in text
    assert f"not answered in {PATIENCE:g} has" in text


def test_a_plot_has_a_line_for_each_name_and_stays_small() -> None:
    lines = {"ours": {10_000: 1.0, 100_000: 12.0}, "<other>": {10_000: 3.0}}
    drawn = plot("Growth", [Panel("a & b", "ms", lines)])
    assert drawn.count('class="l"') == 4  # two lines, and two in the legend
    assert "&lt;other&gt;" in drawn and "a &amp; b" in drawn and len(drawn) < 6_000
