"""CSV is read whatever program saved it, and what is malformed is told by line and column."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.errors import ConversionError, ParseError
from competency.exchange.imported import File, Kept
from competency.exchange.sheets import Grid, csv_bytes, harmless, original, read_grids

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
QUIET = settings(derandomize=True, database=None, deadline=None)


def grid(data: bytes | str, name: str = "a.csv") -> Grid:
    held = data if isinstance(data, bytes) else data.encode()
    (found,) = read_grids(File(name, held, "text/csv"))
    return found


def refused(data: bytes) -> str:
    with pytest.raises(ParseError) as caught:
        grid(data)
    return str(caught.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_an_encoding_is_found_out(encoding: str) -> None:
    assert grid("Titel;é\r\nBäcker;ß".encode(encoding)).rows == (("Titel", "é"), ("Bäcker", "ß"))


def test_another_encoding_than_utf_8_is_remarked_with_its_first_line() -> None:
    (note,) = grid("a,b\r\nx,y\r\né,z".encode("cp1252")).notes
    assert (note.kept, note.where) == (Kept.odd, "line 3")
    assert "E9 is no UTF-8" in note.what


def test_what_is_no_text_is_told() -> None:
    assert "no text in UTF-8" in refused(b"a,b\r\n\x81\x8d")
    assert refused(b"a,b\r\nc,d\0").startswith("a.csv:2:4: a NUL sign")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_ends_of_lines_and_delimiters_are_found_out(end: str, delimiter: str) -> None:
    text = end.join(delimiter.join(row) for row in (("a", "b"), ("1", "2"), ("3", "4")))
    assert grid(text).rows == (("a", "b"), ("1", "2"), ("3", "4"))
    assert grid(text + end).numbers == (1, 2, 3)


def test_the_header_decides_on_the_delimiter_and_not_the_lines_above_it() -> None:
    assert grid("#title;Bread, and more, and more\na;b\n1,5;2").rows[1] == ("a", "b")
    assert grid('"a;b;c;d",e\n1,2').rows[0] == ("a;b;c;d", "e")
    assert grid("sep=|\r\na|b\r\n").rows == (("a", "b"),)
    assert grid("a,b\tc", name="a.tsv").rows == (("a,b", "c"),)


def test_a_break_inside_quotes_does_not_end_a_row() -> None:
    found = grid('a,b\r\n"one\r\ntwo",x\r\ny,z')
    assert found.rows[1] == ("one\r\ntwo", "x")
    assert found.numbers == (1, 2, 4)
    assert found.where(2, 1) == "line 4, column B"


def test_ragged_rows_and_blank_rows_are_read() -> None:
    found = grid("a,b,c\r\n1\r\n\r\n ,,\r\n1,2,3,4\r\n\r\n\r\n")
    assert found.rows == (("a", "b", "c"), ("1",), ("1", "2", "3", "4"))
    assert found.numbers == (1, 2, 5)
    assert found.cell(1, 2) == ""


def test_blanks_around_quotes_are_passed_over_but_not_those_inside() -> None:
    assert grid('a, "b, c" ,d\n').rows == (("a", "b, c", "d"),)
    assert grid('a, "b,d\n').rows == (("a", ' "b', "d"),)
    assert grid(" a , b\n").rows == ((" a ", " b"),)


def test_a_quote_that_never_closes_is_told_where_it_opens() -> None:
    assert refused(b'a,b\r\nx,"y\r\n1,2\r\n3,4') == (
        'a.csv:2:3: the quote (") that opens here is never closed'
    )


def test_a_quote_in_the_middle_of_a_cell_is_told() -> None:
    assert refused(b'a,b\n"x"y",z').startswith('a.csv:2:3: a quote (") inside a quoted cell')


def test_a_very_long_quote_that_never_closes_is_told_in_time() -> None:
    assert ":1:3: the quote" in refused(b'a,"' + b"x,\n" * 1_000_000)


def test_very_many_quotes_that_never_close_are_told_in_time() -> None:
    assert ":2:1: the quote" in refused(b'a,b\n"' + b'""' * 500_000)


def test_very_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("competency.exchange.sheets.separated.MAX_CELLS", 10)
    assert refused(b"a,b,c\n" * 4) == "a.csv:4: more than 10 cells; divide the file"


def test_more_columns_than_a_workbook_has_are_refused() -> None:
    assert grid(b"a," * 16_383 + b"b\n").rows
    told = "a.csv:2: more than 16,384 columns; no table has so many"
    assert refused(b"title\n" + b"a," * 16_384 + b"b\n") == told


def test_an_empty_file_has_no_rows() -> None:
    assert grid(b"").rows == ()
    assert grid(b"\xef\xbb\xbf\r\n").rows == ()


# ------------------------------------------------------------------ out


def test_rows_end_as_the_standard_has_it() -> None:
    assert csv_bytes([["a", "b"], ["1", 'x "y"']]) == b'a,b\r\n1,"x ""y"""\r\n'
    assert csv_bytes([["é"]], bom=True, delimiter=";") == b"\xef\xbb\xbf\xc3\xa9\r\n"


def test_a_sign_that_no_program_reads_is_refused() -> None:
    with pytest.raises(ConversionError, match="has a NUL sign"):
        csv_bytes([["a\0"]])


@QUIET
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=4))
def test_any_rows_come_back_here_and_elsewhere(rows: list[list[str]]) -> None:
    data = csv_bytes([["h", "h"], *rows], bom=True)
    (found,) = read_grids(File("a.csv", data, ""))
    trimmed = [tuple(map(harmless, row)) for row in rows]
    while_blank = [_trim(row) for row in trimmed if _trim(row)]
    assert list(found.rows[1:]) == while_blank
    elsewhere = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert [tuple(row) for row in elsewhere[1:]] == trimmed


def _trim(row: tuple[str, ...]) -> tuple[str, ...]:
    while row and not row[-1].strip():
        row = row[:-1]
    return row


# ------------------------------------------------------------------ harmless


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@x", "\t=1", "\rx", " =1", "\n=1", "＝1", "＋1", "－1", "＠x", "'=1"],
)
def test_what_would_be_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=1", "'tis", "1-2", "(=1)", "''"])
def test_what_would_not_be_run_stays(text: str) -> None:
    assert harmless(text) == original(text) == text


@QUIET
@given(st.text("'=+-@\t\r\n ＝a", max_size=6))
def test_making_harmless_is_undone_exactly(text: str) -> None:
    assert original(harmless(text)) == text
    assert not harmless(text).lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
