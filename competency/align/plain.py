"""Suggestions as plain values, so that one process can make them and another show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from competency.align.grading import Reason, Shared
from competency.align.statements import Statement
from competency.align.suggesting import Suggestion


def to_plain(suggestion: Suggestion) -> dict[str, Any]:
    """Return a suggestion as values that JSON can hold; see :func:`of_plain`.

    json.dumps([to_plain(item) for item in suggest(left, right)])
    """
    return {**asdict(suggestion), "reasons": [reason.name for reason in suggestion.reasons]}


def of_plain(plain: Mapping[str, Any]) -> Suggestion:
    """Return the suggestion that :func:`to_plain` made values of.

    >>> end = Statement("urn:a", "urn:f", "", "Bakes bread", "en")
    >>> found = Suggestion(end, end, "urn:p", 0.5, (), (Reason.SHARED,))
    >>> of_plain(to_plain(found)) == found
    True
    """
    return Suggestion(
        left=_statement(plain["left"]),
        right=_statement(plain["right"]),
        predicate=plain["predicate"],
        score=plain["score"],
        shared=tuple(_shared(item) for item in plain["shared"]),
        reasons=tuple(Reason[name] for name in plain["reasons"]),
    )


def _statement(plain: Mapping[str, Any]) -> Statement:
    return Statement(**{**plain, "place": tuple(plain["place"])})


def _shared(plain: Mapping[str, Any]) -> Shared:
    spans = {name: (plain[name][0], plain[name][1]) for name in ("left_at", "right_at")}
    return Shared(**{**plain, **spans})
