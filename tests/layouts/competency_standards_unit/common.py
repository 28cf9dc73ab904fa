"""A unit of competency, written for these tests, and what its tests share."""

from __future__ import annotations

import hashlib
from collections import Counter

from rdflib import Graph

from competency.documents import accounting
from competency.documents.building import Builder, Options
from competency.documents.document import Document
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.competency_standards_unit import LAYOUT
from competency.shapes import validate

UNIT = """\
Specification of Competency Standards for the Toy Making Industry Unit of Competency

Functional Area - Workshop Practice

Title\tCut wooden parts
Code\t555111L2
Range\tThis unit is for makers in small workshops. It leaves out metal.
Level\t2
Credit\t6 (For Reference Only)
Competency\tPerformance Requirements 1. Know the wood in stock
\t• Name the kinds of wood in the store
\t• Tell dry wood from wet wood (e.g. by weight)
\t2. Saw to a line
\t• Mark the line on the board
\t• Saw along the line with a steady hand
Assessment Criteria\tThe outcome requirements of this unit are the abilities to:
\t• Mark the line on the board; and
\t• Saw along the marked line with a hand that is steady.
Remark\t
"""


def document(text: str, name: str = "unit.txt", pages: tuple[str, ...] = ()) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, tuple(text.splitlines()), sha256=digest, pages=pages)


def read(text: str, name: str = "unit.txt", pages: tuple[str, ...] = ()) -> FrameworkDraft:
    """Read a text of the family: it is recognised, and no word is lost."""
    source = document(text, name, pages)
    assert LAYOUT.score(source) >= 0.6
    draft = LAYOUT.read(source)
    accounting.check(source, draft)
    return draft


def kinds(draft: Draft) -> Counter[str]:
    return Counter(part.kind for part in draft.walk() if part is not draft)


def of(draft: Draft, kind: str) -> list[Draft]:
    return [part for part in draft.walk() if part.kind == kind]


def texts(draft: Draft, kind: str) -> list[str]:
    return [part.text.text for part in of(draft, kind)]


def tree(draft: Draft) -> list[tuple[object, ...]]:
    """Return all that must not depend on how a document is laid out."""
    return [
        (
            part.kind,
            part.step,
            part.label.text,
            part.text.text,
            part.enumeration.text,
            part.aspect,
            [(relation, target.step) for relation, target in part.assesses],
            part.empty,
        )
        for part in draft.walk()
    ]


def requirements(cell: str) -> Draft:
    """Read a unit with this cell of requirements and return the group it becomes."""
    head = "Title\tMake toys\nCode\t777L1\nLevel\t1\nCredit\t3\nRange\tMakers.\n"
    draft = read(f"{head}Competency\t{cell}\nRemark\t\n")
    return next(part for part in of(draft, "Group") if part.step == "pr")


def criteria(
    cell: str, wanted: str = "1. Make\n\t• Glue the parts\n\t• Paint the parts red"
) -> Draft:
    head = "Title\tMake toys\nCode\t777L1\nLevel\t1\nCredit\t3\n"
    draft = read(f"{head}Competency\t{wanted}\nAssessment Criteria\t{cell}\nRemark\tNone so far.\n")
    return next(part for part in of(draft, "Group") if part.step == "ac")


def problems(text: str, name: str = "unit.txt") -> list[str]:
    """Return the messages of all that is wrong or missing in the graph of a text."""
    source, draft = document(text, name), read(text, name)
    graph = Graph()
    for row in Builder(source, draft, Options()).build():
        graph.add(row)
    report = validate(graph)
    assert report.conforms, report.text()
    return sorted(
        {
            line.split(": ", 1)[1]
            for line in report.text().splitlines()
            if line.lstrip().startswith(("warning:", "violation:"))
        }
    )


def other(area: str, title: str, code: str) -> str:
    return (
        UNIT.replace("Workshop Practice", area)
        .replace("Cut wooden parts", title)
        .replace("555111L2", code)
    )
