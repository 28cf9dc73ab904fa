"""Who answers queries for the server: this process, workers, or an endpoint elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from competency.errors import QueryRefused
from competency.formats import Format
from competency.graph import KnowledgeGraph
from competency.sparql.guard import Prepared
from competency.sparql.limits import Limits
from competency.sparql.querying import Dataset, ask
from competency.sparql.writing import Written, preview, write_answer


@dataclass(frozen=True)
class Asking:
    """A query on its way to an engine: what it sees, how its answer is written, what it may take.

    With ``rows`` only the beginning of the answer is wanted, for a page.
    """

    prepared: Prepared
    syntax: Format
    dataset: Dataset = field(default_factory=Dataset)
    seconds: float | None = None
    rows: int | None = None


def nobody_left() -> bool:
    """Say that the client is still there: for engines that are asked without one."""
    return False


class Engine(Protocol):
    """Answers queries, whole or with an error: QueryError, LimitReached, TimeReached, Busy."""

    def answer(self, asking: Asking, left: Callable[[], bool] = nobody_left) -> Written:
        """Answer a query; ``left`` says whether the client has gone, and then work stops."""

    def close(self) -> None:
        """Let go of processes and connections."""


class InProcess:
    """The engine of this process: no limit of time or memory, for one's own queries."""

    def __init__(self, graph: KnowledgeGraph, limits: Limits | None = None) -> None:
        """Answer over ``graph``."""
        self._graph, self._limits = graph, limits or Limits()

    def answer(self, asking: Asking, left: Callable[[], bool] = nobody_left) -> Written:
        """Answer a query; one that asks other servers is refused, which only workers may do."""
        if asking.prepared.services:
            raise QueryRefused("SERVICE is for a running server, which checks where it leads")
        prepared, base, most = asking.prepared, self._graph.base, self._limits.answer
        result = ask(self._graph.store, prepared, asking.dataset, base, self._graph.infer)
        if asking.rows is not None:
            return preview(result, prepared.form, asking.rows, most)
        return write_answer(result, prepared.form, asking.syntax, most)

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
