"""KnowledgeGraph.validate: whole or in shards, by one process or several, with the same answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator

import pytest
from rdflib import Graph

from competency import DataDirectory, KnowledgeGraph
from competency.errors import LimitReached, ShapesError
from competency.graph.judging import Cache, judge_all, judging, own_rules, rules_of
from competency.graph.judging.digests import with_stable_names
from competency.graph.judging.processes import Processes
from competency.graph.judging.rules import read_rules
from competency.graph.store import new_store
from competency.ontology.terms import SHAPES_IRI
from competency.shapes import Report, load_shapes
from tests.bench.frameworks import Frameworks
from tests.judging.common import HEAD, Graphs, pairs, rows, shards_of, whole

HASTY = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
ex:Everything a sh:NodeShape ; sh:targetNode ex:any ; sh:sparql [
    sh:select "SELECT $this ?value { ?value <https://example.org/p> ?other }" ] .
ex:Local a sh:PropertyShape ; sh:targetSubjectsOf ex:p ; sh:path ex:q ; sh:minCount 1 .
ex:Named a sh:PropertyShape ; sh:targetNode ex:named , ex:nowhere ; sh:path ex:r ; sh:minCount 1 .
"""


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cut even small data, each graph a shard."""
    monkeypatch.setattr(judging, "WHOLE", 0)
    monkeypatch.setattr(judging, "PACK", 0)
    yield


@pytest.fixture(scope="module")
def made() -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.add(*Frameworks(6_400, faults=20).graphs())
    return graph


def graphs_in(graph: KnowledgeGraph) -> Graphs:
    return {each.name: each for each in graph.graphs()}


# ------------------------------------------------------------------ the answer


def test_small_data_are_judged_whole_and_cut_data_the_same(
    made: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made.validate()
    monkeypatch.setattr(judging, "WHOLE", 0)
    assert rows(made.validate()) == rows(first) == rows(whole(graphs_in(made)))


def test_an_edition_is_judged_where_it_lies(tmp_path: os.PathLike[str], cut: None) -> None:
    directory = DataDirectory(tmp_path)
    KnowledgeGraph.shipped().publish(directory, gate=False)
    with directory.require() as edition:
        seen: list[tuple[int, int]] = []
        report = KnowledgeGraph.of(edition).validate(progress=lambda *row: seen.append(row))
        total = edition.manifest.triples
    assert report.conforms and seen[-1] == (total, total)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_shapes_of_ones_own_are_judged_in_shards_or_at_once_as_they_need(cut: None) -> None:
    graph = KnowledgeGraph()
    graph.parse(HEAD + "ex:one ex:p ex:named .", source="one")
    graph.parse(HEAD + "ex:two ex:p ex:b ; ex:q ex:c . ex:named ex:r ex:d .", source="two")
    shapes = Graph().parse(data=HASTY, format="turtle")
    told = pairs(graph.validate(shapes=shapes))
    assert told == {
        ("one", "Everything"),
        ("two", "Everything"),
        ("one", "Local"),
        ("nowhere", "Named"),
    }


def test_the_reference_engine_says_the_same(cut: None) -> None:
    graph = KnowledgeGraph()
    graph.parse(HEAD + 'ex:f a comp:Framework ; rdfs:label "F"@en ; comp:extent comp:Some .')
    only = Graph()
    for name in ("ExtentKnown", "FrameworkTitle", "FrameworkParts"):
        _copy(load_shapes(), f"{SHAPES_IRI}#{name}", only)
    fast = graph.validate(shapes=only)
    assert fast == graph.validate(shapes=only, engine="reference") and len(fast) == 2


def _copy(shapes: Graph, name: str, target: Graph) -> None:
    from rdflib import URIRef

    for triple in shapes.cbd(URIRef(name)):
        target.add(triple)


def test_a_rule_that_is_left_out_says_nothing(made: KnowledgeGraph) -> None:
    assert "TextOnce" in {result.shape.rpartition("#")[2] for result in made.validate()}
    rest = made.validate(without=["TextOnce"])
    assert "TextOnce" not in {result.shape.rpartition("#")[2] for result in rest}


def test_a_rule_that_is_not_there_is_answered_with_close_names() -> None:
    with pytest.raises(
        ShapesError, match="TextOnec: no such rule; did you mean TextOnce"
    ) as caught:
        KnowledgeGraph().validate(without=["TextOnec"])
    assert "\n" not in str(caught.value)


def test_an_engine_that_is_not_there_is_answered_with_those_there_are() -> None:
    with pytest.raises(ShapesError, match="quick: no such engine; there are fast and reference"):
        KnowledgeGraph().validate(engine="quick")


def test_the_shapes_that_are_given_are_not_changed() -> None:
    shapes = load_shapes()
    before = len(shapes)
    KnowledgeGraph().validate(shapes=shapes, without=["TextOnce"])
    assert len(shapes) == before


def test_shapes_read_twice_have_the_same_names_and_digest() -> None:
    one, two = (with_stable_names(load_shapes()) for _ in range(2))
    assert set(one) == set(two)
    again = read_rules(own_rules().text, "fast")
    assert set(again.shapes) == set(own_rules().shapes)


def test_a_list_of_thousands_is_named_as_well() -> None:
    members = " ".join(f"ex:m{number}" for number in range(3_000))
    text = HEAD + f"@prefix sh: <http://www.w3.org/ns/shacl#> . ex:s sh:in ( {members} ) ."
    graph = Graph().parse(data=text, format="turtle")
    again = Graph().parse(data=text, format="turtle")
    assert set(with_stable_names(graph)) == set(with_stable_names(again))
    assert len(with_stable_names(graph)) == len(graph)


def test_blank_nodes_that_say_the_same_stay_apart() -> None:
    text = HEAD + "ex:a ex:p [ ex:q [] , [ ex:r 1 ] , [ ex:r 1 ] ] . [] ex:p [] . [] ex:p [] ."
    graph = Graph().parse(data=text, format="turtle")
    assert len(with_stable_names(graph)) == len(graph)
    loop = Graph().parse(data=HEAD + "_:a ex:p _:b . _:b ex:p _:a .", format="turtle")
    assert len(with_stable_names(loop)) == 2


# ------------------------------------------------------------------ processes


def test_several_processes_say_what_one_says(made: KnowledgeGraph, cut: None) -> None:
    assert rows(made.validate(processes=2)) == rows(whole(graphs_in(made)))


def test_processes_start_from_any_thread(made: KnowledgeGraph, cut: None) -> None:
    reports: list[Report] = []
    threads = [
        threading.Thread(target=lambda: reports.append(made.validate(processes=2)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reports) == 2 and reports[0] == reports[1] == whole(graphs_in(made))


def test_an_error_in_a_process_is_raised_as_it_is(cut: None) -> None:
    text = HASTY.replace("?value <https", "?value ?p+ <https")
    shapes = Graph().parse(data=text, format="turtle")
    graph = KnowledgeGraph()
    graph.parse(HEAD + "ex:one ex:p ex:named .")
    with pytest.raises(ShapesError):
        graph.validate(shapes=shapes, processes=2)


def test_a_process_that_is_killed_is_told_in_one_line(made: KnowledgeGraph) -> None:
    [shard, *_] = shards_of(graphs_in(made)).values()
    with Processes(1, own_rules()) as processes:
        processes._all[0].kill()
        with pytest.raises(LimitReached, match="was ended") as caught:
            processes.judge(shard).result()
    assert "\n" not in str(caught.value)


def test_no_process_is_left_when_it_is_over(made: KnowledgeGraph, cut: None) -> None:
    with Processes(2, own_rules()) as processes:
        waiting = [processes.judge(shard) for shard in shards_of(graphs_in(made)).values()]
        assert waiting[0].result() is not None
        started = [process.pid for process in processes._all]
    assert len(started) == 2 and not any(_runs(pid) for pid in started)


def test_processes_end_with_the_program_that_started_them() -> None:
    program = textwrap.dedent("""
        import time
        from competency.graph.judging import own_rules
        from competency.graph.judging.processes import Processes
        processes = Processes(2, own_rules())
        print(*(process.pid for process in processes._all), flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        started = [int(pid) for pid in running.stdout.readline().split()]
        running.send_signal(signal.SIGKILL)
    assert len(started) == 2
    for _ in range(300):
        if not any(_runs(pid) for pid in started):
            return
        time.sleep(0.1)
    pytest.fail("a process outlived the one that started it")


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# ------------------------------------------------------------------ memory and order


def test_graphs_are_read_one_at_a_time(cut: None) -> None:
    class Counted(dict):  # type: ignore[type-arg]
        """Graphs that are made anew at each look, and counted."""

        alive = most = 0

        def __getitem__(self, name: str) -> object:
            import weakref

            from competency.graph import NamedGraph

            graph = NamedGraph(name, super().__getitem__(name).triples)
            Counted.alive += 1
            Counted.most = max(Counted.most, Counted.alive)
            weakref.finalize(graph, Counted.gone)
            return graph

        @staticmethod
        def gone() -> None:
            Counted.alive -= 1

    graphs = Counted({graph.name: graph for graph in Frameworks(12_000).graphs()})
    held = {name: dict.__getitem__(graphs, name) for name in graphs}
    report = judge_all(graphs, lambda: new_store(held.values()), own_rules(),
                       sizes={name: len(graph.triples) for name, graph in held.items()})  # fmt: skip
    assert report.conforms and len(graphs) > 8
    assert Counted.most <= 5


def test_results_have_the_same_order_however_they_came(made: KnowledgeGraph, cut: None) -> None:
    one, two = made.validate(processes=2), made.validate(cache=Cache())
    assert [str(result) for result in one] == [str(result) for result in two]
    assert rules_of() is rules_of()
