"""What versions cost: 20 editions of many frameworks, the list, a history, a 404, a 410, a memory.

    python -m tests.bench.versions [FRAMEWORKS]

Each edition changes ten frameworks and takes a part out of each. Prints milliseconds of the
processor, the first time and warm, and what the history keeps in memory.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from competency import DataDirectory, KnowledgeGraph
from competency.graph import publish
from competency.graph.editions import History
from tests.conftest import PREFIXES
from tests.published import client_of

BASE = "https://w3id.org/competency/id/"
EDITIONS, CHANGED, PARTS = 20, 10, 40
HTML = {"Accept": "text/html"}


def main() -> None:
    """Run and print."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as place:
        directory = DataDirectory(place)
        for edition in range(EDITIONS):
            changed = range(many) if edition == 0 else range(CHANGED)
            graphs = [graph for n in changed for graph in framework(n, edition).graphs()]
            publish(directory, graphs, gate=False)
        _measure(directory)


def framework(number: int, edition: int) -> KnowledgeGraph:
    """Return a framework of some parts; each edition leaves the first one of another out."""
    iri = f"{BASE}framework-{number}"
    parts = "".join(
        f"<{iri}/{n}> a comp:PositiveIndicator ; comp:inFramework <{iri}> ; comp:partOf <{iri}> ;"
        f' comp:position {n} ; comp:text "Does thing {n} in edition {edition}"@en .\n'
        for n in range(PARTS)
        if n != edition
    )
    graph = KnowledgeGraph()
    graph.parse(f'{PREFIXES} <{iri}> a comp:Framework ; rdfs:label "F {number}"@en .\n{parts}')
    return graph


def _measure(directory: DataDirectory) -> None:
    table = Table("what", "first, ms", "warm, ms", "status", "KB")
    client = client_of(directory.path)
    for what, address in (
        ("a page, for comparison", "/page/framework-1/30"),
        ("/editions", "/editions"),
        ("/editions.json", "/editions.json"),
        ("one edition", "/editions/15"),
        ("a history", "/history/framework-1"),
        ("what changed", f"/changes?iri={BASE}framework-1&from=1&to=20"),
        ("an unknown IRI: 404", "/id/framework-1/no"),
        ("another one", "/id/nothing-of-that-kind"),
        ("a part that was withdrawn: 410", f"/id/framework-1/{EDITIONS - 1}"),
        ("an older page", "/page/framework-2?edition=7"),
        ("the data of it", "/data/framework-2.ttl?edition=7"),
    ):
        times, answer = [], None
        for _ in range(12):
            started = time.process_time()
            answer = client.get(address, headers=HTML)
            times.append(1000 * (time.process_time() - started))
        assert answer is not None
        row = (f"{times[0]:.1f}", f"{sorted(times[1:])[5]:.1f}", str(answer.status_code))
        table.add_row(what, *row, f"{len(answer.data) / 1000:.0f}")
    Console().print(table)
    Console().print(f"the history keeps {_kept(lambda: History(directory)) / 1e6:.1f} MB")


def _kept(make: Callable[[], History]) -> int:
    gc.collect()
    tracemalloc.start()
    history = make()
    history.editions()
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size


if __name__ == "__main__":
    main()
