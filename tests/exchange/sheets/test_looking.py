"""What is seen of a workbook before it is opened."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from competency.errors import ParseError
from competency.exchange.imported import File
from competency.exchange.opencase.template import recognise_workbook
from competency.exchange.opensalt import workbook as opensalt
from competency.exchange.sheets.looking import look, sheet_names

PACKINGS = {"stored": ZIP_STORED, "deflate": ZIP_DEFLATED, "bzip2": ZIP_BZIP2, "lzma": ZIP_LZMA}


def test_an_archive_that_has_lost_its_beginning_has_no_sheets() -> None:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", '<sheet name="Parts">')
    whole = made.getvalue()
    assert sheet_names(File("a.xlsx", whole, "")) == ("Parts",)
    for lost in range(1, len(whole), 7):
        assert sheet_names(File("a.xlsx", whole[lost:], "")) == ()


@pytest.mark.parametrize("packing", PACKINGS.values(), ids=PACKINGS)
def test_damage_is_told_however_a_workbook_is_packed(packing: int) -> None:
    made = BytesIO()
    names = ("[Content_Types].xml", "xl/sharedStrings.xml", "xl/workbook.xml")
    with ZipFile(made, "w", packing) as archive:
        for name in names:
            archive.writestr(name, '<sheet name="Parts"><si>Full Statement</si>')
        start = archive.getinfo(names[-1]).header_offset + 30 + len(names[-1])
    whole = bytearray(made.getvalue())
    assert sheet_names(File("a.xlsx", bytes(whole), "")) == ("Parts",)
    for place in range(start + 9, start + 15):
        whole[place] ^= 0x5A
    file = File("a.xlsx", bytes(whole), "")
    with pytest.raises(ParseError, match=r"a\.xlsx: a damaged workbook"):
        look(file)
    assert sheet_names(file) == ()
    assert not opensalt.recognise(file) and not recognise_workbook(file)
