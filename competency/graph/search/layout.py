"""The tables of an index file, and how a file of before gets those that it lacks.

``sorted`` says of each wording in a few bytes of which sort its thing is, so that a million hits
are counted without a look at their texts. ``several`` is the number of a thing that has wordings in
several languages, of which it counts once. ``sorts`` says what is alike in the things of a sort:
their graph, and all that a search can be narrowed by.
"""

from __future__ import annotations

import sqlite3

LAYOUT = 2  # of the tables that are written
READABLE = (1, LAYOUT)  # those that are read; 1 is without ``sorts`` and ``sorted``
COLUMNS = ("title", "codes", "text", "title_stems", "text_stems", "above")
_FIRST = f"""
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
CREATE TABLE made (made TEXT);
"""
_SECOND = """
CREATE TABLE sorts (id INTEGER PRIMARY KEY, graph INTEGER, framework INTEGER, kind INTEGER,
  level INTEGER, polarity INTEGER);
CREATE TABLE sorted (wording INTEGER PRIMARY KEY, sort INTEGER, several INTEGER);
"""
_SORT = """
INSERT INTO sorts SELECT NULL, graph, framework, kind, level, polarity FROM things
GROUP BY graph, framework, kind, level, polarity ORDER BY min(id);
CREATE TEMP TABLE alike AS SELECT graph, framework, kind, ifnull(level, 0) AS level,
  ifnull(polarity, 0) AS polarity, id FROM sorts;
CREATE INDEX temp.alike_as ON alike (graph, framework, kind, level, polarity);
INSERT INTO sorted SELECT w.id, a.id,
  CASE WHEN EXISTS (SELECT 1 FROM wordings o WHERE o.thing = t.id AND o.id <> w.id) THEN t.id END
FROM wordings w CROSS JOIN things t ON t.id = w.thing
CROSS JOIN temp.alike a ON a.graph = t.graph AND a.framework = t.framework AND a.kind = t.kind
AND a.level = ifnull(t.level, 0) AND a.polarity = ifnull(t.polarity, 0);
DROP TABLE temp.alike;
"""


def prepare(connection: sqlite3.Connection, made: str) -> None:
    """Make the tables of a new file, which notes ``made``."""
    connection.executescript(_FIRST + _SECOND)
    connection.execute("INSERT INTO made VALUES (?)", (made,))
    connection.execute(f"PRAGMA user_version={LAYOUT}")


def bring_up(connection: sqlite3.Connection) -> None:
    """Give a file of layout 1 what it lacks, before rows are added to it."""
    if layout_of(connection) == 1:
        connection.executescript(f"BEGIN; {_SECOND} {_SORT} PRAGMA user_version={LAYOUT}; COMMIT;")


def layout_of(connection: sqlite3.Connection, name: str = "main") -> int:
    """Return the layout of a file by the name under which a connection knows it."""
    return int(connection.execute(f"PRAGMA {name}.user_version").fetchone()[0])
