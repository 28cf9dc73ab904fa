"""Workbooks: our own exports with odd cells, odd sheets and damaged parts."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import openpyxl
from hypothesis import strategies as st

from tests.fuzz import mutating
from tests.fuzz.child import Child
from tests.fuzz.importers import READ, asked_of, well
from tests.fuzz.importing import WRITTEN, Asked
from tests.fuzz.mutating import Bytes, odd
from tests.fuzz.seeds import seeds
from tests.fuzz.target import Target

_VALUES: tuple[Any, ...] = (
    None, 0, -1, 1.5, 1e300, 10**20, True, datetime.date(2024, 2, 29), datetime.datetime(1900, 1, 1),
    datetime.time(1, 2), "#REF!", "=A1", "=1/0", "=HYPERLINK(\"x\")", datetime.timedelta(days=1),
)  # fmt: skip
# No XML holds these signs, and openpyxl refuses them; workbooks write them so (ECMA-376, ST_Xstring).
_NOT_XML = (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)
UNWRITABLE = {number: f"_x{number:04X}_" for number in _NOT_XML}
Change = Callable[[Any], None]


@st.composite
def _changes(draw: st.DrawFn) -> Change:
    """Return a function that changes one place of a workbook."""
    way = draw(st.integers(0, 9))
    which, down, across = (draw(st.floats(0, 0.999)) for _ in range(3))
    value = draw(st.sampled_from(_VALUES) | odd.map(lambda text: text.translate(UNWRITABLE)[:3000]))

    def change(book: Any) -> None:
        sheet = book.worksheets[int(which * len(book.worksheets))]
        row, column = 1 + int(down * sheet.max_row), 1 + int(across * sheet.max_column)
        if way < 4:
            sheet.cell(row, column).value = _written(value)
        elif way == 4:
            sheet.cell(1, column).value = _written(value)
        elif way == 5:
            sheet.delete_rows(row)
        elif way == 6:
            sheet.delete_cols(column)
        elif way == 7:
            sheet.title = (
                "".join(sign for sign in str(value) if sign not in "\\/*[]:?'\n\r\t")[:25] or "x"
            )
        elif way == 8:
            sheet.merge_cells(
                start_row=row, end_row=row + 1, start_column=column, end_column=column + 1
            )
        else:
            sheet.cell(row + 2000 * int(across > 0.7), column + 300 * int(down > 0.8)).value = "far"

    return change


def _written(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


@cache
def _books() -> tuple[bytes, ...]:
    return tuple(file.data for file in seeds(".xlsx"))


def odd_cells(child: Child, example: tuple[float, list[Change], str]) -> None:
    """A workbook with odd cells is read, or refused in one line."""
    which, changes, to = example
    book = openpyxl.load_workbook(io.BytesIO(_books()[int(which * len(_books()))]))
    for change in changes:
        change(book)
    target = io.BytesIO()
    book.save(target)
    well(child.ask(Asked("a.xlsx", target.getvalue(), to=to)))


def damaged_parts(child: Child, example: tuple[float, float, Bytes, str, bool]) -> None:
    """A workbook of which a part is damaged, or the whole file, is read or refused in one line."""
    which, part, change, to, within = example
    if not within:
        well(child.ask(asked_of((".xlsx",), which, change, None, to)))
        return
    target = io.BytesIO()
    book = io.BytesIO(_books()[int(which * len(_books()))])
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(target, "w") as out:
        names = whole.namelist()
        chosen = names[int(part * len(names))]
        for name in names:
            data = whole.read(name)
            out.writestr(name, change(data) if name == chosen else data)
    well(child.ask(Asked("a.xlsx", target.getvalue(), to=to)))


_where, _to = st.floats(0, 0.999), st.sampled_from(WRITTEN)
TARGETS = (
    Target("workbook-cells", odd_cells, st.tuples(_where, st.lists(_changes(), min_size=1, max_size=5), _to), READ, 6),
    Target("workbook-parts", damaged_parts, st.tuples(_where, _where, mutating.texts(), _to, st.booleans()), READ, 6),
)  # fmt: skip
