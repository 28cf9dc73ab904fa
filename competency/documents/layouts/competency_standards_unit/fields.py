"""The short fields of a unit: title, code, level, credit, range, remark."""

from __future__ import annotations

import re

from competency.documents.document import Document, Span
from competency.documents.draft import CodeDraft, CreditDraft, Draft
from competency.documents.layouts.competency_standards_unit.flow import Flow
from competency.documents.layouts.competency_standards_unit.items import chunks
from competency.documents.layouts.competency_standards_unit.table import Row
from competency.documents.steps import slug

Aside = list[tuple[Span, str]]
_CODE = re.compile(r"(?=\S*\d)\S*\w")
_CREDIT = re.compile(r"\s*(\d+(?:\.\d+)?)(?!\s*[-\u2013/,]?\s*\d)\s*(.*\w)?[\W_]*", re.S)
_LEVEL_IN_CODE = re.compile(r"L(\d{1,2})[A-Z]?$")
_LONGEST_LEVEL = 30


def take_step(taken: set[str], step: str, doubts: list[str], *, printed: bool = False) -> str:
    """Return a step that no sibling has; a printed number that one has is doubted."""
    number, free = 1, step
    while free in taken:
        number += 1
        free = f"{step}-{number}"
    if free != step and printed:
        doubts.append("The same number or code is printed more than once in this list.")
    taken.add(free)
    return free


class FieldReader:
    """Puts the short fields of one unit into its draft, and what is in no part into ``aside``."""

    def __init__(self, document: Document, unit: Draft, aside: Aside) -> None:
        """Take the draft to fill."""
        self.document, self.unit, self.aside = document, unit, aside
        self.taken: set[str] = set()

    def read(self, row: Row, name: Flow, content: Flow) -> None:
        """Read one row; what cannot be read as its field becomes a note with a doubt."""
        label = name.whole()
        if not content.holds_words():
            self.unit.add(Draft("Note", self.step(row.key), label=label, empty=True))
        elif row.again:
            doubt = "The unit prints this field twice; the second is kept as a note."
            self._note(row.key, label, content.whole(), doubt)
        elif row.key in {"range", "remark"}:
            kind, text = "Scope" if row.key == "range" else "Note", _prose(content, self.aside)
            self.unit.add(Draft(kind, self.step(row.key), label=label, text=text))
        else:
            self._fact(row.key, label, content)

    def step(self, step: str) -> str:
        """Return a step for a part of the unit."""
        return take_step(self.taken, step, [])

    def _note(self, key: str, label: Span, text: Span, doubt: str) -> None:
        self.unit.add(Draft("Note", self.step(key), label=label, text=text, doubts=[doubt]))

    def _fact(self, key: str, label: Span, content: Flow) -> None:
        """Read a field that says something of the unit itself."""
        whole = content.whole()
        if key == "title":
            self.unit.label = whole
            self.aside.append((label, "name of a field"))
        elif key == "code":
            self._code(label, content)
        elif key == "level" and len(whole.text) <= _LONGEST_LEVEL and slug(whole.text):
            self.unit.qualification_level = whole
            self.aside.append((label, "name of a field"))
        elif key == "credit" and (found := _CREDIT.fullmatch(content.text)):
            value, qualifier = content.cut(*found.span(1)), _qualifier(content, found)
            self.unit.credit = CreditDraft(value, qualifier)
            self.aside.append((label, "name of a field"))
        else:
            doubt = f"No {key} can be read here; the words are kept as a note."
            self._note(key, label, whole, doubt)

    def _code(self, label: Span, content: Flow) -> None:
        """Read one code, or several with signs between them."""
        found = list(_CODE.finditer(content.text))
        rest = _CODE.sub(" ", content.text)
        if not found or re.search(r"[^\W_]", rest.replace(" and ", " ")):
            doubt = "No code can be read here; the words are kept as a note."
            self._note("code", label, content.whole(), doubt)
            return
        self.aside.append((label, "name of a field"))
        self.unit.codes += [CodeDraft(content.cut(*code.span())) for code in found]
        self.aside += [
            (content.cut(*word.span()), "connecting word")
            for word in re.finditer(r"\band\b", content.text)
            if not any(c.start() <= word.start() < c.end() for c in found)
        ]


def doubt_level(unit: Draft) -> None:
    """Doubt a unit whose code ends in another level than its field Level says."""
    printed = re.search(r"\d+", unit.qualification_level.text)
    for code in unit.codes:
        found = _LEVEL_IN_CODE.search(code.notation.text)
        if found and printed and int(found[1]) != int(printed[0]):
            unit.doubts.append(
                f"The code ends in level {found[1]}, and the field says level {printed[0]}."
            )


def _qualifier(content: Flow, found: re.Match[str]) -> Span:
    """Return the words beside a credit without the brackets around all of them."""
    text = found[2] or ""
    if text.startswith("(") and text.count("(") > text.count(")"):
        return content.cut(found.start(2) + 1, found.end(2))
    return content.cut(*found.span(2)) if text else Span()


def _prose(content: Flow, aside: Aside) -> Span:
    """Return the words of a cell without bullet signs; letters that are signs are set aside."""
    span = Span()
    for chunk in chunks(content.text):
        if chunk.letter:
            aside.append((content.cut(*chunk.letter), "bullet sign"))
        span += content.cut(chunk.number[0] if chunk.number else chunk.start, chunk.end)
    return span
