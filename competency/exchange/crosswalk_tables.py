"""A crosswalk as a table: CSV for programs, a workbook for people, JSON for both.

Every framework has its own columns. The lines of one row of the crosswalk repeat its part and have
its first, second ... matches of each framework; the parts of two other frameworks on one line say
nothing of each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from competency.errors import FormatError
from competency.exchange.sheets import Written, csv_bytes, workbook_bytes
from competency.formats import Format
from competency.graph import Item
from competency.graph.alignments import RELATIONS
from competency.graph.crosswalks import Crosswalk, Entry, Row
from competency.ontology import shorten

CSV = Format("csv", "CSV", ("text/csv",), (".csv",))
XLSX = Format(
    "xlsx",
    "Excel workbook",
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    (".xlsx",),
)
JSON = Format("json", "JSON", ("application/json",), (".json",))
FORMATS = (CSV, XLSX, JSON)
# How the part of a row stands to a part in another column.
WORDS = dict(
    zip(
        RELATIONS,
        (
            "the same as", "close to", "narrower than", "broader than", "related to",
            "the opposite of",
        ),
        strict=True,
    )
)  # fmt: skip
_COLUMNS = ("code", "text", "relation", "sure", "steps", "iri")
_WIDTHS = (12.0, 44.0, 16.0, 8.0, 8.0, 30.0)
_HELP = {
    "code": "The official code or the printed number.",
    "text": "The title and the text of the part.",
    "relation": "How the part of this row stands to this part; empty in the row's own framework.",
    "sure": "How sure the match is, from 0 to 1; for several steps all of them multiplied.",
    "steps": "1 is a match that somebody stated; more, one that follows from so many.",
    "iri": "The name of the part on the web.",
}


def written(found: Crosswalk, syntax: Format) -> bytes:
    """Return a crosswalk in one of the formats; FormatError for any other.

    >>> from competency import KnowledgeGraph
    >>> from competency.graph.crosswalks import crosswalk
    >>> found = crosswalk(KnowledgeGraph.shipped(), ["pub-cscf", "wcc-behaviours"])
    >>> written(found, CSV).split(b",")[:4]
    [b'row', b'of', b'pub-cscf code', b'pub-cscf text']
    """
    if syntax == CSV:
        names = {name: shorten(name) for name in RELATIONS}
        return csv_bytes([_headers(found), *_lines(found, names)])
    if syntax == XLSX:
        return workbook_bytes([_sheet(found), _about(found)])
    if syntax == JSON:
        return (json.dumps(_document(found), ensure_ascii=False, indent=1) + "\n").encode()
    raise FormatError(syntax.name, [row.name for row in FORMATS])


def short_names(found: Crosswalk) -> tuple[str, ...]:
    """Return a short name for each framework, the last step of its IRI, no two alike."""
    names: list[str] = []
    for framework in found.frameworks:
        name = framework.iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2] or framework.iri
        names.append(name if name not in names else f"{name} ({len(names) + 1})")
    return tuple(names)


def said(part: Item) -> str:
    """Return what a part says: its title and its text, where it has both.

    >>> from competency import KnowledgeGraph
    >>> said(KnowledgeGraph.shipped().resource("pub-cscf/c01/higher"))[:25]
    'Higher levels: Officers b'
    """
    both = part.label and part.text and part.label != part.text
    return f"{part.label}: {part.text}" if both else part.title


# ------------------------------------------------------------------ lines of a table


def _headers(found: Crosswalk) -> list[str]:
    return [
        "row",
        "of",
        *(f"{name} {column}" for name in short_names(found) for column in _COLUMNS),
    ]


def _lines(found: Crosswalk, words: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the lines: as many for a row as its fullest cell has parts, and one at least."""
    names = short_names(found)
    for number, row in enumerate(found.rows, 1):
        for entries in list(zip_longest(*row.cells)) or [(None,) * len(names)]:
            line = [str(number), names[row.place]]
            for place, entry in enumerate(entries):
                line += _own(row) if place == row.place else _cells(entry, words)
            yield line


def _own(row: Row) -> list[str]:
    return [row.part.code or "", said(row.part), "", "", "", row.part.iri]


def _cells(entry: Entry | None, words: Mapping[str, str]) -> list[str]:
    if entry is None:
        return [""] * len(_COLUMNS)
    return [
        entry.part.code or "",
        said(entry.part),
        words[entry.relation],
        _sure(entry),
        str(entry.chain.length),
        entry.part.iri,
    ]


def _sure(entry: Entry) -> str:
    sure = entry.chain.confidence
    return "" if sure is None else f"{sure:.3g}"


# ------------------------------------------------------------------ a workbook


def _sheet(found: Crosswalk) -> Written:
    headers, rows = _headers(found), list(_lines(found, WORDS))
    columns = [(name, column) for name in short_names(found) for column in _COLUMNS]
    pairs = list(zip(headers[2:], columns, strict=True))
    iris = [place for place, header in enumerate(headers) if header.endswith(" iri")]
    return Written(
        "Crosswalk",
        headers,
        rows,
        help={header: _HELP[column] for header, (_, column) in pairs},
        widths={"row": 7.0, "of": 20.0}
        | {header: _WIDTHS[_COLUMNS.index(column)] for header, (_, column) in pairs},
        links={
            (number, place): row[place]
            for number, row in enumerate(rows)
            for place in iris
            if row[place]
        },
        steady=4,
    )


def _about(found: Crosswalk) -> Written:
    """Return the sheet that says what the table is and how to read it."""
    rows = [["What this is", "A crosswalk: which parts of these frameworks match."]]
    rows += [
        [name, f"{framework.title}, {framework.iri}"]
        for name, framework in zip(short_names(found), found.frameworks, strict=True)
    ]
    rows += [
        ["Rows", f"First all parts of {short_names(found)[0]}, in order. Then, framework by "
         "framework, the parts that no row above has matched."],
        ["Lines", "A row with several matches has several lines, with the same number. Parts of "
         "two other frameworks on one line say nothing of each other."],
        ["No match", "A row in which all other columns are empty is a gap."],
        ["Relations", "How the part of the row stands to the other: " + ", ".join(WORDS.values())
         + ". An opposite is no match."],
        ["Steps", "All matches here were stated by somebody." if found.longest < 2 else
         f"1 was stated by somebody; 2 to {found.longest} follow from so many alignments."],
    ]  # fmt: skip
    return Written("About", ["About", "this table"], rows, widths={"About": 22, "this table": 90})


# ------------------------------------------------------------------ JSON


def _document(found: Crosswalk) -> dict[str, object]:
    return {
        "frameworks": [{"iri": item.iri, "title": item.title} for item in found.frameworks],
        "longest": found.longest,
        "rows": [
            {
                "framework": row.place,
                "part": _part(row.part),
                "cells": [[_entry(entry) for entry in cell] for cell in row.cells],
            }
            for row in found.rows
        ],
    }


def _part(part: Item) -> dict[str, object]:
    return {
        "iri": part.iri,
        "code": part.code,
        "kind": part.kind_label,
        "title": part.title,
        "text": part.text,
    }


def _entry(entry: Entry) -> dict[str, object]:
    chain = entry.chain
    comment = chain.steps[0].comment if entry.direct else None
    return {
        "part": _part(entry.part),
        "relation": entry.relation,
        "confidence": chain.confidence,
        "steps": chain.length,
        "through": list(chain.through),
        "alignment": chain.steps[0].iri if entry.direct else None,
        "comment": None if comment is None else str(comment),
    }
