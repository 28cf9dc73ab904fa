"""The template: what people see when they open it, and that it reads once it is filled in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from competency.errors import FormatError, ParseError
from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from competency.exchange.sheets import read_grids
from competency.exchange.spreadsheet import read, template
from competency.exchange.spreadsheet.columns import FACTS, LEVEL_COLUMNS, PART_COLUMNS, column_of
from competency.exchange.spreadsheet.values import kind_labels, kind_of
from competency.shapes import Severity, validate


def opened() -> Any:
    return load_workbook(BytesIO(template()))


def test_the_template_has_the_sheets_that_people_fill_in_and_one_that_explains() -> None:
    assert opened().sheetnames == ["Framework", "Parts", "Levels", "Links", "Help"]


def test_every_column_has_help_and_a_header_that_stays_in_view() -> None:
    for name in ("Parts", "Levels", "Links"):
        sheet = opened()[name]
        assert sheet.freeze_panes == "A2"
        assert all(cell.comment and cell.font.bold for cell in sheet[1])


def test_kinds_and_levels_are_chosen_from_lists() -> None:
    lists = {
        str(item.sqref)[0]: item.formula1
        for item in opened()["Parts"].data_validations.dataValidation
    }
    headers = {cell.value: cell.column_letter for cell in opened()["Parts"][1]}
    assert lists[headers["kind"]] == '"' + ",".join(kind_labels()) + '"' or "_lists" in str(lists)
    assert lists[headers["level"]] == "Levels!$B$2:$B$500"


def test_every_kind_in_the_list_is_understood() -> None:
    assert all(kind_of(label) for label in kind_labels())


@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_the_template_is_the_same_every_time_and_tells_that_it_is_empty(name: str) -> None:
    assert template(name) == template(name)
    with pytest.raises(ParseError, match="no row of parts is filled in"):
        read(File(f"template.{name}", template(name), ""), Reading())


def test_another_format_has_no_template() -> None:
    with pytest.raises(FormatError, match="there are: xlsx, csv"):
        template("ods")


def test_a_template_filled_in_by_overwriting_the_examples_is_a_valid_framework() -> None:
    book = opened()
    parts, levels, facts = book["Parts"], book["Levels"], book["Framework"]
    for sheet in (parts, levels):
        for row in sheet.iter_rows(min_row=2):
            row[0].value = (
                None if str(row[0].value).startswith("# Rows") else str(row[0].value).strip("# ")
            )
    for row, text in (("title", "Bread"), ("language", "en"), ("issued", "2024")):
        next(r for r in facts if r[0].value == row)[1].value = text
    held = BytesIO()
    book.save(held)
    imported = read(File("bread.xlsx", held.getvalue(), "text/csv"), Reading())
    graph = imported.graphs[0]
    assert graph.name.endswith("/Bread")
    assert not imported.remarks
    assert not validate(graph.graph).at_least(Severity.violation)


def test_numbers_and_dates_that_a_spreadsheet_makes_of_cells_are_read_as_they_show() -> None:
    from datetime import datetime

    book = opened()
    facts, parts = book["Framework"], book["Parts"]
    issued = next(r for r in facts if r[0].value == "issued")[1]
    issued.value, issued.number_format = datetime(2024, 5, 31), "yyyy-mm-dd"
    parts["A3"].value, parts["A4"].value, parts["A5"].value = "u", "v", None
    parts["B3"].value, parts["B4"].value, parts["B5"].value = 1, 1.1, 1.2
    held = BytesIO()
    book.save(held)
    found = read(File("bread.xlsx", held.getvalue(), ""), Reading("urn:b:", "f")).graphs[0]
    assert tuple(map(str, found.about("urn:b:f")["http://purl.org/dc/terms/issued"])) == (
        "2024-05-31",
    )
    assert "urn:b:f/u/2" in found.subjects


def test_no_two_columns_answer_to_the_same_name() -> None:
    for columns in (PART_COLUMNS, FACTS, LEVEL_COLUMNS):
        for column in columns:
            assert column_of(column.header, columns) is column
            for name in column.names:
                assert column_of(name, columns) is column, name


def test_csv_has_the_facts_above_the_headers() -> None:
    (grid,) = read_grids(File("t.csv", template("csv"), ""))
    assert grid.rows[0][0] == "#iri"
    assert ("id", "outline") in [row[:2] for row in grid.rows]
