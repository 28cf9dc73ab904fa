"""Criteria and knowledge: numbered items, items under items, headings between them."""

from __future__ import annotations

import re

from competency.documents.draft import Draft
from competency.documents.layouts.occupational_standard import phrases
from competency.documents.layouts.occupational_standard.rows import (
    BARE,
    BULLET,
    LETTER,
    NUMBER,
    Row,
)
from competency.documents.layouts.occupational_standard.writing import Section, Writer

_ITEM = {phrases.CRITERIA: "PerformanceCriterion", phrases.KNOWLEDGE: "KnowledgeStatement"}
_BOX = {phrases.CRITERIA: ("ElementOfCompetency", "e"), phrases.KNOWLEDGE: ("Group", "g")}
_NO_MARKS = "The items of this list have no numbers and no bullets; each text was read as one."
_STRAY = "These words stand in a list and are no item of it."
_HEADING = "These words were read as a heading inside the list."


class Lists:
    """Reads the rows of lists."""

    def __init__(self, writer: Writer) -> None:
        """Find the lists that print no signs before their items."""
        self.writer, self.heads, self.rows = writer, writer.heads, writer.heads.rows
        self.unmarked: dict[int, bool] = {}
        self._find_unmarked()

    def _find_unmarked(self) -> None:
        """Note the rows of lists without signs, and whether empty lines part their items."""
        rows: list[int] = []
        is_list = False
        for at in range(len(self.rows) + 1):
            name = self.heads.section(at)[0] if at < len(self.rows) else phrases.Name("", "")
            if not name:
                rows.append(at)
                continue
            if is_list and not any(self.rows[n].marked or self.rows[n].style == BARE for n in rows):
                plain = [n for n in rows if not self.heads.lead_in(n)[1]]
                parted = sum(self.rows[n].gap for n in plain) > 1
                self.unmarked.update(dict.fromkeys(rows, parted))
            rows, is_list = [], name.kind in phrases.LISTS

    def read(self, section: Section, at: int) -> None:
        """Read a row inside criteria or knowledge."""
        row = self.rows[at]
        style = style_of(section, row)
        if style and not (row.heading and style == NUMBER):
            self._item(section, row, style)
        elif row.strong:
            self._box(section, row)
        elif self.writer.waits:
            self.writer.go_on(row)
        elif at in self.unmarked:
            self._unmarked_item(section, at)
        elif self.writer.goes_on(row, at, is_list=True):
            self.writer.go_on(row)
        elif self._heads_items(at):
            self._plain_box(section, row)
        else:
            self.writer.note(section.parent, row, _STRAY)

    def item_follows(self, at: int) -> bool:
        """Say whether the next row is an item, or a lead-in to items."""
        after = self.rows[at + 1] if at + 1 < len(self.rows) else None
        if after is None:
            return False
        return after.marked or after.style == BARE or self.heads.lead_in(at + 1)[1] > 0

    def _heads_items(self, at: int) -> bool:
        """Say whether a row without marks, of one line or more, is the heading of what follows."""
        if self.rows[at].text.endswith(".") or (self.rows[at].small and self.writer.open_field):
            return False
        end = min(at + 3, len(self.rows) - 1)
        while at < end and not self.item_follows(at) and self.heads.goes_on(at + 1):
            at += 1
        return self.item_follows(at)

    def _item(self, section: Section, row: Row, style: str) -> None:
        """Add an item to the list, or under the item it belongs to."""
        inner = section.item if _is_inner(section, row, style) else None
        item = Draft(_ITEM[section.kind], "", text=row.whole)
        if style != BULLET:
            item.text, item.enumeration = row.body, row.enumeration
        number = "" if style == BULLET else row.number
        self.writer.steps.put(inner or section.parent, item, "", number)
        if self.writer.broken and section.draft.parts[1:]:
            section.draft.repairs.add("Rejoined")
        if inner is None:
            remember(section, row, style)
            section.item = item
        self.writer.open(item)

    def _box(self, section: Section, row: Row) -> None:
        """Open a heading inside a list."""
        kind, prefix = _BOX[section.kind]
        box = Draft(kind, "", row.title, enumeration=row.title_number)
        section.enter(self.writer.steps.put(section.draft, box, prefix))
        self.writer.open(box, "label")

    def _plain_box(self, section: Section, row: Row) -> None:
        """Open a heading that nothing marks as one."""
        unsure = self.writer.broken or (section.item is not None and not row.gap)
        self._box(section, row)
        if unsure and section.box:
            section.box.doubts.append(_HEADING)

    def _unmarked_item(self, section: Section, at: int) -> None:
        row = self.rows[at]
        if self.unmarked[at] and self.writer.goes_on(row, at, is_list=True) and not row.gap:
            self.writer.go_on(row)
            return
        if _NO_MARKS not in section.draft.doubts:
            section.draft.doubts.append(_NO_MARKS)
        self._item(section, row, BULLET)


def style_of(section: Section, row: Row) -> str:
    """Return how an item is marked, empty where it is none."""
    bullet = BULLET if row.bullet else ""
    if row.style == BARE:
        first = section.style == "" and row.number.lstrip("0") == "1"
        return NUMBER if first or row.number == str(section.last + 1) else bullet
    if row.style == LETTER and not section.style and row.number.lower() not in ("a", "i"):
        return bullet
    letter = row.enumeration.text[:1]
    if row.style == NUMBER and letter.isalpha() and section.style == NUMBER and not section.prefix:
        return bullet
    return row.style or bullet


def remember(section: Section, row: Row, style: str) -> None:
    """Remember how the items of a list are marked, and the last number."""
    if not section.style:
        letter = row.enumeration.text[:1]
        section.style, section.indent = style, row.indent
        section.prefix = letter if letter.isalpha() else ""
    if style == NUMBER and (digits := re.search(r"\d+", row.number)):
        section.last = int(digits[0])


def _is_inner(section: Section, row: Row, style: str) -> bool:
    """Say whether an item stands under the item before it."""
    if section.item is None:
        return False
    if style != section.style:
        return style != NUMBER
    if style == BULLET:
        return row.indent >= section.indent + 2
    return row.enumeration.text.startswith(section.item.enumeration.text + ".")
