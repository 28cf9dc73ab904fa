"""A process that judges shards for another one, which ends when that one does.

    python -m competency.graph.judging.worker

It reads the engine and the shapes first and then, again and again, the N-Triples of a shard; it
answers each with ``+`` and the results, or with ``-`` and the error, as JSON.
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
from competency.graph.judging.records import dump_results
from competency.graph.judging.rules import Rules, read_rules
from competency.graph.judging.wire import receive, send

_NTRIPLES = ox.RdfFormat.N_TRIPLES


def work(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Judge what comes until nothing more does."""
    engine, shapes = receive(asked), receive(asked)
    if engine is None or shapes is None:
        return
    rules = read_rules(shapes, engine.decode())
    while (shard := receive(asked)) is not None:
        send(answers, answer(shard, rules))


def answer(shard: bytes, rules: Rules) -> bytes:
    """Return the answer to one shard: ``+`` and its results, or ``-`` and the error."""
    try:
        triples = (quad.triple for quad in ox.parse(shard, format=_NTRIPLES))
        return b"+" + dump_results(check(triples, rules))
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
