"""The layout 'values-and-behaviours': the real documents."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.namespace import RDF, RDFS

from competency.documents import accounting
from competency.documents.document import Document
from competency.documents.layouts.values_and_behaviours import LAYOUT, doubts
from competency.ontology import COMP
from competency.shapes import validate
from tests.layouts.values_and_behaviours.common import (
    VARIANTS,
    counts,
    graph,
    labels,
    of,
    tree,
    wrapped,
)


@pytest.fixture(scope="module")
def real(shared: Path) -> Document:
    file = next((shared / "seeds").glob("004_*.txt"))
    return Document(file.name, tuple(file.read_text("utf-8-sig").splitlines()))


def test_the_real_document_has_the_parts_that_were_counted(real: Document) -> None:
    draft = LAYOUT.read(real)
    accounting.check(real, draft)
    assert LAYOUT.score(real) >= 0.9
    assert counts(draft) == {
        "Value": 3,
        "Group": 4,
        "ElementOfCompetency": 15,
        "Descriptor": 3,
        "PositiveIndicator": 91,
        "NegativeIndicator": 37,
        "Note": 1,
    }
    assert len(list(draft.walk())) == 155


def test_the_real_document_has_91_behaviours_on_90_lines(real: Document) -> None:
    draft = LAYOUT.read(real)
    behaviours = of(draft, "PositiveIndicator")
    assert len({part.text.numbers for part in behaviours}) == 90
    split = [part for part in behaviours if part.repairs]
    assert [(part.text.numbers, part.repairs) for part in split] == [((48,), {"Split"})] * 2
    assert split[1].text.text.startswith("Establishes, ")
    assert [len(of(value, "NegativeIndicator")) for value in of(draft, "Value")] == [14, 11, 12]


def test_the_real_document_keeps_both_names_and_both_orders(real: Document) -> None:
    draft = LAYOUT.read(real)
    assert labels(draft, "Value") == [
        "Customer Focus",
        "'Can do' Culture",
        "Freedom within Boundaries",
    ]
    assert [value.occurrences[0].label.numbers for value in of(draft, "Value")] == [
        (3,),
        (17,),
        (27,),
    ]
    orders = [
        [part.occurrences[0].position for part in of(value, "ElementOfCompetency")]
        for value in of(draft, "Value")
    ]
    assert orders == [[1, 2, 4, 5, 3], [1, 4, 2, 3, 5], [1, 2, 5, 3, 4]]


def test_the_doubts_of_the_real_document_are_where_they_are_known_to_be(real: Document) -> None:
    draft = LAYOUT.read(real)
    found = [
        (number, doubt)
        for part in draft.walk()
        for doubt in part.doubts
        for number in part.text.numbers
    ]
    assert found == [
        (48, doubts.RUN_TOGETHER),
        (48, doubts.RUN_TOGETHER),
        (154, doubts.TWO_SENTENCES),
        (159, doubts.TWO_SENTENCES),
        (160, doubts.TWO_SENTENCES),
        (37, doubts.LOOSE),
    ]
    assert [doubts.TWO_NAMES in value.doubts for value in of(draft, "Value")] == [True] * 3


def test_the_real_document_conforms_and_is_fast(real: Document) -> None:
    start = time.process_time()
    rows = graph(real)
    assert time.process_time() - start < 2
    report = validate(rows)
    assert report.conforms, report.text()
    root = next(rows.subjects(RDF.type, COMP.Framework))
    assert {
        str(label)
        for body in rows.objects(root, COMP.namedOrganisation)
        for label in rows.objects(body, RDFS.label)
    } == {"Worcestershire County Council"}
    assert (URIRef(f"{root}/v1"), COMP.inferred, COMP.occurrence) in rows


@pytest.mark.parametrize("name", VARIANTS)
def test_the_real_document_printed_otherwise_gives_the_same_parts(
    real: Document, name: str
) -> None:
    change = wrapped(70, "  ") if name == "wrapped" else VARIANTS[name]
    change = wrapped(60, "") if name == "wrapped without indent" else change
    page = Document(real.name, tuple(change(list(real.lines))))
    draft = LAYOUT.read(page)
    accounting.check(page, draft)
    flat = str.maketrans("“”‘’", "\"\"''")
    found = [tuple(field.translate(flat) for field in part) for part in tree(draft)]
    assert found == tree(LAYOUT.read(real))


def test_the_other_four_real_documents_score_nothing(shared: Path) -> None:
    files = sorted((shared / "seeds").glob("00[0-3]_*.txt"))
    assert len(files) == 4
    for file in files:
        page = Document(file.name, tuple(file.read_text("utf-8-sig").splitlines()))
        assert LAYOUT.score(page) == 0
        accounting.check(page, LAYOUT.read(page))
