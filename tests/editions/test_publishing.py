"""Publishing: a new edition or nothing, at the cost of what changed, literal for literal."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from competency import DataDirectory, GraphRefused, KnowledgeGraph, NotFound, SourceError
from competency.errors import EditionError
from competency.graph import NamedGraph, publish
from competency.ontology import ONTOLOGY_IRI
from tests.conftest import PREFIXES
from tests.editions.common import ONE, TWO, framework, put


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


def test_a_new_directory_has_nothing_until_something_is_published(directory: DataDirectory) -> None:
    assert directory.current() is None and directory.names() == []
    with pytest.raises(SourceError, match="nothing was published here yet"):
        directory.require()
    done = put(directory, framework())
    assert (done.edition, done.changed, done.published) == ("000001", (ONE,), True)
    with directory.require() as edition:
        assert list(edition.graphs) == [ONE]
        assert edition.manifest.parent is None and edition.manifest.triples == 2
        assert edition.faults() == []


def test_each_publication_adds_to_the_one_before(directory: DataDirectory) -> None:
    put(directory, framework())
    put(directory, framework(TWO, "Two"))
    with directory.require() as edition:
        graph = KnowledgeGraph.of(edition)
        assert [item.title for item in graph.frameworks] == ["One", "Two"]
        assert [item.title for item in graph.summaries()] == ["One", "Two"]
        assert edition.manifest.parent == "000001" and len(graph) == 4
        assert len(edition.store) == edition.manifest.quads


def test_publishing_the_same_again_makes_no_edition(directory: DataDirectory) -> None:
    put(directory, framework())
    done = put(directory, framework())
    assert (done.edition, done.changed) == ("000001", ())
    assert directory.names() == ["000001"]


def test_a_framework_takes_the_place_of_the_one_of_its_name(directory: DataDirectory) -> None:
    put(directory, framework(title="Old"))
    put(directory, framework(title="New"))
    with directory.require() as edition:
        assert KnowledgeGraph.of(edition).framework(ONE).title == "New"
        rows = edition.store.query("SELECT ?o { GRAPH ?g { ?s rdfs:label ?o } }",
                                   prefixes={"rdfs": "http://www.w3.org/2000/01/rdf-schema#"})  # fmt: skip
        assert "Old" not in str(list(rows))  # type: ignore[arg-type]


def test_a_framework_can_be_taken_out(directory: DataDirectory) -> None:
    put(directory, framework())
    put(directory, framework(TWO, "Two"))
    done = publish(directory, remove=[ONE], gate=False)
    assert done.changed == (ONE,)
    with directory.require() as edition:
        graph = KnowledgeGraph.of(edition)
        assert graph.graph_names == [TWO]
        assert not graph.holds(ONE) and len(edition.store) == edition.manifest.quads
        with pytest.raises(NotFound):
            graph.resource(ONE)


def test_literals_are_published_as_they_were_written(directory: DataDirectory) -> None:
    more = '; comp:rank "1.50"^^xsd:decimal, "01"^^xsd:nonNegativeInteger, "1"^^xsd:boolean'
    put(directory, framework(more=more))
    with directory.require() as edition:
        published = KnowledgeGraph.of(edition).serialize(ONE, "ntriples").decode()
        for written in ('"1.50"^^', '"01"^^', "nonNegativeInteger", '"1"^^'):
            assert written in published
        assert '"1.5"^^' in str(edition.store)


def test_blank_nodes_of_two_frameworks_stay_apart(directory: DataDirectory) -> None:
    for iri in (ONE, TWO):
        put(directory, framework(iri, more="; comp:code [ skos:notation 'x' ]"))
    with directory.require() as edition:
        nodes = {t.object for name in (ONE, TWO) for t in edition.graphs[name].triples
                 if type(t.object).__name__ == "BlankNode"}  # fmt: skip
        assert len(nodes) == 2


def test_what_does_not_conform_is_refused_and_nothing_changes(directory: DataDirectory) -> None:
    KnowledgeGraph.shipped().publish(directory, gate=False)
    bad = KnowledgeGraph()
    bad.parse(
        PREFIXES
        + f"<{ONE}/p> a comp:Competency ; comp:inFramework <{ONE}> . <{ONE}> a comp:Framework ."
    )
    done = bad.publish(directory)
    assert done.edition is None and not done.published
    assert done.report is not None and not done.report.conforms
    assert directory.names() == ["000001"]
    assert not directory.work_folder.exists()


def test_the_gate_knows_the_things_in_other_frameworks_that_are_pointed_at(
    directory: DataDirectory,
) -> None:
    shipped = KnowledgeGraph.shipped()
    shipped.publish(directory, gate=False)
    text = shipped.serialize("wcc-behaviours").decode()
    part = shipped.framework("wcc-behaviours").parts[0].iri
    other = shipped.framework("pub-cscf").parts[0].iri
    graph = KnowledgeGraph()
    graph.parse(text + f"<{part}> <http://www.w3.org/2004/02/skos/core#relatedMatch> <{other}> .")
    done = graph.publish(directory)
    assert done.report is not None
    assert done.edition == "000002", done.report.text()
    assert {result.focus for result in done.report.results} == {part, other}


def test_the_graph_of_the_vocabulary_cannot_be_published_over(directory: DataDirectory) -> None:
    with pytest.raises(GraphRefused, match="the vocabulary's own"):
        publish(directory, [NamedGraph(ONTOLOGY_IRI, ())], gate=False)
    assert directory.names() == []


def test_two_who_publish_at_once_wait_for_each_other(directory: DataDirectory) -> None:
    def work(start: int) -> None:
        for number in range(start, start + 5):
            put(directory, framework(f"https://example.org/{number}"))

    threads = [threading.Thread(target=work, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with directory.require() as edition:
        assert len(edition.manifest.graphs) == 15 and edition.id == "000015"
        assert edition.faults() == [] and len(edition.store) == edition.manifest.quads


def test_files_that_stay_are_not_written_again(directory: DataDirectory) -> None:
    put(directory, framework())
    put(directory, framework(TWO))
    first, second = (directory.edition(name) for name in ("1", "2"))
    with first, second:
        file = first.manifest.graphs[ONE].file
        assert (first.folder / file).samefile(second.folder / file)
        assert first.manifest.sha256_of(ONE) == second.manifest.sha256_of(ONE)


def test_the_graph_of_an_edition_does_not_change(directory: DataDirectory) -> None:
    put(directory, framework())
    with directory.require() as edition, pytest.raises(TypeError, match="never changes"):
        KnowledgeGraph.of(edition).parse("<urn:a> <urn:b> <urn:c> .")


def test_publishing_over_a_damaged_edition_is_refused_and_says_which_file(
    directory: DataDirectory,
) -> None:
    put(directory, framework())
    with directory.require() as edition:
        file = edition.folder / edition.manifest.graphs[ONE].file
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(EditionError, match=f"{file.name}: is 5 bytes shorter"):
        put(directory, framework(TWO))
    assert directory.names() == ["000001"] and not directory.work_folder.exists()


def test_where_nothing_can_be_written_it_says_so_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(SourceError, match="nothing has changed") as caught:
        put(tmp_path / "file" / "data", framework())
    assert "\n" not in str(caught.value)
