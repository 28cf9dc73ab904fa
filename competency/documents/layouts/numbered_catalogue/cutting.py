"""Where a row changes from words of a name (left) to words of a definition (right)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from competency.documents.layouts.numbered_catalogue.blocks import NAME, NUMBER, TEXT, Block
from competency.documents.layouts.numbered_catalogue.column import measure, text_start
from competency.documents.layouts.numbered_catalogue.signs import Signs, band_at
from competency.documents.layouts.numbered_catalogue.words import (
    Row,
    Word,
    Words,
    is_sentence,
    name_run,
    word_set,
)

_LONGEST_NAME = 8
_DASHES = ("-", "\u2013", "\u2014")
_STARTERS = word_set(
    "they this these those he she it we you such when where while if once as also "
    "in at by for to the their it's there each every all both"
)
CONNECTING_DOUBT = (
    "A connecting word stands between the name and the definition; to which of the two it belongs "
    "was settled by the width of the lines or by guess."
)
FRAGMENT_DOUBT = "A line without capitals was taken as a part of the name, as it is so short."
PROPER_DOUBT = "A line of the definition could begin with a word of the name: it has a capital."


class Cutter:
    """Cuts rows of one document; knows its signs and how wide its right column is."""

    def __init__(self, signs: Signs, rows: Sequence[Row]) -> None:
        """Find out about the document: its columns, the row after each, names within sentences."""
        self.signs, self.column = signs, measure(rows, signs)
        self.nexts = dict(zip((row.number for row in rows), rows[1:], strict=False))
        self.proper: set[str] = set()
        for row in rows:
            if (start := text_start(row, signs)) >= 0:
                words = row.words[start:]
                self.proper |= {
                    b.bare for a, b in pairwise(words) if b.is_capital and not a.is_stop
                }

    def cut(self, row: Row, words: Words, block: Block, has_number: bool) -> int:
        """Return how many of the words, read after a number if there was one, are name words."""
        if not words:
            return 0
        marked = self._marked(row, words, block)
        if marked >= 0:
            return marked
        if not block.has(TEXT):
            return self._fresh(row, words, block, has_number)
        if block.is_finished:
            return self._finished(words, has_number)
        return self._running(row, words, block, has_number)

    def _marked(self, row: Row, words: Words, block: Block) -> int:
        """Return the place of the opening, a band, a colon or wide space; -1 if there is none."""
        at = self.signs.opening_in(words)
        if at >= 0:
            return at
        run = name_run(words)
        for at in range(min(run + 1, len(words), _LONGEST_NAME + 1)):
            if band_at(words, at):
                return at
        first = len(row.words) - len(words)
        for gap in sorted(row.gaps):
            at = gap - first
            is_new = not block.has(TEXT) and not is_sentence(words[:at])
            is_here = 0 < at <= _LONGEST_NAME or (at == 0 and block.has(TEXT))
            if is_here and (at <= run or is_new):
                return at
        if not block.has(TEXT):
            return self._colon(words)
        return -1

    def _colon(self, words: Words) -> int:
        """Return the place behind a name that a colon or dash ends."""
        for at, word in enumerate(words[:_LONGEST_NAME]):
            if word.is_stop:
                break
            if word.text.endswith(":") or (at and word.text in _DASHES and at + 1 < len(words)):
                return at + 1
        return -1

    def _fresh(self, row: Row, words: Words, block: Block, has_number: bool) -> int:
        """Cut a row of a competency that has no text yet."""
        count, run = len(words), name_run(words)
        if row.heading or (run == count and count <= 12):
            return count
        is_short = not is_sentence(words) and count <= 10
        after = self.nexts.get(row.number)
        is_before_text = after is None or after.after_blank or after.words[0].is_capital
        if is_short and (has_number or not block.has(NAME)) and (is_before_text or not run):
            return count
        if is_short and count <= 4 and words[0].is_small and after is not None:
            return count if self.signs.opening_in(after.words) == 0 else 0
        if not (has_number or not block.has(NAME)):
            return self._starter(words, run)
        if run > 1 and words[run - 1].is_capital and not is_short:
            return self._starter(words, run) or run - 1
        return self._trim(words, run)

    def _trim(self, words: Words, run: int) -> int:
        """Return the length of the run up to its last word with a capital."""
        while run and not words[run - 1].is_capital:
            run -= 1
        return run

    def _starter(self, words: Words, run: int) -> int:
        """Return where a sentence begins behind name words: at 'They', 'This', 'When' ..."""
        for at in range(1, min(run, len(words) - 1)):
            is_start = words[at].is_capital and words[at].bare.casefold() in _STARTERS
            if is_start and words[at + 1].is_small and not words[at].is_acronym:
                return at
        return 0

    def _finished(self, words: Words, has_number: bool) -> int:
        """Cut a row after the end of a sentence: it is name, or a new sentence, or both."""
        count, run = len(words), name_run(words)
        if run == count and count <= 6 and words[0].bare not in ("At", "AT"):
            return count
        at = self._starter(words, run)
        if at or not has_number:
            return at
        return count if not is_sentence(words) and count <= 6 else self._trim(words, run)

    def _running(self, row: Row, words: Words, block: Block, has_number: bool) -> int:
        """Cut a row in the middle of a sentence: what cannot continue it is name."""
        count, run = len(words), name_run(words)
        if words[0].is_small:
            return self._joined(words, block) if has_number else self._small(row, words, block)
        if run == count and count <= 6:
            return count
        if self._is_proper(words, block) and not has_number:
            block.doubt(PROPER_DOUBT)
            return 0
        if not words[0].is_capital:
            return 0
        first = self._trim(words, run) if not words[run - 1].is_capital else run
        if first == run or run == count:
            return min(first, count - 1) if run == count else first
        block.doubt(CONNECTING_DOUBT)
        block.unsure.append(row.number)
        return max(range(first, run + 1), key=lambda at: (self._fit(words, at, block), -at))

    def _fit(self, words: Words, at: int, block: Block) -> float:
        """Return how well the line before and this one are filled if the text begins at ``at``."""
        room = self.column.room(block.last_text, words[at])
        return round(-max(0.0, room) - 2 * self.column.overflow(words[at:]), 6)

    def _is_proper(self, words: Words, block: Block) -> bool:
        """Say whether a sentence goes on with an acronym, in a line no wider than the column."""
        return self._is_known(words[0]) and len(words) > 2 and not self.column.overflow(words)

    def _small(self, row: Row, words: Words, block: Block) -> int:
        """Tell a short line of a name without capitals ('with') from a line of the definition."""
        count = len(words)
        if joined := self._joined(words, block):
            return joined
        after = self.nexts.get(row.number)
        is_odd = count <= 3 and not words[-1].is_stop and not words[-1].text.endswith((",", "-"))
        if not is_odd or after is None or not block.has(NAME):
            return 0
        is_joint = all(word.is_connecting for word in words)
        if self.column.full:
            is_name = self.column.is_half(words) and not self._ends(after)
            if is_name and not is_joint:
                block.doubt(FRAGMENT_DOUBT)
            return count if is_name else 0
        if is_joint and count <= 2:
            block.doubt(FRAGMENT_DOUBT)
            return count
        return 0

    def _joined(self, words: Words, block: Block) -> int:
        """Return how many words of a name that goes on with 'for' stand before the text."""
        run = self._trim(words, name_run(words))
        is_name = any(word.is_capital and not self._is_known(word) for word in words[:run])
        if not is_name or not (block.has(NAME) or block.has(NUMBER)) or run > 5:
            return 0
        if run == len(words):
            return run
        if self._fit(words, run, block) >= self._fit(words, 0, block):
            block.doubt(CONNECTING_DOUBT)
            return run
        return 0

    def _is_known(self, word: Word) -> bool:
        """Say whether a word has a capital within sentences too."""
        return word.is_acronym or word.bare in self.proper

    def _ends(self, after: Row) -> bool:
        """Say whether a row begins something new: the line before may be a short last one."""
        words = after.words
        return bool(
            after.after_blank
            or after.heading
            or self.signs.number_at(after) == 0
            or self.signs.opening_in(words) >= 0
        )
