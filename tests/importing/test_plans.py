"""What a second import would change is told part by part, in whatever format the file is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from competency import KnowledgeGraph
from competency.documents import compare
from competency.errors import ParseError
from competency.exchange.imported import File
from competency.formats import by_name
from competency.graph import NamedGraph
from competency.importing import import_file, plan_of
from competency.importing.writing import frameworks_bytes
from tests.importing.files import HOST, case_bytes, package, uuid

TURTLE = by_name("turtle")
START = """@prefix comp: <https://w3id.org/competency/ns#> .
@prefix ex: <https://example.org/> .
ex:f a comp:Framework .
<https://example.org/f/1> a comp:Competency ; comp:inFramework ex:f .
"""


def graph(text: str) -> NamedGraph:
    found = KnowledgeGraph()
    return found.named_graph(found.parse(START + text)[0])


def imported(data: bytes) -> tuple[NamedGraph, ...]:
    return import_file(File("a.json", data, "application/json")).graphs


def test_another_word_changes_its_part_and_the_digest_of_the_source() -> None:
    before, after = case_bytes(items=3), case_bytes(items=3).replace(b"2 times", b"two times")
    plan = compare(imported(before)[0], imported(after)[0])
    assert plan.changed == (f"{HOST}/CFDocuments/{uuid(100)}", f"{HOST}/CFItems/{uuid(102)}")
    assert not plan.new and not plan.removed and len(plan.unchanged) == 2


def test_what_points_at_a_part_from_outside_its_iri_belongs_to_the_part() -> None:
    note = 'ex:assoc a ex:Association ; ex:origin <https://example.org/f/1> ; ex:note "{}" .'
    plan = compare(graph(note.format("old")), graph(note.format("new")))
    assert plan.changed == ("https://example.org/f/1",)


def test_what_a_part_points_at_belongs_to_the_part() -> None:
    text = (
        '<https://example.org/f/1> ex:has ex:thing . ex:thing ex:of ex:inner . ex:inner ex:n "{}" .'
    )
    plan = compare(graph(text.format(1)), graph(text.format(2)))
    assert plan.changed == ("https://example.org/f/1",)


def test_blank_nodes_are_the_same_where_they_say_the_same() -> None:
    text = '<https://example.org/f/1> ex:a [ ex:b [ ex:c "{}" ] ], [ ex:b 1 ] .'
    assert compare(graph(text.format("x")), graph(text.format("x"))).empty
    assert compare(graph(text.format("x")), graph(text.format("y"))).changed


def test_values_that_change_their_places_in_two_blank_nodes_are_a_change() -> None:
    text = "<https://example.org/f/1> ex:a [ ex:b {} ; ex:c 3 ], [ ex:b {} ; ex:c 4 ] ."
    assert not compare(graph(text.format(1, 2)), graph(text.format(2, 1))).empty


def test_a_blank_node_that_names_itself_ends() -> None:
    text = "_:a ex:b _:a . <https://example.org/f/1> ex:a _:a ."
    assert compare(graph(text), graph(text)).empty


def test_the_order_of_triples_is_no_change() -> None:
    found = graph('<https://example.org/f/1> ex:a "1", "2" .')
    assert compare(found, NamedGraph(found.name, reversed(found.triples))).empty


def test_an_empty_graph_makes_everything_new_or_removed() -> None:
    found = graph("")
    assert len(compare(NamedGraph(found.name, ()), found).new) == 2
    assert len(compare(found, NamedGraph(found.name, ())).removed) == 2


def test_a_long_plan_names_the_first_parts() -> None:
    many = "".join(
        f"<https://example.org/f/{n}> a comp:Competency ; comp:inFramework ex:f . "
        for n in range(2, 40)
    )
    text = compare(graph(""), graph(many)).text(most=5)
    assert text.count("\n  + ") == 6 and "and 33 more" in text


# ------------------------------------------------------------------ files of several frameworks


@pytest.mark.parametrize("syntax", ["turtle", "trig", "jsonld", "nquads"])
def test_a_file_of_several_frameworks_comes_back_unchanged(tmp_path: Path, syntax: str) -> None:
    graphs = imported(json.dumps([package(1), package(2)]).encode())
    out, format_ = tmp_path / f"out.{syntax}", by_name(syntax)
    out.write_bytes(frameworks_bytes(graphs, format_))
    plan = plan_of(out, graphs, format_)
    assert plan.empty and len(plan.plans) == 2


def test_a_framework_that_would_vanish_is_told(tmp_path: Path) -> None:
    both = imported(json.dumps([package(1), package(2)]).encode())
    out = tmp_path / "out.ttl"
    out.write_bytes(frameworks_bytes(both, TURTLE))
    plan = plan_of(out, both[:1], TURTLE)
    assert plan.counts == "0 new, 0 changed, 3 removed, 3 unchanged"
    assert both[1].name in plan.text()


def test_a_file_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path / "none.ttl", imported(case_bytes()), TURTLE)
    assert plan.counts == "3 new, 0 changed, 0 removed, 0 unchanged"


def test_nobody_can_say_what_a_broken_file_would_lose(tmp_path: Path) -> None:
    out = tmp_path / "out.ttl"
    out.write_text("<urn:a> <urn:b> [")
    with pytest.raises(ParseError, match=r"out\.ttl:1"):
        plan_of(out, imported(case_bytes()), TURTLE)
