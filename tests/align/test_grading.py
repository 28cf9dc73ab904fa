"""Which relation is suggested for what two statements share."""

from __future__ import annotations

import pytest

from competency.align import Options, Reason, Suggestion, suggest
from tests.align.common import between, framework, graph_of, relation, two

WEIGHS = "Weighs the flour for every loaf."
CONTRASTS = Options(contrasts=True)


def only(found: tuple[Suggestion, ...]) -> Suggestion:
    (item,) = found
    return item


def test_two_shared_content_words_make_a_close_match() -> None:
    item = only(between([WEIGHS], ["Weighs rods and flour before work."]))
    assert relation(item) == "closeMatch"
    assert item.reasons == (Reason.SHARED,)
    assert 0 < item.score < 1


def test_one_shared_content_word_makes_a_related_match_at_most() -> None:
    item = only(between([WEIGHS], ["Keeps flour away from sparks."]))
    assert relation(item) == "relatedMatch"
    assert item.reasons == (Reason.FEW,)


def test_a_shared_number_is_no_content_word() -> None:
    item = only(between(["Bakes 12 loaves at 220 degrees."], ["Cuts 12 rods of 220 grams."]))
    assert relation(item) == "relatedMatch"
    assert [str(word) for word in item.shared] == ["12", "220"]


def test_knowledge_and_action_are_related_at_most() -> None:
    item = only(between([("KnowledgeStatement", WEIGHS)], [WEIGHS]))
    assert relation(item) == "relatedMatch"
    assert Reason.KNOWLEDGE in item.reasons


def test_an_aspect_says_knowledge_whatever_the_kind() -> None:
    knowing = framework(
        "baking", ("PerformanceCriterion", WEIGHS), more="; comp:aspect comp:Knowing"
    )
    graph = graph_of(knowing, framework("welding", ("PerformanceCriterion", WEIGHS)))
    item = only(suggest(*two(graph)))
    assert relation(item) == "relatedMatch"


def test_two_knowledge_statements_may_match_closely() -> None:
    one, other = ("KnowledgeStatement", WEIGHS), ("KnowledgeStatement", "How flour is weighed.")
    assert relation(only(between([one], [other]))) == "closeMatch"


def test_the_same_text_and_kind_is_suggested_as_an_exact_match() -> None:
    item = only(between([WEIGHS], ["weighs the FLOUR, for every loaf"]))
    assert relation(item) == "exactMatch"
    assert item.score == 1
    assert item.reasons[0] is Reason.EQUAL


def test_the_same_text_of_another_kind_is_no_exact_match() -> None:
    item = only(between([WEIGHS], [("PerformanceCriterion", WEIGHS)]))
    assert relation(item) == "closeMatch"


def test_long_texts_that_begin_alike_are_no_exact_match() -> None:
    long = "Weighs the flour for every loaf of the day, " * 5
    item = only(between([long + "or not."], [long + "or half."]))
    assert relation(item) == "closeMatch"


def test_one_equal_word_is_no_exact_match() -> None:
    item = only(between([("Competency", "Kneading")], [("Competency", "Kneading")]))
    assert relation(item) == "relatedMatch"


@pytest.mark.parametrize("kind", ["PositiveIndicator", "PerformanceCriterion", "Competency"])
def test_an_unhelpful_behaviour_is_never_offered_as_a_match_for_a_helpful_one(kind: str) -> None:
    assert not between([("NegativeIndicator", WEIGHS)], [(kind, WEIGHS)])


@pytest.mark.parametrize("turned", [False, True], ids=["left", "right"])
def test_opposites_are_offered_as_contrasts_where_they_are_asked_for(turned: bool) -> None:
    unhelpful = ("NegativeIndicator", WEIGHS)
    left, right = (WEIGHS, unhelpful) if turned else (unhelpful, WEIGHS)
    item = only(between([left], [right], CONTRASTS))
    assert relation(item) == "contrasts"
    assert item.reasons[0] is Reason.OPPOSITE
    assert item.left.is_unhelpful != turned


def test_knowing_something_is_not_the_opposite_of_doing_it_wrongly() -> None:
    sides = [("NegativeIndicator", WEIGHS)], [("KnowledgeStatement", WEIGHS)]
    assert not between(*sides, CONTRASTS)


def test_two_unhelpful_behaviours_may_match() -> None:
    one, other = "Forgets to weigh the flour.", "Spills flour and forgets it."
    item = only(between([("NegativeIndicator", one)], [("NegativeIndicator", other)], CONTRASTS))
    assert relation(item) == "closeMatch"


def test_a_denial_in_only_one_of_them_is_a_warning_and_no_rule() -> None:
    item = only(between([WEIGHS], ["Doesn\u2019t weigh the flour."]))
    assert relation(item) == "closeMatch"
    assert Reason.DENIAL in item.reasons


def test_synonyms_are_shown_as_each_text_has_them() -> None:
    item = only(between(["Asks clients about bread."], ["Questions the customer about bread."]))
    assert [str(word) for word in item.shared] == [
        "asks = questions", "clients = customer", "bread",
    ]  # fmt: skip
    word = item.shared[1]
    assert item.left.text[slice(*word.left_at)] == "clients"
    assert item.right.text[slice(*word.right_at)] == "customer"


def test_a_run_of_characters_is_shown_as_one_word() -> None:
    item = only(
        between(
            [("PositiveIndicator@zh", "倾听客户意见")], [("PositiveIndicator@zh", "记录客户意见")]
        )
    )
    assert [str(word) for word in item.shared] == ["客户意见"]
    assert relation(item) == "relatedMatch"
