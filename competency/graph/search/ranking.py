"""The hits of a page, best first: what they are ranked by, and how far ranking goes.

What has the words as its code comes first, then what has them as its title, then the rest by BM25,
in which titles and codes weigh most; where that is alike, in the order of the frameworks. ``rank``
chooses the wording of a thing that fits best in the languages that are liked: the least of it.
``score`` is BM25 relative to the best of its file, as each file counts words by itself.

Of more than ``MOST_RANKED`` hits BM25 has little to say, and takes long to say it: a word that most
texts have tells none of them apart. Then the choices made go first, as long as they leave no more;
else what has one of the words in a title or code comes first, by BM25 as long as that is no more,
and all others follow in the order of the frameworks. Each order is the same whatever page is asked.
"""

from __future__ import annotations

from competency.graph.search.connections import Session
from competency.graph.search.counting import Counts
from competency.graph.search.matching import Asked, distance, tests_of
from competency.graph.search.query import Query

MOST_RANKED = 100_000  # hits that are all ranked by BM25
MOST_HITS = 200  # that one answer holds
# What stands in capitals below is put in; AT. is the file that is asked.
_BM25 = "bm25(words, 8, 10, 2, 4, 1, 0.3)"
_LET_THROUGH = """
CROSS JOIN AT.wordings w ON w.id = h.rowid CROSS JOIN AT.things t ON t.id = w.thing
CROSS JOIN temp.live l ON l.place = :place AND l.graph = t.graph AND TESTS
"""
_ALL = "SELECT h.rowid AS wording, BM25 AS score FROM AT.words h WHERE h.words MATCH :query"
_CHOSEN = """
SELECT h.rowid AS wording, BM25 AS score FROM AT.words h LET_THROUGH WHERE h.words MATCH :query
"""
_NOTE_TITLED = """
INSERT INTO temp.titled
SELECT :place, h.rowid, BM25 FROM AT.words h WHERE h.words MATCH :titled LIMIT :most
"""
_TITLED = "SELECT wording, score FROM temp.titled WHERE place = :place"
_TITLED_IN_ORDER = """
SELECT h.rowid AS wording, -1.0 AS score FROM AT.words h LET_THROUGH WHERE h.words MATCH :titled
ORDER BY h.rowid LIMIT :most
"""
_TITLED_EXACTLY = """
SELECT h.rowid AS wording, -1.0 AS score FROM AT.words h WHERE h.words MATCH :titled
AND +h.rowid IN (SELECT o.id FROM AT.keys k CROSS JOIN AT.wordings w ON w.id = k.wording
  CROSS JOIN AT.wordings o ON o.thing = w.thing WHERE k.key = :key AND :key <> '')
"""
_IN_ORDER = """
SELECT h.rowid AS wording, 0.0 AS score FROM AT.words h LET_THROUGH WHERE h.words MATCH :query
AND NOT EXISTS (SELECT 1 FROM temp.found f WHERE f.place = :place AND f.thing = t.id)
ORDER BY h.rowid LIMIT :most
"""
_EVERYTHING = """
SELECT h.rowid AS wording, 0.0 AS score FROM AT.wordings h LET_THROUGH
ORDER BY h.rowid LIMIT :most
"""
_FILL = """
WITH hit AS MATERIALIZED (MATCHING),
  best AS MATERIALIZED (SELECT nullif(min(score), 0.0) AS score FROM hit),
  exact AS MATERIALIZED (SELECT wording, max(code) + 1 AS exact FROM AT.keys
    WHERE key = :key AND :key <> '' GROUP BY wording)
INSERT INTO temp.found
SELECT :place, t.id, h.wording,
  10 * DISTANCE - ifnull(x.exact, 0) - ifnull(h.score / best.score, 0.0),
  ifnull(x.exact, 0), ifnull(h.score / best.score, 0.0)
FROM hit h CROSS JOIN best
CROSS JOIN AT.wordings w ON w.id = h.wording
CROSS JOIN AT.things t ON t.id = w.thing
CROSS JOIN temp.live l ON l.place = :place AND l.graph = t.graph
LEFT JOIN exact x ON x.wording = h.wording
WHERE TESTS ON CONFLICT (place, thing) DO UPDATE
SET wording = excluded.wording, rank = excluded.rank, exact = excluded.exact, score = excluded.score
WHERE excluded.rank < rank
"""
_PAGE = """
SELECT place, thing, wording FROM temp.found
ORDER BY exact DESC, score DESC, place, thing LIMIT ? OFFSET ?
"""


def ranked(
    session: Session, query: Query, asked: Asked, counts: Counts
) -> list[tuple[int, int, int]]:
    """Return file, thing and wording of the hits that are asked for, best first."""
    limit, offset = max(0, min(asked.limit, MOST_HITS)), max(0, asked.offset)
    session.ask("DELETE FROM temp.found")
    if limit and counts.total > offset:
        _Ranking(session, query, asked, offset + limit).fill(counts)
    rows = session.ask(_PAGE, (limit, offset))
    return [(int(str(place)), int(str(thing)), int(str(word))) for place, thing, word in rows]


class _Ranking:
    """Fills ``temp.found`` with the first ``most`` hits of each file, or more."""

    def __init__(self, session: Session, query: Query, asked: Asked, most: int) -> None:
        self._session, self._query, self._asked, self._most = session, query, asked, most
        self._places = range(len(session.places))
        self._expressions = {"query": "", "titled": ""}
        if query.terms:
            self._expressions = {"query": query.expression(), "titled": query.titled()}

    def fill(self, counts: Counts) -> None:
        """Rank as far as ranking goes."""
        if not self._query.terms:
            self._fill_each(_EVERYTHING)
        elif counts.matching <= MOST_RANKED:
            self._fill_each(_ALL)
        elif counts.total <= MOST_RANKED:
            self._fill_each(_CHOSEN)
        else:
            self._fill_titled()
            if self._session.ask("SELECT count(*) < ? FROM temp.found", (self._most,))[0][0]:
                self._fill_each(_IN_ORDER)

    def _fill_titled(self) -> None:
        """Find what has one of the words in a title or code, by BM25 where it is not too much."""
        self._session.ask("DELETE FROM temp.titled")
        for place in self._places:
            self._ask(_NOTE_TITLED.replace("BM25", _BM25), place, MOST_RANKED + 1)
        too_many = self._session.ask("SELECT count(*) > ? FROM temp.titled", (MOST_RANKED,))[0][0]
        if not too_many:
            self._fill_each(_TITLED)
        else:
            self._fill_each(_TITLED_EXACTLY)
            self._fill_each(_TITLED_IN_ORDER)

    def _fill_each(self, matching: str) -> None:
        for place in self._places:
            (languages,) = self._session.ask("SELECT count(*) FROM AT.languages", (), place)[0]
            tests = tests_of(self._session, place, self._asked).values()
            statement = (
                _FILL.replace("MATCHING", matching)
                .replace("LET_THROUGH", _LET_THROUGH)
                .replace("BM25", _BM25)
                .replace("TESTS", " AND ".join(tests) or "true")
                .replace("DISTANCE", _distance_in(self._session, place, self._asked))
            )
            self._ask(statement, place, self._most * int(str(languages)))

    def _ask(self, statement: str, place: int, most: int) -> None:
        """Ask for at most so many wordings: a thing has one in each language, at most."""
        values = {"place": place, "key": self._query.key, "most": most}
        self._session.ask(statement, values | self._expressions, place)


def _distance_in(session: Session, place: int, asked: Asked) -> str:
    """Return how far the language of a wording is from what is liked, as an expression."""
    rows = session.ask("SELECT id, value FROM AT.languages JOIN AT.terms USING (id)", (), place)
    cases = (f"WHEN {number} THEN {distance(str(tag), asked.languages)}" for number, tag in rows)
    return f"CASE w.language {' '.join(cases)} END" if rows else "0"
