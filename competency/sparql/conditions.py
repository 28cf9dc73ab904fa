"""Conditions of a write: what is there must be what the client last saw (RFC 9110, section 13.1).

They are looked at where the write is made, while no other can be: of two clients that send the
same tag only one writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import Any

from competency.errors import ConversionError, PreconditionFailed
from competency.formats import RDF_SYNTAXES
from competency.graph import NamedGraph, serialize

_MISSING = "is not there, and If-Match asks for it"
ANYTHING = "*"
Condition = str | Collection[str]  # ANYTHING, or entity tags without their quotes


def refuse_unmet(head: dict[str, Any], read: Callable[[], NamedGraph | None]) -> None:
    """Raise PreconditionFailed where a graph is not as the conditions of a write ask for.

    They are ``if_match`` and ``if_none_match`` of ``head``; ``read`` gives the graph as it is now,
    None where there is none, and is asked only where there are conditions.

        refuse_unmet({"graph": iri, "if_match": "*"}, lambda: draft.before(iri))
    """
    match, none = head.get("if_match"), head.get("if_none_match")
    if match is None and none is None:
        return
    name, graph = head["graph"], read()
    if match is not None and not _holds(match, graph):
        reason = "has changed: If-Match names none of the ETags that it has now"
        raise PreconditionFailed(name, reason if graph is not None else _MISSING)
    if none is not None and _holds(none, graph):
        reason = "is there already" if none == ANYTHING else "has an ETag that it names"
        raise PreconditionFailed(name, f"{reason}, and If-None-Match asks that it be not so")


def _holds(condition: Condition, graph: NamedGraph | None) -> bool:
    """Say whether a graph is there and, unless anything will do, has one of the tags."""
    if graph is None or condition == ANYTHING:
        return graph is not None
    return any(tag in condition for tag in _entity_tags(graph))


def _entity_tags(graph: NamedGraph) -> Iterator[str]:
    """Yield the entity tag of a graph in each syntax, as the server sends it with the bytes."""
    for syntax in RDF_SYNTAXES:
        with suppress(ConversionError):
            yield hashlib.sha256(serialize(graph, syntax)).hexdigest()
