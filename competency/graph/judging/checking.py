"""Running the rules over the triples of one shard, in whatever process."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from competency.graph.judging.rules import Rules
from competency.shapes import Result, validate
from competency.shapes.engine import Data


def check(triples: Iterable[ox.Triple], rules: Rules) -> tuple[Result, ...]:
    """Return what the rules find in triples, the context among them.

    Raises ShapesError and ParseError as ``validate`` does.

        check(shard.triples(), own_rules())
    """
    data = Data.of_triples(triples)
    return validate(data, shapes=rules.compiled, engine=rules.engine).results
