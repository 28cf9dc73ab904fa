"""Putting the reports of shards together: each finding once, however many shards made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from competency.shapes import Report, Result
from competency.shapes.finding import Finding
from competency.shapes.report import make_report


class Gathered:
    """The results of shards, gathered as they come.

    >>> Gathered().report().conforms
    True
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[Result, str | None], Counter[Finding]] = {}

    def add(self, results: Iterable[Result]) -> None:
        """Add the results of one shard, of which another may have made the same."""
        for result in results:
            key = (replace(result, findings=()), result.component)
            self._found[key] = self._found.get(key, Counter()) | Counter(result.findings)

    def report(self) -> Report:
        """Return the report of all that was gathered."""
        return make_report(
            replace(result, findings=tuple(findings.elements()))
            for (result, _), findings in self._found.items()
        )
