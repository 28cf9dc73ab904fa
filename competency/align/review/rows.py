"""A suggestion as a row of SSSOM, and the state a row is in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import competency
from competency.align.statements import Statement
from competency.align.suggesting import Suggestion
from competency.graph import Framework
from competency.graph.sssom import Extension, MappingSet, Record
from competency.graph.sssom.curies import compact, prefixes_for
from competency.graph.sssom.model import entities_of, ordered
from competency.graph.sssom.status import EXTENSION, STATUS, Status
from competency.importing.naming import file_stem
from competency.ontology import DEFAULT_BASE, expand, shorten

TO_REVIEW, ACCEPTED, REFUSED = Status.to_review, Status.accepted, Status.refused
TOOL = "competency"
LEXICAL, COMPOSITE = expand("semapv:LexicalMatching"), expand("semapv:CompositeMatching")
REVIEWED = expand("semapv:MappingReview")
NOT = ("Not",)
PLACES = ("subject_place", "object_place")  # only while a row is to review
_TOLD_ONCE = ("mapping_tool", "mapping_tool_version", "mapping_date")
_NO_LICENCE = "https://w3id.org/sssom/license/unspecified"

Pair = tuple[str, str]


def suggested(
    found: Iterable[Suggestion],
    frameworks: Sequence[Framework],
    *,
    date: date,
    base: str = DEFAULT_BASE,
    semantic: bool = False,
) -> MappingSet:
    """Return suggestions as a work file: one row each, all of them to review.

    ``frameworks`` are those that were compared; they name the set, below ``base``, the same from
    either side. How alike two texts are is the ``similarity_score`` and no confidence. The same
    suggestions on the same date give the same bytes.

        suggested(suggest(left, right), [left, right], date=date.today())
    """
    way = COMPOSITE if semantic else LEXICAL
    iri = set_iri([item.iri for item in frameworks], base)
    slots = {
        "mapping_set_id": (iri,),
        "mapping_set_title": (_title(frameworks),),
        "license": (_NO_LICENCE,),
    }
    records = ordered(_record(item, way, date.isoformat()) for item in found)
    return finished(MappingSet(slots, records))


def set_iri(frameworks: Iterable[str], base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the set of alignments between frameworks, whichever is on the left.

    >>> set_iri(["https://example.org/welding", "https://example.org/baking"], "urn:x:")
    'urn:x:alignments/baking-welding'
    """
    stems = sorted(map(file_stem, frameworks))
    return f"{base}alignments/{'-'.join(stems) if len(stems) == 2 else 'all'}"


def pair_of(record: Record) -> Pair:
    """Return the two parts of a row, in one order from whichever end it is written."""
    one, other = sorted((record.get("subject_id"), record.get("object_id")))
    return one, other


def state_of(record: Record) -> Status:
    """Return whether a row is to review, accepted or refused.

    What ``status`` says counts; without it a denied row is refused, and any other is an alignment
    like those of any file, so accepted, unless it is a suggestion that nobody has reviewed.

    >>> state_of(Record({"predicate_modifier": ("Not",)})), state_of(Record({}))
    (<Status.refused: 'refused'>, <Status.accepted: 'accepted'>)
    """
    said = record.get(STATUS).strip().lower()
    if said in frozenset(Status):
        return Status(said)
    if record.get("predicate_modifier"):
        return REFUSED
    ours = record.get("mapping_tool") == TOOL and record.get("similarity_score")
    return TO_REVIEW if ours and record.get("mapping_justification") != REVIEWED else ACCEPTED


def states(found: MappingSet) -> list[Status]:
    """Return the state of each row of a set; what the header says of all rows counts too."""
    return [state_of(Record(found.said_of(record))) for record in found.records]


def unshared(found: MappingSet) -> MappingSet:
    """Return a set each of whose rows says itself what the header said of all rows."""
    rows = tuple(Record(found.said_of(record)) for record in found.records)
    slots = {name: v for name, v in found.slots.items() if name not in found.shared or not rows}
    return replace(found, slots=slots, records=rows)


def finished(found: MappingSet) -> MappingSet:
    """Return a set with the columns of its own and the prefixes that its rows need."""
    used = {name for record in found.records for name in record.slots}
    extensions = dict(found.extensions)
    if STATUS in used:
        extensions[STATUS] = EXTENSION
    for name in PLACES:
        if name in used:
            whole = found.iri.rstrip("/#")
            extensions.setdefault(name, Extension(f"{whole}/column/{name}"))
        elif name in extensions:
            del extensions[name]
    found = _gathered(replace(found, extensions=extensions))
    iris = entities_of(found)
    bare = [iri for iri in iris if compact(iri, found.prefixes) == iri]
    return replace(found, prefixes={**prefixes_for(bare), **found.prefixes})


def _gathered(found: MappingSet) -> MappingSet:
    """Return a set whose header says once what all rows say of the tool and its day.

    That leaves a table with fewer columns, and no date that a spreadsheet would rewrite.
    """
    alike = {
        name: found.records[0].slots[name]
        for name in _TOLD_ONCE
        if found.records and len({row.slots.get(name) for row in found.records}) == 1
        if name in found.records[0].slots
    }
    rows = tuple(
        Record({name: v for name, v in row.slots.items() if name not in alike})
        for row in found.records
    )
    return replace(found, slots={**found.slots, **alike}, records=rows)


def _title(frameworks: Sequence[Framework]) -> str:
    titles = sorted(" ".join(item.title.split()) for item in frameworks)
    if len(titles) == 2:
        return f"Alignments between {titles[0]} and {titles[1]}"
    return f"Alignments between {len(titles)} frameworks"


def _record(item: Suggestion, way: str, day: str) -> Record:
    said = {
        **_end("subject", item.left),
        "predicate_id": item.predicate,
        **_end("object", item.right),
        "mapping_justification": way,
        "mapping_tool": TOOL,
        "mapping_tool_version": competency.__version__,
        "mapping_date": day,
        "similarity_score": f"{item.score:.4f}",
        "comment": "; ".join(item.reasons),
        STATUS: TO_REVIEW,
    }
    slots = {name: (text,) for name, text in said.items() if text}
    words = tuple(sorted({_line(str(word)) for word in item.shared} - {""}))
    return Record({**slots, "match_string": words} if words else slots)


def _end(name: str, part: Statement) -> dict[str, str]:
    return {
        f"{name}_id": part.iri,
        f"{name}_label": _line(part.text),
        f"{name}_category": shorten(part.kind),
        f"{name}_source": part.framework,
        f"{name}_place": " > ".join(_line(title) for title in part.place),
    }


def _line(text: str) -> str:
    """Return a text on one line, which a spreadsheet shows as one row."""
    return " ".join(text.split())
