"""What our writer says in comments comes back as what it says, and never as a part of its own."""

from __future__ import annotations

import pytest

from competency import KnowledgeGraph
from competency.exchange.openings import UNHELPFUL, WORDING
from competency.exchange.terms import term
from competency.graph import NamedGraph
from tests.exchange.common import EX, SMALL, small
from tests.exchange.ctdl_asn.common import (
    bakery,
    differences,
    faults,
    file_of,
    graph,
    kind,
    node,
    order,
    out,
    said,
    skill,
    taken_in,
    the_graph,
    triples,
    written,
)
from tests.exchange.fidelity import rows_of, there_and_back

BOTH = ["ctdl-asn", "ctdl-asn-csv"]
REWORDED, LINE = WORDING["Reworded"], "Source: The book, page 4, lines 1-3"
SHIPPED = ["hkqf-111334L3", "nos-pss-spo109", "pub-cscf", "pwgsc-client-service", "wcc-behaviours"]


def of_kind(found: NamedGraph, name: str) -> list[str]:
    """Return the things of a class of ours."""
    pair = (term("rdf:type"), term(f"comp:{name}"))
    return [str(thing) for thing, prop, value in rows_of(found) if (prop, value) == pair]


def texts_of(found: NamedGraph, name: str) -> list[str]:
    """Return the texts of all things of a class of ours."""
    return sorted(text for part in of_kind(found, name) for text in said(found, part)["comp:text"])


def parts_of(found: NamedGraph) -> set[str]:
    """Return the parts of a framework."""
    return {str(thing) for thing, prop, _ in rows_of(found) if prop == term("comp:inFramework")}


# ------------------------------------------------------------------ frameworks of ours


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("framework", SHIPPED)
def test_a_shipped_framework_has_no_more_parts_when_it_is_back(
    shipped: KnowledgeGraph, framework: str, name: str
) -> None:
    before = shipped.named_graph(shipped.framework(framework).graph_name)
    _, after = there_and_back(before, name)
    assert len(parts_of(after)) <= len(parts_of(before))
    assert not faults(after)
    for text in texts_of(after, "Note"):
        assert "The text is reworded" not in text and "Source: " not in text


@pytest.mark.parametrize("name", BOTH)
def test_unhelpful_behaviours_come_back_as_such_in_our_words(
    shipped: KnowledgeGraph, name: str
) -> None:
    before = shipped.named_graph(shipped.framework("wcc-behaviours").graph_name)
    _, after = there_and_back(before, name)
    bad = of_kind(after, "NegativeIndicator")
    assert len(bad) == 37
    assert texts_of(after, "NegativeIndicator") == texts_of(before, "NegativeIndicator")
    for part in bad:
        assert said(after, part)["comp:wording"] == [str(term("comp:Reworded"))]
    assert len(of_kind(after, "PositiveIndicator")) == len(of_kind(before, "PositiveIndicator"))
    assert of_kind(after, "Note") == []


@pytest.mark.parametrize("name", BOTH)
def test_the_second_time_there_and_back_nothing_is_lost_of_comments(
    shipped: KnowledgeGraph, name: str
) -> None:
    before = shipped.named_graph(shipped.framework("wcc-behaviours").graph_name)
    _, first = there_and_back(before, name)
    exported, second = there_and_back(first, name)
    assert exported.losses == ()
    about_the_file = {row for row in rows_of(first) if str(row[0]).endswith("/source")}
    assert set(rows_of(first)) - about_the_file <= set(rows_of(second))


def test_what_is_said_of_a_part_in_comments_is_said_of_it_again() -> None:
    text = SMALL + 'ex:unit comp:doubt "Or is it two?"@en ; comp:labelWording comp:Reworded .'
    held = small(text)
    _, after = there_and_back(held.named_graph(held.framework(EX + "f").graph_name), "ctdl-asn")
    unit = said(after, EX + "unit")
    assert unit["comp:audience"] == ["Bakers"] and unit["comp:doubt"] == ["Or is it two?"]
    assert unit["comp:labelWording"] == [str(term("comp:Reworded"))]
    assert "Credit: 3.50 (For Reference Only)" in unit["ceasn:comment"]
    assert "Source: The book, page 4, lines 1-3" in unit["ceasn:comment"]
    assert "comp:lines" not in unit  # they are lines of the book, and not of the file


# ------------------------------------------------------------------ one comment


def test_a_reworded_text_is_not_taken_for_that_of_the_publisher() -> None:
    value = graph(
        bakery(), skill("a", competencyLabel={"en": "A"}, comment={"en": f"{REWORDED}\n{LINE}"})
    )
    found = the_graph(value)
    assert said(found, "a")["comp:wording"] == [str(term("comp:Reworded"))]
    assert set(said(found, "a")["ceasn:comment"]) == {REWORDED, LINE}
    assert order(found, "a") == []
    (remark,) = [r for r in taken_in(value).remarks if "ceasn:comment" in str(r)]
    assert "kept in the words of the file (this and 1 more)" in str(remark)


def test_where_some_texts_are_reworded_and_others_not_nothing_is_taken_to_be() -> None:
    both = {"en": f"{WORDING['Verbatim']}\n{REWORDED}"}
    found = the_graph(graph(bakery(), skill("a", competencyLabel={"en": "A"}, comment=both)))
    assert said(found, "a")["comp:wording"] == [str(term("comp:Verbatim"))]


@pytest.mark.parametrize("language", UNHELPFUL)
def test_an_unhelpful_behaviour_in_a_comment_is_none_to_strive_for(language: str) -> None:
    comment = {language: f"{UNHELPFUL[language]}X"}
    value = graph(bakery(), skill("a", comment=comment))
    found = the_graph(value)
    assert kind(found, "a/comment/1") == "NegativeIndicator"
    assert said(found, "a/comment/1")["comp:text"] == ["X"]
    assert node(out(found), "a")["ceasn:comment"] == comment
    assert not faults(found)


def test_an_unhelpful_behaviour_of_two_lines_is_unhelpful_in_both() -> None:
    text = f"Hot.\nUnhelpful behaviour: Shouts.\nAlways.\nUnhelpful behaviour: Burns.\n{REWORDED}"
    found = the_graph(graph(bakery(), skill("a", comment={"en": text})))
    assert [kind(found, part) for part in order(found, "a")] == ["Note", *["NegativeIndicator"] * 2]
    assert texts_of(found, "NegativeIndicator") == ["Burns.", "Shouts.\nAlways."]
    assert texts_of(found, "Note") == ["Hot."]


def test_an_unhelpful_behaviour_in_two_languages_is_one() -> None:
    comment = {"en": "Unhelpful behaviour: Shouts.", "fr": "Comportement à éviter : Crie."}
    found = the_graph(graph(bakery(), skill("a", comment=comment)))
    assert sorted(said(found, "a/comment/1")["comp:text"]) == ["Crie.", "Shouts."]
    uneven = {"en": "Unhelpful behaviour: Shouts.\nUnhelpful behaviour: Burns.",
              "fr": "Comportement à éviter : Crie."}  # fmt: skip
    found = the_graph(graph(bakery(), skill("a", comment=uneven)))
    assert len(of_kind(found, "NegativeIndicator")) == 3


def test_what_others_write_in_comments_stays_a_note_and_that_is_counted() -> None:
    texts = ["Source: The book, page 4", "Audience: Bakers", "Refers to: The law", "Asks for care."]
    value = graph(*(skill(f"a{n}", comment={"en": text}) for n, text in enumerate(texts)), bakery())
    found = the_graph(value)
    assert texts_of(found, "Note") == sorted(texts)
    (remark,) = [r for r in taken_in(value).remarks if "ceasn:comment" in str(r)]
    assert "note below what it is on (this and 3 more)" in str(remark)
    gone, _ = differences(triples(file_of(value)), triples(file_of(written(found).data)))
    assert not gone


def test_a_comment_of_others_in_a_file_of_ours_stays_as_it_is() -> None:
    text = "Serve warm.\nWith butter."
    found = the_graph(graph(bakery(), skill("a", comment={"en": f"{text}\n{LINE}"})))
    assert said(found, "a/comment/1")["comp:text"] == [text]
    losses = {loss.property for loss in written(found).losses}
    assert losses <= {"ceterms:ctid", "ceasn:inLanguage"}
