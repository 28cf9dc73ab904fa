"""What a search gives back: the hits of a page as they are shown, beside what is counted of all."""

from __future__ import annotations

from competency.graph.search.connections import Session
from competency.graph.search.counting import Counts
from competency.graph.search.found import Found, Hit, Marked
from competency.graph.search.marking import Marker
from competency.graph.search.matching import FACETS, Asked, distance
from competency.graph.search.query import Query
from competency.graph.search.ranking import ranked
from competency.graph.search.tokens import squeezed

_MOST_ABOVE = 30  # titles above a hit; a tree that is deeper is broken
_THING = """
SELECT iri, parent, codes, f.value, k.value, l.value, p.value
FROM AT.things t LEFT JOIN AT.terms f ON f.id = t.framework LEFT JOIN AT.terms k ON k.id = t.kind
LEFT JOIN AT.terms l ON l.id = t.level LEFT JOIN AT.terms p ON p.id = t.polarity
WHERE t.id = ?
"""
_WORDING = "SELECT text, value FROM AT.wordings w JOIN AT.terms t ON t.id = language WHERE w.id = ?"
_TITLES = """
SELECT w.id, label, value, parent FROM AT.wordings w
JOIN AT.things t ON t.id = w.thing JOIN AT.terms l ON l.id = language WHERE t.id = ?
"""


def results_of(session: Session, words: str, query: Query, asked: Asked) -> Found:
    """Return what a search found, once it was matched."""
    hits = _Hits(session, query, asked)
    counts = Counts(session, asked)
    rows = ranked(session, query, asked, counts)
    return Found(
        words=words,
        total=counts.total,
        offset=asked.offset,
        hits=tuple(hits.hit(*row) for row in rows),
        facets={facet: counts.choices(facet) for facet in FACETS},
        some=query.some,
        cut=query.cut,
    )


class _Hits:
    """Reads hits; titles of what stands above them are read once."""

    def __init__(self, session: Session, query: Query, asked: Asked) -> None:
        self._session, self._asked = session, asked
        self._marker = Marker(query)
        self._above: dict[tuple[int, int], tuple[Marked | None, int | None]] = {}

    def hit(self, place: int, thing: int, wording: int) -> Hit:
        row = self._session.ask(_THING, (thing,), place)[0]
        iri, parent, codes, framework, kind, level, polarity = row
        text, language = (str(value) for value in self._session.ask(_WORDING, (wording,), place)[0])
        own = self._title(place, thing, wording)[0]
        title, snippet = self._marked(own, text, language)
        return Hit(
            iri=str(iri),
            framework=str(framework),
            kind=str(kind),
            level=None if level is None else str(level),
            polarity=None if polarity is None else str(polarity),
            codes=tuple(str(codes).splitlines()),
            language=language,
            title=title or Marked(str(iri).rstrip("/#").rpartition("/")[2]),
            snippet=snippet,
            above=self._way(place, parent),
        )

    def _marked(
        self, title: Marked | None, text: str, language: str
    ) -> tuple[Marked | None, Marked | None]:
        """Return title and snippet with their marks; where there is no title the text is it."""
        snippet = self._marker.snippet(text, language) if text else None
        if title is None:
            return snippet, None
        if snippet and squeezed(snippet.value) == squeezed(title.value):
            snippet = None  # it says the same again
        return self._marker.mark(title.value, title.language), snippet

    def _title(
        self, place: int, thing: int, wording: int | None = None
    ) -> tuple[Marked | None, int | None]:
        """Return the title of a thing and what is above it.

        The title is that of the wording given, else that in the language that is liked best.
        """
        liked = self._asked.languages
        rows = [
            (number != wording, distance(str(tag), liked), str(tag), str(label), parent)
            for number, label, tag, parent in self._session.ask(_TITLES, (thing,), place)
        ]
        rows.sort(key=lambda row: row[:3])
        titles = (Marked(row[3].splitlines()[0], row[2]) for row in rows if row[3])
        parent = rows[0][4] if rows else None
        return next(titles, None), parent if isinstance(parent, int) else None

    def _way(self, place: int, parent: object) -> tuple[Marked, ...]:
        """Return the titles from the framework down to what is above a hit."""
        found: list[Marked] = []
        for _ in range(_MOST_ABOVE):
            if not isinstance(parent, int):
                break
            if (place, parent) not in self._above:
                self._above[place, parent] = self._title(place, parent)
            title, parent = self._above[place, parent]
            found += [title] if title else []
        return tuple(reversed(found))
