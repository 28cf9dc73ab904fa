"""Crosswalks: every part has its place, nothing is lost, and files open without harm."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from competency import DataDirectory, KnowledgeGraph
from competency.cli import main
from competency.errors import FormatError, NotFound, ParameterError
from competency.exchange.crosswalk_tables import CSV, FORMATS, JSON, XLSX, short_names, written
from competency.formats import Format
from competency.graph.comparison import compare
from competency.graph.crosswalks import Crosswalk, Row, crosswalk
from competency.graph.store import NamedGraph
from tests.test_alignments import EX, FRAMEWORK, HEAD, graph_of

Run = Callable[..., Result]
THREE = HEAD + FRAMEWORK.format(f="c")
TABLE = """#mapping_set_id: https://example.org/mine
#license: https://creativecommons.org/publicdomain/zero/1.0/
subject_id\tpredicate_id\tobject_id\tmapping_justification
https://w3id.org/competency/id/pub-cscf/c03\tskos:closeMatch\thttps://w3id.org/competency/id/nos-pss-spo109/1/pc/1\tsemapv:ManualMappingCuration
"""


def three(said: str, longest: int = 1, gaps: bool = True) -> Crosswalk:
    """Frameworks a, b and c, whose parts that ask are 1a, 1b and 2a."""
    graph = graph_of()
    graph.parse(THREE)
    graph.parse(HEAD + said, source="said.ttl")
    return crosswalk(graph, [EX + "a", EX + "b", EX + "c"], longest=longest, gaps=gaps)


def shown(rows: tuple[Row, ...]) -> dict[str, list[list[str]]]:
    return {
        row.part.iri.removeprefix(EX): [
            [entry.part.iri.removeprefix(EX) for entry in cell] for cell in row.cells
        ]
        for row in rows
    }


# ------------------------------------------------------------------ what stands where


def test_the_parts_of_the_spine_come_first_with_what_matches_them() -> None:
    found = three("ex:a1a skos:closeMatch ex:b1a , ex:b2a ; skos:relatedMatch ex:c1a .")
    assert shown(found.placed) == {
        "a1a": [[], ["b1a", "b2a"], ["c1a"]],
        "a1b": [[], [], []],
        "a2a": [[], [], []],
    }
    assert shown(found.unplaced) == {
        name: [[], [], []] for name in ("b1b", "c1b", "c2a")
    }  # fmt: skip


def test_a_part_without_a_place_beside_the_spine_has_a_row_with_its_own_matches() -> None:
    found = three("ex:b1a skos:closeMatch ex:c1a .")
    assert shown(found.unplaced)["b1a"] == [[], [], ["c1a"]]
    assert "c1a" not in shown(found.unplaced)


def test_a_part_that_matches_one_that_is_placed_is_not_lost() -> None:
    found = three("ex:a1a skos:closeMatch ex:b1a . ex:c1a skos:closeMatch ex:b1a .")
    assert shown(found.unplaced)["c1a"] == [[], ["b1a"], []]


def test_with_chains_it_stands_beside_the_spine() -> None:
    found = three("ex:a1a skos:exactMatch ex:b1a . ex:c1a skos:closeMatch ex:b1a .", longest=2)
    (row, *_) = found.rows
    (entry,) = row.cells[2]
    assert (entry.part.iri, entry.chain.length, entry.direct) == (EX + "c1a", 2, False)
    assert entry.relation.endswith("closeMatch")
    assert "c1a" not in shown(found.unplaced)


def test_an_opposite_is_shown_and_gives_no_place() -> None:
    found = three("ex:a1a comp:contrasts ex:b1b .")
    assert shown(found.placed)["a1a"][1] == ["b1b"]
    assert shown(found.unplaced)["b1b"] == [["a1a"], [], []]
    assert not any(row.matched for row in found.rows)


def test_a_heading_has_a_row_only_where_it_is_aligned() -> None:
    assert "a1" not in shown(three("").rows)
    assert "a1" in shown(three("ex:a1 skos:relatedMatch ex:b1a .").rows)


def test_without_gaps_only_what_matches_is_left() -> None:
    found = three("ex:a1a skos:closeMatch ex:b1a .", gaps=False)
    assert list(shown(found.rows)) == ["a1a"]


def test_the_spine_may_be_named_and_frameworks_count_once() -> None:
    graph = graph_of("ex:a1a skos:closeMatch ex:b1a .")
    found = crosswalk(graph, [EX + "a", EX + "b", EX + "a"], spine=EX + "b")
    assert [item.iri for item in found.frameworks] == [EX + "b", EX + "a"]
    assert shown(found.placed)["b1a"] == [[], ["a1a"]]


def test_one_framework_is_no_crosswalk_and_one_that_is_not_held_is_not_found() -> None:
    with pytest.raises(ParameterError, match="between two frameworks or more"):
        crosswalk(graph_of(), [EX + "a"])
    with pytest.raises(NotFound):
        crosswalk(graph_of(), [EX + "a", EX + "nobody"])


def test_in_a_crosswalk_of_all_that_is_shipped_every_part_that_asks_stands_somewhere(
    shipped: KnowledgeGraph,
) -> None:
    for longest in (1, 3):
        found = crosswalk(shipped, longest=longest)
        stands = {row.part.iri for row in found.rows} | {e.part.iri for _, _, e in found.entries}
        for one, other in permutations(found.frameworks, 2):
            asking = {part.iri for group in compare(one, other).left.groups for part in group.parts}
            assert asking <= stands


def test_the_gaps_of_two_shipped_frameworks_are_those_of_their_comparison(
    shipped: KnowledgeGraph,
) -> None:
    for one, other in permutations(shipped.frameworks, 2):
        found, compared = crosswalk(shipped, [one.iri, other.iri]), compare(one, other)
        for place, side in enumerate((compared.left, compared.right)):
            gaps = {part.iri for group in side.groups for part in group.gaps}
            assert gaps == {row.part.iri for row in found.gaps(place)}
        pairs = {
            (row.part.iri, e.part.iri, e.relation) for row, _, e in found.entries if row.place == 0
        }
        both = (*compared.matches, *compared.opposites)
        assert pairs == {(item.subject, item.object, item.predicate) for item in both}


# ------------------------------------------------------------------ as files


@pytest.fixture
def small() -> Crosswalk:
    return three(
        "ex:a1a skos:closeMatch ex:b1a , ex:b2a ; skos:relatedMatch ex:c1a . "
        "ex:m owl:annotatedSource ex:a1a ; owl:annotatedProperty skos:closeMatch ; "
        "owl:annotatedTarget ex:b1a ; sssom:confidence 0.8 ."
    )


def test_csv_has_the_columns_of_each_framework_and_a_line_for_each_further_match(
    small: Crosswalk,
) -> None:
    rows = list(csv.DictReader(io.StringIO(written(small, CSV).decode(), newline="")))
    assert [row["row"] for row in rows[:3]] == ["1", "1", "2"]
    first, second = rows[:2]
    assert first["of"] == "a" and first["a iri"] == second["a iri"] == EX + "a1a"
    assert (first["b relation"], first["b sure"], first["b steps"]) == (
        "skos:closeMatch",
        "0.8",
        "1",
    )
    assert first["c iri"] == EX + "c1a" and second["c iri"] == ""
    assert second["b iri"] == EX + "b2a" and second["b sure"] == ""
    assert rows[-1]["of"] == "c" and rows[-1]["c text"] == "Plan"


def test_json_says_what_csv_says_and_why(small: Crosswalk) -> None:
    found = json.loads(written(small, JSON))
    assert [item["iri"] for item in found["frameworks"]] == [EX + "a", EX + "b", EX + "c"]
    entry = found["rows"][0]["cells"][1][0]
    assert entry["part"]["iri"] == EX + "b1a" and entry["alignment"] == EX + "m"
    assert (entry["confidence"], entry["steps"], entry["through"]) == (0.8, 1, [])


def test_a_workbook_keeps_its_head_in_view_leads_to_the_parts_and_says_what_it_is(
    small: Crosswalk,
) -> None:
    book = load_workbook(io.BytesIO(written(small, XLSX)))
    sheet, about = book["Crosswalk"], book["About"]
    assert sheet.freeze_panes == "E2"
    assert [cell.value for cell in sheet[1]][:5] == ["row", "of", "a code", "a text", "a relation"]
    links = [cell.hyperlink.target for cell in sheet[2] if cell.hyperlink]
    assert links == [EX + "a1a", EX + "b1a", EX + "c1a"]
    assert [cell.value for cell in sheet[2]][10] == "close to"
    assert "crosswalk" in str(about["B2"].value)


def test_only_addresses_of_the_web_are_links_and_no_cell_is_run() -> None:
    graph = KnowledgeGraph()
    for name, text in (("urn:f", "=1+1"), ("javascript:alert(1)", "@SUM(A1)")):
        graph.parse(
            f"{HEAD} <{name}> a comp:Framework ; rdfs:label '{text}' . <{name}/p> a comp:Competency ; "
            f"comp:inFramework <{name}> ; comp:partOf <{name}> ; comp:position 1 ; comp:text '{text}' ."
        )
    found = crosswalk(graph)
    assert b",=1" not in written(found, CSV) and b",@SUM" not in written(found, CSV)
    book = load_workbook(io.BytesIO(written(found, XLSX)))
    cells = [cell for row in book["Crosswalk"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.hyperlink or cell.data_type == "f"]
    assert not [cell for row in book["About"].iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_the_same_table_gives_the_same_bytes(small: Crosswalk, row: Format) -> None:
    assert written(small, row) == written(small, row)


def test_a_format_that_is_not_written_is_refused_with_those_that_are(small: Crosswalk) -> None:
    with pytest.raises(FormatError, match="csv, xlsx, json"):
        written(small, Format("pdf", "PDF", ("application/pdf",), (".pdf",)))


def test_frameworks_of_one_name_are_told_apart() -> None:
    graph = KnowledgeGraph()
    for host in ("a", "b"):
        graph.add(NamedGraph.of(f"https://{host}.example/welding", []))
        graph.parse(f"{HEAD} <https://{host}.example/welding> a comp:Framework .")
    assert short_names(crosswalk(graph)) == ("welding", "welding (2)")


# ------------------------------------------------------------------ the command


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(main, ["crosswalk", *map(str, words)])


def test_two_shipped_frameworks_are_a_table_to_look_at(run: Run) -> None:
    result = run("pub-cscf", "wcc-behaviours", "--no-gaps")
    assert result.exit_code == 0, result.output
    assert "close to: " in result.stdout and "with a match" in result.stderr


def test_a_table_without_a_match_says_how_to_come_by_some(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text("code,statement\nA1,Weighs the flour\n")
    result = run(tmp_path / "one.csv", tmp_path / "two.csv")
    assert "name your alignments too (.sssom.tsv); competency align suggests some" in result.stderr
    assert "competency align" not in run("pub-cscf", "wcc-behaviours").stderr


def test_without_a_name_it_is_of_all_frameworks(run: Run) -> None:
    head = run("--format", "csv").stdout.splitlines()[0]
    assert head.count(" iri") == 5


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_the_suffix_of_the_file_says_the_format(run: Run, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out.{suffix}"
    result = run("pub-cscf", "wcc-behaviours", "-o", out)
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    assert out.stat().st_size > 1000
    again = run("pub-cscf", "wcc-behaviours", "-o", out)
    assert again.exit_code == 2 and "--yes overwrites it" in again.stderr
    assert run("pub-cscf", "wcc-behaviours", "-o", out, "--yes").exit_code == 0


def test_a_table_of_alignments_adds_them(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "mine.sssom.tsv"
    table.write_text(TABLE)
    words = ("pub-cscf", "nos-pss-spo109", "--format", "json")
    before, after = (json.loads(run(*words, *more).stdout) for more in ((), (table,)))

    def matches(found: dict[str, list[dict[str, list[list[object]]]]]) -> int:
        return sum(len(cell) for row in found["rows"] for cell in row["cells"])

    assert matches(after) > matches(before)


def test_a_table_of_alignments_adds_them_to_what_is_published(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "mine.sssom.tsv"
    table.write_text(TABLE)
    KnowledgeGraph.shipped().publish(DataDirectory(tmp_path / "data"))
    words = ("pub-cscf", "nos-pss-spo109", "--data", tmp_path / "data", "--no-gaps")
    assert "03 " in run(*words, table).stdout
    assert "03 " not in run(*words).stdout.replace("2003 ", "")


def test_a_file_stands_beside_what_is_held(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(HEAD + FRAMEWORK.format(f="a"))
    ours = f"<{EX}a1a> skos:closeMatch <https://w3id.org/competency/id/pub-cscf/c03> ."
    with file.open("a") as more:
        more.write(ours)
    assert "03 " in run(file, "pub-cscf", "--no-gaps").stdout
    KnowledgeGraph.shipped().publish(DataDirectory(tmp_path / "data"))
    assert "03 " in run("pub-cscf", file, "--data", tmp_path / "data", "--no-gaps").stdout
    assert "no framework nobody" in run(file, "nobody").stderr


def test_chains_are_told_with_their_steps(run: Run) -> None:
    words = ("pub-cscf", "pwgsc-client-service", "wcc-behaviours")
    assert "2 steps: " in run(*words, "--chains", "3").stdout
    assert " steps: " not in run(*words).stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["pub-cscf"], "between two frameworks or more"),
        (["pub-cscf", "nobody"], "no framework nobody"),
        (["--chains", "4"], "1<=x<=3"),
        (["-o", "out.html"], ".csv, .xlsx or .json"),
        (["-o", "out.csv", "--format", "table"], "a table to look at is not written"),
        (["missing.ttl"], "No such file"),
        (["a.sssom.tsv", "--endpoint", "http://127.0.0.1:1"], "not with --endpoint"),
        (["missing.sssom.tsv"], "No such file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run: Run, words: list[str], says: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr and "Traceback" not in result.stderr


def test_the_help_is_not_wider_than_a_terminal(run: Run) -> None:
    shown = CliRunner().invoke(main, ["crosswalk", "--help"], terminal_width=80).stdout
    assert max(map(len, shown.splitlines())) <= 80
