"""OSMT: rows become skills and go out again; what is no skill is said to be lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from competency import KnowledgeGraph
from competency.exchange import compeito
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Kept
from competency.exchange.osmt import TABLE, read, recognise, write
from competency.exchange.osmt.table import EMPTY
from competency.exchange.sheets import Written, workbook_bytes
from competency.graph import NamedGraph
from tests.exchange.case.test_round_trip import CALM
from tests.exchange.frameworks import frameworks, knowledge
from tests.exchange.many import many
from tests.exchange.tables import (
    BASE,
    READING,
    cells,
    faults,
    losses_of,
    only,
    only_known_errors,
    parts,
    raised,
    rows,
    said,
    same_root,
    sample,
    table,
    unreported,
)

HEADER = "RSD Name,Authors,Skill Statement,Categories,Collections,Keywords,Alignment Name,Alignment URL,Alignment Framework"
BREAD = (
    f"Canonical URL,{HEADER},Oven\n"
    'https://example.org/s/1,Knead,Ann; Bob,"Kneads, then waits.",Dough; Bread,Bakery,"yeast; dough; a=b",Knead it,https://example.com/k,Codes,hot\n'
    "https://example.org/s/2,Bake,,Bakes.,Bread,Bakery,,,,,\n"
)
# How the import files of OSMT call what its exports call otherwise.
SAME = {
    "Collection": "Collections", "Skill Name": "RSD Name", "Skill Category": "Categories",
    "Contextualized Skill Statement": "Skill Statement", "BLS Major Group": "Occupation Major Groups",
    "BLS Minor Group": "Occupation Minor Groups", "BLS Broad Occupation": "Broad Occupations",
    "BLS Detailed Occupation": "Detailed Occupations", "O*NET Job Role": "O*NET Job Codes",
    "Professional Standards": "Standards", "Alignment Title": "Alignment Name",
    "Alignment": "Alignment URL",
}  # fmt: skip
OUT = [fate.loses for fate in TABLE.fates.values() if fate.about == "out"]


def skills(text: str) -> NamedGraph:
    return only(read(table(text), READING))


def back(graph: NamedGraph) -> list[dict[str, str]]:
    return rows(write(knowledge(graph), graph.name).data)


# ------------------------------------------------------------------ the real file


def test_the_real_file_has_two_skills_in_its_order(shared: Path) -> None:
    graph = only(read(sample(shared, "Skills-Import.csv"), READING))
    assert sorted(parts(graph)) == [f"{graph.name}/1", f"{graph.name}/2"]
    assert said(graph, "1")["rdfs:label"] == ["Data and Data Store Access"]
    assert said(graph, "2")["comp:section"] == ["line 3"]
    assert not faults(graph)


def test_the_real_file_goes_back_out_with_every_cell(shared: Path) -> None:
    file = sample(shared, "Skills-Import.csv")
    graph = only(read(file, READING))
    exported = write(knowledge(graph), graph.name)
    assert exported.losses == ()
    for before, after in zip(rows(file.data), rows(exported.data), strict=True):
        for header, cell in before.items():
            assert cell == after[SAME.get(header, header)]


# ------------------------------------------------------------------ in


def test_each_row_is_a_competency_right_below_the_framework() -> None:
    graph = skills(BREAD)
    first = said(graph, "https://example.org/s/1")
    assert first["rdf:type"] == ["https://w3id.org/competency/ns#Competency"]
    assert first["comp:partOf"] == [graph.name]
    assert first["comp:text"] == ["Kneads, then waits."]
    assert first["dcterms:subject"] == ["Bread", "Dough"]
    assert first["skos:relatedMatch"] == ["https://example.com/k"]
    assert said(graph, "https://example.com/k")["rdfs:label"] == ["Knead it"]
    assert not faults(graph)


def test_a_collection_that_all_rows_share_is_the_framework() -> None:
    assert said(skills(BREAD), f"{BASE}t")["rdfs:label"] == ["Bakery"]
    several = said(skills(BREAD.replace("Bread,Bakery", "Bread,Sweets", 1)), f"{BASE}t")
    assert several["rdfs:label"] == ["t.csv"]
    assert "http://www.w3.org/2000/01/rdf-schema#label" in several["comp:inferred"]


def test_lists_keep_the_order_of_the_file() -> None:
    assert back(skills(BREAD))[0]["Keywords"] == "yeast; dough; a=b"
    assert back(skills(BREAD))[0]["Authors"] == "Ann; Bob"


def test_an_unknown_column_is_kept_and_told_once() -> None:
    imported = read(table(BREAD), READING)
    assert said(only(imported), f"{BASE}t/column/oven")["rdfs:label"] == ["Oven"]
    assert [r.where for r in imported.remarks if "'Oven'" in r.what] == ["line 2, column K"]
    assert back(only(imported))[0]["Oven"] == "hot"


def test_a_category_of_unhelpful_behaviours_makes_negative_indicators() -> None:
    graph = skills(f"{HEADER}\nBurn,,Burns bread.,Unhelpful behaviours,,,,,\n")
    assert said(graph, "1")["rdf:type"] == ["https://w3id.org/competency/ns#NegativeIndicator"]
    assert not faults(graph)
    assert back(graph) == []


@pytest.mark.parametrize(
    ("cell", "what"),
    [(",,Bakes.", "a skill without a name"), ("Bake,,", "a skill without a statement")],
)
def test_a_row_may_lack_a_name_or_a_statement(cell: str, what: str) -> None:
    imported = read(table(f"{HEADER}\n{cell}\n"), READING)
    assert not faults(only(imported))
    assert what in str(imported.remarks)
    assert cells(write(knowledge(only(imported)), f"{BASE}t").data)[1][1:4] == [*cell.split(",")]


def test_alignments_that_disagree_stay_beside_their_skills() -> None:
    text = f"{HEADER}\nA,,a,,,,One name,https://example.com/x,\nB,,b,,,,Another,https://example.com/x,\nC,,c,,,,No address,,\n"
    graph = skills(text)
    assert [row["Alignment Name"] for row in back(graph)] == ["One name", "Another", "No address"]
    assert [row["Alignment URL"] for row in back(graph)] == ["https://example.com/x"] * 2 + [""]
    assert not faults(graph)


def test_several_alignments_are_numbered() -> None:
    header = f"{HEADER},Alignment 2 Name,Alignment 2 URL,Alignment 2 Framework"
    graph = skills(f"{header}\nA,,a,,,,Z,https://example.com/z,F,Y,https://example.com/y,\n")
    (row,) = back(graph)
    assert row["Alignment URL"] == "https://example.com/z"
    assert row["Alignment 2 Name"] == "Y"
    assert len(said(graph, "1")["skos:relatedMatch"]) == 2


# ------------------------------------------------------------------ what is wrong


def test_all_faults_are_told_at_once_with_line_and_column() -> None:
    text = f"Canonical URL,{HEADER}\nhttps://e.org/1,A,,a\n,,Ann,\nhttps://e.org/1,B,,b\n"
    first, second = raised(read, text)
    assert first.startswith("t.csv:3:2: column B: a row without a name and a statement")
    assert second.startswith("t.csv:4:1: column A: https://e.org/1 is the skill on line 2 already")


@pytest.mark.parametrize("text", ["", "\n\n", "Name,Text\nA,b\n", "RSD Name\nA\n", '"', "a\0b"])
def test_what_is_no_table_of_osmt_is_refused(text: str) -> None:
    assert raised(read, text)[0].startswith("t.csv:")


def test_a_damaged_file_raises_no_other_error() -> None:
    only_known_errors(read, BREAD.encode())


def test_texts_without_a_header_are_a_fault() -> None:
    (line,) = raised(read, f"{HEADER}\nA,,b\nA,,b,,,,,,,stray\n")
    assert line.startswith("t.csv:3:10: column J: a text under no header")


def test_other_separators_and_marks_are_read_alike() -> None:
    text = "\ufeffrsd name;SKILL STATEMENT\r\nBake;Bakes; well\r\n".replace("; well", "")
    graph = skills(text)
    assert said(graph, "1")["comp:text"] == ["Bakes"]


def test_only_tables_of_osmt_are_recognised() -> None:
    assert recognise(table(BREAD))
    assert recognise(File("t.csv", BREAD.encode("utf-16"), "text/csv"))
    assert not recognise(table("Identifier,fullStatement,parentIdentifier\n"))


# ------------------------------------------------------------------ out


def test_the_shipped_frameworks_go_out_and_come_back_valid(shipped: KnowledgeGraph) -> None:
    counts = {}
    for framework in shipped.frameworks:
        exported = write(shipped, framework.iri)
        counts[framework.iri.rpartition("/")[2]] = len(rows(exported.data))
        before = shipped.named_graph(framework.graph_name)
        after = only(read(File("back.csv", exported.data, "text/csv"), READING))
        assert not faults(after)
        same = same_root(before.name, after.name)
        assert not list(unreported(before, after, exported, same, OUT))
    assert counts == {
        "hkqf-111334L3": 13, "nos-pss-spo109": 54, "pub-cscf": 12,
        "pwgsc-client-service": 25, "wcc-behaviours": 106,
    }  # fmt: skip


def test_no_unhelpful_behaviour_is_a_skill(shipped: KnowledgeGraph) -> None:
    exported = write(shipped, "wcc-behaviours")
    named = {row["Canonical URL"] for row in rows(exported.data)}
    negatives = [
        p
        for p in shipped.framework("wcc-behaviours").walk()
        if str(p.kind).endswith("NegativeIndicator")
    ]
    assert len(negatives) == 37
    assert not named & {part.iri for part in negatives}
    assert all("unhelpful" in losses_of(exported, part.iri)["rdf:type"] for part in negatives)


@settings(CALM, max_examples=3)
@given(frameworks())
def test_whatever_does_not_come_back_is_in_the_losses(graph: NamedGraph) -> None:
    nothing_goes_unreported(graph)


@pytest.mark.slow
def test_whatever_does_not_come_back_of_very_many_is_in_the_losses() -> None:
    for graph in many():
        nothing_goes_unreported(graph)


def nothing_goes_unreported(graph: NamedGraph) -> None:
    exported = write(knowledge(graph), graph.name)
    assert exported == write(knowledge(NamedGraph(graph.name, reversed(graph.triples))), graph.name)
    if len(rows(exported.data)):
        imported = read(File("f.csv", exported.data, "text/csv"), Reading(BASE, language="en"))
        after = only(imported)
        same = same_root(graph.name, after.name)
        if said(graph, graph.name)["dcterms:language"] == ["en"]:
            assert not list(unreported(graph, after, exported, same, [*OUT, EMPTY]))


def test_a_workbook_is_read_as_its_table_is() -> None:
    headers, *below = cells(BREAD.encode())
    data = workbook_bytes([Written("Skills", headers, below)])
    graph = only(read(File("t.xlsx", data, "application/zip"), READING))
    assert said(graph, "https://example.org/s/2")["comp:section"] == ["Skills!A3"]
    assert back(graph) == back(skills(BREAD))


def test_what_osmt_alone_knows_goes_out_in_other_tables_or_is_lost(shared: Path) -> None:
    graph = only(read(sample(shared, "Skills-Import.csv"), READING))
    exported = compeito.write(knowledge(graph), graph.name)
    lost = losses_of(exported, f"{graph.name}/1")
    assert f"{graph.name}/column/broad-occupations" in lost  # three texts in one cell
    assert f"{graph.name}/column/occupation-major-groups" not in lost
    assert b"15-1220, 15-1250, 15-1290" in exported.data


def test_cells_that_spreadsheets_would_run_are_harmless_and_come_back() -> None:
    graph = skills(f"{HEADER}\n=1+1,,@cmd,,,-x,,,\n")
    exported = write(knowledge(graph), graph.name)
    assert b"'=1+1," in exported.data and b"'@cmd" in exported.data and b"'-x" in exported.data
    again = only(read(File("t.csv", exported.data, "text/csv"), READING))
    assert said(again, "1")["rdfs:label"] == ["=1+1"]
    assert Kept.odd not in {remark.kept for remark in read(table(BREAD), READING).remarks}
