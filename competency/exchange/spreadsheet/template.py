"""The empty template: what to fill in, with help on each column, lists, and rows to overwrite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from competency.errors import FormatError
from competency.exchange.sheets import Written, csv_bytes, workbook_bytes
from competency.exchange.sheets.grid import letters_of
from competency.exchange.spreadsheet.columns import (
    ASKED,
    BODY_COLUMNS,
    FACTS,
    FRAMEWORK,
    HELP,
    LEVEL_COLUMNS,
    LEVELS,
    LINK_HEADERS,
    LINKS,
    ORGANISATIONS,
    PART_COLUMNS,
    PARTS,
    RELATIONS,
    Column,
    column_of,
    parted,
)
from competency.exchange.spreadsheet.values import choices_of, kind_labels, label_of

_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    PARTS: PART_COLUMNS,
    FRAMEWORK: FACTS,
    LEVELS: LEVEL_COLUMNS,
    ORGANISATIONS: BODY_COLUMNS,
}
_LINK_HELP = {
    "from": "The id of a row of the sheet Parts.",
    "relation": "How the two belong together; choose from the list.",
    "to": "The id of another row, or the web address of a part of another framework.",
}
_LINK_WIDTHS: dict[str, float] = dict.fromkeys(LINK_HEADERS, 30)
_PARTS = ("id", "outline", "parent id", "kind", "code", "code issued by", "title", "statement",
          "level", "note", "page")  # fmt: skip
_EXAMPLES = (
    {"id": "# Rows that begin with # are not read. Overwrite these examples, or delete them."},
    {"id": "# unit-1", "outline": "1", "kind": "unit of competency", "code": "BK-1",
     "code issued by": "Guild of Bakers", "title": "Bake bread", "level": "Level 1",
     "page": "12"},
    {"id": "#", "outline": "1.1", "kind": "performance criterion",
     "statement": "Weigh the ingredients as the recipe says.", "page": "12"},
    {"id": "#", "outline": "1.2", "kind": "negative indicator",
     "statement": "Guesses quantities.", "note": "Shows that the competency is missing."},
)  # fmt: skip
_LEVEL_EXAMPLES = (
    {"id": "# 1", "title": "Level 1", "rank": "1", "description": "Works under guidance.",
     "scale": "Levels of the trade"},
)  # fmt: skip
_ABOUT = (
    ("How it works", "", "Fill in the sheet Framework, then a row of the sheet Parts for each"
     " heading, competency, unit and statement, in their order. Everything else may stay empty."),
    ("How it works", "", "Columns may be left out, moved and renamed to other usual names. A column"
     " that is not known is kept as it is."),
    ("How it works", "", "Where a row stands: give it the id of the row above it (parent id), or"
     " number the rows 1, 1.1, 1.1.1 in the column outline."),
    ("How it works", "", "Cells that a spreadsheet program would take for a formula begin with an"
     " apostrophe; it is taken off when the file is read."),
)  # fmt: skip


def template(name: str = "xlsx") -> bytes:
    """Return an empty template: ``xlsx`` with help and lists, or ``csv`` with the headers alone.

    Raises FormatError for another name.

        Path("framework.xlsx").write_bytes(template())
    """
    if name == "xlsx":
        return workbook_bytes([*_template_sheets(), help_sheet()])
    if name == "csv":
        facts = [[f"#{key}", ""] for key in ASKED]
        rows = [[row.get(h, "") for h in _PARTS] for row in _EXAMPLES]
        return csv_bytes([*facts, [*_PARTS], *rows], bom=True)
    raise FormatError(name, ("xlsx", "csv"))


def _template_sheets() -> list[Written]:
    help_ = _help(FRAMEWORK)
    facts = [[key, "", help_.get(key, "")] for key in ASKED]
    parts = [[row.get(h, "") for h in _PARTS] for row in _EXAMPLES]
    headers = [column.header for column in LEVEL_COLUMNS]
    levels = [[row.get(h, "") for h in headers] for row in _LEVEL_EXAMPLES]
    return [
        sheet_of(FRAMEWORK, ["property", "value", "help"], facts),
        sheet_of(PARTS, _PARTS, parts, levels=headers),
        sheet_of(LEVELS, headers, levels),
        sheet_of(LINKS, LINK_HEADERS, []),
    ]


def sheet_of(
    name: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    depths: Sequence[int] = (),
    levels: Sequence[str] = (),
) -> Written:
    """Return a sheet of ours to be written, with help and lists.

    ``depths`` indent the parts; ``levels`` are the headers of the sheet of levels, if there is one.
    """
    if name == FRAMEWORK:
        known = _help(FRAMEWORK)
        told = [[*row[:2], known.get(parted(row[0])[0], "")] for row in rows]
        widths = {"property": 20, "value": 60, "help": 80}
        return Written(name, ("property", "value", "help"), told, widths=widths, spare=0)
    if name == LINKS:
        choices = {"relation": tuple(RELATIONS.values())}
        return Written(name, headers, rows, _LINK_HELP, choices, _LINK_WIDTHS)
    columns = {header: column_of(parted(header)[0], _COLUMNS[name]) for header in headers}
    return Written(
        name,
        headers,
        rows,
        help={header: column.help for header, column in columns.items() if column},
        choices=_choices(name, headers, levels),
        widths={header: column.width for header, column in columns.items() if column},
        indents=dict(zip(range(len(depths)), depths, strict=True)) if name == PARTS else {},
        indented="title" if "title" in headers else headers[0],
    )


def _choices(
    name: str, headers: Sequence[str], levels: Sequence[str]
) -> dict[str, Sequence[str] | str]:
    found: dict[str, Sequence[str] | str] = {}
    if name != PARTS:
        return found
    for header in headers:
        column = column_of(header, PART_COLUMNS)
        if column is None or column.header != header:
            continue
        if header == "kind":
            found[header] = kind_labels()
        elif column.sort == "choice":
            found[header] = tuple(label_of(iri) for iri in choices_of(column.prop))
        elif header == "level" and "title" in levels:
            letters = letters_of([*levels].index("title"))
            found[header] = f"{LEVELS}!${letters}$2:${letters}$500"
        elif header == "empty":
            found[header] = ("yes", "no")
    return found


def _help(name: str) -> dict[str, str]:
    return {column.header: column.help for column in _COLUMNS[name]}


def help_sheet() -> Written:
    """Return the sheet that tells what each column is for."""
    rows = [*_ABOUT]
    for name, columns in _COLUMNS.items():
        rows += [(name, column.header, _told(column)) for column in columns]
    rows += [(LINKS, header, text) for header, text in _LINK_HELP.items()]
    widths = {"sheet": 18, "column": 18, "what to write": 110}
    return Written(HELP, ("sheet", "column", "what to write"), rows, widths=widths, spare=0)


def _told(column: Column) -> str:
    others = ", ".join(column.names[:5])
    return f"{column.help} Also called: {others}." if others else column.help
