"""A table as it comes back from Excel, LibreOffice and editors, and from people in a hurry."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Literal

import pytest

from competency.align.review import ACCEPTED, REFUSED, TO_REVIEW, Parts, states
from competency.errors import ParseError
from competency.graph.sssom import MappingSet, write
from tests.align.common import BASE
from tests.align.deciding import DAY, both, edited, offered, read_back, said, work_of

WORK = work_of(offered())
PARTS = Parts.of(both(), [BASE + "baking", BASE + "welding"])
DECIDED = edited(WORK, said("accepted"))


def after(data: bytes, name: str = "work.sssom.tsv") -> MappingSet:
    return read_back(data, name).reviewed(date=DAY, parts=PARTS)


def shuffled(data: bytes, sign: str = "\t") -> bytes:
    """Return a table with its columns in another order, and every cell in quotes."""
    lines = data.decode().splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    rows = list(csv.reader(io.StringIO("".join(lines[start:])), delimiter="\t"))
    out = io.StringIO()
    table = csv.writer(out, delimiter=sign, quoting=csv.QUOTE_ALL)
    table.writerows(row[::-1] for row in rows)
    return ("".join(lines[:start]) + out.getvalue()).encode()


def padded(data: bytes) -> bytes:
    """Return a table whose header lines a spreadsheet quoted and filled up with tabs."""
    lines = data.decode().splitlines()
    quoted = [f'"{line.replace(chr(34), chr(34) * 2)}"' if '"' in line else line for line in lines]
    rows = (
        one + "\t\t\t" if line.startswith("#") else line
        for line, one in zip(lines, quoted, strict=True)
    )
    return "\r\n".join(rows).encode()


def saved(sign: str, quoting: Literal[0, 1]) -> Callable[[bytes], bytes]:
    """Return how a spreadsheet program saves a sheet: the header too, every row equally long."""

    def save(data: bytes) -> bytes:
        rows = [line.split("\t") for line in data.decode().splitlines()]
        out = io.StringIO()
        table = csv.writer(out, delimiter=sign, quoting=quoting)
        table.writerows([*row, *[""] * (len(rows[-1]) - len(row))] for row in rows)
        return b"\xef\xbb\xbf" + out.getvalue().encode()

    return save


SAVED: dict[str, Callable[[bytes], bytes]] = {
    "as it was": lambda data: data,
    "with the line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "with a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "as Unicode text of Excel": lambda data: data.decode().encode("utf-16"),
    "without the last line end": lambda data: data.rstrip(b"\n"),
    "with other columns first and all in quotes": shuffled,
    "with semicolons": lambda data: shuffled(data, ";"),
    "with a header in quotes and tabs": padded,
    "with commas, the header too": saved(",", csv.QUOTE_MINIMAL),
    "with semicolons, the header too": saved(";", csv.QUOTE_MINIMAL),
    "with every cell in quotes, the header too": saved("\t", csv.QUOTE_ALL),
    "with empty lines at the end": lambda data: data + b"\t\t\t\n\n",
}


@pytest.mark.parametrize("how", SAVED)
def test_a_table_is_the_same_however_it_was_saved(how: str) -> None:
    assert write(after(SAVED[how](DECIDED))) == write(after(DECIDED))
    assert states(after(SAVED[how](DECIDED))).count(ACCEPTED) == 1


@pytest.mark.parametrize("text", ["Accepted", "ACCEPTED", " accepted ", "accepted\u00a0"])
def test_a_status_counts_in_capitals_and_with_blanks(text: str) -> None:
    assert states(after(edited(WORK, said(text)))).count(ACCEPTED) == 1


@pytest.mark.parametrize("text", ["To Review", "to_review", "to  review", ""])
def test_what_is_to_review_stays_so(text: str) -> None:
    assert set(states(after(edited(WORK, said(text))))) == {TO_REVIEW}


@pytest.mark.parametrize("saved", ["as it was", "with other columns first and all in quotes"])
def test_a_status_that_is_none_is_told_with_its_place(saved: str) -> None:
    data = SAVED[saved](edited(WORK, said("acepted", 1)))
    lines = data.decode().splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "acepted" in line)
    column = lines[number - 1].index("acepted") + 1 - ("\t" + '"acepted' in lines[number - 1])
    with pytest.raises(ParseError) as caught:
        after(data)
    assert str(caught.value) == (
        f"work.sssom.tsv:{number}:{column}: status: 'acepted' is no status;"
        " write one of: to review, accepted, refused"
    )


def test_all_that_cannot_be_meant_is_told_with_its_place() -> None:
    data = edited(
        WORK, lambda row: {**row, "status": "accepted", "predicate_id": "skos:exactMatch"}
    )
    with pytest.raises(ParseError, match=r"^work\.sssom\.tsv:\d+:\d+: predicate_id: ") as caught:
        after(data)
    wrong = [str(caught.value), *caught.value.more]
    assert len(wrong) == sum(row.get("similarity_score") != "1.0000" for row in WORK.records)
    assert any("write comp:contrasts, or refuse it" in line for line in wrong)


def test_a_pair_that_is_decided_both_ways_is_told() -> None:
    text = edited(WORK, said("accepted")).decode()
    row = next(line for line in text.splitlines() if "\taccepted" in line)
    other = row.replace("accepted", "refused")
    data = f"{text}{re.sub('skos:[a-z]+Match', 'skos:broadMatch', other)}\n".encode()
    with pytest.raises(ParseError, match=r"the two parts are \w+ in another row and \w+ here"):
        after(data)


def test_a_part_beside_itself_is_told() -> None:
    same = edited(WORK, lambda row: {**row, "status": "accepted", "object_id": row["subject_id"]})
    with pytest.raises(ParseError, match="both ends are the same part"):
        after(same)


def test_a_relation_without_its_prefix_is_told() -> None:
    with pytest.raises(ParseError, match="predicate_id: "):
        after(edited(WORK, said("accepted", predicate_id="closeMatch")))


def test_what_a_person_wrote_of_the_review_stays() -> None:
    more = {"reviewer_label": "Eve", "review_date": "2026-01-02", "confidence": "0.4"}
    lines = edited(WORK, lambda row: {**row, "status": "refused"}).decode().splitlines()
    start = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    lines[start:] = [
        line + "\t" + "\t".join(more if n == 0 else more.values())
        for n, line in enumerate(lines[start:])
    ]
    row = after("\n".join(lines).encode()).records[0]
    assert {name: row.get(name) for name in more} == more


def dated(cell: str) -> bytes:
    """Return a table with a column for the date of the review, as a spreadsheet rewrote it."""
    lines = edited(WORK, lambda row: {**row, "status": "refused"}).decode().splitlines()
    start = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    ends = ["review_date", cell, *["" for _ in lines[start + 2 :]]]
    lines[start:] = [f"{line}\t{end}" for line, end in zip(lines[start:], ends, strict=True)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    "cell", ["27.11.2026", "27/11/2026", "11/27/2026"], ids=["dots", "day-first", "month-first"]
)
def test_a_date_that_a_spreadsheet_rewrote_is_read_where_it_is_one_day(cell: str) -> None:
    assert after(dated(cell)).records[0].get("review_date") == "2026-11-27"


def test_a_date_that_may_be_two_days_is_told() -> None:
    with pytest.raises(ParseError, match="'11/12/2026' is no date; write year, month and day"):
        after(dated("11/12/2026"))


def test_a_number_with_a_comma_is_read() -> None:
    data = edited(WORK, lambda row: {**row, "similarity_score": "0,4283"})
    assert after(data).records[0].get("similarity_score") == "0.4283"


def test_a_refusal_is_taken_back_by_its_status_alone() -> None:
    refused = after(edited(WORK, said("refused")))
    assert states(refused).count(REFUSED) == 1
    again = after(edited(refused, said("Accepted")))
    assert states(again).count(ACCEPTED) == 1
    assert set(states(after(edited(refused, said("to review"))))) == {TO_REVIEW}


def test_a_table_that_is_no_text_is_told_in_one_line() -> None:
    with pytest.raises(ParseError, match=r"work\.sssom\.tsv:1:1: no UTF-8; save it"):
        read_back(b"\xa4" + DECIDED)


def test_a_quote_that_never_closes_is_told_with_its_place() -> None:
    with pytest.raises(ParseError, match="is never closed"):
        read_back(DECIDED.replace(b"\taccepted", b'\t"accepted'))
