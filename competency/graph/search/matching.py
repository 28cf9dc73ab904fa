"""What matches a question, counted: each file is asked in turn, and all meets in ``temp.groups``.

Hits of a group are alike in all that a facet can tell apart, so there are some thousands of groups
where there are a million hits. A thing is one hit, in however many languages it matches. ``fails``
has a bit for each facet in which a choice was made that does not let the hits through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from competency.graph.search.connections import Session
from competency.graph.search.layout import layout_of
from competency.graph.search.query import Query

FACETS = ("framework", "kind", "level", "polarity")
_STEMMED_LANGUAGES = 8  # of those of the index, in how many the words of a question are stemmed
_MATCHING = "AT.words h CROSS JOIN AT.sorted s ON s.wording = h.rowid WHERE h.words MATCH :query"
_EVERYTHING = "AT.sorted s"
_COUNT = """
WITH found AS MATERIALIZED (
  SELECT sort, count(*) - count(several) + count(DISTINCT several) AS hits FROM HITS GROUP BY sort)
INSERT INTO temp.groups
SELECT :place, t.framework, t.kind, t.level, t.polarity, FAILS, sum(hits) FROM found f
CROSS JOIN AT.sorts t ON t.id = f.sort
CROSS JOIN temp.live l ON l.place = :place AND l.graph = t.graph
GROUP BY t.framework, t.kind, t.level, t.polarity
"""
# The same of files of layout 1.
_MATCHING_THINGS = """
SELECT DISTINCT w.thing FROM AT.words h CROSS JOIN AT.wordings w ON w.id = h.rowid
WHERE h.words MATCH :query
"""
_EVERY_THING = "SELECT id AS thing FROM AT.things"
_COUNT_THINGS = """
INSERT INTO temp.groups
SELECT :place, t.framework, t.kind, t.level, t.polarity, FAILS, count(*) FROM (HITS) f
CROSS JOIN AT.things t ON t.id = f.thing
CROSS JOIN temp.live l ON l.place = :place AND l.graph = t.graph
GROUP BY t.framework, t.kind, t.level, t.polarity
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
    """Fill ``temp.groups``; say whether anything matches, whatever the choices."""
    clear(session)
    values = {"query": query.expression() if query.terms else ""}
    for place in range(len(session.places)):
        statement, every, matching = _COUNT, _EVERYTHING, _MATCHING
        if layout_of(session.connection, session.places[place]) == 1:
            statement, every, matching = _COUNT_THINGS, _EVERY_THING, _MATCHING_THINGS
        hits = matching if query.terms else every
        statement = statement.replace("HITS", hits).replace("FAILS", _fails(session, place, asked))
        session.ask(statement, values | {"place": place}, place)
    return bool(session.ask("SELECT EXISTS (SELECT 1 FROM temp.groups)")[0][0])


def clear(session: Session) -> None:
    """Let nothing match."""
    session.ask("DELETE FROM temp.groups")


def tests_of(session: Session, place: int, asked: Asked) -> dict[str, str]:
    """Return the condition on a thing that the choices of each facet are, where any were made."""
    found: dict[str, str] = {}
    for facet in FACETS:
        if chosen := asked.chosen(facet):
            marks = ",".join("?" * len(chosen))
            rows = session.ask(f"SELECT id FROM AT.terms WHERE value IN ({marks})", chosen, place)  # noqa: S608
            found[facet] = f"ifnull(t.{facet} IN ({','.join(str(row[0]) for row in rows)}), 0)"
    return found


def bit(facet: str) -> int:
    """Return the bit of ``fails`` that is that of a facet."""
    return 1 << FACETS.index(facet)


def _fails(session: Session, place: int, asked: Asked) -> str:
    tests = tests_of(session, place, asked).items()
    return " + ".join(f"{bit(facet)} * (NOT {test})" for facet, test in tests) or "0"


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
