"""Values and behaviours: a summary of values with commitments, and the behaviours behind each.

A value is a statement with a lead-in and a list of commitments. The detailed part has a heading for
each commitment with the behaviours that show it, and for each value a list of unhelpful ones, whose
heading gives the value its short name.
"""

from __future__ import annotations

from competency.documents.document import Document
from competency.documents.draft import FrameworkDraft
from competency.documents.layouts.layout import Layout
from competency.documents.layouts.values_and_behaviours import phrases, plan
from competency.documents.layouts.values_and_behaviours.assembling import Assembler
from competency.documents.layouts.values_and_behaviours.spans import quoted

__all__ = ["LAYOUT", "read", "score"]


def read(document: Document) -> FrameworkDraft:
    """Return the draft; any text can be read, and no word of it is lost."""
    return Assembler(document, plan.plan_of(document)).assemble()


def score(document: Document) -> float:
    """Return how sure it is that a document prints its values in this way."""
    outline = plan.plan_of(document)
    values = [block for block in outline.of(plan.VALUE) if block.bullets]
    unhelpful = sum(bool(block.bullets) for block in outline.of(plan.UNHELPFUL))
    commitments = [block for block in outline.of(plan.COMMITMENT) if block.bullets]
    matched = sum(block.match is not None for block in commitments)
    foreign = any(phrases.is_foreign(item.text) for item in outline.items if not item.bullet)
    sure = 0.0
    if unhelpful and (commitments or values):
        sure = 0.8 + 0.1 * bool(values) + 0.05 * bool(matched)
    elif matched > 1:
        sure = 0.8
    elif sum(map(_is_sure, values)):
        sure = 0.6 + 0.05 * (len(values) > 1)
    if foreign:
        sure = sure / 2 if unhelpful and matched else 0.0
    return round(sure, 2)


def _is_sure(value: plan.Block) -> bool:
    """Say whether a value is one by its own look: a statement, and a lead-in that ends in 'by:'."""
    if not value.head or not value.after:
        return False
    return phrases.ends_in_by(value.after[-1].text) and (
        bool(quoted(value.head.text)) or value.after[-1].text.endswith(":")
    )


LAYOUT = Layout(
    name="values-and-behaviours",
    title="Values and behaviours: values, commitments, helpful and unhelpful behaviours",
    score=score,
    read=read,
)
