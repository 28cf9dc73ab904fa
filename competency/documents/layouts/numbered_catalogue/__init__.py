"""Numbered catalogue: competencies with a number, a name, a definition, and higher bands in it.

Pages of such catalogues are often printed in two columns, the name on the left and the definition
on the right, and come out of a PDF with the columns mixed line by line. They are unscrambled by
what the document itself shows: how its numbers are printed, which words its definitions open with,
how wide its right column is, and which words cannot go on with the sentence that runs.
"""

from __future__ import annotations

import re

from competency.documents.document import Document, Span
from competency.documents.draft import FrameworkDraft
from competency.documents.layouts.layout import Layout
from competency.documents.layouts.numbered_catalogue.blocks import NAME, NUMBER, TEXT, Block, Item
from competency.documents.layouts.numbered_catalogue.drafting import Drafter
from competency.documents.layouts.numbered_catalogue.furniture import Furniture, take_out
from competency.documents.layouts.numbered_catalogue.parsing import Parser
from competency.documents.layouts.numbered_catalogue.signs import Signs, band_at, read_signs
from competency.documents.layouts.numbered_catalogue.words import Row, rows, span_of

_OTHERS = re.compile(
    r"\W*(?:you must be able to|you need to know|performance (?:criteria|requirements)"
    r"|unit of competency|specification of competency|assessment criteria|unhelpful behaviours"
    r"|behaviours required to|level\s+\d+\s*[:.\u2013-])",
    re.IGNORECASE,
)
_CATALOGUE = re.compile(r"\bcompetenc(?:y|ies)\b|\bdefinitions\b", re.IGNORECASE)


def _parse(document: Document) -> tuple[list[Item], Furniture, list[Row], list[Span], Signs]:
    all_rows, letters = rows(document)
    own, furniture = take_out(document, all_rows)
    signs = read_signs(own)
    parser = Parser(own, signs)
    return parser.parse(), furniture, parser.fields, letters, signs


def score(document: Document) -> float:
    """Return how sure it is that a document is such a catalogue."""
    if any(_OTHERS.match(line) for line in document.lines):
        return 0.0
    items, _, _, _, signs = _parse(document)
    blocks = [item for item in items if isinstance(item, Block)]
    full = [block for block in blocks if block.has(NAME) and block.has(TEXT)]
    numbered = [block for block in full if block.has(NUMBER)]
    opened = [block for block in full if signs.opening_in(block.of(TEXT)[:8]) == 0]
    banded = [block for block in full if _has_band(block)]
    if not full or len(full) < 0.6 * len(blocks) or not (numbered or banded or opened):
        return 0.0
    if len(full) == 1 and not banded:
        return 0.0
    share = max(len(opened), len(banded)) / len(full)
    has_word = any(_CATALOGUE.search(line) for line in document.lines)
    is_called = has_word or bool(banded)
    return round(0.4 * len(numbered) / len(full) + 0.4 * share + 0.2 * is_called, 3)


def _has_band(block: Block) -> bool:
    words = block.of(TEXT)
    return any(words[at].bare == "At" and band_at(words, at) for at in range(len(words)))


def read(document: Document) -> FrameworkDraft:
    """Return the draft of a catalogue; every word is in a part or left out with a reason."""
    items, furniture, fields, letters, _ = _parse(document)
    draft = Drafter(document).draft(items, furniture)
    for row in fields:
        draft.leave_out(span_of(row.words), "name of a field")
    for letter in letters:
        draft.leave_out(letter, "sign of a list")
    return draft


LAYOUT = Layout(
    name="numbered-catalogue",
    title="Numbered catalogue: competencies with a definition and higher bands",
    score=score,
    read=read,
)
