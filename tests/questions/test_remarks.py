"""What the data say of themselves: not stated, inferred, repaired, in doubt."""

from __future__ import annotations

from collections import Counter

from competency.graph import KnowledgeGraph
from tests.questions.common import (
    CLIENT,
    HK,
    NOS,
    PORTS,
    PUB,
    PWGSC,
    WCC,
    answer,
    home,
    numbered,
    own,
    table,
)


def test_what_a_framework_does_not_state(graph: KnowledgeGraph) -> None:
    # None prints publisher, place or licence; only PWGSC has a date; only NOS has a code of its
    # own; HK alone gives its sector, and names no body. The rest was counted in each file:
    # HK 6 + scale 3 + level + code + credit, NOS 6 + unit 2, PUB 6 + scale 2 + levels 2 and 1,
    # PWGSC 5 + scale 2, WCC 8.
    rows = table(graph, "not-stated", "missing iri")
    assert Counter(home(iri) for _, iri in rows) == {HK: 12, NOS: 8, PUB: 11, PWGSC: 7, WCC: 8}
    own_rows = {
        name: {what for what, iri in rows if iri == name} for name in (HK, NOS, PUB, PWGSC, WCC)
    }
    always = {"dcterms:publisher", "dcterms:spatial", "dcterms:license"}
    assert own_rows == {
        HK: always | {"dcterms:issued", "code", "named organisation"},
        NOS: always | {"dcterms:issued", "sector", "audience"},
        PUB: always | {"dcterms:issued", "sector", "code"},
        PWGSC: always | {"sector", "code"},
        WCC: always | {"dcterms:issued", "sector", "code", "audience", "rdfs:label"},
    }
    assert [row for row in rows if row[1] == f"{NOS}/1"] == [
        ("credit", f"{NOS}/1"),
        ("qualification level", f"{NOS}/1"),
    ]
    scale = table(graph, "not-stated", "framework kind missing iri", framework=PWGSC)
    assert scale[-2:] == [
        (CLIENT, "level scale", "cumulative", f"{PWGSC}/scale"),
        (CLIENT, "level scale", "rdfs:label", f"{PWGSC}/scale"),
    ]
    assert len(scale) == 7


def test_a_statement_that_does_not_state_something_is_named_by_its_text() -> None:
    small = own(":n a comp:Note ; comp:inFramework :f ; comp:text 'T'@en ; comp:notStated :p .")
    assert table(small, "not-stated", "framework thing missing") == [("F", "T", "urn:x:p")]


def test_what_was_inferred_and_not_printed(graph: KnowledgeGraph) -> None:
    # HK: extent, scale title, four aspects. NOS: extent, type, sector, two issuers. PUB: extent,
    # audience, two titles, six base levels. PWGSC: extent, scale title. WCC: title, extent, type,
    # three pairs of names.
    rows = table(graph, "inferred", "fact value iri")
    assert Counter(home(iri) for _, _, iri in rows) == {HK: 6, NOS: 5, PUB: 10, PWGSC: 2, WCC: 6}
    assert table(graph, "inferred", "framework fact value iri", framework=NOS) == [
        (PORTS, "issued by", "PSS", f"{NOS}/code/pss-spo109"),
        (PORTS, "issued by", "PSS", f"{NOS}/1/code/pss-spo109.1"),
        (PORTS, "extent", "excerpt", NOS),
        (PORTS, "sector", "Ports", NOS),
        (PORTS, "type of document", "National occupational standard", NOS),
    ]
    title = "Qualification levels"
    assert ("rdfs:label", title, f"{HK}/scale") in rows
    knowing = [iri for fact, value, iri in rows if (fact, value) == ("aspect", "knowing")]
    assert sorted(map(str, knowing)) == [f"{HK}/unit/pr/1", *numbered(f"{HK}/unit/pr/1/", 3)]
    base = [iri for fact, value, iri in rows if (fact, value) == ("at level", "Base")]
    assert sorted(map(str, base)) == [f"{PUB}/c0{number}/base" for number in range(1, 7)]


def test_texts_that_were_repaired_or_are_in_doubt(graph: KnowledgeGraph) -> None:
    # PUB 7 + 6 + 6 + 6 + 8 + 7 repairs on its six competencies, and doubts on the page number and
    # the higher levels; HK 15 splits; NOS one list over three pages and 5 doubts (the code's
    # body, numbers 5, 8, 14, 17); PWGSC one doubt; WCC line 48 (two) and 6 doubts.
    rows = table(graph, "repairs", "repair iri")
    assert Counter(home(iri) for _, iri in rows) == {HK: 15, NOS: 6, PUB: 42, PWGSC: 1, WCC: 8}
    assert Counter(repair for repair, _ in rows) == {
        "rejoined": 1 + 18,  # all that PUB has is rejoined: 6 names, 6 base, 6 higher
        "split": 15 + 17 + 2,  # the same without the higher level of 03
        "reordered": 5,  # names 01, 05, 06 and base 03, 05
        None: 2 + 5 + 1 + 6,
    }
    moved = {iri for repair, iri in rows if repair == "reordered"}
    assert moved == {f"{PUB}/{item}" for item in ("c01", "c03/base", "c05", "c05/base", "c06")}


def test_repairs_come_with_their_lines_from_first_to_last(graph: KnowledgeGraph) -> None:
    # Bullets said to hold two sentences or a broken grammar: WCC lines 63, 81, 147, 154, 159, 160.
    assert table(graph, "repairs", "lines repair iri", framework=WCC) == [
        ("48", "split", f"{WCC}/v1/c1/b6"),
        ("48", "split", f"{WCC}/v1/c1/b7"),
        ("63", None, f"{WCC}/v1/c3/b3"),
        ("81", None, f"{WCC}/v1/c5/b3"),
        ("147", None, f"{WCC}/v2/c5/b5"),
        ("154", None, f"{WCC}/v2/unhelpful/3"),
        ("159", None, f"{WCC}/v2/unhelpful/8"),
        ("160", None, f"{WCC}/v2/unhelpful/9"),
    ]
    assert all(row["doubt"] for row in answer(graph, "repairs", framework=WCC))
    # A body that only a code points at belongs to the framework too.
    assert table(graph, "repairs", "thing iri", framework=NOS)[0] == ("PSS", f"{NOS}/org/pss")
