"""What matches a question: each file is asked in turn, and all answers meet in ``temp.found``.

There is one row for each thing, with the wording that fits best in the languages that are liked:
the one of the least ``rank``. ``exact`` is 2 where the words are its code, 1 where they are its
title. ``score`` is BM25, in which titles and codes weigh most, relative to the best of its file:
each file counts words by itself. ``in_kind`` and its like say whether the choices made in a facet
let the thing through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from competency.graph.search.connections import Session
from competency.graph.search.query import Query

FACETS = ("framework", "kind", "level", "polarity")
_STEMMED_LANGUAGES = 8  # of those of the index, in how many the words of a question are stemmed
_MATCHING = """
  SELECT rowid AS wording, bm25(words, 8, 10, 2, 4, 1, 0.3) AS score
  FROM AT.words WHERE words MATCH :query
"""
_EVERYTHING = "SELECT id AS wording, 0.0 AS score FROM AT.wordings"
_FILL = """
WITH hit AS MATERIALIZED (MATCHING),
  best AS MATERIALIZED (SELECT nullif(min(score), 0.0) AS score FROM hit),
  exact AS MATERIALIZED (SELECT wording, max(code) + 1 AS exact FROM AT.keys
    WHERE key = :key AND :key <> '' GROUP BY wording)
INSERT INTO temp.found
SELECT :place, t.id, h.wording,
  10 * DISTANCE - ifnull(x.exact, 0) - ifnull(h.score / best.score, 0.0),
  ifnull(x.exact, 0), ifnull(h.score / best.score, 0.0),
  t.framework, t.kind, t.level, t.polarity, TESTS
FROM hit h CROSS JOIN best
CROSS JOIN AT.wordings w ON w.id = h.wording
CROSS JOIN AT.things t ON t.id = w.thing
CROSS JOIN temp.live l ON l.place = :place AND l.graph = t.graph
LEFT JOIN exact x ON x.wording = h.wording
WHERE true ON CONFLICT (place, thing) DO UPDATE
SET wording = excluded.wording, rank = excluded.rank, exact = excluded.exact, score = excluded.score
WHERE excluded.rank < rank
"""


@dataclass(frozen=True)
class Asked:
    """What is asked beside the words: what to narrow the search to, and which hits to give.

    ``framework``, ``kind`` and ``level`` are IRIs, of each of which one is enough; ``polarity`` is
    ``positive``, ``negative`` or both. ``languages`` are in the order in which they are liked.

    Asked(polarity=("negative",), languages=("fr", "en"), limit=10)
    """

    framework: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    offset: int = 0
    limit: int = 20

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the choices made in a facet: ``framework``, ``kind``, ``level``, ``polarity``."""
        found: tuple[str, ...] = getattr(self, facet)
        return found


def match(session: Session, query: Query, asked: Asked) -> bool:
    """Fill ``temp.found``; say whether anything matches, whatever the choices."""
    session.ask("DELETE FROM temp.found")
    matching = _MATCHING if query.terms else _EVERYTHING
    values = {"key": query.key, "query": query.expression() if query.terms else ""}
    for place in range(len(session.places)):
        tests = (_test(session, place, asked, facet) for facet in FACETS)
        statement = (
            _FILL.replace("MATCHING", matching)
            .replace("TESTS", ", ".join(tests))
            .replace("DISTANCE", _distance_in(session, place, asked))
        )
        session.ask(statement, values | {"place": place}, place)
    return bool(session.ask("SELECT EXISTS (SELECT 1 FROM temp.found)")[0][0])


def clear(session: Session) -> None:
    """Let nothing have been found."""
    session.ask("DELETE FROM temp.found")


def stemmed_in(session: Session, asked: Asked) -> list[str]:
    """Return the languages in which words are stemmed, those that are liked first."""
    rows = session.ask_each("SELECT value FROM AT.languages JOIN AT.terms USING (id)")
    tags = {str(tag).partition("-")[0].lower() or "en" for (tag,) in rows}
    liked = sorted(tags, key=lambda tag: (distance(tag, asked.languages), tag))
    return liked[:_STEMMED_LANGUAGES]


def distance(tag: str, liked: Sequence[str]) -> int:
    """Return how far a language is from what is liked: its place in the list, or past its end.

    >>> [distance(tag, ["fr-CA", "en"]) for tag in ("fr-CA", "fr", "en", "de")]
    [0, 1, 2, 4]
    """
    wanted = [item.lower() for item in liked]
    found = tag.lower()
    if found in wanted:
        return wanted.index(found) * 2
    bases = [item.partition("-")[0] for item in wanted]
    base = found.partition("-")[0]
    return bases.index(base) * 2 + 1 if base in bases else 2 * len(wanted)


def _test(session: Session, place: int, asked: Asked, facet: str) -> str:
    """Return the condition that the choices of a facet are, in numbers of our own."""
    chosen = list(asked.chosen(facet))
    if not chosen:
        return "1"
    marks = ",".join("?" * len(chosen))
    rows = session.ask(f"SELECT id FROM AT.terms WHERE value IN ({marks})", chosen, place)  # noqa: S608
    return f"ifnull(t.{facet} IN ({','.join(str(number) for (number,) in rows)}), 0)"


def _distance_in(session: Session, place: int, asked: Asked) -> str:
    """Return how far the language of a wording is from what is liked, as an expression."""
    rows = session.ask("SELECT id, value FROM AT.languages JOIN AT.terms USING (id)", (), place)
    cases = (f"WHEN {number} THEN {distance(str(tag), asked.languages)}" for number, tag in rows)
    return f"CASE w.language {' '.join(cases)} END" if rows else "0"
