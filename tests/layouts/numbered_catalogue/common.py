"""Numbered catalogues, written for these tests, and what their tests share."""

from __future__ import annotations

import hashlib

from rdflib import Graph

from competency.documents import accounting
from competency.documents.building import Builder, Options
from competency.documents.document import Document
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.numbered_catalogue import LAYOUT
from competency.shapes import validate

TWO_COLUMNS = """\
Page 4 - BSF Document
P. 4
SKILL DEFINITIONS
Shared Library Competencies
Welcome Staff with this skill look at the library with the eyes of many a reader
01 Every Reader's and know what brings them. At the higher levels, staff teach others to
Wish to
look at the building with the eyes of readers and plan rooms that serve
Read More the whole town.
02 Keep Tidy Staff with this skill have a firm hold on shelves and lists (e.g. loans)
and rules (e.g. fines, dates) and put right whatever makes it harder to
Shelves
Everywhere find books and papers in good time. At the higher levels, staff think
about new ways of storing books which save room and spare readers long
walks.
Staff with this skill stay calm on days with many visitors, and they
03 Stay Calm find small breaks for rest and for quiet talk with other people there.
Always
At the higher levels, staff set up rooms and times of rest so that they
help others stay calm too.
04 Read with Staff with this skill are glad to sit with children and read to them
from books that they have not seen before and would not have found. At
Children
the higher levels, staff start clubs of young readers and care for the
reading of whole schools.
7 | BRANCH LIBRARY SKILLS FRAMEWORK
"""


NAMES = [
    "Welcome Every Reader's Wish to Read More",
    "Keep Tidy Shelves Everywhere",
    "Stay Calm Always",
    "Read with Children",
]


CLEAN = """\
01 Plan the Day
Staff with this skill know what comes next. They leave room for the rest.
At the higher levels, staff plan for others.
02 Keep Accounts
Staff with this skill write down what is spent.
At the higher levels, staff set budgets.
03 Speak in Public
Staff with this skill talk to groups.
At the higher levels, staff speak for the house.
"""


def document(text: str, name: str = "catalogue.txt") -> Document:
    return Document(
        name, tuple(text.splitlines()), sha256=hashlib.sha256(text.encode()).hexdigest()
    )


def read(text: str, name: str = "catalogue.txt") -> FrameworkDraft:
    """Read a text and check what must hold for every text: all words held, steps unique."""
    source = document(text, name)
    draft = LAYOUT.read(source)
    accounting.check(source, draft)
    for part in draft.walk():
        steps = [child.step for child in part.parts]
        assert len(steps) == len(set(steps)), steps
    return draft


def of(draft: Draft, kind: str) -> list[Draft]:
    return [part for part in draft.walk() if part.kind == kind]


def names(draft: Draft) -> list[str]:
    return [part.label.text for part in of(draft, "Competency")]


def texts(part: Draft) -> dict[str, str]:
    return {child.step: child.text.text for child in part.parts}


def counts(draft: Draft) -> tuple[int, int, int, int]:
    kinds = ("Group", "Competency", "Descriptor", "CompetencyLevel")
    return tuple(len(of(draft, kind)) for kind in kinds)  # type: ignore[return-value]


def check_shapes(text: str, name: str = "catalogue.txt") -> None:
    source = document(text, name)
    graph = Graph()
    for row in Builder(source, LAYOUT.read(source), Options()).build():
        graph.add(row)
    report = validate(graph)
    assert report.conforms, report.text()
    assert not report.results, "nor any warning"
