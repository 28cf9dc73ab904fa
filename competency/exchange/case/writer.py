"""CASE 1.1 out, and 1.0: a framework as a CFPackage, with all that CASE has no field for.

The package is told first, from the graph. Then it is read again, and what the reader would not
find in it goes into ``extensions``, on the object that it is about. Reading the whole gives the
graph back. What came from CASE goes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from competency.exchange.case.associating import Associations
from competency.exchange.case.completing import Completer, Written
from competency.exchange.case.context import Object
from competency.exchange.case.defining import RUBRICS, Definer
from competency.exchange.case.fields import case
from competency.exchange.case.given import Given
from competency.exchange.case.telling import Teller
from competency.exchange.case.values import links_of
from competency.exchange.terms import term
from competency.graph import KnowledgeGraph, NamedGraph
from competency.graph.gathering import with_alignments
from competency.graph.glancing import nearest
from competency.ontology import COMP

_TYPE, _LABEL = term("rdf:type"), term("rdfs:label")


class PackageWriter:
    """Tells one framework as a package."""

    def __init__(self, graph: KnowledgeGraph, iri: str, changed: str | None = None) -> None:
        """Look at a framework; NotFound if there is none of that name."""
        self.given = _given(graph, iri, changed, aligned=True)
        self.root = self.given.root
        self.teller = Teller(self.given, graph)

    def write(self) -> Written:
        """Return the package with its extensions."""
        found = self._told()
        return Completer(
            self.given, found, {**self.items, **self.links}, self.teller.iris
        ).written()

    # ------------------------------------------------------------------ telling

    def _told(self) -> Object:
        """Return the package without extensions of ours."""
        teller, given = self.teller, self.given
        parts = self._parts()
        steps = self._steps(parts)
        self.items = {iri: teller.item(iri) for iri in [*parts, *steps]}
        parents = self._parents(parts, steps)
        self.links = Associations(given, self.items, parents).all()
        definer = Definer(teller)
        found: Object = {
            "CFDocument": teller.document(),
            "CFItems": [*self.items.values()],
            "CFAssociations": [*self.links.values()],
            "CFDefinitions": definer.definitions(self.items),
            "CFRubrics": definer.rubrics(),
        }
        return definer.with_leftovers(found)

    def _parts(self) -> list[URIRef]:
        """Return the parts that become items: in order, then those that lead up to nothing."""
        given, inside = self.given, term("comp:inFramework")
        rubric = {iri for kind in RUBRICS for iri in given.by_type.get(case(kind), ())}
        lost = sorted(thing for thing in given.things if isinstance(thing, URIRef)
                      and self.root in given.values(thing, inside))  # fmt: skip
        found = dict.fromkeys([*given.walk(), *lost])
        return [
            iri for iri in found
            if iri not in rubric and iri != self.root and self._is_part(iri)
        ]  # fmt: skip

    def _is_part(self, iri: URIRef) -> bool:
        """Say whether something is described, and in no other framework than this one."""
        given = self.given
        inside = given.values(iri, term("comp:inFramework"))
        foreign = COMP.Framework in given.values(iri, _TYPE)
        return bool(given.about(iri)) and not foreign and (not inside or self.root in inside)

    def _steps(self, parts: Iterable[URIRef]) -> list[URIRef]:
        """Return the scales that parts are at a level of, each with its levels behind it."""
        given = self.given
        used = {end for part in parts for end in links_of(given.values(part, term("comp:atLevel")))}
        scales = {
            scale for level in used for scale in links_of(given.values(level, term("comp:inScale")))
        }
        found: dict[URIRef, None] = {}
        for scale in sorted(scales):
            described = COMP.LevelScale in given.values(scale, _TYPE)
            guessed = given.has(scale, "comp:inferred", _LABEL) and not given.ours
            if described and not guessed:
                levels = self.teller.outline.levels(str(scale))
                known = (one for one in levels if COMP.Level in given.values(one, _TYPE))
                found |= dict.fromkeys([scale, *known])
        taken = {*parts}
        return [one for one in found if one not in taken]

    def _parents(self, parts: list[URIRef], steps: list[URIRef]) -> dict[URIRef, URIRef]:
        given, held = self.given, {self.root, *parts}
        found: dict[URIRef, URIRef] = {}
        for part in parts:
            above = [
                one for one in links_of(given.values(part, term("comp:partOf"))) if one in held
            ]
            if above and not given.not_stated(part, case("isChildOf")):
                found[part] = above[0]
        for step in steps:
            scale = links_of(given.values(step, term("comp:inScale")))
            found[step] = scale[0] if scale and scale[0] in steps else self.root
        return found


def told_document(graph: KnowledgeGraph, iri: str, changed: str | None = None) -> Object:
    """Return the CFDocument of a framework, of which no more is read than what is around it."""
    if graph.elsewhere:
        given = _given(graph, iri, changed)
    else:
        name = iri if graph.has_graph(iri) else graph.framework(iri).graph_name
        given = Given(nearest(graph, iri, name), iri, changed)
        is_known = COMP.Framework in given.values(given.root, _TYPE)
        if not is_known or not given.has_language:  # its language is that of its parts
            given = _given(graph, iri, changed)
    return Teller(given, graph).document()


def _given(graph: KnowledgeGraph, iri: str, changed: str | None, *, aligned: bool = False) -> Given:
    """Return a framework's graph; one that is named after its framework needs no search.

    With ``aligned`` the alignments that other graphs hold are in it.
    """
    name, root = iri, iri
    if not graph.has_graph(iri) or not _is_framework(graph.named_graph(iri), iri):
        framework = graph.framework(iri)
        name, root = framework.graph_name, framework.iri
    named = graph.named_graph(name)
    if not aligned:
        return Given(named, root, changed)
    found = with_alignments(graph, named, root)
    return Given(found.named, root, changed, found.titles)


def _is_framework(named: NamedGraph, iri: str) -> bool:
    return COMP.Framework in named.about(iri).get(str(_TYPE), ())
