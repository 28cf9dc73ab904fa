"""Faults for made frameworks: each of a stated kind, and each with what the shapes must say to it.

A fault sits at parts that no other fault touches, so that the results are exactly those stated.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import pyoxigraph as ox

from tests.bench.frameworks import (
    BASE,
    LEVELS,
    STYLES,
    Draft,
    Pair,
    Things,
    align,
    iri,
    matchable,
    number,
    words,
)

UNITS, LEVELLED, CLUSTERS, FLAT, ASSESSED = range(5)
STATEMENTS = ("PerformanceCriterion", "KnowledgeStatement", "PositiveIndicator",
              "NegativeIndicator", "AssessmentCriterion")  # fmt: skip


@dataclass
class Place:
    """Where faults are put: a framework, the one before it, and the graphs beside it."""

    draft: Draft
    before: Draft | None
    others: dict[str, Things]
    taken: set[str] = field(default_factory=set)

    def take(self, *kinds: str, draft: Draft | None = None, last: bool = False) -> str:
        """Return a part of one of these kinds that no fault has touched, and touch it.

        With ``last`` it is the last of its parent's, whom no other fault touches then either.
        """
        draft = draft or self.draft
        for kind in kinds:
            for part in draft.parts[kind][1:]:
                parent = part.rpartition("/")[0]
                siblings = draft.children[parent]
                if last and (siblings[-1] != part or len(siblings) < 3):
                    continue
                touched = {parent, *siblings} if last else {parent, part}
                if not touched & self.taken:
                    self.taken |= {part, *(siblings if last else ()), *([parent] if last else ())}
                    return part
        raise LookupError(f"no {kinds} are left in {draft.name}")

    def said(self, part: str) -> dict[str, list[ox.NamedNode | ox.Literal]]:
        """Return what is said of a part of the framework."""
        return self.draft.things[part]

    @property
    def earlier(self) -> Draft:
        """Return the framework before."""
        if self.before is None:
            raise LookupError("there is no framework before the first")
        return self.before

    @property
    def alignments(self) -> tuple[str, Things]:
        """Return the alignments with the next framework."""
        return next(iter(self.others.items()))

    def beside(self, name: str) -> Things:
        """Return a graph of its own that says more about the framework."""
        return self.others.setdefault(f"{BASE}{name}/{self.draft.number}", defaultdict(dict))


def _without(place: Place, key: str, shape: str, *kinds: str) -> list[Pair]:
    part = place.take(*kinds)
    del place.said(part)[key]
    return [(part, shape)]


def _instead(
    place: Place, key: str, value: str | ox.Literal, shape: str, *kinds: str
) -> list[Pair]:
    part = place.take(*kinds)
    place.said(part)[key] = [iri(value) if isinstance(value, str) else value]
    return [(part, shape)]


def _besides(
    place: Place, key: str, value: str | ox.Literal, shape: str, *kinds: str
) -> list[Pair]:
    part = place.take(*kinds)
    place.said(part).setdefault(key, []).append(iri(value) if isinstance(value, str) else value)
    return [(part, shape)]


def _position_twice(place: Place) -> list[Pair]:
    part = place.take(*STATEMENTS, last=True)
    siblings = place.draft.children[part.rpartition("/")[0]]
    place.said(part)["comp:position"] = [number(len(siblings) - 1)]
    return [(max(part, siblings[-2]), "PositionTwice")]


def _position_gap(place: Place) -> list[Pair]:
    part = place.take(*STATEMENTS, last=True)
    siblings = place.draft.children[part.rpartition("/")[0]]
    place.said(part)["comp:position"] = [number(len(siblings) + 1)]
    return [(part, "PositionGap")]


def _framework_without_title(place: Place) -> list[Pair]:
    del place.said(place.draft.name)["rdfs:label"]
    return [(place.draft.name, "FrameworkTitle")]


def _rank_twice(place: Place) -> list[Pair]:
    level = place.take("Level", last=False)
    lower = level[:-1] + str(int(level[-1]) - 1)
    place.said(level)["comp:rank"] = place.said(lower)["comp:rank"]
    place.taken |= set(place.draft.parts["Level"])
    return [(level, "RankTwice")]


def _level_of_another_scale(place: Place) -> list[Pair]:
    level = place.take("Level")
    place.said(level)["comp:higherThan"] = [iri(LEVELS[0])]
    place.taken |= set(place.draft.parts["Level"])
    return [(level, "HigherThanElsewhere")]


def _contrast_with_nothing(place: Place) -> list[Pair]:
    part = place.take("NegativeIndicator")
    place.said(part)["comp:contrasts"] = [iri(part + "/nothing")]
    return [(part + "/nothing", "ContrastKind")]


# ------------------------------------------------------------------ between two frameworks


def _contrast_of_two_helpful(place: Place) -> list[Pair]:
    other = place.take("PositiveIndicator", draft=place.earlier)
    return _besides(place, "comp:contrasts", other, "ContrastPolarity", "PositiveIndicator")


def _match_with_unhelpful(place: Place) -> list[Pair]:
    name, things = place.alignments
    part = place.take("NegativeIndicator")
    other = next(iter(things[f"{name}/1"]["owl:annotatedTarget"])).value
    align(things, f"{name}/odd-{len(things)}", other, part)
    return [(part, "MatchPolarity")]


def _match_with_heading(place: Place) -> list[Pair]:
    name, things = place.alignments
    part = place.take("Group")
    other = next(iter(things[f"{name}/2"]["owl:annotatedTarget"])).value
    align(things, f"{name}/heading-{len(things)}", part, other, "relatedMatch")
    return [(part, "MatchKind")]


def _alignment(place: Place, key: str, value: ox.Literal | None, shape: str) -> list[Pair]:
    name, things = place.alignments
    nodes = [node for node in things if node.startswith(name + "/") and node not in place.taken]
    node = next(node for node in nodes[3:] if node.rpartition("/")[2].isdecimal())
    place.taken.add(node)
    things[node].pop(key)
    if value is not None:
        things[node][key] = [value]
    return [(node, shape)]


def _alignment_not_stated(place: Place) -> list[Pair]:
    name, things = place.alignments
    node = f"{name}/silent-{len(things)}"
    one, other = (matchable(place.draft)[1], things[f"{name}/1"]["owl:annotatedTarget"][0])
    align(things, node, one, str(getattr(other, "value", "")), "broadMatch")
    things[one]["skos:broadMatch"].pop()
    return [(node, "AlignmentStated")]


def _link_away(place: Place) -> list[Pair]:
    other = place.take("PositiveIndicator", "PerformanceCriterion", draft=place.earlier)
    return _instead(place, "comp:rewords", other, "LinkElsewhere", "AssessmentCriterion")


def _parent_away(place: Place) -> list[Pair]:
    parent = place.take("Competency", "Group", "UnitOfCompetency", draft=place.earlier)
    part = f"{place.draft.name}/away-{len(place.taken)}"
    siblings = place.earlier.children[parent]
    siblings.append(part)
    _add(place.draft.things, part, place.draft.name, parent, len(siblings))
    return [(part, "ParentElsewhere")]


def _in_two_frameworks(place: Place) -> list[Pair]:
    part = place.take(*STATEMENTS)
    place.said(part)["comp:inFramework"].append(iri(place.earlier.name))
    return [(part, "PartFramework"), (part, "ParentElsewhere")]


def _cycle(place: Place) -> list[Pair]:
    """Let a part stand under one of the framework before, and a third graph say the reverse."""
    kinds = ("PerformanceCriterion", "PositiveIndicator", "Note", "Descriptor")
    firsts = [
        part
        for kind in kinds
        for part in place.earlier.parts[kind]
        if part.endswith("/1") and part not in place.taken
    ]
    if not firsts:
        raise LookupError("no first part is left")
    above, part = firsts[0], f"{place.draft.name}/round-{len(place.taken)}"
    place.taken.add(above)
    place.earlier.children[above].append(part)
    _add(place.draft.things, part, place.draft.name, above, 1)
    place.beside("turns")[above].setdefault("comp:partOf", []).append(iri(part))
    return [
        (above, "PartParent"),
        (min(above, part), "Cycle"),
        (above, "ParentElsewhere"),
        (part, "ParentElsewhere"),
    ]


def _added_twice(place: Place) -> list[Pair]:
    """Let another graph add a part where one stands already."""
    last = place.take(*STATEMENTS, last=True)
    parent = last.rpartition("/")[0]
    part = parent + "/zz"
    at = len(place.draft.children[parent])
    _add(place.beside("additions"), part, place.draft.name, parent, at)
    return [(part, "PositionTwice")]


def _add(things: Things, part: str, framework: str, parent: str, position: int) -> None:
    """Add a part that stands wherever one likes."""
    things[part] = {
        "rdf:type": [iri("comp:KnowledgeStatement")],
        "comp:inFramework": [iri(framework)],
        "comp:partOf": [iri(parent)],
        "comp:position": [number(position)],
        "comp:text": [words(f"Knows what stands at {part[-12:]}.")],
        "comp:wording": [iri("comp:Reworded")],
        "comp:lines": [ox.Literal("7")],
    }


# ------------------------------------------------------------------ all kinds, and who has which

Fault = Callable[[Place], list[Pair]]
ANY = frozenset(range(5))
UNLINKED = ANY - {ASSESSED}  # where no part has to be in the framework of another that names it
_TITLED = ("Competency", "Group", "ElementOfCompetency")
_FAR, _RANGE = ox.Literal("99999"), ox.Literal("12 to 14")
KINDS: dict[str, tuple[frozenset[int], Fault]] = {
    "no title": (ANY, lambda p: _without(p, "rdfs:label", "PartTitle", *_TITLED)),
    "no lines": (ANY, lambda p: _without(p, "comp:lines", "PartLocator", *STATEMENTS)),
    "untagged text": (ANY, lambda p: _instead(p, "comp:text", ox.Literal("Sorts."), "TextTagged", *STATEMENTS)),
    "blank text": (ANY, lambda p: _instead(p, "comp:text", words(" "), "TextNotBlank", *STATEMENTS)),
    "odd wording": (ANY, lambda p: _instead(p, "comp:wording", "comp:Copied", "WordingKnown", *STATEMENTS)),
    "two texts": (ANY, lambda p: _besides(p, "comp:text", words("Sorts twigs of one length."), "TextOnce", *STATEMENTS)),
    "odd lines": (ANY, lambda p: _instead(p, "comp:lines", _RANGE, "Lines", *STATEMENTS)),
    "far lines": (ANY, lambda p: _instead(p, "comp:lines", _FAR, "LinesBeyondSource", *STATEMENTS)),
    "odd property": (ANY, lambda p: _besides(p, "comp:colour", ox.Literal("red"), "UnknownProperty", *STATEMENTS)),
    "odd kind": (ANY, lambda p: _besides(p, "rdf:type", "comp:Competancy", "UnknownClass", *STATEMENTS)),
    "two kinds": (ANY, lambda p: _besides(p, "rdf:type", "comp:KnowledgeStatement", "PartOneKind", "PositiveIndicator", "PerformanceCriterion")),
    "unknown framework": (UNLINKED, lambda p: _instead(p, "comp:inFramework", "urn:nowhere", "PartFrameworkKnown", *STATEMENTS)),
    "position twice": (ANY, _position_twice),
    "position gap": (ANY, _position_gap),
    "framework without title": (ANY, _framework_without_title),
    "code without notation": (frozenset((UNITS, FLAT)), lambda p: _without(p, "skos:notation", "CodeNotation", "Code")),
    "code without issuer": (frozenset((UNITS, FLAT)), lambda p: _without(p, "comp:issuedBy", "CodeIssuer", "Code")),
    "unknown issuer": (frozenset((UNITS, FLAT)), lambda p: _instead(p, "comp:issuedBy", "urn:nobody", "OrganisationTyped", "Code")),
    "negative credit": (frozenset((UNITS,)), lambda p: _instead(p, "comp:creditValue", number(-1), "CreditNumber", "Credit")),
    "heading as lead-in": (frozenset((UNITS,)), lambda p: _instead(p, "comp:leadIn", p.draft.parts["Group"][0], "LeadInKind", "Group")),
    "rank twice": (frozenset((LEVELLED,)), _rank_twice),
    "level of another scale": (frozenset((LEVELLED,)), _level_of_another_scale),
    "no level": (frozenset((LEVELLED,)), lambda p: _without(p, "comp:atLevel", "CompetencyLevelLevel", "CompetencyLevel")),
    "helpful and not": (frozenset((CLUSTERS,)), lambda p: _besides(p, "rdf:type", "comp:PositiveIndicator", "NegativeNotPositive", "NegativeIndicator")),
    "contrast with nothing": (frozenset((CLUSTERS,)), _contrast_with_nothing),
    "criterion of nothing": (frozenset((ASSESSED,)), lambda p: _without(p, "comp:rewords", "CriterionAssesses", "AssessmentCriterion")),
    "contrast of two helpful": (frozenset((CLUSTERS,)), _contrast_of_two_helpful),
    "match with unhelpful": (frozenset((CLUSTERS,)), _match_with_unhelpful),
    "match with heading": (frozenset((UNITS, CLUSTERS)), _match_with_heading),
    "alignment without reason": (ANY, lambda p: _alignment(p, "sssom:mapping_justification", None, "AlignmentJustified")),
    "alignment too sure": (ANY, lambda p: _alignment(p, "sssom:confidence", ox.Literal("7", datatype=iri("xsd:integer")), "AlignmentConfidence")),
    "alignment not stated": (ANY, _alignment_not_stated),
    "link to another framework": (frozenset((ASSESSED,)), _link_away),
    "parent in another framework": (ANY, _parent_away),
    "part in two frameworks": (UNLINKED, _in_two_frameworks),
    "cycle through two frameworks": (ANY, _cycle),
    "part added by another graph": (ANY, _added_twice),
}  # fmt: skip

_ONCE = ("rank twice", "level of another scale", "framework without title")


def plan(count: int, faults: int) -> list[list[str]]:
    """Share faults out among frameworks, kind after kind, as evenly as their styles allow.

    A scale has one fault, and so has the title of a framework: these kinds end when all have it.
    """
    found: list[list[str]] = [[] for _ in range(count)]
    turns = dict.fromkeys(KINDS, 0)
    fitting = {
        kind: [n for n in range(count) if n % len(STYLES) in styles and 0 < n < count - 1]
        for kind, (styles, _) in KINDS.items()
    }
    for kind, here in fitting.items():
        random.Random(kind).shuffle(here)  # noqa: S311
    fitting["level of another scale"] = fitting["rank twice"]
    usable = [kind for kind in KINDS if fitting[kind]]
    left, place = faults if usable else 0, 0
    while left:
        place, kind = place + 1, usable[place % len(usable)]
        turn = "rank twice" if kind == "level of another scale" else kind
        here = fitting[kind]
        if turns[turn] < len(here) or kind not in _ONCE:
            found[here[turns[turn] % len(here)]].append(kind)
            turns[turn] += 1
            left -= 1
    return found


def seed_faults(
    kinds: list[str], draft: Draft, before: Draft | None, others: dict[str, Things]
) -> list[Pair]:
    """Put faults into a framework and the graphs beside it; return what the shapes must say."""
    place = Place(
        draft, before, others, taken=draft.touched | (before.touched if before else set())
    )
    pairs = [pair for kind in kinds for pair in KINDS[kind][1](place)]
    draft.touched |= place.taken
    return pairs
