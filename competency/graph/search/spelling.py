"""Words that are nowhere, and the words of the index that they may have been meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from competency.graph.search.connections import Session
from competency.graph.search.query import Query
from competency.graph.search.tokens import words_of

_CANDIDATES = 4000  # words of the index that a word is compared with
_LIKENESS, _SHORTEST = 0.7, 3
_VOCABULARY = """
CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary_PLACE USING fts5vocab('PLACE', 'words', 'col')
"""
_TERMS = """
SELECT DISTINCT term FROM temp.vocabulary_PLACE WHERE term >= ? AND term < ?
AND length(term) BETWEEN ? AND ? AND col IN ('title', 'codes', 'text') LIMIT ?
"""


def respelled(words: str, query: Query, session: Session) -> str | None:
    """Return ``words`` with those that no text holds replaced by words close to them, or None."""
    meant: dict[str, str] = {}
    for term in query.terms:
        token = term.tokens[0]
        plain = len(term.tokens) == 1 and not term.words[0].unspaced and token.isalpha()
        near = _near(token, session) if plain and len(token) >= _SHORTEST else None
        if near and near != token:
            meant[token] = near
    pieces, done = [], 0
    for word in words_of(words):
        if word.folded in meant:
            pieces += [words[done : word.start], meant[word.folded]]
            done = word.end
    return "".join((*pieces, words[done:])) if pieces else None


def _near(token: str, session: Session) -> str | None:
    """Return the word of the index that is closest to one, or the word itself if it is there."""
    for size in (2, 1):
        start = token[:size]
        found = set(_beginning(start, len(token), session))
        if close := difflib.get_close_matches(token, sorted(found), 1, _LIKENESS):
            return close[0]
    return None


def _beginning(start: str, length: int, session: Session) -> Iterator[str]:
    """Yield the words in titles, codes and texts that begin like this and are about as long."""
    for place, name in enumerate(session.places):
        session.ask(_VOCABULARY.replace("PLACE", name))
        values = (start, start + "\U0010ffff", length - 2, length + 2, _CANDIDATES)
        for (term,) in session.ask(_TERMS.replace("PLACE", name), values, place):
            yield str(term)
