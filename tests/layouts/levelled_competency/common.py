"""Levelled competencies, written for these tests, and what their tests share."""

from __future__ import annotations

from collections import Counter

from rdflib import Graph

from competency.documents import accounting
from competency.documents.building import Builder, Options
from competency.documents.document import Document
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.levelled_competency import LAYOUT
from competency.shapes import validate

PLAIN = """\


Harbour Work Competency

May 2019

Crews of the harbour look after ships and after one another:

They know the quay. They keep to the rules of the port.

Level 1: **Helps on the quay**

Behaviours required to be of use to a crew.

- Ties up ships of all sizes.
- Reports what is broken.

Level 2: **Runs a crew**

Behaviours required to lead others on the quay.

- Plans the day of a crew.
- Gives clear orders.
- Thanks the crew.
"""


def document(text: str, name: str = "crew.txt") -> Document:
    return Document(name, tuple(text.splitlines()))


def read(text: str, name: str = "crew.txt") -> FrameworkDraft:
    """Read a document of the family: every word accounted for, every step its own."""
    source = document(text, name)
    draft = LAYOUT.read(source)
    accounting.check(source, draft)
    assert LAYOUT.score(source) >= 0.6
    for part in draft.walk():
        steps = [child.step for child in part.parts]
        assert len(steps) == len(set(steps))
    return draft


def tree(part: Draft) -> list[tuple[str, ...] | list[object]]:
    """Return kind, number and words of each part, with its own parts in a list behind it."""
    rows: list[tuple[str, ...] | list[object]] = []
    for child in part.parts:
        words = child.label.text or child.name or child.text.text
        rows.append((child.kind, child.enumeration.text, words))
        if child.parts:
            rows.append([*tree(child)])
    return rows


def kinds(draft: Draft) -> Counter[str]:
    return Counter(part.kind for part in draft.walk())


def one(draft: Draft, words: str) -> Draft:
    """Return the only part with these words."""
    found = [p for p in draft.walk() if p is not draft and words in (p.label.text, p.text.text)]
    assert len(found) == 1, words
    return found[0]


def conforms(source: Document) -> bool:
    graph = Graph()
    for row in Builder(source, LAYOUT.read(source), Options()).build():
        graph.add(row)
    return validate(graph).conforms


PLAIN_TREE = [
    ("Competency", "", "Harbour Work Competency"),
    [
        ("Descriptor", "", "Crews of the harbour look after ships and after one another:"),
        ("Descriptor", "", "They know the quay. They keep to the rules of the port."),
        ("CompetencyLevel", "1", "Helps on the quay"),
        [
            ("Descriptor", "", "Behaviours required to be of use to a crew."),
            ("PositiveIndicator", "", "Ties up ships of all sizes."),
            ("PositiveIndicator", "", "Reports what is broken."),
        ],
        ("CompetencyLevel", "2", "Runs a crew"),
        [
            ("Descriptor", "", "Behaviours required to lead others on the quay."),
            ("PositiveIndicator", "", "Plans the day of a crew."),
            ("PositiveIndicator", "", "Gives clear orders."),
            ("PositiveIndicator", "", "Thanks the crew."),
        ],
    ],
    ("Note", "", "May 2019"),
]
