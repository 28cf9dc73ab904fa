"""What changed between two states of a framework, part by part, as people would say it.

Added, removed, moved, reworded, and every other property that is another now. A part is known by
its IRI. Only those that were moved past others count as moved; that all those behind them have
another position now is left unsaid.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from competency.graph.editions.described import (
    LABEL,
    PART_OF,
    POSITION,
    TEXT,
    Described,
    Said,
    name_of,
)
from competency.graph.store import NamedGraph
from competency.ontology import COMP, own_vocabulary

# What follows from other statements, and would only say them again.
_REPEATS = {str(COMP[name]) for name in ("hasPart", "within")}
_WORDS = (LABEL, TEXT)


@dataclass(frozen=True)
class PropertyChange:
    """A property with the values that went and those that came."""

    iri: str
    removed: tuple[Said, ...]
    added: tuple[Said, ...]

    @property
    def reworded(self) -> bool:
        """Say whether this is a title or text in other words."""
        return self.iri in _WORDS and bool(self.removed) and bool(self.added)


@dataclass(frozen=True)
class Place:
    """Where a part stands: under what, outermost first, and at which position.

    ``above`` has the IRI of each and its names in all languages.
    """

    above: tuple[tuple[str, tuple[Said, ...]], ...]
    position: str


@dataclass(frozen=True)
class ThingChange:
    """What changed with one thing.

    ``sorts`` are ``added``, ``removed``, ``moved``, ``reworded`` and ``changed``; ``titles`` its
    names in all languages, now or at last; ``below`` the parts that came or went together with it;
    ``words_now_at`` another part that has the words which this one had: places are what parts are
    known by, so what is put in between gives the words of each to the next.
    """

    iri: str
    kind: str | None
    titles: tuple[Said, ...]
    sorts: tuple[str, ...]
    place: Place
    before: Place | None = None
    properties: tuple[PropertyChange, ...] = ()
    below: tuple[ThingChange, ...] = ()
    words_now_at: str | None = None

    def is_under(self, iri: str) -> bool:
        """Say whether this is a thing, or was or is below it."""
        places = [self.place, *([self.before] if self.before else [])]
        return iri == self.iri or any(iri == name for place in places for name, _ in place.above)


@dataclass(frozen=True)
class Changes:
    """All that changed, in the order of the framework, and how many things of each sort.

    ``added`` and ``removed`` are the numbers of triples in the whole graph.
    """

    things: tuple[ThingChange, ...]
    counts: dict[str, int]
    added: int
    removed: int

    def __bool__(self) -> bool:
        return bool(self.things)

    def under(self, iri: str) -> Changes:
        """Return what changed with one part and those below it; triples are not counted then."""
        flat = [each for item in self.things for each in (item, *item.below)]
        found = tuple(item for item in flat if item.is_under(iri))
        return Changes(found, _counted(found), 0, 0)


SORTS = ("added", "removed", "moved", "reworded", "changed")


def changes_between(before: NamedGraph | None, after: NamedGraph | None) -> Changes:
    """Return what changed from one state of a graph to another; None is a graph not there.

    changes_between(one.graphs[name], other.graphs[name]).counts
    """
    return _Comparison(Described(before), Described(after)).changes()


class _Comparison:
    def __init__(self, old: Described, new: Described) -> None:
        self.old, self.new = old, new
        self._texts: dict[frozenset[str], str] = {}

    def changes(self) -> Changes:
        old, new = set(self.old.triples), set(self.new.triples)
        went, came = old - new, new - old
        touched = self.old.owners(name_of(triple.subject) for triple in went)
        touched |= self.new.owners(name_of(triple.subject) for triple in came)
        self._texts = {self._text(self.new, iri): iri for iri in sorted(touched, reverse=True)}
        moved = self._moved(touched)
        flat = [self._change(iri, moved) for iri in self._in_order(touched)]
        found = [change for change in flat if change.sorts]
        return Changes(tuple(self._gathered(found)), _counted(found), len(came), len(went))

    def _change(self, iri: str, moved: set[str]) -> ThingChange:
        sorts: list[str] = []
        if iri not in self.old.rows:
            sorts = ["added"]
        elif iri not in self.new.rows:
            sorts = ["removed"]
        state = self.new if iri in self.new.rows else self.old
        properties: tuple[PropertyChange, ...] = ()
        if not sorts:
            properties = self._properties(iri)
            sorts = self._sorts(iri in moved, properties)
        return ThingChange(
            iri=iri,
            kind=own_vocabulary().kind_of(state.types(iri)),
            titles=state.titles(iri),
            sorts=tuple(sorts),
            place=_place(state, iri),
            before=_place(self.old, iri) if "moved" in sorts else None,
            properties=properties,
            words_now_at=self._words_now_at(iri) if "reworded" in sorts else None,
        )

    def _words_now_at(self, iri: str) -> str | None:
        found = self._texts.get(self._text(self.old, iri))
        return found if found != iri and self._text(self.old, iri) else None

    @staticmethod
    def _text(state: Described, iri: str) -> frozenset[str]:
        """Return the texts of a part in all languages."""
        return frozenset(str(term) for term in state.rows.get(iri, {}).get(TEXT, ()))

    def _sorts(self, moved: bool, properties: Sequence[PropertyChange]) -> list[str]:
        said = {
            "moved": moved,
            "reworded": any(item.reworded for item in properties),
            "changed": any(not item.reworded for item in properties),
        }
        return [sort for sort, so in said.items() if so]

    def _properties(self, iri: str) -> tuple[PropertyChange, ...]:
        """Return the properties of a thing with other values; its place is told elsewhere."""
        old, new = self.old.values(iri), self.new.values(iri)
        found = []
        for name in sorted({*old, *new} - _REPEATS):
            before, after = old.get(name, {}), new.get(name, {})
            if name in (PART_OF, POSITION) and len(before) <= 1 and len(after) <= 1:
                continue
            removed = tuple(before[key] for key in before if key not in after)
            added = tuple(after[key] for key in after if key not in before)
            if removed or added:
                found.append(PropertyChange(name, removed, added))
        found.sort(key=lambda item: (item.iri not in _WORDS, item.iri))
        return tuple(found)

    def _moved(self, touched: set[str]) -> set[str]:
        """Return the parts that stand under something else now, or passed one of their siblings."""
        both = [iri for iri in touched if iri in self.old.rows and iri in self.new.rows]
        moved = {iri for iri in both if self.old.parent(iri) != self.new.parent(iri)}
        parents = {self.new.parent(iri) for iri in both} - {None}
        for parent in parents:
            places = {item: n for n, item in enumerate(self.old.children.get(str(parent), ()))}
            stay = [item for item in self.new.children.get(str(parent), ()) if item in places]
            moved |= set(stay) - _longest_rising(stay, places)
        return moved & set(both)

    def _in_order(self, touched: set[str]) -> list[str]:
        """Return what changed in the order of the new state, what is gone after its neighbour."""
        keys: dict[str, tuple[float, int]] = {}
        last = -1.0
        for iri, place in self.old.order.items():
            if iri in self.new.order:
                last = self.new.order[iri]
            elif iri in touched:
                keys[iri] = (last, place + 1)
        keys |= {iri: (self.new.order[iri], 0) for iri in touched if iri in self.new.order}
        return sorted(keys, key=lambda iri: keys[iri])

    def _gathered(self, flat: list[ThingChange]) -> list[ThingChange]:
        """Put what came or went together with what it stands under into that."""
        sorts = {item.iri: item.sorts for item in flat}
        heads: dict[str, list[ThingChange]] = {}
        found: list[ThingChange] = []
        for item in flat:
            if item.sorts[0] in ("added", "removed"):
                state = self.new if item.sorts[0] == "added" else self.old
                above = [iri for iri in state.above(item.iri) if sorts.get(iri) == item.sorts]
                if above and above[0] in heads:
                    heads[above[0]].append(item)
                    continue
                heads[item.iri] = []
            found.append(item)
        return [replace(item, below=tuple(heads.get(item.iri, ()))) for item in found]


def _counted(flat: Sequence[ThingChange]) -> dict[str, int]:
    return {sort: sum(1 for item in flat if sort in item.sorts) for sort in SORTS}


def _place(state: Described, iri: str) -> Place:
    above = tuple((item, state.titles(item)) for item in state.above(iri) if item in state.rows)
    return Place(above, state.position(iri))


def _longest_rising(items: Sequence[str], places: dict[str, int]) -> set[str]:
    """Return the most items that kept their order; the others passed one of them."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, item in enumerate(items):
        at = bisect_left(tails, places[item])
        previous.append(ends[at - 1] if at else -1)
        tails[at:at + 1] = [places[item]]  # fmt: skip
        ends[at:at + 1] = [number]  # fmt: skip
    kept: set[str] = set()
    here = ends[-1] if ends else -1
    while here >= 0:
        kept.add(items[here])
        here = previous[here]
    return kept
