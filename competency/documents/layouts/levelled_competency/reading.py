"""From sections and levels to the draft of a framework."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from competency.documents.document import Document, Piece, Span, join
from competency.documents.draft import Draft, FrameworkDraft, LevelDraft
from competency.documents.layouts.levelled_competency.lines import DateLine, LevelLine, title_date
from competency.documents.layouts.levelled_competency.sections import Block, Section, parted
from competency.documents.paragraphs import NEGATIVE, Paragraph
from competency.documents.steps import Steps, file_step

_NAMED = re.compile(
    r"(?:competenc[ey]|title)\b\s*(?P<number>\d{1,3})?\s*(?:[:.\u2013\u2014-]\s+|:)(?=\S)", re.I
)
_FIELD_BEFORE = re.compile(r"(?:definition|description)\s*:\s*(?=\S)", re.I)
_ONE_TITLE = "One title is printed for the document and for its only competency."
_TITLE_BY_PLACE = (
    "Its title was told from its place alone; please check that a competency begins here."
)
_NO_BULLETS = "The behaviours are printed without bullets; please check which paragraphs they are."
_UNKNOWN = "What this paragraph is could not be told; please check its kind and place."
_OTHER_DATE = "Another date is printed too; the first is taken as the date of issue."


def read(document: Document) -> FrameworkDraft:
    """Return the draft of a document of competencies at levels."""
    return _Reader(document).read()


class _Reader:
    """Holds what grows while a document is read: the draft, its levels, the steps taken."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.draft = FrameworkDraft("Framework", file_step(document), extent="Whole")
        self.levels: dict[int, LevelDraft] = {}
        self.dates: list[Span] = []
        self.said: set[int] = set()
        self.signs: list[Piece] = []
        self.steps = Steps()

    def read(self) -> FrameworkDraft:
        found, skip = parted(self.document)
        for number, reason in skip.items():
            self.draft.leave_out(self.document.span(number), reason)
        only = len(found.sections) == 1
        self.draft.document_type = "Competency" if only else "Competency framework"
        self._title(found.title, only and found.sections[0].title is found.title)
        for block in found.front:
            self._front(block)
        for section in found.sections:
            self._competency(section, only)
        for block in found.rest:
            self._note(self.draft, block.paragraph, doubt=_UNKNOWN)
        self.draft.leave_out(Span(tuple(self.signs)), "bullets")
        self._common_date(len(found.sections))
        self.draft.levels = [self.levels[rank] for rank in sorted(self.levels)]
        return self.draft

    # -------------------------------------------------------------- titles and dates

    def _title(self, block: Block | None, shared: bool) -> None:
        """Give the framework its title; one that it shares is read again with the competency."""
        if not block:
            self.draft.name = "Competency framework"
            return
        self.draft.label, date = title_date(self.document, block.paragraph.span)
        self.draft.enumeration = block.paragraph.look.enumeration
        if date and not shared:
            self._date(date, self.draft)

    def _front(self, block: Block) -> None:
        if block.date:
            self._date(block.date, self.draft)
        else:
            unsure = _UNKNOWN if block.title else ""
            self._note(self.draft, block.paragraph, doubt=unsure)

    def _date(self, date: DateLine, parent: Draft) -> None:
        """Keep a date as a note, and the first that says so of the whole as its date of issue."""
        note = Draft("Note", "", text=date.whole)
        self.steps.put(parent, note, "note-")
        if not date.issued:
            return
        if parent is not self.draft:
            self.dates.append(date.date)
        elif not self.draft.issued:
            self.draft.issued = date.date
        elif date.date.text != self.draft.issued.text:
            note.doubts.append(_OTHER_DATE)

    def _common_date(self, count: int) -> None:
        """Take the date of all competencies as that of the whole, if it is one and the same."""
        same = len({date.text for date in self.dates}) == 1
        if not self.draft.issued and same and len(self.dates) >= count:
            self.draft.issued = self.dates[0]

    def _competency(self, section: Section, only: bool) -> None:
        part = Draft("Competency", "")
        dates: list[DateLine] = []
        number = ""
        if section.title:
            number = self._competency_title(part, section.title.paragraph, dates)
        else:
            part.name = "Competency"
        if section.doubtful:
            part.doubts.append(_TITLE_BY_PLACE)
        if only and part.label.pieces and part.label.pieces == self.draft.label.pieces:
            part.doubts.append(_ONE_TITLE)
        self.steps.put(self.draft, part, "c", number)
        first = next((at for at, b in enumerate(section.blocks) if b.level), len(section.blocks))
        plain = [block for block in section.blocks[:first] if not block.date]
        dates += [block.date for block in section.blocks[:first] if block.date]
        for date in dates:
            self._date(date, self.draft if only else part)
        self._descriptors(part, plain)
        self._levels(part, section.blocks[first:])

    def _competency_title(self, part: Draft, here: Paragraph, dates: list[DateLine]) -> str:
        """Read 'Competency 3: Title' and '3. Title'; return the number."""
        span, number = here.span, here.look.enumeration
        found = _NAMED.match(span.pieces[0].text) if span else None
        if found and not number:
            piece = span.pieces[0]
            word, number = self._cut(piece.start, piece.line, found)
            self.draft.leave_out(word, "name of a field")
            rest = self.document.span(piece.line, piece.start + found.end(), piece.end)
            span = rest + Span(span.pieces[1:])
        part.label, date = title_date(self.document, span)
        part.enumeration = number
        dates += [date] if date else []
        return number.text.strip("().")

    def _cut(self, start: int, line: int, found: re.Match[str]) -> tuple[Span, Span]:
        """Return the word before a title and the number behind that word."""
        if not found["number"]:
            return self.document.span(line, start, start + found.end()), Span()
        number = [start + place for place in found.span("number")]
        return self.document.span(line, start, number[0]), self.document.span(line, *number)

    # -------------------------------------------------------------- what a competency says

    def _descriptors(self, part: Draft, found: Sequence[Block]) -> None:
        """Add the general description; a paragraph with a colon leads into what comes next."""
        lead: Draft | None = None
        listed = False
        for block in found:
            here = block.paragraph
            if block.field:
                self._field(here)
                continue
            if listed and not here.item:
                lead, listed = None, False
            if block.title and not here.item:
                self._note(part, here, doubt=_UNKNOWN)
                continue
            text = self._after_field(here.span)
            new = self._add(part, "Descriptor", here, "d", text=text)
            new.lead_in = lead
            listed = listed or here.item
            if here.text.endswith(":") and not here.item:
                lead = new
            elif not here.item:
                lead = None

    def _after_field(self, span: Span) -> Span:
        """Leave out 'Definition:' before the definition itself."""
        if not span or not (found := _FIELD_BEFORE.match(span.pieces[0].text)):
            return span
        piece = span.pieces[0]
        at = piece.start + found.end()
        self.draft.leave_out(self.document.span(piece.line, piece.start, at), "name of a field")
        return self.document.span(piece.line, at, piece.end) + Span(span.pieces[1:])

    # -------------------------------------------------------------- levels

    def _levels(self, part: Draft, found: Sequence[Block]) -> None:
        places = [at for at, block in enumerate(found) if block.level]
        seen: dict[tuple[int, str], Draft] = {}
        last: Draft | None = None
        for at, end in pairwise([*places, len(found)]):
            line, rest = found[at].level, list(found[at + 1 : end])
            if not line:
                continue
            wrapped = self._title_lines(line, rest)
            title = line.title + join(wrapped)
            known = seen.get((line.rank, title.text.casefold())) if title else None
            if line.continued and last and last.level and last.level.rank == line.rank:
                known = last
            if known:
                self._again(known, line, title)
            last = known or self._level(part, line, title)
            seen[line.rank, title.text.casefold()] = last
            self._body(last, rest, line.text)
        for level in part.parts:
            if level.kind == "CompetencyLevel":
                self._lead_in(level)

    def _title_lines(self, line: LevelLine, rest: list[Block]) -> list[Span]:
        """Take the end of a title from the next line, or all of it where none is printed yet."""
        here = rest[0].paragraph if rest and rest[0].plain else None
        if not here or here.item or line.text:
            return []
        goes_on = bool(line.title) and not here.gap and here.text[:1].islower()
        if goes_on or (not line.title and rest[0].title and len(rest) > 1):
            return [rest.pop(0).paragraph.whole]
        return []

    def _level(self, part: Draft, line: LevelLine, title: Span) -> Draft:
        step = self.levels.get(line.rank)
        if step:
            self.draft.leave_out(line.words, "name of a level, printed before")
        else:
            step = LevelDraft(str(line.rank), label=line.words, rank=line.rank)
            self.levels[line.rank] = step
        self.draft.leave_out(line.continued, "page heading, repeated")
        new = Draft("CompetencyLevel", "", label=title or line.words, enumeration=line.figure)
        new.level = step
        self.steps.put(part, new, "l", str(line.rank))
        return new

    def _again(self, known: Draft, line: LevelLine, title: Span) -> None:
        """Go on with a level whose heading is printed a second time."""
        self.draft.leave_out(line.words + line.continued, "name of a level, printed before")
        if title:
            known.also.append(title)

    def _body(self, level: Draft, found: Sequence[Block], inline: Span) -> None:
        """Add what a level says: descriptors, then behaviours, in groups where they have heads."""
        if inline:
            self.steps.put(level, Draft("Descriptor", "", text=inline), "d")
            self.said.add(id(level))
        bulleted = any(block.paragraph.item and block.plain for block in found)
        holder, kind, listed = level, "PositiveIndicator", False
        for at, block in enumerate(found):
            here = block.paragraph
            above = at + 1 < len(found) and found[at + 1].paragraph.item and not here.item
            if block.date:
                self._date(block.date, level)
            elif here.item:
                listed = True
                self._add(holder, kind, here, "b")
            elif block.field:
                self._field(here)
                holder, kind = level, "PositiveIndicator"
            elif above and self._is_head(block, level, listed):
                holder = self._group(level, here)
                kind = "NegativeIndicator" if NEGATIVE.search(here.text) else "PositiveIndicator"
            elif listed or block.title:
                self._note(level, here, doubt=_UNKNOWN)
            else:
                self._paragraph(level, here, bulleted)

    def _is_head(self, block: Block, level: Draft, listed: bool) -> bool:
        """Say whether a paragraph right before a list is the heading of that list."""
        here = block.paragraph
        said = id(level) in self.said
        negative = NEGATIVE.search(here.text) and len(here.text.split()) <= 12
        return bool(listed or here.strong or negative or (said and block.title))

    def _paragraph(self, level: Draft, here: Paragraph, bulleted: bool) -> None:
        """Add a paragraph of a level: a descriptor, or a behaviour where none has a bullet."""
        if bulleted or id(level) not in self.said:
            self._add(level, "Descriptor", here, "d")
            self.said.add(id(level))
            return
        self._add(level, "PositiveIndicator", here, "b")
        if _NO_BULLETS not in level.doubts:
            level.doubts.append(_NO_BULLETS)

    def _lead_in(self, level: Draft) -> None:
        """Point at the words that open the list of behaviours."""
        said = [part for part in level.parts if part.kind == "Descriptor"]
        if said and any(part.kind == "PositiveIndicator" for part in level.parts):
            level.lead_in = next((p for p in said if p.text.text.endswith(":")), said[0])

    # -------------------------------------------------------------- parts

    def _add(
        self, parent: Draft, kind: str, here: Paragraph, prefix: str, text: Span | None = None
    ) -> Draft:
        """Add a statement under a step from its printed number, else from its position."""
        number = here.look.enumeration
        new = Draft(kind, "", text=here.span if text is None else text, enumeration=number)
        new.repairs |= {"Rejoined"} if here.rejoined else set()
        self.signs += here.sign.pieces
        return self.steps.put(parent, new, prefix, number.text)

    def _group(self, level: Draft, here: Paragraph) -> Draft:
        new = Draft("Group", "", label=here.heading, enumeration=here.look.enumeration)
        return self.steps.put(level, new, "g")

    def _note(self, parent: Draft, here: Paragraph, doubt: str = "") -> None:
        new = self._add(parent, "Note", here, "note-")
        new.doubts += [doubt] if doubt else []

    def _field(self, here: Paragraph) -> None:
        self.draft.leave_out(here.whole, "name of a field")
