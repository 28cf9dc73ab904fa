"""What became of a row: a suggestion to review, an alignment, or one that somebody refused.

SSSOM has no slot for it, so it is an extension slot; no status is that of an alignment.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from rdflib import Literal
from rdflib.term import Node

from competency.graph.sssom.model import Extension, MappingSet, Record
from competency.ontology import PREFIXES, expand

STATUS = "status"
REVIEW_STATUS = expand("comp:reviewStatus")
EXTENSION = Extension(REVIEW_STATUS)


class Status(StrEnum):
    """What became of a row."""

    to_review = "to review"
    accepted = "accepted"
    refused = "refused"


_KNOWN = frozenset(Status)
_NOT = ("Not", PREFIXES["sssom"] + "NegatedPredicate")
_AXIOM = expand("owl:Axiom")
_TYPES = {
    Status.to_review: (expand("comp:SuggestedAlignment"),),
    Status.accepted: (expand("comp:Alignment"), _AXIOM),
    Status.refused: (expand("comp:RefusedAlignment"),),
}


def status_of(found: MappingSet, record: Record) -> Status:
    """Return the status of a record: refused where it is denied (``Not``), else as it says.

    >>> status_of(MappingSet({}), Record({"predicate_modifier": ("Not",)}))
    <Status.refused: 'refused'>
    """
    if record.get("predicate_modifier"):
        return Status.refused
    name = status_slot(found)
    text = record.get(name) if name else ""
    return Status(text) if text in _KNOWN else Status.accepted


def status_slot(found: MappingSet) -> str | None:
    """Return what the slot of the status is called in a set, None where there is none.

    >>> status_slot(MappingSet({}, extensions={"status": EXTENSION}))
    'status'
    """
    names = (name for name, item in found.extensions.items() if item.property == REVIEW_STATUS)
    return min(names, default=None)


def types_of(status: Status) -> tuple[str, ...]:
    """Return the classes of the node of a record in RDF."""
    return _TYPES[status]


def status_fault(text: str, denied: str) -> str | None:
    """Return what is wrong with a status, and how to mend it, or None.

    >>> status_fault("yes", "")
    "'yes' is no status; write one of: to review, accepted, refused"
    """
    if text not in _KNOWN:
        return f"{text[:60]!r} is no status; write one of: {', '.join(Status)}"
    if denied and text != Status.refused:
        return f"predicate_modifier says Not, which is refused, and the status {text}; clear one"
    return None


def fits(terms: Sequence[Node], modifiers: Sequence[Node]) -> bool:
    """Say whether what a graph says of a node is a status that a table would say so."""
    texts = [str(term) for term in terms if isinstance(term, Literal)]
    if len(terms) != 1 or len(texts) != 1 or texts[0] not in _KNOWN:
        return False
    denied = any(str(term) in _NOT for term in modifiers)
    return denied == (texts[0] == Status.refused)
