"""Small frameworks about baking and welding, written as lists of statements."""

from __future__ import annotations

import json
from collections.abc import Iterable

from competency import KnowledgeGraph
from competency.align import Options, Suggestion, suggest
from competency.graph import Framework
from tests.conftest import PREFIXES

BASE = "https://example.org/"


def framework(name: str, *texts: str | tuple[str, str], more: str = "") -> str:
    """Return a framework in Turtle; a text is a helpful behaviour unless a kind goes before it.

    A kind may name a language too, as in ``Note@fr``; ``more`` is said of every part.
    """
    lines = [f'{PREFIXES}\n<{BASE}{name}> a comp:Framework ; rdfs:label "{name.title()}"@en .']
    for position, said in enumerate(texts, 1):
        kind, text = said if isinstance(said, tuple) else ("PositiveIndicator", said)
        kind, _, language = kind.partition("@")
        lines.append(
            f"<{BASE}{name}/{position}> a comp:{kind} ; comp:inFramework <{BASE}{name}> ; "
            f"comp:partOf <{BASE}{name}> ; comp:position {position} ; "
            f"comp:text {json.dumps(text, ensure_ascii=False)}@{language or 'en'} {more} ."
        )
    return "\n".join(lines)


def graph_of(*frameworks: str) -> KnowledgeGraph:
    """Return a graph of frameworks in Turtle."""
    graph = KnowledgeGraph()
    for turtle in frameworks:
        graph.parse(turtle)
    return graph


def two(graph: KnowledgeGraph) -> tuple[Framework, Framework]:
    """Return the two frameworks of a graph."""
    left, right = graph.frameworks
    return left, right


def between(
    left: Iterable[str | tuple[str, str]],
    right: Iterable[str | tuple[str, str]],
    options: Options | None = None,
) -> tuple[Suggestion, ...]:
    """Return the suggestions between two lists of statements."""
    graph = graph_of(framework("baking", *left), framework("welding", *right))
    return suggest(*two(graph), options)


def relation(item: Suggestion) -> str:
    """Return the local name of the relation that is suggested."""
    return item.predicate.rpartition("#")[2]


def ends(found: Iterable[Suggestion]) -> list[tuple[str, str]]:
    """Return the ends of suggestions by their IRIs below the base."""
    return [(item.subject.removeprefix(BASE), item.object.removeprefix(BASE)) for item in found]
