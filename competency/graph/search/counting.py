"""How many hits there are of each sort: all of ``temp.found`` is counted once, for every facet.

What is counted together is alike in all that a facet or a choice can tell apart, so that there are
some thousands of groups where there are a hundred thousand hits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from competency.graph.search.connections import Session
from competency.graph.search.found import Choice, Marked
from competency.graph.search.matching import FACETS, Asked, distance

_TOGETHER = 500  # IRIs in one question: old versions of SQLite take 999 values
_GROUPS = "SELECT place, {columns}, count(*) FROM temp.found GROUP BY place, {columns}"
_TERMS = "SELECT id, value FROM AT.terms WHERE id IN ({numbers})"
_LABELS = """
SELECT v.value, t.value, label FROM AT.terms v CROSS JOIN AT.labels l ON l.term = v.id
CROSS JOIN AT.terms t ON t.id = l.language WHERE v.value IN ({marks})
AND EXISTS (SELECT 1 FROM temp.live g WHERE g.place = ? AND g.graph = l.graph)
"""

_Number = int | None


@dataclass(frozen=True)
class _Group:
    """Hits that are alike: their file, what it has as a number for each facet, how many they are.

    ``fails`` are the facets in which a choice was made that does not let them through.
    """

    place: int
    numbers: dict[str, _Number]
    fails: frozenset[str]
    count: int


class Counts:
    """The hits that a search found, in numbers.

    Counts(session, asked).total
    """

    def __init__(self, session: Session, asked: Asked) -> None:
        """Count what is in ``temp.found``."""
        self._session, self._asked = session, asked
        self._groups = list(_groups(session, asked))

    @property
    def total(self) -> int:
        """Return how many hits all choices let through."""
        return sum(group.count for group in self._groups if not group.fails)

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

    def _counted(self, facet: str) -> tuple[dict[str, int], dict[str, str]]:
        """Return the number of hits by value, and of levels the framework where each is used."""
        found: Counter[tuple[int, int]] = Counter()
        within: dict[tuple[int, int], int] = {}
        for group in self._groups:
            number, framework = group.numbers[facet], group.numbers["framework"]
            if number is None or group.fails - {facet}:
                continue
            key = group.place, number
            found[key] += group.count
            if facet == "level" and framework is not None:
                within[key] = min(framework, within.get(key, framework))
        terms = _terms(self._session, [*found, *((at, item) for (at, _), item in within.items())])
        counts: Counter[str] = Counter()
        for key in sorted(found):
            counts[terms[key]] += found[key]
        frameworks = {terms[key]: terms[key[0], within[key]] for key in sorted(within)}
        return counts, frameworks


def _groups(session: Session, asked: Asked) -> Iterator[_Group]:
    tested = [facet for facet in FACETS if asked.chosen(facet)]
    columns = ", ".join((*FACETS, *(f"in_{facet}" for facet in tested)))
    for place, *row in session.ask(_GROUPS.format(columns=columns)):
        numbers, passed = row[: len(FACETS)], zip(tested, row[len(FACETS) : -1], strict=True)
        yield _Group(
            place=int(str(place)),
            numbers={
                facet: number if isinstance(number, int) else None
                for facet, number in zip(FACETS, numbers, strict=True)
            },
            fails=frozenset(facet for facet, passes in passed if not passes),
            count=int(str(row[-1])),
        )


def _terms(session: Session, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Return the IRIs and words that files have numbers for, by file and number."""
    found: dict[tuple[int, int], str] = {}
    by_place: dict[int, set[int]] = {}
    for place, number in wanted:
        by_place.setdefault(place, set()).add(number)
    for place, numbers in by_place.items():
        statement = _TERMS.format(numbers=",".join(map(str, sorted(numbers))))
        rows = session.ask(statement, (), place)
        found |= {(place, int(str(number))): str(value) for number, value in rows}
    return found


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
