"""``python -m tests.fuzz [--minutes N] [--seed N] [TARGET...]``: all targets, or those named."""

from __future__ import annotations

import argparse
import secrets
import sys
import time
import warnings
from collections.abc import Sequence

from hypothesis.errors import HypothesisWarning

from tests.fuzz.running import KEPT, Outcome, look
from tests.fuzz.schemas import disagreements
from tests.fuzz.targets import TARGETS

_MINUTES = 10.0
_OPENAPI = {"openapi": False, "openapi-with-token": True}  # by schemathesis
_OPENAPI_SHARE = 2.0
_NAMES = (*(one.name for one in TARGETS), *_OPENAPI)


def main(words: Sequence[str] | None = None) -> int:
    """Look at the targets in turn; 1 where a property was broken."""
    asked = _asked(words)
    warnings.simplefilter("ignore", HypothesisWarning)  # of examples that are long to print
    names = [name for name in _NAMES if not asked.targets or name in asked.targets]
    number = secrets.randbelow(1_000_000) if asked.seed is None else asked.seed
    shares = {one.name: one.share for one in TARGETS} | dict.fromkeys(_OPENAPI, _OPENAPI_SHARE)
    second = 60 * asked.minutes / sum(shares[name] for name in names)
    outcomes = []
    for name in names:
        outcomes.append(_looked_at(name, second * shares[name], number))
        _tell(outcomes[-1])
    examples, broken = sum(one.examples for one in outcomes), [one for one in outcomes if one.error]
    took = sum(one.seconds for one in outcomes) / 60
    print(f"{examples:,} examples of {len(outcomes)} targets in {took:.1f} minutes, ", end="")
    print(f"{len(broken)} broken" if broken else "none broken")
    return 1 if broken else 0


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="all of them if none is named")
    parser.add_argument("--minutes", type=float, default=_MINUTES, help="in all")
    parser.add_argument("--seed", type=int, help="the first of each target, to see a run again")
    asked = parser.parse_args(words)
    if unknown := {*asked.targets} - {*_NAMES}:
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(_NAMES)}")
    return asked


def _looked_at(name: str, seconds: float, number: int) -> Outcome:
    if name not in _OPENAPI:
        target = next(one for one in TARGETS if one.name == name)
        return look(target, seconds, number, _Line(name))
    started = time.monotonic()
    requests, error = disagreements(seconds, number, token=_OPENAPI[name])
    return Outcome(name, number, number, time.monotonic() - started, requests, error)


class _Line:
    """The line of a target on a terminal while it is looked at."""

    def __init__(self, name: str) -> None:
        self._name, self._told = name, 0.0

    def __call__(self, examples: int) -> None:
        if sys.stderr.isatty() and time.monotonic() > self._told + 0.2:
            self._told = time.monotonic()
            print(f"\r{self._name}: {examples:,} ", end="", file=sys.stderr, flush=True)


def _tell(found: Outcome) -> None:
    seeds = f"seeds {found.first} to {found.last}"
    print(
        f"\r{found.name}: {found.examples:,} examples in {found.seconds:.0f} s, {seeds}",
        "BROKEN" if found.error else "",
        flush=True,
    )
    if found.error:
        print(found.error)
        print(f"It is kept in {KEPT.name}/ and tried first the next time; or give it again with")
        print(f"    python -m tests.fuzz --seed {found.last} {found.name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
