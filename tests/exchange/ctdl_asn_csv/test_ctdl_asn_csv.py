"""CTDL-ASN as CSV: a row for each object; what one cell cannot hold is said to be lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from competency import KnowledgeGraph
from competency.exchange import ctdl_asn
from competency.exchange.ctdl_asn_csv import read, recognise, write
from competency.exchange.exchange import Exported
from competency.exchange.imported import File
from competency.graph import NamedGraph
from tests.exchange.case.test_round_trip import CALM
from tests.exchange.frameworks import frameworks, knowledge
from tests.exchange.tables import (
    READING,
    faults,
    only,
    only_known_errors,
    parts,
    raised,
    rows,
    said,
    table,
)

HEADER = "@id,@type,ceasn:name,ceasn:isTopChildOf,ceasn:isChildOf,ceasn:competencyCategory,ceasn:codedNotation,ceasn:competencyText,ceasn:comment"
B = "https://example.org/bread"
BREAD = (
    f"{HEADER},ceasn:exactAlignment,ceasn:weight,Shelf\n"
    f"{B},ceasn:CompetencyFramework,Bread,,,,,,,,,\n"
    f"{B}/1,ceasn:Competency,,{B},,Skill,B1,Bakes bread.,Every day|Even on Sundays,https://example.com/a|https://example.com/b,0.5,top\n"
    f'{B}/3,ceasn:Competency,,,{B}/1,Skill,B3,"Kneads | shapes,\nthen waits",,,,\n'
    f"{B}/2,ceasn:Competency,,,{B}/1,Knowledge,B2,Explains yeast.,,,,low\n"
)
SCHEME = (
    "@id,@type,ceasn:name,skos:prefLabel,skos:hasTopConcept,skos:topConceptOf,skos:narrower,skos:broader\n"
    f"{B}/scale,skos:ConceptScheme,Steps,,{B}/low|{B}/high,,,\n"
    f"{B}/low,skos:Concept,,Low,,{B}/scale,,\n"
    f"{B}/high,skos:Concept,,High,,{B}/scale,,\n"
)


def framework(text: str = BREAD) -> NamedGraph:
    return only(read(table(text), READING))


def out(graph: NamedGraph) -> Exported:
    return write(knowledge(graph), graph.name)


# ------------------------------------------------------------------ in


def test_rows_become_a_tree_in_the_order_of_the_file() -> None:
    graph = framework()
    walked = [part.iri for part in knowledge(graph).framework(B).walk()]
    assert [iri for iri in walked if "/comment/" not in iri] == [f"{B}/1", f"{B}/3", f"{B}/2"]
    assert said(graph, f"{B}/3")["comp:section"] == ["line 4"]
    assert said(graph, f"{B}/1")["skos:exactMatch"] == [
        "https://example.com/a",
        "https://example.com/b",
    ]
    assert not faults(graph)


def test_a_bar_divides_lists_and_no_text() -> None:
    graph = framework()
    assert said(graph, f"{B}/3")["rdfs:label"] == ["Kneads | shapes,\nthen waits"]
    assert said(graph, f"{B}/1/comment/2")["comp:text"] == ["Even on Sundays"]


def test_every_cell_comes_back() -> None:
    before, after = rows(BREAD.encode()), rows(out(framework()).data)
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert {header: new.get(header, "") for header in old} == old
    assert out(framework()).losses == ()


def test_the_header_begins_as_readers_of_the_format_want_it() -> None:
    assert out(framework()).data.startswith(f"{HEADER},".encode())


def test_unknown_columns_of_ours_and_of_theirs_are_kept() -> None:
    graph = framework()
    assert said(graph, f"{B}/column/shelf")["rdfs:label"] == ["Shelf"]
    told = [str(remark) for remark in read(table(BREAD), READING).remarks]
    assert sum("Shelf" in line or "shelf" in line for line in told) == 1
    assert said(graph, f"{B}/1")["ceasn:weight"] == ["0.5"]


def test_a_category_that_says_so_makes_a_negative_indicator() -> None:
    text = f"{HEADER}\n{B},ceasn:CompetencyFramework,Bread\n{B}/1,ceasn:Competency,,{B},,Unhelpful behaviour,,Burns bread.\n"
    graph = framework(text)
    assert said(graph, f"{B}/1")["rdf:type"] == ["https://w3id.org/competency/ns#NegativeIndicator"]
    categories = {row["@id"]: row["ceasn:competencyCategory"] for row in rows(out(graph).data)}
    assert categories.get(f"{B}/1", "Unhelpful behaviour") == "Unhelpful behaviour"


def test_an_id_that_is_no_iri_is_put_below_the_framework() -> None:
    text = f"{HEADER}\nbread,ceasn:CompetencyFramework,Bread\nB 1,ceasn:Competency,,bread,,,,Bakes.\n,ceasn:Competency,,,B 1,,,Kneads.\n"
    imported = read(table(text), READING)
    graph = only(imported)
    assert graph.name == B
    assert f"{B}/B%201" in parts(graph)
    assert len(parts(graph)) == 2
    assert ("line 2, column A" in {remark.where for remark in imported.remarks}) and not faults(
        graph
    )


def test_a_concept_scheme_becomes_a_scale() -> None:
    graph = framework(SCHEME)
    assert said(graph, f"{B}/scale")["rdfs:label"] == ["Steps"]
    assert said(graph, f"{B}/high")["comp:inScale"] == [f"{B}/scale"]


def test_texts_are_in_the_language_of_their_row() -> None:
    text = f"{HEADER},ceasn:inLanguage\n{B},ceasn:CompetencyFramework,Pain,,,,,,,fr\n{B}/1,ceasn:Competency,,{B},,,,Cuit.,,\n"
    graph = framework(text)
    (label,) = graph.about(f"{B}/1")["http://www.w3.org/2000/01/rdf-schema#label"]
    assert getattr(label, "language", None) == "fr"


# ------------------------------------------------------------------ what is wrong


def test_all_faults_are_told_at_once_with_line_and_column() -> None:
    text = f"{HEADER}\n{B},ceasn:CompetencyFramework,Bread\n{B}/1,,,,,Skill\n{B},ceasn:Competency,,,,,,x,,stray\n"
    found = raised(read, text)
    assert [line.split(": ")[0] for line in found] == ["t.csv:4:1", "t.csv:4:10"]
    assert f"{B} is on line 2 already" in found[0]


def test_a_row_may_lack_its_type() -> None:
    text = f"{HEADER}\n{B},,Bread\n{B}/1,,,{B},,,,Bakes.\n{B}/2,,,,,,,,Remark\n"
    imported = read(table(text), READING)
    assert parts(only(imported)) == [f"{B}/1"]
    told = {remark.where: remark.what for remark in imported.remarks}
    assert told["line 4, column B"] == "a row without an @type; none is taken for it"
    assert said(only(imported), f"{B}/2")["ceasn:comment"] == ["Remark"]


@pytest.mark.parametrize("text", ["", "@id\nx\n", "a,b\n", "@id,@type\n", '@id,@type,"x'])
def test_what_is_no_table_of_ctdl_asn_is_refused(text: str) -> None:
    assert raised(read, text)[0].startswith("t.csv:")


def test_a_damaged_file_raises_no_other_error() -> None:
    only_known_errors(read, BREAD.encode(), 60)


def test_only_tables_of_ctdl_asn_are_recognised() -> None:
    assert recognise(table(BREAD)) and recognise(table(SCHEME.replace(",", ";")))
    assert not recognise(table("id,type,name\n"))


# ------------------------------------------------------------------ out


def test_the_shipped_frameworks_come_back_with_their_tree_and_codes(
    shipped: KnowledgeGraph,
) -> None:
    for framework_ in shipped.frameworks:
        exported = write(shipped, framework_.iri)
        back = only(read(File("back.csv", exported.data, "text/csv"), READING))
        assert not faults(back)
        listed = [row["@id"] for row in rows(exported.data) if row["@type"] == "ceasn:Competency"]
        walked = [part.iri for part in knowledge(back).framework(back.name).walk()]
        assert [iri for iri in walked if iri in set(listed)] == listed
        told = {
            part.iri for part in framework_.walk() if str(part.kind).endswith("NegativeIndicator")
        }
        assert not told & set(listed)
        assert told <= {loss.part for loss in exported.losses}


@settings(CALM, max_examples=6)
@given(frameworks())
def test_any_framework_goes_out_the_same_each_time_and_comes_in(graph: NamedGraph) -> None:
    exported = out(graph)
    assert exported == write(knowledge(NamedGraph(graph.name, reversed(graph.triples))), graph.name)
    read(File("f.csv", exported.data, "text/csv"), READING)


@settings(CALM, max_examples=6)
@given(frameworks())
def test_what_a_graph_of_ctdl_asn_holds_and_a_table_does_not_is_in_the_losses(
    graph: NamedGraph,
) -> None:
    assert not list(left_behind(knowledge(graph), graph.name))


def test_the_shipped_frameworks_leave_nothing_behind_in_silence(shipped: KnowledgeGraph) -> None:
    assert not [row for one in shipped.frameworks for row in left_behind(shipped, one.iri)]


def left_behind(graph: KnowledgeGraph, iri: str) -> Iterator[str]:
    """Yield what comes back through a graph and not through a table, of things without a loss.

    Comments are left out: a graph has them in one text, a table side by side. So is what was
    made because the registry requires it.
    """
    whole, part = ctdl_asn.write(graph, iri), write(graph, iri)
    lost = {loss.part for loss in set(part.losses) - set(whole.losses)}
    there = set(lines(only(read(File("f.csv", part.data, "text/csv"), READING))))
    for line in lines(only(ctdl_asn.read(File("f.json", whole.data, "application/json"), READING))):
        thing = line.split()[0].strip("<>")
        known = "/comment/" in thing or thing.endswith("/source") or thing.startswith("_:")
        made = any(name in line for name in ("terms/ctid>", "terms/inLanguage>", "ns#section>"))
        made |= "dc/terms/description>" in line and not graph.framework(iri).description
        if line in there or known or made:
            continue
        if not any(thing == one or thing.startswith(f"{one}/") for one in lost if one):
            yield line


def lines(graph: NamedGraph) -> Iterator[str]:
    return (f"{t.subject} {t.predicate} {t.object}" for t in graph.triples)


def test_other_languages_are_lost_and_said_to_be() -> None:
    text = f"""
        @prefix comp: <https://w3id.org/competency/ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        <{B}> a comp:Framework ; rdfs:label "Bread"@en , "Pain"@fr ; dcterms:language "en" .
        """
    graph = KnowledgeGraph()
    graph.parse(text)
    exported = write(graph, B)
    assert rows(exported.data)[0]["ceasn:name"] == "Bread"
    assert [loss.why for loss in exported.losses if loss.property == "rdfs:label"]


def test_cells_that_spreadsheets_would_run_are_harmless_and_come_back() -> None:
    graph = framework(
        f"{HEADER}\n{B},ceasn:CompetencyFramework,=Bread\n{B}/1,ceasn:Competency,,{B},,,-1,@bake,+x|-y\n"
    )
    data = out(graph).data
    assert all(cell in data for cell in (b"'=Bread", b"'-1", b"'@bake", b"'+x|-y"))
    assert said(only(read(File("t.csv", data, "text/csv"), READING)), B)["rdfs:label"] == ["=Bread"]
