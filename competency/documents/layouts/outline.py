"""Any document: a draft from its headings, numbers and bullets, where no family fits.

Headings become groups, all else becomes notes, but for lists under plain headings that name what
they hold. Nothing is sure here, and the draft says so once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from competency.documents.document import Document, Piece, Span
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.layout import Layout
from competency.documents.paragraphs import NEGATIVE, Paragraph, paragraphs
from competency.documents.steps import Steps, file_step

DOUBT = "Read from the outline of the document; please check its kind."
_BEHAVIOUR = re.compile(r"\b(?:behaviou?rs?|(?:behaviou?ral )?indicators?)\b", re.I)
_KNOWLEDGE = re.compile(r"\bknowledge\b", re.I)
_CRITERIA = re.compile(r"\bcriteri(?:a|on)\b", re.I)
_ASSESSMENT = re.compile(r"\bassess(?:ment|ed)?\b", re.I)
_PAGE = re.compile(r"[\W_]*page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\W_]*", re.I)
_DEEPEST = 12


@dataclass(frozen=True)
class _Open:
    """A part that can still get parts below it, and where it stands among the others.

    ``rank`` orders headings; items have rank 0 and are told apart by ``sign``: how they are
    numbered, or that they have bullets; ``depth`` counts numbers, or is the indent of a bullet.
    """

    part: Draft
    kind: str
    rank: int = 0
    sign: str = ""
    depth: int = 0
    indent: int = 0
    heading: bool = True


def score(document: Document) -> float:
    """Return the same for every document: little, so that any family that fits goes first."""
    return 0.05


def read(document: Document) -> FrameworkDraft:
    """Return a draft from the outline; it holds every word of any text."""
    return _Outline(document).read()


class _Outline:
    """Holds what grows: the draft, and the parts that are open, from the whole downwards."""

    def __init__(self, document: Document) -> None:
        self.draft = FrameworkDraft("Framework", file_step(document), extent="Whole")
        self.draft.is_outline = True
        self.draft.doubts.append(DOUBT)
        pages = [n for n, line in enumerate(document.lines, 1) if _PAGE.fullmatch(line)]
        for number in pages:
            self.draft.leave_out(document.span(number), "page number")
        self.found = paragraphs(document, set(pages))
        self.open = [_Open(self.draft, "Note")]
        self.styles: dict[str, int] = {}
        self.signs: list[Piece] = []
        self.steps = Steps()

    def read(self) -> FrameworkDraft:
        around = [*zip([None, *self.found], self.found, [*self.found[1:], None], strict=False)]
        ranks = [*(self._rank(here, after) for _, here, after in around), 0]
        for at in range(self._title(), len(around)):
            before, here, after = around[at]
            self.signs += here.sign.pieces
            if ranks[at]:
                self._heading(here, ranks[at])
            elif here.item:
                self._item(here, not ranks[at + 1] and _heads(here, before, after))
            else:
                self._paragraph(here, after)
        self.draft.leave_out(Span(tuple(self.signs)), "bullets")
        return self.draft

    def _title(self) -> int:
        """Take the title: the first line if it can be one, else a copy of the first heading."""
        if not self.found:
            self.draft.name = "Document without words"
            return 0
        first = self.found[0]
        if not first.look.bullet and _is_short(first, 25):
            self.draft.label, self.draft.enumeration = first.heading, first.look.enumeration
            self.signs += first.sign.pieces
            if len(self.found) > 1 and self.found[1].item:
                self.open = [_Open(self.draft, _kind(first.text, "Note"))]
            return 1
        heading = next((one for one in self.found if one.strong and one.span), None)
        self.draft.label = heading.heading if heading else Span(first.span.pieces[:1])
        return 0

    # -------------------------------------------------------------- headings

    def _rank(self, here: Paragraph, after: Paragraph | None) -> int:
        """Return 1 (highest) to 9 for a heading, 0 for all else."""
        if here.look.heading:
            return here.look.heading
        if here.item or not _is_short(here, 25):
            return 0
        capitals = here.text.isupper() and len(here.text) > 3
        if _is_short(here, 12) and (here.look.bold or capitals):
            style = "bold" if here.look.bold else "capitals"
            return self.styles.setdefault(style, 7 + len(self.styles))
        named = here.text.endswith(":") and (_is_short(here, 6) or _kind(here.text, ""))
        return 9 if after and after.item and (not here.ended or named) else 0

    def _heading(self, here: Paragraph, rank: int) -> None:
        """Add a group below the last heading of a higher rank."""
        while len(self.open) > 1 and (not self.open[-1].rank or self.open[-1].rank >= rank):
            self.open.pop()
        above = self.open[-1]
        part = self._put(above, Draft("Group", "", label=here.heading), here)
        self.open.append(_Open(part, _kind(here.text, above.kind), rank))

    # -------------------------------------------------------------- items and paragraphs

    def _item(self, here: Paragraph, heads: bool) -> None:
        """Add an item below the one that it is a step deeper than, beside the last of its sort."""
        sign, depth = _sign(here)
        self._close(sign, depth)
        above = self.open[-1]
        if heads:
            part = self._put(above, Draft("Group", "", label=here.heading), here)
        else:
            part = self._put(above, Draft(above.kind, "", text=here.span), here)
        kind = _kind(here.text, above.kind) if heads else above.kind
        indent = here.look.indent
        self.open.append(_Open(part, kind, sign=sign, depth=depth, indent=indent, heading=heads))

    def _close(self, sign: str, depth: int) -> None:
        """Close the items from the last one on that the next item is no part of."""
        items = [at for at, one in enumerate(self.open) if one.sign]
        same = [at for at in items if self.open[at].sign == sign and self.open[at].depth >= depth]
        if same:
            del self.open[same[0] :]
        del self.open[_DEEPEST:]

    def _paragraph(self, here: Paragraph, after: Paragraph | None) -> None:
        """Add a text to the last heading, or to the item that it is set in under."""
        while len(self.open) > 1 and not self._holds(self.open[-1], here):
            self.open.pop()
        above = self.open[-1]
        if not (here.text.endswith(":") and after and after.item):
            self._put(above, Draft(above.kind, "", text=here.span), here)
        elif above.part is self.draft or above.part.parts:
            part = self._put(above, Draft("Group", "", label=here.heading), here)
            self.open.append(_Open(part, _kind(here.text, above.kind), 9))
        else:
            above.part.lead_in = self._put(above, Draft("Note", "", text=here.span), here)

    @staticmethod
    def _holds(one: _Open, here: Paragraph) -> bool:
        if one.rank == 9 and one.part.parts:
            return False
        return one.heading or here.look.indent > one.indent + 1

    def _put(self, above: _Open, part: Draft, here: Paragraph) -> Draft:
        """Add a part; a statement that gets parts below it becomes a group of that title."""
        holder = above.part
        if holder.text and holder is not self.draft:
            holder.kind, holder.label, holder.text = "Group", holder.text, Span()
        part.enumeration = here.look.enumeration
        part.repairs |= {"Rejoined"} if here.rejoined else set()
        number = part.enumeration.text
        return self.steps.put(holder, part, "i" if number else "p", number)


def _is_short(here: Paragraph, words: int) -> bool:
    """Say whether a text is short enough for a heading, in scripts without spaces too."""
    return len(here.text) <= 12 * words and len(here.text.split()) <= words


def _heads(here: Paragraph, before: Paragraph | None, after: Paragraph | None) -> bool:
    """Say whether a numbered line is the heading of what follows, not an item of a list."""
    if not here.look.enumeration or not after or not _is_short(here, 12) or here.text[:1].islower():
        return False
    if here.ended and not here.text.endswith(":"):
        return False
    if after.item:
        return _deeper(here, after)
    return not (before and before.item and _sign(before) == _sign(here))


def _deeper(here: Paragraph, after: Paragraph) -> bool:
    mine, its = _sign(here), _sign(after)
    return its[1] > mine[1] if mine[0] == its[0] else its[0] != "1"


def _sign(here: Paragraph) -> tuple[str, int]:
    """Return how an item is marked, and how deep: ('1', 2) for '1.1', ('-', indent) for bullets."""
    number = here.look.enumeration.text.strip("().")
    if not number:
        return "-", here.look.indent // 2
    if number[0].isdigit():
        return "1", number.count(".") + 1
    if len(number) > 1:
        return "i", 1
    return ("A" if number.isupper() else "a"), 1


def _kind(heading: str, above: str) -> str:
    """Return the kind that a plain heading names for what is below it, else the one it inherits.

    >>> _kind("Unhelpful behaviours", "Note"), _kind("Working with others", "NegativeIndicator")
    ('NegativeIndicator', 'NegativeIndicator')
    """
    if above == "NegativeIndicator" or len(heading.split()) > 12:
        return above
    behaviour = _BEHAVIOUR.search(heading)
    if NEGATIVE.search(heading) and (behaviour or above == "PositiveIndicator"):
        return "NegativeIndicator"
    if behaviour:
        return "PositiveIndicator"
    if _KNOWLEDGE.search(heading):
        return "KnowledgeStatement"
    if _CRITERIA.search(heading):
        return "Note" if _ASSESSMENT.search(heading) else "PerformanceCriterion"
    return above


LAYOUT = Layout(
    name="outline",
    title="Any document: a draft from its headings, numbers and bullets",
    score=score,
    read=read,
)
