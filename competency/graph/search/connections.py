"""Connections to an index: read-only, each for one thread at a time, and bounded in time."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from competency.errors import EditionError, TimeReached
from competency.graph.search.files import Graphs, read_only

SECONDS = 5.0  # that one search may take
MOST = 8  # connections, so as many searches at once
_DAMAGE = ("unable to open", "disk I/O error")  # what SQLite says of a file besides "malformed"
_STEPS = 10_000  # of SQLite's machine between two looks at the clock
_TEMPORARY = """
PRAGMA temp_store=MEMORY;
CREATE TABLE temp.live (place INTEGER, graph INTEGER, PRIMARY KEY (place, graph)) WITHOUT ROWID;
CREATE TABLE temp.groups (place INTEGER, framework INTEGER, kind INTEGER, level INTEGER,
  polarity INTEGER, fails INTEGER, hits INTEGER);
CREATE TABLE temp.found (place INTEGER, thing INTEGER, wording INTEGER, rank REAL, exact INTEGER,
  score REAL, PRIMARY KEY (place, thing)) WITHOUT ROWID;
CREATE TABLE temp.titled (place INTEGER, wording INTEGER, score REAL,
  PRIMARY KEY (place, wording)) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Session:
    """A connection that is lent, with the names under which it knows the files of the index.

    ``temp.live`` says which graphs are current, ``temp.groups`` is where a search puts how much it
    found, ``temp.found`` what it ranks, ``temp.titled`` what has its words in a title or code,
    where it has to know.
    """

    connection: sqlite3.Connection
    places: tuple[str, ...]

    def ask(
        self,
        statement: str,
        values: Sequence[object] | Mapping[str, object] = (),
        place: int | None = None,
    ) -> list[tuple[object, ...]]:
        """Return all rows of a statement; ``AT`` in it stands for the file at a place."""
        if place is not None:
            statement = statement.replace("AT.", self.places[place] + ".")
        return self.connection.execute(statement, values).fetchall()

    def ask_each(
        self, statement: str, values: Sequence[object] = ()
    ) -> Iterator[tuple[object, ...]]:
        """Yield the rows of a statement from every file."""
        for place in range(len(self.places)):
            yield from self.ask(statement, values, place)


class Connections:
    """Lends connections, and makes one more where all are in use, up to a number."""

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        places: Sequence[str],
        folder: Path | None = None,
        most: int = MOST,
    ) -> None:
        """Make connections with ``connect`` when they are needed; the files are in ``folder``."""
        self._connect, self._places, self._folder = connect, tuple(places), folder
        self._room, self._lock = threading.BoundedSemaphore(most), threading.Lock()
        self._free: list[sqlite3.Connection] = []
        self._closed = False

    @contextlib.contextmanager
    def session(self, seconds: float = SECONDS) -> Iterator[Session]:
        """Lend a connection; TimeReached where what is done with it takes longer than it may.

        EditionError where a file is damaged or gone.
        """
        with self._room, _as_our_errors(self._folder):
            with self._lock:
                connection = self._free.pop() if self._free else None
            connection = connection or self._connect()
            ends = time.monotonic() + seconds
            connection.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
            try:
                yield Session(connection, self._places)
            finally:
                self._take_back(connection)

    def _take_back(self, connection: sqlite3.Connection) -> None:
        connection.set_progress_handler(None, 0)
        with self._lock:
            if not self._closed:
                self._free.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close the connections; one that is in use when it comes back."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
        for connection in free:
            connection.close()


def over_files(paths: Sequence[Path], graphs: Graphs) -> Connections:
    """Return connections to the index files of an edition, of which ``graphs`` are current."""
    places = [f"at{place}" for place in range(len(paths))]

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            ":memory:", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            for place, path in zip(places, paths, strict=True):
                connection.execute(f"ATTACH ? AS {place}", (read_only(path),))
            connection.executescript(_TEMPORARY)
            _note_live(Session(connection, tuple(places)), graphs)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    return Connections(connect, places, paths[0].parent)


def over_memory(connection: sqlite3.Connection) -> Connections:
    """Return the one connection to an index in memory, all graphs of which are current."""
    connection.executescript(_TEMPORARY)
    connection.execute("INSERT INTO temp.live SELECT 0, id FROM main.graphs")
    return Connections(lambda: connection, ["main"], most=1)


@contextlib.contextmanager
def _as_our_errors(folder: Path | None) -> Iterator[None]:
    """Tell a search that was stopped, and a file that is damaged, from mistakes of our own."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if "interrupted" in str(error):
            reason = "this search takes too long; use longer words or fewer of them"
            raise TimeReached("time", reason) from error
        said = type(error) is sqlite3.DatabaseError
        damaged = said or any(words in str(error) for words in _DAMAGE)
        if folder is None or not damaged:
            raise
        reason = f"the search index cannot be read: {error}"
        raise EditionError(folder.parent.name, str(folder), reason) from error


def _note_live(session: Session, graphs: Graphs) -> None:
    """Note which graphs are current; one that is in both files counts once."""
    seen: set[tuple[object, object]] = set()
    for place in range(len(session.places)):
        for number, name, digest in session.ask(
            "SELECT id, name, digest FROM AT.graphs", (), place
        ):
            if graphs.get(str(name)) == digest and (name, digest) not in seen:
                seen.add((name, digest))
                session.ask("INSERT INTO temp.live VALUES (?, ?)", (place, number))
