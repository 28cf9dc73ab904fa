"""The memory of a site: bounded in bytes, whoever keeps something in it."""

from __future__ import annotations

from competency.server.memory import OVERHEAD, Memory


def test_it_is_bounded_in_bytes_and_the_oldest_go_first() -> None:
    memory = Memory(100_000)
    for number in range(100):
        memory.keep(number, b"x", 4_000)
        assert memory.held <= 100_000
    kept = [number for number in range(100) if memory.get(number)]
    assert kept == list(range(100 - len(kept), 100))
    assert len(kept) == 100_000 // (4_000 + OVERHEAD)


def test_what_is_asked_for_stays() -> None:
    memory = Memory(20_000)
    memory.keep("asked", b"x", 2_000)
    for number in range(20):
        assert memory.get("asked") == b"x"
        memory.keep(number, b"x", 2_000)
    assert memory.get("asked") == b"x"
    assert memory.get(0) is None


def test_what_is_large_is_not_kept() -> None:
    memory = Memory(100_000)
    memory.keep("large", b"x", 30_000)
    assert memory.get("large") is None
    assert memory.held == 0


def test_a_memory_of_nothing_keeps_nothing() -> None:
    memory = Memory(0)
    memory.keep("empty", b"", 0)
    assert memory.get("empty") is None


def test_a_value_that_takes_the_place_of_another_is_counted_once() -> None:
    memory = Memory(100_000)
    for size in (5_000, 7_000, 3_000):
        memory.keep("key", b"x", size)
        assert memory.held == size + OVERHEAD


def test_a_value_that_grows_makes_others_go() -> None:
    memory, first, last = Memory(10_000), object(), object()
    memory.keep("first", first, 1_000)
    memory.keep("last", last, 1_000)
    memory.grow("last", last, 7_000)
    assert (memory.get("first"), memory.get("last")) == (None, last)
    assert memory.held == 8_000 + OVERHEAD


def test_what_is_not_kept_any_more_does_not_grow() -> None:
    memory, value = Memory(10_000), object()
    memory.grow("key", value, 500)
    memory.keep("key", object(), 1_000)
    memory.grow("key", value, 500)
    assert memory.held == 1_000 + OVERHEAD


def test_nothing_is_held_once_everything_is_forgotten() -> None:
    memory = Memory(10_000)
    memory.keep("key", b"x", 1_000)
    memory.clear()
    assert (memory.get("key"), memory.held) == (None, 0)
