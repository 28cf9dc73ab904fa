"""What a target is: inputs, a property of each of them, and what it needs to be looked at."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.child import Child


@dataclass(frozen=True)
class Target:
    """A property that holds for all ``examples``: ``check(tool, example)`` raises where it fails.

    ``tool`` is what ``tool()`` gives, made once for many examples: a child process, a server.
    ``few`` is how many examples the slow tests look at, ``share`` how much of the time of a long
    run this target gets.
    """

    name: str
    check: Callable[[Any, Any], None]
    examples: st.SearchStrategy[Any]
    tool: Callable[[], AbstractContextManager[Any]] = nullcontext
    few: int = 20
    share: float = 1.0


def working(job: str) -> Callable[[], AbstractContextManager[Child]]:
    """Return the tool of a target whose work is done by a function in a child process."""
    return lambda: contextlib.closing(Child(job))
