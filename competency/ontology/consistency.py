"""Consistency of the ontology, alone or with data and with an ontology built on it, by HermiT.

Implements consistency of the OWL 2 Direct Semantics, as far as HermiT does; what it cannot see is
in :mod:`statements`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from competency.errors import TimeReached
from competency.ontology.axioms import Axiom, Ontology, ontology_of, triples_of
from competency.ontology.clashes import Schema, clashes
from competency.ontology.explanation import MOST, Contradiction, explain, world_of
from competency.ontology.hermit import SECONDS, Hermit
from competency.ontology.justification import empty_because, empty_classes
from competency.ontology.statements import Fault, Statements, statements_of
from competency.ontology.vocabulary import own_vocabulary


@dataclass(frozen=True)
class Consistency:
    """The answer: is it consistent, which classes can have no member, and why not.

    ``faults`` are statements that are wrong in themselves; ``contradictions`` those that cannot
    all be true, and classes that can have no member, with their axioms where that was asked for;
    ``complete`` says whether these are all.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    complete: bool = True

    def __bool__(self) -> bool:
        """Say whether the graph is consistent and every class can have members."""
        return self.consistent and not self.unsatisfiable


def check_consistency(
    data: Graph | None = None, *, explained: bool = False, seconds: float = SECONDS
) -> Consistency:
    """Ask HermiT whether the ontology, with ``data`` if given, is consistent.

    The classes that data define themselves, or our own without data, are looked at one by one.
    With ``explained`` the fewest statements and axioms are looked for, which takes longer.

    Raises DependencyMissing where owlready2 or Java is not installed, TimeReached, LimitReached,
    and ParseError where what the data define is not OWL 2 DL.

        check_consistency(graph).consistent
    """
    return _Check(data if data is not None else Graph(), Hermit(seconds)).answer(
        own_classes=data is None, explained=explained
    )


@cache
def own_ontology() -> Ontology:
    """Return the axioms of our own ontology, cut once in a process."""
    return ontology_of(own_vocabulary().graph, things=True)


class _Check:
    def __init__(self, data: Graph, hermit: Hermit) -> None:
        self._hermit = hermit
        self._added = ontology_of(data)
        self._data = data

    @cached_property
    def _ontology(self) -> Ontology:
        return own_ontology() + self._added if self._added.axioms else own_ontology()

    @cached_property
    def _statements(self) -> Statements:
        return statements_of(self._data, self._ontology)

    def answer(self, *, own_classes: bool, explained: bool) -> Consistency:
        alone = triples_of(self._ontology.axioms, self._ontology.declarations)
        if self._added.axioms and not self._hermit.consistent(alone):
            return Consistency(False, contradictions=(Contradiction(None, (), ()),), complete=False)
        classes = self._ontology.classes if own_classes else self._new_classes()
        empty = empty_classes(self._ontology, classes, self._hermit)
        found = self._statements
        sound = self._hermit.consistent(world_of(found.good, self._ontology))
        answer = Consistency(
            sound and not found.faults, tuple(map(str, empty)), found.faults, complete=not explained
        )
        return self._explained(answer, empty, sound) if explained else answer

    def _new_classes(self) -> Iterable[Node]:
        return {
            term
            for axiom in self._added.axioms
            for term in axiom.terms & self._ontology.classes
            if term not in own_ontology().classes
        }

    def _explained(self, answer: Consistency, empty: list[Node], sound: bool) -> Consistency:
        contradictions: list[Contradiction] = []
        complete = True
        try:
            axioms = empty_because(empty[:MOST], self._ontology, self._hermit)
            contradictions += map(_empty, empty, axioms)
            if not sound:
                more = explain(self._statements.good, self._ontology, self._hermit)
                contradictions += more.contradictions
                complete = more.complete
        except TimeReached:
            complete = False
        return Consistency(
            answer.consistent, answer.unsatisfiable, answer.faults, tuple(contradictions), complete
        )


def _empty(class_: Node, axioms: tuple[Axiom, ...]) -> Contradiction:
    """Return why a class can have no member: what would not go together about one."""
    member = (URIRef("urn:x-member"), RDF.type, class_)
    clash = next(clashes([member], Schema(axioms)), None)
    return Contradiction(class_, (), axioms, clash)
