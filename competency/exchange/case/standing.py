"""Where the items of a package stand: in the tree, in a scale, or where they had to be put."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from competency.exchange.case.arranging import Arranged, Edge, arrange
from competency.exchange.case.context import Context, Object, Piece
from competency.exchange.case.describing import place
from competency.exchange.case.fields import case
from competency.exchange.case.linking import Association, number_of
from competency.exchange.imported import Kept
from competency.exchange.terms import term

_NO_PARTS = ("Level", "LevelScale")
_LABEL, _INFERRED = term("rdfs:label"), term("comp:inferred")


@dataclass
class Standing:
    """The tree of a package, and its associations with their places in it."""

    arranged: Arranged
    associations: list[Association]

    def orphans(self) -> list[URIRef]:
        """Return the items that stand under the framework for want of a parent, in order."""
        return [*self.arranged.orphans, *self.arranged.turning]


def stand(
    items: dict[URIRef, Object], associations: Sequence[Association], ctx: Context
) -> Standing:
    """Return where items stand, by their isChildOf associations.

    Kinds that follow from the place are put right in the context: a level of a scale needs its
    scale, and what is only called a level needs something that it is a level of.
    """
    inside = [one.kind == "isChildOf" and one.origin in items for one in associations]
    if not ctx.ours:
        _demote(associations, inside, ctx)
    parts = [iri for iri in items if ctx.kinds[iri] not in _NO_PARTS]
    holders = {ctx.root, *parts}
    edges = [
        Edge(one.origin, one.destination, number_of(one.found), index)
        for index, one in enumerate(associations)
        if inside[index] and one.origin is not None and one.destination in holders
        and one.destination is not None
    ]  # fmt: skip
    arranged = arrange(parts, ctx.root, edges, lambda iri: _marks(items[iri]), kept=ctx.ours)
    found = Standing(arranged, list(associations))
    scaled: set[URIRef] = set()
    for index, one in enumerate(associations):
        if one.origin is None or not inside[index]:
            continue
        if arranged.chosen(index):
            found.associations[index] = _placed(one, arranged.position[one.origin])
        elif one.origin not in scaled and _is_step(one, ctx):
            scaled.add(one.origin)
            found.associations[index] = _placed(one, number_of(one.found) or 0)
    return found


def _placed(one: Association, position: int) -> Association:
    return Association(one.iri, one.found, one.where, one.origin, one.destination, position)


def _is_step(one: Association, ctx: Context) -> bool:
    """Say whether an association puts a level into its scale, or a scale into the framework."""
    if one.origin is None or one.destination is None:
        return False
    kind = ctx.kinds.get(one.origin)
    if kind == "LevelScale":
        return one.destination == ctx.root
    return kind == "Level" and ctx.kinds.get(one.destination) == "LevelScale"


def _demote(associations: Sequence[Association], inside: list[bool], ctx: Context) -> None:
    """Let levels without a scale be competencies, as items of an unknown type are."""
    steps = {one.origin for one, is_in in zip(associations, inside, strict=True)
             if is_in and one.origin is not None and _is_step(one, ctx)}  # fmt: skip
    for iri, kind in ctx.kinds.items():
        if kind in _NO_PARTS and iri not in steps:
            ctx.kinds[iri] = "Competency"


def _marks(found: Object) -> tuple[str, str]:
    marks = found.get("listEnumeration"), found.get("humanCodingScheme")
    first, second = (mark.strip() if isinstance(mark, str) else "" for mark in marks)
    return first, second


def put(iri: URIRef, position: int, ctx: Context) -> Iterator[Piece]:
    """Yield where an item stands that has no parent in the file: under the framework."""
    for _, subject, prop, value in place(iri, ctx.root, position):
        yield "parent", subject, prop, value
    yield "parent", iri, _INFERRED, term("comp:partOf")
    yield "parent", iri, term("comp:notStated"), case("isChildOf")


def tell(standing: Standing, where: dict[URIRef, str], ctx: Context) -> None:
    """Remark what had to be decided about the tree."""
    add, arranged = ctx.remarks.add, standing.arranged
    for iri in arranged.orphans:
        add(
            Kept.odd, where[iri], "it stands under nothing in this file, and so under the framework"
        )
    for iri in arranged.turning:
        what = "it stands under itself in a circle; here it stands under the framework"
        add(Kept.odd, where[iri], what)
    for iri in arranged.many:
        what = (
            "it has several parents; it stands under the first, the others are kept as associations"
        )
        add(Kept.odd, where[iri], what)
    for one in standing.associations:
        for name, end in (("originNodeURI", one.origin), ("destinationNodeURI", one.destination)):
            if end is None:
                add(Kept.odd, f"{one.where}/{name}", "it leads to nothing; it is kept as it is")


# ---------------------------------------------------------------- what is only called a level


def settle_levels(standing: Standing, ctx: Context) -> list[URIRef]:
    """Return the items called levels, of which CASE says no level; those at the top are none."""
    if ctx.ours:
        return []
    found = [iri for iri in standing.arranged.position if ctx.kinds[iri] == "CompetencyLevel"]
    skilled = {
        one.origin for one in standing.associations
        if one.kind == "hasSkillLevel" and one.destination is not None
        and ctx.kinds.get(one.destination) == "Level"
    }  # fmt: skip
    above = standing.arranged.above
    for iri in found:
        if iri not in skilled and (iri not in above or above[iri].parent == ctx.root):
            ctx.kinds[iri] = "Competency"
    return [iri for iri in found if iri not in skilled and ctx.kinds[iri] == "CompetencyLevel"]


def level_pieces(levels: Iterable[URIRef], standing: Standing, ctx: Context) -> Iterator[Piece]:
    """Yield a scale for items that are only called levels: first level, second level, and so on."""
    scale, name = URIRef(f"{ctx.root}/levels"), "levels"
    ranks: dict[URIRef, int] = {}
    counts: dict[URIRef, int] = {}
    for iri in sorted(levels, key=lambda one: (standing.arranged.position[one], one)):
        parent = standing.arranged.above[iri].parent
        ranks[iri] = counts[parent] = counts.get(parent, 0) + 1
    if not ranks:
        return
    yield name, scale, term("rdf:type"), term("comp:LevelScale")
    yield name, scale, _LABEL, Literal("Levels", lang="en")
    yield name, scale, _INFERRED, _LABEL
    yield name, scale, term("comp:notStated"), term("comp:cumulative")
    for rank in range(1, max(ranks.values()) + 1):
        level = URIRef(f"{scale}/{rank}")
        yield name, level, term("rdf:type"), term("comp:Level")
        yield name, level, _LABEL, Literal(f"Level {rank}", lang="en")
        yield name, level, term("comp:inScale"), scale
        yield name, level, term("comp:rank"), Literal(rank)
        yield name, level, _INFERRED, _LABEL
        yield name, level, _INFERRED, term("comp:rank")
    for iri, rank in ranks.items():
        yield name, iri, term("comp:atLevel"), URIRef(f"{scale}/{rank}")
        yield name, iri, _INFERRED, term("comp:atLevel")
