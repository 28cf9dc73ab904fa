"""OpenSALT out: what came in goes out cell by cell; ours comes back but for what is told as lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from competency import KnowledgeGraph
from competency.exchange.case import package
from competency.exchange.imported import File
from competency.exchange.sheets import key
from competency.graph import NamedGraph
from tests.exchange.case.common import schema, schema_faults
from tests.exchange.frameworks import frameworks, knowledge
from tests.exchange.many import many
from tests.exchange.opensalt.common import (
    BAKING,
    DOUGH,
    back,
    cells,
    faults,
    given_out,
    lines,
    sample,
    silent,
    table,
    taken_in,
    the_graph,
    workbook,
    writer,
)

CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
# Real files: the format, the number of items, and some of them in order.
SAMPLES = {
    "xlsx/opensalt-spreadsheet_import_sample.xlsx": (
        "opensalt",
        ["Group: Statement 1", "  Competency: Statement 2", "  Competency: Statement 3",
         "    Competency: Statement 4"],
    ),
    "xlsx/opensalt-spreadsheet_import_template.xlsx": ("opensalt", []),
    "csv/opensalt-sample_case.csv": ("opensalt-csv", 10),
    "csv/opensalt-test_items.csv": ("opensalt-csv", 99),
}  # fmt: skip
FORMATS = ("opensalt", "opensalt-csv", "opencase", "opencase-xlsx")


# ------------------------------------------------------------------ files that came in


@pytest.mark.parametrize("path", SAMPLES)
def test_a_real_file_holds_what_it_holds_in_its_order(shared: Path, path: str) -> None:
    name, expected = SAMPLES[path]
    file = sample(shared, path, name)
    (graph,) = taken_in(file, name).graphs
    found = lines(graph, graph.name)
    assert found == expected if isinstance(expected, list) else len(found) == expected
    assert not faults(graph)


def test_the_items_of_the_real_csv_stand_in_the_order_of_their_parents(shared: Path) -> None:
    graph = the_graph(
        sample(shared, "csv/opensalt-sample_case.csv", "opensalt-csv"), "opensalt-csv"
    )
    depths = [len(line) - len(line.lstrip()) for line in lines(graph, graph.name)]
    assert depths == [0, 2, 4, 6, 8, 8, 4, 6, 0, 0]


@pytest.mark.parametrize("path", SAMPLES)
def test_a_real_file_goes_out_with_every_cell_it_had(shared: Path, path: str) -> None:
    name, _ = SAMPLES[path]
    file = sample(shared, path, name)
    (graph,) = taken_in(file, name).graphs
    exported = given_out(graph, graph.name, name)
    after = cells(File(file.name, exported.data, file.media_type))
    for sheet, rows in cells(file).items():
        named = {row.get("identifier"): row for row in after[sheet]}
        for number, row in enumerate(rows):
            match = named.get(row.get("identifier")) or after[sheet][number]
            other = {key("Is Child Of") if name == "parent" else name: t for name, t in row.items()}
            assert other.items() <= match.items()
    told = [loss.property for loss in exported.losses]
    assert told == (["dcterms:creator"] if "template" in path else [])


@pytest.mark.parametrize("path", SAMPLES)
def test_a_real_file_comes_back_as_the_same_framework(shared: Path, path: str) -> None:
    name, _ = SAMPLES[path]
    file = sample(shared, path, name)
    (graph,) = taken_in(file, name).graphs
    again = back(given_out(graph, graph.name, name), name, file.name.rpartition(".")[0])
    gone = {*map(str, graph.triples)} - {*map(str, again.triples)}
    assert len(gone) == 1 and "sha256" in gone.pop()


@pytest.mark.parametrize("path", SAMPLES)
def test_a_real_file_becomes_a_package_of_the_official_schema(shared: Path, path: str) -> None:
    name, _ = SAMPLES[path]
    (graph,) = taken_in(sample(shared, path, name), name).graphs
    value = json.loads(json.dumps(package(knowledge(graph), graph.name)))
    odd = [one for one in schema_faults(schema(shared), value) if "does not match" not in one]
    assert not odd  # identifiers that are no UUID are kept as they are


def test_associations_of_every_kind_and_columns_of_others_come_back() -> None:
    links = (
        ("identifier", "originNodeURI", "originNodeIdentifier", "originNodeHumanCodingScheme",
         "associationType", "destinationNodeURI", "destinationNodeIdentifier", "Who said so"),
        ("", "", DOUGH, "", "Replaced By", "https://example.org/x", "", "The guild"),
        ("", "", DOUGH, "", "Is Part Of", "", "9ce35718-abcf-41e8-82fc-3933f2f03ee8", ""),
        ("", "", "", "K 7", "Has Skill Level", "", DOUGH, ""),
        ("", "", DOUGH, "", "ext:smellsLike", "", BAKING, ""),
        ("", "", DOUGH, "", "tastes like", "", BAKING, ""),
    )  # fmt: skip
    items = (("identifier", "fullStatement", "smartLevel", "Mill"), (DOUGH, "Kneads", "1", "Rye"))
    graph = the_graph(workbook(items, links))
    exported = given_out(graph, graph.name)
    assert not exported.losses
    assert not silent(graph, back(exported), ())
    after = cells(File("x.xlsx", exported.data, writer("opensalt").format.media_type))
    assert after["cfitem"][0]["mill"] == "Rye"
    types = {row["associationtype"] for row in after["cfassociation"]}
    assert types == {"Is Child Of", "Replaced By", "Is Part Of", "ext:smellsLike", "tastes like",
                     "Has Skill Level"}  # fmt: skip


def test_relations_in_a_csv_come_back() -> None:
    head = ("Identifier", "Full Statement", "Human Coding Scheme", "IsRelatedTo", "Exemplar")
    rows = [("a", "A", "1", "2,3", "https://example.org/a"), ("b", "B", "2", "K 9|L, 8", ""),
            ("c", "C", "3", "", "")]  # fmt: skip
    graph = the_graph(table(head, *rows), "opensalt-csv")
    exported = given_out(graph, graph.name, "opensalt-csv")
    assert not silent(graph, back(exported, "opensalt-csv"), exported.losses)


# ------------------------------------------------------------------ our frameworks


@pytest.mark.parametrize("name", FORMATS)
def test_the_shipped_frameworks_come_back_with_their_parts_in_order(
    shipped: KnowledgeGraph, name: str
) -> None:
    for framework in shipped.frameworks:
        graph = back(given_out(shipped, framework.iri, name), name)
        before = lines(shipped, framework.iri)
        after = [line for line in lines(graph, graph.name) if "Level Scale" not in line]
        assert after[: len(before)] == before
        assert name != "opensalt" or not faults(graph)


def test_whatever_does_not_come_back_of_the_shipped_frameworks_is_told(
    shipped: KnowledgeGraph,
) -> None:
    for framework in shipped.frameworks:
        exported = given_out(shipped, framework.iri)
        graph = shipped.named_graph(framework.graph_name)
        assert not silent(graph, back(exported), exported.losses)


@pytest.mark.parametrize("name", FORMATS)
def test_unhelpful_behaviours_go_out_as_such(shipped: KnowledgeGraph, name: str) -> None:
    data = given_out(shipped, "wcc-behaviours", name).data
    rows = cells(File("x", data, writer(name).format.media_type))
    kinds = [
        row.get("cfitemtype") or row.get("itemtype") for rows_ in rows.values() for row in rows_
    ]
    assert kinds.count("Negative Indicator") == 37


@settings(CALM, max_examples=2)
@given(frameworks())
def test_whatever_does_not_come_back_of_any_framework_is_told(graph: NamedGraph) -> None:
    exported = given_out(graph, graph.name)
    again = back(exported)
    assert not silent(graph, again, exported.losses)
    assert {*lines(again, again.name)} or not lines(graph, graph.name)


@settings(CALM, max_examples=1)
@given(frameworks())
def test_the_same_framework_gives_the_same_bytes(graph: NamedGraph) -> None:
    shuffled = NamedGraph(graph.name, reversed(graph.triples))
    for name in FORMATS:
        assert given_out(graph, graph.name, name) == given_out(shuffled, graph.name, name)


@settings(CALM, max_examples=1)
@given(frameworks())
def test_any_framework_goes_out_in_every_table_and_comes_back_valid(graph: NamedGraph) -> None:
    for name in FORMATS:
        again = back(given_out(graph, graph.name, name), name)
        assert not faults(again)
        assert len(lines(again, again.name)) >= len(lines(graph, graph.name))


@pytest.mark.slow
def test_whatever_does_not_come_back_of_very_many_frameworks_is_told() -> None:
    for graph in many()[:60]:
        exported = given_out(graph, graph.name)
        assert not silent(graph, back(exported), exported.losses)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_very_many_frameworks_come_back_valid_whatever_their_order(name: str) -> None:
    for graph in many()[:60]:
        once = given_out(graph, graph.name, name)
        shuffled = NamedGraph(graph.name, reversed(graph.triples))
        assert once == given_out(shuffled, graph.name, name)
        again = back(once, name)
        assert not faults(again)
        assert len(lines(again, again.name)) >= len(lines(graph, graph.name))


def test_a_creator_that_had_to_be_made_up_is_told(shipped: KnowledgeGraph) -> None:
    exported = given_out(shipped, "wcc-behaviours")
    why = next(loss.why for loss in exported.losses if loss.property == "dcterms:creator")
    assert "nobody is named" in why
    again = back(exported)
    assert "http://purl.org/dc/terms/creator" not in again.about(again.name)


# ------------------------------------------------------------------ frameworks of other formats


def test_a_package_of_case_goes_out_in_sheets_with_its_addresses(shared: Path) -> None:
    data = (shared / "samples/case/opensalt-SmartLevelFramework.json").read_bytes()
    graph = the_graph(File("smart.json", data, "application/json"), "case")
    exported = given_out(graph, graph.name)
    again = back(exported)
    assert again.name == graph.name
    assert lines(again, again.name) == lines(graph, graph.name)
    gone = silent(graph, again, exported.losses)
    assert all("/source> " in line or "ns#section" in line for line in gone)  # the file it was


def test_rubrics_are_told_as_lost(shared: Path) -> None:
    data = (shared / "samples/case/compeito-opencase-v1p1-rubrics-ja.json").read_bytes()
    graph = the_graph(File("rubrics.json", data, "application/json"), "case")
    losses = given_out(graph, graph.name).losses
    assert sum(loss.why == "there is no room for rubrics" for loss in losses) > 36


def test_licences_languages_and_columns_of_ours_come_back() -> None:
    doc = (("identifier", "title", "creator", "licenseTitle", "licenseText", "licenseURI"),
           (BAKING, "Baking", "The guild", "BY", "Share.", "https://example.org/by"))  # fmt: skip
    items = (
        ("identifier", "fullStatement", "smartLevel", "license", "language", "subject"),
        (DOUGH, "Pétrit", "1", "BY", "fr", "Food|Bread, rolls"),
        ("", "Bakes", "2", "https://example.org/other", "", ""),
    )
    graph = the_graph(workbook(items, doc=doc))
    exported = given_out(graph, graph.name)
    assert not exported.losses
    assert not silent(graph, back(exported), ())
    told = {loss.property for loss in exported.aside}
    assert told == {"dcterms:license", "dcterms:subject", "case:uri"}


def test_of_two_items_with_one_identifier_the_second_goes_out_without() -> None:
    turtle = """
        @prefix case: <https://purl.imsglobal.org/spec/case/v1p0/> .
        @prefix comp: <https://w3id.org/competency/ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <urn:f> a comp:Framework ; rdfs:label "F"@en .
        <urn:f:1> a comp:Competency ; comp:inFramework <urn:f> ; comp:partOf <urn:f> ;
            comp:position 1 ; rdfs:label "One"@en ; case:identifier "x" .
        <urn:f:2> a comp:Competency ; comp:inFramework <urn:f> ; comp:partOf <urn:f> ;
            comp:position 2 ; rdfs:label "Two"@en ; case:identifier "x" .
    """
    graph = KnowledgeGraph()
    graph.parse(turtle)
    exported = given_out(graph, "urn:f")
    assert [loss.part for loss in exported.losses if loss.property == "case:identifier"] == [
        "urn:f:2"
    ]
    assert lines(back(exported), "urn:f") == ["Competency: One", "Competency: Two"]
