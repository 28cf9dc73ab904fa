"""SKOS with our classes in it, however odd; and odd frameworks of ours in SKOS and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency import KnowledgeGraph
from competency.exchange.exchange import Reading
from competency.exchange.skos import read
from competency.exchange.skos.exchanging import write
from competency.exchange.terms import term
from competency.graph import NamedGraph
from tests.exchange import common as odd
from tests.exchange.skos.common import EX, file_of, out, parsed, schemes, taken_in
from tests.exchange.skos.test_round_trip import CALM, faults
from tests.exchange.test_skos import broken

KINDS = ("Group", "Value", "Competency", "NegativeIndicator", "NegativeIndicator", "Note",
         "PositiveIndicator", "AssessmentCriterion", "KnowledgeStatement", "Descriptor")  # fmt: skip
# What a file may be itself to blame for.
OWN = ("only called a part", "at which level", "top with broader", "is matched with")
THINGS = (*(f"<{EX}c/{n}>" for n in range(5)), *(f"<{EX}g/{n}>" for n in range(3)))


@st.composite
def typed(draw: st.DrawFn) -> bytes:
    """Return a scheme with our classes, and collections of anything, in and below anything."""
    lines = [draw(schemes())]
    for number in range(5):
        if draw(st.booleans()):
            lines.append(line(f"<{EX}c/{number}>", "dcterms:type", draw(st.sampled_from(KINDS))))
    for number in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from((f"<{EX}g/{number}>", f"_:g{number}")))
        kind = draw(st.sampled_from(("skos:Collection", "skos:OrderedCollection")))
        lines.append(line(name, "rdf:type", f"<{term(kind)}>"))
        for member in draw(st.lists(st.sampled_from(THINGS), max_size=3)):
            lines.append(line(name, "skos:member", member))
        if draw(st.booleans()):
            lines.append(line(name, "dcterms:isPartOf", draw(st.sampled_from(THINGS))))
        if draw(st.booleans()):
            lines += [line(name, "dcterms:type", "Group"), line(name, "skos:inScheme", f"<{EX}s>")]
    return b"".join(lines)


def line(subject: str, name: str, value: str) -> bytes:
    """Return a line of N-Triples; a word is one of our classes."""
    found = value if value.startswith("<") else f"<{term('comp:' + value)}>"
    return f"{subject} <{term(name)}> {found} .\n".encode()


def blamed(found: list[str]) -> list[str]:
    return [message for message in found if not any(own in message for own in OWN)]


def check(data: bytes) -> None:
    for graph in taken_in(data).graphs:
        assert blamed(faults(graph)) == []
        seen = NamedGraph.of(graph.name, parsed(out(graph).data))
        assert blamed(broken(seen)) == []


@settings(CALM, max_examples=8)
@given(typed())
def test_our_classes_in_any_scheme_give_a_tree(data: bytes) -> None:
    check(data)


@pytest.mark.slow
@settings(CALM, max_examples=100)
@given(typed())
def test_our_classes_in_very_many_schemes_give_trees(data: bytes) -> None:
    check(data)


def negatives(graph: KnowledgeGraph, iri: str) -> set[str]:
    return {part.iri for part in graph.framework(iri).walk() if part.is_negative}


def check_odd(text: str) -> None:
    graph = odd.small(text)
    written = write(graph, EX + "f")
    assert broken(NamedGraph.of(EX + "f", parsed(written.data))) == []
    (back,) = read(file_of(written.data), Reading()).graphs
    assert blamed(faults(back)) == []
    held = KnowledgeGraph()
    held.add(back)
    assert negatives(held, EX + "f") == negatives(graph, EX + "f")


@settings(CALM, max_examples=8)
@given(odd.frameworks())
def test_the_unhelpful_behaviours_of_any_framework_come_back_as_such(text: str) -> None:
    check_odd(text)


@pytest.mark.slow
@settings(CALM, max_examples=75)
@given(odd.frameworks())
def test_the_unhelpful_behaviours_of_very_many_frameworks_come_back_as_such(text: str) -> None:
    check_odd(text)
