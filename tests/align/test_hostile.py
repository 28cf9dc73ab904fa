"""Texts that nobody would write take no longer than others."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from competency.align import Options, Suggestion, suggest
from tests.align.common import BASE, between, framework, graph_of, two

TEXTS = {
    "one word ten thousand times": "flour " * 10_000,
    "100 kB of different words": " ".join(f"w{n}" for n in range(16_000)),
    "one word of 100 kB": "a" * 100_000,
    "100 kB of Chinese": "".join(chr(0x4E00 + n % 5_000) for n in range(33_000)),
    "accents without end": "e" + "\u0301" * 50_000,
    "signs only": "?!. " * 25_000,
    "both directions": "\u202e\u202dflour\u202c " * 3_000,
    "lines and tabs": "flour\t\n" * 3_000,
}


def timed(left: Sequence[str], right: Sequence[str]) -> tuple[tuple[Suggestion, ...], float]:
    start = time.process_time()
    found = between(left, right, Options(contrasts=True))
    return found, time.process_time() - start


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_is_compared_in_little_time(text: str) -> None:
    found, took = timed([text, "Weighs the flour."], [text, "Weighs flour and rods."])
    assert found
    assert took < 3


def test_many_statements_with_the_same_words_are_bounded() -> None:
    same = ["Weighs flour for customers."] * 600
    found, took = timed(same, same)
    assert took < 8
    assert all(item.score == 1 for item in found)


def test_many_long_statements_are_bounded() -> None:
    long = [" ".join(f"w{(n * 37 + m * m) % 9_000}" for m in range(2_000)) for n in range(40)]
    found, took = timed(long, long)
    assert found
    assert took < 8


def test_a_circle_of_parts_ends() -> None:
    circle = framework("baking", "Weighs flour", more=f"; comp:partOf <{BASE}baking/1>")
    graph = graph_of(circle, framework("welding", "Weighs flour"))
    assert len(suggest(*two(graph))) <= 1


def test_parts_a_thousand_deep_keep_a_place_that_can_be_read() -> None:
    chain = "\n".join(
        f"<{BASE}baking/{n}> a comp:Competency ; comp:inFramework <{BASE}baking> ; "
        f'comp:partOf <{BASE}baking/{n - 1}> ; rdfs:label "Step {n}"@en .'
        for n in range(2, 1_000)
    )
    graph = graph_of(
        framework("baking", "Begins") + chain, framework("welding", ("Competency", "Step 999"))
    )
    item = suggest(*two(graph))[0]
    assert item.left.text == "Step 999"
    assert len(item.left.place) == 20
