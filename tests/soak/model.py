"""What must be so: every write that was sent, every edition that was seen, every flip between them.

The server is not asked what it holds. A write is noted before it is sent and again when its answer
is there. A witness (``witness.py``) reads each edition from the disk; its content has to be that
of its parent with exactly one write on top. Which edition a reader may see follows from the times
of the flips: the one that was current when its request began, or any later one.
"""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.soak.content import State

COUNTER, BY = "counter", "by"  # a graph of a number that updates add one to, and of the last one
_RECENT = 200  # flips that are looked at for one answer
Change = Mapping[str, int | None]  # the new version of each name; None where it is taken out


@dataclass
class Write:
    """A write that was sent: what it changes, from when to when, and how it ended.

    ``ended`` is infinite until the answer is there; ``edition`` is what a success named. ``fate``
    is ``in`` after a success, ``out`` where the answer says that nothing has changed, and
    ``unknown`` while, or because, nobody can say.
    """

    what: str
    change: Change
    began: float
    ended: float = math.inf
    fate: str = "unknown"
    edition: str = ""
    used: bool = False

    def apply(self, before: State) -> State:
        """Return the state that the write makes of another; one more, for the counter."""
        after = dict(before)
        for name, version in self.change.items():
            if version is None:
                after.pop(name, None)
            else:
                after[name] = after.get(name, 0) + 1 if name == COUNTER else version
        return after


@dataclass(frozen=True)
class Flip:
    """A move of the pointer to an edition, at some moment between two."""

    edition: str
    earliest: float
    latest: float
    publishes: bool


@dataclass
class Ledger:
    """Writes, editions and flips; for any number of threads."""

    writes: list[Write] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    made_by: dict[str, Write] = field(default_factory=dict)
    rollbacks: list[Flip] = field(default_factory=list)
    rolling: float = math.inf  # since when a rollback is under way, whose target is not known yet
    wrong: list[str] = field(default_factory=list)
    _open: list[Write] = field(default_factory=list)
    _versions: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def version(self) -> int:
        """Return a version that no framework had before."""
        with self._lock:
            return next(self._versions)

    def begin(self, what: str, change: Change, now: float) -> Write:
        """Note a write that is about to be sent."""
        with self._lock:
            write = Write(what, change, now)
            self.writes.append(write)
            self._open.append(write)
            return write

    def end(self, write: Write, fate: str, now: float, edition: str = "") -> None:
        """Note how a write ended; see :class:`Write`."""
        with self._lock:
            write.fate, write.edition = fate, edition
            write.ended = now if fate != "unknown" else math.inf

    def roll_back(self, edition: str, began: float, ended: float) -> None:
        """Note a rollback; until then :attr:`rolling` has said since when it was under way."""
        with self._lock:
            self.rollbacks.append(Flip(edition, began, ended, False))

    def see(self, edition: str, parent: str | None, state: State) -> None:
        """Note an edition as it lies on the disk, and find the write that it comes from."""
        with self._lock:
            self.states[edition], self.parents[edition] = state, parent
            if parent is not None and parent not in self.states:
                self.wrong.append(f"edition {edition}: its parent {parent} was never seen")
                return
            before = self.states.get(parent or "", {})
            write = self._maker(edition, before, state)
            if write is None:
                self.wrong.append(f"edition {edition}: {_told(before, state)}: no write sent that")
                return
            write.used = True
            self._open.remove(write)
            self.made_by[edition] = write

    def _maker(self, edition: str, before: State, state: State) -> Write | None:
        """Return the write that makes an edition of its parent: one that was told so, if any."""
        fits = [write for write in self._open if write.apply(before) == state]
        told = [write for write in fits if write.edition == edition]
        free = [write for write in fits if write.fate == "unknown"]
        return next(iter(told + free), None)

    def settled(self) -> int:
        """Return how many editions have a write that they come from."""
        return len(self.made_by)

    def flips(self) -> list[Flip]:
        """Return the flips that there were, or may have been, each with its span."""
        with self._lock:
            made = sorted(self.made_by.items())[-_RECENT:]
            rollbacks = self.rollbacks[-_RECENT:]
        found, latest = [], math.inf
        for edition, write in reversed(made):
            latest = min(latest, write.ended)
            found.append(Flip(edition, write.began, latest, True))
        return found[::-1] + rollbacks

    def visible(self, began: float, ended: float) -> list[tuple[str, State]]:
        """Return the editions that a request of this span may have been answered from.

        These are all that were published before it ended, but for those that another one had
        surely taken the place of before it began.
        """
        flips = self.flips()
        done = [flip for flip in flips if flip.latest <= began]
        last = max((flip.edition for flip in done if flip.publishes), default="")
        moved = max((flip.earliest for flip in done), default=-math.inf)
        back = max((flip.earliest for flip in done if not flip.publishes), default=-math.inf)

        def replaced(flip: Flip) -> bool:
            """Editions count up as they are published; else only the times tell what came first."""
            if flip.publishes:
                return flip.edition < last or flip.latest < back
            return flip.latest < moved

        may = {flip.edition for flip in flips if flip.earliest <= ended and not replaced(flip)}
        return sorted((edition, self.states[edition]) for edition in may)

    def check(self) -> list[str]:
        """Return what is wrong with the whole history, once nothing is under way any more."""
        return [*self.wrong, *self._lost(), *self._gaps()]

    def _lost(self) -> list[str]:
        """Return the writes that were promised and are nowhere, or are there although refused."""
        found = []
        made = {id(write): edition for edition, write in self.made_by.items()}
        for write in self.writes:
            edition = made.get(id(write))
            if write.fate == "in" and edition != write.edition and not self._same_as(write):
                found.append(f"lost: {write.what} was answered with edition {write.edition}")
            if write.fate == "out" and edition is not None:
                found.append(f"refused, and yet in edition {edition}: {write.what}")
        return found

    def _same_as(self, write: Write) -> bool:
        """Say whether a write changed nothing, so that the edition that was there is its answer."""
        state = self.states.get(write.edition)
        return state is not None and COUNTER not in write.change and write.apply(state) == state

    def _gaps(self) -> list[str]:
        """Return the editions whose parent is not what was published before them."""
        found, names = [], sorted(self.states)
        for before, edition in itertools.pairwise(names):
            parent = self.parents[edition]
            if int(edition) != int(before) + 1:
                found.append(f"between {before} and {edition} editions went unseen or are missing")
            if parent != before and not self._explained(before, edition, parent or ""):
                found.append(f"lost: edition {before}; the next, {edition}, stands on {parent}")
        return found

    def _explained(self, before: str, edition: str, parent: str) -> bool:
        """Say why an edition need not stand on the one before it: a rollback, or no flip."""
        spans = {flip.edition: flip for flip in self.flips_of_all()}
        first, last = spans.get(before), spans.get(edition)
        if first is None or last is None:
            return False
        rolled = any(
            flip.edition == parent
            and flip.latest >= first.earliest
            and flip.earliest <= last.latest
            for flip in self.rollbacks
        )
        never = self.made_by[before].fate == "unknown"
        return rolled or (never and self._explained_without(before, parent))

    def _explained_without(self, before: str, parent: str) -> bool:
        """Say whether an edition stands on what ``before`` stood on, which was never published."""
        return self.parents[before] == parent

    def flips_of_all(self) -> list[Flip]:
        """Return the span of every publication."""
        return [Flip(name, w.began, w.ended, True) for name, w in sorted(self.made_by.items())]


def _told(before: State, after: State) -> str:
    """Return in words what differs between two states."""
    names = sorted({*before, *after})
    return (
        ", ".join(
            f"{name} {before.get(name)} -> {after.get(name)}"
            for name in names
            if before.get(name) != after.get(name)
        )
        or "nothing differs from its parent"
    )
