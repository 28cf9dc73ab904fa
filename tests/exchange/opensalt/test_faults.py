"""What is wrong in a table is told by sheet and cell, all of it at once, and never as a crash."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from competency.errors import CompetencyError, ParseError
from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from competency.exchange.opencase import EXCHANGES as OPENCASE
from competency.exchange.opensalt import EXCHANGES as OPENSALT
from tests.exchange.opensalt.common import BAKING, DOUGH, sample, table, taken_in, workbook

HEAD = ("identifier", "fullStatement", "smartLevel")
LINKS = ("originNodeIdentifier", "associationType", "destinationNodeIdentifier")


def the_error(file: File, name: str = "opensalt") -> ParseError:
    """Return the error that reading a file raises."""
    with pytest.raises(ParseError) as caught:
        taken_in(file, name)
    return caught.value


def test_all_faults_are_told_in_one_go_with_their_cells() -> None:
    items = [HEAD, (DOUGH, "Makes dough", "1"), (DOUGH, "Heats", "one"), ("", "Sells", "1..2")]
    links = [LINKS, (DOUGH, "", BAKING), ("", "Precedes", DOUGH)]
    error = the_error(workbook(items, links))
    told = [str(error), *error.more]
    assert [line.partition(": ")[2].partition(":")[0] for line in told] == [
        "CF Item!A3",
        "CF Item!C3",
        "CF Item!C4",
        "CF Association!B2",
        "CF Association!A3",
    ]
    assert "stands at CF Item!A2 already" in told[0]
    assert "'one' is no smartLevel; write numbers and dots, such as 1.2.1" in told[1]


def test_a_workbook_without_items_says_which_sheets_it_needs() -> None:
    file = workbook([HEAD])
    error = the_error(File(file.name, table(HEAD).data, file.media_type))
    assert "no workbook" in str(error)
    from competency.exchange.sheets import Written, workbook_bytes

    data = workbook_bytes([Written("Sheet1", ("a",), [("b",)])])
    assert "CF Doc, CF Item and CF Association" in str(the_error(File("x.xlsx", data, "")))


def test_a_table_without_texts_is_refused() -> None:
    assert "fullStatement" in str(the_error(table(("Code",), ("1",)), "opensalt-csv"))
    assert "fullStatement" in str(the_error(workbook([("identifier",), (DOUGH,)])))
    assert "Level and Full Statement" in str(the_error(table(("Level",), ("1",)), "opencase"))


def test_an_identifier_that_stands_twice_in_a_csv_is_told_by_line_and_column() -> None:
    error = the_error(
        table(("Identifier", "fullStatement"), ("a", "A"), ("a", "B")), "opensalt-csv"
    )
    assert (error.line, error.column) == (3, 1)


def test_very_many_faults_are_counted() -> None:
    error = the_error(workbook([HEAD, *[("", "Kneads", "x")] * 300]))
    assert len(error.more) == 201 and error.more[-1] == "and 99 more"


def test_levels_of_any_depth_and_number_are_refused_or_read_quickly() -> None:
    deep = ".".join("1" * 5_000)
    assert "no smartLevel" in str(the_error(workbook([HEAD, ("", "A", deep), ("", "B", "9" * 30)])))
    wide = [("", f"Row {n}", "1") for n in range(800)]
    assert taken_in(workbook([HEAD, *wide])).graphs


def test_a_base_that_is_no_iri_is_refused() -> None:
    with pytest.raises(ParseError, match="choose another base"):
        taken_in(workbook([HEAD, ("", "A", "1")]), base="no base/")


# ------------------------------------------------------------------ any bytes

READERS = [(row.format.name, row) for row in (*OPENSALT, *OPENCASE)]
FILES = {
    "opensalt": "xlsx/opensalt-spreadsheet_import_sample.xlsx",
    "opensalt-csv": "csv/opensalt-sample_case.csv",
    "opencase": "csv/opensalt-test_items.csv",
    "opencase-xlsx": "xlsx/opensalt-spreadsheet_import_template.xlsx",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_changed_anywhere_is_read_or_refused(shared: Path, name: str) -> None:
    file, exchange = sample(shared, FILES[name], name), dict(READERS)[name]
    assert exchange.read is not None and exchange.recognise is not None
    dice = random.Random(7)  # noqa: S311 - the same changes every time
    for _ in range(40):
        changed = File(file.name, _changed(file.data, dice), file.media_type)
        exchange.recognise(changed)
        try:
            exchange.read(changed, Reading())
        except CompetencyError as error:
            assert "\n" not in str(error)


def _changed(data: bytes, dice: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(dice.choice((1, 3, 30))):
        place = dice.randrange(len(found))
        found[place : place + dice.choice((0, 1, 4))] = dice.randbytes(dice.choice((0, 1, 3)))
    return bytes(found[: dice.choice((len(found), len(found), dice.randrange(len(found))))])


CELLS = ("", "1", "1.1", "2", "-1", "1.1.", "x|y", ",", "#", "=1", "'", "é" * 40, "\ud7ff",
         "2026-13-40", "http://[", "urn:", DOUGH, BAKING, "Is Child Of", "ext:a b", "en_US",
         "null", "\t", "https://example.org/a b", "a\nb", "%", "1e5", "Level Scale",
         "Level of a Scale", "Competency Level", "Not stated")  # fmt: skip


def test_tables_with_anything_in_any_cell_are_read_or_refused() -> None:
    dice = random.Random(11)  # noqa: S311 - the same tables every time
    heads = {
        "opensalt": None,
        "opensalt-csv": ("Identifier", "fullStatement", "Human Coding Scheme", "parent",
                         "sequenceNumber", "CFItemType", "IsRelatedTo", "language", "uri", "odd"),
        "opencase": ("Level", "Full Statement", "Item Type", "Subject", "Notes", "odd", "odd"),
    }  # fmt: skip
    from competency.exchange.opensalt import columns

    for name, head in heads.items():
        for _ in range(12):
            if head is None:
                groups = (
                    (*columns.ITEM, *columns.ITEM_MORE, "odd"),
                    columns.ASSOCIATION,
                    columns.DOC,
                )
                items, links, doc = ([one, *_rows(one, dice)] for one in groups)
                file = workbook(items, links, doc)
            else:
                file = table(head, *_rows(head, dice))
            try:
                assert taken_in(file, name).graphs
            except CompetencyError as error:
                assert "\n" not in str(error)


def _rows(head: tuple[str, ...], dice: random.Random) -> list[list[str]]:
    return [[dice.choice(CELLS) for _ in head] for _ in range(dice.randrange(6))]
