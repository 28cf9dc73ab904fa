"""RDF, SSSOM/TSV and RDF again: the same graph; TSV, RDF and TSV again: the same values."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from competency import KnowledgeGraph
from competency.exchange.imported import File
from competency.graph import NamedGraph
from competency.graph.alignments import RELATIONS, all_alignments
from competency.graph.sssom import MappingSet, Record, of_graph, read, to_graph, write
from competency.graph.sssom.slots import RECORD_SLOTS, SLOTS, Range
from competency.ontology import expand
from competency.shapes import validate
from tests.exchange.frameworks import knowledge
from tests.sssom.common import BAKE, COLUMNS, HEADER, ROW, SET, WELD, one, read_text, table
from tests.sssom.graphs import graphs

CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=80,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def same(left: NamedGraph, right: NamedGraph) -> bool:
    """Say whether two graphs are isomorphic, whatever their literals hold."""
    return left.name == right.name and _canonical(left) == _canonical(right)


def _canonical(graph: NamedGraph) -> set[ox.Quad]:
    found = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in graph.triples)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(found)


def written(found: MappingSet) -> File:
    return File("a.sssom.tsv", write(found), "")


def shipped() -> NamedGraph:
    graph = KnowledgeGraph.shipped()
    return graph.named_graph(graph.base + "alignments")


def parsed(turtle: str) -> NamedGraph:
    graph = KnowledgeGraph()
    names = "".join(
        f"@prefix {name}: <{expand(f'{name}:')}> .\n"
        for name in ("comp", "dcterms", "owl", "pav", "rdfs", "skos", "sssom", "xsd", "semapv")
    )
    graph.parse(
        f"{names}@prefix bake: <{BAKE}> . @prefix weld: <{WELD}> .\n<{SET}> a sssom:MappingSet .\n{turtle}"
    )
    return graph.named_graph(SET)


def test_the_shipped_alignments_come_back_from_the_table(tmp_path: Path) -> None:
    graph = shipped()
    path = tmp_path / "alignments.sssom.tsv"
    path.write_bytes(write(of_graph(graph)))
    found = read(File(path.name, path.read_bytes(), ""))
    assert found.remarks == ()
    assert same(to_graph(found), graph)
    assert write(of_graph(to_graph(found))) == path.read_bytes()


def test_the_shipped_alignments_are_a_row_each_in_plain_columns() -> None:
    lines = write(of_graph(shipped())).decode().splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert rows[0] == [
        *("record_id", "subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
        *("mapping_justification", "author_label", "mapping_date", "confidence", "comment"),
    ]
    assert len(rows) == 1 + len(all_alignments(KnowledgeGraph.shipped()))
    assert all(len(row) == len(rows[0]) and all(row) for row in rows)


def test_one_alignment_more_is_one_line_more() -> None:
    found = of_graph(shipped())
    before = write(MappingSet(found.slots, found.records[1:], found.prefixes)).splitlines()
    after = write(found).splitlines()
    assert [line for line in after if line not in before] == [
        after[len(after) - len(found.records)]
    ]


@CALM
@given(graphs())
def test_a_graph_comes_back_from_the_table(graph: NamedGraph) -> None:
    found = of_graph(graph)
    back = read(written(found))
    assert back == found
    assert same(to_graph(back), graph)
    assert write(of_graph(to_graph(back))) == write(found)


@st.composite
def mapping_sets(draw: st.DrawFn) -> MappingSet:
    words = st.sampled_from(["to weld", "- so", "a|b", 'say "x"', "two\nlines", "=1", "é"])
    by_range = {
        Range.entity: st.sampled_from([BAKE + "check", WELD + "cool", "urn:uuid:7"]),
        Range.uri: st.just("https://example.org/a"),
        Range.text: words,
        Range.words: words,
        Range.number: st.sampled_from(["1", "0.80", "-3e2"]),
        Range.share: st.sampled_from(["1", "0.80", "0"]),
        Range.day: st.just("2026-11-26"),
        Range.kind: st.just("skos concept"),
        Range.modifier: st.just("Not"),
    }
    records = []
    for _ in range(draw(st.integers(0, 4))):
        slots = {
            slot.name: tuple(sorted(draw(st.sets(by_range[slot.range], min_size=1, max_size=2))))
            if slot.many
            else (draw(by_range[slot.range]),)
            for slot in RECORD_SLOTS
            if slot.name != "record_id" and draw(st.integers(0, 4)) == 0
        }
        slots |= {
            "subject_id": (BAKE + draw(st.sampled_from("ab")),),
            "predicate_id": (draw(st.sampled_from(list(RELATIONS))),),
            "object_id": (WELD + draw(st.sampled_from("ab")),),
            "mapping_justification": (expand("semapv:LexicalMatching"),),
        }
        records.append(Record(slots))
    slots = {"mapping_set_id": (SET,)}
    if draw(st.booleans()):
        slots["mapping_tool"] = ("by hand",)
    return read(written(MappingSet(slots, tuple(records), {"bake": BAKE, "weld": WELD})))


@CALM
@given(mapping_sets())
def test_the_values_of_a_table_come_back_from_rdf(found: MappingSet) -> None:
    back = of_graph(to_graph(found))
    stated = sorted(sorted(found.said_of(record).items()) for record in found.records)
    assert sorted(sorted(record.slots.items()) for record in back.records) == stated
    assert back.prefixes == found.prefixes
    assert same(to_graph(back), to_graph(found))


def test_every_slot_of_a_record_is_stated_in_rdf() -> None:
    texts = {
        Range.entity: "bake:check",
        Range.uri: "https://example.org/a",
        Range.day: "2026-11-26",
        Range.kind: "skos concept",
        Range.modifier: "Not",
    }
    ends = COLUMNS.split("\t")
    more = [slot for slot in RECORD_SLOTS if slot.name not in ends]
    row = "\t".join([ROW, *(texts.get(slot.range, "1") for slot in more)])
    found = read_text(table(row, columns="\t".join([*ends, *(slot.name for slot in more)])))
    graph = to_graph(found)
    stated = {triple.predicate.value for triple in graph.triples}
    assert stated >= {slot.property for slot in RECORD_SLOTS if slot.name != "record_id"}
    assert of_graph(graph).records == found.records


def test_what_the_header_says_of_all_is_said_of_each_in_rdf() -> None:
    found = read_text(table(ROW, header=HEADER + "#mapping_tool: by hand\n"))
    tool = ox.NamedNode(SLOTS["mapping_tool"].property)
    (subject,) = [t.subject for t in to_graph(found).triples if t.predicate == tool]
    assert str(subject).startswith(f"<{SET}/")


def test_a_denied_alignment_is_not_stated() -> None:
    found = read_text(table(f"{ROW}\tNot", columns=f"{COLUMNS}\tpredicate_modifier"))
    graph = to_graph(found)
    relation = ox.NamedNode(expand("skos:closeMatch"))
    assert not [triple for triple in graph.triples if triple.predicate == relation]
    assert all_alignments(knowledge(graph)) == []
    assert of_graph(graph).records == found.records


def test_a_record_keeps_its_iri_when_its_comment_is_mended() -> None:
    before, after = (
        to_graph(MappingSet({"mapping_set_id": (SET,)}, (one(text, "comment"),)))
        for text in ("So.", "So!")
    )
    assert set(before.subjects) == set(after.subjects)


def test_two_records_of_one_pair_are_two_nodes() -> None:
    rows = [f"{ROW}\tAda", f"{ROW}\tBo"]
    graph = to_graph(read_text(table(*rows, columns=f"{COLUMNS}\tauthor_label")))
    nodes = [
        node for node in graph.subjects if node.startswith(f"{SET}/") and "/prefix/" not in node
    ]
    assert len(nodes) == 2
    assert nodes[1] == f"{nodes[0]}-2"


def test_plain_statements_are_rows_and_plain_again() -> None:
    graph = parsed("bake:check skos:closeMatch weld:check .")
    found = of_graph(graph)
    assert found.records[0].get("mapping_justification") == expand("semapv:UnspecifiedMatching")
    assert same(to_graph(read(written(found))), graph)


def test_a_plain_statement_that_gets_a_reason_gets_a_node() -> None:
    found = of_graph(parsed("bake:check skos:closeMatch weld:check ."))
    slots = {**found.records[0].slots, "comment": ("Both check.",)}
    graph = to_graph(MappingSet(found.slots, (Record(slots),), found.prefixes))
    assert all_alignments(knowledge(graph))[0].comment is not None


def test_a_decimal_stays_one_and_stands_in_its_column() -> None:
    graph = parsed(
        "<urn:m> a comp:Alignment ; owl:annotatedSource bake:check ; owl:annotatedTarget weld:check ;"
        " owl:annotatedProperty skos:closeMatch ; sssom:confidence 0.8 ."
    )
    found = of_graph(graph)
    assert found.records[0].get("confidence") == "0.8"
    assert same(to_graph(read(written(found))), graph)


def test_comments_in_two_languages_are_both_kept() -> None:
    graph = parsed(
        "<urn:m> a comp:Alignment , owl:Axiom ; owl:annotatedSource bake:check ;"
        " owl:annotatedTarget weld:check ; owl:annotatedProperty skos:closeMatch ;"
        ' rdfs:comment "Both check."@en , "Les deux vérifient."@fr .\n'
        f'<{SET}> dcterms:title "Baking and welding"@en .'
    )
    found = of_graph(graph)
    assert found.records[0].get("comment") == "Both check."
    assert same(to_graph(read(written(found))), graph)


def test_the_status_of_a_review_stays_readable_beside_what_is_kept() -> None:
    graph = parsed(
        "<urn:m> a comp:Alignment ; owl:annotatedSource bake:check ; owl:annotatedTarget weld:check ;"
        " owl:annotatedProperty skos:closeMatch ; "
        'sssom:other """{"status": "to review"}""" .'
    )
    found = of_graph(graph)
    assert '"status": "to review"' in found.records[0].get("other")
    assert same(to_graph(read(written(found))), graph)


def test_hierarchy_in_a_graph_is_no_row() -> None:
    graph = parsed("bake:check comp:partOf bake:whole ; skos:broader weld:check .")
    found = of_graph(graph)
    assert found.records == ()
    assert same(to_graph(read(written(found))), graph)


def test_the_graph_of_a_table_conforms_to_the_shapes() -> None:
    found = read_text(
        table(
            f'{ROW}\t0.8\tAda\t{{"status": "to review"}}',
            columns=f"{COLUMNS}\tconfidence\tauthor_label\tother",
        )
    )
    assert validate(to_graph(found).graph).conforms
