"""Searching an index: all of the words, or else some of them, or else what they may have meant."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

from competency.graph.search.connections import SECONDS, Connections, Session
from competency.graph.search.found import Found
from competency.graph.search.matching import Asked, clear, match, stemmed_in
from competency.graph.search.query import Query, read_query
from competency.graph.search.results import results_of
from competency.graph.search.spelling import respelled

_KEPT = 128  # answers that are remembered: what is searched does not change


class Searcher:
    """Searches one index; threads may share it.

    Searcher(over_files(paths, graphs)).search("customer", Asked()).total
    """

    def __init__(self, connections: Connections, *, seconds: float = SECONDS) -> None:
        """Search what ``connections`` lead to; one search may take ``seconds``."""
        self._connections = connections
        self._found = lru_cache(maxsize=_KEPT)(partial(_search, connections, seconds))

    def search(self, words: str, asked: Asked) -> Found:
        """Return what has all of ``words``, or some of them where nothing has all.

        Without a word everything is found, in its order. Raises TimeReached or EditionError.
        """
        return self._found(words, asked)

    def close(self) -> None:
        """Let go of the files and of what was found."""
        self._found.cache_clear()
        self._connections.close()


def _search(connections: Connections, seconds: float, words: str, asked: Asked) -> Found:
    with connections.session(seconds) as session:
        query = read_query(words, stemmed_in(session, asked))
        if words.strip() and not query.terms:
            clear(session)
        elif not match(session, query, asked):
            return _second_try(session, words, query, asked)
        return results_of(session, words, query, asked)


def _second_try(session: Session, words: str, query: Query, asked: Asked) -> Found:
    """Return what has some of the words, or nothing and a suggestion that finds something."""
    loosened = query.loosened()
    if loosened and match(session, loosened, asked):
        return results_of(session, words, loosened, asked)
    meant = respelled(words, query, session)
    if meant and not match(session, read_query(meant, stemmed_in(session, asked)), asked):
        meant = None
    clear(session)
    return replace(results_of(session, words, query, asked), suggestion=meant)
