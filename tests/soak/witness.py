"""A witness who reads each edition from the disk, before it is pruned, and judges the answers.

An answer is judged some time after it came: once a look at the disk that began after it has ended,
every edition that it may come from is known.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from tests.soak.content import LINKS, NAMES, State, canonical, facts_of, iri_of
from tests.soak.model import BY, COUNTER, Ledger

PAUSE = 0.25
COUNTER_IRI = "urn:soak:counter"
_GRAPHS = {iri_of(name): name for name in (*NAMES, LINKS)} | {COUNTER_IRI: COUNTER}
_VERSION = re.compile(r'versionInfo> "(\d+)"')
_COUNT = re.compile(r'soak:count> "(\d+)"')
_BY = re.compile(r'soak:by> "(\d+)"')


@dataclass(frozen=True)
class Claim:
    """An answer that waits to be judged: ``fault`` says what is wrong with it under a state."""

    began: float
    ended: float
    request: str
    fault: Callable[[State], str | None]
    edition: str | None = None  # where the request names it


class Witness(threading.Thread):
    """Looks at the editions of a data directory until it is told to stop."""

    def __init__(self, place: Path, ledger: Ledger) -> None:
        """Watch ``place``; what is wrong goes to :attr:`wrong`."""
        super().__init__(daemon=True)
        self._place, self._ledger = place, ledger
        self._claims: deque[Claim] = deque()
        self._stop_now = threading.Event()
        self._read_before: dict[tuple[str, str], tuple[State, str | None]] = {}
        self.wrong: list[str] = []
        self.judged = 0

    def run(self) -> None:
        while not self._stop_now.wait(PAUSE):
            self.look()
        self.look()

    def finish(self) -> None:
        """Look once more and judge what is left."""
        self._stop_now.set()
        self.join()

    def claim(self, claim: Claim) -> None:
        """Take an answer to be judged."""
        self._claims.append(claim)

    def look(self) -> None:
        """Read the editions that are new, then judge the answers that came before that."""
        began = min(time.monotonic(), self._ledger.rolling)
        for folder in sorted((self._place / "editions").glob("[0-9]*")):
            if folder.name not in self._ledger.states:
                self._read(folder)
        for _ in range(len(self._claims)):
            claim = self._claims.popleft()
            if claim.ended < began or self._stop_now.is_set():
                self._judge(claim)
            else:
                self._claims.append(claim)

    def _read(self, folder: Path) -> None:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        state: dict[str, int] = {}
        for iri, entry in manifest["graphs"].items():
            if name := _GRAPHS.get(iri):
                key = (name, entry["file"])  # files are named by their content
                if key not in self._read_before:
                    data = (folder / entry["file"]).read_bytes()
                    self._read_before[key] = _read_graph(name, data)
                part, fault = self._read_before[key]
                state |= part
                if fault:
                    self.wrong.append(f"edition {folder.name}: {fault}")
        self._ledger.see(folder.name, manifest["parent"], state)

    def _judge(self, claim: Claim) -> None:
        """Hold an answer against each edition that it may come from; one has to fit."""
        self.judged += 1
        states = self._ledger.states
        if claim.edition is not None:
            known = states.get(claim.edition)
            seen = [] if known is None else [(claim.edition, known)]
        else:
            seen = self._ledger.visible(claim.began, claim.ended)
        faults = []
        for edition, state in reversed(seen):
            fault = claim.fault(state)
            if fault is None:
                return
            faults.append(f"under edition {edition} {fault}")
        text = "; ".join(faults[:3]) or "no edition can have been published then"
        self.wrong.append(f"{claim.request}\n    {text}")


def _read_graph(name: str, data: bytes) -> tuple[State, str | None]:
    """Return the version that a graph of an edition is in, and what is wrong with it."""
    text = data.decode()
    if name == COUNTER:
        count, by = _COUNT.findall(text), _BY.findall(text)
        if len(count) != 1 or len(by) != 1:
            return {}, f"the counter says {count} by {by}"
        return {COUNTER: int(count[0]), BY: int(by[0])}, None
    found = sorted(set(_VERSION.findall(text)))
    if len(found) != 1:
        return {}, f"{name} has the versions {found}"
    version = int(found[0])
    if canonical(data, ox.RdfFormat.N_TRIPLES) != facts_of(name, version):
        return {name: version}, f"{name} is not its version {version} word for word"
    return {name: version}, None
