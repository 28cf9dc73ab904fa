"""The real documents, of which one is a numbered catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from competency.documents import accounting
from competency.documents.document import Document
from competency.documents.layouts.numbered_catalogue import LAYOUT
from tests.layouts.numbered_catalogue.common import (
    check_shapes,
    counts,
    document,
    of,
    read,
)


@pytest.fixture
def seed(shared: Path) -> Document:
    place = next(iter(sorted((shared / "seeds").glob("000_*.txt"))), None)
    if place is None:
        pytest.skip("the document is not in the folder of seeds")
    return document(place.read_text(encoding="utf-8-sig"), place.name)


def test_the_real_document_gives_its_names_and_counts(seed: Document) -> None:
    draft = read("\n".join(seed.lines), seed.name)
    assert LAYOUT.score(seed) >= 0.9
    assert counts(draft) == (2, 6, 6, 6)
    assert len(list(draft.walk())) == 21
    assert [
        (part.enumeration.text, part.label.text.replace("’", "'"))
        for part in of(draft, "Competency")
    ] == [
        ("01", "Take Customer's Perspective to Resolve Issues"),
        ("02", "Deliver Efficient Service Operations"),
        ("03", "Build Emotional Resilience"),
        ("04", "Serve with Authority"),
        ("05", "Work Collaboratively with Stakeholders"),
        ("06", "Partner Customers for Longer Term Interest"),
    ]
    assert draft.label.text == "CUSTOMER SERVICE COMPETENCY FRAMEWORK"
    assert "The head of a page gives its number as 10, the foot gives 7." in draft.doubts


def test_the_real_document_has_each_line_where_it_belongs(seed: Document) -> None:
    draft = read("\n".join(seed.lines), seed.name)
    places = {
        f"{part.step}/{child.step}": child.text.numbers
        for part in of(draft, "Competency")
        for child in part.parts
    }
    assert places == {
        "c01/base": (5, 6),
        "c01/higher": (6, 8, 9),
        "c02/base": (10, 11, 13),
        "c02/higher": (13, 14, 15),
        "c03/base": (16, 17),
        "c03/higher": (19, 20),
        "c04/base": (21, 22),
        "c04/higher": (22, 24, 25),
        "c05/base": (26, 27, 28, 30),
        "c05/higher": (30, 31, 32),
        "c06/base": (33, 34, 35, 37),
        "c06/higher": (37, 38),
    }
    for part in of(draft, "Descriptor"):
        assert part.text.text.endswith(".")
    for part in of(draft, "CompetencyLevel"):
        assert part.text.text.startswith("At the higher levels, officers")
        assert part.text.text.endswith(".")


def test_the_real_document_conforms_to_the_shapes(seed: Document) -> None:
    check_shapes("\n".join(seed.lines), seed.name)


def test_the_other_real_documents_are_of_other_families(shared: Path) -> None:
    others = [p for p in sorted((shared / "seeds").glob("*.txt")) if not p.name.startswith("000_")]
    for place in others:
        source = document(place.read_text(encoding="utf-8-sig"), place.name)
        assert LAYOUT.score(source) == 0
        accounting.check(source, LAYOUT.read(source))
