"""National Occupational Standards, written for these tests, and what their tests share."""

from __future__ import annotations

import re
from collections import Counter

from competency.documents import accounting
from competency.documents.document import Document
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.occupational_standard import LAYOUT

NOTES = [
    "This standard is about keeping small boats safe at a quay. It is for people who work there.",
    "It does not cover large vessels, which other standards describe in detail.",
]
BASE = """
## **NOS QUA MOR12 Look after visiting boats**

### **Unit QUA MOR12.2 Moor small boats (ABC Unit Code-J4K5 07)**

#### **Performance Criteria**

##### **You must be able to**

##### **Moor small boats**

1. lay out the lines that the boat's crew will need
2. catch a thrown line safely

##### **Let boats go**

3. release the lines in the agreed order

#### **Knowledge and understanding**

##### **You need to know and understand**

1. why wet lines slip
2. whom to call when a line breaks

## **NOS QUA MOR12 Look after visiting boats**

### **Unit QUA MOR12.2 Moor small boats (ABC Unit Code-J4K5 07)**

3. whom to call when a line breaks

#### **Additional Information**

{}

{}
""".format(*NOTES)
MODERN = """HARB12
Moor small boats

Overview
This standard is about mooring.

Performance criteria
You must be able to:
Before mooring
P1 check the lines
P2 check the following:
   • weather
   • tide
P3 hold the line
HARB12 2
Moor small boats
Knowledge and
understanding
You need to know and
understand:
K1 the tides
K2 the winds, including:
K2.1 east
a) gusts
K4 the law
Scope/range
1 boats
2 lines
Values
• care
Glossary

Developed by\tHarbour Skills
Version Number 2
Suite
"""


def document(text: str, name: str = "in/Some file.txt") -> Document:
    return Document(name, tuple(text.splitlines()))


def read(text: str) -> FrameworkDraft:
    here = document(text)
    assert LAYOUT.score(here) >= 0.6
    return checked(here)


def checked(here: Document) -> FrameworkDraft:
    draft = LAYOUT.read(here)
    accounting.check(here, draft)
    for part in draft.walk():
        steps = [child.step for child in part.parts]
        assert len(steps) == len(set(steps))
        assert all(re.fullmatch(r"[a-z0-9-]+", step) for step in steps)
    return draft


def tree(part: Draft) -> list[object]:
    """Return what a part holds, without its places."""
    label, text = part.label.text.replace("’", "'"), part.text.text.replace("’", "'").rstrip(":")
    codes = [code.notation.text for code in part.codes]
    number = part.enumeration.text.strip("()PK.")
    return [part.kind, part.step, label, text, number, codes, [tree(item) for item in part.parts]]


def at(draft: Draft, path: str) -> Draft:
    for step in path.split("/"):
        draft = next(part for part in draft.parts if part.step == step)
    return draft


def kinds(draft: Draft) -> Counter[str]:
    return Counter(part.kind for part in draft.walk())


def texts(part: Draft, kind: str) -> list[str]:
    return [item.text.text for item in part.walk() if item.kind == kind]


def left_out(draft: FrameworkDraft) -> set[tuple[str, str]]:
    return {(item.span.text, item.reason) for item in draft.left_out}
