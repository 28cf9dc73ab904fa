"""Decisions into a work file: from a program, or from a table that a person edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from competency.align.review.meaning import Parts
from competency.align.review.rows import (
    ACCEPTED,
    LEXICAL,
    NOT,
    PLACES,
    REFUSED,
    REVIEWED,
    TO_REVIEW,
    Pair,
    finished,
    pair_of,
    states,
)
from competency.errors import NotFound, ParameterError
from competency.graph.alignments import RELATIONS
from competency.graph.sssom import MappingSet, Record
from competency.graph.sssom.model import ordered
from competency.graph.sssom.status import STATUS, Status
from competency.ontology import expand, shorten

_WHO = ("reviewer_id", "reviewer_label", "review_date")
_VERDICTS = {"accept": ACCEPTED, "refuse": REFUSED, "undo": TO_REVIEW}


@dataclass(frozen=True)
class Decision:
    """What a person decided about two parts.

    ``verdict`` is ``accept``, ``refuse`` or ``undo`` (it is to review again). The relation is that
    of the suggestion unless ``predicate`` (an IRI) names another, as seen from ``subject``;
    ``confidence`` is from 0 to 1, ``comment`` says why.
    """

    subject: str
    object: str
    verdict: str
    predicate: str | None = None
    confidence: float | None = None
    comment: str | None = None

    def __post_init__(self) -> None:
        """Raise ParameterError for what is no decision."""
        if self.verdict not in _VERDICTS:
            raise ParameterError("verdict", f"{self.verdict!r} is not accept, refuse or undo")
        if self.predicate is not None and self.predicate not in RELATIONS:
            known = ", ".join(map(shorten, RELATIONS))
            raise ParameterError("predicate", f"{shorten(self.predicate)} is not one of {known}")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise ParameterError("confidence", f"{self.confidence} is not from 0 to 1")


def decide(
    found: MappingSet,
    decisions: Iterable[Decision],
    *,
    date: date,
    reviewer: str | None = None,
    parts: Parts | None = None,
) -> MappingSet:
    """Return a work file with decisions in it; a later one about the same pair counts.

    ``parts`` has what the rows are about, else their own labels are believed. Raises NotFound for
    a pair that has no row, and ParameterError for a relation that cannot be meant: no sameness of
    different texts, no match of opposites.

        decide(work, [Decision(a, b, "accept")], reviewer="Ada", date=date.today())
    """
    parts = parts or Parts()
    rows = list(found.records)
    places: dict[Pair, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(pair_of(row), []).append(place)
    for item in decisions:
        pair = (min(item.subject, item.object), max(item.subject, item.object))
        if pair not in places:
            raise NotFound("suggestion", f"between {item.subject} and {item.object}")
        state = _VERDICTS[item.verdict]
        for place in places[pair]:
            row = _with(rows[place], item)
            if state == ACCEPTED and (fault := parts.fault(row)):
                raise ParameterError("predicate", fault)
            rows[place] = _marked(row, state, reviewer, date)
    return finished(replace(found, records=ordered(rows)))


def reviewed(
    found: MappingSet, *, date: date, reviewer: str | None = None, parts: Parts | None = None
) -> MappingSet:
    """Return a work file that a person edited, with its decisions as alignments and refusals.

    A row that says ``accepted`` or ``refused`` is marked as reviewed, with the date and who, unless
    it says these itself. A suggestion whose status was emptied is still to review. Raises
    ParameterError for the first row that cannot be meant, as :func:`decide` does.

        reviewed(read(file), reviewer="Ada", date=date.today(), parts=Parts.of(graph, iris))
    """
    for row, reason in faults(found, parts):
        raise ParameterError("predicate_id", f"{_ends(row)}: {reason}")
    return marked(found, date, reviewer)


def marked(found: MappingSet, date: date, reviewer: str | None) -> MappingSet:
    """Return a work file whose rows are marked as their status says, without looking at them.

    marked(work, date.today(), "Ada")
    """
    rows = [
        _marked(row, state, reviewer, date) if row.get(STATUS) or state == TO_REVIEW else row
        for row, state in zip(found.records, states(found), strict=True)
    ]
    return finished(replace(found, records=ordered(rows)))


def faults(found: MappingSet, parts: Parts | None = None) -> Iterator[tuple[Record, str]]:
    """Yield the rows that somebody decided and that cannot be meant, each with the reason.

    Of rows without a status, which others may have curated, those that match opposites are told.

    [reason for _, reason in faults(work)]
    """
    parts = parts or Parts()
    seen: dict[Pair, Status] = {}
    for row, state in zip(found.records, states(found), strict=True):
        if not row.get(STATUS) or state == TO_REVIEW:
            if state == ACCEPTED and (reason := parts.mismatch(row)):
                yield row, reason
            continue
        before = seen.setdefault(pair_of(row), state)
        if before != state:
            yield row, f"the two parts are {before} in another row and {state} here; keep one"
        elif state == ACCEPTED and (reason := parts.fault(row)):
            yield row, reason


def _with(row: Record, item: Decision) -> Record:
    """Return a row with what was decided of it written into it, in the direction it has."""
    slots = dict(row.slots)
    if item.predicate is not None:
        same = row.get("subject_id") == item.subject
        slots["predicate_id"] = (item.predicate if same else RELATIONS[item.predicate],)
    if item.confidence is not None:
        slots["confidence"] = (str(item.confidence),)
    if item.comment is not None and item.comment.strip():
        slots["comment"] = (item.comment.strip(),)
    return Record(slots)


def _marked(row: Record, state: Status, reviewer: str | None, day: date) -> Record:
    """Return a row as one of its state has to be, whatever it was before."""
    slots = {**row.slots, STATUS: (state,)}
    slots.pop("predicate_modifier", None)
    if state == TO_REVIEW:
        for name in _WHO:
            slots.pop(name, None)
        if row.get("mapping_justification") == REVIEWED:
            slots["mapping_justification"] = (_way(row),)
        return Record(slots)
    if state == REFUSED:
        slots["predicate_modifier"] = NOT
    if _was(row) not in (TO_REVIEW, state):  # somebody decided otherwise before
        for name in _WHO:
            slots.pop(name, None)
    slots["mapping_justification"] = (REVIEWED,)
    slots.setdefault("review_date", (day.isoformat(),))
    if reviewer:
        slots.setdefault("reviewer_label", (reviewer,))
    return Record({name: values for name, values in slots.items() if name not in PLACES})


def _was(row: Record) -> Status:
    """Return the state that a row was in before its status was edited, as its other cells say."""
    if row.get("mapping_justification") != REVIEWED:
        return TO_REVIEW
    return REFUSED if row.get("predicate_modifier") else ACCEPTED


def _way(row: Record) -> str:
    """Return how a pair was found that is to review again."""
    return LEXICAL if row.get("similarity_score") else expand("semapv:UnspecifiedMatching")


def _ends(row: Record) -> str:
    return f"{shorten(row.get('subject_id'))} and {shorten(row.get('object_id'))}"
