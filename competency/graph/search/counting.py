"""How many hits there are: in all, and for each choice of every facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from competency.graph.search.connections import Session
from competency.graph.search.found import Choice, Marked
from competency.graph.search.matching import Asked, bit, distance

_TOGETHER = 500  # IRIs in one question: old versions of SQLite take 999 values
_COUNTED = """
SELECT v.value, hits, f.value FROM
  (SELECT FACET AS number, sum(hits) AS hits, min(framework) AS framework FROM temp.groups
  WHERE place = ? AND fails & ~? = 0 AND FACET IS NOT NULL GROUP BY FACET)
CROSS JOIN AT.terms v ON v.id = number LEFT JOIN AT.terms f ON f.id = framework
"""
_LABELS = """
SELECT v.value, t.value, label FROM AT.terms v CROSS JOIN AT.labels l ON l.term = v.id
CROSS JOIN AT.terms t ON t.id = l.language WHERE v.value IN ({marks})
AND EXISTS (SELECT 1 FROM temp.live g WHERE g.place = ? AND g.graph = l.graph)
"""


class Counts:
    """The hits that a search found, in numbers.

    Counts(session, asked).total
    """

    def __init__(self, session: Session, asked: Asked) -> None:
        """Count what is in ``temp.groups``."""
        self._session, self._asked = session, asked

    @property
    def total(self) -> int:
        """Return how many hits all choices let through."""
        return self._sum("SELECT total(hits) FROM temp.groups WHERE fails = 0")

    @property
    def matching(self) -> int:
        """Return how many hits there are, whatever the choices."""
        return self._sum("SELECT total(hits) FROM temp.groups")

    def _sum(self, statement: str) -> int:
        return int(float(str(self._session.ask(statement)[0][0])))

    def choices(self, facet: str) -> tuple[Choice, ...]:
        """Return the choices of a facet, those with most hits first, and those made in any case."""
        counts, frameworks = self._counted(facet)
        chosen = self._asked.chosen(facet)
        counts = Counter(dict.fromkeys(chosen, 0) | counts)
        titled = facet in ("framework", "level")
        labels = _labels(self._session, list(counts), self._asked) if titled else {}
        return tuple(
            Choice(value, counts[value], value in chosen, labels.get(value), frameworks.get(value))
            for value in sorted(counts, key=lambda value: (-counts[value], value))
        )

    def _counted(self, facet: str) -> tuple[Counter[str], dict[str, str]]:
        """Return the number of hits by value, and of levels the framework where each is used."""
        counts: Counter[str] = Counter()
        frameworks: dict[str, str] = {}
        statement = _COUNTED.replace("FACET", facet)
        for place in range(len(self._session.places)):
            for value, hits, framework in self._session.ask(statement, (place, bit(facet)), place):
                counts[str(value)] += int(str(hits))
                if facet == "level":
                    frameworks[str(value)] = str(framework)
        return counts, frameworks


def _labels(session: Session, iris: Sequence[str], asked: Asked) -> dict[str, Marked]:
    """Return the titles of frameworks or levels in the language that is liked best."""
    found: dict[str, tuple[int, str, str]] = {}
    for start in range(0, len(iris), _TOGETHER):
        some = iris[start : start + _TOGETHER]
        statement = _LABELS.format(marks=",".join("?" * len(some)))
        for place in range(len(session.places)):
            for iri, tag, label in session.ask(statement, (*some, place), place):
                title = distance(str(tag), asked.languages), str(tag), str(label)
                found[str(iri)] = min(title, found.get(str(iri), title))
    return {iri: Marked(label, tag) for iri, (_, tag, label) in found.items()}
