"""docs/formats.md: what it says of each format is what the tables in the code do."""

from __future__ import annotations

import re

import pytest

from competency.exchange.documenting import filled
from competency.exchange.exchange import Exchange
from competency.exchange.exchanges import EXCHANGES
from competency.exchange.rdf import EXCHANGES as RDF
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
OTHERS = [row for row in EXCHANGES if row not in RDF]


def test_the_page_is_what_the_tables_say() -> None:
    assert filled(PAGE) == PAGE, "run `make formats`"


def test_filling_in_changes_nothing_else() -> None:
    assert filled(filled(PAGE)) == filled(PAGE)


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row.format.name)
def test_a_format_tells_what_it_loses_and_who_uses_it(row: Exchange) -> None:
    assert row.about.endswith(".")
    assert (row.table is not None) == (row.write is not None)
    assert row.table is None or (row.table.rules and row.table.otherwise)


def test_every_link_of_the_list_leads_to_a_section() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line).lower() for line in re.findall(r"(?m)^### (.+)$", PAGE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= headings


def test_names_of_formats_are_different() -> None:
    names = [row.format.name for row in EXCHANGES]
    assert len(set(names)) == len(names)
