"""A cell of a CSV file is found again in its text, whatever stands around it."""

from __future__ import annotations

import pytest

from competency.exchange.sheets import cell_at


def shown(text: str, line: int, column: int, name: str = "a.csv") -> str | None:
    found = cell_at(name, text, line, column)
    if found is None:
        return None
    row, sign, length = found
    return text.replace("\r\n", "\n").split("\n")[row - 1][sign - 1 :][:length]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a,b,c\n1,two,3\n", "a.csv"),
        ("a;b;c\r\n1;two;3\r\n", "a.csv"),
        ("a\tb\tc\n1\ttwo\t3", "a.tsv"),
        ('a,b,c\n"1, or 2", "two" ,3\n', "a.csv"),
        ("sep=;\na;b;c\n1;two;3\n", "a.csv"),
    ],
)
def test_a_cell_is_found_by_the_number_of_its_column(text: str, name: str) -> None:
    line = text.replace("\r\n", "\n")[: text.index("two")].count("\n") + 1
    assert shown(text, line, 1, name) == "two"


def test_a_record_may_go_on_over_lines() -> None:
    text = 'a,b,c\n"one\ntwo",x,"y\nz"\n'
    assert cell_at("a.csv", text, 2, 0) == (2, 2, 3)
    assert cell_at("a.csv", text, 2, 1) == (3, 6, 1)
    assert shown(text, 2, 2) == "y"


def test_an_empty_cell_has_a_place_and_no_length() -> None:
    assert cell_at("a.csv", "a,b,c\n1,,3\n", 2, 1) == (2, 3, 0)


def test_what_is_not_there_has_no_place() -> None:
    assert cell_at("a.csv", "a,b\n1,2\n3,4\n", 2, 2) is None
    assert cell_at("a.csv", "a,b\n1,2\n", 9, 0) is None
    assert cell_at("a.csv", 'a,b\n"1,2\n', 2, 1) is None
