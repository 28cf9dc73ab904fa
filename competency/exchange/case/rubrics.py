"""Rubrics of CASE as parts of the framework: groups of criteria, each with a text for each level.

A rubric is a comp:Group behind the items at the top, a criterion a comp:AssessmentCriterion below
it, and what a criterion says of a level a comp:Descriptor below that, at a level of the rubric's
own scale. The class of CASE is stated beside ours, so that they go back as what they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rdflib import Literal, URIRef

from competency.exchange.case.context import Context, Object, Piece
from competency.exchange.case.describing import common, place, true
from competency.exchange.case.fields import Field, Sort, case
from competency.exchange.case.kinds import is_required
from competency.exchange.case.values import is_absent, is_whole, json_literal, verbatim, words
from competency.exchange.terms import term

ITEM = Field("CFItemURI", case("CFItemURI"), Sort.link)
_TYPE, _LABEL, _NOT_STATED = term("rdf:type"), term("rdfs:label"), term("comp:notStated")
_INFERRED = term("comp:inferred")
# Of each object: our class, the field that is its title, and the array of what is below it.
LAYERS = {
    "CFRubric": ("Group", "title", "CFRubricCriteria"),
    "CFRubricCriterion": ("AssessmentCriterion", "category", "CFRubricCriterionLevels"),
    "CFRubricCriterionLevel": ("Descriptor", "quality", ""),
}
_BELOW = {"CFRubric": "CFRubricCriterion", "CFRubricCriterion": "CFRubricCriterionLevel"}


@dataclass
class Node:
    """A rubric, a criterion or a level of one, and what is below it in order."""

    iri: URIRef
    kind: str  # the class of CASE
    found: Object
    where: str
    below: list[Node]

    def everything(self) -> Iterator[Node]:
        """Yield this and all below it, parents first."""
        yield self
        for node in self.below:
            yield from node.everything()


def kind_below(kind: str) -> str | None:
    """Return the class of what is below a rubric or a criterion."""
    return _BELOW.get(kind)


def in_order(nodes: list[Node]) -> list[Node]:
    """Return siblings in the order of their positions; those without one stay behind as they are.

    >>> in_order([])
    []
    """
    return sorted(nodes, key=lambda node: _position(node.found))


def _position(found: Object) -> float:
    value = found.get("position")
    return value if isinstance(value, int | float) and not isinstance(value, bool) else float("inf")


def rubric(top: Node, ctx: Context, position: int) -> Iterator[Piece]:
    """Yield what a rubric and all below it say; it stands at a position below the framework."""
    yield from _one(top, ctx.root, position, ctx)
    for parent in top.everything():
        for number, node in enumerate(parent.below, 1):
            yield from _one(node, parent.iri, number, ctx)
            yield from _position_pieces(node, number)
    yield from _scale(top, ctx)


def _one(node: Node, parent: URIRef, position: int, ctx: Context) -> Iterator[Piece]:
    kind, title, below = LAYERS[node.kind]
    yield "", node.iri, _TYPE, term(f"comp:{kind}")
    yield "", node.iri, _TYPE, case(node.kind)
    yield "", node.iri, term("comp:inFramework"), ctx.root
    yield from place(node.iri, parent, position)
    yield from _words(node, title, ctx)
    special = ("description", title, "position", "CFItemURI", *([below] if below else []))
    yield from common(node.iri, node.found, node.kind, special, ctx, node.where)
    if node.kind == "CFRubricCriterion":
        yield from _assessed(node, ctx)


def _words(node: Node, title: str, ctx: Context) -> Iterator[Piece]:
    for name, prop in ((title, _LABEL), ("description", term("comp:text"))):
        value = node.found.get(name)
        if isinstance(value, str) and value.strip():
            yield name, node.iri, prop, words(value, ctx.tag)
            if name == "description":
                yield "wording", node.iri, term("comp:wording"), ctx.wording
            if not is_whole(value):
                yield name, node.iri, case(name), json_literal(value)
            continue
        if not is_absent(value):
            yield name, node.iri, case(name), verbatim(value)
        if name == "description" and node.kind != "CFRubric":
            yield name, node.iri, term("comp:isEmpty"), true()
        elif name == title and node.kind == "CFRubric":
            yield name, node.iri, _NOT_STATED, _LABEL


def _position_pieces(node: Node, number: int) -> Iterator[Piece]:
    value = node.found.get("position")
    if is_absent(value):
        yield "position", node.iri, _NOT_STATED, case("position")
    elif value != number or isinstance(value, bool | float):
        yield "position", node.iri, case("position"), verbatim(value)


def _assessed(node: Node, ctx: Context) -> Iterator[Piece]:
    link = node.found.get("CFItemURI")
    target = ctx.find(link) if isinstance(link, dict) else None
    if target is not None and is_required(ctx.kinds.get(target, "Part")):
        yield "CFItemURI", node.iri, term("comp:assesses"), target
        if isinstance(link, dict) and ctx.is_usual(target, link):
            return
    yield from ctx.pieces(node.iri, ITEM, link, ctx.tag)


# ---------------------------------------------------------------- the scale of a rubric


def steps(top: Node) -> dict[str, int]:
    """Return the names of the levels of a rubric and their ranks, the lowest first.

    The rank follows from the scores where every level has one; else from the position, of which
    the first is taken for the highest.
    """
    found: dict[str, list[float]] = {}
    for criterion in top.below:
        for number, level in enumerate(criterion.below, 1):
            score: Any = level.found.get("score")
            scored = isinstance(score, int | float) and not isinstance(score, bool)
            height = float(score) if scored else -float(number)
            found.setdefault(_name(level, number), []).append(height)
    means = {name: sum(heights) / len(heights) for name, heights in found.items()}
    return {name: rank for rank, name in enumerate(sorted(means, key=lambda n: (means[n], n)), 1)}


def _name(level: Node, number: int) -> str:
    quality = level.found.get("quality")
    return quality if isinstance(quality, str) and quality.strip() else str(number)


def _scale(top: Node, ctx: Context) -> Iterator[Piece]:
    ranks = steps(top)
    if not ranks:
        return
    scale, name = URIRef(f"{top.iri}/scale"), "levels"
    title = top.found.get("title")
    label = words(title, ctx.tag) if isinstance(title, str) and title.strip() else None
    yield name, scale, _TYPE, term("comp:LevelScale")
    yield name, scale, _LABEL, label if label is not None else Literal("Levels", lang="en")
    yield name, scale, _INFERRED, _LABEL
    yield name, scale, _NOT_STATED, term("comp:cumulative")
    for step, rank in ranks.items():
        level = URIRef(f"{scale}/{rank}")
        yield name, level, _TYPE, term("comp:Level")
        yield name, level, _LABEL, words(step, ctx.tag)
        yield name, level, term("comp:inScale"), scale
        yield name, level, term("comp:rank"), Literal(rank)
        yield name, level, _INFERRED, term("comp:rank")
    for criterion in top.below:
        for number, node in enumerate(criterion.below, 1):
            at = URIRef(f"{scale}/{ranks[_name(node, number)]}")
            yield name, node.iri, term("comp:atLevel"), at
