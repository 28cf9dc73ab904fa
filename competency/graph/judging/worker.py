"""A process that judges shards for another one, which ends when that one does.

    python -m competency.graph.judging.worker

It reads the engine, the targets and the shapes first and then, again and again, the N-Triples of
a shard's graphs and those of its context; it answers each with ``+`` and the results, or with
``-`` and the error, as JSON. A shard without graphs is that of the nodes that shapes name.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import IO

import pyoxigraph as ox

from competency.errors import CompetencyError, to_record
from competency.graph.judging.checking import check
from competency.graph.judging.owning import Targets
from competency.graph.judging.records import dump_results
from competency.graph.judging.rules import Rules, read_rules
from competency.graph.judging.wire import receive, send

_NTRIPLES = ox.RdfFormat.N_TRIPLES


def work(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Judge what comes until nothing more does."""
    engine, targets, shapes = receive(asked), receive(asked), receive(asked)
    if engine is None or targets is None or shapes is None:
        return
    rules, known = read_rules(shapes, engine.decode()), Targets.from_json(targets)
    while (own := receive(asked)) is not None and (context := receive(asked)) is not None:
        send(answers, answer(own, context, rules, known))


def answer(own: bytes, context: bytes, rules: Rules, targets: Targets) -> bytes:
    """Return the answer to one shard: ``+`` and its results, or ``-`` and the error."""
    try:
        triples, more = ([q.triple for q in ox.parse(t, format=_NTRIPLES)] for t in (own, context))
        kept = targets.own(triples) if triples else targets.named()
        return b"+" + dump_results(check((*triples, *more), rules, kept))
    except CompetencyError as error:
        return b"-" + json.dumps(to_record(error)).encode()


def main() -> None:
    """Work for whoever holds the other ends of standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started it decides
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no answer
    work(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
