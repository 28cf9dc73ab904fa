"""The index: an SQLite file with one row for each language of each thing, and FTS5 over its words.

Graphs are added and never taken out: each is held under its name and digest, and whoever asks says
which are current. What is not current any more goes when the file is made anew.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from competency.errors import SearchUnavailable
from competency.graph.saying import Sayings
from competency.graph.search.entries import Content, Entry, Wording
from competency.graph.search.layout import COLUMNS, bring_up, prepare
from competency.graph.search.tokens import Stems, squeezed, tokens_of
from competency.graph.store import NamedGraph
from competency.ontology import Vocabulary

ROWS = 1  # how rows are made of a graph; a change makes every index anew
LONGEST_KEY = 80  # characters of a title that is found as a whole
_INSERT = f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY", "cache_size=-65536")
_TOGETHER = 100_000  # triples of graphs that are brought to the file together
_AT_ONCE = 1_000_000  # and of those that a new file is made of in one go
# How FTS5 gathers words: how many bytes in memory, and how many pieces are merged on the way; the
# former as it is by itself, the latter where many are added and all are merged at the end.
_FEW, _MANY = {"hashsize": 1 << 20, "automerge": 4}, {"hashsize": 1 << 26, "automerge": 0}


@dataclass(frozen=True)
class _Place:
    """Where a thing stands: the number of what is above it and all titles from there up."""

    thing: int | None = None
    titles: str = ""
    held: dict[str, str] = field(default_factory=dict)  # the titles as held, by language


@dataclass
class _Rows:
    """The rows of a graph, for each table."""

    things: list[tuple[object, ...]] = field(default_factory=list)
    wordings: list[tuple[object, ...]] = field(default_factory=list)
    words: list[tuple[object, ...]] = field(default_factory=list)
    keys: list[tuple[object, ...]] = field(default_factory=list)
    labels: list[tuple[object, ...]] = field(default_factory=list)
    sorted: list[tuple[object, ...]] = field(default_factory=list)
    sorts: dict[tuple[int | None, ...], int] = field(default_factory=dict)
    languages: dict[object, None] = field(default_factory=dict)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write them all."""
        write = connection.executemany
        write("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self.things)
        write("INSERT INTO wordings VALUES (?, ?, ?, ?, ?)", self.wordings)
        sorts = ((number, *alike) for alike, number in self.sorts.items())
        write("INSERT INTO sorts VALUES (?, ?, ?, ?, ?, ?)", sorts)
        write("INSERT INTO sorted VALUES (?, ?, ?)", self.sorted)
        write("INSERT OR IGNORE INTO languages VALUES (?)", ((item,) for item in self.languages))
        write(_INSERT, self.words)
        write("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", self.keys)
        write("INSERT INTO labels VALUES (?, ?, ?, ?)", self.labels)


def made_with(vocabulary: str) -> str:
    """Return what the rows of an index depend on beside the graphs: a change makes it anew.

    ``vocabulary`` is the digest of the ontology.
    """
    stemmer = version("snowballstemmer")
    return f"{ROWS} {unicodedata.unidata_version} {stemmer} {vocabulary}"


class Index:
    """An index that is open for writing, in a file of its own or in memory.

    with Index(path) as index: index.add(graph, digest, own_vocabulary())
    """

    def __init__(self, path: Path | None = None, *, made: str = "", many: bool = False) -> None:
        """Open the file, or make it; ``made`` is noted in a new one.

        With ``many`` a lot will be added before :meth:`finish`, and is gathered in memory.
        """
        check_fts5()
        new = path is None or not path.exists()
        self.connection = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")
        if new:
            prepare(self.connection, made)
        else:
            bring_up(self.connection)
        self._together = _AT_ONCE if many else _TOGETHER
        if many:
            self._gather(_MANY)
        rows = self.connection.execute("SELECT value, id FROM terms")
        self._terms: dict[str, int] = dict(rows)
        self._stems = Stems()
        self._waiting = 0  # triples of graphs that were added since the last commit
        counts = "SELECT coalesce(max(id), 0) FROM "
        self._last = {
            name: int(self.connection.execute(counts + name).fetchone()[0])
            for name in ("graphs", "things", "wordings", "sorts")
        }

    def add(
        self,
        graph: NamedGraph,
        digest: str,
        vocabulary: Vocabulary,
        said: Sayings | None = None,
    ) -> None:
        """Add what can be found in a graph; ``said`` is what it says, where that is known."""
        content = Content(graph, vocabulary, said)
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN")
        number = self._next("graphs")
        row = (number, graph.name, digest, len(graph.triples))
        self.connection.execute("INSERT INTO graphs VALUES (?, ?, ?, ?)", row)
        rows = _Rows()
        places: dict[str, _Place] = {}
        top = _Place()
        labels: list[tuple[str, str, str]] = []
        for entry in content.entries():
            above = places.get(entry.parent or "") or top
            places[entry.iri] = self._add(entry, number, above, rows)
            if entry.iri == entry.framework:
                labels += [(entry.iri, w.language, w.label) for w in entry.wordings if w.label]
        for iri, language, label in (*labels, *content.labels()):
            ends = self._term(iri), self._term(language)
            rows.labels.append((*ends, number, _first_line(label)))
        rows.write(self.connection)
        self._waiting += len(graph.triples)
        if self._waiting > self._together:
            self.commit()

    def commit(self) -> None:
        """Bring to the file what was added."""
        if self.connection.in_transaction:
            self.connection.execute("COMMIT")
        self._waiting = 0

    def _next(self, table: str) -> int:
        """Return the number of the next row of a table."""
        self._last[table] += 1
        return self._last[table]

    def _add(self, entry: Entry, graph: int, above: _Place, rows: _Rows) -> _Place:
        """Add a thing; return the place of what stands below it."""
        references = (entry.framework, entry.kind, entry.level, entry.polarity)
        thing = self._next("things")
        terms = [self._term(value) for value in references]
        rows.things.append((thing, entry.iri, graph, *terms, above.thing, "\n".join(entry.codes)))
        codes = " ".join(_tokens_of_codes(entry.codes))
        sort, several = self._sort((graph, *terms), rows), len(entry.wordings) > 1
        for wording in entry.wordings:
            rows.sorted.append((self._last["wordings"] + 1, sort, thing if several else None))
            self._add_wording(thing, wording, entry.codes, codes, above, rows)
        titles = "\n".join(wording.label for wording in entry.wordings if wording.label)
        return _Place(thing, f"{above.titles}\n{titles}" if titles else above.titles)

    def _add_wording(
        self,
        thing: int,
        wording: Wording,
        codes: Sequence[str],
        held_codes: str,
        above: _Place,
        rows: _Rows,
    ) -> None:
        number, language = self._next("wordings"), wording.language or "en"
        known = self._term(wording.language)
        rows.wordings.append((number, thing, known, wording.label, wording.text))
        rows.languages[known] = None
        label, label_stems = self._stems.held(wording.label, language)
        text, text_stems = self._stems.held(wording.text, language)
        if language not in above.held:
            both = " ".join(self._stems.held(above.titles, language))
            above.held[language] = " ".join(dict.fromkeys(both.split()))
        rows.words.append(
            (number, label, held_codes, text, label_stems, text_stems, above.held[language])
        )
        keys = [(squeezed(code), 1) for code in codes]
        keys += [(squeezed(title), 0) for title in wording.label.splitlines()]
        rows.keys += [(key, code, number) for key, code in keys if 0 < len(key) <= LONGEST_KEY]

    def _sort(self, alike: tuple[int | None, ...], rows: _Rows) -> int:
        """Return the number of what things of a graph have alike, a new one where it has none."""
        if alike not in rows.sorts:
            rows.sorts[alike] = self._next("sorts")
        return rows.sorts[alike]

    def _term(self, value: str | None) -> int | None:
        """Return the number of an IRI or a tag, a new one where it has none."""
        if value is None:
            return None
        if value not in self._terms:
            self._terms[value] = len(self._terms) + 1
            row = (self._terms[value], value)
            self.connection.execute("INSERT INTO terms VALUES (?, ?)", row)
        return self._terms[value]

    def finish(self) -> None:
        """Bring the pieces of the index together, so that asking it is quick."""
        self.commit()
        self.connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        if self._together == _AT_ONCE:
            self._gather(_FEW)

    def _gather(self, settings: Mapping[str, int]) -> None:
        """Tell FTS5 how it shall gather words, which it notes in the file."""
        write = "INSERT INTO words (words, rank) VALUES (?, ?)"
        self.connection.executemany(write, settings.items())

    def close(self) -> None:
        """Close the file; what was added is in it."""
        self.commit()
        self.connection.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


def check_fts5() -> None:
    """Raise SearchUnavailable where the SQLite of this Python has no FTS5."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        found = connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()
    if not found[0]:
        reason = f"the SQLite {sqlite3.sqlite_version} of this Python has no FTS5; use one that has"
        raise SearchUnavailable(reason)


@contextlib.contextmanager
def as_disk_error() -> Iterator[None]:
    """Turn what SQLite says of a full disk or an unreadable file into an OSError."""
    try:
        yield
    except sqlite3.Error as error:
        number = errno.ENOSPC if "full" in str(error) else errno.EIO
        raise OSError(number, f"search index: {error}") from error


def _tokens_of_codes(codes: Iterable[str]) -> Iterator[str]:
    """Yield the words of codes and each code as one word, with room between two codes.

    >>> list(_tokens_of_codes(["H7A3 04"]))
    ['h7a3', '04', 'h7a304']
    """
    for code in codes:
        tokens = tokens_of(code)
        yield from tokens
        if len(tokens) > 1:
            yield squeezed(code)
