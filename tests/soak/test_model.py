"""The reckoning finds what it is there to find: stale, mixed, lost, refused, half."""

from __future__ import annotations

import math

import pytest

from tests.soak.content import State
from tests.soak.model import BY, COUNTER, Change, Ledger


def told(ledger: Ledger, edition: str, change: Change, span: tuple[float, float]) -> None:
    """Note a write that was answered with an edition."""
    write = ledger.begin(f"write {edition}", change, span[0])
    ledger.end(write, "in", span[1], edition)


@pytest.fixture
def ledger() -> Ledger:
    """Return one with two editions: the second was published between the moments 10 and 12."""
    ledger = Ledger()
    told(ledger, "000001", {"a": 1, "b": 1}, (0, 2))
    ledger.see("000001", None, {"a": 1, "b": 1})
    told(ledger, "000002", {"a": 2}, (10, 12))
    ledger.see("000002", "000001", {"a": 2, "b": 1})
    return ledger


def seen(ledger: Ledger, began: float, ended: float) -> list[str]:
    return [edition for edition, _ in ledger.visible(began, ended)]


def test_a_reader_sees_what_was_published_when_it_asked_or_later(ledger: Ledger) -> None:
    assert seen(ledger, 5, 9) == ["000001"]
    assert seen(ledger, 5, 11) == ["000001", "000002"]
    assert seen(ledger, 13, 14) == ["000002"]
    assert ledger.check() == []


def test_after_a_rollback_a_reader_sees_the_older_edition_again(ledger: Ledger) -> None:
    ledger.roll_back("000001", 20, 22)
    assert seen(ledger, 21, 23) == ["000001", "000002"]
    assert seen(ledger, 23, 24) == ["000001"]
    told(ledger, "000003", {"b": 3}, (30, 32))
    ledger.see("000003", "000001", {"a": 1, "b": 3})
    assert seen(ledger, 33, 34) == ["000003"]
    assert ledger.check() == []


def test_an_edition_that_does_not_stand_on_the_one_before_it_has_lost_a_publication(
    ledger: Ledger,
) -> None:
    told(ledger, "000003", {"b": 3}, (30, 32))
    ledger.see("000003", "000001", {"a": 1, "b": 3})
    assert ledger.check() == ["lost: edition 000002; the next, 000003, stands on 000001"]


def test_what_was_promised_and_is_nowhere_is_lost(ledger: Ledger) -> None:
    told(ledger, "000003", {"b": 3}, (30, 32))
    assert ledger.check() == ["lost: write 000003 was answered with edition 000003"]


@pytest.mark.parametrize(
    ("fate", "state", "says"),
    [
        ("unknown", {"a": 2, "b": 3, "c": 3}, []),
        ("unknown", {"a": 2, "b": 3}, ["edition 000003: b 1 -> 3: no write sent that"]),
        ("out", {"a": 2, "b": 3, "c": 3},
         ["edition 000003: b 1 -> 3, c None -> 3: no write sent that"]),
    ],
)  # fmt: skip
def test_a_write_is_there_in_full_or_not_at_all_and_not_once_it_was_refused(
    ledger: Ledger, fate: str, state: State, says: list[str]
) -> None:
    write = ledger.begin("both", {"b": 3, "c": 3}, 30)
    ledger.end(write, fate, 32)
    ledger.see("000003", "000002", state)
    assert ledger.check() == says


def test_a_write_that_is_seen_before_it_is_refused_is_told_in_the_end(ledger: Ledger) -> None:
    write = ledger.begin("hasty", {"b": 3}, 30)
    ledger.see("000003", "000002", {"a": 2, "b": 3})
    ledger.end(write, "out", 40)
    assert ledger.check() == ["refused, and yet in edition 000003: hasty"]


def test_a_write_whose_client_vanished_may_be_there_or_not_until_the_next_one(
    ledger: Ledger,
) -> None:
    write = ledger.begin("vanished", {"b": 3}, 30)
    ledger.end(write, "unknown", 31)
    ledger.see("000003", "000002", {"a": 2, "b": 3})
    assert seen(ledger, 50, 51) == ["000002", "000003"]
    told(ledger, "000004", {"a": 4}, (60, 62))
    ledger.see("000004", "000002", {"a": 4, "b": 1})
    assert seen(ledger, 63, 64) == ["000004"]
    assert ledger.check() == []


def test_two_that_add_one_to_a_number_at_once_must_both_count(ledger: Ledger) -> None:
    for by, span in ((7, (30.0, 35.0)), (8, (31.0, 36.0))):
        told(ledger, f"00000{by - 4}", {COUNTER: 0, BY: by}, span)
    ledger.see("000003", "000002", {"a": 2, "b": 1, COUNTER: 1, BY: 7})
    ledger.see("000004", "000003", {"a": 2, "b": 1, COUNTER: 1, BY: 8})
    assert ledger.check()[0] == "edition 000004: by 7 -> 8: no write sent that"


def test_an_edition_that_nobody_saw_is_told(ledger: Ledger) -> None:
    told(ledger, "000004", {"b": 4}, (30, math.inf))
    ledger.see("000004", "000002", {"a": 2, "b": 4})
    assert ledger.check() == ["between 000002 and 000004 editions went unseen or are missing"]
