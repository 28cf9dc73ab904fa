"""Made frameworks as N-Quads and as a data directory, of any size, with bounded memory.

python -m tests.bench.making TRIPLES FILE.nq [DATA]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from competency.graph import NamedGraph
from tests.bench.frameworks import Frameworks

FAULTS_PER_TRIPLE = 1_900 / 1_000_000


def write_quads(triples: int, file: Path) -> int:
    """Write frameworks of about so many triples, with a fault in each 526; return how many."""
    part = file.with_suffix(".part")
    count = 0
    with part.open("wb") as out:
        for graph in _made(triples):
            out.write(ox.serialize(_quads(graph), format=ox.RdfFormat.N_QUADS) or b"")
            count += len(graph.triples)
    part.replace(file)
    return count


def publish_made(file: Path, place: Path) -> None:
    """Publish a file of N-Quads into a new data directory, faults and all, as an operator does."""
    part = place.with_name(place.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    words: list[str | Path] = [
        sys.executable,
        "-m",
        "competency",
        "publish",
        file,
        "--data",
        part,
        "--no-gate",
    ]
    subprocess.run(words, check=True, capture_output=True)
    part.rename(place)


def _made(triples: int) -> Iterator[NamedGraph]:
    return Frameworks(triples, faults=round(triples * FAULTS_PER_TRIPLE)).graphs()


def _quads(graph: NamedGraph) -> Iterator[ox.Quad]:
    name = ox.NamedNode(graph.name)
    return (ox.Quad(t.subject, t.predicate, t.object, name) for t in graph.triples)


def main() -> None:
    """Write and say how many."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("triples", type=int)
    reader.add_argument("file", type=Path)
    reader.add_argument("data", type=Path, nargs="?")
    asked = reader.parse_args()
    print(f"{write_quads(asked.triples, asked.file):,} triples in {asked.file}")
    if asked.data:
        publish_made(asked.file, asked.data)


if __name__ == "__main__":
    main()
