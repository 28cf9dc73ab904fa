"""Where each competency of a document begins, and which words are its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from competency.documents.document import Document
from competency.documents.layouts.levelled_competency.lines import (
    FIELD,
    DateLine,
    LevelLine,
    aside,
    date_line,
    level_line,
)
from competency.documents.paragraphs import Paragraph, has_words, paragraphs

_OF_THE_WHOLE = re.compile(
    r"\b(?:competenc(?:y|e|ies)|frameworks?|dictionary|profile|catalogue)\b", re.I
)


@dataclass(frozen=True)
class Block:
    """A paragraph, and the level or the date that it is where it is one."""

    paragraph: Paragraph
    level: LevelLine | None = None
    date: DateLine | None = None

    @property
    def plain(self) -> bool:
        """Say whether it is neither a level nor a date."""
        return not self.level and not self.date

    @property
    def strong(self) -> bool:
        """Say whether it is marked as a heading."""
        return self.paragraph.strong

    @property
    def field(self) -> bool:
        """Say whether it is no more than the name of a field: 'Definition', 'Behaviours:'."""
        return self.plain and bool(FIELD.fullmatch(self.paragraph.text.strip(" :*_#")))

    @property
    def title(self) -> bool:
        """Say whether it can be a title: marked as one, or short and without a stop."""
        text, item = self.paragraph.text, self.paragraph.look.bullet
        if not self.plain or self.field or item or not has_words(text):
            return False
        if self.strong:
            return len(text.split()) <= 25
        upper = not text[0].islower()
        return upper and len(text.split()) <= 12 and text[-1] not in ".;,:?!"

    @property
    def style(self) -> tuple[int, bool, bool, bool]:
        """Return what titles of one rank have in common."""
        look = self.paragraph.look
        return look.heading, look.bold, self.paragraph.text.isupper(), bool(look.enumeration)


@dataclass
class Section:
    """One competency: its title, where one was found, and the blocks below it."""

    title: Block | None
    blocks: list[Block] = field(default_factory=list)
    doubtful: bool = False


@dataclass
class Sections:
    """The title of the whole, what stands before the competencies, they, and the rest."""

    title: Block | None
    front: list[Block]
    sections: list[Section]
    rest: list[Block] = field(default_factory=list)


def blocks(document: Document, skip: dict[int, str]) -> list[Block]:
    """Return the paragraphs of a document, with levels and dates told apart."""
    lines = [number for number in range(1, len(document.lines) + 1) if number not in skip]
    levels = {n: level for n in lines if (level := level_line(document, n))}
    dates = {n: date for n in lines if n not in levels and (date := date_line(document, n))}
    return [
        Block(one, levels.get(one.look.number), dates.get(one.look.number))
        for one in paragraphs(document, skip, {*levels, *dates})
    ]


def parted(document: Document) -> tuple[Sections, dict[int, str]]:
    """Part a document into its competencies; also return the lines set aside and why."""
    skip = aside(document)
    found = blocks(document, skip)
    starts = list(_starts(found))
    first = next((at for at, block in enumerate(found) if block.level), len(found))
    title, start = _first_titles(found[:first], [found[at] for at in starts])
    begins = [0 if start is None else start, *starts]
    sections = [
        _section(found[begin:end], titled=start is not None or begin in starts)
        for begin, end in zip(begins, [*starts, len(found)], strict=True)
    ]
    sections[0].doubtful = False
    rest = _rest(sections[-1])
    front = [block for block in found[: begins[0]] if block is not title]
    return Sections(title, front, sections, rest), skip


def _section(found: list[Block], titled: bool) -> Section:
    if not titled:
        return Section(None, found)
    return Section(found[0], found[1:], doubtful=not found[0].strong)


def _starts(found: list[Block]) -> Iterator[int]:
    """Yield where the second competency and each after it begins."""
    before: int | None = None
    style: tuple[int, bool, bool, bool] | None = None
    for at, block in enumerate(found):
        if not block.level:
            continue
        if before is not None:
            start = _start(found, before, at, style)
            if start is not None:
                style = style or found[start].style
                yield start
        before = at


def _start(
    found: list[Block], before: int, at: int, style: tuple[int, bool, bool, bool] | None
) -> int | None:
    """Return the title between two levels, where the second begins a competency anew."""
    low, high = found[before].level, found[at].level
    if not low or not high:
        return None
    titles = [place for place in range(before + 1, at) if found[place].title]
    for place in titles:
        if 0 < found[place].paragraph.look.heading < low.heading:
            return place
    if high.rank > low.rank:
        return None
    items = [place for place in range(before + 1, at) if found[place].paragraph.item]
    bare = not low.title and not low.text
    after = [place for place in titles if place > (items[-1] if items else before + bare)]
    chosen = after or [place for place in titles if items and place > items[0]]
    same = [place for place in chosen if found[place].style == style]
    return next(iter(same or chosen), None)


def _first_titles(preamble: list[Block], others: list[Block]) -> tuple[Block | None, int | None]:
    """Return the title of the whole and the place of the first competency's, which may be one."""
    places = [at for at, block in enumerate(preamble) if block.title]
    if not places:
        return None, None
    lead = takewhile(lambda at: _opens(preamble[at]), range(len(preamble)))
    named = (at for at in lead if _OF_THE_WHOLE.search(preamble[at].paragraph.text))
    head = next((at for at in named if preamble[at].title), places[0])
    if others:
        start = [at for at in places if preamble[at].style == others[0].style] or places
        whole = head if head < start[-1] else places[0]
        return (None if whole == start[-1] else preamble[whole]), start[-1]
    text = preamble[head].paragraph.text
    later = (at for at in places if at > head)
    again = [at for at in later if preamble[at].strong or preamble[at].paragraph.text == text]
    return preamble[head], [head, *again][-1]


def _opens(block: Block) -> bool:
    return block.title or bool(block.date) or block.field


def _rest(section: Section) -> list[Block]:
    """Take what stands under a higher heading than the levels off the end of the last one."""
    places = [at for at, block in enumerate(section.blocks) if block.level]
    level = section.blocks[places[-1]].level if places else None
    for at in range(places[-1] + 1 if level else 0, len(section.blocks)):
        if level and 0 < section.blocks[at].paragraph.look.heading < level.heading:
            rest, section.blocks = section.blocks[at:], section.blocks[:at]
            return rest
    return []
