"""A table of alignments is loaded wherever RDF is: in Python, and by every command."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from competency import KnowledgeGraph
from competency.cli import main
from competency.errors import FormatError, ParseError
from competency.graph.alignments import all_alignments
from competency.graph.received import File
from competency.graph.sssom import read
from competency.graph.sssom.recognising import is_table
from tests.conftest import PREFIXES
from tests.sssom.common import COLUMNS, HEADER, ROW, SET, table

FRAMEWORK = (
    PREFIXES
    + """
<https://example.org/{f}> a comp:Framework ; rdfs:label "{f}"@en ; comp:wording comp:Reworded .
<{part}> a comp:Competency ; comp:inFramework <https://example.org/{f}> ;
    comp:partOf <https://example.org/{f}> ; comp:position 1 ; rdfs:label "Check"@en .
"""
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "a.sssom.tsv").write_text(table(ROW), encoding="utf-8")
    for name, part in (
        ("baking", "https://example.org/baking/check"),
        ("welding", "https://example.org/welding#check"),
    ):
        text = FRAMEWORK.format(f=name, part=part)
        (tmp_path / f"{name}.ttl").write_text(text, encoding="utf-8")
    return tmp_path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


# ------------------------------------------------------------------ in Python


def test_a_table_is_one_named_graph_called_as_its_set(place: Path) -> None:
    graph = KnowledgeGraph()
    assert graph.load(place / "a.sssom.tsv") == [SET]
    assert len(all_alignments(graph)) == 1


def test_a_table_is_known_by_how_it_begins(tmp_path: Path) -> None:
    bare = f"{COLUMNS}\nhttps://e.org/a\tskos:closeMatch\thttps://e.org/b\tsemapv:LexicalMatching\n"
    for name, text in (
        ("a.tsv", table(ROW)), ("a.csv", table(ROW)), ("a", table(ROW)), ("b.tsv", bare),
        ("c.csv", bare.replace("\t", ",")), ("d.csv", bare.replace("\t", ";")),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
        graph = KnowledgeGraph()
        graph.load(tmp_path / name)
        assert len(all_alignments(graph)) == 1, name


def test_other_files_are_no_tables_of_alignments() -> None:
    assert not is_table("a.tsv", b"code\ttitle\n1\tWeld\n")
    assert not is_table("a.csv", b"")
    assert not is_table("a.ttl", b"#curie_map:\n")
    assert not is_table("a.txt", b"The columns are subject_id, predicate_id and so on.")


@pytest.mark.parametrize("name", ["skills.csv", "skills.xlsx", "skills.docx", "skills.pdf"])
def test_what_is_no_rdf_is_told_to_be_imported_first(tmp_path: Path, name: str) -> None:
    start = {".csv": b"code,statement\n", ".pdf": b"%PDF-1.7\n"}.get(name[-4:], b"PK\x03\x04\xfc")
    (tmp_path / name).write_bytes(start)
    for command in (["publish", "--data", tmp_path / "D"], ["query", "frameworks"]):
        said = run(*command, tmp_path / name).output.strip()
        assert said.endswith(
            f"is no RDF; first run: competency import {tmp_path / name} -o skills.ttl"
        )
        assert len(said.splitlines()) == 1
    assert not (tmp_path / "D").exists()


def test_a_table_with_tabs_says_nothing_of_its_name() -> None:
    text = table(ROW).encode()
    read_as = read(File("bake-weld.sssom.csv", text, ""))
    assert not [remark for remark in read_as.remarks if "parted" in remark.what]


def test_the_syntax_can_be_named(place: Path) -> None:
    graph = KnowledgeGraph()
    assert graph.parse(table(ROW), syntax="sssom") == [SET]
    with pytest.raises(FormatError, match="sssom"):
        graph.parse("", syntax="nothing")


def test_what_is_wrong_is_told_with_line_and_column_and_nothing_changes(place: Path) -> None:
    (place / "a.sssom.tsv").write_text(HEADER + COLUMNS + "\nx:a\tskos:closeMatch\n")
    graph = KnowledgeGraph()
    with pytest.raises(ParseError, match=r"a\.sssom\.tsv:9:1: subject_id: the prefix of x:a"):
        graph.load(place / "a.sssom.tsv")
    assert graph.graph_names == []


def test_what_is_shipped_has_the_alignments(shipped: KnowledgeGraph) -> None:
    assert shipped.base + "alignments" in shipped.graph_names
    assert len(all_alignments(shipped)) >= 68


# ------------------------------------------------------------------ commands


def test_frameworks_and_their_alignments_are_checked_together(place: Path) -> None:
    found = run("validate", *sorted(place.iterdir()))
    assert "MatchInside" not in found.output and found.exit_code in (0, 1)
    alone = run("validate", place / "a.sssom.tsv")
    assert (alone.exit_code, alone.stdout.strip()) == (0, "Conforms. Nothing to mend.")


def test_a_table_is_served_queried_and_published(place: Path) -> None:
    page = run("serve", place / "a.sssom.tsv", "--get", f"/entity?iri={SET}")
    assert page.exit_code == 0
    asked = run("query", "SELECT ?a { ?a skos:closeMatch ?b }", place / "a.sssom.tsv")
    assert "baking/check" in asked.stdout
    done = run("publish", *sorted(place.iterdir()), "--data", place / "data", "--no-gate")
    assert done.exit_code == 0, done.output
    asked = run("query", "--data", place / "data", "SELECT ?a { ?a skos:closeMatch ?b }")
    assert "baking/check" in asked.stdout


@pytest.mark.parametrize("command", ["validate", "import"])
def test_what_cannot_be_read_is_a_line_for_each_fault(place: Path, command: str) -> None:
    wrong = ROW.replace("skos:closeMatch", "comp:partOf")
    path = place / "a.sssom.tsv"
    path.write_text(table(wrong, "x:a\t\t\t"), encoding="utf-8")
    found = run(command, path)
    lines = found.stderr.splitlines()
    assert found.exit_code == 2 and len(lines) == 5
    assert lines[0].startswith(f"competency: error: {path}:9:12: predicate_id: comp:partOf says")
    assert all(line.startswith(f"competency: error: {path}:") for line in lines)


def test_a_table_that_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "pairs.sssom.tsv"
    head = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    for name in ("b", "c", "b"):
        row = f"https://example.org/a\tskos:closeMatch\thttps://example.org/{name}\tsemapv:ManualMappingCuration\n"
        file.write_text(head + row)
        first, again = (all_alignments(KnowledgeGraph(file)) for _ in range(2))
        assert first == again and [item.object[-1] for item in first] == [name]
