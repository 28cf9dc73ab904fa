"""The W3C tests of query, update, syntax and results: what passes in process passes over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest

from tests.w3c import comparing
from tests.w3c.client import Endpoint
from tests.w3c.engines import Engine, InProcess, OverHttp, Refusal
from tests.w3c.manifests import NO_SUITE, Entry, entries, folders, suite

pytestmark = pytest.mark.slow

place = suite()

# Our server reads no address that a request names. These are answered 403 for that, and only
# these; they are not run in process either, where they would go out to the network.
_LOAD = "LOAD would read an address"
_SERVICE = "SERVICE would ask another server"
REFUSED = {
    "syntax-fed/test_1": _SERVICE,
    "syntax-fed/test_2": _SERVICE,
    "syntax-fed/test_3": _SERVICE,
    "syntax-update-1/test_1": _LOAD,
    "syntax-update-1/test_2": _LOAD,
    "syntax-update-1/test_3": _LOAD,
    "syntax-update-1/test_4": _LOAD,
    "syntax-update-1/test_37": _LOAD,
    "update-silent/load-silent": _LOAD,
    "update-silent/load-into-silent": _LOAD,
}
# Good syntax that cannot be run on an empty dataset: an error, but none about the text.
CANNOT_RUN = {
    "syntax-query/test_4": "there is no such function",
    "syntax-update-1/test_8": "there is no such graph to drop",
    "syntax-update-1/test_18": "there is no such graph to clear",
}
# What the engine passed in process when this was written. There are 498 tests; 10 are refused
# and 10 fail: GRAPH ?g around aggregates, VALUES and MINUS (3), paths of length zero from a node
# that is in no triple (4), GROUP_CONCAT (2) and the scope of BNODE (1).
FLOOR = 478


class Verdict(NamedTuple):
    """Why a test failed, or nothing; and the status of the answer that ended it."""

    failure: str
    status: int = 200


@pytest.mark.parametrize("folder", folders(place) if place else [NO_SUITE])
def test_what_passes_in_process_passes_over_http(folder: str, endpoint: Endpoint) -> None:
    server = OverHttp(endpoint)
    found = {
        entry.key: verdict(server, entry)
        for entry in _entries(folder)
        if endpoint.ours or entry.key not in REFUSED
    }
    floor = {entry.key for entry in _entries(folder) if passes_in_process(entry)}
    lost = [f"{key}: {found[key].failure}" for key in sorted(floor) if found[key].failure]
    assert not lost, "\n".join(["pass in process and fail over HTTP:", *lost])
    assert {key for key in found if found[key].status == 403} == REFUSED.keys() & found.keys()
    crashed = {key: one.failure for key, one in found.items() if one.status >= 500}
    assert not crashed or not endpoint.ours


@pytest.mark.skipif(not place, reason="no folder ../shared with the W3C tests here")
def test_the_floor_is_what_the_engine_was_measured_to_pass() -> None:
    assert place
    every = [entry for folder in folders(place) for entry in _entries(folder)]
    assert len([entry for entry in every if passes_in_process(entry)]) >= FLOOR


def _entries(folder: str) -> tuple[Entry, ...]:
    """Return the tests of a folder, those on one dataset together: it is written once."""
    assert place
    return tuple(sorted(entries(place, folder), key=lambda entry: str(entry.before)))


@cache
def passes_in_process(entry: Entry) -> bool:
    """Whether the engine passes a test in this process, with the same comparison."""
    return entry.key not in REFUSED and not verdict(InProcess(), entry).failure


def verdict(engine: Engine, entry: Entry) -> Verdict:
    """Run a test and say what is wrong, if anything."""
    try:
        return Verdict(JUDGES[entry.kind](engine, entry))
    except Refusal as refusal:
        excused = entry.key in CANNOT_RUN and refusal.read_well
        return Verdict("" if excused else f"answered {refusal}", refusal.status)
    except (SyntaxError, ValueError) as error:
        return Verdict(f"unreadable answer: {error}")


def _query(engine: Engine, entry: Entry) -> str:
    assert entry.result
    engine.load(comparing.read(entry.before))
    media, body = engine.query(entry.text, comparing.accept(entry.result))
    return comparing.differ(comparing.expected(entry.result), comparing.outcome(media, body))


def _update(engine: Engine, entry: Entry) -> str:
    engine.load(comparing.read(entry.before))
    engine.update(entry.text)
    return comparing.datasets_differ(comparing.read(entry.after), engine.dump())


def _good_query(engine: Engine, entry: Entry) -> str:
    engine.load({})
    engine.query(entry.raw, "*/*", entry.base)
    return ""


def _good_update(engine: Engine, entry: Entry) -> str:
    engine.load({})
    engine.update(entry.raw, entry.base)
    return ""


def _bad_query(engine: Engine, entry: Entry) -> str:
    engine.load({})
    return _refused(lambda: engine.query(entry.raw, "*/*", entry.base))


def _bad_update(engine: Engine, entry: Entry) -> str:
    engine.load({})
    return _refused(lambda: engine.update(entry.raw, entry.base))


def _refused(run: Callable[[], object]) -> str:
    """Say what is wrong unless the request is refused: 400, or 403 before anybody parses it."""
    try:
        run()
    except Refusal as refusal:
        return "" if refusal.status in (400, 403) else f"expected 400, answered {refusal}"
    return "expected 400, was accepted"


JUDGES = {
    "QueryEvaluationTest": _query,
    "CSVResultFormatTest": _query,
    "UpdateEvaluationTest": _update,
    "PositiveSyntaxTest11": _good_query,
    "NegativeSyntaxTest11": _bad_query,
    "PositiveUpdateSyntaxTest11": _good_update,
    "NegativeUpdateSyntaxTest11": _bad_update,
}
