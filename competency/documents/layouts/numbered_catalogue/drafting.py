"""From what was read to a draft: groups, competencies, base definitions, higher bands, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from competency.documents.document import Document, Span
from competency.documents.draft import Draft, FrameworkDraft, LevelDraft
from competency.documents.layouts.numbered_catalogue.blocks import (
    NAME,
    NOTE,
    NUMBER,
    TEXT,
    Block,
    Heading,
    Item,
)
from competency.documents.layouts.numbered_catalogue.furniture import Furniture, names_document
from competency.documents.layouts.numbered_catalogue.signs import band_at, band_label, number_of
from competency.documents.layouts.numbered_catalogue.words import (
    Word,
    Words,
    bare_span,
    key,
    span_of,
)

_NOTE_DOUBT = "This text is neither a name, a definition nor a higher band; it was kept as a note."
_NUMBER_DOUBT = "No number is printed beside this competency."
_NAME_DOUBT = "No name was found for this competency."
_TWICE_DOUBT = "The number is printed for more than one competency."
_ORDER_DOUBT = (
    "A part of the name stands before its number; the words were put in order by their lines."
)
_LEVELS_DOUBT = "The document speaks of several higher levels and does not say how many."


class Drafter:
    """Writes the draft of one catalogue."""

    def __init__(self, document: Document) -> None:
        """Start an empty framework."""
        stem = document.name.rsplit("/", 1)[-1]
        stem = stem.rsplit(".", 1)[0] if "." in stem[1:] else stem
        step = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "framework"
        self.framework = FrameworkDraft("Framework", step, document_type="Competency framework")
        self.levels: dict[tuple[str, ...], LevelDraft] = {}
        self.base = LevelDraft("base", name="Base")
        self.bases: list[Draft] = []
        self.stack: list[tuple[int, Draft]] = []
        self.steps: set[tuple[int, str]] = set()
        self.count = 0
        self.counts: Counter[tuple[int, str]] = Counter()

    def draft(self, items: Sequence[Item], furniture: Furniture) -> FrameworkDraft:
        """Write all items in order, then what the pages say of the whole."""
        for item in items:
            if isinstance(item, Heading):
                self._heading(item, not self.count)
            elif isinstance(item, Block):
                self._competency(item)
            else:
                self._note(self._parent(), item.words)
        self._finish(furniture)
        return self.framework

    def _parent(self) -> Draft:
        return self.stack[-1][1] if self.stack else self.framework

    # ------------------------------------------------------------------ headings and notes

    def _heading(self, heading: Heading, is_above: bool) -> None:
        span, framework = span_of(heading.words), self.framework
        if is_above and not self.stack and names_document(span.text) and not framework.label:
            framework.label, framework.enumeration = span, span_of(heading.number)
            return
        while self.stack and self._is_beside(heading, *self.stack[-1]):
            self.stack.pop()
        parent = self._parent()
        count = self._next(parent, "Group")
        step = f"g{count}" if parent is framework else f"{parent.step}.{count}"
        group = Draft("Group", step, label=span, enumeration=span_of(heading.number))
        self.stack.append((heading.order, parent.add(group)))

    def _is_beside(self, heading: Heading, order: int, group: Draft) -> bool:
        """Say whether a heading stands beside or above a group; an empty group holds it."""
        is_empty = not group.parts and not heading.rows[0].heading and not heading.has_number
        return order > heading.order or (order == heading.order and not is_empty)

    def _note(self, parent: Draft, words: Words) -> Draft:
        step = f"n{self._next(parent, 'Note')}"
        return parent.add(Draft("Note", step, text=span_of(words), doubts=[_NOTE_DOUBT]))

    def _next(self, parent: Draft, kind: str) -> int:
        """Count parts of one kind below a part."""
        self.counts[id(parent), kind] += 1
        return self.counts[id(parent), kind]

    # ------------------------------------------------------------------ competencies

    def _competency(self, block: Block) -> None:
        self.count += 1
        numbers, name = block.of(NUMBER), block.of(NAME)
        step = f"c{number_of(numbers[0]) if numbers else self.count}"
        parent = self._parent()
        part = Draft("Competency", step, label=bare_span(name), enumeration=span_of(numbers))
        if (id(parent), step) in self.steps:
            part.step = self._free(id(parent), step)
            part.doubts += [_TWICE_DOUBT] if numbers else []
        self.steps.add((id(parent), part.step))
        if not part.label:
            part.name = f"Competency {numbers[0].text if numbers else self.count}"
            part.doubts.append(_NAME_DOUBT)
        if not numbers:
            part.doubts.append(_NUMBER_DOUBT)
        parent.add(part)
        part.repairs |= _name_repairs(block)
        if "Reordered" in part.repairs:
            part.doubts.append(_ORDER_DOUBT)
        part.doubts += block.doubts
        self._texts(part, block)
        for words in _notes(block):
            self._note(part, words)

    def _free(self, parent: int, step: str) -> str:
        while True:
            self.counts[parent, step] += 1
            free = f"{step}-{self.counts[parent, step] + 1}"
            if (parent, free) not in self.steps:
                return free

    def _texts(self, part: Draft, block: Block) -> None:
        """Cut the running text at the phrases of higher bands."""
        words, repairs = block.of(TEXT), _TextRepairs(block)
        starts = [
            (at, length)
            for at in range(len(words))
            if _begins(words, at) and (length := band_at(_line_up(words, at), 0))
        ]
        ends = [*(at for at, _ in starts[1:]), len(words)][: len(starts)]
        first = starts[0][0] if starts else len(words)
        if first:
            base = part.add(Draft("Descriptor", "base", text=span_of(words[:first])))
            base.repairs |= repairs.of(words[:first])
            self.bases.append(base)
        for number, ((at, length), end) in enumerate(zip(starts, ends, strict=True), 1):
            label = bare_span(band_label(words[at : at + length]))
            step = "higher" if number == 1 else f"higher-{number}"
            band = part.add(Draft("CompetencyLevel", step, label=label))
            band.text = span_of(words[at:end])
            band.level = self._level(label, key(band_label(words[at : at + length])))
            band.repairs |= repairs.of(words[at:end])

    def _level(self, label: Span, said: tuple[str, ...]) -> LevelDraft:
        """Return the level that a phrase names; 'level' and 'levels' are the same."""
        name = tuple(word for word in said if word not in ("level", "levels"))
        if name not in self.levels:
            count = len(self.levels) + 1
            step = "higher" if count == 1 else f"higher-{count}"
            self.levels[name] = LevelDraft(step, label=label, above=self.base)
            if said[-1] == "levels" and _LEVELS_DOUBT not in self.framework.doubts:
                self.framework.doubts.append(_LEVELS_DOUBT)
        return self.levels[name]

    # ------------------------------------------------------------------ the whole

    def _finish(self, furniture: Furniture) -> None:
        framework = self.framework
        if self.levels:
            framework.levels = [self.base, *self.levels.values()]
            for part in self.bases:
                part.level, part.level_inferred = self.base, True
        self._marks(furniture)
        framework.name = "" if framework.label else "Catalogue of competencies"
        for row in furniture.repeated:
            framework.leave_out(span_of(row.words), "page heading, repeated")
        for row in furniture.columns:
            framework.leave_out(span_of(row.words), "headings of the columns")
        pages = [int(mark.page) for mark in furniture.marks]
        framework.extent = "Excerpt" if pages and min(pages) > 1 else "Whole"
        if conflict := furniture.conflict():
            head, foot = conflict
            framework.doubts.append(
                f"The head of a page gives its number as {head}, the foot gives {foot}."
            )

    def _marks(self, furniture: Furniture) -> None:
        """Take the title from the first foot that holds one, else from a head that says so."""
        framework = self.framework
        titled = [mark for mark in furniture.marks if mark.title]
        chosen = [m for m in titled if m.kind == "foot"] + [
            m for m in titled if m.kind == "head" and names_document(m.title.text)
        ]
        if not framework.label and chosen:
            framework.label = chosen[0].title
        for mark in furniture.marks:
            if mark.title and mark.title == framework.label:
                framework.leave_out(mark.number, f"page number in the page {mark.kind}")
            elif mark.title:
                framework.leave_out(mark.rest, f"page {mark.kind}")
            else:
                framework.leave_out(mark.rest, "page number")


def _begins(words: Words, at: int) -> bool:
    """Say whether a sentence can begin at a word: the words before it have ended."""
    return words[at].is_capital and (at == 0 or words[at - 1].is_stop or words[at].bare == "At")


def _line_up(words: Words, at: int) -> Words:
    """Return the words that a phrase can consist of; without 'At' it ends with its line."""
    if words[at].bare in ("At", "AT"):
        return words[at : at + 8]
    line = [word for word in words[at : at + 8] if word.line == words[at].line]
    whole = at + len(line) >= len(words) or len(line) < 8
    return line if whole and (at == 0 or words[at - 1].line != words[at].line) else ()


def _name_repairs(block: Block) -> set[str]:
    """Say what was done to a name: joined over text, cut from text, put behind its number."""
    kinds = [kind for kind, _ in block.runs if kind != NOTE]
    repairs: set[str] = set()
    if NAME not in kinds:
        return repairs
    first, last = kinds.index(NAME), len(kinds) - 1 - kinds[::-1].index(NAME)
    if {TEXT, NUMBER} & set(kinds[first : last + 1]):
        repairs.add("Rejoined")
    if NUMBER in kinds and first < kinds.index(NUMBER):
        repairs.add("Reordered")
    lines = {word.line for word in block.of(NAME)}
    if TEXT in kinds and block.cut & lines:
        repairs.add("Split")
    return repairs


class _TextRepairs:
    """What was done to the texts of one competency."""

    def __init__(self, block: Block) -> None:
        self.cut = block.cut
        self.others = 0
        self.places: dict[tuple[int, int], int] = {}
        for kind, run in block.runs:
            self.places |= {(word.line, word.start): self.others for word in run}
            if kind in (NUMBER, NAME):
                self.others += 1

    def of(self, words: Words) -> set[str]:
        """Say of a text: joined over name words, put behind the name, cut from it."""
        before = [self.places[word.line, word.start] for word in (words[0], words[-1])]
        repairs = {"Rejoined"} if before[0] != before[1] else set()
        if not before[0] and self.others:
            repairs.add("Reordered")
        if any(word.line in self.cut for word in words):
            repairs.add("Split")
        return repairs


def _notes(block: Block) -> list[list[Word]]:
    """Return the notes of a competency: a run that starts small goes on with the one before."""
    notes: list[list[Word]] = []
    for words in block.fragments(NOTE):
        if notes and words[0].is_small and not notes[-1][-1].is_stop:
            notes[-1].extend(words)
        else:
            notes.append(list(words))
    return notes
