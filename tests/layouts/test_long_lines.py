"""No layout is lost in a long line: hostile runs of signs and phrases are read like any other."""

from __future__ import annotations

import pytest

from competency.documents import LAYOUTS, Document, accounting
from competency.documents.layouts import Layout

# Runs that an expression with two ways to read them would try in every combination.
RUNS = [" ", "\t", ".", "-", " - ", "*", "_", "(", ": ", "A ", "1.", "; and ", "**a ", "| ",
        "by: ", "Title Case ", "Unhelpful behaviours for ", "Performance Criteria "]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("run", RUNS)
def test_a_line_of_thousands_of_signs_is_read_whole(layout: Layout, run: str) -> None:
    line = run * (10_000 // len(run)) + "x"
    document = Document("long.txt", ("Title", "", line, "Code\tA1", "- item", "Range\t" + line))
    layout.score(document)
    accounting.check(document, layout.read(document))
