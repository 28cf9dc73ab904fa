"""Alignments live in graphs of their own, go out with the framework, and come back beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from competency import KnowledgeGraph
from competency.exchange.aligned import LEFT
from competency.exchange.exchange import Exported
from competency.exchange.exchanges import exchange_named
from competency.exchange.imported import File
from competency.graph import NamedGraph
from competency.graph.alignments import Alignment, all_alignments
from competency.graph.gathering import own_set
from competency.graph.sssom import of_graph, read, to_graph, write
from competency.importing import import_file, joined, parted
from competency.importing.batch import import_all
from competency.server import create_app
from tests.exchange.case.common import document, item, named, packed
from tests.exchange.case.common import joined as association
from tests.exchange.case.test_round_trip import CALM
from tests.exchange.fidelity import rows_of
from tests.exchange.frameworks import assert_same, frameworks, knowledge

EX = "https://example.org/"
FRAMEWORK = """
@prefix comp: <https://w3id.org/competency/ns#> . @prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
ex:{0} a comp:Framework ; rdfs:label "The work {0}"@en ; dcterms:language "en" .
<{1}{0}/1> a comp:Competency ; rdfs:label "Checks {0}"@en ; comp:inFramework ex:{0} ;
    comp:partOf ex:{0} ; comp:position 1 .
<{1}{0}/2> a comp:Competency ; rdfs:label "Mends {0}"@en ; comp:inFramework ex:{0} ;
    comp:partOf ex:{0} ; comp:position 2 ."""
TABLE = """\
#curie_map:
#  ex: "https://example.org/"
#mapping_set_id: https://example.org/set
#license: https://example.org/licence
#extension_definitions:
#  - slot_name: status
#    property: https://w3id.org/competency/ns#reviewStatus
record_id\tsubject_id\tpredicate_modifier\tpredicate_id\tobject_id\tmapping_justification\
\tauthor_label\tmapping_date\tconfidence\tstatus\tcomment
ex:set/1\tex:a/1\t\tskos:closeMatch\tex:b/1\tsemapv:ManualMappingCuration\tA reader\
\t2026-11-26\t0.8\t\tBoth check.
ex:set/2\tex:b/1\t\tskos:broadMatch\tex:a/2\tsemapv:ManualMappingCuration\tA reader\
\t2026-11-25\t0.6\t\tMending is more.
ex:set/3\tex:a/2\t\tskos:exactMatch\tex:c/9\tsemapv:ManualMappingCuration\t\t\t\t\t
ex:set/4\tex:a/2\t\tcomp:contrasts\tex:b/2\tsemapv:ManualMappingCuration\tA reader\t\t0.7\t\tOpposites.
ex:set/5\tex:a/1\t\tskos:relatedMatch\tex:b/2\tsemapv:LexicalMatching\t\t\t\tto review\t
ex:set/6\tex:a/2\tNot\tskos:relatedMatch\tex:b/2\tsemapv:ManualMappingCuration\t\t\t\trefused\t
"""


def held() -> KnowledgeGraph:
    """Return two frameworks and a set of alignments between them, one with a third."""
    graph = KnowledgeGraph()
    for name in "ab":
        graph.parse(FRAMEWORK.format(name, EX), source=f"{name}.ttl")
    file = File("set.sssom.tsv", TABLE.encode(), "text/tab-separated-values")
    graph.add(to_graph(read(file)))
    return graph


def sent(graph: KnowledgeGraph, iri: str, name: str = "case") -> Exported:
    write_ = exchange_named(name, writes=True).write
    assert write_ is not None
    return write_(graph, iri)


def back(graph: KnowledgeGraph, name: str = "case") -> KnowledgeGraph:
    """Return what comes of all frameworks of a graph, sent in a format and taken in again."""
    found, form = KnowledgeGraph(), exchange_named(name).format
    for framework in graph.frameworks:
        data = sent(graph, framework.iri, name).data
        file = File(f"out{form.suffixes[0]}", data, form.media_type)
        found.add(*import_file(file, format=name).graphs)
    return found


def links(graph: KnowledgeGraph, iri: str) -> dict[str, dict[str, Any]]:
    """Return the associations of a package that make no tree, by their uri."""
    value = json.loads(sent(graph, iri).data)
    return {
        one["uri"]: one for one in value["CFAssociations"] if one["associationType"] != "isChildOf"
    }


def ends(found: list[Alignment]) -> set[tuple[str, str, str]]:
    """Return alignments by what they relate, from the end that comes first."""
    both = ((one, one.turned()) for one in found)
    least = (min(pair, key=lambda one: one.subject) for pair in both)
    return {(one.subject, one.predicate.rpartition("#")[2], one.object) for one in least}


# ------------------------------------------------------------------ CASE


def test_a_package_has_the_alignments_of_a_framework_and_nothing_undecided() -> None:
    found = links(held(), EX + "a")
    assert {uri: one["associationType"] for uri, one in found.items()} == {
        EX + "set/1": "ext:closeMatch",
        EX + "set/2": "ext:broadMatch",
        EX + "set/3": "exactMatchOf",
        EX + "set/4": "ext:contrasts",
    }


def test_an_association_says_what_case_has_fields_for() -> None:
    one = links(held(), EX + "a")[EX + "set/2"]
    assert (one["notes"], one["lastChangeDateTime"]) == ("Mending is more.", "2026-11-25T00:00:00Z")
    assert (one["originNodeURI"]["uri"], one["originNodeURI"]["title"]) == (EX + "b/1", "Checks b")
    assert one["destinationNodeURI"]["uri"] == EX + "a/2"
    said = one["extensions"]["competency"]["says"]
    assert said["sssom:author_label"] == "A reader"


def test_the_packages_of_both_frameworks_have_the_same_associations() -> None:
    graph = held()
    one, other = links(graph, EX + "a"), links(graph, EX + "b")
    assert set(one) - set(other) == {EX + "set/3"}
    assert all(one[uri] == other[uri] for uri in other)


def test_alignments_come_back_from_case_as_they_were() -> None:
    graph = held()
    after = back(graph)
    assert all_alignments(after) == all_alignments(graph)
    for framework in graph.frameworks:
        assert_same(graph.named_graph(framework.iri), after.named_graph(framework.iri))
        assert after.has_graph(own_set(framework.iri))


def test_the_shipped_alignments_come_back_from_case_as_they_were(shipped: KnowledgeGraph) -> None:
    assert all_alignments(back(shipped)) == all_alignments(shipped)


def test_rows_of_sssom_go_through_case_unchanged() -> None:
    graph = held()
    before, after = _rows(graph, EX + "set"), _rows(back(graph), own_set(EX + "a"))
    assert len(after) == 4
    assert after == {key: row for key, row in before.items() if key in after}
    assert {key[3] for key in before.keys() - after.keys()} == {"Not", ""}  # refused, and to review


def _rows(graph: KnowledgeGraph, name: str) -> dict[Any, dict[str, Any]]:
    """Return what a set of alignments says, row by row, as SSSOM writes and reads it."""
    data = write(of_graph(graph.named_graph(name)))
    found = read(File("set.sssom.tsv", data, "text/tab-separated-values"))
    beside = ("record_id", "other", "license")
    return {
        record.key: {k: v for k, v in found.said_of(record).items() if k not in beside}
        for record in found.records
    }


def test_a_server_of_case_has_them_at_their_addresses() -> None:
    client = create_app(held()).test_client()
    one = links(held(), EX + "b")[EX + "set/2"]
    start = "/ims/case/v1p1"
    found = json.loads(client.get(f"{start}/CFAssociations/{one['identifier']}").data)
    assert found["associationType"] == "ext:broadMatch"
    end = one["destinationNodeURI"]["identifier"]
    told = json.loads(client.get(f"{start}/CFItemAssociations/{end}").data)["CFAssociations"]
    assert one["uri"] in {item["uri"] for item in told}


# ------------------------------------------------------------------ a package of others


def test_an_association_with_another_framework_becomes_an_alignment_beside_it() -> None:
    one, other = item(2), named("CFItems", 0x77, title="Elsewhere")
    tree = association(40, one, document(), sequenceNumber=1)
    match = association(41, other, one, "exactMatchOf", notes="Said twice.")
    value = packed([one], [tree, match])
    data = json.dumps(value).encode()
    framework, aligned = import_file(File("p.json", data, "application/json")).graphs
    assert aligned.name == own_set(framework.name)
    assert not any("Match" in str(prop) for _, prop, _ in rows_of(framework))
    graph = knowledge(framework, aligned)
    (found,) = all_alignments(graph)
    assert (found.subject, found.object, found.iri) == (other["uri"], one["uri"], match["uri"])
    assert (str(found.comment), str(found.date)) == ("Said twice.", "2026-06-05")
    assert str(found.justification).endswith("UnspecifiedMatching")
    assert found.confidence is None
    merged = sent(knowledge(*joined([framework, aligned])), framework.name).data
    assert sent(graph, framework.name).data == merged
    assert "extensions" not in json.dumps([*links(graph, framework.name).values()])


def test_a_folder_has_the_alignments_in_a_file_of_their_own(tmp_path: Any) -> None:
    out = tmp_path / "out"
    sources = [tmp_path / f"{name}.json" for name in "ab"]
    for source in sources:
        source.write_bytes(sent(held(), EX + source.stem).data)
    batch = import_all(sources, out)
    assert not batch.failed
    names = ["a-alignments.ttl", "a.ttl", "b-alignments.ttl", "b.ttl"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert [[one.whole for one in row.frameworks] for row in batch.rows] == [[True, False]] * 2
    again = KnowledgeGraph(*sorted(out.iterdir()))
    for source in sources:
        assert sent(again, EX + source.stem).data == source.read_bytes()


@settings(CALM, max_examples=8)
@given(graph=frameworks())
def test_taking_alignments_out_and_gathering_them_changes_no_file(graph: NamedGraph) -> None:
    parts = parted([graph])
    (whole,) = joined(parts)
    assert set(rows_of(whole)) == set(rows_of(graph))
    for name in ("case", "case-1.0"):
        assert (
            sent(knowledge(*parts), graph.name, name).data
            == sent(knowledge(graph), graph.name, name).data
        )


# ------------------------------------------------------------------ formats for bare matches


@pytest.mark.parametrize("name", ["ctdl-asn", "ctdl-asn-csv", "skos"])
def test_matches_come_back_and_the_rest_is_told(name: str) -> None:
    graph = held()
    wanted = [one for one in all_alignments(graph) if not one.is_opposite]
    assert ends(all_alignments(back(graph, name))) == ends(wanted)
    told = {(loss.part, loss.property) for loss in sent(graph, EX + "a", name).losses}
    assert (EX + "a/2", "comp:contrasts") in told
    for prop in ("sssom:confidence", "sssom:author_label", "pav:authoredOn", "rdfs:comment"):
        assert (EX + "set/1", prop) in told


def test_ctdl_asn_has_them_as_seen_from_the_framework() -> None:
    nodes = json.loads(sent(held(), EX + "a", "ctdl-asn").data)["@graph"]
    by_id = {node["@id"]: node for node in nodes}
    assert by_id[EX + "a/1"]["ceasn:majorAlignment"] == [EX + "b/1"]
    assert by_id[EX + "a/2"]["ceasn:narrowAlignment"] == [EX + "b/1"]
    assert by_id[EX + "a/2"]["ceasn:exactAlignment"] == [EX + "c/9"]
    assert "ceasn:minorAlignment" not in by_id[EX + "a/1"]


def test_osmt_has_their_addresses() -> None:
    text = sent(held(), EX + "a", "osmt").data.decode()
    assert "Alignment URL" in text
    assert EX + "b/1" in text and EX + "c/9" in text and EX + "b/2" not in text


def test_schema_org_has_what_is_exact() -> None:
    found = json.loads(sent(held(), EX + "a", "schema.org").data)["@graph"]
    assert {"@id": EX + "c/9"} in [node.get("sameAs") for node in found]


def test_a_file_of_skos_goes_out_as_it_came() -> None:
    text = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix ex: <https://example.org/s/> .
    <https://example.org/s> a skos:ConceptScheme ; skos:prefLabel "S"@en ; skos:hasTopConcept ex:1 .
    ex:1 a skos:Concept ; skos:prefLabel "One"@en ; skos:topConceptOf <https://example.org/s> ;
        skos:inScheme <https://example.org/s> ; skos:exactMatch <https://example.com/1> .
    <https://example.com/2> skos:broadMatch ex:1 ."""
    brought = import_file(File("s.skos.ttl", text.encode(), "text/turtle"), format="skos")
    framework, aligned = brought.graphs
    assert "1 framework, 1 part, 2 alignments" in brought.summary()
    assert len(all_alignments(knowledge(aligned))) == 2
    merged = sent(knowledge(*joined(brought.graphs)), framework.name, "skos")
    assert sent(knowledge(framework, aligned), framework.name, "skos") == merged
    assert b"<https://example.com/2> skos:broadMatch" in merged.data


@pytest.mark.parametrize("name", ["xlsx", "csv", "moodle", "compeito"])
def test_a_format_without_a_place_for_alignments_tells_each_part_that_has_one(name: str) -> None:
    alone = sent(knowledge(held().named_graph(EX + "a")), EX + "a", name)
    exported = sent(held(), EX + "a", name)
    more = [loss for loss in exported.losses if loss not in alone.losses]
    assert [(loss.part, loss.property) for loss in more] == [
        (EX + "a/1", "skos:closeMatch"),
        (EX + "a/2", "skos:exactMatch"),
        (EX + "a/2", "comp:contrasts"),
        (EX + "a/2", "skos:narrowMatch"),  # authored from the other end, seen from this one
    ]
    assert {loss.why for loss in more} == {LEFT}
    assert exported.aside == alone.aside


def test_a_framework_without_alignments_goes_out_as_if_alone() -> None:
    graph = held()
    graph.parse(FRAMEWORK.format("d", EX), source="d.ttl")
    for name in ("case", "ctdl-asn", "skos", "osmt", "csv", "moodle", "compeito"):
        alone = knowledge(graph.named_graph(EX + "d"))
        assert sent(graph, EX + "d", name) == sent(alone, EX + "d", name)
