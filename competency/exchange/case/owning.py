"""Which object of a package carries what CASE has no field for, and what alignments relate."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.terms import Row, term


def owners(
    rows: Iterable[Row], objects: Iterable[URIRef], root: URIRef, alignments: dict[Node, URIRef]
) -> Callable[[Node], URIRef]:
    """Return what gives the object in which things are described.

    An object describes itself; what only one object leads to is described there, and the rest
    with the document. ``alignments`` says which association an alignment belongs to.
    """
    held = dict.fromkeys(objects)
    leads: dict[Node, list[Node]] = {}
    for thing, _, value in rows:
        if not isinstance(value, Literal) and value not in held:
            leads.setdefault(thing, []).append(value)
    found: dict[Node, URIRef] = dict(alignments)
    waiting: deque[tuple[Node, URIRef]] = deque((thing, thing) for thing in held if thing != root)
    waiting.extend(alignments.items())
    while waiting:
        thing, owner = waiting.popleft()
        for value in leads.get(thing, ()):
            before = found.get(value)
            if before is None:
                found[value] = owner
                waiting.append((value, owner))
            elif before not in (owner, root):
                found[value] = root
                waiting.append((value, root))

    def owner_of(thing: Node) -> URIRef:
        if isinstance(thing, URIRef) and thing in held:
            return thing
        return found.get(thing, root)

    return owner_of


def alignment_ends(rows: Iterable[Row]) -> dict[Node, tuple[Node, Node, Node]]:
    """Return alignments with what they relate: source, property and target."""
    names = [term(f"owl:annotated{end}") for end in ("Source", "Property", "Target")]
    found: dict[Node, dict[Node, Node]] = {}
    for thing, prop, value in rows:
        if prop in names:
            found.setdefault(thing, {})[prop] = value
    return {
        thing: (ends[names[0]], ends[names[1]], ends[names[2]])
        for thing, ends in found.items()
        if len(ends) == len(names)
    }
