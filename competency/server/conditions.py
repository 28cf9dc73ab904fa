"""Conditions on a write, as a request sends them: If-Match and If-None-Match (RFC 9110, 13.1)."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.datastructures import ETags
from werkzeug.http import parse_etags

from competency.errors import PreconditionFailed
from competency.sparql.conditions import ANYTHING


def conditions() -> dict[str, Any]:
    """Return the conditions of the request as the head of a write has them; most have none.

    A weak tag never matches for If-Match, and as well as a strong one for If-None-Match.
    """
    found: dict[str, Any] = {}
    if (header := request.headers.get("If-Match")) is not None:
        found["if_match"] = _tags(parse_etags(header), weak=False)
    if (header := request.headers.get("If-None-Match")) is not None:
        found["if_none_match"] = _tags(parse_etags(header), weak=True)
    return found


def refuse_match(what: str) -> None:
    """Refuse If-Match at an address that nobody reads: no tag is that of what is there."""
    if "If-Match" in request.headers:
        reason = "has no ETag, so If-Match is never met; send it to the address of one graph"
        raise PreconditionFailed(what, reason)


def _tags(tags: ETags, *, weak: bool) -> str | list[str]:
    return ANYTHING if tags.star_tag else sorted(tags.as_set(include_weak=weak))
