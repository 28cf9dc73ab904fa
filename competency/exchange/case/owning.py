"""Which object of a package carries what CASE has no field for, and names for blank nodes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from hashlib import sha256

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.terms import Row, term

_ROUNDS = 4


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


def blank_names(rows: Iterable[Row]) -> Callable[[BNode], str]:
    """Return what names blank nodes by what is said of them, not by the names they came with."""
    about: dict[BNode, list[tuple[str, Node]]] = {}
    for thing, prop, value in rows:
        if isinstance(thing, BNode):
            about.setdefault(thing, []).append((f"+{prop}", value))
        if isinstance(value, BNode):
            about.setdefault(value, []).append((f"-{prop}", thing))
    marks: dict[Node, str] = dict.fromkeys(about, "")
    for _ in range(_ROUNDS):
        marks = {
            node: _digest(f"{prop} {_mark(value, marks)}" for prop, value in said)
            for node, said in about.items()
        }
    order = sorted(about, key=lambda node: (marks[node], str(node)))
    names = {node: f"b{number}" for number, node in enumerate(order, 1)}
    return lambda node: names.setdefault(node, f"b{len(names) + 1}")


def _mark(value: Node, marks: dict[Node, str]) -> str:
    return marks.get(value, "") if isinstance(value, BNode) else value.n3()


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(sorted(parts)).encode()).hexdigest()


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
