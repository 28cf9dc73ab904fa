"""Records are asked by header, in any spelling, and know their place."""

from __future__ import annotations

from competency.exchange.imported import File
from competency.exchange.sheets import Grid, Sheet, key

GRID = Grid(
    "Parts",
    (("Full Statement*", "Code", "code", "", "Extra"), ("", "A1", "", "loose"), ("'=x ",)),
    (1, 3, 4),
)


def test_headers_are_compared_by_letters_and_digits_only() -> None:
    assert key("  Full-Statement (EN)* ") == key("fullstatement en") == "fullstatementen"
    assert key("É\u0301") != key("e")


def test_the_first_text_that_is_not_blank_counts() -> None:
    first, second = Sheet.of(GRID).records
    assert first.get("statement", "full statement", "CODE") == "A1"
    assert first.get("nothing", "full statement") == ""
    assert second.get("code") == ""


def test_raw_keeps_blanks_and_both_take_off_the_apostrophe() -> None:
    record = Sheet.of(GRID).records[1]
    assert (record.raw("FULL STATEMENT"), record.get("full statement")) == ("=x ", "=x")


def test_a_blank_cell_is_not_a_missing_column() -> None:
    record = Sheet.of(GRID).records[0]
    assert record.has("Full statement")
    assert not record.has("title")
    assert record.get("full statement") == record.get("title") == ""


def test_a_record_knows_its_row_and_its_cells() -> None:
    record = Sheet.of(GRID).records[0]
    assert record.number == 3
    assert record.where("code") == "Parts!B3"
    assert record.where("title") == "Parts!A3"


def test_repeated_unknown_and_missing_headers_are_told() -> None:
    sheet = Sheet.of(GRID)
    assert sheet.headers == ("Full Statement*", "Code", "code", "Extra")
    assert sheet.repeated == ("code",)
    assert sheet.unknown(["code", "full statement"]) == ("Extra",)
    assert sheet.unheaded() == ("D",)


def test_the_header_may_stand_further_down() -> None:
    grid = Grid("a.csv", (("Title of it",), ("a", "b"), ("1", "2")), (1, 2, 5), workbook=False)
    (record,) = Sheet.of(grid, 1).records
    assert (record.get("b"), record.where("b")) == ("2", "line 5, column B")


def test_a_fault_names_file_and_cell() -> None:
    record = Sheet.of(GRID).records[0]
    file = File("b.xlsx", b"", "")
    assert str(record.fault(file, "code", "is wrong")) == "b.xlsx: Parts!B3: is wrong"
    lone = Grid("b.csv", (("a", "b"), ("1", "2")), (1, 4), workbook=False)
    error = lone.fault(File("b.csv", b"", ""), 1, 1, "is wrong")
    assert (str(error), error.line, error.column) == ("b.csv:4:2: column B: is wrong", 4, 2)


def test_a_grid_without_rows_is_a_sheet_without_records() -> None:
    sheet = Sheet.of(Grid("a", (), ()))
    assert (sheet.headers, sheet.records, sheet.unheaded()) == ((), (), ())
