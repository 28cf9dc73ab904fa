"""The sheet of other statements: what no column carries, one triple a row, for people to read.

    subject | property       | value       | type         | mark | while
    1.2     | comp:doubt     | Two in one? | text (en)    |      |
    1.2     | comp:wording   | comp:Verbatim | term       | not  | wording = 5feceb66

``mark`` is ``not`` where a column says what is not so, and ``more`` where a long value goes on.
``while`` names a cell of the subject, with a digest of its text: once somebody has changed the
cell, the row counts no more, so that what people see and edit is what is read. What is said to be
not stated holds while no cell states it (``none``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.imported import Kept
from competency.exchange.sheets import Record, Sheet
from competency.exchange.spreadsheet.naming import Names, prefixed, unprefixed
from competency.exchange.spreadsheet.telling import Cell, Telling
from competency.exchange.terms import Row, term
from competency.graph.store import is_absolute

Cells = Mapping[tuple[Node, Node], Cell]
LONGEST = 4_000  # signs of a value in one cell; escaped, each may become seven
_NONE = "none"
_NOT_STATED = term("comp:notStated")
_SPEAKING = {_NOT_STATED, term("comp:inferred"), term("comp:added")}  # of another property
_TEXT = re.compile(r"text \(([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\)")
_NODE = re.compile(r"_:[A-Za-z0-9]+")


# ---------------------------------------------------------------- out


def written(
    said: Iterable[Row],
    unsaid: Iterable[Row],
    cells: Cells,
    names: Names,
    blank: Mapping[Node, str],
) -> Iterator[tuple[str, ...]]:
    """Yield the rows that add ``said`` to what the columns say, and take ``unsaid`` from it."""
    unsaid = [*unsaid]
    contradicted = {row[:2] for row in unsaid}
    for mark, rows in (("not", unsaid), ("", said)):
        for subject, prop, value in rows:
            spoken = prop in _SPEAKING
            cell = cells.get((subject, value if spoken else prop))
            if cell is not None and (spoken or (subject, prop) in contradicted):
                tie = f"{cell[1]} = {digest(cell)}"
            else:
                tie = f"{prefixed(str(value))} = {_NONE}" if prop == _NOT_STATED else ""
            text, kind = _told(value, names, blank)
            start = (_called(subject, names, blank), prefixed(str(prop)))
            yield (*start, text[:LONGEST], kind, mark, tie)
            for at in range(LONGEST, len(text), LONGEST):
                yield (*start, text[at : at + LONGEST], kind, "more", tie)


def _called(node: Node, names: Names, blank: Mapping[Node, str]) -> str:
    return f"_:{blank[node]}" if isinstance(node, BNode) else names.name(node)


def _told(value: Node, names: Names, blank: Mapping[Node, str]) -> tuple[str, str]:
    """Return a value as a cell, and what the column of types says of it."""
    if not isinstance(value, Literal):
        shown = prefixed(str(value)) if isinstance(value, URIRef) else ""
        if shown and not shown.startswith("<"):
            return shown, "term"
        return _called(value, names, blank), "link"
    if value.language:
        return str(value), f"text ({value.language})"
    return str(value), prefixed(str(value.datatype)) if value.datatype else "text"


def digest(cell: Cell) -> str:
    """Return eight signs that stand for the text of a cell."""
    record, header = cell
    return sha256(record.raw(header).strip().encode()).hexdigest()[:8] if header else "blank"


# ---------------------------------------------------------------- in


def together(stated: Iterable[tuple[Record, Row]], telling: Telling) -> dict[Row, None]:
    """Return what the columns and the sheet of other statements say together."""
    rows = dict(telling.teller.rows)
    added: dict[Row, None] = {}
    passed: list[Record] = []
    for record, row in stated:
        if _is_passed(record, row, telling):
            passed.append(record)
        elif record.get("mark") == "not":
            rows.pop(row, None)
        else:
            added[row] = None
    if passed:
        what = f"{len(passed):,} rows no longer hold, as the cells they speak of were changed"
        telling.odd(Kept.dropped, passed[0].where("subject"), what)
    return rows | added


def _is_passed(record: Record, row: Row, telling: Telling) -> bool:
    """Say whether the cell that a row is tied to is no longer as it was."""
    tie = record.get("while")
    if not tie:
        return False
    cell = telling.teller.cells.get((row[0], row[2] if row[1] in _SPEAKING else row[1]))
    found = _NONE if cell is None else digest(cell)
    return found != tie.rpartition(" ")[2]


def stated(sheet: Sheet, telling: Telling) -> Iterator[tuple[Record, Row]]:
    """Yield the triples of the sheet with their rows; what is wrong with them goes to the faults.

    Long values are put together.
    """
    records = [record for record in sheet.records if any(map(str.strip, record.cells))]
    at = 0
    while at < len(records):
        record, texts = records[at], [records[at].raw("value")]
        at += 1
        while at < len(records) and records[at].get("mark") == "more":
            texts.append(records[at].raw("value"))
            at += 1
        row = _row(record, "".join(texts), telling)
        if row is not None:
            yield record, row


def _row(record: Record, text: str, telling: Telling) -> Row | None:
    name, prop = record.get("subject"), unprefixed(record.get("property"))
    if prop is None:
        _refuse(record, "property", telling, "is no property; write it as comp:text or <IRI>")
    if record.get("mark") not in ("", "not"):
        _refuse(record, "mark", telling, "is no mark; write not, more, or nothing")
    subject = _thing(record, "subject", name, telling)
    value = _value(record, text, telling)
    return None if subject is None or prop is None or value is None else (subject, prop, value)


def _thing(record: Record, header: str, name: str, telling: Telling) -> Node | None:
    node = telling.names.node(name) if name else None
    if isinstance(node, BNode) and not _NODE.fullmatch(name):
        node = None
    if node is None or (isinstance(node, URIRef) and not is_absolute(str(node))):
        _refuse(record, header, telling, "is neither an id nor a web address")
        return None
    return node


def _value(record: Record, text: str, telling: Telling) -> Node | None:
    kind = record.get("type")
    if kind == "link":
        return _thing(record, "value", text.strip(), telling)
    if kind == "term":
        found = unprefixed(text.strip())
        if found is None:
            _refuse(record, "value", telling, "is no term; write it as comp:Knowing or <IRI>")
        return found
    if kind in ("", "text"):
        return Literal(text)
    tagged = _TEXT.fullmatch(kind)
    if tagged:
        return Literal(text, lang=tagged[1])
    datatype = unprefixed(kind)
    if datatype is None:
        _refuse(record, "type", telling, "is no type; write text, text (en), link or xsd:integer")
        return None
    return Literal(text, datatype=datatype, normalize=False)


def _refuse(record: Record, header: str, telling: Telling, reason: str) -> None:
    telling.faults.add(record, header, f"{record.get(header)[:80]!r} {reason}")
