"""What changed with a framework in words: added, removed, moved, reworded, and all else."""

from __future__ import annotations

import pytest

from competency.graph import NamedGraph
from competency.graph.editions import Changes, changes_between, compare_words
from competency.graph.editions.changes import ThingChange
from competency.ontology import COMP
from tests.baking import FIRST, IRI, SECOND, THIRD, graph_of, part


def named(turtle: str) -> NamedGraph:
    return next(iter(graph_of(turtle).graphs()))


def between(one: str, other: str) -> Changes:
    return changes_between(named(one), named(other))


def change(changes: Changes, path: str) -> ThingChange:
    return next(item for item in changes.things if item.iri == f"{IRI}/{path}")


def test_each_part_that_changed_is_told_once_in_the_order_of_the_framework() -> None:
    changes = between(FIRST, SECOND)
    assert [(item.iri.removeprefix(IRI), item.sorts) for item in changes.things] == [
        ("/1/3", ("moved",)),
        ("/1/1", ("reworded",)),
        ("/1/2", ("changed",)),
        ("/2/1", ("added",)),
    ]
    assert changes.counts == {"added": 1, "removed": 0, "moved": 1, "reworded": 1, "changed": 1}


def test_a_part_that_is_gone_stands_where_it_was() -> None:
    changes = between(SECOND, THIRD)
    assert [item.iri.removeprefix(IRI) for item in changes.things] == ["/1/2", "/1/4", "/2/1"]
    assert change(changes, "1/2").sorts == ("removed",)
    assert change(changes, "1/2").titles[0].text == "Thanks them"


def test_a_code_that_is_another_is_a_change_of_the_part_that_has_it() -> None:
    (code,) = change(between(FIRST, SECOND), "1/2").properties
    assert code.iri == str(COMP.code)
    assert ([said.text for said in code.removed], [said.text for said in code.added]) == (
        ["B12"],
        ["B13"],
    )


def test_blank_nodes_that_are_only_numbered_anew_are_no_change() -> None:
    renamed = FIRST.replace("[ skos:notation", "[ comp:x [] ; skos:notation").replace(
        "comp:x [] ; ", ""
    )
    earlier = part("0", 0, "x", more='; comp:code [ skos:notation "A" ]')
    changes = between(FIRST, renamed + earlier)
    assert [item.iri.removeprefix(IRI) for item in changes.things] == ["/0"]


def test_only_what_passed_others_has_moved() -> None:
    moved = change(between(FIRST, SECOND), "1/3")
    assert moved.before is not None
    assert (moved.before.position, moved.place.position) == ("3", "1")
    inserted = FIRST.replace("comp:position 3", "comp:position 4").replace(
        "comp:position 2", "comp:position 3"
    )
    changes = between(FIRST, inserted + part("1/9", 2, "New"))
    assert changes.counts["added"] == 1 and changes.counts["moved"] == 0


def test_a_part_under_another_one_has_moved_there() -> None:
    under = FIRST.replace(
        f"<{IRI}/1/3> a comp:PositiveIndicator ; comp:inFramework <{IRI}> ; comp:partOf <{IRI}/1>",
        f"<{IRI}/1/3> a comp:PositiveIndicator ; comp:inFramework <{IRI}> ; comp:partOf <{IRI}/2>",
    )
    moved = change(between(FIRST, under), "1/3")
    assert moved.sorts == ("moved",) and moved.before is not None
    assert moved.before.above[-1][0] == f"{IRI}/1" and moved.place.above[-1][0] == f"{IRI}/2"
    assert moved.is_under(f"{IRI}/1") and moved.is_under(f"{IRI}/2")


def test_what_comes_with_all_that_is_below_it_is_told_as_one() -> None:
    new = part("3", 3, "Oven", kind="Group") + part("3/1", 1, "Heats") + part("3/1/1", 1, "Slowly")
    (found,) = between(FIRST, FIRST + new).things
    assert found.iri == f"{IRI}/3" and [item.iri for item in found.below] == [
        f"{IRI}/3/1",
        f"{IRI}/3/1/1",
    ]
    (gone,) = between(FIRST + new, FIRST).things
    assert gone.sorts == ("removed",) and len(gone.below) == 2


def test_words_that_went_to_the_next_place_are_followed() -> None:
    one = FIRST + part("2/1", 1, "Kneads") + part("2/2", 2, "Rests")
    other = FIRST + part("2/1", 1, "Weighs") + part("2/2", 2, "Kneads") + part("2/3", 3, "Rests")
    changes = between(one, other)
    assert change(changes, "2/1").words_now_at == f"{IRI}/2/2"
    assert change(changes, "2/2").words_now_at == f"{IRI}/2/3"


def test_a_translation_that_is_new_rewords_nothing() -> None:
    translated = FIRST.replace('"Listens"@en', '"Listens"@en, "Écoute"@fr')
    (found,) = between(FIRST, translated).things
    assert found.sorts == ("changed",) and found.properties[0].added[0].lang == "fr"


def test_one_part_can_be_looked_at_alone() -> None:
    changes = between(FIRST, SECOND).under(f"{IRI}/2")
    assert [item.iri.removeprefix(IRI) for item in changes.things] == ["/2/1"]
    assert changes.counts["added"] == 1 and changes.counts["moved"] == 0
    assert not between(FIRST, SECOND).under("urn:other")


def test_nothing_changed_and_whole_frameworks() -> None:
    assert not between(FIRST, FIRST)
    (whole,) = changes_between(None, named(FIRST)).things
    assert whole.iri == IRI and whole.sorts == ("added",) and len(whole.below) == 5
    assert changes_between(named(FIRST), None).counts["removed"] == 6
    assert not changes_between(None, None)


def test_circles_and_broken_positions_end() -> None:
    circle = FIRST + f"<{IRI}/1> comp:partOf <{IRI}/1/1> . <{IRI}/1/1> comp:position 'x' ."
    assert between(FIRST, circle) and between(circle, FIRST)


def test_numbers_alone_are_counted_and_not_told() -> None:
    changes = between(FIRST, FIRST.replace("comp:position 3", "comp:position 7"))
    assert not changes and (changes.added, changes.removed) == (1, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Asks customers", "Asks visitors and staff"),
        ("", "All new"),
        ("All gone", ""),
        ("  a b", "a  b "),
        ("提供優質客戶服務", "提供良好客戶服務"),
        ("a " * 5000, "b " * 5000),
        ("same " * 400, "same " * 300),
    ],
)
def test_the_words_that_stayed_and_came_are_the_new_text(old: str, new: str) -> None:
    found = compare_words(old, new)
    assert "".join(item.text for item in found if item.sort != "removed") == new
    before = "".join(item.text for item in found if item.sort != "added")
    assert before.split() == old.split()
