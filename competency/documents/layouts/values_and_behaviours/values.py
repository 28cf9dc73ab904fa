"""Values, commitments and lists as drafts: how each is made, and how its parts are numbered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from competency.documents.document import Document, Span
from competency.documents.draft import Draft, OccurrenceDraft
from competency.documents.layouts.values_and_behaviours import doubts, phrases
from competency.documents.layouts.values_and_behaviours.item import Item
from competency.documents.layouts.values_and_behaviours.spans import bare
from competency.documents.layouts.values_and_behaviours.splitting import (
    Splitter,
    holds_two_sentences,
)
from competency.documents.steps import slug

_COUNTED = ("v", "c", "b", "d", "n", "")
_MOST_STRAYS = 50


@dataclass(eq=False)
class Value:
    """A value while its parts are being found.

    ``names`` are those of its unhelpful lists, ``others`` those of other headings; ``found`` are
    its commitments by their position in the summary, ``unhelpful`` its lists by their heading.
    """

    draft: Draft
    statement: Item | None = None
    names: list[Span] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)
    summary: list[Item] = field(default_factory=list)
    found: dict[int, Draft] = field(default_factory=dict)
    unhelpful: dict[str, Draft] = field(default_factory=dict)

    def settle(self, document: Document, has_detail: bool) -> None:
        """Give it its label, and what its summary lists beyond the detailed part."""
        self._settle_label(document)
        for position, item in enumerate(self.summary, 1):
            if position not in self.found:
                part = self.draft.add(heading(document, "ElementOfCompetency", "c", item))
                part.occurrences.append(OccurrenceDraft(part.label, "Summary list", position))
                part.doubts += [doubts.NO_HEADING] if has_detail else []
        self.draft.parts += self.unhelpful.values()

    def _settle_label(self, document: Document) -> None:
        draft, names = self.draft, self.names + self.others
        draft.name = "" if names or self.statement else "Value"
        printed = bare(document, self.statement.span) if self.statement else Span()
        keys = {phrases.key(name.text) for name in names}
        draft.doubts += [doubts.SEVERAL_NAMES] if len(keys) > 1 else []
        if not printed or not names:
            draft.label = names[0] if names else printed
            draft.also += names[1:]
        elif phrases.key(printed.text) in keys:
            draft.label = printed
            draft.also += names
        else:
            draft.label = names[0]
            draft.also += names[1:]
            draft.occurrences.append(OccurrenceDraft(printed, "Value statement"))
            draft.occurrence_inferred = True
            draft.doubts.append(doubts.TWO_NAMES)


def heading(document: Document, kind: str, step: str, item: Item) -> Draft:
    """Return a part that has a name: a commitment or a group."""
    part = Draft(kind, step, label=bare(document, item.span), enumeration=item.enumeration)
    mend(part, item)
    return part


def statement(kind: str, step: str, item: Item, doubt: str = "") -> Draft:
    """Return a part that has a text."""
    part = Draft(kind, step, text=item.span, enumeration=item.enumeration)
    mend(part, item)
    part.doubts += [doubt] if doubt else []
    return part


def mend(part: Draft, item: Item) -> None:
    """Say of a part how the words of its item were mended."""
    if item.rejoined:
        part.repairs.add("Rejoined")
        part.doubts.append(doubts.APART)
    if item.fused:
        part.repairs.add("Split")
        part.doubts.append(doubts.FUSED)


def between(parent: Draft, lines: Sequence[Item], lead_kind: str, doubt: str = "") -> None:
    """Add the lines between a heading and its list; the last leads in if it ends in a colon."""
    for line in lines:
        if line is lines[-1] and (line.text.endswith(":") or phrases.ends_in_by(line.text)):
            parent.lead_in = statement(lead_kind, "lead-in", line)
            parent.parts.insert(0, parent.lead_in)
        else:
            parent.add(statement("Descriptor", "d", line, doubt))


def behaviours(parent: Draft, items: Sequence[Item], splitter: Splitter, kind: str) -> None:
    """Add the bullets of a list; those that ran together become two parts."""
    step = "" if kind == "NegativeIndicator" else "b"
    for item, spans in zip(items, splitter.split([item.span for item in items]), strict=True):
        for span in spans:
            part = parent.add(statement(kind, step, item))
            part.text = span
            if span is not spans[0]:
                part.enumeration = Span()
            if len(spans) > 1:
                part.repairs.add("Split")
                part.doubts.append(doubts.RUN_TOGETHER)
            if holds_two_sentences(span):
                part.doubts.append(doubts.TWO_SENTENCES)


def number(parts: Sequence[Draft]) -> None:
    """Give siblings their steps: the letter of the kind with the printed number or the position."""
    counts: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for part in parts:
        counts[part.step] += 1
        printed, first = slug(part.enumeration.text), part.step
        if first in _COUNTED:
            first += printed or str(counts[part.step])
        step = first
        while step in taken:
            taken[first] += 1
            step = f"{first}-{taken[first]}"
        part.doubts += [doubts.NUMBERED_TWICE] if printed and step != first else []
        taken[step] = 1
        part.step = step


def strays(owners: Sequence[int]) -> set[int]:
    """Return the places where a commitment stands among those of another value.

    >>> strays([1, 1, 2, 1, 2, 2])
    {2}
    """
    runs: list[tuple[int, list[int]]] = []
    for place, owner in enumerate(owners):
        if runs and runs[-1][0] == owner:
            runs[-1][1].append(place)
        else:
            runs.append((owner, [place]))
    away: set[int] = set()
    for _ in range(_MOST_STRAYS):
        counts = Counter(owner for owner, _ in runs)
        several = [at for at, run in enumerate(runs) if counts[run[0]] > 1]
        if not several:
            break
        at = min(several, key=lambda at: len(runs[at][1]))
        away.update(runs.pop(at)[1])
        if 0 < at < len(runs) and runs[at - 1][0] == runs[at][0]:
            runs[at - 1][1].extend(runs.pop(at)[1])
    return away
