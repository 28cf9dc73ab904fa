"""Suggestions that somebody has in a file already, shown again with what the parts say today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from competency.align.grading import CLOSE, EXACT, OPPOSITE, Reason, grade, shared_words
from competency.align.statements import Gatherer, Statement
from competency.align.suggesting import Suggestion
from competency.align.synonyms import synonyms
from competency.align.terms import Reader
from competency.graph import Framework


@dataclass(frozen=True)
class Noted:
    """A pair of parts with the relation and the likeness that a file has for it."""

    subject: str
    object: str
    predicate: str
    score: float


def suggested_again(
    left: Framework, right: Framework, rows: Iterable[Noted]
) -> tuple[Suggestion, ...]:
    """Return rows as suggestions, in their order and seen from ``left``.

    A relation that the parts cannot have as they are today is not offered again. A row is left out
    where a part is not among what can be aligned of the two, or where they have no language in
    common.

    suggested_again(left, right, [Noted(subject, object, predicate, 0.4)])
    """
    reader = Reader(synonyms())
    ours, theirs = (_by_language(framework) for framework in (left, right))
    found = []
    for row in rows:
        ends = _ends(ours.get(row.subject, {}), theirs.get(row.object, {}))
        if ends is not None:
            found.append(_told(*ends, row, reader))
    return tuple(found)


def _by_language(framework: Framework) -> dict[str, dict[str, Statement]]:
    """Return what can be aligned by IRI, each by language."""
    found: dict[str, dict[str, Statement]] = {}
    for item in Gatherer(framework.home).statements(framework):
        found.setdefault(item.iri, {})[item.language] = item
    return found


def _ends(
    ours: dict[str, Statement], theirs: dict[str, Statement]
) -> tuple[Statement, Statement] | None:
    language = next((name for name in sorted(ours) if name in theirs), None)
    return None if language is None else (ours[language], theirs[language])


def _told(left: Statement, right: Statement, row: Noted, reader: Reader) -> Suggestion:
    reads = (reader.read(item.text, item.language) for item in (left, right))
    shared = shared_words(left.text, right.text, *reads)
    strongest, reasons = grade(left, right, shared)
    predicate = row.predicate
    if strongest == OPPOSITE:  # whatever the file says: such two never match
        predicate = OPPOSITE
    elif predicate == EXACT and Reason.EQUAL not in reasons:
        predicate = CLOSE
    return Suggestion(left, right, predicate, row.score, shared, reasons)
