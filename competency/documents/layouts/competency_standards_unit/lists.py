"""The two lists of a unit: its performance requirements and its assessment criteria."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from competency.documents.document import Span
from competency.documents.draft import Draft, OccurrenceDraft
from competency.documents.layouts.competency_standards_unit.fields import Aside, take_step
from competency.documents.layouts.competency_standards_unit.flow import Flow
from competency.documents.layouts.competency_standards_unit.items import (
    Chunk,
    chunks,
    cuts,
    ends_open,
    has_two_sentences,
)
from competency.documents.steps import slug

_REQUIREMENTS = re.compile(r"\(?\s*(Performance\s+Requirements?)\s*\)?\s*[:\uff1a]?\s*", re.I)
_KNOWING = re.compile(r"(?:understand|know|comprehend)", re.I)
_TRAIL = re.compile(r"[;,]\s*(and|or)?\s*$")
_NEXT_SENTENCE = re.compile(r":\s+(?=[A-Z])")


@dataclass
class Item:
    """Where an item stands: its number, and its words from ``start`` to ``end``."""

    start: int
    end: int
    number: tuple[int, int] | None = None
    ran: bool = False
    letters: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Segment:
    """An element with what stands under it, or what stands before the first element."""

    head: Chunk | None
    rest: list[Chunk] = field(default_factory=list)
    numbered: bool = True


class ListReader:
    """Reads the cell of one list; ``known`` are words that items of the document begin with."""

    def __init__(self, content: Flow, known: set[str], aside: Aside) -> None:
        """Take the cell."""
        self.content, self.known, self.aside = content, known, aside
        self.text = content.text
        self.width = _wrap_width(self.text)

    # ------------------------------------------------------------------ requirements

    def requirements(self, name: Flow) -> Draft:
        """Read elements with their requirements."""
        group = Draft("Group", "pr")
        start = self._label(group, name)
        taken: set[str] = set()
        first = self.content.places[0].line
        segments = _segments(chunks(self.text, start))
        for segment in segments:
            if segment.head is None:
                self._fill(group, segment.rest, "PerformanceCriterion", prefix="p")
                continue
            element = group.add(self._element(segment, taken))
            if start and first in element.enumeration.numbers and first in group.label.numbers:
                group.repairs.add("Split")
                element.repairs.add("Split")
        if segments and not any(segment.head for segment in segments):
            group.doubts.append("No element is printed; the requirements stand under the heading.")
        return group

    def _label(self, group: Draft, name: Flow) -> int:
        """Give the group its title; return where its content begins."""
        inner = _REQUIREMENTS.search(name.text)
        field_name = re.match(r"\s*Competency", name.text, re.I)
        begins = re.match(r"\s*", self.text)
        found = _REQUIREMENTS.match(self.text, begins.end() if begins else 0)
        if inner:
            group.label = name.cut(*inner.span(1))
        if found and not inner:
            group.label = self.content.cut(*found.span(1))
        elif found:
            group.also.append(self.content.cut(*found.span(1)))
        if field_name:
            span = name.cut(*field_name.span())
            if group.label:
                group.occurrences.append(OccurrenceDraft(span, "Field names"))
            else:
                group.label = name.whole()
        if len(group.label.numbers) > 1:
            group.repairs.add("Rejoined")
        if re.search(r"\w", _REQUIREMENTS.sub("", re.sub(r"^\s*Competency", "", name.text))):
            self.aside.append((name.whole(), "name of a field"))
        return found.end() if found else 0

    def _element(self, segment: Segment, taken: set[str]) -> Draft:
        """Read one element: its title may go on in the lines below it."""
        head = segment.head or Chunk(0, 0)
        draft = Draft("ElementOfCompetency", "")
        rest, end = list(segment.rest), head.end
        while rest and rest[0].plain and self._title_goes_on(head.start, end, rest[0]):
            end = rest.pop(0).end
        if head.number:
            draft.enumeration = self.content.cut(*head.number)
        elif not segment.numbered:
            draft.doubts.append("No number is printed before this element.")
        self._letter(head)
        if head.ran:
            draft.repairs.add("Split")
        draft.label = self.content.cut(head.start, end)
        if not re.search(r"[^\W_]", draft.label.text):
            draft.label, draft.name = Span(), "Element"
            draft.doubts.append("No title is printed for this element.")
        printed = slug(draft.enumeration.text)
        step = printed or f"e{len(taken) + 1}"
        draft.step = take_step(taken, step, draft.doubts, printed=bool(printed))
        self._fill(draft, rest, "PerformanceCriterion")
        if _KNOWING.match(draft.label.text):
            for part in (draft, *(p for p in draft.parts if p.kind == "PerformanceCriterion")):
                part.aspect = "Knowing"
        return draft

    def _title_goes_on(self, start: int, end: int, chunk: Chunk) -> bool:
        """Say whether a line without a sign belongs to the title above it."""
        title = self.text[start:end].strip()
        return not title or self.text[chunk.start].islower() or ends_open(title)

    # ------------------------------------------------------------------ assessment criteria

    def criteria(self, name: Flow) -> Draft:
        """Read the assessment criteria with their lead-in."""
        group = Draft("Group", "ac", label=name.whole())
        if len(group.label.numbers) > 1:
            group.repairs.add("Rejoined")
        found = chunks(self.text)
        if found and found[0].plain:
            colon = _NEXT_SENTENCE.search(self.text, found[0].start, found[0].end)
            if colon:
                first = found[0]
                found[:1] = [
                    Chunk(first.start, colon.start() + 1, ran=True),
                    Chunk(colon.end(), first.end, ran=True),
                ]
        self._fill(group, found, "AssessmentCriterion", lists=True)
        return group

    # ------------------------------------------------------------------ items of either list

    def _fill(
        self, parent: Draft, found: list[Chunk], kind: str, *, lists: bool = False, prefix: str = ""
    ) -> None:
        """Put a lead-in and items under a part."""
        found = self._lead_in(parent, list(found), lists)
        taken = {"lead-in"}
        for item in self._items(found):
            for letter in item.letters:
                self.aside.append((self.content.cut(*letter), "bullet sign"))
            self._add_item(parent, item, kind, lists, prefix, taken)

    def _lead_in(self, parent: Draft, found: list[Chunk], lists: bool) -> list[Chunk]:
        """Take the words that open a list off its front; they end in a colon."""
        plain = next((n for n, chunk in enumerate(found) if not chunk.plain), len(found))
        ends = (n for n in range(min(plain, 4)) if self._words(found[n]).endswith((":", "\uff1a")))
        end, doubts = next(ends, None), []
        if end is None and lists and 0 < plain < len(found):
            end = plain - 1
            doubts.append("These words are read as opening the list, and end in no colon.")
        if end is None:
            return found
        text = self.content.cut(found[0].start, found[end].end)
        if any(c.isalnum() for c in text.text):
            parent.lead_in = parent.add(Draft("Descriptor", "lead-in", text=text, doubts=doubts))
            parent.lead_in.repairs |= {"Split"} if found[end].ran else set()
        return found[end + 1 :]

    def _words(self, chunk: Chunk) -> str:
        return self.text[chunk.start : chunk.end].rstrip()

    def _letter(self, chunk: Chunk) -> None:
        if chunk.letter:
            self.aside.append((self.content.cut(*chunk.letter), "bullet sign"))

    def _items(self, found: list[Chunk]) -> list[Item]:
        """Put lines together that belong to one item."""
        signed = any(not chunk.plain for chunk in found)
        items: list[Item] = []
        for index, chunk in enumerate(found):
            lines = not signed and index > 0
            if (
                not items
                or not chunk.plain
                or (lines and self._begins_item(found[index - 1], chunk))
            ):
                items.append(Item(chunk.start, chunk.end, chunk.number, chunk.ran))
            items[-1].end = max(items[-1].end, chunk.end)
            if chunk.letter:
                items[-1].letters.append(chunk.letter)
        return items

    def _begins_item(self, before: Chunk, chunk: Chunk) -> bool:
        """Say whether a line begins an item, in a list that has lost its bullet signs."""
        if chunk.inline or not self.text[chunk.start].isupper():
            return False
        words = self._words(before)
        after = self._words(chunk).split()[0]
        wrapped = self.width and len(words) + 1 + len(after) > self.width
        return not ends_open(words) and not wrapped

    def _add_item(
        self, parent: Draft, item: Item, kind: str, lists: bool, prefix: str, taken: set[str]
    ) -> None:
        """Add an item, or the several items that ran together in it."""
        marks = cuts(self.text, item.start, item.end, self.known, lists=lists)
        begins = [item.start, *(cut.start for cut in marks)]
        ends = [*(cut.end for cut in marks), item.end]
        for index, (start, end) in enumerate(zip(begins, ends, strict=True)):
            draft = Draft(kind, "")
            if index == 0 and item.number:
                draft.enumeration = self.content.cut(*item.number)
            draft.text = self._text(start, end)
            if not re.search(r"[^\W_]", draft.text.text):
                draft.empty, draft.kind = True, "Note"
                draft.doubts.append("No words stand behind this number.")
                if not draft.enumeration:
                    continue
            position = len(parent.parts) + 1 - (parent.lead_in is not None)
            printed = slug(draft.enumeration.text)
            draft.step = take_step(
                taken, printed or f"{prefix}{position}", draft.doubts, printed=bool(printed)
            )
            if marks or item.ran:
                draft.repairs.add("Split")
            if index and not marks[index - 1].sure:
                draft.doubts.append("It is not certain that a new item begins here.")
            if has_two_sentences(draft.text.text):
                draft.doubts.append("One item holds two sentences; it may be two run together.")
            parent.add(draft)
        words = [self.content.cut(*cut.word) for cut in marks if cut.word]
        self.aside += [(word, "connecting word") for word in words]

    def _text(self, start: int, end: int) -> Span:
        """Return the words of an item without the sign and the 'and' that lead to the next."""
        trail = _TRAIL.search(self.text, max(start, end - 40), end)
        if trail is None:
            return self.content.cut(start, end)
        if trail[1]:
            self.aside.append((self.content.cut(*trail.span(1)), "connecting word"))
        return self.content.cut(start, trail.start())


def _segments(found: list[Chunk]) -> list[Segment]:
    """Part the lines of a cell at its elements: the numbers with as many dots as the first."""
    depth = next((chunk.depth for chunk in found if chunk.number and chunk.depth < 9), 0)
    signs = any(chunk.signed and not chunk.number for chunk in found)
    if not depth and signs and any(chunk.number for chunk in found):
        depth = 9
    heads = {id(chunk) for chunk in found if chunk.number and chunk.depth == depth}
    if not depth:
        heads = {
            id(chunk)
            for chunk, after in pairwise(found)
            if chunk.plain and not after.plain and not after.inline
        }
    segments: list[Segment] = []
    for chunk in found:
        if id(chunk) in heads:
            segments.append(Segment(chunk, numbered=bool(depth)))
        elif not segments:
            segments.append(Segment(None, [chunk]))
        else:
            segments[-1].rest.append(chunk)
    return segments


def _wrap_width(text: str) -> int:
    """Return the width at which lines were wrapped, or 0 where they do not look wrapped."""
    lengths = [len(line.strip()) for line in text.split("\n")]
    width = max(lengths, default=0)
    full = sum(length >= 0.85 * width for length in lengths)
    return width if full >= 3 and width <= 140 else 0
