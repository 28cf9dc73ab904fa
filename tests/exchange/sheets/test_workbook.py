"""Workbooks are read as people see them, and hostile ones are refused before they are opened."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from competency.errors import ConversionError, ParseError
from competency.exchange.imported import File, Kept
from competency.exchange.sheets import (
    Grid,
    Written,
    is_workbook,
    original,
    read_grids,
    sheet_names,
    workbook_bytes,
)

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def file(data: bytes) -> File:
    return File("a.xlsx", data, "")


def saved(book: Any) -> File:
    held = BytesIO()
    book.save(held)
    return file(held.getvalue())


def made(*rows: list[Any], name: str = "CF Item") -> Any:
    book: Any = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return book


def packed(sheet: str = "", strings: str = "", **more: str) -> File:
    """Return a workbook with the XML of its one sheet written by hand."""
    held = BytesIO()
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.sheet.main+xml"/>'
            '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats'
            '-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="A &amp; B" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>"
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{SPREADSHEET}">{sheet or "<sheetData/>"}</worksheet>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}">{strings}</sst>',
    } | {name.replace("__", "/"): text for name, text in more.items()}
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file(held.getvalue())


def refused(found: File) -> str:
    with pytest.raises(ParseError) as caught:
        read_grids(found)
    return str(caught.value)


# ------------------------------------------------------------------ what people see


def test_numbers_dates_and_truths_are_texts_as_people_see_them() -> None:
    book = made([3, 3.0, 2.5, 0.1 + 0.2, True, date(2024, 5, 31), datetime(2024, 5, 31, 8, 30)])
    (found,) = read_grids(saved(book))
    assert found.rows == (("3", "3", "2.5", "0.3", "TRUE", "2024-05-31", "2024-05-31T08:30:00"),)


def test_rows_keep_their_numbers_and_cells_their_names() -> None:
    (found,) = read_grids(saved(made(["a", "b"], [], [None, "x"], [" "])))
    assert found.rows == (("a", "b"), ("", "x"))
    assert found.numbers == (1, 3)
    assert found.where(1, 1) == "CF Item!B3"


def test_texts_of_other_programs_are_read_from_their_table_of_strings() -> None:
    cells = '<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c></row></sheetData>'
    strings = "<si><r><t>rich </t></r><r><t>text_x000D_</t></r></si>"
    (found,) = read_grids(packed(cells, strings))
    assert found == Grid("A & B", (("", "rich text\r"),), (2,))


def test_a_hidden_sheet_is_left_out_with_a_note_unless_it_is_asked_for() -> None:
    book = made(["a"])
    book.create_sheet("Secret").append(["b"])
    book["Secret"].sheet_state = "hidden"
    (found,) = read_grids(saved(book))
    assert [(n.kept, n.where) for n in found.notes] == [(Kept.dropped, "Secret")]
    assert len(read_grids(saved(book), hidden=("Secret",))) == 2


def test_a_formula_gives_its_value_and_one_without_is_told() -> None:
    cells = (
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c></row>'
        "</sheetData>"
    )
    (found,) = read_grids(packed(cells))
    assert found.rows == (("2",),)
    assert [(note.where, note.kept) for note in found.notes] == [("A & B!B1", Kept.dropped)]


def test_merged_cells_are_read_once_with_a_note() -> None:
    book = made(["Unit", "a"], ["x", "b"])
    book.active.merge_cells("A1:A2")
    (found,) = read_grids(saved(book))
    assert found.rows == (("Unit", "a"), ("", "b"))
    assert [note.where for note in found.notes] == ["CF Item!A1:A2"]


def test_the_names_of_sheets_are_known_without_opening_them() -> None:
    assert sheet_names(packed()) == ("A & B",)
    assert sheet_names(file(b"PK nonsense")) == sheet_names(file(b"a,b")) == ()


# ------------------------------------------------------------------ what is refused


def test_old_protected_and_other_workbooks_are_told_how_to_mend() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert "before 2007 (.xls)" in refused(file(ole))
    assert "password" in refused(file(ole + "EncryptedPackage".encode("utf-16-le")))
    assert "save it as 'Excel Workbook (.xlsx)'" in refused(file(ole))
    for name, words in (
        ("content.xml", "OpenDocument"), ("xl/workbook.bin", ".xlsb"), ("a.txt", "no workbook")
    ):  # fmt: skip
        held = BytesIO()
        with ZipFile(held, "w") as archive:
            archive.writestr(name, "x")
        assert words in refused(file(held.getvalue()))


def test_a_damaged_workbook_is_told() -> None:
    whole = saved(made(["a"] * 50)).data
    assert is_workbook(file(whole[:300]))
    assert "a damaged workbook" in refused(file(whole[:300]))
    assert "a damaged workbook" in refused(packed("<sheetData><row>"))
    broken = '<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData>'
    assert "a damaged workbook" in refused(packed(broken))


@settings(derandomize=True, database=None, deadline=None, max_examples=40)
@given(st.data())
def test_any_damage_is_an_error_of_ours_or_none(data: st.DataObject) -> None:
    whole = bytearray(workbook_bytes([Written("S", ["a"], [["x"]], {"a": "b"}, {"a": ["c"]})]))
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_grids(file(bytes(whole)))
    except ParseError as error:
        assert str(error).startswith("a.xlsx")


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_unopened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("competency.exchange.sheets.looking.MAX_UNPACKED", 5_000_000)
    bomb = packed(strings="<si><t>" + " " * 6_000_000 + "</t></si>")
    assert len(bomb.data) < 50_000
    assert "unpacks to more than 5 MB" in refused(bomb)


def test_a_workbook_of_very_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("competency.exchange.sheets.looking.MAX_CELLS", 1000)
    assert "more than 1,000 cells" in refused(packed("<c/>" * 1001))
    assert "more than 1,000 cells" in refused(packed(strings="<si/>" * 1001))


@pytest.mark.parametrize("place", ["A999999999", "AAAAA1", "B2000000"])
def test_a_cell_beyond_the_end_of_any_sheet_is_refused(place: str) -> None:
    cells = f'<sheetData><row r="1"><c r="{place}"><v>1</v></c></row></sheetData>'
    assert "beyond the end of any sheet" in refused(packed(cells))


def test_wide_rows_count_with_all_their_cells() -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 200))
    assert "more than 2,000,000 cells" in refused(packed(f"<sheetData>{rows}</sheetData>"))


def test_a_last_row_far_down_costs_nothing() -> None:
    cells = '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    (found,) = read_grids(packed(f'<dimension ref="A1:XFD1048576"/>{cells}'))
    assert found.numbers == (1048576,)


def test_entities_are_refused() -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet xmlns="{SPREADSHEET}"/>'
    assert "declares a document type" in refused(packed(**{"xl__worksheets__sheet1.xml": bomb}))


# ------------------------------------------------------------------ out


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ("_x0001_", "_x005F_", "\r\n", "=1", "#N/A", "1.0", "TRUE", " x ")
)


@settings(derandomize=True, database=None, deadline=None, max_examples=25)
@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=1, max_size=3))
def test_any_texts_come_back(rows: list[list[str]]) -> None:
    data = workbook_bytes([Written("S", ["a", "b", "c"], rows)])
    (found,) = read_grids(file(data))
    for number, row in zip(found.numbers, found.rows, strict=True):
        if number > 1:
            cells = [original(cell) for cell in row]
            assert cells == rows[number - 2][: len(cells)]
            assert not "".join(rows[number - 2][len(cells) :]).strip()


def test_nothing_in_a_workbook_tells_when_it_was_made() -> None:
    sheet = Written("S", ["a"], [["x"]], {"a": "help"}, {"a": ["x", "y"]})
    data = workbook_bytes([sheet])
    assert workbook_bytes([sheet]) == data
    with ZipFile(BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        years = re.findall(rb">(\d{4})-\d\d-\d\dT", archive.read("docProps/core.xml"))
    assert years == [b"2000", b"2000"]


def test_help_lists_and_headers_are_there_when_it_is_opened() -> None:
    long = [f"choice number {n}, of many" for n in range(30)]
    sheet = Written(
        "S", ["a", "b", "c"], [["x", "y", "z"]], {"a": "What to write."},
        {"a": ["x", "y"], "b": long, "c": "S!$A$2:$A$9"}, {"a": 33}, spare=10,
    )  # fmt: skip
    book = load_workbook(BytesIO(workbook_bytes([sheet])))
    page = book["S"]
    lists = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation}
    assert lists["A2:A12"] == '"x,y"'
    assert lists["B2:B12"] == "'_lists'!$A$1:$AD$1"
    assert lists["C2:C12"] == "S!$A$2:$A$9"
    assert book["_lists"].sheet_state == "veryHidden"
    assert page["A1"].comment.text == "What to write."
    assert (page["A1"].font.bold, page.freeze_panes, page.auto_filter.ref) == (True, "A2", "A1:C2")
    assert page.column_dimensions["A"].width == 33


def test_our_own_hidden_lists_are_no_sheet_of_anybody() -> None:
    sheet = Written("S", ["a"], [["x"]], choices={"a": ["x, y", "z"]})
    (found,) = read_grids(file(workbook_bytes([sheet])))
    assert (found.name, found.notes) == ("S", ())


def test_a_text_that_no_cell_can_hold_is_refused_by_its_place() -> None:
    with pytest.raises(ConversionError, match=r"S!B2 has 40,000 signs; a cell holds 32,767"):
        workbook_bytes([Written("S", ["a", "b"], [["", "😀" * 20_000]])])
