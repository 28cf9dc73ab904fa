"""The load: threads that each send their requests in turn, drawn by chance from their own seed."""

from __future__ import annotations

import hashlib
import random
import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak import nuisances, readers
from tests.soak.client import Answer, Client
from tests.soak.content import State
from tests.soak.model import Ledger
from tests.soak.readers import Read
from tests.soak.witness import Claim, Witness
from tests.soak.writers import Writers

_KEPT_TAGS = 4_000

READS: Mapping[str, tuple[int, Callable[[random.Random], Read]]] = {
    "query: versions": (20, readers.versions),
    "query: sizes": (12, readers.sizes),
    "query: construct": (12, readers.construct),
    "query: counter": (8, readers.ask),
    "data": (30, readers.data),
    "page": (25, readers.page),
    "front page": (8, readers.front),
    "all data": (2, readers.everything),
    "search": (15, readers.search),
    "compare": (6, readers.compared),
    "shipped data": (8, readers.constant),
    "thing": (8, readers.thing),
}
Nuisance = Callable[[Client, random.Random], tuple[Answer, tuple[int, ...]]]
NUISANCES: Mapping[str, tuple[int, Nuisance]] = {
    "runaway": (3, nuisances.runaway),
    "too large": (6, nuisances.too_large),
    "missing": (8, nuisances.missing),
    "operating": (8, nuisances.operating),
    "validate": (4, nuisances.validate),
    "import": (4, nuisances.upload),
    "malformed": (8, nuisances.malformed),
    "vanish": (6, nuisances.leave),
    "slow": (3, nuisances.slow),
}


@dataclass
class Load:
    """All threads of one run, and what came of their requests."""

    port: int
    server: int
    place: Path
    scratch: Path
    seed: int
    ledger: Ledger
    witness: Witness
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _tags: OrderedDict[tuple[str, str], str] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Make the writers, whose findings are ours."""
        self.writers = Writers(self.place, self.ledger, self.scratch)
        self.writers.wrong = self.wrong

    # -------------------------------------------------------------- threads

    def start(self, clients: int) -> None:
        """Start so many readers, and beside them two writers, commands, nuisances and a killer."""
        for number in range(clients):
            self._thread(f"reader {number}", self._read_once, 0.02)
        for number in range(2):
            self._thread(f"writer {number}", self._write_once, 0.8)
            self._thread(f"nuisance {number}", self._annoy_once, 0.1)
        self._thread("command", self._command_once, 3.0)
        self._thread("killer", self._kill_once, 8.0)

    def _thread(self, name: str, once: Callable[..., None], pause: float) -> None:
        def run() -> None:
            chance, client, step = random.Random(f"{self.seed}/{name}"), Client(self.port), 0  # noqa: S311
            while not self._over.wait(chance.random() * 2 * pause):
                step += 1
                once(client, chance, f"seed {self.seed}, {name}, step {step}: ")
            client.close()

        thread = threading.Thread(target=run, name=name)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Let every thread finish its request."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def starved(self) -> list[str]:
        """Say what was turned away nine times of ten: nothing is right that is never answered."""
        turned = {sort: number for (sort, status), number in self.counts.items() if status == "503"}
        sent: Counter[str] = Counter()
        for (sort, _), number in self.counts.items():
            sent[sort] += number
        return [
            f"{sort}: {number} of {sent[sort]} were turned away with 503"
            for sort, number in sorted(turned.items())
            if sort != "runaway" and number > max(5, 0.9 * sent[sort])
        ]

    # -------------------------------------------------------------- one request

    def _read_once(self, client: Client, chance: random.Random, where: str) -> None:
        sort = chance.choices(list(READS), [weight for weight, _ in READS.values()])[0]
        read = READS[sort][1](chance)
        names = sorted(self.ledger.states)
        if sort == "data" and chance.random() < 0.2 and len(names) > 1:
            sort, read = "older edition", readers.then(chance, chance.choice(names[-5:]))
        self.read(client, read, sort, where, again=chance.random() < 0.2)

    def read(
        self, client: Client, read: Read, sort: str, where: str, *, again: bool = False
    ) -> None:
        """Send a request that reads and claim what its answer says; ``again`` asks for a 304."""
        answer = client.ask("GET", read.path, None, read.headers)
        self._claim(answer, read, sort, where)
        tag = answer.headers.get("etag")
        if again and tag and answer.status == 200:
            headers = read.headers | {"If-None-Match": tag}
            second = client.ask("GET", read.path, None, headers)
            if second.status == 304:  # what we have is what there is now
                self._count("not modified", second)
                answer.began, answer.ended = second.began, second.ended
                second = answer
            self._claim(second, read, sort, where)

    def _claim(self, answer: Answer, read: Read, sort: str, where: str) -> None:
        """Note an answer and have its content judged by the witness."""
        self._count(sort, answer)
        if answer.status == 200:
            self._hold_tag(answer, read, where)
        elif answer.status not in read.also:
            self._excused(answer, where)
            return

        def fault(state: State) -> str | None:
            try:
                return read.fault(answer, state)
            except (ValueError, SyntaxError, KeyError) as error:
                return f"cannot be read: {error!r}: {answer.text[:200]}"

        self.witness.claim(
            Claim(answer.began, answer.ended, where + answer.request, fault, read.edition)
        )

    def _hold_tag(self, answer: Answer, read: Read, where: str) -> None:
        """Say so where one entity tag stood for two contents; a shipped framework has but one."""
        tag = answer.headers.get("etag", "")
        digest = hashlib.sha256(answer.body).hexdigest()
        with self._lock:
            key = (read.path + str(sorted(read.headers.items())), tag)
            if self._tags.setdefault(key, digest) != digest:
                self.wrong.append(f"{where}{answer.request}: one ETag, two contents: {tag}")
            while len(self._tags) > _KEPT_TAGS:
                self._tags.popitem(last=False)

    def _write_once(self, client: Client, chance: random.Random, where: str) -> None:
        ways = self.writers
        sort = chance.choices(
            ["PUT", "UPDATE", "DELETE", "refused write", "vanished write"], [8, 8, 2, 3, 3]
        )[0]
        if sort == "vanished write":
            ways.half(chance, nuisances.vanish(self.port, chance))
            self.counts[sort, "-"] += 1
            return
        way = {"PUT": ways.put, "UPDATE": ways.update, "DELETE": ways.remove}.get(
            sort, ways.refused
        )
        answer = way(client, chance)
        self._count(sort, answer)
        if answer.status not in (200, 201, 204, 404) and sort != "refused write":
            self._excused(answer, where)

    def _command_once(self, client: Client, chance: random.Random, where: str) -> None:
        ways = self.writers
        sort = chance.choices(["publish", "rollback", "verify"], [5, 3, 1])[0]
        way = {"publish": ways.publish, "rollback": ways.roll_back, "verify": ways.verify}[sort]
        answer = way(chance)
        self._count("command " + sort, answer)
        if answer.status != 200:
            self.wrong.append(where + answer.short)

    def _annoy_once(self, client: Client, chance: random.Random, where: str) -> None:
        sort = chance.choices(list(NUISANCES), [weight for weight, _ in NUISANCES.values()])[0]
        answer, expected = NUISANCES[sort][1](client, chance)
        self._count(sort, answer)
        if answer.broken and answer.status:
            self.wrong.append(where + answer.short)
        elif answer.status not in expected:
            self._excused(answer, where)

    def _kill_once(self, client: Client, chance: random.Random, where: str) -> None:
        self.counts["process killed", nuisances.kill(self.server, chance)] += 1

    # -------------------------------------------------------------- counting

    def _count(self, sort: str, answer: Answer) -> None:
        self.counts[sort, str(answer.status or "-")] += 1
        self.times[sort].append(answer.ended - answer.began)

    def _excused(self, answer: Answer, where: str) -> None:
        """Say so where an answer is none of those documented for what was asked.

        503 with Retry-After is: the server is busy, or the process that did it was killed.
        """
        if answer.status == 503 and "retry-after" in answer.headers:
            return
        self.wrong.append(where + answer.short)
