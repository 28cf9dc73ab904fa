"""Decisions about suggestions, as a form or a program sends them, and the table they become."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask import request
from werkzeug.exceptions import BadRequest

from competency.align import Suggestion
from competency.align.review import (
    TO_REVIEW,
    Decision,
    decide,
    merge,
    read_work,
    state_of,
    suggested,
)
from competency.errors import ParameterError
from competency.graph.received import File
from competency.graph.sssom import MappingSet
from competency.ontology import expand, shorten
from competency.server.aligning import MOST_TOLD, Queue, grades_of, id_of

MAX_FILE = 2_000_000  # bytes of a table; larger ones are for the command line
_MOST_WORDS = 2_000  # signs of a comment or a name
_NO_LIST = "decisions is no list of objects with subject, object and verdict"


@dataclass(frozen=True)
class Given:
    """A decision as it came: ``id`` names the pair, the rest is not looked at yet."""

    id: str
    verdict: str
    predicate: str = ""
    confidence: str = ""
    comment: str = ""


def of_form(ids: Iterable[str]) -> list[Given]:
    """Return the decisions about these pairs that the fields of the form have."""
    field = request.form.get
    return [
        Given(name, verdict, field(f"g-{name}", ""), field(f"k-{name}", ""), field(f"c-{name}", ""))
        for name in ids
        if (verdict := field(f"v-{name}", ""))
    ]


def of_json(rows: object) -> list[Given]:
    """Return the decisions of a list in JSON; BadRequest says what is wrong with it."""
    if not isinstance(rows, list) or len(rows) > MOST_TOLD:
        raise BadRequest(_NO_LIST if not isinstance(rows, list) else f"more than {MOST_TOLD}")
    return [_given(row) for row in rows]


def of_text(text: str) -> list[Given]:
    """Return the decisions of a list in JSON, as text."""
    return of_json(parsed(text, "decisions"))


def parsed(text: str | bytes, name: str) -> object:
    """Return what JSON says; BadRequest where it is none, too deep, or has half of a character.

    >>> parsed('{"left": "a"}', "this")
    {'left': 'a'}
    """
    try:
        found: object = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{name} is no JSON: {ascii(str(error))[1:-1]}") from error
    return found


def _given(row: object) -> Given:
    if not isinstance(row, dict):
        raise BadRequest(_NO_LIST)
    said = {name: _text(row.get(name)) for name in ("predicate", "confidence", "comment")}
    return Given(
        id_of(_text(row.get("subject")), _text(row.get("object"))),
        _text(row.get("verdict")),
        **said,
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadRequest(_NO_LIST)
    return str(value)


def known_only(found: Iterable[Given], queue: Queue) -> tuple[list[Decision], int]:
    """Return decisions about what is in a queue, and how many are about something else.

    Those others were decided in the meantime, or the suggestion does not come any more. Raises
    ParameterError for what is no decision.
    """
    pairs = dict(zip(queue.ids, queue.suggestions, strict=True))
    decisions, others = [], 0
    for item in found:
        if item.id not in pairs:
            others += 1
        elif item.verdict != "leave":
            decisions.append(_decision(item, pairs[item.id]))
    return decisions, others


def _decision(item: Given, of: Suggestion) -> Decision:
    comment = " ".join(item.comment.split())[:_MOST_WORDS]
    predicate = None
    if item.predicate and item.verdict == "accept":
        predicate = expand(item.predicate)
        if predicate not in (offered := grades_of(of)):
            known = ", ".join(map(shorten, offered))
            reason = f"{item.predicate} cannot be between {of.subject} and {of.object}"
            raise ParameterError("predicate", f"{reason}; there are {known}")
    return Decision(
        of.subject,
        of.object,
        item.verdict,
        predicate,
        _number(item.confidence),
        comment or None,
    )


def _number(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise ParameterError("confidence", f"{text!r} is no number from 0 to 1") from error


def table(queue: Queue, base: str) -> MappingSet:
    """Return everything that is to review, with what was decided before in a file."""
    work, today = queue.work, date.today()
    if work is not None and queue.from_file:
        return work
    fresh = suggested(queue.suggestions, [queue.left, queue.right], date=today, base=base)
    if work is None:
        return fresh
    rest = tuple(record for record in work.records if state_of(record) == TO_REVIEW)
    return merge(work, replace(fresh, records=(*fresh.records, *rest)))


def with_decisions(
    queue: Queue, base: str, decisions: Iterable[Decision], reviewer: str
) -> MappingSet:
    """Return the table with decisions in it; ParameterError for one that cannot be meant."""
    name = " ".join(reviewer.split())[:_MOST_WORDS] or None
    found = table(queue, base)
    return decide(found, decisions, date=date.today(), reviewer=name, parts=queue.parts)


def decided_only(found: MappingSet) -> MappingSet:
    """Return a table as a work file without what is still to review."""
    rows = tuple(record for record in found.records if state_of(record) != TO_REVIEW)
    return replace(found, records=rows)


def read_table(name: str, data: bytes, base: str) -> MappingSet:
    """Return the table of a file that somebody brings along, however a spreadsheet saved it.

    Raises ParseError, and BadRequest where it is too large.
    """
    if len(data) > MAX_FILE:
        reason = f"the table has more than {MAX_FILE:,} bytes; decide it on the command line"
        raise BadRequest(f"{reason}: competency align --accept")
    return read_work(File(name, data, "text/tab-separated-values"), base).found
