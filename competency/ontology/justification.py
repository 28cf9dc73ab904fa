"""The fewest axioms by which something cannot be: why statements clash, why a class is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from competency.ontology.assumptions import ALL, declared, member_of
from competency.ontology.axioms import Axiom, Ontology, Triple, relevant, triples_of
from competency.ontology.hermit import Hermit
from competency.ontology.shrinking import shrink, tagged, together


@dataclass(frozen=True)
class Wanted:
    """What is to be explained: a class ``ALL`` that can have no member, and the names in it."""

    terms: frozenset[Node]
    triples: tuple[Triple, ...]


def fewest_axioms(
    wanted: Sequence[Wanted], ontology: Ontology, hermit: Hermit
) -> list[tuple[Axiom, ...]]:
    """Return for each what follows from no fewer axioms; what is wanted is known to follow.

    Where there are several ways to see it, one is returned that stays near to what is wanted.
    Raises what HermiT raises.
    """

    def ask(asked: list[tuple[Wanted, tuple[Axiom, ...]]]) -> list[bool]:
        graphs = []
        for item, axioms in asked:
            terms = item.terms.union(*(axiom.terms for axiom in axioms))
            graphs.append(triples_of(axioms, (*declared(ontology, terms), *item.triples)))
        return [not so for so in hermit.satisfiable(graphs, [str(ALL)])]

    searches = [
        tagged(shrink(relevant(ontology.axioms, item.terms)[::-1], ontology.axioms), item)
        for item in wanted
    ]
    return [found or () for found in together(searches, ask)]


def empty_classes(ontology: Ontology, classes: Iterable[Node], hermit: Hermit) -> list[Node]:
    """Return those of some classes that can have no member, in order."""
    asked = sorted(item for item in classes if isinstance(item, URIRef))
    graph = triples_of(ontology.axioms, ontology.declarations)
    answers = hermit.satisfiable([graph], [str(item) for item in asked]) if asked else []
    return [item for item, so in zip(asked, answers, strict=True) if not so]


def empty_because(
    classes: Sequence[Node], ontology: Ontology, hermit: Hermit
) -> list[tuple[Axiom, ...]]:
    """Return for each class that can have no member the axioms that say so."""
    wanted = [Wanted(frozenset([item]), tuple(member_of(item))) for item in classes]
    return fewest_axioms(wanted, ontology, hermit)
