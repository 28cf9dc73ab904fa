"""Graphs to judge whole and in shards, and what tells two reports apart."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from competency import KnowledgeGraph
from competency.graph import NamedGraph
from competency.graph.judging import Rules, own_rules
from competency.graph.judging.checking import check
from competency.graph.judging.cutting import Cutter, Shard
from competency.graph.judging.gathering import Gathered
from competency.graph.judging.surroundings import around
from competency.shapes import Report, Result
from competency.shapes.finding import Finding
from tests.conftest import PREFIXES

Graphs = dict[str, NamedGraph]
HEAD = (
    PREFIXES
    + "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix sssom: <https://w3id.org/sssom/> .\n"
)


def graphs_of(**texts: str) -> Graphs:
    """Return graphs by name: ``one="..."`` is Turtle for the graph https://example.org/one."""
    found: Graphs = {}
    for name, text in texts.items():
        graph = KnowledgeGraph()
        graph.parse(HEAD + text, source=name)
        iri = f"https://example.org/{name}"
        found[iri] = NamedGraph(iri, (t for each in graph.graphs() for t in each.triples))
    return found


def framework(name: str, *parts: str, more: str = "") -> str:
    """Return a framework in Turtle with parts of it, each ``local a comp:Kind ; ...``."""
    text = f'ex:{name} a comp:Framework ; rdfs:label "{name}"@en . {more}\n'
    for place, part in enumerate(parts, 1):
        text += (
            f"ex:{part} ; comp:inFramework ex:{name} ; comp:partOf ex:{name} ;"
            f' comp:position {place} ; comp:lines "{place}" .\n'
        )
    return text


def whole(graphs: Graphs, rules: Rules | None = None) -> Report:
    """Return the report on all graphs at once."""
    gathered = Gathered()
    triples = dict.fromkeys(t for graph in graphs.values() for t in graph.triples)
    gathered.add(check(triples, rules or own_rules()))
    return gathered.report()


def shards_of(graphs: Graphs, rules: Rules | None = None) -> dict[str, Shard]:
    """Return the shard of each graph."""
    cutter = Cutter((rules or own_rules()).reading, around(graphs))
    return {name: cutter.cut(graph) for name, graph in graphs.items()}


def judged_alone(shard: Shard, rules: Rules | None = None) -> tuple[Result, ...]:
    """Return what is found about what is a shard's own."""
    return check(shard.triples(), rules or own_rules(), shard.own)


def in_shards(graphs: Graphs, rules: Rules | None = None) -> Report:
    """Return the union of the reports on the shard of each graph."""
    gathered = Gathered()
    for shard in shards_of(graphs, rules).values():
        gathered.add(judged_alone(shard, rules))
    return gathered.report()


def rows(report: Report) -> Counter[tuple[Result, Finding]]:
    """Return every result with every finding behind it."""
    return Counter((result, finding) for result in report for finding in result.findings)


def pairs(results: Iterable[Result]) -> set[tuple[str, str]]:
    """Return focus and shape of each result, by their local names."""
    return {(_local(result.focus), _local(result.shape)) for result in results}


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


# ------------------------------------------------------------------ other ways to cut the same data

Triples = list[ox.Triple]
WAYS: Mapping[str, Callable[[ox.Triple], object]] = {
    "subject": lambda triple: triple.subject,
    "property": lambda triple: triple.predicate,
    "object": lambda triple: triple.object,
}


def scattered(triples: Iterable[ox.Triple], many: int, by: str, seed: int) -> Graphs:
    """Return the same triples in other graphs: by chance, or by one of their terms.

    One in ten stands in a second graph as well.
    """
    chance = random.Random(seed)  # noqa: S311
    shuffled: dict[str, int] = {}
    found: dict[int, Triples] = defaultdict(list)
    for triple in triples:
        place = chance.randrange(many)
        if by in WAYS:
            place = shuffled.setdefault(str(WAYS[by](triple)), place)
        found[place].append(triple)
        if chance.random() < 0.1:
            found[chance.randrange(many)].append(triple)
    named = {place: f"https://example.org/graph/{place}" for place in found}
    return {named[place]: NamedGraph(named[place], rows) for place, rows in found.items()}


def spoilt(triples: Iterable[ox.Triple], share: float, seed: int) -> Triples:
    """Return triples in some of which a term was taken from another triple, by chance."""
    chance, found = random.Random(seed), list(triples)  # noqa: S311
    for _ in range(int(len(found) * share)):
        at, other = chance.randrange(len(found)), found[chance.randrange(len(found))]
        one = found[at]
        found[at] = chance.choice(
            [
                ox.Triple(one.subject, one.predicate, other.object),
                ox.Triple(other.subject, one.predicate, one.object),
                ox.Triple(one.subject, other.predicate, one.object),
                ox.Triple(one.subject, other.predicate, other.object),
            ]
        )
    return found
