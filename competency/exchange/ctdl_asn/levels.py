"""Progression models and schemes of levels in: scales with their levels, the lowest first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.ctdl_asn.arranging import Whole
from competency.exchange.ctdl_asn.facts import Facts
from competency.exchange.ctdl_asn.telling import Telling
from competency.exchange.terms import term

_MODELS = ("asn:ProgressionModel", "ceasn:ProficiencyScale")
_SCHEMES = "skos:ConceptScheme"
_IN = ("ceasn:inProgressionModel", "skos:topConceptOf", "skos:inScheme")
_USES = ("ceasn:complexityLevel", "asn:hasProgressionLevel", "ceasn:performanceLevelType",
         "ceasn:educationLevelType")  # fmt: skip
_NUMBER = re.compile(r"(\d{1,9})\W*$")


@dataclass(frozen=True)
class Scale:
    """A scale and its levels in the order of the file."""

    iri: URIRef
    levels: tuple[URIRef, ...]


def scales(facts: Facts, *, all_schemes: bool) -> list[Scale]:
    """Return the scales of a file.

    A scheme of concepts is one if competencies are at its levels, or if it is all that there is.
    """
    used = {value for node in facts.subjects for value in facts.values(node, *_USES)}
    members = _members(facts)
    found: list[Scale] = []
    placed: set[Node] = set()
    for node in facts.of_type(*_MODELS, _SCHEMES):
        levels = [one for one in members.get(node, ()) if one not in placed and facts.holds(one)]
        is_scale = facts.is_a(node, *_MODELS) or all_schemes or not used.isdisjoint(levels)
        if is_scale and isinstance(node, URIRef):
            held = tuple(one for one in levels if isinstance(one, URIRef) and one != node)
            placed.update(held)
            found.append(Scale(node, held))
    return found


def home(facts: Facts, scale: Scale, wholes: list[Whole]) -> int:
    """Return which of the frameworks uses a scale first; the first one where none does."""
    held = set(scale.levels)
    uses = (
        number for number, whole in enumerate(wholes)
        if any(not held.isdisjoint(facts.values(node, *_USES)) for node in whole.members)
    )  # fmt: skip
    return next(uses, 0)


def _members(facts: Facts) -> dict[Node, list[Node]]:
    """Return the levels of each scale: as it lists them, then those that name it."""
    found: dict[Node, dict[Node, None]] = {}
    for node in facts.of_type(*_MODELS, _SCHEMES):
        listed = facts.values(node, "skos:hasTopConcept", "skos:hasConcept", "skos:member")
        found[node] = dict.fromkeys(listed)
    for node in facts.of_type("skos:Concept", "asn:ProgressionLevel"):
        for scale in facts.values(node, *_IN):
            if scale in found:
                found[scale][node] = None
    return {scale: list(levels) for scale, levels in found.items()}


def tell(telling: Telling, scale: Scale) -> None:
    """Say a scale and its levels; links between them are kept as they are."""
    node, say = scale.iri, telling.say
    say.add(node, "rdf:type", term("comp:LevelScale"))
    names = telling.texts(node, "ceasn:name") or telling.texts(node, "dcterms:title")
    names = names or telling.texts(node, "skos:prefLabel")
    _title(telling, node, names)
    say.add(node, "dcterms:description", *telling.texts(node, "ceasn:description"))
    say.add(node, "dcterms:publisher", *telling.links(node, "ceasn:publisher"))
    say.add(node, "comp:notStated", term("comp:cumulative"))
    telling.told.append(node)
    ranks = _ranks(telling.facts, scale.levels)
    for level in scale.levels:
        _level(telling, level, scale.iri, ranks)


def _title(telling: Telling, node: URIRef, names: list[Literal]) -> None:
    if not names:
        tail = str(node).rstrip("/#").rpartition("/")[2] or str(node)
        names = [Literal(tail, lang=telling.say.language)]
        telling.say.add(node, "comp:inferred", term("rdfs:label"))
    telling.labels(node, names)


def _level(telling: Telling, level: URIRef, scale: URIRef, ranks: dict[URIRef, int]) -> None:
    say = telling.say
    say.add(level, "rdf:type", term("comp:Level"))
    say.add(level, "comp:inScale", scale)
    stated = _notation(telling.facts, level)
    if stated == ranks[level]:
        telling.facts.take(level, "skos:notation")
    else:
        say.add(level, "comp:inferred", term("comp:rank"))
    say.add(level, "comp:rank", Literal(ranks[level]))
    _title(telling, level, telling.texts(level, "skos:prefLabel"))
    say.add(level, "dcterms:description", *telling.texts(level, "skos:definition"))
    telling.told.append(level)


def _ranks(facts: Facts, levels: tuple[URIRef, ...]) -> dict[URIRef, int]:
    """Return the rank of each level: its notation, the number in its title, or its place."""
    for number in (_notation, _number):
        found = {level: number(facts, level) for level in levels}
        ranks = {level: rank for level, rank in found.items() if rank is not None}
        if len(ranks) == len(levels) == len(set(ranks.values())):
            return ranks
    return {level: place for place, level in enumerate(levels, 1)}


def _notation(facts: Facts, level: URIRef) -> int | None:
    values = facts.values(level, "skos:notation")
    text = str(values[0]) if len(values) == 1 else ""
    digits = text.removeprefix("-")
    is_plain = digits.isascii() and digits.isdigit() and len(digits) < 10
    return int(text) if is_plain and str(int(text)) == text else None


def _number(facts: Facts, level: URIRef) -> int | None:
    titles = facts.values(level, "skos:prefLabel")
    found = _NUMBER.search(str(titles[0])) if titles else None
    return int(found[1]) if found else None
