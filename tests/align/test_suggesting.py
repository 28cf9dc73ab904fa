"""What is compared, how much is offered, and in which order."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from competency import KnowledgeGraph
from competency.align import Options, Suggestion, decided_in, suggest, suggest_all
from competency.errors import ParameterError
from tests.align.common import BASE, between, ends, framework, graph_of, relation, two

LOAVES = [f"Weighs flour number {n} for customers." for n in range(12)]
RODS = [f"Weighs rods and flour {n} of clients." for n in range(9)]


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return KnowledgeGraph.shipped()


def seen_as(item: Suggestion) -> tuple[object, ...]:
    """Return a suggestion without saying which side is which."""
    words = tuple(sorted({(word.left, word.right) for word in item.shared}))
    return item.score, item.predicate, item.reasons, words


@pytest.mark.parametrize("kind", ["Scope", "Note", "Group", "Value", "FunctionalArea"])
def test_headings_notes_and_scope_are_not_aligned(kind: str) -> None:
    text = "Weighs the flour for every loaf."
    assert not between([(kind, text)], [(kind, text)])


def test_the_opening_words_of_a_list_are_not_aligned() -> None:
    text = "You must be able to weigh flour:"
    opening = framework("baking", ("Descriptor", text), more=f"; comp:leadIn <{BASE}baking/1>")
    assert not suggest(*two(graph_of(opening, framework("welding", ("Descriptor", text)))))


def test_a_part_without_words_is_not_aligned() -> None:
    assert not between([" ", "...", "of the"], ["", "...", "of the"])


def test_a_title_and_a_text_are_compared_as_one() -> None:
    titled = framework("baking", "Keeps it dry.", more='; rdfs:label "Storing flour"@en')
    (item,) = suggest(*two(graph_of(titled, framework("welding", "Storing flour"))))
    assert item.left.text == "Storing flour: Keeps it dry."


def test_a_suggestion_says_where_both_stand() -> None:
    (item,) = between(["Weighs the flour."], ["Weighs flour for glue."])
    assert (item.subject, item.object) == (f"{BASE}baking/1", f"{BASE}welding/1")
    assert (item.left.place, item.right.place) == (("Baking",), ("Welding",))
    assert item.left.language == "en"


def test_texts_in_different_languages_are_not_compared() -> None:
    assert not between(["Relation client important"], [("PositiveIndicator@fr", "Relation client")])


def test_french_is_compared_with_french_by_its_stems() -> None:
    kind = "PositiveIndicator@fr"
    left, right = (kind, "Conseiller les clients fidèles"), (kind, "Conseille le client fidele")
    (item,) = between([left], [right])
    assert relation(item) == "closeMatch"
    assert [word.right for word in item.shared] == ["conseille", "client", "fidele"]


def test_dialects_of_a_language_are_compared() -> None:
    sides = ("PositiveIndicator@en-GB", "Weighs flour"), ("PositiveIndicator@en-US", "Weighs flour")
    assert len(between([sides[0]], [sides[1]])) == 1


def test_a_pair_in_two_languages_is_offered_once() -> None:
    french = '; comp:text "Pèse la farine du pain"@fr'
    graph = graph_of(
        framework("baking", "Weighs flour", more=french),
        framework("welding", "Weighs rods and flour", more=french),
    )
    (item,) = suggest(*two(graph))
    assert (relation(item), item.left.language) == ("exactMatch", "fr")


@pytest.mark.parametrize("most", [1, 3, 5])
def test_no_part_is_in_more_suggestions_than_it_may_be_on_either_side(most: int) -> None:
    found = between(LOAVES, RODS, Options(per_part=most))
    counts = Counter(end for pair in ends(found) for end in pair)
    assert max(counts.values()) == most
    assert len(set(ends(found))) == len(found)


def test_with_all_frameworks_together_a_part_is_in_so_many_with_each_of_them(
    shipped: KnowledgeGraph,
) -> None:
    # Counted over all frameworks together, one framework would hide what the others have.
    found = suggest_all(shipped)
    counts = Counter((item.subject, item.right.framework) for item in found)
    counts += Counter((item.object, item.left.framework) for item in found)
    assert max(counts.values()) == 5
    assert max(Counter(end for pair in ends(found) for end in pair).values()) > 5


def test_the_most_alike_come_first() -> None:
    scores = [item.score for item in between(LOAVES, RODS)]
    assert scores == sorted(scores, reverse=True)


def test_less_alike_than_asked_for_is_left_out() -> None:
    all_scores = [item.score for item in between(LOAVES, RODS)]
    least = sorted(all_scores)[len(all_scores) // 2]
    found = between(LOAVES, RODS, Options(least=least))
    assert found
    assert min(item.score for item in found) >= least


def test_from_the_other_side_the_same_pairs_come(shipped: KnowledgeGraph) -> None:
    one, other = shipped.framework("pub-cscf"), shipped.framework("wcc-behaviours")
    there = suggest(one, other, Options(contrasts=True))
    back = suggest(other, one, Options(contrasts=True))
    assert {(item.subject, item.object): seen_as(item)[:3] for item in there} == {
        (item.object, item.subject): seen_as(item)[:3] for item in back
    }
    assert {item.left.framework for item in there} == {one.iri}


def test_a_framework_has_no_suggestions_with_itself(shipped: KnowledgeGraph) -> None:
    assert not suggest(shipped.framework("pub-cscf"), shipped.framework("pub-cscf"))


def test_frameworks_of_two_graphs_are_compared() -> None:
    left = graph_of(framework("baking", "Weighs the flour")).frameworks[0]
    right = graph_of(framework("welding", "Weighs the flour")).frameworks[0]
    assert len(suggest(left, right)) == 1


def test_a_graph_of_one_framework_or_none_has_no_suggestions() -> None:
    assert not suggest_all(graph_of(framework("baking", "Weighs the flour")))
    assert not suggest_all(KnowledgeGraph())


@pytest.mark.parametrize("turned", [False, True], ids=["as-offered", "turned"])
def test_what_was_decided_never_comes_back(shipped: KnowledgeGraph, turned: bool) -> None:
    decided: set[tuple[str, str]] = set()
    for _ in range(3):
        found = suggest_all(shipped, Options(per_part=2, contrasts=True, decided=decided))
        pairs = {(item.subject, item.object) for item in found}
        assert pairs
        assert not pairs & decided
        assert not {(b, a) for a, b in pairs} & decided
        decided |= {(b, a) for a, b in pairs} if turned else pairs


def test_refusing_makes_room_for_others() -> None:
    refused = {(f"{BASE}baking/1", f"{BASE}welding/{n}") for n in range(1, 41)}
    rods = ["Weighs flour."] * 40 + ["Weighs flour, rods, wire, gas, masks and gloves."]
    (item,) = between(["Weighs flour."], rods, Options(decided=refused))
    assert item.object == f"{BASE}welding/41"


def test_alignments_that_are_held_count_as_decided(shipped: KnowledgeGraph) -> None:
    decided = decided_in(shipped)
    found = suggest_all(shipped, Options(contrasts=True, decided=decided))
    both = decided | {(b, a) for a, b in decided}
    assert not {(item.subject, item.object) for item in found} & both


@pytest.mark.parametrize(
    "wrong", [{"per_part": 0}, {"per_part": 1000}, {"least": -0.1}, {"least": float("nan")}],
    ids=["none", "too-many", "negative", "not-a-number"],
)  # fmt: skip
def test_numbers_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ParameterError, match="is not from"):
        Options(**wrong)  # type: ignore[arg-type]


def test_the_same_graph_gives_the_same_suggestions_in_every_process(
    shipped: KnowledgeGraph,
) -> None:
    code = (
        "from competency import KnowledgeGraph; from competency.align import suggest_all;"
        "print(suggest_all(KnowledgeGraph.shipped()))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": "1"}, capture_output=True, check=True
    )
    assert said.stdout.decode().strip() == str(suggest_all(shipped))


def test_statements_with_the_same_words_are_each_asked_for_by_themselves() -> None:
    left = ["Weighs the flour with care.", "With care weighs flour."]
    right = ["Weighs the flour with care.", "Flour: weighs with care."]
    every = {(f"baking/{one}", f"welding/{two}") for one in (1, 2) for two in (1, 2)}
    assert set(ends(between(left, right))) == every
    refused = (f"{BASE}welding/1", f"{BASE}baking/1")
    kept = between(left, right, Options(decided=[refused]))
    assert set(ends(kept)) == every - {("baking/1", "welding/1")}
