"""What is seen of a workbook before it is opened."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from competency.exchange.imported import File
from competency.exchange.sheets.looking import sheet_names


def test_an_archive_that_has_lost_its_beginning_has_no_sheets() -> None:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", '<sheet name="Parts">')
    whole = made.getvalue()
    assert sheet_names(File("a.xlsx", whole, "")) == ("Parts",)
    for lost in range(1, len(whole), 7):
        assert sheet_names(File("a.xlsx", whole[lost:], "")) == ()
