"""Two sets of alignments as one: what was decided stays decided, what is new is to review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from competency.align.review.rows import (
    PLACES,
    TO_REVIEW,
    Pair,
    finished,
    pair_of,
    state_of,
    states,
    unshared,
)
from competency.graph.alignments import RELATIONS
from competency.graph.sssom import MappingSet, Record
from competency.graph.sssom.model import ordered
from competency.graph.sssom.status import STATUS

# What a person may have written into a row that is still to review.
_WRITTEN = ("predicate_id", "confidence", "comment", "author_id", "author_label")
_WHO = {"record_id", "reviewer_id", "reviewer_label", "review_date", STATUS, *PLACES}
_Slots = Mapping[str, tuple[str, ...]]


def decided(found: MappingSet) -> frozenset[Pair]:
    """Return the pairs that were accepted or refused, as ``Options.decided`` takes them.

    Options(decided=decided_in(graph) | decided(work))
    """
    rows = zip(found.records, states(found), strict=True)
    return frozenset(pair_of(record) for record, state in rows if state != TO_REVIEW)


def merge(kept: MappingSet | None, new: MappingSet, *, all_open: bool = False) -> MappingSet:
    """Return what was kept with what is new.

    Of the same pair the newer decision counts, by its date, that of ``new`` on the same day; and a
    decision before a suggestion, so that nothing that is decided is to review again. What is to
    review is what ``new`` suggests, and with ``all_open`` what is to review in ``kept`` too; what a
    person wrote into such a row stays. The header of ``kept`` stays. Neither is changed.

        merge(read(File("work.sssom.tsv", ...)), suggested(found, frameworks, date=today))
    """
    if kept is None:
        return finished(new)
    kept, new = unshared(kept), unshared(new)
    ours, theirs = _by_pair(kept.records), _by_pair(new.records)
    rows: list[Record] = []
    for pair in sorted(ours.keys() | theirs.keys()):
        rows += _joined(ours.get(pair, []), theirs.get(pair, []), all_open=all_open)
    return finished(
        replace(
            kept,
            records=ordered(rows),
            prefixes={**new.prefixes, **kept.prefixes},
            extensions={**new.extensions, **kept.extensions},
            remarks=(*kept.remarks, *new.remarks),
        )
    )


def settled(found: MappingSet) -> MappingSet:
    """Return alignments and refusals as anybody's program reads them: without what is to review.

    The column ``status`` goes, as an alignment without one is accepted and a refusal says ``Not``.

        write(settled(reviewed(work, reviewer="Ada", date=today)))
    """
    found = unshared(found)
    rows = [
        Record({k: v for k, v in record.slots.items() if k not in (STATUS, *PLACES)})
        for record in found.records
        if state_of(record) != TO_REVIEW
    ]
    rest = {k: v for k, v in found.extensions.items() if k not in (STATUS, *PLACES)}
    return finished(replace(found, records=ordered(rows), extensions=rest))


def without(found: MappingSet, pairs: Iterable[Pair]) -> MappingSet:
    """Return a set without its rows about some pairs."""
    gone = set(pairs)
    rows = tuple(record for record in found.records if pair_of(record) not in gone)
    return replace(found, records=rows)


def _joined(ours: list[Record], theirs: list[Record], *, all_open: bool) -> list[Record]:
    """Return the rows of one pair."""
    settled_here = [row for row in ours if state_of(row) != TO_REVIEW]
    settled_there = [row for row in theirs if state_of(row) != TO_REVIEW]
    if settled_there and _day(settled_there) >= _day(settled_here):
        return [_same_as(row, settled_here) for row in settled_there]
    if settled_here:
        return settled_here
    if all_open and not theirs:
        return ours
    return [_refreshed(row, ours[0]) if ours else row for row in theirs]


def _day(rows: Iterable[Record]) -> str:
    """Return when rows were reviewed last; nothing where none of them says."""
    return max((row.get("review_date") for row in rows), default="")


def _same_as(row: Record, held: Sequence[Record]) -> Record:
    """Return the row that is held already where it says the same, whoever said it when.

    Another decision about the same pair keeps the name that links lead to.
    """
    for one in held:
        if _said(one) == _said(row) and state_of(one) == state_of(row):
            return one
    names = {one.slots["record_id"] for one in held if "record_id" in one.slots}
    return Record({"record_id": names.pop(), **row.slots}) if len(names) == 1 else row


def _said(row: Record) -> _Slots:
    return {name: values for name, values in row.slots.items() if name not in _WHO}


def _refreshed(new: Record, old: Record) -> Record:
    """Return a suggestion that came again, with what a person wrote into its row."""
    written = {name: old.slots[name] for name in _WRITTEN if name in old.slots}
    if new.get("subject_id") != old.get("subject_id") and old.get("predicate_id") in RELATIONS:
        written["predicate_id"] = (RELATIONS[old.get("predicate_id")],)
    return Record({**new.slots, **written})


def _by_pair(rows: Iterable[Record]) -> dict[Pair, list[Record]]:
    found: dict[Pair, list[Record]] = {}
    for row in rows:
        found.setdefault(pair_of(row), []).append(row)
    return found
