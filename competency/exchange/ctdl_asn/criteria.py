"""Rubrics in: a group of criteria, each with a text for each level of the rubric's own scale."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.kinds import is_required
from competency.exchange.ctdl_asn.facts import Facts
from competency.exchange.ctdl_asn.telling import Telling
from competency.exchange.terms import term


def rubrics_of(facts: Facts) -> list[URIRef]:
    """Return the rubrics of a file, in its order."""
    return [node for node in facts.of_type("ceasn:Rubric") if isinstance(node, URIRef)]


class Rubrics:
    """Says rubrics behind the competencies at the top of a framework."""

    def __init__(self, telling: Telling, kinds: dict[Node, str], start: int) -> None:
        """``kinds`` are the classes of competencies, ``start`` the last position that is taken."""
        self.telling, self.facts, self.kinds, self.last = telling, telling.facts, kinds, start
        self.placed: set[Node] = set()

    def tell(self, rubric: URIRef) -> None:
        """Say a rubric and all that is in it."""
        telling = self.telling
        self.last += 1
        telling.part(rubric, "Group", telling.root, self.last)
        names = telling.texts(rubric, "ceasn:name")
        telling.labels(rubric, names)
        if not names:
            telling.say.add(rubric, "comp:notStated", term("rdfs:label"))
        telling.codes(rubric)
        levels = self._levels(rubric, names)
        number = 0
        for criterion in self.facts.take(rubric, "ceasn:hasRubricCriterion"):
            if self._is_free(criterion, "ceasn:RubricCriterion"):
                number += 1
                self._criterion(URIRef(str(criterion)), rubric, number, levels)
            else:
                self.facts.keep(rubric, "ceasn:hasRubricCriterion", criterion)
                telling.odd(rubric, "a rubric leads to a criterion that is not there; it is kept")

    def _is_free(self, node: Node, kind: str) -> bool:
        free = node not in self.placed and isinstance(node, URIRef) and self.facts.is_a(node, kind)
        self.placed.add(node)
        return free

    def _criterion(
        self, node: URIRef, rubric: URIRef, position: int, levels: dict[Node, URIRef]
    ) -> None:
        telling = self.telling
        telling.part(node, "AssessmentCriterion", rubric, position)
        telling.labels(node, telling.texts(node, "ceasn:name"))
        telling.statement(node, telling.texts(node, "ceasn:description"))
        telling.number(node)
        telling.say.add(node, "comp:assesses", *self._targets(node))
        for number, code in enumerate(telling.plain(node, "ceasn:codedNotation"), 1):
            telling.say.code(node, str(code), number)
        below = [
            item for item in self.facts.values(node, "ceasn:hasCriterionLevel")
            if self._is_free(item, "ceasn:CriterionLevel")
        ]  # fmt: skip
        if any(not self.facts.holds(v) for v in self.facts.values(node, "ceasn:hasCriterionLevel")):
            telling.odd(node, "a criterion leads to a text for a level that is not there")
        for number, item in enumerate(below, 1):
            level = URIRef(str(item))
            telling.part(level, "Descriptor", node, number)
            telling.statement(level, telling.texts(level, "ceasn:benchmarkText"))
            if level in levels:
                telling.say.add(level, "comp:atLevel", levels[level])

    def _targets(self, node: URIRef) -> list[Node]:
        """Return the competencies that a criterion is about; how it says so is kept."""
        targets = self.facts.values(node, "ceterms:targetCompetency")
        ends = [end for t in targets for end in (t, *self.facts.values(t, "ceterms:targetNode"))]
        return [end for end in ends if is_required(self.kinds.get(end, "Note"))]

    def _levels(self, rubric: URIRef, names: list[Literal]) -> dict[Node, URIRef]:
        """Say the levels of a rubric as a scale; return the level of each text."""
        found = [
            URIRef(str(node)) for node in self.facts.values(rubric, "ceasn:hasRubricLevel")
            if self._is_free(node, "ceasn:RubricLevel")
        ]  # fmt: skip
        if not found:
            return {}
        say, scale = self.telling.say, URIRef(f"{rubric}/scale")
        say.add(scale, "rdf:type", term("comp:LevelScale"))
        self.telling.labels(scale, names or [Literal("Levels", lang="en")])
        say.add(scale, "comp:inferred", term("rdfs:label"))
        say.add(scale, "comp:notStated", term("comp:cumulative"))
        for rank, level in enumerate(self._lowest_first(found), 1):
            self._level(level, scale, rank)
        return {
            text: level for level in found[::-1]
            for text in self.facts.values(level, "ceasn:hasCriterionLevel")
        }  # fmt: skip

    def _level(self, level: URIRef, scale: URIRef, rank: int) -> None:
        say = self.telling.say
        say.add(level, "rdf:type", term("comp:Level"))
        say.add(level, "comp:inScale", scale)
        say.add(level, "comp:rank", Literal(rank))
        say.add(level, "comp:inferred", term("comp:rank"))
        names = self.telling.texts(level, "ceasn:name")
        if not names:
            names = [Literal(str(rank), lang=say.language)]
            say.add(level, "comp:inferred", term("rdfs:label"))
        self.telling.labels(level, names)
        self.telling.told.append(level)

    def _lowest_first(self, levels: list[URIRef]) -> list[URIRef]:
        """Return levels by the percentages of their texts, or else the last of the file first."""
        heights = {level: self._height(level) for level in levels}
        if any(height is None for height in heights.values()):
            return levels[::-1]
        return sorted(levels, key=lambda level: (heights[level] or 0.0, -levels.index(level)))

    def _height(self, level: URIRef) -> float | None:
        texts = self.facts.values(level, "ceasn:hasCriterionLevel")
        found: list[float] = []
        for value in (v for text in texts for v in self.facts.values(text, "qdata:percentage")):
            try:
                found.append(float(str(value)))
            except ValueError:
                return None
        return sum(found) / len(found) if found else None
