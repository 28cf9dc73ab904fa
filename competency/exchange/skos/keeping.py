"""SKOS out: triples of other vocabularies on concepts and beside them, which go out as they are.

What would break an integrity condition of SKOS stays behind, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.skos.links import CONCEPTS
from competency.exchange.skos.origin import Origin
from competency.exchange.terms import Row, short, term
from competency.ontology import COMP

_TYPE, _LABEL = term("rdf:type"), term("rdfs:label")
_BROADER, _NARROWER = term("skos:broader"), term("skos:narrower")
_TOP, _HAS_TOP = term("skos:topConceptOf"), term("skos:hasTopConcept")
_RELATED, _PREF = term("skos:related"), term("skos:prefLabel")
_ALT, _HIDDEN = term("skos:altLabel"), term("skos:hiddenLabel")
_MATCHES = {term(f"skos:{n}Match") for n in ("exact", "close", "broad", "narrow", "related")}
_KINDS = {term(f"skos:{n}") for n in ("Concept", "ConceptScheme", "Collection",
                                      "OrderedCollection")}  # fmt: skip
_TREE = {_BROADER, _NARROWER, _TOP}
_LINKS = {_BROADER, _NARROWER, _RELATED}
_OURS = str(COMP)


class Keeping:
    """Chooses what goes out beside the view, and remembers what cannot."""

    def __init__(self, outline: Outline, origin: Origin, view: Iterable[Row]) -> None:
        """Look at a framework and at what the view says of it."""
        self.outline, self.origin = outline, origin
        self.view = dict.fromkeys(view)
        self.losses: list[Loss] = []
        self.nodes = {node for s, _, v in self.view for node in (s, v)}
        self.concepts = {e.node for e in outline.entries if e.role in CONCEPTS}
        self.bad = {e.node for e in outline.entries if e.role in ("negative", "negatives")}
        self.parts = {s for s, p, _ in origin.rows if p == term("comp:inFramework")}
        self.parts |= {s for s, p, v in origin.rows if p == _TYPE and v == COMP.Framework}
        self._above = {s: v for s, p, v in self.view if p == _BROADER}
        self._names: dict[Node, set[Node]] = {}
        for subject, prop, value in self.view:
            if prop == _PREF:
                self._names.setdefault(subject, set()).add(value)

    def rows(self) -> Iterator[Row]:
        """Yield the triples that go out beside the view, with the other direction of links."""
        for entry in self.outline.entries:
            if entry.node in self.nodes and entry.role not in ("text", "texts", "other"):
                for prop in sorted(entry.about):
                    for value in entry.about[prop]:
                        yield from self._of_concept(entry.node, URIRef(prop), value)
        yield from self._beside()

    # -------------------------------------------------------------- on concepts

    def _of_concept(self, subject: Node, prop: URIRef, value: Node) -> Iterator[Row]:
        if _is_ours(prop, value) or prop == _LABEL:
            if prop == _LABEL and self._is_only_name(subject):
                yield subject, prop, value
            return
        why = self._broken(subject, prop, value)
        if why:
            self.losses.append(Loss(str(subject), short(str(prop)), why))
            return
        if prop in _MATCHES:
            return  # the view says those that may be said
        yield subject, prop, value
        if value in self.concepts and prop in (_BROADER, _RELATED):
            yield value, _NARROWER if prop == _BROADER else prop, subject
        if prop == _TOP and value == self.outline.framework:
            yield value, _HAS_TOP, subject
        if prop == _PREF:
            self._names.setdefault(subject, set()).add(value)

    def _is_only_name(self, subject: Node) -> bool:
        """Say whether the file called its scheme by an rdfs:label and nothing else."""
        origin = self.origin
        lacks = origin.lacks(_PREF) and origin.lacks(term("dcterms:title"))
        inferred = origin.infers(subject, _LABEL)
        return origin.is_skos and subject == origin.root and lacks and not inferred

    def _broken(self, subject: Node, prop: URIRef, value: Node) -> str | None:
        """Return which condition of SKOS a triple would break, or None."""
        names = self._names.get(subject, set())
        if prop == _TYPE and value in _KINDS:
            return "SKOS keeps concepts, schemes and collections apart (S9, S37)"
        if prop == _PREF and _tag(value) in {_tag(name) for name in names - {value}}:
            return "SKOS allows one preferred label a language (S14)"
        if prop in (_ALT, _HIDDEN) and value in names:
            return "the preferred label is no other label too (S13)"
        if prop == _HIDDEN and value in self.outline.thing(subject).values("skos:altLabel"):
            return "an alternative label is no hidden label too (S13)"
        if prop in _MATCHES and not isinstance(value, URIRef):
            return "a match leads to a concept, which has an IRI"
        if prop == _RELATED and (self._stands_under(subject, value) or value == subject
                                 or self._stands_under(value, subject)):  # fmt: skip
            return "one stands under the other, which is more than related (S27)"
        if prop in _LINKS and value in self.parts and value not in self.concepts:
            return "what it leads to is no concept here"
        if prop in _TREE and (subject in self.bad or value in self.bad):
            return "an unhelpful behaviour has no place in the tree"
        return None

    def _stands_under(self, low: Node, high: Node) -> bool:
        waiting, seen = [low], set[Node]()
        while waiting:
            here = waiting.pop()
            above = [*self.origin.values(here, _BROADER)]
            above += [self._above[here]] if here in self._above else []
            if high in above:
                return True
            waiting += [node for node in above if node not in seen]
            seen |= set(above)
        return False

    # -------------------------------------------------------------- beside concepts

    def _beside(self) -> Iterator[Row]:
        """Yield what is said of other things that belong to the concepts."""
        about: dict[Node, list[Row]] = {}
        for row in self.origin.rows:
            if row[0] not in self.parts and row[0] not in self.origin.sources:
                about.setdefault(row[0], []).append(row)
        reached = self._reached(about)
        for node in sorted(about, key=lambda node: (isinstance(node, BNode), str(node))):
            if node in reached:
                yield from sorted(
                    (row for row in about[node] if self._goes(row)),
                    key=lambda row: (str(row[1]), str(row[2])),
                )
            elif _is_typed_ours(about[node]) and not self._is_around(node):
                self.losses.append(Loss(str(node), "rdf:type", "SKOS has no term for it"))

    def _reached(self, about: dict[Node, list[Row]]) -> set[Node]:
        """Return what the concepts lead to, and what leads to them; from SKOS all there is."""
        if self.origin.is_skos:
            return set(about)
        found = {node for node in about if node in self.nodes}
        waiting = [
            v for e in self.outline.entries for p, vs in e.about.items() for v in vs
            if v in about and not p.startswith(_OURS)
        ]  # fmt: skip
        for node, rows in about.items():
            if not _is_typed_ours(rows):
                waiting += [node] if any(v in self.concepts for _, _, v in rows) else []
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += [v for _, p, v in about[node] if v in about]
        return found

    def _goes(self, row: Row) -> bool:
        """Say whether a triple about another thing is not in our terms, and not made up."""
        subject, prop, value = row
        if self._is_body(subject) and (prop == _TYPE or self.origin.infers(subject, prop)):
            stated = _TYPE not in self.origin.values(subject, term("comp:notStated"))
            return prop == _TYPE and stated and value != term("org:Organization")
        if _is_ours(URIRef(str(prop)), value):
            return False
        kinds = {str(kind) for kind in self.origin.values(subject, _TYPE)}
        if not any(kind.startswith(_OURS) or "ns/org#" in kind for kind in kinds):
            return True
        own = (_LABEL, term("skos:notation"))
        return prop not in own and "ns/org#" not in str(value) and subject in self.nodes

    def _is_body(self, node: Node) -> bool:
        return term("rdfs:Datatype") in self.origin.values(node, _TYPE)

    def _is_around(self, node: Node) -> bool:
        return node in self._around

    @cached_property
    def _around(self) -> set[Node]:
        return {thing.node for thing in self.outline.around}


def _is_ours(prop: URIRef, value: Node) -> bool:
    """Say whether a triple is in our terms, which the view tells in those of SKOS."""
    return str(prop).startswith(_OURS) or (prop == _TYPE and str(value).startswith(_OURS))


def _is_typed_ours(rows: Iterable[Row]) -> bool:
    return any(prop == _TYPE and str(value).startswith(_OURS) for _, prop, value in rows)


def _tag(text: Node) -> str | None:
    return (text.language or "").lower() if isinstance(text, Literal) else None
