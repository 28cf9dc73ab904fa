"""What is mutated: our own exports of the shipped frameworks, and real files where there are any.

The files are those of ``../shared/samples``, or where ``COMPETENCY_SHARED`` says; they are read
when they are there and never copied.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from competency import KnowledgeGraph
from competency.exchange.exchanges import EXCHANGES
from competency.exchange.imported import File

_ROOT = Path(__file__).resolve().parents[2]
_SAMPLES = Path(os.environ.get("COMPETENCY_SHARED", _ROOT.parent / "shared")) / "samples"
_SMALL = ("hkqf-111334L3", "pub-cscf", "pwgsc-client-service")
_LARGEST = 150_000  # bytes of a seed, so that many mutations of it can be looked at


@cache
def exports(*suffixes: str) -> tuple[File, ...]:
    """Return small shipped frameworks in every format whose files have one of these suffixes."""
    graph, found = KnowledgeGraph.shipped(), []
    names = [one.iri for one in graph.frameworks if one.iri.endswith(_SMALL)]
    for row in EXCHANGES:
        suffix = row.format.suffixes[0]
        if row.write is None or not suffix.endswith(suffixes):
            continue
        for name in names:
            data = row.write(graph, name).data
            if len(data) <= _LARGEST:
                found.append(File(f"seed{suffix}", data, row.format.media_type))
    return tuple(found)


@cache
def samples(*suffixes: str) -> tuple[File, ...]:
    """Return the real files there are with one of these suffixes."""
    files = sorted(path for path in _SAMPLES.rglob("*") if path.name.endswith(suffixes))
    found = (File(path.name, path.read_bytes(), "") for path in files if path.is_file())
    return tuple(file for file in found if len(file.data) <= _LARGEST)


@cache
def seeds(*suffixes: str) -> tuple[File, ...]:
    """Return all there is to be mutated with one of these suffixes."""
    return exports(*suffixes) + samples(*suffixes)
