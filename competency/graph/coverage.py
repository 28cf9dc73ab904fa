"""How much of one framework another one covers: in all, at each level, in each group and branch.

Each part that asks something stands in one of four states, by the best match that it has itself:

- ``full``: a match that says the same or nearly the same, or a part that is broader than it;
- ``part``: at best a part that is narrower than it, which asks only some of it;
- ``touched``: at best a related part;
- ``none``: no match, which is a gap.

So one alignment can say two things: the broader of two parts covers the narrower one in full, and
is covered by it in part. Opposites never cover. Headings, notes, scope, lead-ins and empty fields
are not counted, and a part is not covered because those above or below it are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from competency.errors import NotFound
from competency.graph.alignments import Alignment
from competency.graph.comparison import Comparison, Grouping, Side, compare
from competency.graph.views import Framework, Item, Part
from competency.ontology import PREFIXES

_SKOS = PREFIXES["skos"]
_LEVELS = ("atLevel", "qualificationLevel")


class Extent(StrEnum):
    """How far a part is covered, the furthest first."""

    full = "full"
    part = "part"
    touched = "touched"
    none = "none"

    def reaches(self, least: Extent) -> bool:
        """Say whether this is as much as ``least`` or more.

        >>> Extent.part.reaches(Extent.touched), Extent.part.reaches(Extent.full)
        (True, False)
        """
        return _ORDER[self] <= _ORDER[least]


_ORDER = {extent: place for place, extent in enumerate(Extent)}
# By what the covering part says of the covered one: narrowMatch says that the latter is narrower.
_EXTENTS = {
    _SKOS + "exactMatch": Extent.full,
    _SKOS + "closeMatch": Extent.full,
    _SKOS + "narrowMatch": Extent.full,
    _SKOS + "broadMatch": Extent.part,
    _SKOS + "relatedMatch": Extent.touched,
}


def extent_of(predicate: str) -> Extent:
    """Return how far the subject of an alignment covers its object; an opposite does not.

    >>> extent_of(_SKOS + "narrowMatch"), extent_of(_SKOS + "broadMatch")
    (<Extent.full: 'full'>, <Extent.part: 'part'>)
    """
    return _EXTENTS.get(predicate, Extent.none)


@dataclass(frozen=True)
class Covered:
    """A part, how far it is covered, and by which alignments, the best first.

    The alignments are seen from the covering framework: their object is the part.
    """

    part: Part
    extent: Extent
    alignments: tuple[Alignment, ...] = ()

    @property
    def relation(self) -> str | None:
        """Return the best relation that a part of the covering framework has to this one."""
        return self.alignments[0].predicate if self.alignments else None


@dataclass(frozen=True)
class Share:
    """Some parts, and how many of them are covered how far.

    ``full + part + touched + gaps`` is ``total``; ``covered`` counts those with any match, as a
    comparison does.
    """

    parts: tuple[Covered, ...]

    @cached_property
    def _counts(self) -> Counter[Extent]:
        return Counter(item.extent for item in self.parts)

    @property
    def total(self) -> int:
        """Return how many parts there are."""
        return len(self.parts)

    @property
    def full(self) -> int:
        """Return how many are covered in full."""
        return self._counts[Extent.full]

    @property
    def part(self) -> int:
        """Return how many are covered only in part."""
        return self._counts[Extent.part]

    @property
    def touched(self) -> int:
        """Return how many are at best related to something."""
        return self._counts[Extent.touched]

    @property
    def gaps(self) -> int:
        """Return how many have no match."""
        return self._counts[Extent.none]

    @property
    def covered(self) -> int:
        """Return how many have any match."""
        return self.total - self.gaps

    def at_least(self, least: Extent) -> int:
        """Return how many are covered as far as ``least`` or further.

        share.at_least(Extent.full)
        """
        return sum(self._counts[extent] for extent in Extent if extent.reaches(least))

    def of_extent(self, extent: Extent) -> tuple[Covered, ...]:
        """Return the parts that are covered just so far; ``Extent.none`` gives the gaps."""
        return tuple(item for item in self.parts if item.extent is extent)


@dataclass(frozen=True)
class AtLevel:
    """The parts at one level; ``iri`` and ``title`` are None for those that stand at none."""

    iri: str | None
    title: str | None
    rank: int | None
    share: Share


@dataclass(frozen=True)
class InGroup:
    """The parts in one group of a comparison; the head is the framework for those in none."""

    head: Item
    share: Share


@dataclass(frozen=True)
class Coverage:
    """How much of the framework ``covered`` the framework ``covering`` covers."""

    covering: Framework
    covered: Framework
    whole: Share
    levels: tuple[AtLevel, ...]
    groups: tuple[InGroup, ...]

    @property
    def gaps(self) -> tuple[Part, ...]:
        """Return the parts without a match, in order."""
        return tuple(item.part for item in self.whole.of_extent(Extent.none))

    @cached_property
    def branches(self) -> dict[str, Share]:
        """Return what the framework holds, and what each part that has parts below it holds.

        A branch counts its head too, where that asks something; one where nothing asks is left out.
        """
        found: dict[str, list[Covered]] = defaultdict(list, {self.covered.iri: []})
        parents = _parents(self.covered)
        heads = set(parents.values())
        for item in self.whole.parts:
            for iri in (item.part.iri, *_above(parents, item.part.iri)):
                if iri in heads:
                    found[iri].append(item)
        return {iri: Share(tuple(parts)) for iri, parts in found.items()}


def coverage(covering: Framework, covered: Framework) -> Coverage:
    """Return how much of one framework another one of the same knowledge graph covers.

    >>> from competency import KnowledgeGraph
    >>> graph = KnowledgeGraph.shipped()
    >>> found = coverage(graph.framework("wcc-behaviours"), graph.framework("pub-cscf"))
    >>> [level.title for level in found.levels]
    ['Base', 'Higher levels', None]
    >>> found.whole.total == sum(level.share.total for level in found.levels)
    True
    """
    return coverages(compare(covering, covered))[0]


def coverages(found: Comparison) -> tuple[Coverage, Coverage]:
    """Return how the left of a comparison covers the right, and how the right covers the left."""
    turned = [item.turned() for item in found.matches]
    return (
        _coverage(found.left, found.right, found.matches),
        _coverage(found.right, found.left, turned),
    )


def _coverage(covering: Side, covered: Side, matches: Iterable[Alignment]) -> Coverage:
    by_part: dict[str, list[Alignment]] = defaultdict(list)
    for item in matches:
        by_part[item.object].append(item)
    groups = tuple(InGroup(group.head, _share(group, by_part)) for group in covered.groups)
    order = {part.iri: place for place, part in enumerate(covered.framework.walk())}
    parts = [item for group in groups for item in group.share.parts]
    parts.sort(key=lambda item: order[item.part.iri])
    return Coverage(
        covering=covering.framework,
        covered=covered.framework,
        whole=Share(tuple(parts)),
        levels=tuple(_at_levels(covered.framework, parts)),
        groups=groups,
    )


def _share(group: Grouping, by_part: dict[str, list[Alignment]]) -> Share:
    return Share(tuple(_covered(part, by_part.get(part.iri, [])) for part in group.parts))


def _covered(part: Part, found: list[Alignment]) -> Covered:
    best = sorted(found, key=lambda item: (_ORDER[extent_of(item.predicate)], item.strength))
    return Covered(part, extent_of(best[0].predicate) if best else Extent.none, tuple(best))


# ------------------------------------------------------------------ levels


def _at_levels(framework: Framework, parts: Iterable[Covered]) -> Iterator[AtLevel]:
    """Yield the levels in order, lowest first, then what stands at none; each has parts."""
    known = levels_of(framework)
    found: dict[str | None, list[Covered]] = defaultdict(list)
    for item in parts:
        for level in known.get(item.part.iri) or (None,):
            found[level].append(item)
    rows = [_at_level(framework, level, items) for level, items in found.items() if level]
    yield from sorted(rows, key=_in_scale)
    if None in found:
        yield AtLevel(None, None, None, Share(tuple(found[None])))


def levels_of(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Return the levels of each part that stands at one: its own, or those of the nearest above.

    A part that states several, such as one for each country, stands at each of them.
    """
    found: dict[str, tuple[str, ...]] = {}
    for item in (framework, *framework.walk()):
        own = dict.fromkeys(str(node) for name in _LEVELS for node in item.values(name))
        if own:
            found[item.iri] = tuple(own)
            continue
        above = str(item.value("partOf")) if isinstance(item, Part) else ""
        if above in found:
            found[item.iri] = found[above]
    return found


def _at_level(framework: Framework, iri: str, parts: list[Covered]) -> AtLevel:
    try:
        level = framework.home.resource(iri)
    except NotFound:
        return AtLevel(iri, iri.rstrip("/#").rpartition("/")[2], None, Share(tuple(parts)))
    return AtLevel(iri, level.title, level.number("rank"), Share(tuple(parts)))


def _in_scale(level: AtLevel) -> tuple[bool, int, str, str]:
    return level.rank is None, level.rank or 0, level.title or "", level.iri or ""


def _parents(framework: Framework) -> dict[str, str]:
    """Return what stands directly above each part."""
    found: dict[str, str] = {}
    for item in (framework, *framework.walk()):
        for child in item.parts:
            found.setdefault(child.iri, item.iri)
    return found


def _above(parents: dict[str, str], iri: str) -> Iterator[str]:
    """Yield all that stands above a part, the nearest first; a cycle ends it."""
    seen = {iri}
    while (iri := parents.get(iri, "")) and iri not in seen:
        seen.add(iri)
        yield iri
