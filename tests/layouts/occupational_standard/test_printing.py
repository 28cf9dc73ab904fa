"""The same standard, printed otherwise."""

from __future__ import annotations

import re
import textwrap

import pytest

from tests.layouts.occupational_standard.common import (
    BASE,
    at,
    kinds,
    left_out,
    read,
    tree,
)


def wrapped(text: str, width: int = 60) -> str:
    lines = (
        textwrap.wrap(line, width, break_on_hyphens=False) or [""] for line in text.split("\n")
    )
    return "\n".join(line for several in lines for line in several)


def plain(text: str) -> str:
    return re.sub(r"(?m)^#+ |\*\*", "", text)


def prefixed(text: str) -> str:
    criteria, knowledge = text.split("#### **Knowledge")
    criteria = re.sub(r"(?m)^(\d+)\.", r"P\1", criteria)
    return criteria + "#### **Knowledge" + re.sub(r"(?m)^(\d+)\.", r"K\1", knowledge)


VARIANTS = {
    "without Markdown": plain(BASE),
    "with CRLF": BASE.replace("\n", "\r\n"),
    "with a BOM": "\ufeff" + BASE.lstrip(),
    "with a BOM and without Markdown": "\ufeff" + plain(BASE).lstrip(),
    "with curly quotes": BASE.replace("'", "’"),
    "bold headings only": re.sub(r"(?m)^#+ ", "", BASE),
    "hash headings only": BASE.replace("**", ""),
    "no empty lines": re.sub(r"\n+", "\n", BASE),
    "no empty lines, no Markdown": re.sub(r"\n+", "\n", plain(BASE)),
    "doubled empty lines": BASE.replace("\n\n", "\n\n\n\n"),
    "an empty line after each line": BASE.replace("\n", "\n\n"),
    "wrapped": wrapped(BASE),
    "wrapped, no Markdown": wrapped(plain(BASE)),
    "wrapped, no Markdown, no empty lines": re.sub(r"\n+", "\n", wrapped(plain(BASE))),
    "numbers with brackets": re.sub(r"(?m)^(\d+)\.", r"\1)", BASE),
    "numbers in brackets": re.sub(r"(?m)^(\d+)\.", r"(\1)", BASE),
    "bare numbers": re.sub(r"(?m)^(\d+)\.", r"\1", BASE),
    "numbers and tabs": re.sub(r"(?m)^(\d+)\. ", "\\1.\t", BASE),
    "numbers and runs of spaces": re.sub(r"(?m)^(\d+)\. ", r"  \1.     ", BASE),
    "numbers on lines of their own": re.sub(r"(?m)^(\d+)\. ", r"\1.\n", BASE),
    "numbers with P and K": prefixed(BASE),
    "lead-ins with colons": BASE.replace("able to**", "able to:**").replace("understand**", "understand:**"),
    "page numbers": re.sub(r"(?m)^## ", "\nPage 3 of 9\n\n## ", BASE),
    "bare page numbers": re.sub(r"(?m)^## ", "\n7\n\n## ", BASE),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_the_standard_is_the_same_tree(name: str) -> None:
    draft = read(VARIANTS[name])
    wanted, found = tree(read(BASE)), tree(draft)
    assert found == wanted
    assert at(draft, "2/ku").repairs >= {"Rejoined"}


def test_other_page_headings_are_left_out_with_the_reason() -> None:
    text = re.sub(r"(?m)^## ", "Harbour suite 2019\n\n12\n\n## ", BASE).replace(
        "2. whom", "\nHarbour suite 2019\n\n13\n\n2. whom"
    )
    draft = read(text)
    assert ("Harbour suite 2019", "page heading repeated") in left_out(draft)
    assert ("12", "page number") in left_out(draft)
    assert kinds(at(draft, "2/ku")) == kinds(at(read(BASE), "2/ku"))


def test_an_item_that_a_page_end_cuts_in_two_is_rejoined() -> None:
    cut = BASE.replace("2. whom to call when a line breaks\n", "2. whom to call\n")
    cut = cut.replace("3. whom to call", "when a line breaks\n3. whom to call")
    item = at(read(cut), "2/ku/2")
    assert item.text.text == "whom to call when a line breaks"
    assert item.repairs == {"Rejoined"}
