"""A framework, or one part and what is below it, as exporters look at it.

Every format asks the same of a framework: what its parts are for, what stands under what, which
codes, levels and sources belong to them. Here that is answered once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from functools import cached_property

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.entry import Entry, Thing, role_of
from competency.exchange.terms import term
from competency.graph import KnowledgeGraph, to_rdflib
from competency.graph.store import sort_key
from competency.ontology import COMP, PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_COMP = str(COMP)


class Outline:
    """One thing of a knowledge graph, the parts below it in order, and all that belongs to them.

    Outline(KnowledgeGraph.shipped(), "pub-cscf").top.texts("rdfs:label")
    """

    def __init__(self, graph: KnowledgeGraph, iri: str) -> None:
        """Look at a framework, part, level or scale; NotFound where there is no such thing."""
        resource = graph.resource(iri)
        self.graph, self.iri = graph, resource.iri
        self._named = graph.named_graph(resource.graph_name)
        self._tree = graph.tree(resource.graph_name)
        self._entries: dict[str, Entry | None] = {}
        self._held: dict[str, frozenset[str]] = {}

    @cached_property
    def top(self) -> Entry:
        """Return the thing that is described."""
        return Entry(self, self.thing(URIRef(self.iri)))

    @cached_property
    def entries(self) -> list[Entry]:
        """Return the thing itself and every part below it, parents first, in order."""
        return [self.top, *self.walk(self.iri)]

    @cached_property
    def framework(self) -> URIRef:
        """Return the IRI of the framework that all of this belongs to."""
        if self.top.role == "framework":
            return URIRef(self.iri)
        return next(iter(self.top.links("comp:inFramework")), URIRef(self._named.name))

    @cached_property
    def languages(self) -> list[Literal]:
        """Return the languages that the framework says it is in."""
        return self.thing(self.framework).texts("dcterms:language")

    def thing(self, node: Node) -> Thing:
        """Return what is said of an IRI or a blank node."""
        found = self._blank if isinstance(node, BNode) else None
        return Thing(node, self._named.about(str(node)) if found is None else found.get(node, {}))

    def entry(self, iri: str) -> Entry | None:
        """Return a part or the framework, or None where nothing is said of it here."""
        if iri == self.iri:
            return self.top
        if iri not in self._entries:
            thing = self.thing(URIRef(iri))
            self._entries[iri] = Entry(self, thing) if thing.about else None
        return self._entries[iri]

    def walk(self, iri: str) -> Iterator[Entry]:
        """Yield every part below, parents first, in order."""
        return (entry for part in self._tree.walk(iri) if (entry := self.entry(part)))

    def held(self, iri: str) -> frozenset[str]:
        """Return the roles, by class alone, of every part below; each is looked at once.

        In a tree that goes in circles each is found by walking.
        """
        if iri not in self._held and not self._gather(iri):
            self._held[iri] = frozenset(part.by_class for part in self.walk(iri))
        return self._held[iri]

    def _gather(self, iri: str) -> bool:
        """Gather the roles below a part from its parts upwards; False where there is a circle."""
        waiting, opened = [iri], set[str]()
        while waiting:
            here = waiting[-1]
            if here in opened or here in self._held:
                waiting.pop()
                if here in opened:
                    self._held.setdefault(here, self._of_parts(here))
                continue
            opened.add(here)
            below = [part for part in self._tree.children(here) if part not in self._held]
            if any(part in opened for part in below):
                return False
            waiting += below
        return True

    def _of_parts(self, iri: str) -> frozenset[str]:
        found: set[str] = set()
        for part in self._tree.children(iri):
            found |= self._held[part]
            if types := self._named.types(part):
                found.add(role_of(types, self.graph.vocabulary))
            elif (entry := self.entry(part)) is not None:
                found.add(entry.by_class)
        return frozenset(found)

    def parts(self, iri: str) -> Iterator[Entry]:
        """Yield the parts directly below, in order."""
        return (entry for part in self._tree.children(iri) if (entry := self.entry(part)))

    def of_class(self, kind: str) -> list[Thing]:
        """Return what is of a class, such as ``comp:Level``, and belongs to the parts."""
        return [thing for thing in (self.top, *self.around) if str(term(kind)) in thing.types]

    @cached_property
    def around(self) -> list[Thing]:
        """Return what belongs to the parts and is no part: codes, levels, sources and the like."""
        found: dict[Node, Thing] = {}
        waiting: deque[Thing] = deque(self.entries)
        for level in self.levels(self.iri):  # there are some where this is a scale
            self._meet(level, found, waiting)
        while waiting:
            thing = waiting.popleft()
            for name in sorted(thing.about):
                for value in thing.about[name]:
                    if name != _TYPE and value not in found and not isinstance(value, Literal):
                        self._meet(value, found, waiting)
        return [thing for thing in found.values() if thing.about]

    def _meet(self, value: Node, found: dict[Node, Thing], waiting: deque[Thing]) -> None:
        thing = self.thing(value)
        if not thing.about or self._is_entry(thing):
            return
        found[value] = thing
        waiting.append(thing)
        if _COMP + "LevelScale" in thing.types:
            for level in self.levels(str(value)):
                if level not in found:
                    self._meet(level, found, waiting)

    def _is_entry(self, thing: Thing) -> bool:
        if _COMP + "Framework" in thing.types or str(term("comp:inFramework")) in thing.about:
            return True
        return thing.iri == self.iri

    def levels(self, scale: str) -> list[URIRef]:
        """Return the levels of a scale, the lowest first."""
        found = [URIRef(level) for level, place in self._scales if place == scale]
        higher = {level: set(self.thing(level).links("comp:higherThan")) for level in found}
        return sorted(found, key=lambda level: (_rank(self.thing(level), higher), str(level)))

    @cached_property
    def _scales(self) -> list[tuple[str, str]]:
        wanted = str(term("comp:inScale"))
        return [
            (str(to_rdflib(t.subject)), str(to_rdflib(t.object)))
            for t in self._named.triples
            if t.predicate.value == wanted
        ]

    def enumerated(self, text: str) -> int:
        """Return how many parts of the whole framework carry this printed number."""
        return self._numbers.get(text, 0)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        wanted = str(term("comp:enumeration"))
        for triple in self._named.triples:
            if triple.predicate.value == wanted:
                text = str(to_rdflib(triple.object))
                counts[text] = counts.get(text, 0) + 1
        return counts

    @cached_property
    def _blank(self) -> dict[Node, dict[str, tuple[Node, ...]]]:
        """Return what is said of blank nodes."""
        found: dict[Node, dict[str, tuple[Node, ...]]] = {}
        for triple in self._named.triples:
            subject = to_rdflib(triple.subject)
            if isinstance(subject, BNode):
                about = found.setdefault(subject, {})
                name = triple.predicate.value
                about[name] = (*about.get(name, ()), to_rdflib(triple.object))
        return {
            node: {name: tuple(sorted(values, key=sort_key)) for name, values in about.items()}
            for node, about in found.items()
        }


def _rank(level: Thing, higher: Mapping[URIRef, set[URIRef]]) -> tuple[int, int]:
    """Return the rank that is stated, or how many levels stand below, as far as is said."""
    try:
        return (int(level.first("comp:rank") or ""), 0)
    except ValueError:
        below: set[URIRef] = set()
        waiting = list(higher.get(URIRef(level.iri), ()))
        while waiting:
            here = waiting.pop()
            if here not in below:
                below.add(here)
                waiting.extend(higher.get(here, ()))
        return (len(below), 1)
