"""The same unit, laid out otherwise on its pages."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.layouts.competency_standards_unit.common import (
    UNIT,
    read,
    tree,
)


def _wrapped(text: str, width: int) -> str:
    """Wrap every line, with the content in a column of its own."""
    out: list[str] = []
    for line in text.splitlines():
        name, tab, rest = line.partition("\t")
        words = (rest if tab else name).split()
        lines, now = [], ""
        for word in words:
            if now and len(now) + 1 + len(word) > width:
                lines.append(now)
                now = word
            else:
                now = f"{now} {word}".strip()
        lines.append(now)
        edge = " " * 22 if tab else ""
        out += [(name.ljust(22) if tab else "") + lines[0], *(edge + more for more in lines[1:])]
    return "\n".join(out)


def _cells(text: str) -> str:
    return "\n".join(line.replace("\t", "\n") for line in text.splitlines())


def _pipes(text: str) -> str:
    lines = []
    for line in text.splitlines():
        name, tab, rest = line.partition("\t")
        bold = f"**{name}**" if name else ""
        lines.append(f"| {bold} | {rest} |" if tab else f"## {line}" if line else line)
    return "\n".join(lines).replace("| **Title**", "|---|---|\n| **Title**")


VARIANTS = {
    "CRLF": UNIT.replace("\n", "\r\n"),
    "a BOM": "\ufeff" + UNIT,
    "spaces for tabs": UNIT.replace("\t", "      "),
    "colons": "\n".join(
        line if line.startswith("\t") else line.replace("\t", ": ") for line in UNIT.splitlines()
    ),
    "one space": UNIT.replace("\t", " "),
    "no empty lines": UNIT.replace("\n\n", "\n"),
    "empty lines doubled": UNIT.replace("\n", "\n\n"),
    "a Markdown table": _pipes(UNIT),
    "bold marks": UNIT.replace("Title", "**Title**").replace("Level\t", "**Level:**\t"),
    "cells under each other": _cells(UNIT),
    "bullets of a symbol font": UNIT.replace("•", "\uf0b7"),
    "bullets that became letters": UNIT.replace("•", "o"),
    "dashes for bullets": UNIT.replace("•", "–"),
    "diamonds for bullets": UNIT.replace("•", "◆"),
    "bullets alone on their lines": UNIT.replace("• ", "•\n\t"),
    "bullets lost": UNIT.replace("• ", " "),
    "numbered fields": UNIT.replace("Title", "1. Title")
    .replace("Code", "2. Code")
    .replace("Remark", "8. Remark"),
    "the name of a field in two lines": UNIT.replace(
        "Assessment Criteria\tThe", "Assessment\tThe"
    ).replace("\t• Mark the line on the board;", "Criteria\t• Mark the line on the board;"),
    "an en dash after the area": UNIT.replace("Area -", "Area –"),
    "a colon after the area": UNIT.replace("Area -", "Area:"),
    "a page number inside a list": UNIT.replace("\t2. Saw", "12\n\t2. Saw"),
    "pages counted": UNIT.replace("\t2. Saw", "Page 3 of 10\n\t2. Saw"),
    "the heading again inside a list": UNIT.replace(
        "\t2. Saw", "Specification of Competency Standards for the Toy Making Industry\n\t2. Saw"
    ),
    "the field again on the next page": UNIT.replace("\t2. Saw", "Competency (cont'd)\t2. Saw"),
    **{f"wrapped at {width}": _wrapped(UNIT, width) for width in (30, 44, 60)},
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS)
def test_the_layout_of_the_page_does_not_change_what_is_read(text: str) -> None:
    wanted, found = tree(read(UNIT)), tree(read(text))
    assert found == wanted


def test_a_heading_in_several_lines_is_one_heading() -> None:
    for heading in (
        "Specification of Competency Standards\nfor the Toy Making Industry\nUnit of Competency",
        "Specification of Competency Standards for the Toy\nMaking Industry Unit of\nCompetency",
        "# Specification of Competency Standards for the Toy Making Industry\n\n## Unit of Competency",
    ):
        draft = read(UNIT.replace(UNIT.splitlines()[0], heading))
        assert draft.label.text.endswith("Standards for the Toy Making Industry")
        assert draft.sector.text == "Toy Making"


def test_a_heading_apart_from_its_kind_is_not_split() -> None:
    draft = read(UNIT.replace(" Unit of Competency", "\n\nUnit of Competency"))
    assert draft.repairs == set()
    assert ("Unit of Competency", "heading that names the kind of document") in [
        (item.span.text, item.reason) for item in draft.left_out
    ]


def test_page_headings_of_the_publisher_are_left_out_with_a_reason() -> None:
    footer = "Toy Board 2031 Edition\nPage {}\n"
    body = UNIT.replace("\t2. Saw", footer.format(1) + "\t2. Saw") + footer.format(2)
    draft = read(body)
    assert tree(draft) == tree(read(UNIT))
    reasons = Counter(item.reason for item in draft.left_out)
    assert reasons["page heading"] == 2
    assert reasons["page number"] == 2


def test_a_heading_at_the_top_of_each_page_is_known_by_its_place() -> None:
    lines = UNIT.splitlines()
    paged = ["Toy Council", *lines[:12], "Toy Council", *lines[12:]]
    draft = read("\n".join(paged), pages=("1",) * 13 + ("2",) * (len(paged) - 13))
    assert tree(draft) == tree(read(UNIT))
