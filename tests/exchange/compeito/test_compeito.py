"""COMPEITO: a table becomes what the same package of CASE would, and goes out cell by cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from rdflib import Literal, URIRef
from rdflib.term import Node

from competency import KnowledgeGraph
from competency.exchange import case
from competency.exchange.case.identifiers import minted
from competency.exchange.compeito import read, recognise, write
from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from competency.graph import NamedGraph
from tests.exchange.case.common import schema, schema_faults
from tests.exchange.case.test_round_trip import CALM
from tests.exchange.frameworks import frameworks, knowledge
from tests.exchange.many import many
from tests.exchange.tables import (
    BASE,
    READING,
    any_loss,
    cells,
    faults,
    losses_of,
    only,
    only_known_errors,
    parts,
    raised,
    said,
    sample,
    table,
    unreported,
)

SAMPLE = "compeito-framework-ja.csv"
HEADER = "Identifier,fullStatement,humanCodingScheme,parentIdentifier,sequenceNumber,CFItemType,educationLevel,conceptKeywords,abbreviatedStatement,language,listEnumeration,license,statusStartDate,statusEndDate"
ONE, TWO, THREE = (f"{n}0000000-0000-4000-8000-000000000000" for n in (1, 2, 3))
BREAD = (
    "#identifier,90000000-0000-4000-8000-000000000000\n#title,Bread\n#creator,Guild\n"
    '#language,en\n#subject,Baking,"Bread, white"\n#oven,hot,cold\n'
    f"{HEADER},Shelf\n"
    f'{ONE},Make bread,B,,10,Domain,"1,2","yeast,dough",Bread,,,Free,2020-01-01,,top\n'
    f"{TWO},Kneads dough,B-1,{ONE},20,Knowledge,,,,,a),,,,\n"
    f"{THREE},Brûle le pain,B-2,{ONE},,Negative Indicator,,,,fr,,,,,low\n"
)


def framework(text: str = BREAD) -> NamedGraph:
    return only(read(table(text), READING))


def back(graph: NamedGraph) -> list[list[str]]:
    return [trimmed(row) for row in cells(write(knowledge(graph), graph.name).data)]


def trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


# ------------------------------------------------------------------ the real file


def test_the_real_file_has_36_parts_in_its_order(shared: Path) -> None:
    graph = only(read(sample(shared, SAMPLE), READING))
    assert graph.name == f"{BASE}4f3c6a12-e83b-4654-b7ce-1738552191e4"
    assert len(parts(graph)) == 36
    held = knowledge(graph)
    codes = [part.codes[0][0] for part in held.framework(graph.name).walk()]
    listed = [row[2] for row in cells(sample(shared, SAMPLE).data) if len(row) == 14][1:]
    assert codes == listed
    kinds = [said(graph, iri)["rdf:type"][0].rpartition("#")[2] for iri in parts(graph)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "Group": 15, "KnowledgeStatement": 5, "Competency": 16,
    }  # fmt: skip


def test_the_real_file_is_valid_and_goes_back_out_cell_by_cell(shared: Path) -> None:
    file = sample(shared, SAMPLE)
    graph = only(read(file, READING))
    assert not faults(graph)
    exported = write(knowledge(graph), graph.name)
    assert exported.losses == ()
    before, after = ([trimmed(row) for row in cells(data)] for data in (file.data, exported.data))
    assert sorted(before[:10]) == sorted(after[:10])  # what stands before the table
    assert before[10:] == after[10:]


def test_the_real_file_becomes_a_package_of_the_official_schema(shared: Path) -> None:
    graph = only(read(sample(shared, SAMPLE), READING))
    package = json.loads(case.write(knowledge(graph), graph.name).data)
    found = schema_faults(schema(shared), package)
    assert not [fault for fault in found if "identifier" not in fault]  # those of the file
    assert len(package["CFItems"]) == 36
    assert package["CFItems"][1]["identifier"] == "10000000-0000-0000-0000-000000000101"


# ------------------------------------------------------------------ in


def test_every_cell_comes_back() -> None:
    assert back(framework()) == [trimmed(row) for row in cells(BREAD.encode())]
    assert write(knowledge(framework()), framework().name).losses == ()


def test_items_have_the_iris_of_their_identifiers_and_the_lines_of_the_file() -> None:
    first = said(framework(), ONE)
    assert first["comp:section"] == ["line 8"]
    assert first["case:identifier"] == [ONE]
    assert first["dcterms:license"]
    assert not faults(framework())


def test_a_negative_indicator_is_one_and_in_its_language() -> None:
    graph = framework()
    assert said(graph, THREE)["rdf:type"] == ["https://w3id.org/competency/ns#NegativeIndicator"]
    (text,) = graph.about(f"{graph.name}/{THREE}")["https://w3id.org/competency/ns#text"]
    assert text == Literal("Brûle le pain", lang="fr")


@pytest.mark.parametrize(
    "kind", ["Negative indicators", "Unhelpful behaviour", "negative  indicator"]
)
def test_any_type_that_says_unhelpful_makes_a_negative_indicator(kind: str) -> None:
    graph = framework(f"{HEADER}\n{ONE},Burns bread,,,1,{kind}\n")
    assert said(graph, ONE)["rdf:type"] == ["https://w3id.org/competency/ns#NegativeIndicator"]
    assert back(graph)[1][5] == kind
    assert not faults(graph)


def test_rows_without_a_number_stand_behind_in_the_order_of_the_file() -> None:
    text = f"{HEADER}\n{ONE},A,Z9\n{TWO},B,A1\n{THREE},C,,,5\n"
    graph = framework(text)
    texts = [p.text or p.label for p in knowledge(graph).framework(graph.name).walk()]
    assert texts == ["C", "A", "B"]
    assert sorted(row[4:5] for row in back(graph)[1:]) == [[], [], ["5"]]


@pytest.mark.parametrize(
    ("first", "what"),
    [("nobody", "stands under nothing in this file"), (TWO, "under itself in a circle")],
)
def test_a_parent_that_cannot_be_is_kept_and_told(first: str, what: str) -> None:
    text = f"#title,T\n{HEADER}\n{ONE},A,,{first},1,Skill\n{TWO},B,,{ONE},1,Skill\n"
    imported = read(table(text), READING)
    graph = only(imported)
    assert what in str(imported.remarks)
    assert "line 3, column D" in [remark.where for remark in imported.remarks]
    assert said(graph, ONE)["comp:partOf"] == [graph.name]
    assert not faults(graph)
    assert back(graph)[2] == trimmed(cells(text.encode())[2])


def test_a_row_without_an_identifier_is_named_by_its_code_and_goes_out_without_one() -> None:
    text = f"{HEADER}\n,A,C 1\n,B\n"
    graph = framework(text)
    assert sorted(parts(graph)) == [f"{graph.name}/C%201", f"{graph.name}/row-2"]
    assert [row[:3] for row in back(graph)[1:]] == [["", "A", "C 1"], ["", "B"]]


def test_a_full_statement_may_be_missing() -> None:
    text = f"{HEADER}\n{ONE},,,,1,Skill,,,Short\n"
    assert back(framework(text))[1] == trimmed(cells(text.encode())[1])


# ------------------------------------------------------------------ what is wrong


def test_all_faults_are_told_at_once_with_line_and_column() -> None:
    text = (
        f"#title,Bread, white\n{HEADER}\n{ONE},A,,,x\n{ONE},B,,,1.5\n{TWO},C,,,,,,,,,,,,,,stray\n"
    )
    found = raised(read, text)
    assert [line.partition(": ")[0] for line in found] == [
        "t.csv:1:3", "t.csv:3:5", "t.csv:4:1", "t.csv:4:5", "t.csv:5:16",
    ]  # fmt: skip
    assert "'x' is no whole number; write 10, 20 ... or nothing" in found[1]
    assert f"{ONE} is on line 3 already" in found[2]


@pytest.mark.parametrize("text", ["", "#title,T", "a,b\n", "Identifier\n", f'#title,"{HEADER}'])
def test_what_is_no_table_of_compeito_is_refused(text: str) -> None:
    assert raised(read, text)[0].startswith("t.csv:")


def test_a_damaged_file_raises_no_other_error() -> None:
    only_known_errors(read, BREAD.encode())


def test_only_tables_of_compeito_are_recognised() -> None:
    assert recognise(table(BREAD))
    assert not recognise(table("identifier,fullStatement,smartLevel\n"))


# ------------------------------------------------------------------ out


def by_uuid(before: NamedGraph, after: NamedGraph) -> dict[Node, Node]:
    """Return what the things of a framework are called when they come back."""
    names: dict[Node, Node] = {URIRef(before.name): URIRef(after.name)}
    for iri in parts(before):
        names[URIRef(iri)] = URIRef(f"{after.name}/{minted(iri)}")
    return names


def test_the_shipped_frameworks_go_out_and_come_back_valid(shipped: KnowledgeGraph) -> None:
    for framework_ in shipped.frameworks:
        exported = write(shipped, framework_.iri)
        before = shipped.named_graph(framework_.graph_name)
        after = only(read(File("back.csv", exported.data, "text/csv"), READING))
        assert len(parts(after)) == len(parts(before))
        assert not faults(after)
        assert not list(unreported(before, after, exported, by_uuid(before, after)))
        again = write(knowledge(after), after.name)
        assert again.data == exported.data


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
    after = only(read(File("f.csv", exported.data, "text/csv"), Reading(BASE)))
    assert not list(unreported(graph, after, exported, by_uuid(graph, after)))


def test_what_is_made_up_is_told() -> None:
    text = f"{HEADER}\n{ONE},A\n"
    exported = write(knowledge(framework(text)), f"{BASE}t")
    assert not any_loss(exported, "dcterms:creator")
    graph = KnowledgeGraph.shipped()
    lost = losses_of(write(graph, "pub-cscf"), graph.framework("pub-cscf").iri)
    assert "UUIDs" in lost["case:uri"]


def test_cells_that_spreadsheets_would_run_are_harmless_and_come_back() -> None:
    graph = framework(f"#title,=T\n{HEADER}\n{ONE},'=1+1,-B,,,@x\n")
    exported = write(knowledge(graph), graph.name)
    assert b"'=T" in exported.data and b"'=1+1" in exported.data and b"'-B" in exported.data
    assert (
        write(knowledge(only(read(File("t.csv", exported.data, ""), READING))), graph.name).data
        == exported.data
    )
