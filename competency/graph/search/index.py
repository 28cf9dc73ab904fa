"""The index: an SQLite file with one row for each language of each thing, and FTS5 over its words.

Graphs are added and never taken out: each is held under its name and digest, and whoever asks says
which are current. What is not current any more goes when the file is made anew.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from competency.errors import SearchUnavailable
from competency.graph.search.entries import Content, Entry, Wording
from competency.graph.search.tokens import Stems, squeezed, tokens_of
from competency.graph.store import NamedGraph
from competency.ontology import Vocabulary

LAYOUT = 1  # of the tables; an index of another layout is not read
LONGEST_KEY = 80  # characters of a title that is found as a whole
COLUMNS = ("title", "codes", "text", "title_stems", "text_stems", "above")
_SCHEMA = f"""
CREATE TABLE graphs (id INTEGER PRIMARY KEY, name TEXT, digest TEXT, triples INTEGER);
CREATE TABLE terms (id INTEGER PRIMARY KEY, value TEXT UNIQUE);
CREATE TABLE labels (term INTEGER, language INTEGER, graph INTEGER, label TEXT);
CREATE INDEX labels_of ON labels (term);
CREATE TABLE languages (id INTEGER PRIMARY KEY);
CREATE TABLE things (id INTEGER PRIMARY KEY, iri TEXT, graph INTEGER, framework INTEGER,
  kind INTEGER, level INTEGER, polarity INTEGER, parent INTEGER, codes TEXT);
CREATE TABLE wordings (id INTEGER PRIMARY KEY, thing INTEGER, language INTEGER, label TEXT,
  text TEXT);
CREATE INDEX wordings_of ON wordings (thing);
CREATE TABLE keys (key TEXT, code INTEGER, wording INTEGER, PRIMARY KEY (key, code, wording))
  WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5({", ".join(COLUMNS)}, content='', tokenize='ascii',
  prefix='2 3');
"""

_INSERT = f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


@dataclass(frozen=True)
class _Place:
    """Where a thing stands: the number of what is above it and all titles from there up."""

    thing: int | None = None
    titles: str = ""
    held: dict[str, str] = field(default_factory=dict)  # the titles as held, by language


def made_with(vocabulary: str) -> str:
    """Return what the rows of an index depend on beside the graphs: a change makes it anew.

    ``vocabulary`` is the digest of the ontology.
    """
    stemmer = version("snowballstemmer")
    return f"{LAYOUT} {unicodedata.unidata_version} {stemmer} {vocabulary}"


class Index:
    """An index that is open for writing, in a file of its own or in memory.

    with Index(path) as index: index.add(graph, digest, own_vocabulary())
    """

    def __init__(self, path: Path | None = None, *, made: str = "") -> None:
        """Open the file, or make it; ``made`` is noted in a new one."""
        check_fts5()
        new = path is None or not path.exists()
        self.connection = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY"):
            self.connection.execute(f"PRAGMA {pragma}")
        if new:
            self.connection.execute(f"PRAGMA user_version={LAYOUT}")
            self.connection.executescript(_SCHEMA)
            self.connection.execute("CREATE TABLE made (made TEXT)")
            self.connection.execute("INSERT INTO made VALUES (?)", (made,))
        rows = self.connection.execute("SELECT value, id FROM terms")
        self._terms: dict[str, int] = dict(rows)
        self._stems = Stems()

    def add(self, graph: NamedGraph, digest: str, vocabulary: Vocabulary) -> None:
        """Add what can be found in a graph."""
        run = self.connection.execute
        run("BEGIN")
        row = run(
            "INSERT INTO graphs (name, digest, triples) VALUES (?, ?, ?)",
            (graph.name, digest, len(graph.triples)),
        )
        number = row.lastrowid or 0
        content = Content(graph, vocabulary)
        places: dict[str, _Place] = {}
        top = _Place()
        labels: list[tuple[str, str, str]] = []
        for entry in content.entries():
            above = places.get(entry.parent or "") or top
            places[entry.iri] = self._add(entry, number, above)
            if entry.iri == entry.framework:
                labels += [(entry.iri, w.language, w.label) for w in entry.wordings if w.label]
        for iri, language, label in (*labels, *content.labels()):
            row_of_label = (self._term(iri), self._term(language), number, _first_line(label))
            run("INSERT INTO labels VALUES (?, ?, ?, ?)", row_of_label)
        run("COMMIT")

    def _add(self, entry: Entry, graph: int, above: _Place) -> _Place:
        """Add a thing; return the place of what stands below it."""
        references = (entry.framework, entry.kind, entry.level, entry.polarity)
        row = self.connection.execute(
            "INSERT INTO things (iri, graph, framework, kind, level, polarity, parent, codes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.iri,
                graph,
                *map(self._term, references),
                above.thing,
                "\n".join(entry.codes),
            ),
        )
        thing = row.lastrowid or 0
        codes = " ".join(_tokens_of_codes(entry.codes))
        for wording in entry.wordings:
            self._add_wording(thing, wording, entry.codes, codes, above)
        titles = "\n".join(wording.label for wording in entry.wordings if wording.label)
        return _Place(thing, f"{above.titles}\n{titles}" if titles else above.titles)

    def _add_wording(
        self, thing: int, wording: Wording, codes: Sequence[str], held_codes: str, above: _Place
    ) -> None:
        row = self.connection.execute(
            "INSERT INTO wordings (thing, language, label, text) VALUES (?, ?, ?, ?)",
            (thing, self._term(wording.language), wording.label, wording.text),
        )
        number, language = row.lastrowid or 0, wording.language or "en"
        known = (self._term(wording.language),)
        self.connection.execute("INSERT OR IGNORE INTO languages VALUES (?)", known)
        label, label_stems = self._stems.held(wording.label, language)
        text, text_stems = self._stems.held(wording.text, language)
        if language not in above.held:
            both = " ".join(self._stems.held(above.titles, language))
            above.held[language] = " ".join(dict.fromkeys(both.split()))
        self.connection.execute(
            _INSERT,
            (number, label, held_codes, text, label_stems, text_stems, above.held[language]),
        )
        keys = [(squeezed(code), 1) for code in codes]
        keys += [(squeezed(title), 0) for title in wording.label.splitlines()]
        self.connection.executemany(
            "INSERT OR IGNORE INTO keys VALUES (?, ?, ?)",
            ((key, code, number) for key, code in keys if 0 < len(key) <= LONGEST_KEY),
        )

    def _term(self, value: str | None) -> int | None:
        """Return the number of an IRI or a tag, a new one where it has none."""
        if value is None:
            return None
        if value not in self._terms:
            self._terms[value] = len(self._terms) + 1
            self.connection.execute("INSERT INTO terms VALUES (?, ?)", (self._terms[value], value))
        return self._terms[value]

    def finish(self) -> None:
        """Bring the pieces of the index together, so that asking it is quick."""
        self.connection.execute("INSERT INTO words (words) VALUES ('optimize')")

    def close(self) -> None:
        """Close the file."""
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
