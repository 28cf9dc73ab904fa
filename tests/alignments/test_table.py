"""The table of alignments that is shipped: in one form, about what is held, each with a reason."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest
from rdflib import URIRef

from competency import KnowledgeGraph, Part
from competency._files import folder
from competency.graph.alignments import framework_of
from competency.graph.comparison import asks
from competency.graph.received import File
from competency.graph.sssom import MappingSet, Record, of_graph, read, to_graph, write
from competency.ontology import COMP, PREFIXES

NAME = "alignments.sssom.tsv"
BASE = "https://w3id.org/competency/id/"
SHORT = {
    "hkqf-111334L3": "hkqf",
    "nos-pss-spo109": "nos",
    "pub-cscf": "pub",
    "pwgsc-client-service": "pwgsc",
    "wcc-behaviours": "wcc",
}
FEWEST_WORDS = 8


def bytes_of() -> bytes:
    return (folder("graph") / NAME).read_bytes()


def again(data: bytes) -> MappingSet:
    return read(File(NAME, data, "text/tab-separated-values"))


@pytest.fixture(scope="module")
def table() -> MappingSet:
    return again(bytes_of())


def part(graph: KnowledgeGraph, record: Record, end: str) -> Part:
    found = graph.resource(record.get(f"{end}_id"))
    assert isinstance(found, Part), record
    return found


def is_unhelpful(end: Part) -> bool:
    return str(COMP.NegativeIndicator) in end.types


def is_knowledge(end: Part) -> bool:
    stated = str(COMP.KnowledgeStatement) in end.types
    return stated or URIRef(COMP.Knowing) in end.values("aspect")


def test_the_file_is_in_the_one_form_in_which_it_would_be_written(table: MappingSet) -> None:
    assert not table.remarks
    assert write(table) == bytes_of()
    assert of_graph(to_graph(table)) == table
    assert write(of_graph(to_graph(table))) == bytes_of()


def test_there_are_many_rows_and_every_two_frameworks_have_some(table: MappingSet) -> None:
    sets = Counter(record.get("record_id").split("/")[-2] for record in table.records)
    assert set(sets) == {f"{one}-{other}" for one, other in combinations(SHORT.values(), 2)}
    assert sum(sets.values()) == len(table.records) == 130
    # The retail unit is about managing others and PUB's page says little of that.
    assert min(sets, key=sets.__getitem__) in ("hkqf-pub", "hkqf-nos")


def test_a_row_is_named_after_the_frameworks_of_its_ends(
    shipped: KnowledgeGraph, table: MappingSet
) -> None:
    for record in table.records:
        homes = [framework_of(shipped, record.get(f"{end}_id")) for end in ("subject", "object")]
        one, other = (SHORT[(home or "").removeprefix(BASE)] for home in homes)
        assert re.fullmatch(rf".*/alignments/{one}-{other}/[1-9]\d*", record.get("record_id"))


def test_no_two_rows_are_about_the_same_two_parts(table: MappingSet) -> None:
    pairs = [frozenset((r.get("subject_id"), r.get("object_id"))) for r in table.records]
    assert [set(pair) for pair, count in Counter(pairs).items() if count > 1] == []


def test_the_labels_are_what_the_parts_say(shipped: KnowledgeGraph, table: MappingSet) -> None:
    for record in table.records:
        for end in ("subject", "object"):
            found = part(shipped, record, end)
            said = ": ".join(text for text in (found.label, found.text) if text)
            assert record.get(f"{end}_label") == said, record.get("record_id")


def test_every_row_says_who_when_how_sure_and_why_in_its_own_words(table: MappingSet) -> None:
    reasons = [record.get("comment") for record in table.records]
    assert len(set(reasons)) == len(reasons)
    for record in table.records:
        assert record.get("mapping_justification").endswith("/ManualMappingCuration")
        assert 0.5 <= float(record.get("confidence")) < 1
        assert record.get("author_label") and record.get("mapping_date")
        assert not record.get("status") and not record.get("predicate_modifier")
        reason = record.get("comment")
        assert reason.endswith(".") and len(reason.split()) >= FEWEST_WORDS, reason


def test_none_claims_sameness_and_opposites_are_only_contrasts(
    shipped: KnowledgeGraph, table: MappingSet
) -> None:
    for record in table.records:
        ends = [part(shipped, record, end) for end in ("subject", "object")]
        assert all(asks(end) for end in ends), record.get("record_id")
        predicate, skos = record.get("predicate_id"), PREFIXES["skos"]
        assert predicate != skos + "exactMatch"
        crosses = is_unhelpful(ends[0]) != is_unhelpful(ends[1])
        assert crosses == (predicate == str(COMP.contrasts)), record.get("record_id")
        if is_knowledge(ends[0]) != is_knowledge(ends[1]) and not crosses:
            assert predicate == skos + "relatedMatch", record.get("record_id")


def test_a_level_is_aligned_only_where_it_says_something(
    shipped: KnowledgeGraph, table: MappingSet
) -> None:
    ends = [part(shipped, r, end) for r in table.records for end in ("subject", "object")]
    levels = [end for end in ends if str(COMP.CompetencyLevel) in end.types]
    assert levels and all(end.text for end in levels)
