"""What a page and a Turtle file cost over HTTP, beside a bare Flask view behind the same waitress.

    python -m tests.bench.resources DATA QUADS

Warm: requests in a second over connections that stay open, both servers in turn. Cold: the first
request for a thing that nobody asked for before, in a server that is warm, each another thing.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.figures import Bed, Figure
from tests.bench.knocking import Client, header_of, per_second, request_bytes
from tests.servers import server

CLIENTS, ROUNDS, SECONDS = 4, 7, 0.5
COLD, FRAMEWORKS, WARM_UP = 120, 40, 30  # things asked for the first time, and before that
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}
TURTLE = {"Accept": "text/turtle"}
# Pages about everything: what may grow with the number of frameworks.
WHOLE = ("/", "/search?q=the", "/compare", "/crosswalk", "/dataset", "/dataset.ttl", "/sitemap.xml", "/sitemap-1.xml",
         "/ims/case/v1p1/CFDocuments?limit=100", "/editions", "/align")  # fmt: skip
_MADE = "<https://example.org/made/"
_INSIDE = b" <https://w3id.org/competency/ns#inFramework> <"


@dataclass(frozen=True)
class _Kind:
    """A kind of request: the goal it belongs to, what it is called, its address and its headers."""

    goal: str
    what: str
    path: str
    headers: dict[str, str]
    status: int = 200


def measure(bed: Bed) -> Iterator[Figure]:
    """Give the ratios to the bare view and the times of what is asked for the first time."""
    with ExitStack() as stack:
        bed.tick("starting both servers")
        ours = stack.enter_context(server("--data", bed.data, token=False)).port
        bare = stack.enter_context(_bare_server())
        parts = _parts_of(bed.quads, COLD + FRAMEWORKS + WARM_UP)
        yield from _warm(bed, ours, bare, parts[0])
        yield from _cold(bed, ours, parts)
        yield from _everything(bed, ours)


# ---------------------------------------------------------------------- warm


def _warm(bed: Bed, ours: int, bare: int, part: tuple[str, str]) -> Iterator[Figure]:
    iri, framework = part
    kinds = [
        _Kind("page-warm", "page of a part", _at("/page", iri), HTML),
        _Kind("page-warm", "the same, compressed", _at("/page", iri), HTML | _GZIP),
        _Kind("page-warm", "page of a framework", _at("/page", framework), HTML),
        _Kind("page-warm", "303 from a thing to its page", _at("/entity", iri), HTML, 303),
        _Kind("turtle-warm", "Turtle of a part", _turtle(iri), TURTLE),
        _Kind("turtle-warm", "Turtle of a framework", _turtle(framework), TURTLE),
    ]
    for kind in kinds:
        yield _beside(bed, kind, ours, bare)
        if kind.status == 200:
            yield _beside(bed, _unchanged(kind, ours), ours, bare)


_GZIP = {"Accept-Encoding": "gzip"}


def _beside(bed: Bed, kind: _Kind, ours: int, bare: int) -> Figure:
    """Ask both servers in turn; of each round the ratio, of those the median."""
    bed.tick(f"warm: {kind.what}")
    request = request_bytes(kind.path, kind.headers)
    clients, others = ([Client(port) for _ in range(CLIENTS)] for port in (ours, bare))
    size = len(clients[0].ask(request)[2])
    plain = request_bytes(f"/bytes/{size or 2}", kind.headers)
    rates = []
    for number in range(ROUNDS + 1):
        pair = [
            per_second(clients, request, kind.status, SECONDS),
            per_second(others, plain, 200, SECONDS),
        ]
        rates += [pair] if number else []
    for client in (*clients, *others):
        client.close()
    mine, theirs = (statistics.median(row) for row in zip(*rates, strict=True))
    note = f"{mine:,.0f} a second, the bare view {theirs:,.0f}; {size:,} bytes"
    ratio = statistics.median(one / other for one, other in rates)
    return Figure(kind.goal, bed.size, kind.what, ratio, "x", ROUNDS, note)


def _unchanged(kind: _Kind, port: int) -> _Kind:
    """Return the request of a client that has the answer already."""
    client = Client(port)
    _, head, _ = client.ask(request_bytes(kind.path, kind.headers))
    client.close()
    headers = kind.headers | {"If-None-Match": header_of(head, "ETag")}
    return _Kind("not-modified", f"304: {kind.what}", kind.path, headers, 304)


# ---------------------------------------------------------------------- cold


def _cold(bed: Bed, ours: int, parts: Sequence[tuple[str, str]]) -> Iterator[Figure]:
    client = Client(ours)
    seen, rest = parts[:WARM_UP], parts[WARM_UP:]
    for iri, framework in seen:
        for path, headers in (
            (_at("/page", iri), HTML),
            (_turtle(iri), TURTLE),
            (_at("/page", framework), HTML),
        ):
            client.ask(request_bytes(path, headers))
    third = COLD // 3
    rows = [
        ("page-cold", "page of a part", [_at("/page", iri) for iri, _ in rest[:third]], HTML),
        (
            "page-cold",
            "Turtle of a part",
            [_turtle(iri) for iri, _ in rest[third : 2 * third]],
            TURTLE,
        ),
        (
            "page-cold",
            "303 from a thing to its page",
            [_at("/entity", iri) for iri, _ in rest[2 * third : COLD]],
            HTML,
        ),
        (
            "framework-cold",
            "page of a framework",
            [_at("/page", name) for _, name in rest[COLD:]],
            HTML,
        ),
        ("framework-cold", "Turtle of a framework", [_turtle(name) for _, name in seen], TURTLE),
    ]
    for goal, what, paths, headers in rows:
        bed.tick(f"cold: {what}")
        times = [_milliseconds(client, path, headers) for path in dict.fromkeys(paths)]
        tenth = statistics.quantiles(times, n=10)[-1]
        note = f"median of {len(times)}; nine in ten within {tenth:.1f} ms"
        yield Figure(
            goal, bed.size, f"{what}, first time", statistics.median(times), "ms", len(times), note
        )
    client.close()


def _milliseconds(client: Client, path: str, headers: dict[str, str]) -> float:
    request, started = request_bytes(path, headers), time.perf_counter()
    status, _, _ = client.ask(request)
    taken = 1000 * (time.perf_counter() - started)
    assert status in (200, 303), f"status {status} at {path}"
    return taken


def _everything(bed: Bed, ours: int) -> Iterator[Figure]:
    """Give the times of pages about all frameworks: the first time, and again."""
    client = Client(ours)
    for path in WHOLE:
        bed.tick(f"cold: {path}")
        request, started = request_bytes(path, HTML), time.perf_counter()
        status, _, body = client.ask(request)
        first = 1000 * (time.perf_counter() - started)
        started = time.perf_counter()
        client.ask(request)
        note = f"status {status}, {len(body):,} bytes; again {1000 * (time.perf_counter() - started):.1f} ms"
        yield Figure("whole-cold", bed.size, f"{path}, first time", first, "ms", 1, note)
    client.close()


# ---------------------------------------------------------------------- what is asked for


def _at(path: str, iri: str) -> str:
    return f"{path}?{urlencode({'iri': iri})}"


def _turtle(iri: str) -> str:
    return f"/data?{urlencode({'iri': iri, 'format': 'turtle'})}"


def _parts_of(quads: Path, count: int) -> list[tuple[str, str]]:
    """Return parts with their frameworks from all over a file, each of another framework if it can."""
    chance = random.Random(9)  # noqa: S311
    found: dict[str, str] = {}
    size = quads.stat().st_size
    with quads.open("rb") as file:
        for _ in range(50 * count):
            file.seek(chance.randrange(size))
            file.readline()
            for line in file:
                if _INSIDE in line:
                    subject, _, framework = line.decode().split(" ")[:3]
                    if framework.startswith(_MADE):  # a seeded fault names one that is not held
                        found.setdefault(subject.strip("<>"), framework.strip("<>"))
                    break
            if len(found) >= 4 * count:
                break
    pairs = [*found.items()]
    firsts = {framework: pair for pair in pairs for framework in [pair[1]]}
    rest = [pair for pair in pairs if pair not in firsts.values()]
    return [*firsts.values(), *rest][:count]


@contextmanager
def _bare_server() -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.bare"],
        cwd=Path(__file__).parents[2],
        env=dict(os.environ),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        yield next(
            int(line.split(":")[2].partition("/")[0])
            for line in process.stderr
            if line.startswith("serving on http")
        )
    finally:
        process.terminate()
        process.wait(30)


def main() -> None:
    """Measure on one edition and print."""
    data, quads = map(Path, sys.argv[1:3])
    with tempfile.TemporaryDirectory() as place:
        bed = Bed(0, quads, data, Path(place), lambda text: print(f"  {text}", file=sys.stderr))
        for figure in measure(bed):
            print(
                f"{figure.goal:15} {figure.what:40} {figure.value:10.2f} {figure.unit:3} {figure.note}"
            )


if __name__ == "__main__":
    main()
