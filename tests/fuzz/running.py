"""Looking at one target for a time: round after round, each with a seed of its own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.fuzz.target import Target

KEPT = Path(__file__).resolve().parents[2] / ".fuzz"  # examples that broke a property
_ROUND = 400  # examples with one seed
_SHOWN = 6_000  # characters of what broke a property
_SHRINKING = 90.0  # seconds for making an example smaller
_PLAIN = settings(deadline=None, suppress_health_check=list(HealthCheck))


@dataclass
class Outcome:
    """How many examples were looked at, the seeds of them, and what broke the property."""

    name: str
    first: int
    last: int
    seconds: float = 0
    examples: int = 0
    error: str = ""


def look(target: Target, seconds: float, first: int, told: Callable[[int], None]) -> Outcome:
    """Look at examples of a target for a time, or until one breaks its property.

    The seeds are ``first`` and those after it; ``told`` is called with each number of examples.
    Examples that broke the property before are tried first.
    """
    found, start = Outcome(target.name, first, first), time.monotonic()
    with target.tool() as tool:
        looking = _Looking(target, tool, found, start + seconds, told)
        while not found.error and time.monotonic() < start + seconds:
            looking.round()
    if not found.error:
        shutil.rmtree(_kept(target), ignore_errors=True)  # mended, all of them
    found.seconds = time.monotonic() - start
    return found


class _Looking:
    """A target while it is looked at."""

    def __init__(
        self, target: Target, tool: Any, found: Outcome, end: float, told: Callable[[int], None]
    ) -> None:
        self._target, self._tool, self._found, self._end = target, tool, found, end
        self._told = told
        self._broke = 0.0

    def round(self) -> None:
        """Look at so many examples with one seed; note what breaks the property."""
        chosen = settings(
            _PLAIN,
            max_examples=_ROUND,
            database=DirectoryBasedExampleDatabase(_kept(self._target)),
            phases=(Phase.reuse, Phase.generate, Phase.shrink),
            report_multiple_bugs=False,
        )
        try:
            chosen(seed(self._found.last)(given(self._target.examples)(self._look_at)))()
        except Exception as error:  # noqa: BLE001 - whatever broke it, the run says so and goes on
            said = "\n".join([str(error), *getattr(error, "__notes__", ())])
            self._found.error = f"{type(error).__name__}: {said[:_SHOWN]}"
        else:
            self._found.last += 1

    def _look_at(self, example: Any) -> None:
        now = time.monotonic()
        if (self._broke and now > self._broke + _SHRINKING) or (
            not self._broke and now > self._end
        ):
            return
        self._found.examples += 1
        self._told(self._found.examples)
        try:
            self._target.check(self._tool, example)
        except BaseException:
            self._broke = self._broke or now
            raise


def look_at_few(target: Target) -> None:
    """Look at a few examples of a target, the same each time."""
    with target.tool() as tool:

        @settings(_PLAIN, max_examples=target.few, derandomize=True, database=None)
        @given(target.examples)
        def check(example: Any) -> None:
            target.check(tool, example)

        check()


def _kept(target: Target) -> Path:
    return KEPT / target.name
