"""The draft while it is read: sections, the text that is open, words that go on."""

from __future__ import annotations

from dataclasses import dataclass

from competency.documents.document import Span, join
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.occupational_standard.heads import ENDED, Heads
from competency.documents.layouts.occupational_standard.rows import Row
from competency.documents.steps import Steps


@dataclass(eq=False)
class Section:
    """A section: its part, the part that takes the next item, and the list so far.

    ``style`` is the sign of its items, ``last`` the last printed number.
    """

    draft: Draft
    kind: str
    heading: int = 0
    box: Draft | None = None
    item: Draft | None = None
    style: str = ""
    prefix: str = ""
    indent: int = 0
    last: int = 0

    @property
    def parent(self) -> Draft:
        """Return the part under which the next item stands."""
        return self.box or self.draft

    def enter(self, box: Draft) -> None:
        """Let the next items stand under a heading inside the section."""
        self.box, self.item, self.style = box, None, ""


@dataclass(eq=False)
class _Text:
    """A field of a part that may still grow."""

    draft: Draft
    field: str
    spans: list[Span]


class Writer:
    """Puts parts into the draft; ``broken`` says that the end of a page was just passed."""

    def __init__(self, heads: Heads) -> None:
        """Begin with nothing read."""
        self.heads = heads
        self.draft = FrameworkDraft("Framework", "", document_type="National occupational standard")
        self.steps = Steps()
        self.broken = False
        self._open: _Text | None = None
        self._texts: dict[tuple[int, str], _Text] = {}

    @property
    def open_field(self) -> str:
        """Return which field is open: a text, a label, or none."""
        return self._open.field if self._open else ""

    @property
    def waits(self) -> bool:
        """Say whether a number was printed whose words are still to come."""
        return self._open is not None and self._open.field == "text" and not self._open.spans[-1]

    def open(self, draft: Draft, field: str = "text") -> Draft:
        """Let the next rows go on with a field of a part."""
        key = id(draft), field
        self._open = self._texts.setdefault(key, _Text(draft, field, [getattr(draft, field)]))
        return draft

    def close(self) -> None:
        """Let nothing go on."""
        self._open = None

    def goes_on(self, row: Row, at: int, is_list: bool) -> bool:
        """Say whether a row continues the text that is open, be it over the end of a page."""
        if self._open is None or row.marked:
            return False
        if is_list and self._open.field == "label":
            return row.small and not row.gap and not self.broken
        before = self._open.spans[-1].text
        ended = bool(ENDED.search(before))
        if row.gap or self.broken:
            if self._open.field == "label" or ended:
                return False
            return row.small or (self.broken and not is_list)
        return self.heads.goes_on(at)

    def go_on(self, row: Row) -> None:
        """Put a row behind the open text."""
        if self._open is None:
            return
        words, draft = self._open.spans[-1], self._open.draft
        if words and (row.gap or self.broken):
            draft.repairs.add("Rejoined")
        if words and row.gap and not self.broken:
            draft.doubts.append("Its text goes on after an empty line.")
        self._open.spans.append(row.whole)

    def go_on_with(self, rows: list[Row]) -> None:
        """Put rows that stand right below behind the open text."""
        for row in rows:
            self.go_on(row)

    def note(self, parent: Draft, row: Row, doubt: str, prefix: str = "n") -> Draft:
        """Keep words that fit nowhere where they stand."""
        note = Draft("Note", "", text=row.whole, doubts=[doubt])
        return self.open(self.steps.put(parent, note, prefix))

    def finish(self) -> None:
        """Join the texts that went over several rows."""
        for text in self._texts.values():
            setattr(text.draft, text.field, join(text.spans))
            if text.field == "text" and not text.draft.text:
                text.draft.empty = True
                if text.draft.enumeration:
                    text.draft.doubts.append("A number is printed here without words.")
