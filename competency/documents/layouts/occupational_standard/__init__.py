"""National Occupational Standards of the United Kingdom: units with criteria and knowledge.

A standard with a code has one or several units; each has performance criteria ('You must be able
to'), knowledge and understanding ('You need to know and understand') and notes. Pages repeat the
headings of the standard and unit, also in the middle of a list.
"""

from __future__ import annotations

from competency.documents.document import Document
from competency.documents.draft import FrameworkDraft
from competency.documents.layouts.layout import Layout
from competency.documents.layouts.occupational_standard import phrases
from competency.documents.layouts.occupational_standard.reader import Reader
from competency.documents.layouts.occupational_standard.rows import Row, read_rows

_LINES = 3000  # enough to recognise a standard by


def score(document: Document) -> float:
    """Say how sure it is that a document is a National Occupational Standard, from 0 to 1."""
    rows = read_rows(document, _LINES)
    signs: set[str] = set()
    for at, row in enumerate(rows, 1):
        signs |= _signs(row, rows[at] if at < len(rows) else None)
    strong = {"heading": 0.45, "able": 0.4, "know": 0.4, "unit code": 0.25}
    weak = {phrases.CRITERIA: 0.2, phrases.KNOWLEDGE: 0.2}
    if not signs & set(strong):
        return 0.0
    return min(1.0, sum({**strong, **weak}.get(sign, 0) for sign in signs))


def _signs(row: Row, following: Row | None) -> set[str]:
    """Return what on a row speaks for a standard."""
    found: set[str] = set()
    if len(row.text) > 400:
        return found
    two = row.words + (following.words if following and not following.gap else ())
    for words in (row.words, two):
        if name := phrases.section_name(words):
            found.add(name.kind)
        if kind := phrases.lead_in_kind(words):
            found.add("able" if kind == phrases.CRITERIA else "know")
    standard = phrases.STANDARD.match(row.text)
    if standard and standard["code"]:
        found.add("heading")
    if phrases.UNIT.match(row.text) and phrases.SECOND_CODE.search(row.text):
        found.add("unit code")
    return found


def read(document: Document) -> FrameworkDraft:
    """Read a National Occupational Standard."""
    return Reader(document).read()


LAYOUT = Layout(
    name="occupational-standard",
    title="National Occupational Standard (UK): units with performance criteria and knowledge",
    score=score,
    read=read,
)
