"""What was judged before is not judged again; what is damaged is not believed; it never grows."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from rdflib import SH, BNode, Literal, URIRef

from competency import DataDirectory, KnowledgeGraph
from competency.graph.judging import Cache, rules_of
from competency.graph.judging.digests import digest_of
from competency.graph.judging.records import dump_results, load_results
from competency.shapes import Result, Severity
from competency.shapes.finding import Finding
from competency.shapes.paths import Step, Steps
from tests.judging.common import HEAD

KEY, OTHER = "ab" * 32, "cd" * 32
FINDING = Finding(
    focus=URIRef("urn:f"),
    shape=BNode("s1"),
    component=SH.MinCountConstraintComponent,
    severity=SH.Warning,
    path=Steps(Step.sequence, (URIRef("urn:p"), Steps(Step.inverse, (URIRef("urn:q"),)))),
    value=Literal("01", datatype=URIRef("http://www.w3.org/2001/XMLSchema#integer"), normalize=False),
    messages=(Literal("Ein Fehler.", lang="de"), Literal("plain")),
    constraint=BNode("c1"),
)  # fmt: skip
RESULT = Result(
    severity=Severity.warning,
    focus="urn:f",
    message="It “fails”.",
    shape="urn:s",
    rule="Rule",
    code="A 1",
    place=("One", "Two"),
    component=str(SH.MinCountConstraintComponent),
    findings=(FINDING,),
)


def test_results_come_back_as_they_went() -> None:
    [found] = load_results(dump_results([RESULT]))
    assert found == RESULT and found.component == RESULT.component
    [finding] = found.findings
    assert finding == FINDING and str(finding.value) == "01"


@pytest.mark.parametrize(
    "data",
    [b"", b"{}x", b"[1]", b"[{}]", b'{"a": 1}', b"null", dump_results([RESULT]).replace(b"warning", b"w"),
     dump_results([RESULT]).replace(b'"urn:s"', b"7"), b"[" * 100_000],
)  # fmt: skip
def test_what_are_no_results_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        load_results(data)


def test_results_are_found_again_in_memory_and_by_another_process(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "judged")
    assert cache.get(KEY) is None
    cache.put(KEY, (RESULT,))
    assert cache.get(KEY) == (RESULT,) and Cache(tmp_path / "judged").get(KEY) == (RESULT,)
    assert (cache.hits, cache.misses) == (1, 1)


@pytest.mark.parametrize("damage", [b"", b"x", b"[]", b"0" * 64 + b"\n[]"])
def test_a_damaged_file_is_as_none(tmp_path: Path, damage: bytes) -> None:
    Cache(tmp_path).put(KEY, (RESULT,))
    [file] = tmp_path.glob("*/*")
    file.write_bytes(damage)
    assert Cache(tmp_path).get(KEY) is None


def test_a_file_that_was_cut_is_as_none(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, (RESULT,))
    [file] = tmp_path.glob("*/*")
    whole = file.read_bytes()
    for length in range(0, len(whole), 97):
        file.write_bytes(whole[:length])
        assert Cache(tmp_path).get(KEY) is None


def test_the_memory_keeps_the_last_ones_only() -> None:
    cache = Cache(most=2)
    keys = [f"{number:064x}" for number in range(3)]
    for key in keys:
        cache.put(key, ())
    assert [cache.get(key) for key in keys] == [None, (), ()]


def test_the_folder_keeps_the_files_of_most_use(tmp_path: Path) -> None:
    import os

    keys = [f"{number:064x}" for number in range(6)]
    cache = Cache(tmp_path, most_bytes=3 * len(dump_results([RESULT])) + 300)
    for age, key in enumerate(keys):
        cache.put(key, (RESULT,))
        [file] = tmp_path.glob(f"*/{key[2:]}")
        os.utime(file, (age, age))
    Cache(tmp_path).get(keys[0])  # it was of use just now
    cache.prune()
    fresh = Cache(tmp_path)
    assert [fresh.get(key) is not None for key in keys] == [True, False, False, False, True, True]


def test_a_file_that_was_never_finished_goes_after_a_while(tmp_path: Path) -> None:
    import os

    cache = Cache(tmp_path)
    cache.put(KEY, ())
    old, new = (tmp_path / KEY[:2] / f"{name}.part" for name in ("old", "new"))
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (1, 1))
    cache.prune()
    assert new.exists() and not old.exists()


def test_many_threads_use_one_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most=3)
    wrong: list[str] = []

    def work(start: int) -> None:
        for number in range(60):
            key = f"{(start * number) % 7:064x}"
            cache.put(key, (RESULT,))
            if cache.get(key) != (RESULT,):
                wrong.append(key)

    threads = [threading.Thread(target=work, args=(start,)) for start in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_key_that_is_none_reaches_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Cache(tmp_path).put("../" + KEY[3:], ())


# ------------------------------------------------------------------ what a key stands for


def graph_of(text: str) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(HEAD + text, source="one")
    return graph


def test_a_graph_in_another_order_has_the_same_digest() -> None:
    [one] = graph_of("ex:a ex:p 1 , 2 .").graphs()
    assert digest_of(one.triples) == digest_of(reversed(one.triples))
    assert digest_of(one.triples) != digest_of(one.triples[:1])


def test_the_second_time_nothing_is_judged() -> None:
    cache = Cache()
    graph = graph_of('ex:f a comp:Framework ; rdfs:label "" .')
    first = graph.validate(cache=cache)
    assert (cache.hits, cache.misses) == (0, 1)
    assert graph.validate(cache=cache) == first and not first.conforms
    assert (cache.hits, cache.misses) == (1, 1)


def test_only_what_changed_or_can_tell_is_judged_again(shipped: KnowledgeGraph) -> None:
    cache = Cache()
    shipped.validate(cache=cache)
    judged = cache.misses
    graph = KnowledgeGraph.shipped()
    name = graph.framework("pub-cscf").graph_name
    graph.parse(f"<{name}> <http://purl.org/dc/terms/modified> 'soon' .")
    again = cache.misses
    report = graph.validate(cache=cache)
    assert [result.focus for result in report] == [name]
    assert 1 <= cache.misses - again < judged


def test_an_edition_that_was_judged_before_is_not_even_read(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    graph = graph_of('ex:f a comp:Framework ; rdfs:label "" .')
    graph.publish(directory, gate=False)
    with directory.require() as edition:
        first = KnowledgeGraph.of(edition).validate(cache=Cache(tmp_path / "judged"))
        [file] = edition.folder.glob("graphs/*")
        file.write_bytes(b"")
    with directory.require() as edition:
        again = KnowledgeGraph.of(edition)
        assert again.validate(cache=Cache(tmp_path / "judged")) == first and len(first) > 3
        assert again.validate(cache=Cache(), without=["FrameworkRights"]) != first


def test_other_rules_are_judged_anew() -> None:
    cache = Cache()
    graph = graph_of('ex:f a comp:Framework ; rdfs:label "" .')
    told = {result.shape.rpartition("#")[2] for result in graph.validate(cache=cache)}
    assert "FrameworkRights" in told
    rest = graph.validate(cache=cache, without=["FrameworkRights"])
    assert {r.shape.rpartition("#")[2] for r in rest} == told - {"FrameworkRights"}
    assert cache.misses == 2
    assert rules_of().digest != rules_of(engine="reference").digest
