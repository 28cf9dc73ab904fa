"""What alignments are used for, on frameworks of thousands of parts: how long each use takes.

python -m tests.bench.uses [PARTS [ALIGNMENTS]]

Two frameworks of PARTS parts each (5,000) and a third one beside them; ALIGNMENTS (10,000) between
them, each a plain statement and a node with why and how sure, as SSSOM has them. Twice the parts
and alignments should take about twice the time. The last rows are a clique of 500 frameworks that
all match each other, of which one part is asked about.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from competency import KnowledgeGraph
from competency.exchange.crosswalk_tables import FORMATS, written
from competency.graph import NamedGraph
from competency.graph.alignments import OPPOSITE, RELATIONS
from competency.graph.asking import asked_elsewhere
from competency.graph.closure import chains_between
from competency.graph.coverage import coverage
from competency.graph.crosswalks import crosswalk
from competency.ontology import expand
from competency.sparql import run_question
from tests.bench.wording import sentence

BASE = "https://example.org/uses/"
_GROUP = 50  # parts under one heading
_MATCHES = [name for name in RELATIONS if name != OPPOSITE]


def _triple(subject: str, predicate: str, value: str | ox.Literal) -> ox.Triple:
    term = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), term)


def _framework(name: str, parts: int, place: int = 0) -> NamedGraph:
    iri = BASE + name
    rows = [_triple(iri, "rdf:type", expand("comp:Framework"))]
    rows.append(_triple(iri, "rdfs:label", ox.Literal(name, language="en")))
    for number in range(parts):
        heading, part = f"{iri}/g{number // _GROUP}", f"{iri}/p{number}"
        if number % _GROUP == 0:
            rows += _part(heading, iri, iri, number // _GROUP, "comp:Group")
            rows.append(_triple(heading, "comp:atLevel", f"{BASE}level/{number // _GROUP % 3}"))
        rows += _part(part, heading, iri, number % _GROUP, "comp:PositiveIndicator")
        rows.append(_triple(part, "comp:text", ox.Literal(sentence(number, place), language="en")))
    return NamedGraph(iri, rows)


def _part(iri: str, above: str, framework: str, place: int, kind: str) -> list[ox.Triple]:
    return [
        _triple(iri, "rdf:type", expand(kind)),
        _triple(iri, "comp:inFramework", framework),
        _triple(iri, "comp:partOf", above),
        _triple(iri, "comp:position", ox.Literal(place + 1)),
    ]


def _alignments(parts: int, count: int, chance: random.Random) -> Iterator[ox.Triple]:
    pairs = (("one", "two"), ("two", "three"), ("one", "three"))
    for number in range(count):
        left, right = pairs[number % 3]
        one, other = (f"{BASE}{name}/p{chance.randrange(parts)}" for name in (left, right))
        yield from _alignment(number, one, other, chance)


def _alignment(number: int, one: str, other: str, chance: random.Random) -> list[ox.Triple]:
    relation, node = chance.choice(_MATCHES), f"{BASE}set/{number}"
    return [
        _triple(one, relation, other),
        _triple(node, "rdf:type", expand("comp:Alignment")),
        _triple(node, "owl:annotatedSource", one),
        _triple(node, "owl:annotatedProperty", relation),
        _triple(node, "owl:annotatedTarget", other),
        _triple(node, "sssom:confidence", ox.Literal(round(chance.random(), 2))),
        _triple(node, "rdfs:comment", ox.Literal("Both ask for it.", language="en")),
    ]


def made(parts: int, count: int) -> KnowledgeGraph:
    """Return three frameworks and the alignments between them."""
    chance = random.Random(8)  # noqa: S311
    graph = KnowledgeGraph(base=BASE)
    graph.add(
        *(_framework(name, parts, place) for place, name in enumerate(("one", "two", "three")))
    )
    graph.add(NamedGraph(BASE + "set", _alignments(parts, count, chance)))
    return graph


def clique(size: int) -> KnowledgeGraph:
    """Return frameworks of one part, each of which matches that of every other."""
    chance = random.Random(8)  # noqa: S311
    graph = KnowledgeGraph(base=BASE)
    graph.add(*(_framework(f"f{number}", 1, number) for number in range(size)))
    said = (
        _triple(f"{BASE}f{one}/p0", chance.choice(_MATCHES[:2]), f"{BASE}f{other}/p0")
        for one in range(size)
        for other in range(one)
    )
    graph.add(NamedGraph(BASE + "set", said))
    return graph


def timed(name: str, work: Callable[[], object]) -> None:
    """Print how long this process works at something, waiting left out, and how much that gives."""
    start = time.process_time()
    found = work()
    size = len(found) if hasattr(found, "__len__") else found
    print(f"{name:<46}{time.process_time() - start:8.2f} s   {size:,}", flush=True)


def main() -> None:
    """Measure each use once, on a graph whose index stands already."""
    parts, count = (int(word) for word in (*sys.argv[1:], "5000", "10000")[:2])
    graph = made(parts, count)
    one, two = (graph.framework(BASE + name) for name in ("one", "two"))
    print(f"{parts:,} parts a framework, {count:,} alignments, {len(graph):,} triples")
    timed("coverage of one by another", lambda: coverage(one, two).whole.covered)
    timed("the same again", lambda: coverage(one, two).whole.covered)
    timed("crosswalk of two", lambda: crosswalk(graph, [one.iri, two.iri]).rows)
    timed("crosswalk of three", lambda: crosswalk(graph).rows)
    timed("crosswalk of three, chains of 3", lambda: crosswalk(graph, longest=3).rows)
    table = crosswalk(graph, [one.iri, two.iri])
    for row in FORMATS:
        timed(f"written as {row.name}", lambda row=row: written(table, row))  # type: ignore[misc]
    timed("chains of 3 between two", lambda: chains_between(graph, one.iri, two.iri))
    timed("who else asks, one part", lambda: asked_elsewhere(graph, BASE + "one/p0").asking)
    for name, values in (
        ("coverage", {"of": "one", "by": "two"}),
        ("gaps", {"of": "one", "by": "two"}),
        ("crosswalk", {"left": "one", "right": "two"}),
        ("alignments", {}),
        ("who-else", {"part": "one/p0"}),
        ("chains", {"part": "one/p0"}),
        ("chains", {}),
    ):
        what = f"question {name} {' '.join(values)}"
        timed(what, lambda n=name, v=values: run_question(graph, n, **v))  # type: ignore[misc]
    net = clique(500)
    timed("clique of 500: who else asks", lambda: asked_elsewhere(net, BASE + "f0/p0").asking)
    timed("clique of 500: question chains", lambda: run_question(net, "chains", part="f0/p0"))


if __name__ == "__main__":
    main()
