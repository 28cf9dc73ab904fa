"""Suggestions as a table, decisions in it, and two tables as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from competency.align import Suggestion
from competency.align.review import (
    ACCEPTED,
    REFUSED,
    TO_REVIEW,
    Decision,
    Parts,
    decide,
    decided,
    gone,
    merge,
    placed,
    reviewed,
    settled,
    states,
    suggested,
)
from competency.errors import CompetencyError, NotFound, ParameterError
from competency.graph.alignments import all_alignments
from competency.graph.sssom import MappingSet, Record, to_graph, write
from competency.ontology import expand, shorten
from tests.align.common import BASE
from tests.align.deciding import DAY, LATER, both, offered, read_back, work_of

FOUND = offered()
WORK = work_of(FOUND)


def one(relation: str) -> Suggestion:
    """Return the first suggestion of a relation."""
    return next(item for item in FOUND if item.predicate.endswith(relation))


def row_of(found: MappingSet, item: Suggestion) -> Record:
    ends = {item.subject, item.object}
    return next(
        row for row in found.records if {row.get("subject_id"), row.get("object_id")} == ends
    )


def on(item: Suggestion, verdict: str, relation: str | None = None, **more: object) -> Decision:
    predicate = expand(relation) if relation else None
    return Decision(item.subject, item.object, verdict, predicate, **more)  # type: ignore[arg-type]


def accepted(item: Suggestion, relation: str | None = None, **more: object) -> Record:
    done = decide(WORK, [on(item, "accept", relation, **more)], date=LATER, reviewer="Ada")
    return row_of(done, item)


# ------------------------------------------------------------------ suggestions


def test_a_suggestion_is_to_review_and_says_how_alike_its_ends_are_and_why() -> None:
    item = one("exactMatch")
    row = row_of(WORK, item)
    assert row.get("status") == TO_REVIEW
    assert row.get("similarity_score") == "1.0000"
    assert "confidence" not in row.slots
    assert row.get("comment").startswith("the same text and the same kind")
    assert row.slots["match_string"] == ("flour", "loaf", "weighs")
    assert (row.get("subject_label"), row.get("subject_place")) == (item.left.text, "Baking")
    assert shorten(row.get("mapping_justification")) == "semapv:LexicalMatching"
    assert WORK.said_of(row)["mapping_tool"] == ("competency",)
    assert WORK.said_of(row)["mapping_date"] == ("2026-11-27",)


def test_the_same_suggestions_are_the_same_bytes() -> None:
    assert write(WORK) == write(work_of(reversed(offered())))


def test_both_sides_name_the_same_set() -> None:
    assert work_of(FOUND).iri == work_of(FOUND, turned=True).iri
    assert WORK.iri.endswith("alignments/baking-welding")


def test_a_table_of_suggestions_comes_back_as_it_was() -> None:
    again = read_back(write(WORK))
    assert write(again.found) == write(WORK)
    assert [str(remark) for remark in again.found.remarks] == []


def test_what_a_model_found_says_so() -> None:
    row = suggested(FOUND, both().frameworks, date=DAY, semantic=True).records[0]
    assert shorten(row.get("mapping_justification")) == "semapv:CompositeMatching"


def test_a_title_of_several_lines_is_one_line_of_the_table() -> None:
    item = replace(FOUND[0], left=replace(FOUND[0].left, text="Weighs\n\tthe  flour"))
    assert suggested([item], both().frameworks, date=DAY).records[0].get("subject_label") == (
        "Weighs the flour"
    )


def test_suggestions_are_no_alignments_of_a_graph() -> None:
    graph = both()
    graph.add(to_graph(WORK))
    assert all_alignments(graph) == []


# ------------------------------------------------------------------ decisions


def test_an_accepted_suggestion_says_who_reviewed_it_and_when() -> None:
    row = accepted(one("closeMatch"), confidence=0.8, comment=" Both weigh. ")
    assert row.get("status") == ACCEPTED
    assert shorten(row.get("mapping_justification")) == "semapv:MappingReview"
    assert (row.get("reviewer_label"), row.get("review_date")) == ("Ada", "2026-12-24")
    assert (row.get("confidence"), row.get("comment")) == ("0.8", "Both weigh.")
    assert "subject_place" not in row.slots


def test_a_refused_suggestion_is_a_denial_for_every_program() -> None:
    item = one("closeMatch")
    row = row_of(decide(WORK, [on(item, "refuse")], date=LATER), item)
    assert (row.get("status"), row.get("predicate_modifier")) == (REFUSED, "Not")


def test_a_relation_that_is_chosen_from_the_other_end_is_turned() -> None:
    item = one("closeMatch")
    turned = Decision(item.object, item.subject, "accept", expand("skos:broadMatch"))
    row = row_of(decide(WORK, [turned], date=LATER), item)
    assert shorten(row.get("predicate_id")) == "skos:narrowMatch"


def test_a_decision_that_is_taken_back_leaves_no_trace_of_it() -> None:
    item = one("closeMatch")
    for verdict in ("accept", "refuse"):
        done = decide(WORK, [on(item, verdict), on(item, "undo")], date=LATER, reviewer="Ada")
        again = dict(row_of(done, item).slots)
        before = row_of(WORK, item).slots
        assert again == {k: v for k, v in before.items() if not k.endswith("_place")}


def test_of_two_decisions_the_later_one_counts() -> None:
    item = one("closeMatch")
    done = decide(WORK, [on(item, "refuse")], date=DAY, reviewer="Bo")
    row = row_of(decide(done, [on(item, "accept")], date=LATER, reviewer="Ada"), item)
    assert (row.get("reviewer_label"), row.get("review_date")) == ("Ada", "2026-12-24")
    assert "predicate_modifier" not in row.slots


@pytest.mark.parametrize(
    ("kind", "relation", "reason"),
    [
        ("closeMatch", "skos:exactMatch", "the same text and the same kind, and these differ"),
        ("relatedMatch", "skos:exactMatch", "the same text and the same kind, and these differ"),
        ("contrasts", "skos:closeMatch", "never skos:closeMatch; write comp:contrasts"),
        ("contrasts", "skos:exactMatch", "never skos:exactMatch; write comp:contrasts"),
    ],
)
def test_a_relation_that_cannot_be_meant_is_refused(kind: str, relation: str, reason: str) -> None:
    with pytest.raises(ParameterError, match=reason):
        accepted(one(kind), relation)


@pytest.mark.parametrize(
    ("kind", "relation"),
    [
        ("exactMatch", None),
        ("exactMatch", "skos:exactMatch"),
        ("closeMatch", "skos:narrowMatch"),
        ("contrasts", None),
    ],
)
def test_a_relation_that_can_be_meant_is_taken(kind: str, relation: str | None) -> None:
    item = one(kind)
    predicate = expand(relation) if relation else item.predicate
    assert accepted(item, relation).get("predicate_id") == predicate


def test_what_the_parts_say_counts_more_than_what_the_table_says_of_them() -> None:
    item = one("closeMatch")
    rows = [
        Record({**row.slots, "subject_label": ("Same",), "object_label": ("Same",)})
        for row in WORK.records
    ]
    told = replace(WORK, records=tuple(rows))
    parts = Parts([end for found in FOUND for end in (found.left, found.right)])
    decision = on(item, "accept", "skos:exactMatch")
    assert decide(told, [decision], date=DAY)
    with pytest.raises(ParameterError, match="these differ"):
        decide(told, [decision], date=DAY, parts=parts)


def test_a_pair_without_a_row_cannot_be_decided() -> None:
    with pytest.raises(NotFound, match="no suggestion between urn:a and urn:b"):
        decide(WORK, [Decision("urn:a", "urn:b", "accept")], date=DAY)


@pytest.mark.parametrize(
    "wrong",
    [{"verdict": "maybe"}, {"predicate": "urn:same"}, {"confidence": 80.0}],
    ids=["verdict", "predicate", "confidence"],
)
def test_what_is_no_decision_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(CompetencyError):
        Decision(**{"subject": "urn:a", "object": "urn:b", "verdict": "accept", **wrong})  # type: ignore[arg-type]


# ------------------------------------------------------------------ keeping


def test_alignments_for_others_have_no_status_and_nothing_that_is_to_review() -> None:
    close, related = one("closeMatch"), one("relatedMatch")
    done = decide(WORK, [on(close, "accept"), on(related, "refuse")], date=LATER)
    found = settled(done)
    assert len(found.records) == 2
    assert b"status" not in write(found)
    assert b"_place" not in write(found)
    assert decided(found) == decided(done)


def test_reviewing_a_table_twice_changes_nothing_more() -> None:
    done = decide(WORK, [on(one("closeMatch"), "accept")], date=DAY, reviewer="Ada")
    assert write(reviewed(done, date=LATER, reviewer="Bo")) == write(done)


def test_taking_the_same_decision_in_again_changes_no_byte() -> None:
    first = settled(decide(WORK, [on(one("closeMatch"), "accept")], date=DAY, reviewer="Ada"))
    again = settled(decide(WORK, [on(one("closeMatch"), "accept")], date=LATER, reviewer="Bo"))
    assert write(merge(first, again)) == write(first)


def test_an_older_decision_does_not_replace_a_newer_one() -> None:
    item = one("closeMatch")
    newer = settled(decide(WORK, [on(item, "refuse")], date=LATER))
    older = settled(decide(WORK, [on(item, "accept")], date=DAY))
    assert states(merge(newer, older)) == [REFUSED]
    assert states(merge(older, newer)) == [REFUSED]


def test_alignments_of_other_files_are_kept_beside_new_ones() -> None:
    other = read_back(
        b'#curie_map:\n#  ex: "https://example.org/"\n#mapping_set_id: https://example.org/ours\n'
        b"#license: https://example.org/free\n#mapping_tool: by hand\n"
        b"subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
        b"ex:baking/1\tskos:relatedMatch\tex:welding/9\tsemapv:ManualMappingCuration\n",
        "ours.sssom.tsv",
    ).found
    done = settled(decide(WORK, [on(one("closeMatch"), "accept")], date=DAY))
    found = merge(other, done)
    assert found.iri == "https://example.org/ours"
    tools = {found.said_of(row)["mapping_tool"][0] for row in found.records}
    assert tools == {"by hand", "competency"}
    assert read_back(write(found)).found.records == found.records


def test_a_row_that_a_person_wrote_into_keeps_it_when_suggestions_are_refreshed() -> None:
    item = one("closeMatch")
    rows = [
        Record({**row.slots, "comment": ("ask Bo",), "predicate_id": (expand("skos:broadMatch"),)})
        if row == row_of(WORK, item)
        else row
        for row in WORK.records
    ]
    found = merge(replace(WORK, records=tuple(rows)), work_of(offered(turned=True)))
    row = row_of(found, item)
    assert row.get("comment") == "ask Bo"
    assert row.get("subject_id") == item.object
    assert shorten(row.get("predicate_id")) == "skos:narrowMatch"


def test_what_is_not_suggested_any_more_goes_unless_all_is_to_stay() -> None:
    fewer = work_of(FOUND[:1])
    assert len(merge(WORK, fewer).records) == 1
    assert len(merge(WORK, fewer, all_open=True).records) == len(WORK.records)


# ------------------------------------------------------------------ graphs


def test_a_decision_goes_to_the_graph_that_has_the_pair() -> None:
    item, graph = one("closeMatch"), both()
    first = settled(decide(WORK, [on(item, "accept")], date=DAY))
    named = replace(first, slots={**first.slots, "mapping_set_id": (BASE + "ours",)})
    graph.add(to_graph(named))
    other = one("exactMatch")
    done = decide(WORK, [on(item, "refuse"), on(other, "accept")], date=LATER)
    assert [found.name for found in placed(done, graph)] == [BASE + "ours", WORK.iri]
    again = both()
    again.add(*placed(done, graph))
    (alignment,) = all_alignments(again)
    assert {alignment.subject, alignment.object} == {other.subject, other.object}


def test_an_accepted_part_that_is_held_no_more_is_told() -> None:
    item = one("closeMatch")
    lost = replace(item, left=replace(item.left, iri=BASE + "baking/99"))
    work = suggested([lost], both().frameworks, date=DAY)
    done = decide(work, [on(lost, "accept")], date=DAY)
    assert [part for _, part in gone(done, both())] == [BASE + "baking/99"]
