"""Which framework each competency belongs to, and where in the tree it stands."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rdflib import URIRef
from rdflib.term import Node

from competency.exchange.case.context import Remarks
from competency.exchange.ctdl_asn.facts import Facts
from competency.exchange.imported import Kept

COMPETENCIES = ("ceasn:Competency",)
FRAMEWORKS = ("ceasn:CompetencyFramework", "ceterms:Collection")
_BELOW = ("ceasn:hasTopChild", "ceasn:hasChild", "ceterms:hasMember")
_DIGITS = re.compile(r"(\d+)")


@dataclass
class Whole:
    """A framework: what it is called, what is in it, and what stands under what, in order."""

    root: URIRef
    stated: bool  # whether the file describes it
    members: list[URIRef] = field(default_factory=list)
    children: dict[URIRef, list[URIRef]] = field(default_factory=dict)

    def in_order(self) -> Iterator[tuple[URIRef, URIRef, int]]:
        """Yield each member with its parent and its place there, parents first."""
        waiting = [(child, self.root, n) for n, child in _numbered(self.children, self.root)]
        while waiting:
            member, parent, number = waiting.pop()
            yield member, parent, number
            below = _numbered(self.children, member)
            waiting += [(child, member, n) for n, child in below]


def _numbered(children: dict[URIRef, list[URIRef]], parent: URIRef) -> list[tuple[int, URIRef]]:
    return list(enumerate(children.get(parent, ()), 1))[::-1]


def frameworks(
    facts: Facts, otherwise: URIRef, place: Callable[[Node], str], remarks: Remarks
) -> list[Whole]:
    """Return the frameworks of a file with their members; ``otherwise`` is one nobody names."""
    stated = [node for node in facts.of_type(FRAMEWORKS[0]) if isinstance(node, URIRef)]
    members = [node for node in facts.of_type(*COMPETENCIES) if isinstance(node, URIRef)]
    members = [node for node in members if node not in stated]
    if not stated and members:
        stated = [node for node in facts.of_type(FRAMEWORKS[1]) if isinstance(node, URIRef)]
    found = {node: Whole(node, stated=True) for node in stated}
    owners = _Owners(facts, stated, members, otherwise)
    for member in members:
        root = owners.of(member)
        found.setdefault(root, Whole(root, stated=False)).members.append(member)
    if not found and facts.of_type("ceasn:Rubric"):
        found[otherwise] = Whole(otherwise, stated=False)
    for whole in found.values():
        _Tree(facts, whole, place, remarks).build()
    return list(found.values())


class _Owners:
    """Finds the framework of a competency: what it says, or what those above it say."""

    def __init__(
        self, facts: Facts, stated: list[URIRef], members: list[URIRef], otherwise: URIRef
    ) -> None:
        self.facts, self.stated = facts, dict.fromkeys(stated)
        self.members = dict.fromkeys(members)
        self.otherwise = stated[0] if stated else otherwise
        self.above: dict[Node, list[Node]] = {}
        for node in (*stated, *members):
            for child in facts.values(node, *_BELOW):
                self.above.setdefault(child, []).append(node)
        self._known: dict[Node, URIRef] = {}

    def of(self, member: URIRef) -> URIRef:
        """Return the framework of a member; what was met on the way up is remembered."""
        met: list[Node] = []
        waiting: deque[Node] = deque([member])
        seen: set[Node] = set()
        found: URIRef | None = None
        while waiting and found is None:
            node = waiting.popleft()
            if node not in seen:
                seen.add(node)
                met.append(node)
                found = self._known.get(node) or self._said(node)
                waiting += self.facts.values(node, "ceasn:isChildOf")
                waiting += self.above.get(node, ())
        root = found or self.otherwise
        self._known |= dict.fromkeys(met, root)
        return root

    def _said(self, node: Node) -> URIRef | None:
        if node in self.stated:
            return URIRef(str(node))
        said = self.facts.values(node, "ceasn:isPartOf", "ceasn:isTopChildOf")
        links = [value for value in said if isinstance(value, URIRef) and value not in self.members]
        return next((link for link in links if link in self.stated), next(iter(links), None))


class _Tree:
    """Puts the members of a framework under each other, and takes away what says so."""

    def __init__(
        self, facts: Facts, whole: Whole, place: Callable[[Node], str], remarks: Remarks
    ) -> None:
        self.facts, self.whole, self.place, self.remarks = facts, whole, place, remarks
        self.members = {node: place for place, node in enumerate(whole.members)}
        self.listed: dict[Node, dict[Node, int]] = {}
        self.lists: dict[Node, list[URIRef]] = {}
        for node in (whole.root, *whole.members):
            below = facts.values(node, *_BELOW)
            self.listed[node] = {child: place for place, child in enumerate(below)}
            for child in self.listed[node]:
                self.lists.setdefault(child, []).append(node)

    def build(self) -> None:
        """Fill in the children of the framework."""
        parents = {node: self._parent(node) for node in self.whole.members}
        self._cut_circles(parents)
        for node, parent in parents.items():
            self.whole.children.setdefault(parent, []).append(node)
        for parent, below in self.whole.children.items():
            places = self.listed.get(parent, {})
            below.sort(key=lambda child: self._place(child, places))
        for node, parent in parents.items():
            self._consume(node, parent)
        for node in (self.whole.root, *self.whole.members):
            self._consume_lists(node)

    def _parent(self, node: URIRef) -> URIRef:
        root = self.whole.root
        said = self.facts.values(node, "ceasn:isChildOf")
        inside = [value for value in said if value in self.members and value != node]
        if inside:
            return URIRef(str(inside[0]))
        if root in said or self.facts.values(node, "ceasn:isTopChildOf"):
            return root
        listing = [other for other in self.lists.get(node, ()) if other != node]
        if listing:
            return listing[0]
        what = "a competency stands under nothing, and so at the top, in the order of the file"
        self.remarks.add(Kept.odd, self.place(node), what)
        return root

    def _cut_circles(self, parents: dict[URIRef, URIRef]) -> None:
        sure: set[URIRef] = {self.whole.root}
        for start in parents:
            path: dict[URIRef, None] = {}
            node = start
            while node not in sure and node not in path:
                path[node] = None
                node = parents[node]
            if node not in sure:
                parents[node] = self.whole.root
                what = "going up from a competency leads back to it; it is put at the top"
                self.remarks.add(Kept.odd, self.place(node), what)
            sure.update(path)

    def _place(self, child: URIRef, places: dict[Node, int]) -> tuple[object, ...]:
        if child in places:
            return (0, places[child])
        numbers = [str(value) for value in self.facts.values(child, "ceasn:listID")]
        if numbers:
            return (1, natural(numbers[0]), self.members[child])
        return (2, self.members[child])

    def _consume(self, node: URIRef, parent: URIRef) -> None:
        """Forget what comp:partOf says; tell what is left."""
        facts, root = self.facts, self.whole.root
        facts.drop(node, "ceasn:isPartOf", root)
        if parent != root:
            facts.drop(node, "ceasn:isChildOf", parent)
        else:
            facts.drop(node, "ceasn:isTopChildOf", root)
            if facts.drop(node, "ceasn:isChildOf", root):
                what = "isChildOf leads to the framework; it is written isTopChildOf"
                self.remarks.add(Kept.odd, self.place(node), what)
        for name in ("isPartOf", "isChildOf", "isTopChildOf"):
            if facts.values(node, f"ceasn:{name}"):
                what = f"a second or dangling {name} is kept, and does not count for the tree"
                self.remarks.add(Kept.odd, self.place(node), what)

    def _consume_lists(self, node: URIRef) -> None:
        below = set(self.whole.children.get(node, ()))
        for name in _BELOW:
            found = self.facts.take(node, name)
            rest = [child for child in found if child not in below]
            self.facts.keep(node, name, *rest)
            local = name.partition(":")[2]
            if rest:
                what = f"{local} leads to what is no child here; it is kept, and does not count"
                self.remarks.add(Kept.odd, self.place(node), what)
            if name == "ceasn:hasChild" and node == self.whole.root and len(rest) < len(found):
                what = "hasChild of a framework is written hasTopChild"
                self.remarks.add(Kept.odd, self.place(node), what)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts printed numbers as people count.

    >>> sorted(["10", "9", "2.10", "2.9"], key=natural)
    ['2.9', '2.10', '9', '10']
    """
    steps = (step for step in _DIGITS.split(text) if step)
    return tuple(
        (0, int(step), "") if step.isascii() and step.isdigit() and len(step) < 19 else (1, 0, step)
        for step in steps
    )
