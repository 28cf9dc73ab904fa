"""What an import was not sure of, each doubt with its kind, its part and its place.

A layout says what only it can know (Draft.doubts); what can be seen on any draft is found here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from competency.documents.draft import Draft, FrameworkDraft

STATEMENTS = {
    "PositiveIndicator",
    "NegativeIndicator",
    "PerformanceCriterion",
    "KnowledgeStatement",
    "AssessmentCriterion",
}
_REPAIRS = {
    "Rejoined": "put together from several places",
    "Reordered": "moved into reading order",
    "Split": "cut from the words they ran together with",
}


@dataclass(frozen=True)
class Doubt:
    """One doubt: what kind it is, which part it is about, what to look at, on which lines."""

    kind: str
    part: Draft
    message: str
    lines: tuple[int, ...]


def find_doubts(draft: FrameworkDraft) -> list[Doubt]:
    """Return all doubts about a draft, in reading order of the parts."""
    found = [
        *_own(draft),
        *_duplicates(draft),
        *_numbering(draft),
        *_run_together(draft),
        *_variants(draft),
        *_repairs(draft),
    ]
    order = {id(part): number for number, part in enumerate(draft.walk())}
    return sorted(found, key=lambda doubt: (order[id(doubt.part)], doubt.kind, doubt.message))


def lines_of(part: Draft) -> tuple[int, ...]:
    """Return the lines on which a part itself is printed, without those below it."""
    return tuple(sorted({number for span in part.spans() for number in span.numbers}))


def _own(draft: FrameworkDraft) -> Iterator[Doubt]:
    for part in draft.walk():
        for message in part.doubts:
            yield Doubt("reading", part, message, lines_of(part))


def _duplicates(draft: FrameworkDraft) -> Iterator[Doubt]:
    """Find statements with the same words; what an assessment criterion repeats is meant so."""
    same: dict[str, list[Draft]] = defaultdict(list)
    for part in draft.walk():
        if part.kind in STATEMENTS and part.kind != "AssessmentCriterion":
            same[plain(part.text.text)].append(part)
    for words, parts in same.items():
        for part in parts[1:] if words else []:
            first = ", ".join(map(str, lines_of(parts[0])))
            message = f"The text is the same as on line {first}; both are kept."
            yield Doubt("duplicate", part, message, lines_of(part))


def _numbering(draft: FrameworkDraft) -> Iterator[Doubt]:
    """Find gaps, repetitions and steps back among the printed numbers of a list."""
    for parent in draft.walk():
        before: int | None = None
        for part in parent.parts:
            number = _last_number(part.enumeration.text)
            if number is None:
                continue
            if before is not None and number != before + 1:
                message = f"The number {number} follows {before}."
                yield Doubt("numbering", part, message, lines_of(part))
            before = number


def _run_together(draft: FrameworkDraft) -> Iterator[Doubt]:
    """Find a capital after a word without a stop, where another item of the list begins so."""
    for parent in draft.walk():
        items = [part for part in parent.parts if part.kind in STATEMENTS]
        openings = {part.text.text.split()[0] for part in items if part.text.text.split()}
        for part in items:
            inside = re.findall(r"[a-z)] ([A-Z][a-z]+)\b", part.text.text)
            if "Split" not in part.repairs and any(word in openings for word in inside):
                message = "Two items may have run together here."
                yield Doubt("run-together", part, message, lines_of(part))


def _variants(draft: FrameworkDraft) -> Iterator[Doubt]:
    """Find places of print whose wording or position is not that of the part."""
    for parent in draft.walk():
        for position, part in enumerate(parent.parts, 1):
            for item in part.occurrences:
                other = plain(item.label.text) != plain(part.label.text)
                if other and item.position is not None:
                    message = f"Worded differently in the {item.list_name.lower()}: {item.label}"
                    yield Doubt("wording", part, message, item.label.numbers)
                if item.position is not None and item.position != _place(parent, part, position):
                    message = f"Number {item.position} in the {item.list_name.lower()}."
                    yield Doubt("order", part, message, item.label.numbers)


def _place(parent: Draft, part: Draft, position: int) -> int:
    """Return the place of a part among the siblings of its kind."""
    same = [item for item in parent.parts if item.kind == part.kind]
    return same.index(part) + 1 if part in same else position


def _repairs(draft: FrameworkDraft) -> Iterator[Doubt]:
    for part in draft.walk():
        done = [words for name, words in _REPAIRS.items() if name in part.repairs]
        if done:
            message = (
                f"The words were {' and '.join(filter(None, (', '.join(done[:-1]), done[-1])))}."
            )
            yield Doubt("repair", part, message, lines_of(part))


def plain(text: str) -> str:
    """Return the words of a text alone: no capitals, no signs.

    >>> plain("Plan, and prepare.") == plain("plan and prepare")
    True
    """
    return " ".join(re.findall(r"\w+", text.lower()))


def _last_number(text: str) -> int | None:
    found = re.search(r"(\d{1,6})\D*$", text)
    return int(found[1]) if found else None
