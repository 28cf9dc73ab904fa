"""What pages add to a standard: their numbers, and headings that are not those of the standard."""

from __future__ import annotations

from collections import Counter

from competency.documents.layouts.occupational_standard import phrases
from competency.documents.layouts.occupational_standard.heads import Heads

_SHORT = 120


class Pages:
    """Finds the rows that belong to pages and to no part."""

    def __init__(self, heads: Heads) -> None:
        """Look for rows that stand several times in one list."""
        self.heads, self.rows = heads, heads.rows
        self.counts = Counter(row.words for row in self.rows)
        self.runners = self._runners()

    def is_number(self, at: int, expected: int | None = None) -> bool:
        """Say whether a row is the number of a page.

        ``expected`` is the next number of a list that prints its numbers on lines of their own.
        """
        row = self.rows[at]
        if row.bullet or row.strong or not phrases.PAGE_NUMBER.fullmatch(row.text):
            return False
        if not row.text.isdigit():
            return "p" in row.text.lower() or not row.text.endswith((".", ")", ":"))
        after = self.rows[at + 1] if at + 1 < len(self.rows) else None
        is_item = after and after.small and not after.marked and int(row.text) == expected
        return not is_item

    def is_running(self, at: int, broken: bool) -> bool:
        """Say whether a row is a page heading; ``broken`` says that it stands behind another."""
        if at in self.runners:
            return True
        edge = broken or (at + 1 < len(self.rows) and self.is_number(at + 1))
        return edge and self.counts[self.rows[at].words] > 1 and self._may_run(at, edge)

    def _runners(self) -> set[int]:
        """Return rows printed twice in one list, or in a list and before the first section."""
        seen: dict[tuple[int, tuple[str, ...]], list[int]] = {}
        early: set[tuple[str, ...]] = set()
        section, is_list = 0, False
        opened: tuple[str, ...] = ()
        for at, row in enumerate(self.rows):
            name, _ = self.heads.section(at)
            if name and row.words != opened:
                section, is_list, opened = section + 1, name.kind in phrases.LISTS, row.words
            elif section == 0 and not row.marked:
                early.add(row.words)
            elif is_list and self._may_run(at):
                seen.setdefault((section, row.words), []).append(at)
        found: set[int] = set()
        for (_, text), places in seen.items():
            found |= set(places) if len(places) > 1 or text in early else set()
        return found

    def _may_run(self, at: int, edge: bool = False) -> bool:
        """Say whether a row may be the heading of a page; ``edge``: it is next to a page number."""
        row = self.rows[at]
        if row.marked or row.small or len(row.text) > _SHORT or self.heads.is_phrase(at):
            return False
        return edge or row.gap or row.strong or not self.heads.goes_on(at)
