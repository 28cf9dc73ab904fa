"""A tiny framework in three editions: a part is added, one removed, one moved, one reworded."""

from __future__ import annotations

from pathlib import Path

from competency import DataDirectory, KnowledgeGraph
from competency.graph import publish
from tests.conftest import PREFIXES

BASE = "https://w3id.org/competency/id/"
IRI = BASE + "baking"
OTHER = "https://example.org/other"
_HEAD = f"""{PREFIXES}
@prefix : <{IRI}/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<{IRI}> a comp:Framework ; rdfs:label "Baking"@en, "Boulangerie"@fr .
"""


def part(
    name: str, position: int, text: str, *, kind: str = "PositiveIndicator", more: str = ""
) -> str:
    """Return a part in Turtle; ``1/2`` is below ``1``, ``1`` below the framework."""
    above = f"{IRI}/{name.rpartition('/')[0]}".rstrip("/")
    return (
        f"<{IRI}/{name}> a comp:{kind} ; comp:inFramework <{IRI}> ; comp:partOf <{above}> ;"
        f' comp:position {position} ; comp:text "{text}"@en {more} .\n'
    )


GROUPS = part("1", 1, "Customers", kind="Group") + part("2", 2, "Dough", kind="Group")
FIRST = (
    _HEAD
    + GROUPS
    + part("1/1", 1, "Asks customers what they think")
    + part("1/2", 2, "Thanks them", more='; comp:code [ skos:notation "B12" ]')
    + part("1/3", 3, "Listens")
)
SECOND = (
    _HEAD
    + GROUPS
    + part("1/3", 1, "Listens")
    + part("1/1", 2, "Asks visitors and staff what they think")
    + part("1/2", 3, "Thanks them", more='; comp:code [ skos:notation "B13" ]')
    + part("2/1", 1, "Kneads by hand")
)
THIRD = (
    _HEAD
    + GROUPS
    + part("1/3", 1, "Listens")
    + part("1/1", 2, "Asks visitors and staff what they think")
    + part("1/4", 3, "Thanks them, and others", more=f"; dcterms:replaces <{IRI}/1/2>")
    + part("2/1", 1, "Kneads by hand", more="; owl:deprecated true")
)


def graph_of(turtle: str) -> KnowledgeGraph:
    """Return the graph of a state."""
    graph = KnowledgeGraph()
    graph.parse(turtle)
    return graph


def other(title: str = "Other") -> KnowledgeGraph:
    """Return a framework with an IRI of its publisher, with one part."""
    return graph_of(
        f'{PREFIXES} <{OTHER}> a comp:Framework ; rdfs:label "{title}"@en .'
        f"<{OTHER}#1> a comp:Note ; comp:inFramework <{OTHER}> ; comp:partOf <{OTHER}> ."
    )


def publish_all(place: Path) -> DataDirectory:
    """Publish four editions: another framework comes with the second and goes with the fourth."""
    directory = DataDirectory(place)
    for turtle, note in ((FIRST, "first"), (SECOND, "second"), (THIRD, "third")):
        graphs = [*graph_of(turtle).graphs()]
        if note == "second":
            graphs += other().graphs()
        publish(directory, graphs, gate=False, note=note)
    publish(directory, remove=[OTHER], gate=False, note="fourth")
    return directory
