"""The engine of the server: queries go to the workers of one edition, documents as well."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from competency.errors import ParseError, QueryError, QueryRefused
from competency.formats import Format
from competency.graph.store import OX_FORMATS
from competency.sparql.engine import Asking, nobody_left
from competency.sparql.guard import rewrite_services
from competency.sparql.relay import Relay
from competency.sparql.workers.pool import Pool
from competency.sparql.writing import Written


class Pooled:
    """Answers queries with the workers of a pool; those with SERVICE by way of a relay."""

    def __init__(self, pool: Pool, relay: Relay | None = None) -> None:
        """Answer with ``pool``; without a relay no other endpoint is asked."""
        self.pool, self._relay = pool, relay

    def answer(self, asking: Asking, left: Callable[[], bool] = nobody_left) -> Written:
        """Answer a query in a worker, within its limits.

        Raises QueryError, LimitReached, and EndpointError where an endpoint does not answer.
        """
        prepared = asking.prepared
        if not prepared.services:
            return self._run(asking, prepared.text, left)
        if self._relay is None:
            raise QueryRefused("SERVICE would ask another server, which is not allowed here")
        with self._relay.routes() as route:
            text = rewrite_services(prepared, route).text
            try:
                return self._run(asking, text, left, network=True)
            except QueryRefused:
                raise
            except QueryError as error:
                if error.line is None:
                    named = ", ".join(prepared.services)
                    reason = str(error).removeprefix("query: ")
                    reason += f"; this may be about the answer of {named}"
                    raise QueryError(reason) from error
        return self._run(asking, prepared.text, left)  # for the place in the text as it was typed

    def _run(
        self, asking: Asking, text: str, left: Callable[[], bool], *, network: bool = False
    ) -> Written:
        prepared, dataset, limits = asking.prepared, asking.dataset, self.pool.limits
        head = {
            "job": "query",
            "form": prepared.form,
            "has_dataset": prepared.has_dataset,
            "default": dataset.default_graphs,
            "named": dataset.named_graphs,
            "union": dataset.union,
            "rows": asking.rows,
            "most": limits.answer,
            "syntax": asking.syntax.name,
            "from": (prepared.default_graphs, prepared.named_graphs, prepared.inferred),
        }
        seconds = limits.clamp(asking.seconds)
        told, data = self.pool.run(head, text.encode(), seconds=seconds, left=left, network=network)
        return Written(data, told["total"])

    def read(self, data: bytes, syntax: Format, source: str, base: str) -> list[ox.Quad]:
        """Parse a stranger's document in a worker, where it can do no harm; ParseError."""
        head = {"job": "read", "syntax": syntax.name, "source": source, "base": base}
        _, plain = self.pool.run(head, data, seconds=self.pool.limits.most_seconds)
        try:
            return list(ox.parse(plain, format=OX_FORMATS["nquads"]))
        except SyntaxError as error:
            raise ParseError(source, "holds what N-Quads cannot say") from error

    def close(self) -> None:
        """End the workers, those at once that have nothing to do."""
        self.pool.close()
