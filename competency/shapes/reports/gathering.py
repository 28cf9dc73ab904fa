"""Gather the results of a report: by part, and by rule where many parts have the same fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from competency.shapes.report import Report
from competency.shapes.result import Result, Severity

REPEATED = 4


@dataclass(frozen=True)
class Gathered:
    """The results of a report as they are told: ``parts`` first, then ``repeats``.

    ``parts`` has the results of each part together, the part with the worst one first; ``repeats``
    those of each rule that does not forbid, where so many parts break it that telling it of each
    of them would hide the rest.
    """

    parts: tuple[tuple[Result, ...], ...]
    repeats: tuple[tuple[Result, ...], ...]


def gather(report: Report) -> Gathered:
    """Return the results by part and by rule, each of them once.

    >>> gather(Report(()))
    Gathered(parts=(), repeats=())
    """
    rules = _by(report, lambda result: (result.severity, result.shape, result.rule))
    repeats = [same for same in rules if _repeats(same)]
    apart = {id(result) for same in repeats for result in same}
    rest = [result for result in report if id(result) not in apart]
    return Gathered(tuple(_by(rest, lambda result: result.focus)), tuple(repeats))


def _repeats(same: Sequence[Result]) -> bool:
    if same[0].severity is Severity.violation:
        return False
    return len({result.focus for result in same}) >= REPEATED


def _by(results: Iterable[Result], key: Callable[[Result], object]) -> list[tuple[Result, ...]]:
    groups: dict[object, list[Result]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return [tuple(group) for group in groups.values()]
