"""The draft of a framework: what a layout reads out of a document, before it becomes RDF.

A layout builds Drafts and puts Spans into them; it never writes a text of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from competency.documents.document import Span


@dataclass
class CodeDraft:
    """An official code; ``issuer`` is where the body that issued it is printed, if it is.

    ``issuer_inferred`` says that the body follows from the code and is not named as its issuer.
    """

    notation: Span
    issuer: Span = field(default_factory=Span)
    issuer_inferred: bool = False


@dataclass
class OccurrenceDraft:
    """Another place where the part is printed, with its wording and its position there."""

    label: Span
    list_name: str
    position: int | None = None


@dataclass
class CreditDraft:
    """A credit: the number as printed, and the reservation beside it."""

    value: Span
    qualifier: Span = field(default_factory=Span)


@dataclass
class LevelDraft:
    """A step of the document's own scale; ``step`` ends its IRI (``scale/2``).

    ``label`` is where it is printed; ``name`` is our own word where it is not ('Base'), and then
    is marked as inferred. ``rank`` None means that the document gives no number; ``above`` is then
    the level it is known to be higher than, if there is one.
    """

    step: str
    label: Span = field(default_factory=Span)
    name: str = ""
    rank: int | None = None
    above: LevelDraft | None = None


@dataclass(eq=False)
class Draft:
    """One part: its kind (local name of a class), the last step of its IRI, its fields as spans.

    ``step`` comes from codes and positions, never from words. ``name`` is our own title where the
    document prints none (marked as inferred). ``also`` are places that repeat the title.
    """

    kind: str
    step: str
    label: Span = field(default_factory=Span)
    text: Span = field(default_factory=Span)
    enumeration: Span = field(default_factory=Span)
    name: str = ""
    parts: list[Draft] = field(default_factory=list)
    codes: list[CodeDraft] = field(default_factory=list)
    lead_in: Draft | None = None
    occurrences: list[OccurrenceDraft] = field(default_factory=list)
    also: list[Span] = field(default_factory=list)
    level: LevelDraft | None = None
    level_inferred: bool = False
    qualification_level: Span = field(default_factory=Span)
    credit: CreditDraft | None = None
    assesses: list[tuple[str, Draft]] = field(default_factory=list)
    aspect: str = ""
    empty: bool = False
    occurrence_inferred: bool = False
    repairs: set[str] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)

    def add(self, part: Draft) -> Draft:
        """Put a part at the end and return it."""
        self.parts.append(part)
        return part

    def walk(self) -> Iterator[Draft]:
        """Yield this draft and all parts below it, parents first, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def spans(self) -> Iterator[Span]:
        """Yield every span of this draft alone, whatever field it is in."""
        yield from (self.label, self.text, self.enumeration, self.qualification_level, *self.also)
        for code in self.codes:
            yield from (code.notation, code.issuer)
        yield from (item.label for item in self.occurrences)
        if self.credit:
            yield from (self.credit.value, self.credit.qualifier)


@dataclass(frozen=True)
class LeftOut:
    """Words that went into no part, and why: a page heading, a page number, the name of a field."""

    span: Span
    reason: str


@dataclass
class FrameworkDraft(Draft):
    """The whole: the parts, and what the document says of itself."""

    document_type: str = ""
    extent: str = ""
    sector: Span = field(default_factory=Span)
    issued: Span = field(default_factory=Span)
    levels: list[LevelDraft] = field(default_factory=list)
    scale_name: str = ""
    organisations: list[Span] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    is_outline: bool = False

    def leave_out(self, span: Span, reason: str) -> None:
        """Set words aside with the reason; the report shows both."""
        if span:
            self.left_out.append(LeftOut(span, reason))

    def spans(self) -> Iterator[Span]:
        """Yield the spans of the framework's own fields."""
        yield from super().spans()
        yield from (self.sector, self.issued, *self.organisations)
