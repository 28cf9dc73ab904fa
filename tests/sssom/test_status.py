"""What became of a row: a suggestion and a refusal are kept, and are alignments nowhere."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from competency import KnowledgeGraph
from competency.graph.alignments import (
    alignments_of,
    all_alignments,
    refused_in,
    suggested_in,
)
from competency.graph.sssom import MappingSet, Record, of_graph, to_graph, write
from competency.graph.sssom.status import EXTENSION, STATUS, Status, status_of
from competency.ontology import COMP, expand
from competency.shapes import validate
from tests.exchange.frameworks import knowledge
from tests.sssom.common import BAKE, COLUMNS, HEADER, ROW, SET, WELD, faults, read_text, table
from tests.sssom.test_round_trip import parsed, same, written

DECLARED = f"""{HEADER}#extension_definitions:
#  - slot_name: status
#    property: "comp:reviewStatus"
"""
NOT = URIRef(expand("sssom:NegatedPredicate"))


def row(status: str, end: str = "check", denied: str = "") -> str:
    return f"bake:{end}\tskos:closeMatch\t{denied}\tweld:{end}\tsemapv:LexicalMatching\t{status}"


def rows(*texts: str, header: str = DECLARED) -> MappingSet:
    columns = "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification"
    return read_text(table(*texts, columns=f"{columns}\tstatus", header=header))


def graph_of(found: MappingSet) -> tuple[KnowledgeGraph, Graph]:
    named = to_graph(found)
    return knowledge(named), named.graph


# ------------------------------------------------------------------ in the graph


def test_a_row_to_review_is_a_suggestion_and_states_nothing() -> None:
    graph, triples = graph_of(rows(row("to review")))
    (node,) = triples.subjects(OWL.annotatedSource)
    assert set(triples.objects(node, RDF.type)) == {COMP.SuggestedAlignment}
    assert (URIRef(BAKE + "check"), None, None) not in triples
    assert all_alignments(graph) == [] == alignments_of(graph, BAKE + "check") == refused_in(graph)
    (item,) = suggested_in(graph)
    assert (item.subject, item.object, item.iri) == (BAKE + "check", WELD + "check", str(node))


def test_a_refused_row_is_denied_and_remembered() -> None:
    graph, triples = graph_of(rows(row("refused", denied="Not")))
    (node,) = triples.subjects(OWL.annotatedSource)
    assert set(triples.objects(node, RDF.type)) == {COMP.RefusedAlignment}
    assert (node, URIRef(expand("sssom:predicate_modifier")), NOT) in triples
    assert (URIRef(BAKE + "check"), None, None) not in triples
    assert all_alignments(graph) == [] == suggested_in(graph)
    assert [item.object for item in refused_in(graph)] == [WELD + "check"]


def test_an_accepted_row_is_an_alignment_like_any() -> None:
    for text in ("accepted", ""):
        graph, triples = graph_of(rows(row(text)))
        assert [item.object for item in all_alignments(graph)] == [WELD + "check"]
        assert set(triples.objects(None, RDF.type)) >= {COMP.Alignment, OWL.Axiom}
        assert suggested_in(graph) == [] == refused_in(graph)


def test_what_is_asked_for_one_part_is_seen_from_it() -> None:
    text = "bake:check\tskos:broadMatch\t\tweld:check\tsemapv:LexicalMatching\tto review"
    graph, _ = graph_of(rows(text, row("to review", "other")))
    (item,) = suggested_in(graph, WELD + "check")
    assert (item.subject, item.object) == (WELD + "check", BAKE + "check")
    assert item.predicate == expand("skos:narrowMatch")


def test_a_word_in_the_status_of_a_node_is_enough_in_any_graph() -> None:
    told = (
        "<urn:m> owl:annotatedSource bake:check ; owl:annotatedProperty skos:closeMatch ;"
        " owl:annotatedTarget weld:check ; {} ."
    )
    for said, found in (
        ('comp:reviewStatus "to review"', (0, 1, 0)),
        ("a comp:SuggestedAlignment", (0, 1, 0)),
        ('comp:reviewStatus "refused"', (0, 0, 1)),
        ("a comp:RefusedAlignment", (0, 0, 1)),
        ('sssom:predicate_modifier "Not"', (0, 0, 1)),
        ('comp:reviewStatus "accepted"', (1, 0, 0)),
        ('comp:reviewStatus "refused" ; a comp:SuggestedAlignment', (0, 0, 1)),
    ):
        graph = knowledge(parsed(told.format(said)))
        counts = len(all_alignments(graph)), len(suggested_in(graph)), len(refused_in(graph))
        assert counts == found, said


def test_the_status_needs_no_declaration_in_the_graph_as_it_is_a_term_of_ours() -> None:
    _, triples = graph_of(rows(row("to review")))
    assert (COMP.reviewStatus, None, None) not in triples
    assert all(validate(triples).conforms for triples in (triples,))


# ------------------------------------------------------------------ there and back


@pytest.mark.parametrize("status", ["to review", "accepted", "refused", ""])
def test_a_table_with_a_status_comes_back_to_the_byte(status: str) -> None:
    denied = "Not" if status == "refused" else ""
    found = rows(row(status, denied=denied), row("accepted", "other"))
    back = of_graph(to_graph(found))
    assert back == found and write(back) == write(found)
    assert back.extensions == {STATUS: EXTENSION}


def test_a_graph_with_suggestions_comes_back() -> None:
    for status in ("to review", "refused", "accepted", "maybe"):
        graph = parsed(
            "<urn:m> a comp:SuggestedAlignment ; owl:annotatedSource bake:check ;"
            " owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget weld:check ;"
            f' comp:reviewStatus "{status}" .'
        )
        assert same(to_graph(of_graph(graph)), graph), status


def test_a_suggestion_that_is_accepted_keeps_its_name() -> None:
    before, after = (to_graph(rows(row(text))).graph for text in ("to review", "accepted"))
    assert set(before.subjects(OWL.annotatedSource)) == set(after.subjects(OWL.annotatedSource))


# ------------------------------------------------------------------ what people write


def test_refused_in_the_column_is_denied_for_other_programs_too() -> None:
    found = rows(row("refused"))
    assert found.records[0].get("predicate_modifier") == "Not"
    assert status_of(found, found.records[0]) is Status.refused
    assert "\tNot\t" in write(found).decode()


def test_a_denial_without_a_status_is_a_refusal() -> None:
    found = rows(row("", denied="Not"))
    assert status_of(found, found.records[0]) is Status.refused


def test_a_column_called_status_is_understood_without_a_declaration() -> None:
    found = rows(row("to review"), header=HEADER)
    assert found.extensions == {STATUS: EXTENSION}
    assert suggested_in(graph_of(found)[0]) != []
    other = rows(row("published"), header=HEADER)
    assert other.extensions[STATUS].property == f"{SET}/column/status"
    assert all_alignments(graph_of(other)[0]) != []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (row("maybe"), "'maybe' is no status; write one of: to review, accepted, refused"),
        (row("accepted", denied="Not"), "predicate_modifier says Not, which is refused, and"),
        (row("to review", denied="Not"), "predicate_modifier says Not, which is refused, and"),
    ],
)
def test_a_status_that_cannot_be_is_told_with_its_place(text: str, said: str) -> None:
    columns = "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification"
    (fault,) = faults(table(text, columns=f"{columns}\tstatus", header=DECLARED))
    assert "bake-weld.sssom.tsv:12:" in fault and said in fault


def test_the_status_of_the_whole_header_is_refused() -> None:
    (fault,) = faults(table(ROW, columns=COLUMNS, header=f"{DECLARED}#status: to review\n"))
    assert "status is said of each row; write it in a column" in fault


def test_a_set_that_declares_the_status_and_uses_it_nowhere_comes_back() -> None:
    found = read_text(table(ROW, header=DECLARED))
    assert of_graph(to_graph(found)) == found


def test_records_can_be_made_in_python() -> None:
    slots = {
        "subject_id": (BAKE + "a",),
        "predicate_id": (expand("skos:closeMatch"),),
        "object_id": (WELD + "a",),
        "mapping_justification": (expand("semapv:LexicalMatching"),),
        STATUS: ("to review",),
    }
    made = MappingSet({"mapping_set_id": (SET,)}, (Record(slots),), {}, {STATUS: EXTENSION})
    assert written(made).data.count(b"to review") == 1
    assert len(suggested_in(knowledge(to_graph(made)))) == 1
