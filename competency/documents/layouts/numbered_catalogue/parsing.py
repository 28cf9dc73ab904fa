"""From rows to headings, competencies and paragraphs: the two columns are told apart row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from competency.documents.layouts.numbered_catalogue.blocks import (
    NAME,
    NOTE,
    NUMBER,
    TEXT,
    Block,
    Heading,
    Item,
    Paragraph,
)
from competency.documents.layouts.numbered_catalogue.cutting import Cutter
from competency.documents.layouts.numbered_catalogue.settling import settle
from competency.documents.layouts.numbered_catalogue.signs import Signs, band_at, number_of
from competency.documents.layouts.numbered_catalogue.words import (
    Row,
    Words,
    is_all_capitals,
    is_sentence,
    name_run,
)

_GROUP = re.compile(r"(?:competencies|capabilities|definitions|competency|skills|framework)$", re.I)
_FIELD = re.compile(r"(?:definitions?|descriptions?|competency|name)$", re.IGNORECASE)


class Parser:
    """Reads the rows of one catalogue; ``items`` is what they hold, ``fields`` names of fields."""

    def __init__(self, rows: Sequence[Row], signs: Signs) -> None:
        """Find out about the document as a whole; nothing is taken apart yet."""
        self.rows, self.signs = rows, signs
        self.items: list[Item] = []
        self.fields: list[Row] = []
        self.block: Block | None = None
        self.pending: list[Row] = []
        self.noting = False
        self.last = ""
        self.cutter = Cutter(signs, rows)
        self.starts = _pairs(rows, signs)
        self.headed = _headed(rows, signs)
        self.has_capital_names = _has_capital_names(rows, signs)

    def parse(self) -> list[Item]:
        """Take all rows apart and settle what was left open."""
        for row in self.rows:
            self._take(row)
        if self.block is not None:
            self._keep_pending()
        else:
            self.items += [Heading([row], 9) for row in self.pending]
        settle(self.items)
        return self.items

    # ------------------------------------------------------------------ one row

    def _take(self, row: Row) -> None:
        if self._is_field(row):
            self.fields.append(row)
            return
        order = self._heading_order(row)
        at = -1 if order else self._number_at(row)
        if order:
            self._heading(row, order)
        elif at >= 0:
            self._numbered(row, at)
        elif row.heading and row.heading == self.headed:
            self._start()
            self._body(row, row.words, False)
        elif self.block is None and not self._is_start(row):
            self._above(row)
        else:
            self._plain(row)

    def _is_field(self, row: Row) -> bool:
        """Say whether a row within a competency only names a field: 'Definition'."""
        words = row.words
        is_named = len(words) == 1 and bool(_FIELD.match(words[0].bare))
        is_open = self.block is not None and not self.block.has(TEXT) and self.block.has(NAME)
        return is_named and is_open and (row.heading > 0 or words[0].text.endswith(":"))

    def _is_start(self, row: Row) -> bool:
        """Say whether a row starts a competency whose number comes later."""
        return self.signs.opening_in(row.words) >= 0 and row.number in self.starts

    def _heading_order(self, row: Row) -> int:
        """Return how high a row stands as a heading over competencies, 0 if it is none."""
        words, block = row.words, self.block
        if band_at(words, 0) or self.signs.opening_in(words) >= 0:
            return 0
        number = number_of(words[0])
        if number and len(words) > 1:
            parts = number.count(".") + 1
            is_group = 0 < parts < self.signs.numbers.parts and not is_sentence(words[1:])
            is_group = is_group and name_run(words[1:]) == len(words) - 1
            return row.heading or (7 if parts == 1 else parts + 7) if is_group else 0
        if row.heading:
            is_name = row.heading == self.headed or (block is not None and not block.has(NAME))
            is_deeper = block is not None and block.has(NUMBER) and not block.has(TEXT)
            return 0 if is_name or is_deeper else row.heading
        if is_sentence(words) or name_run(words) < len(words) or not words[0].is_capital:
            return 0
        is_between = block is None or (block.is_finished and (block.has(NUMBER) or self.headed))
        is_capitals = is_all_capitals(words) and not self.has_capital_names
        if not is_between or len(words) < (1 if block is None else 2):
            return 0
        if is_capitals:
            return 20
        return 21 if _GROUP.match(words[-1].bare) and len(words) > 1 else 0

    def _number_at(self, row: Row) -> int:
        """Return the place of a competency's number, or -1; figures of a sentence are none."""
        at = self.signs.number_at(row)
        if at < 0:
            return -1
        block, words = self.block, row.words
        nexts = [word for word in words[at + 1 : at + 4] if not word.is_connecting]
        after = nexts[0] if nexts else None
        is_free = block is None or not block.has(TEXT) or block.is_finished or row.heading > 0
        if after is None or is_free or after.is_capital:
            is_next = block is None or not block.has(TEXT) or block.is_finished
            needs = block is not None and not block.has(NUMBER)
            is_plain = is_next or needs or not block or self._follows(words[at].text)
            return at if is_plain or self.signs.opening_in(words[at + 1 :]) >= 0 else -1
        return at if words[at].text.startswith("0") else -1

    def _follows(self, text: str) -> bool:
        """Say whether a number is the one after the last number."""
        value = int(number_of_text(text).split(".")[-1])
        return bool(self.last) and value in (1, int(self.last.split(".")[-1]) + 1)

    # ------------------------------------------------------------------ what a row is

    def _heading(self, row: Row, order: int) -> None:
        self._close()
        has_number = bool(number_of(row.words[0])) and len(row.words) > 1
        last = self.items[-1] if self.items else None
        is_beside = isinstance(last, Heading) and last.order == order and not row.heading
        is_rest = is_beside and (len(row.words) == 1 or _is_open(self.items[-1]))
        if isinstance(last, Heading) and is_rest:
            last.rows.append(row)
            return
        self.items.append(Heading([row], order, has_number))

    def _above(self, row: Row) -> None:
        """Take a row above the first competency under a heading: a paragraph, or a fragment."""
        words = row.words
        if is_sentence(words) or name_run(words) < len(words):
            last = self.items[-1] if self.items else None
            self._flush_above()
            if isinstance(last, Paragraph) and not row.after_blank and not last.words[-1].is_stop:
                last.words.extend(words)
            else:
                self.items.append(Paragraph(list(words)))
            return
        self.pending.append(row)

    def _flush_above(self, keep: int = 0) -> None:
        """Turn short rows above a competency into headings, all but the last ``keep``."""
        count = len(self.pending) - keep
        for row in self.pending[:count]:
            self.items.append(Heading([row], 21))
        self.pending = self.pending[count:]

    def _start(self) -> Block:
        if self.block is None:
            is_near = bool(self.pending) and len(self.pending[-1].words) <= 2
            self._flush_above(1 if is_near else 0)
        self.block = Block(before=self.pending)
        self.pending, self.noting = [], False
        self.items.append(self.block)
        return self.block

    def _close(self) -> None:
        """End a competency; fragments that wait are its own."""
        if self.block is None:
            self._flush_above()
        else:
            self._keep_pending()
        self.block, self.noting = None, False

    def _keep_pending(self) -> None:
        if self.block is not None:
            for row in self.pending:
                self.block.add(NAME, row.words)
            self.pending = []

    def _numbered(self, row: Row, at: int) -> None:
        words, block = row.words, self.block
        is_opening = self.signs.opening_in(words[at + 1 :]) >= 0
        if block is None or block.has(NUMBER) or (block.has(TEXT) and is_opening):
            block = self._start()
        self._keep_pending()
        self.noting = False
        block.add(NAME, words[:at])
        block.add(NUMBER, words[at : at + 1])
        self.last = number_of(words[at])
        self._body(row, words[at + 1 :], True, bool(at))

    def _plain(self, row: Row) -> None:
        at = self.signs.opening_in(row.words)
        block = self.block
        if block is None or (at >= 0 and block.has(TEXT) and (at or row.number in self.starts)):
            self._start()
        elif self._is_note(row, block):
            block.add(NOTE, row.words)
            self.noting = True
            return
        self._body(row, row.words, False)

    def _is_note(self, row: Row, block: Block) -> bool:
        """Say whether a row is a list or paragraph of another kind within a competency."""
        words = row.words
        if band_at(words, 0) or self.signs.opening_in(words) >= 0:
            return False
        if self.noting and words[0].is_small:
            return True
        if row.bullet or (number_of(words[0]) and len(words) > 1 and words[1].is_capital):
            return block.has(NAME) and (
                block.is_finished
                or self.noting
                or not block.has(TEXT)
                or block.last_text[-1].text.endswith(":")
            )
        return row.after_blank and block.is_finished and block.has_band and is_sentence(words)

    def _body(self, row: Row, words: Words, has_number: bool, is_cut: bool = False) -> None:
        block = self.block
        if block is None or not words:
            return
        count = self.cutter.cut(row, words, block, has_number)
        if count == len(words) and not has_number and block.is_finished and block.has(NUMBER):
            self.pending.append(row)
            return
        self._keep_pending()
        self.noting = False
        block.add(NAME, words[:count])
        block.add(TEXT, words[count:])
        block.has_band |= any(w.bare == "At" and band_at(words, n) for n, w in enumerate(words))
        if count < len(words) and (count or has_number or is_cut):
            block.cut.add(row.number)


def number_of_text(text: str) -> str:
    """Return the figures of a printed number, at least a nought."""
    return re.sub(r"[^\d.]", "", text).strip(".") or "0"


def _is_open(item: Item) -> bool:
    """Say whether a heading ends with a word that needs another."""
    return isinstance(item, Heading) and item.rows[-1].words[-1].is_connecting


def _has_capital_names(rows: Sequence[Row], signs: Signs) -> bool:
    """Say whether names are printed in capitals, so that capitals make no heading."""
    named = [row.words[1:] for row in rows if signs.number_at(row) == 0 and len(row.words) > 1]
    return sum(words[0].is_acronym for words in named) > len(named) / 2


def _headed(rows: Sequence[Row], signs: Signs) -> int:
    """Return the depth of Markdown headings that name competencies without a number, 0 if none."""
    if any(signs.numbers.fits(number_of(row.words[0])) for row in rows):
        return 0
    depths = [
        row.heading
        for row, after in pairwise(rows)
        if row.heading
        and not after.heading
        and is_sentence(after.words)
        and not band_at(row.words, 0)
    ]
    return max(set(depths), key=depths.count) if depths else 0


def _pairs(rows: Sequence[Row], signs: Signs) -> set[int]:
    """Return the lines on which an opening begins a competency, and no second sentence of one.

    With more openings than numbers, each number takes the nearest opening beside it.
    """
    openings = [
        row.number
        for row in rows
        if signs.opening_in(row.words[1:] if number_of(row.words[0]) else row.words) >= 0
    ]
    numbers = [row.number for row in rows if signs.number_at(row) >= 0]
    if len(openings) <= len(numbers) or not numbers:
        return set(openings)
    events = sorted([(n, "opening") for n in openings] + [(n, "number") for n in numbers])
    near: list[tuple[int, int, int, int]] = []
    for (a, first), (b, second) in pairwise(events):
        if first != second:
            opening, number = (a, b) if first == "opening" else (b, a)
            near.append((b - a, int(first != events[0][1]), opening, number))
    starts: set[int] = set()
    taken: set[int] = set()
    for _, _, opening, number in sorted(near):
        if opening not in starts and number not in taken:
            starts.add(opening)
            taken.add(number)
    return starts
