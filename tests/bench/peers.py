"""The engines that ours is measured beside, each in an environment of its own, by its own server.

    with oxigraph(bed) as peer:
        peer.asker().ask(query)

All hold the same named graphs, the vocabulary among them, and all show their union to a query
without GRAPH: Oxigraph by its option, rdflib-endpoint and Virtuoso by themselves.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from competency._files import folder
from competency.ontology import ONTOLOGY_IRI
from tests.bench.asking import Asker, NoAnswer
from tests.bench.figures import Bed
from tests.bench.queries import Query

PACKAGES = {  # exact versions; to look at another one, write it here
    "oxigraph": "oxigraph==0.5.13",
    "rdflib-endpoint": "rdflib-endpoint[cli,web]==0.6.3",
}
LIMIT = 30.0  # seconds that one answer may take, where nothing else is said
PATIENCE = 240.0  # seconds that an answer is waited for where its time is what is asked about
GRACE = 10.0  # seconds more that a peer allows a query, so that the client is the first to give up
LOADING = 300.0  # seconds that a peer may take to load
RDFLIB_MOST = 2_000_000  # triples; it takes 2 kB of memory for each, and minutes to load them
ALIVE = Query("alive", "", "SELECT * { ?s ?p ?o } LIMIT 1", triples=False)


class PeerMissing(Exception):
    """The peer cannot be measured here, and why."""


@dataclass
class Peer:
    """A running server of another engine; ``seconds`` is what loading took, where it was timed."""

    name: str
    version: str
    process: subprocess.Popen[bytes]
    port: int
    path: str
    triples: str = "application/n-triples"
    seconds: float | None = None

    def asker(self, seconds: float = LIMIT) -> Asker:
        """Return a new client."""
        return Asker(self.port, self.path, self.triples, seconds)


@contextlib.contextmanager
def oxigraph(bed: Bed, seconds: float = LIMIT) -> Iterator[Peer]:
    """Give the stock Oxigraph server, which allows a query so many seconds.

    Its store is kept for whoever asks next.
    """
    program = installed(bed, "oxigraph") / "oxigraph"
    store = bed.place / "oxigraph"
    loading = None
    if not store.exists():
        loading = load_oxigraph(bed, store)
    port = free_port()
    words: list[str | Path] = [
        "serve-read-only",
        "--location",
        store,
        "--bind",
        f"127.0.0.1:{port}",
    ]
    more = ["--union-default-graph", "--timeout-s", f"{seconds:.0f}"]
    with running([program, *words, *more], bed.place) as process:
        peer = Peer("Oxigraph", _version(program), process, port, "/query", seconds=loading)
        wait_for(peer, LOADING)
        yield peer


def load_oxigraph(bed: Bed, store: Path) -> float:
    """Load the data with ``oxigraph load`` and return the seconds it took."""
    program = installed(bed, "oxigraph") / "oxigraph"
    files: list[str | Path] = ["--file", bed.quads, "--file", vocabulary_quads(bed)]
    bed.tick("oxigraph load")
    started = time.perf_counter()
    part = store.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    _call([program, "load", "--location", part, *files])
    part.rename(store)
    return time.perf_counter() - started


@contextlib.contextmanager
def rdflib_endpoint(bed: Bed, seconds: float = LIMIT) -> Iterator[Peer]:
    """Give rdflib-endpoint with its own store, which is in memory; it can bound no query."""
    if bed.size > RDFLIB_MOST:
        raise PeerMissing(f"not tried beyond {RDFLIB_MOST:,} triples, for its memory")
    program = installed(bed, "rdflib-endpoint") / "rdflib-endpoint"
    port = free_port()
    words: list[str | Path] = [program, "serve", "--host", "127.0.0.1", "--port", str(port)]
    bed.tick("rdflib-endpoint loads")
    started = time.perf_counter()
    with running([*words, bed.quads, vocabulary_quads(bed)], bed.place) as process:
        version = PACKAGES["rdflib-endpoint"].rpartition("=")[2]
        peer = Peer("rdflib-endpoint", version, process, port, "/")
        wait_for(peer, LOADING)
        peer.seconds = time.perf_counter() - started
        yield peer


# ------------------------------------------------------------------ environments and processes


def installed(bed: Bed, name: str) -> Path:
    """Return the folder of programs of an environment that holds a package, made when missing."""
    place = bed.place.parent / "tools" / PACKAGES[name].replace("[cli,web]", "")
    if not (place / "whole").exists():
        bed.tick(f"installing {PACKAGES[name]}")
        shutil.rmtree(place, ignore_errors=True)
        _call([sys.executable, "-m", "venv", place])
        pip: list[str | Path] = [place / "bin" / "python", "-m", "pip", "install", "--quiet"]
        _call([*pip, "--disable-pip-version-check", PACKAGES[name]])
        (place / "whole").touch()
    return place / "bin"


def vocabulary_quads(bed: Bed) -> Path:
    """Return the vocabulary as N-Quads, which our own store holds beside the graphs."""
    file = bed.place / "vocabulary.nq"
    if not file.exists():
        source = folder("ontology") / "competency.ttl"
        quads = ox.parse(path=str(source))
        name = ox.NamedNode(ONTOLOGY_IRI)
        rows = (ox.Quad(q.subject, q.predicate, q.object, name) for q in quads)
        ox.serialize(rows, str(file), format=ox.RdfFormat.N_QUADS)
    return file


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def running(
    words: Sequence[str | Path], place: Path, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server that says what it likes into a file, and stop it by its process id."""
    log = place / f"{Path(words[0]).name}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*map(str, words)],
            stdout=said,
            stderr=said,
            cwd=place,
            env={**os.environ, **environment},
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(peer: Peer, seconds: float) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and peer.process.poll() is None:
        with peer.asker() as asker, contextlib.suppress(NoAnswer):
            asker.ask(ALIVE)
            return
        time.sleep(0.2)
    why = "ended" if peer.process.poll() is not None else f"not loaded in {seconds:.0f} s"
    raise PeerMissing(why)


def _version(program: Path) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[-1]


def _call(words: Sequence[str | Path]) -> None:
    """Run a program to its end; PeerMissing with the last line it said."""
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise PeerMissing(f"{Path(words[0]).name}: {lines[-1]}")
