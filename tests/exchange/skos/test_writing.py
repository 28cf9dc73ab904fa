"""SKOS out: what other vocabularies say goes along, and no condition of SKOS is broken by it."""

from __future__ import annotations

import pytest
from rdflib import URIRef

from competency import KnowledgeGraph
from competency.errors import NotFound
from competency.exchange.skos import TABLE
from competency.exchange.skos.exchanging import write
from competency.exchange.terms import term
from competency.graph import NamedGraph
from tests.exchange.common import SMALL, small
from tests.exchange.skos.common import EX, closed, out, parsed, the_graph
from tests.exchange.skos.test_reading import SCHEME, concept
from tests.exchange.skos.test_round_trip import profile_faults
from tests.exchange.test_skos import broken


def told(graph: KnowledgeGraph, iri: str = EX + "f") -> set[tuple[str, str]]:
    """Return what is said to be lost."""
    return {(loss.part, loss.property) for loss in write(graph, iri).losses}


def test_a_property_of_others_goes_out_and_is_no_loss() -> None:
    graph = small(SMALL + 'ex:knead ex:smell "sour" ; skos:example "A loaf"@en .')
    written = write(graph, EX + "f")
    found = parsed(written.data)
    assert [str(v) for v in found.objects(URIRef(EX + "knead"), URIRef(EX + "smell"))] == ["sour"]
    assert list(found.objects(URIRef(EX + "knead"), term("skos:example")))
    assert (EX + "knead", EX + "smell") not in told(graph)


def test_a_property_of_others_on_a_note_is_a_loss_with_the_note() -> None:
    graph = small(SMALL + 'ex:remark ex:smell "sour" .')
    assert (EX + "remark", EX + "smell") in told(graph)


def test_what_other_things_say_goes_along() -> None:
    graph = small(
        SMALL + "ex:guild ex:seat [ ex:city 'Ghent' ] . ex:knead ex:by [ ex:name 'Ann' ] ."
    )
    found = parsed(write(graph, EX + "f").data)
    assert list(found.subjects(URIRef(EX + "name"), None))
    assert list(found.objects(URIRef(EX + "guild"), URIRef(EX + "seat")))


@pytest.mark.parametrize(
    "more",
    [
        "ex:knead skos:prefLabel 'Knead'@en .",
        "ex:knead skos:altLabel 'knead by hand'@en .",
        "ex:knead skos:altLabel 'k'@en ; skos:hiddenLabel 'k'@en .",
        "ex:knead skos:related ex:list .",
        "ex:knead a skos:Collection .",
        "ex:f a skos:Concept .",
        "ex:burn skos:broader ex:unit .",
        "ex:knead skos:broader ex:burn .",
        "ex:burn skos:topConceptOf ex:f .",
        "ex:knead skos:exactMatch 'a text' .",
    ],
)  # fmt: skip
def test_what_would_break_a_condition_stays_behind_and_is_told(more: str) -> None:
    graph = small(SMALL + more)
    written = write(graph, EX + "f")
    assert broken(NamedGraph.of(EX + "f", parsed(written.data))) == []
    assert profile_faults(written.data) == []
    before = {(loss.part, loss.property) for loss in write(small(), EX + "f").losses}
    assert told(graph) - before


def test_two_labels_that_break_a_condition_in_a_file_are_told_when_it_goes_out() -> None:
    text = SCHEME + concept("a", '; skos:altLabel "a"@en ; skos:related ex:b')
    text += concept("b", "; skos:broader ex:a")
    written = out(the_graph(text))
    assert {(loss.part, loss.property) for loss in written.losses} == {
        (EX + "a", "skos:altLabel"),
        (EX + "a", "skos:related"),
    }
    assert broken(NamedGraph.of(EX + "s", parsed(written.data))) == []


def test_a_link_that_is_related_goes_out_in_both_directions() -> None:
    text = SCHEME + concept("a", "; skos:related ex:b") + concept("b")
    found = parsed(out(the_graph(text)).data)
    assert set(found) == set(closed(parsed(text)))


def test_what_was_changed_after_reading_goes_out_changed() -> None:
    graph = the_graph(SCHEME + concept("a", '; skos:notation "1" ; skos:definition "To bake."@en'))
    rows = [
        (s, p, o) for s, p, o in graph.graph if (s, p) != (URIRef(EX + "a"), term("rdfs:label"))
    ]
    label = parsed('ex:a rdfs:label "Roast"@en .')
    found = parsed(out(NamedGraph.of(graph.name, [*rows, *label])).data)
    assert [str(v) for v in found.objects(URIRef(EX + "a"), term("skos:prefLabel"))] == ["Roast"]


def test_a_part_that_was_added_after_reading_goes_out_as_one() -> None:
    graph = the_graph(SCHEME + concept("a"))
    more = parsed("""
    ex:bad a comp:NegativeIndicator ; comp:inFramework ex:s ; comp:partOf ex:a ; comp:position 1 ;
        comp:text "Burns the bread."@en ; comp:wording comp:Reworded .
    """)
    written = out(NamedGraph.of(graph.name, [*graph.graph, *more]))
    found = parsed(written.data)
    assert list(found.subjects(term("skos:member"), URIRef(EX + "bad")))
    assert not list(found.objects(URIRef(EX + "bad"), term("skos:broader")))
    assert profile_faults(written.data) == []


def test_an_alignment_with_reasons_is_told_to_be_lost() -> None:
    more = """ex:why a comp:Alignment ; <http://www.w3.org/2002/07/owl#annotatedSource> ex:top ;
        comp:fix "x"@en ."""
    assert (EX + "why", "rdf:type") in told(small(SMALL + more))


def test_only_frameworks_are_written() -> None:
    with pytest.raises(NotFound):
        write(small(), EX + "nothing")


def test_the_table_says_what_becomes_of_every_kind_of_part() -> None:
    roles = {"framework", "group", "competency", "level", "requirement", "assessment",
             "assessments", "negative", "negatives", "text", "texts"}  # fmt: skip
    assert set(TABLE.fates) == roles
    assert all(rule.becomes or rule.loses for rule in TABLE.rules.values())
