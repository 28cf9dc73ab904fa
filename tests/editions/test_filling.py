"""Large files into a new directory: graph by graph, and the edition is the one it always was."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from competency import DataDirectory, KnowledgeGraph, ParseError
from competency.cli import editions as command
from competency.errors import GraphRefused, SourceError, StorageError
from competency.graph import Edition, incoming, publish
from competency.graph.editions import Publication, filling, publish_first
from competency.graph.incoming import Incoming
from competency.graph.store import dump
from competency.ontology import DEFAULT_BASE
from tests.conftest import PREFIXES
from tests.editions.common import ONE, TWO

NS = "https://w3id.org/competency/ns#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


def line(graph: str, subject: str, predicate: str, value: str) -> str:
    return f"{subject} {predicate} {value} <{graph}> .\n"


def quads() -> str:
    """Two frameworks whose lines are mixed, with all that N-Quads can say."""
    one = [
        line(ONE, f"<{ONE}>", TYPE, f"<{NS}Framework>"),
        line(ONE, f"<{ONE}>", LABEL, '"One \\"quoted\\" \\u00e9t\u00e9 <x> .\\n"@en'),
        line(ONE, "_:b1", f"<{NS}partOf>", f"<{ONE}>"),
        line(ONE, f"<{ONE}>", f"<{NS}lines>", '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        line(ONE, f"<{ONE}>", f"<{NS}code>", "_:b1"),
    ]
    two = [
        line(TWO, f"<{TWO}>", TYPE, f"<{NS}Framework>"),
        line(TWO, "_:b1", f"<{NS}partOf>", f"<{TWO}>"),
        line(TWO, f"<{TWO}>", LABEL, '"Two"@en-GB'),
    ]
    return "".join([*one[:3], *two[:2], *one[3:], *two[2:], one[0]])


def filled(tmp_path: Path, *files: Path, gate: bool = False) -> Publication | None:
    return publish_first(
        DataDirectory(tmp_path / "filled"),
        lambda folder: Incoming(files, folder, DEFAULT_BASE),
        gate=gate,
        note="n",
    )


def told(edition: Edition) -> dict[str, object]:
    """Return all that an edition holds, but for how its store and its index are laid out."""
    said, files = edition.manifest, edition.manifest.files
    kept = {name: files[name] for name in files if name.startswith(("graphs/", "inferred/"))}
    found = KnowledgeGraph.of(edition).search("").hits
    quads = sorted(dump(edition.store).splitlines())
    return {
        "files": kept,
        "hits": found,
        "quads": quads,
        "graphs": dict(said.graphs),
        "members": (said.quads, said.note, said.vocabulary, said.parent, said.base),
    }


def test_an_edition_filled_graph_by_graph_is_that_of_publishing_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "all.nq").write_text(quads(), encoding="utf-8")
    more = (
        f'{PREFIXES} <{TWO}> a comp:Framework ; rdfs:comment "more" ; comp:code [ a comp:Code ] .'
    )
    (tmp_path / "two.ttl").write_text(more, encoding="utf-8")
    files = [tmp_path / "all.nq", tmp_path / "two.ttl"]
    done = filled(tmp_path, *files)
    at_once = DataDirectory(tmp_path / "at-once")
    assert done == publish(at_once, KnowledgeGraph(*files).graphs(), gate=False, note="n")
    with DataDirectory(tmp_path / "filled").require() as one, at_once.require() as other:
        assert told(one) == told(other)
        assert one.faults() == [] and len(one.store) == one.manifest.quads


@pytest.mark.parametrize(
    "odd",
    [
        lambda text: text.replace(" ", "\t"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "# a comment\n" + text,
        lambda text: text.removesuffix("\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(f"<{ONE}> .", f"<{ONE}>."),
        lambda text: text.replace(f" <{TWO}> .", " ."),
    ],
    ids=["tabs", "crlf", "comment", "no end", "mark", "no space", "no graph"],
)
def test_however_n_quads_are_laid_out_their_graphs_are_those_of_loading(
    tmp_path: Path, odd: Callable[[str], str]
) -> None:
    file = tmp_path / "odd.nq"
    file.write_bytes(odd(quads()).encode())
    found, loaded = Incoming([file], tmp_path, DEFAULT_BASE), KnowledgeGraph(file)
    assert [*found] == loaded.graph_names
    for name in found:
        assert len(found[name].triples) == len(loaded.named_graph(name).triples)
        said = {str(t) for t in found[name].triples if "_:" not in str(t)}
        assert said == {str(t) for t in loaded.named_graph(name).triples if "_:" not in str(t)}


def test_a_fault_is_told_with_its_place_and_nothing_is_published(tmp_path: Path) -> None:
    file = tmp_path / "wrong.nq"
    file.write_text(quads() + line(TWO, f"<{TWO}>", LABEL, '"x\\q"'), encoding="utf-8")
    with pytest.raises(ParseError, match=r"wrong\.nq:10:"):
        filled(tmp_path, file)
    assert DataDirectory(tmp_path / "filled").names() == []
    assert not (tmp_path / "filled" / "work").exists()
    with pytest.raises(SourceError):
        filled(tmp_path, tmp_path / "none.nq")


def test_the_gate_refuses_as_it_always_does(tmp_path: Path) -> None:
    file = tmp_path / "wrong.nq"
    file.write_text(quads(), encoding="utf-8")
    refused = filled(tmp_path, file, gate=True)
    at_once = publish(DataDirectory(tmp_path / "at-once"), KnowledgeGraph(file).graphs())
    assert refused is not None and refused.report is not None and at_once.report is not None
    assert refused.edition is None and refused.changed == at_once.changed
    assert {*refused.report.results} == {*at_once.report.results}
    assert DataDirectory(tmp_path / "filled").names() == []


def test_where_something_is_published_already_it_leaves_that_to_others(tmp_path: Path) -> None:
    file = tmp_path / "all.nq"
    file.write_text(quads(), encoding="utf-8")
    assert filled(tmp_path, file) is not None
    assert filled(tmp_path, file) is None


def test_a_store_that_cannot_take_more_is_an_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(store: object, pipe: Path) -> None:
        with pipe.open("rb"):
            raise OSError("IO error: No space left on device")

    monkeypatch.setattr(filling, "_load", full)
    (tmp_path / "all.nq").write_text(quads() * 2_000, encoding="utf-8")
    with pytest.raises(StorageError, match="the disk is full"):
        filled(tmp_path, tmp_path / "all.nq")
    assert DataDirectory(tmp_path / "filled").names() == []


def without_nodes(times: int = 1) -> str:
    rows = [row for row in quads().splitlines(keepends=True) if "_:" not in row]
    more = [line(ONE, f"<{ONE}/{n}>", f"<{NS}partOf>", f"<{ONE}>") for n in range(times)]
    return "".join([*rows, *more])


@pytest.mark.parametrize(
    "last",
    [
        "",
        line(TWO, "_:b1", LABEL, '"a node"'),
        f'<{TWO}> {LABEL} "of no graph" .\n',
        f'# a comment\n<{TWO}>\t{LABEL} "a tab" <{TWO}> .\n',
    ],
    ids=["nothing else", "a node", "no graph", "another layout"],
)
def test_what_began_to_load_before_it_was_looked_through_ends_as_the_same_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    monkeypatch.setattr(incoming, "_BLOCK", 1_000)
    file = tmp_path / "all.nq"
    file.write_text(without_nodes(50) + last, encoding="utf-8")
    assert Incoming([file], tmp_path, DEFAULT_BASE).promising() == (file,)
    filled(tmp_path, file)
    at_once = DataDirectory(tmp_path / "at-once")
    publish(at_once, KnowledgeGraph(file).graphs(), gate=False, note="n")
    with DataDirectory(tmp_path / "filled").require() as one, at_once.require() as other:
        assert told(one) == told(other)
        assert one.faults() == [] and len(one.store) == one.manifest.quads


def test_only_files_that_begin_without_nodes_are_loaded_before_they_are_looked_through(
    tmp_path: Path,
) -> None:
    straight, mixed, turtle = (tmp_path / name for name in ("one.nq", "two.nq", "three.ttl"))
    straight.write_text(without_nodes(), encoding="utf-8")
    mixed.write_text(quads(), encoding="utf-8")
    turtle.write_text("", encoding="utf-8")
    for other in (mixed, turtle):
        assert Incoming([straight, other], tmp_path, DEFAULT_BASE).promising() == ()


def test_a_store_that_cannot_load_a_file_as_it_is_says_why_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("IO error: No space left on device")

    monkeypatch.setattr(filling, "_load", full)
    (tmp_path / "all.nq").write_text(without_nodes(), encoding="utf-8")
    with pytest.raises(StorageError, match="the disk is full"):
        filled(tmp_path, tmp_path / "all.nq")
    assert DataDirectory(tmp_path / "filled").names() == [] and gc.isenabled()


def test_a_graph_in_a_large_file_cannot_speak_of_what_follows_from_it(tmp_path: Path) -> None:
    file = tmp_path / "all.nq"
    told = line(ONE, f"<{ONE}#inferred>", LABEL, '"mine"')
    file.write_text(without_nodes() + told, encoding="utf-8")
    with pytest.raises(GraphRefused, match="says something of"):
        filled(tmp_path, file)
    assert DataDirectory(tmp_path / "filled").names() == []


def test_the_index_of_a_first_edition_gathers_words_like_any_other_once_it_is_made(
    tmp_path: Path,
) -> None:
    (tmp_path / "all.nq").write_text(without_nodes(), encoding="utf-8")
    filled(tmp_path, tmp_path / "all.nq")
    with DataDirectory(tmp_path / "filled").require() as edition:
        file = sqlite3.connect(edition.folder / "search/main.db")
        found = dict(file.execute("SELECT k, v FROM words_config"))
        file.close()
    assert (found["hashsize"], found["automerge"]) == (1 << 20, 4)


def test_the_command_fills_a_new_directory_from_large_files(
    tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_LARGE", 1)
    file = tmp_path / "all.nq"
    file.write_text(quads(), encoding="utf-8")
    result = run("publish", file, "--data", tmp_path / "data", "--no-gate")
    assert result.exit_code == 0 and result.stdout.startswith("000001\n")
    assert run("publish", file, "--data", tmp_path / "other").exit_code == 1
    again = run("publish", file, "--data", tmp_path / "data", "--no-gate")
    assert "nothing differs from edition 000001" in again.stderr
    assert run("verify", "--data", tmp_path / "data").exit_code == 0
