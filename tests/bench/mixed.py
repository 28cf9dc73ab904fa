"""Ten thousand mixed requests to one server, and what it holds in memory meanwhile.

    python -m tests.bench.mixed [REQUESTS]

Pages, data, queries, conditions, errors, runaways, clients that vanish and a write now and then.
Prints memory of the server and all its processes, and its open files, as the requests go on.
"""

from __future__ import annotations

import random
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from competency import KnowledgeGraph
from tests.servers import BEARER, Server, server

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
THREADS, STEPS = 4, 10


def main() -> None:
    """Run and print."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as place:
        KnowledgeGraph.shipped().publish(Path(place, "data"), gate=False)
        words = ("--data", Path(place, "data"), "--no-gate", "--timeout", "1", "--cache", "1")
        with server(*words) as running:
            _run(running, total)


def _run(running: Server, total: int) -> None:
    seen: Counter[str] = Counter()
    times: list[float] = []
    rows = [_measure(running, 0)]
    with Progress() as bar:
        task = bar.add_task("requests", total=total)
        for step in range(STEPS):
            size = total // STEPS // THREADS
            threads = [
                threading.Thread(
                    target=_send, args=(running, size, step * THREADS + n, seen, times)
                )
                for n in range(THREADS)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            bar.advance(task, size * THREADS)
            time.sleep(1.5)
            rows.append(_measure(running, (step + 1) * size * THREADS))
    _print(rows, seen, times)


def _send(running: Server, size: int, seed: int, seen: Counter[str], times: list[float]) -> None:
    """Send requests of every sort, by chance, the same with each run."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(size):
        sort = chance.choices(list(SORTS), [weight for weight, _ in SORTS.values()])[0]
        started = time.perf_counter()
        status = SORTS[sort][1](running, chance, f"{seed}-{number}")
        if sort == "query":
            times.append(time.perf_counter() - started)
        seen[f"{sort} {status}"] += 1


Sender = Callable[[Server, random.Random, str], int]


def _get(path: str, **headers: str) -> Sender:
    def send(running: Server, chance: random.Random, mark: str) -> int:
        return running.ask("GET", path.replace("MARK", mark), headers=headers)[0]

    return send


def _framework(running: Server, chance: random.Random, mark: str) -> int:
    name = chance.choice(["pub-cscf", "wcc-behaviours", "nos-pss-spo109", "hkqf-111334L3"])
    suffix = chance.choice(["ttl", "jsonld", "rdf", "nt", "nq"])
    path = chance.choice([f"/page/{name}", f"/data/{name}.{suffix}", f"/id/{name}"])
    return running.ask("GET", path, headers={"Accept-Encoding": chance.choice(["gzip", "br"])})[0]


def _unchanged(running: Server, chance: random.Random, mark: str) -> int:
    _, headers, _ = running.ask("GET", "/data/pub-cscf.ttl")
    return running.ask("GET", "/data/pub-cscf.ttl", headers={"If-None-Match": headers["etag"]})[0]


def _query(running: Server, chance: random.Random, mark: str) -> int:
    text = f"SELECT * {{ ?s a comp:Competency ; rdfs:label ?l }} LIMIT {chance.randint(1, 60)} # {mark}"
    kind = chance.choice(["application/json", "text/csv", "application/sparql-results+xml"])
    return running.ask("GET", "/sparql?query=" + quote(text), headers={"Accept": kind})[0]


def _vanish(running: Server, chance: random.Random, mark: str) -> int:
    path = "/sparql?query=" + quote(RUNAWAY + "#" + mark)
    with socket.create_connection(("127.0.0.1", running.port)) as sock:
        sock.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return 0


def _write(running: Server, chance: random.Random, mark: str) -> int:
    data = f'<urn:s> <urn:p> "{mark}" .'.encode()
    headers = BEARER | {"Content-Type": "text/turtle"}
    return running.ask("PUT", "/graphs?graph=urn:mixed", data, headers)[0]


SORTS: dict[str, tuple[int, Sender]] = {
    "framework": (300, _framework),
    "query": (400, _query),
    "unchanged": (80, _unchanged),
    "home": (40, _get("/")),
    "page of rows": (40, _get("/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+50%23MARK", Accept="text/html")),
    "missing": (60, _get("/id/none/MARK")),
    "wrong": (60, _get("/sparql?query=SELECT+MARK")),
    "refused": (30, _get("/sparql?query=ASK+%7B+SERVICE+%3Curn%3Ax%3E+%7B%7D+%7D")),
    "runaway": (3, _get("/sparql?query=" + quote(RUNAWAY) + "%23MARK")),
    "vanish": (5, _vanish),
    "write": (8, _write),
}  # fmt: skip


def _measure(running: Server, sent: int) -> tuple[int, float, float, int, int]:
    """Return requests, MB of the server, MB of all its processes, how many these are, open files."""
    own = running.process.pid
    below = _below(own)
    everyone = sum(_memory(pid) for pid in (own, *below))
    files = len(list(Path(f"/proc/{own}/fd").iterdir()))
    return sent, _memory(own), everyone, len(below), files


def _memory(pid: int) -> float:
    """Return the MB that a process has for itself: its proportional set size."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


def _below(pid: int) -> list[int]:
    """Return the processes that a process has started, and theirs."""
    found: list[int] = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            columns = status.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(columns[1]) == pid:
            child = int(status.parent.name)
            found += [child, *_below(child)]
    return found


def _print(
    rows: list[tuple[int, float, float, int, int]], seen: Counter[str], times: list[float]
) -> None:
    console = Console()
    table = Table("requests", "server MB", "all MB", "processes", "open files")
    for sent, own, everyone, count, files in rows:
        table.add_row(f"{sent:,}", f"{own:.0f}", f"{everyone:.0f}", str(count), str(files))
    console.print(table)
    ends = Table("sort and status", "how often")
    for name, number in sorted(seen.items()):
        ends.add_row(name, f"{number:,}")
    console.print(ends)
    times.sort()
    console.print(
        f"queries not answered before: median {statistics.median(times) * 1000:.1f} ms, "
        f"99th percentile {times[int(len(times) * 0.99)] * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
