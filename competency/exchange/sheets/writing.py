"""Tables to bytes: CSV, and workbooks that help people to fill them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from competency.errors import ConversionError
from competency.exchange.sheets.grid import letters_of
from competency.exchange.sheets.workbook import LISTS
from competency.graph.harmless import harmless

MAX_SIGNS = 32_767  # of a cell, in every spreadsheet program

_UNTOLD = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NOTED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_DEEPEST = 8  # indents that a sheet shows
_TIME = "2000-01-01T00:00:00Z"


@dataclass(frozen=True)
class Written:
    """A sheet to write: its name, its headers, its rows, and what helps to fill it in.

    ``help`` has a text on a column, shown with its header; ``choices`` the texts of a drop-down
    list, or the range of cells that has them (``Levels!$B$2:$B$99``); ``widths`` the widths of
    columns in signs. All three are by header. ``spare`` is the number of rows below the last that
    have the lists too; ``strict`` refuses other texts there.
    ``indents`` has how deep the cell of a row (from 0) under the header ``indented`` stands;
    ``links`` where the cell of a row and column (both from 0) leads, ``steady`` how many columns
    stay in view.
    """

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[str]] = ()
    help: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str] | str] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)
    spare: int = 1000
    strict: bool = False
    indents: Mapping[int, int] = field(default_factory=dict)
    indented: str = ""
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    steady: int = 0


def csv_bytes(rows: Iterable[Sequence[str]], *, bom: bool = False, delimiter: str = ",") -> bytes:
    r"""Return rows as CSV of RFC 4180 in UTF-8, each cell made harmless.

    Raises ConversionError for a text with the sign NUL.

    >>> csv_bytes([("code", "text"), ("A1", "weld, cut"), ("A2", "=1")])
    b'code,text\r\nA1,"weld, cut"\r\nA2,\'=1\r\n'
    """
    quoted = re.compile(rf'["\r\n{re.escape(delimiter)}]|^\s|\s$')

    def cell(text: str) -> str:
        if "\0" in text:
            reason = f"{text[:40]!r} has a NUL sign, with which no program opens the file"
            raise ConversionError("CSV", reason)
        text = harmless(text)
        return '"' + text.replace('"', '""') + '"' if quoted.search(text) else text

    lines = (delimiter.join(map(cell, row)) or '""' for row in rows)
    text = "".join(f"{line}\r\n" for line in lines)
    return text.encode("utf-8-sig" if bom else "utf-8")


def workbook_bytes(sheets: Sequence[Written]) -> bytes:
    """Return a workbook with these sheets, the same bytes for the same sheets.

    Every cell is a text, never a number or a formula; headers are bold, stay in view and can be
    filtered. Raises ConversionError with the cell for a text longer than a cell can hold.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "competency"
    book.properties.created = datetime(2000, 1, 1)
    lists: list[tuple[str, ...]] = []
    for sheet in sheets:
        _write(book, sheet, lists)
    if lists:
        hidden = book.create_sheet(LISTS)
        hidden.sheet_state = "veryHidden"
        for choices in lists:
            hidden.append([_cell(text) for text in choices])
    held = BytesIO()
    book.save(held)
    return _settled(held.getvalue())


def _write(book: Any, sheet: Written, lists: list[tuple[str, ...]]) -> None:
    page = book.create_sheet(sheet.name)
    page.freeze_panes = f"{letters_of(sheet.steady)}2"
    _columns(page, sheet)
    page.append(_headers(page, sheet))
    count = 1
    body = _TextCell(page)
    column = list(sheet.headers).index(sheet.indented) if sheet.indented else -1
    for count, row in enumerate(sheet.rows, 2):
        page.append(body.cells(sheet.name, count, row, column, sheet.indents.get(count - 2, 0)))
    page.auto_filter.ref = f"A1:{letters_of(len(sheet.headers) - 1)}{count}"
    _link(page, sheet)
    for header, choices in sheet.choices.items():
        page.data_validations.append(_validation(sheet, header, choices, count, lists))


def _link(page: Any, sheet: Written) -> None:
    """Let cells lead somewhere on the web; an address of any other sort is left a text."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    for (row, column), address in sorted(sheet.links.items()):
        if address.lower().startswith(("http://", "https://")):
            place = f"{letters_of(column)}{row + 2}"
            page._hyperlinks.append(Hyperlink(ref=place, target=address))


def _columns(page: Any, sheet: Written) -> None:
    from openpyxl.styles import Alignment

    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, header in enumerate(sheet.headers):
        column = page.column_dimensions[letters_of(number)]
        column.width = sheet.widths.get(header, max(12, min(len(header) + 4, 40)))
        column.number_format, column.alignment = "@", wrapped


def _headers(page: Any, sheet: Written) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    font, fill = Font(bold=True), PatternFill("solid", fgColor="FFE3ECF5")
    for header in sheet.headers:
        cell = WriteOnlyCell(page, _cell(header))
        cell.font, cell.fill = font, fill
        cell.alignment, cell.number_format = Alignment(wrap_text=True, vertical="top"), "@"
        if header in sheet.help:
            text = sheet.help[header]
            high = 40 + 18 * (len(text) // 40 + text.count("\n") + 1)
            cell.comment = Comment(text, "competency", height=high, width=320)
        yield cell


class _TextCell:
    """One cell that is used for all texts of a sheet, so that its style is made once."""

    def __init__(self, page: Any) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment

        def cell(depth: int) -> Any:
            held = WriteOnlyCell(page, "")
            held.number_format = "@"
            held.alignment = Alignment(wrap_text=True, vertical="top", indent=depth)
            return held

        self._held = [cell(depth) for depth in range(_DEEPEST + 1)]

    def cells(
        self, name: str, number: int, row: Sequence[str], indented: int = -1, depth: int = 0
    ) -> Iterator[Any]:
        """Yield the cells of a row, each to be written before the next is asked for."""
        for column, text in enumerate(row):
            held = self._held[min(depth, _DEEPEST) if column == indented else 0]
            if not text:
                yield None
                continue
            shown = _cell(text)
            if len(shown) > MAX_SIGNS // 2 and _units(shown) > MAX_SIGNS:
                place = f"{name}!{letters_of(column)}{number}"
                reason = f"{place} has {_units(shown):,} signs; a cell holds {MAX_SIGNS:,}"
                raise ConversionError("a workbook", reason)
            held.value = shown
            held.data_type = "s"  # not the error that #N/A would be taken for
            yield held


def _units(text: str) -> int:
    """Return how long a text is for spreadsheet programs, which count in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cell(text: str) -> str:
    """Return a text as a cell of a workbook holds it, with what XML cannot hold escaped."""
    shown = harmless(text)
    return _UNTOLD.sub(lambda found: f"_x{ord(found[0]):04X}_", shown)


def _validation(
    sheet: Written,
    header: str,
    choices: Sequence[str] | str,
    count: int,
    lists: list[tuple[str, ...]],
) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    inline = ",".join(choices)
    if isinstance(choices, str):
        formula = choices
    elif len(inline) <= 255 and not any("," in text or '"' in text for text in choices):
        formula = f'"{inline}"'
    else:
        lists.append(tuple(choices))
        formula = f"'{LISTS}'!$A${len(lists)}:${letters_of(len(choices) - 1)}${len(lists)}"
    letters = letters_of(list(sheet.headers).index(header))
    found = DataValidation(
        type="list", formula1=formula, allow_blank=True, showErrorMessage=True,
        errorStyle="stop" if sheet.strict else "warning", errorTitle=header[:32],
        error="This is not in the list.", showInputMessage=True, promptTitle=header[:32],
        prompt=sheet.help.get(header, "Choose from the list.")[:255],
    )  # fmt: skip
    found.add(f"{letters}2:{letters}{count + sheet.spare}")
    return found


def _settled(data: bytes) -> bytes:
    """Return a workbook with the times of its making taken out."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _NOTED.sub(lambda found: found[1] + _TIME.encode(), part)
            new.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, ZIP_DEFLATED)
    return held.getvalue()
