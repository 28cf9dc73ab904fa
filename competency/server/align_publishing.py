"""Decisions about suggestions that go to the graph, for those who have the token.

The writer joins them with what was decided before, one write after the other, so that two people
who decide at the same time lose nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, make_response, request
from werkzeug.exceptions import BadRequest

from competency.align.review import (
    TO_REVIEW,
    Parts,
    reviewed,
    settled,
    state_of,
)
from competency.align.review.rows import ACCEPTED, REFUSED, pair_of, set_iri
from competency.errors import NotFound, ParameterError
from competency.formats import SSSOM
from competency.graph import Framework
from competency.graph.sssom import MappingSet, write
from competency.server.aligning import Pair, Suggester, Wanted, parts_of
from competency.server.bodies import sent
from competency.server.decisions import known_only, of_json, parsed, read_table, with_decisions
from competency.server.protocol import client_left
from competency.server.site import Site
from competency.server.submission import MAX_SENT
from competency.server.writes import EDITION_HEADER, Writes, allowed, outcome


def publish(site: Site, suggester: Suggester, writes: Writes | None) -> Response:
    """Publish the decisions of a request; 401, 403 or 422 where that is not to be.

    JSON has the two frameworks, ``decisions`` and perhaps a table they go on from (``set``); SSSOM
    is the whole table, with ``left`` and ``right`` in the address.
    """
    way = allowed(writes)
    if request.mimetype == SSSOM.media_type:
        found, ends, others = _table(site)
    else:
        found, ends, others = _decided(site, suggester)
    new, known = _new(found, suggester.decided(), ends)
    iri = set_iri([item.iri for item in ends], site.graph.base)
    counts = Counter(state_of(record) for record in new.records)
    told: dict[str, Any] = {
        "edition": site.edition_name,
        "graph": iri,
        "accepted": counts[ACCEPTED],
        "refused": counts[REFUSED],
        "known": known + others,
    }
    if new.records:
        note = f"alignments: {counts[ACCEPTED]} accepted, {counts[REFUSED]} refused"
        body = write(settled(_named(new, iri)))
        done = way.publish(body, write="align", graph=iri, note=note)
        if done["edition"] is None:
            return outcome(done)
        told |= {"edition": done["edition"], **_taken(done["taken"], told)}
    return _json(told)


def _taken(taken: dict[str, int], told: dict[str, Any]) -> dict[str, int]:
    """Return the counts as the writer had them: somebody else may have been a moment earlier."""
    found = {"accepted": taken.get(ACCEPTED, 0), "refused": taken.get(REFUSED, 0)}
    late = told["accepted"] + told["refused"] - sum(found.values())
    return found | {"known": told["known"] + late}


def _json(told: dict[str, Any]) -> Response:
    response = make_response(json.dumps(told) + "\n")
    response.content_type = "application/json"
    if told["edition"]:
        response.headers[EDITION_HEADER] = told["edition"]
    return response


def _decided(site: Site, suggester: Suggester) -> tuple[MappingSet, tuple[Framework, ...], int]:
    """Return the table with the decisions of a request in JSON."""
    asked = parsed(sent(MAX_SENT), "this")
    if not isinstance(asked, dict):
        raise BadRequest("send an object with left, right and decisions")
    text = asked.get("set") or ""
    if not isinstance(text, str):
        raise BadRequest("set is no text")
    work = read_table("set", text.encode(), site.graph.base) if text.strip() else None
    queue = suggester.queue(_wanted(asked), work, client_left())
    given, others = known_only(of_json(asked.get("decisions", [])), queue)
    reviewer = str(asked.get("reviewer") or "")
    found, ends = with_decisions(queue, site.graph.base, given, reviewer), (queue.left, queue.right)
    if work is not None:  # its rows were decided elsewhere, and are judged as those of a table are
        found = _judged(found, site, ends, reviewer)
    return found, ends, others


def _judged(
    found: MappingSet, site: Site, ends: tuple[Framework, ...], reviewer: str
) -> MappingSet:
    """Return a table with its decisions marked; ParameterError for one that cannot be meant."""
    parts = Parts.of(site.graph, [item.iri for item in ends])
    name = " ".join(reviewer.split()) or None
    return reviewed(found, date=date.today(), reviewer=name, parts=parts)


def _wanted(asked: dict[str, Any]) -> Wanted:
    left, right = (asked.get(name) for name in ("left", "right"))
    per_part = asked.get("per_part") or Wanted.per_part
    if not (isinstance(left, str) and isinstance(right, str) and isinstance(per_part, int)):
        raise BadRequest("left and right are the IRIs of frameworks, per_part is a number")
    return Wanted(left, right, per_part, bool(asked.get("contrasts")))


def _table(site: Site) -> tuple[MappingSet, tuple[Framework, ...], int]:
    """Return the table that is the body of a request."""
    names = [request.args.get(name, "").strip() for name in ("left", "right")]
    if not all(names):
        raise ParameterError("left", "name both frameworks in the address: left= and right=")
    ends = tuple(site.graph.framework(name) for name in names)
    if ends[0].iri == ends[1].iri:
        raise NotFound("alignments of a framework with itself", ends[0].iri)
    work = read_table("table.sssom.tsv", sent(MAX_SENT), site.graph.base)
    return _judged(work, site, ends, request.args.get("reviewer", "")), ends, 0


def _new(
    found: MappingSet, known: Iterable[Pair], ends: tuple[Framework, ...]
) -> tuple[MappingSet, int]:
    """Return the decisions between two frameworks that are not held yet, and how many are."""
    done = {tuple(sorted(pair)) for pair in known}
    ours, theirs = (parts_of(item) for item in ends)
    rows = [
        record
        for record in found.records
        if state_of(record) != TO_REVIEW and _between(pair_of(record), ours, theirs)
    ]
    new = tuple(record for record in rows if pair_of(record) not in done)
    return replace(found, records=new), len(rows) - len(new)


def _between(pair: Pair, ours: frozenset[str], theirs: frozenset[str]) -> bool:
    one, other = pair
    return (one in ours and other in theirs) or (one in theirs and other in ours)


def _named(found: MappingSet, iri: str) -> MappingSet:
    return replace(found, slots={**found.slots, "mapping_set_id": (iri,)})
