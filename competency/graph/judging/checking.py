"""Running the rules over the triples of one shard, in whatever process."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from competency.graph.judging.owning import Own
from competency.graph.judging.rules import Rules
from competency.shapes import Result, validate
from competency.shapes.engine import Data


def check(triples: Iterable[ox.Triple], rules: Rules, own: Own | None = None) -> tuple[Result, ...]:
    """Return what the rules find in triples, the context among them, about what is the shard's own.

    Without ``own`` it is about everything. Raises ShapesError and ParseError as ``validate`` does.

        check(shard.triples(), own_rules(), shard.own)
    """
    data, keep = Data.of_triples(triples), own.has if own is not None else None
    return validate(data, shapes=rules.compiled, engine=rules.engine, keep=keep).results
