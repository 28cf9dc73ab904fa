"""How long a large package of CASE takes to come in and go out, and how much memory.

python -m tests.bench.case [ITEMS]
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from typing import Any
from uuid import UUID

from competency import KnowledgeGraph
from competency.exchange.case import package, read
from competency.exchange.exchange import Reading
from competency.exchange.imported import File

_BASE = "https://cases.example.org/ims/case/v1p1"
_WHEN = "2026-06-05T04:23:43+00:00"


def big_package(items: int, seed: int = 1) -> dict[str, Any]:
    """Return a package of so many items, five levels deep, as a large server gives it out."""
    chance = random.Random(seed)  # noqa: S311

    def named(kind: str) -> dict[str, Any]:
        identifier = str(UUID(int=chance.getrandbits(128), version=4))
        return {
            "identifier": identifier,
            "uri": f"{_BASE}/{kind}/{identifier}",
            "lastChangeDateTime": _WHEN,
        }

    def link(thing: dict[str, Any]) -> dict[str, Any]:
        title = thing.get("fullStatement", thing.get("title"))
        return {"title": title, "identifier": thing["identifier"], "uri": thing["uri"]}

    doc = named("CFDocuments") | {
        "title": "A large framework",
        "creator": "A large body",
        "language": "en",
    }
    types = [
        named("CFItemTypes") | {"title": title, "description": title, "hierarchyCode": str(n)}
        for n, title in enumerate(("Domain", "Standard", "Indicator"))
    ]
    made: list[dict[str, Any]] = []
    joined: list[dict[str, Any]] = []
    for number in range(items):
        kind = types[0 if number < items // 100 else 1 + number % 2]
        made.append(
            named("CFItems") | {
                "fullStatement": f"Explain how part {number} of a machine works and keep it working well",
                "humanCodingScheme": f"M.{number}", "CFItemType": kind["title"], "CFItemTypeURI": link(kind),
                "educationLevel": ["09", "10"], "language": "en", "CFDocumentURI": link(doc),
            }
        )  # fmt: skip
        above = doc if number < 20 else made[number // 20 - 1]
        joined.append(
            named("CFAssociations") | {
                "associationType": "isChildOf", "sequenceNumber": number % 20 + 1,
                "originNodeURI": link(made[-1]), "destinationNodeURI": link(above),
            }
        )  # fmt: skip
    return {"CFDocument": doc, "CFItems": made, "CFAssociations": joined,
            "CFDefinitions": {"CFItemTypes": types}}  # fmt: skip


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    file = File("big.json", json.dumps(big_package(count)).encode(), "application/json")
    start = time.perf_counter()
    imported = read(file, Reading())
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(file.data) / 1e6:.0f} MB, {count:,} items: in in {took:.1f} s, peak {peak:.0f} MB, ",
        end="",
    )
    (graph,) = imported.graphs
    print(f"{len(graph.triples):,} triples")
    held = KnowledgeGraph()
    held.add(graph)
    start = time.perf_counter()
    package(held, graph.name)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"out in {took:.1f} s, peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
