"""The gate judges a change with all that lies around it, and who else can tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from competency import DataDirectory, KnowledgeGraph
from competency.graph import Publication, publish
from competency.graph.editions.gate import judge_change
from competency.graph.judging import FOLDER
from tests.judging.common import Graphs, framework, graphs_of, pairs, whole

HELPFUL = 'a comp:PositiveIndicator ; comp:text "Asks first."@en ; comp:wording comp:Reworded'
UNHELPFUL = 'a comp:NegativeIndicator ; comp:text "Shouts."@en ; comp:wording comp:Reworded'
ONE, TWO, THREE = (f"https://example.org/{name}" for name in ("one", "two", "three"))
WHOLE = (
    " ; comp:extent comp:Whole ; comp:source ex:{0}-source ; dcterms:language 'en' ;"
    " dcterms:license ex:licence ; comp:notStated dcterms:publisher , dcterms:description ,"
    " dcterms:issued . ex:{0}-source a comp:Source ; rdfs:label 'Book'@en ; comp:lineCount 9 ."
)


def complete(name: str, *parts: str, more: str = "") -> str:
    """Return a framework that conforms, if its parts do."""
    return framework(name, *parts, more=f"ex:{name} rdfs:seeAlso ex:x {WHOLE.format(name)} {more}")


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


def put(directory: DataDirectory, graphs: Graphs, *, gate: bool = True) -> Publication:
    return publish(directory, graphs.values(), gate=gate)


def told(done: Publication) -> set[tuple[str, str]]:
    assert done.report is not None
    return pairs(done.report)


def test_what_points_at_a_part_that_is_taken_out_is_judged_again(directory: DataDirectory) -> None:
    graphs = graphs_of(
        one=complete("one", f"a {HELPFUL} ; comp:contrasts ex:b"),
        two=complete("two", f"b {UNHELPFUL}"),
    )
    assert put(directory, graphs).published
    done = publish(directory, remove=[TWO])
    assert not done.published and told(done) == {("b", "ContrastKind")}
    assert directory.names() == ["000001"]
    assert publish(directory, remove=[TWO], gate=False).published


def test_a_graph_on_which_nothing_depends_is_taken_out_without_a_report(
    directory: DataDirectory,
) -> None:
    put(directory, graphs_of(one=complete("one", f"a {HELPFUL}"), two=complete("two")))
    done = publish(directory, remove=[TWO])
    assert done.published and done.report is None


def test_alignments_published_alone_are_judged_by_the_parts_at_their_ends(
    directory: DataDirectory,
) -> None:
    frameworks = graphs_of(
        one=complete("one", f"a {HELPFUL}"), two=complete("two", f"b {UNHELPFUL}")
    )
    assert put(directory, frameworks).published
    done = put(directory, graphs_of(three="ex:a skos:closeMatch ex:b ."))
    assert not done.published and told(done) == {("b", "MatchPolarity")}
    done = put(directory, graphs_of(three="ex:b comp:contrasts ex:a ."))
    assert done.published and told(done) == set()


def test_what_was_wrong_elsewhere_before_does_not_refuse_a_change(
    directory: DataDirectory,
) -> None:
    wrong = graphs_of(
        one=complete("one", f"a {HELPFUL} ; comp:wording comp:Copied"),
        two=complete("two", f"b {HELPFUL}"),
    )
    assert put(directory, wrong, gate=False).published
    done = put(directory, graphs_of(three="ex:a skos:closeMatch ex:b ."))
    assert done.published and told(done) == set()


def test_a_violation_that_a_change_makes_in_another_framework_refuses_it(
    directory: DataDirectory,
) -> None:
    put(directory, graphs_of(one=complete("one", f"a {HELPFUL}")))
    done = put(directory, graphs_of(two=complete("two", f"b {HELPFUL}")
                                    + "ex:a comp:inFramework ex:two ."))  # fmt: skip
    assert not done.published
    assert ("a", "PartFramework") in told(done)


def test_two_graphs_that_change_together_are_each_others_context(directory: DataDirectory) -> None:
    level = (
        'ex:scale a comp:LevelScale ; rdfs:label "Levels"@en ; comp:notStated comp:cumulative .'
        ' ex:low a comp:Level ; rdfs:label "Low"@en ; comp:inScale ex:scale ; comp:rank 1 .'
    )
    unit = 'a a comp:UnitOfCompetency ; rdfs:label "U"@en ; comp:notStated comp:code'
    pointing = complete("one", f"{unit} ; comp:qualificationLevel ex:low")
    assert ("a", "LevelTyped") in told(put(directory, graphs_of(one=pointing)))
    assert put(directory, graphs_of(one=pointing, two=level)).published


def test_the_second_publication_of_the_same_judges_nothing_again(directory: DataDirectory) -> None:
    graphs = graphs_of(one=complete("one", f"a {HELPFUL}"))
    assert put(directory, graphs).published
    kept = [*(directory.path / FOLDER).glob("*/*")]
    assert len(kept) == 1
    publish(directory, remove=[ONE], gate=False)
    assert put(directory, graphs).published
    assert [*(directory.path / FOLDER).glob("*/*")] == kept


def test_a_damaged_note_of_what_was_judged_is_not_believed(directory: DataDirectory) -> None:
    wrong = graphs_of(one=complete("one", f"a {HELPFUL} ; comp:wording comp:Copied"))
    assert not put(directory, wrong).published
    [note] = (directory.path / FOLDER).glob("*/*")
    note.write_bytes(note.read_bytes().replace(b"WordingKnown", b"WordingGood!"))
    assert ("a", "WordingKnown") in told(put(directory, wrong))
    note.write_bytes(b"")
    assert not put(directory, wrong).published


def test_a_folder_in_which_nothing_can_be_written_refuses_no_publication(
    directory: DataDirectory,
) -> None:
    directory.path.mkdir()
    (directory.path / FOLDER).write_text("no folder", encoding="utf-8")
    assert put(directory, graphs_of(one=complete("one", f"a {HELPFUL}"))).published


def test_a_change_is_judged_by_graphs_in_memory_as_well() -> None:
    graphs = graphs_of(
        one=complete("one", f"a {HELPFUL} ; skos:closeMatch ex:b"),
        two=complete("two", f"b {UNHELPFUL}"),
    )
    report = judge_change({TWO: graphs[TWO]}, {ONE: graphs[ONE]})
    assert report is not None and pairs(report) == {("b", "MatchPolarity")}
    alone = judge_change({TWO: graphs[TWO]}, {})
    assert alone is not None and pairs(alone) == set()


def test_a_value_in_another_graph_counts_as_it_was_written(directory: DataDirectory) -> None:
    """A store makes ``true`` of ``"1"^^xsd:boolean``, which is another term to the shapes."""
    note = complete("one", "a a comp:Note")
    for written, faults in (("1", {("a", "StatementText")}), ("true", set())):
        graphs = graphs_of(one=note, two=f'ex:a comp:isEmpty "{written}"^^xsd:boolean .')
        put(directory, {TWO: graphs[TWO]}, gate=False)
        assert told(put(directory, {ONE: graphs[ONE]})) == faults
        assert pairs(whole(graphs)) == faults


def test_the_shipped_frameworks_pass_together(directory: DataDirectory) -> None:
    done = KnowledgeGraph.shipped().publish(directory)
    assert done.published and done.report is not None and len(done.report) == 0
