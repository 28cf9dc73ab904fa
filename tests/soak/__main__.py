"""Run the soak: a server in a process of its own, everything at once, then the reckoning.

    python -m tests.soak [--minutes 20] [--seed 1] [--clients 5] [--keep FOLDER]

Exit 0 only if no answer was wrong, no publication was lost, and what the server holds stayed flat.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from competency import KnowledgeGraph
from competency.graph.editions import KEEP
from tests.servers import Server, started
from tests.soak import readers
from tests.soak.client import Client
from tests.soak.content import LINKS, NAMES, iri_of, turtle_of
from tests.soak.load import Load
from tests.soak.measuring import Sample, below, measure
from tests.soak.model import Ledger
from tests.soak.report import print_holdings, print_requests, print_wrong
from tests.soak.witness import Witness

_SERVER = ("--timeout", "5", "--max-answer", "2", "--workers", "4", "--queue", "16", "--cache", "4")
_QUIET = 5.0  # seconds after the load, for what was left behind to end
_SAMPLES = 120  # measurements of a run, at most one a second


def main() -> int:
    """Run as the command line says and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0, help="how long the load lasts")
    parser.add_argument("--seed", type=int, default=1, help="what chance starts from")
    parser.add_argument("--clients", type=int, default=5, help="threads that read")
    parser.add_argument("--keep", type=Path, help="a new folder to leave the data in")
    asked = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="soak-")) if asked.keep is None else asked.keep
    place.mkdir(parents=True, exist_ok=True)
    try:
        return _run(place, asked)
    finally:
        if asked.keep is None:
            shutil.rmtree(place, ignore_errors=True)


def _run(place: Path, asked: argparse.Namespace) -> int:
    data, scratch = place / "data", place / "tmp"
    scratch.mkdir()
    ledger = Ledger()
    witness = Witness(data, ledger)
    _publish_first(data, ledger, witness)
    os.environ["TMPDIR"] = str(scratch)  # so that the server's temporary files can be counted
    running = started("--data", data, *_SERVER)
    load = Load(running.port, running.process.pid, data, place, asked.seed, ledger, witness)
    witness.start()
    samples = _under_load(load, data, scratch, asked)
    _ask_the_last(load)
    witness.finish()
    left = _end(running, scratch)
    left += _bad(running.said())
    wrong = [*ledger.check(), *witness.wrong, *load.wrong, *load.starved(), *left]
    return _tell(load, samples, wrong, witness.judged)


def _publish_first(data: Path, ledger: Ledger, witness: Witness) -> None:
    """Publish the shipped frameworks and ours, and as many editions as a directory keeps."""
    for number in range(KEEP + 1):
        graph = KnowledgeGraph() if number else KnowledgeGraph.shipped()
        names = NAMES if number == 0 else [NAMES[number % len(NAMES)]]
        versions = {name: ledger.version() for name in names}
        for name, version in versions.items():
            graph.parse(turtle_of(name, version))
        write = ledger.begin("before the load", versions, time.monotonic())
        done = graph.publish(data, gate=not number)
        assert done.edition is not None, done.report
        ledger.end(write, "in", time.monotonic(), done.edition)
        witness.look()


def _under_load(load: Load, data: Path, scratch: Path, asked: argparse.Namespace) -> list[Sample]:
    """Load the server for the time that was asked for, and measure it meanwhile."""
    began, seconds = time.monotonic(), asked.minutes * 60
    samples = [measure(load.server, data, scratch, began)]
    load.start(asked.clients)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("soak", total=seconds)
        while (passed := time.monotonic() - began) < seconds:
            time.sleep(max(1.0, seconds / _SAMPLES))
            samples.append(measure(load.server, data, scratch, began))
            trouble = len(load.wrong) + len(load.witness.wrong) + len(load.ledger.wrong)
            shown = f"soak, {sum(load.counts.values()):,} requests, {trouble} wrong"
            bar.update(task, completed=passed, description=shown)
    load.stop()
    return samples


def _ask_the_last(load: Load) -> None:
    """Once nothing is under way, ask for everything: what was promised has to be there."""
    time.sleep(_QUIET)
    client = Client(load.port)
    for name in (*NAMES, LINKS):
        path = "/graphs?graph=" + iri_of(name)
        read = readers.Read(
            path, readers.exactly(name, "ttl"), {"Accept": "text/turtle"}, also=(404,)
        )
        load.read(client, read, "at the end", "")
    client.close()
    verified = load.writers.verify(random.Random(0))  # noqa: S311
    if verified.status != 200:
        load.wrong.append("at the end: " + verified.short)


def _end(running: Server, scratch: Path) -> list[str]:
    """End the server gently; say what it left behind."""
    family = below(running.process.pid)
    running.process.terminate()
    try:
        code = running.process.wait(60)
    except subprocess.TimeoutExpired:
        running.kill()
        return ["the server did not end within a minute of SIGTERM"]
    found = [] if code == 0 else [f"the server ended with exit code {code}"]
    _wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))
    if alive := [pid for pid in family if Path(f"/proc/{pid}").exists()]:
        found.append(f"processes {alive} outlived the server")
    if files := [item.name for item in scratch.iterdir()]:
        found.append(f"the server left temporary files: {files[:5]}")
    return found


def _wait_for(done: Callable[[], bool], seconds: float = 10.0) -> None:
    ends = time.monotonic() + seconds
    while not done() and time.monotonic() < ends:
        time.sleep(0.1)


def _bad(text: str) -> list[str]:
    """Return what the server's log tells of errors that nobody foresaw, each with its place."""
    found = re.findall(r"(?m)^Traceback.*\n(?: .*\n)*(?:\S.*)?", text)
    return [f"the server said: {item}" for item in found]


def _tell(load: Load, samples: list[Sample], wrong: list[str], claims: int) -> int:
    console = Console(width=None if sys.stdout.isatty() else 150)
    print_requests(console, load)
    grown = print_holdings(console, samples)
    print_wrong(console, wrong)
    editions = load.ledger.settled()
    console.print(
        f"{claims:,} answers and {editions:,} editions looked at: {len(wrong):,} wrong or lost; "
        + (f"not flat: {', '.join(grown)}" if grown else "everything flat")
    )
    return 1 if wrong or grown else 0


if __name__ == "__main__":
    sys.exit(main())
