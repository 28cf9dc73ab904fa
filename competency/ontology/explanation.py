"""Why data and ontology cannot all be true: few statements, the axioms they go against, in words.

HermiT only says that something is contradictory. So it is asked again about less and less: about
what is said of one thing and its neighbours, those first at which :mod:`clashes` points, then
about ever fewer statements, and at last about ever fewer axioms (black-box search for a
justification). What is left is small, and every statement and axiom in it is needed.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rdflib import OWL, RDF, Literal, URIRef
from rdflib.term import Node

from competency.errors import TimeReached
from competency.ontology.assumptions import Assumptions, assumed
from competency.ontology.axioms import Axiom, Ontology, Triple, triples_of
from competency.ontology.clashes import Clash, Schema, clashes
from competency.ontology.hermit import Hermit
from competency.ontology.justification import Wanted, fewest_axioms
from competency.ontology.shrinking import Sets, shrink, together
from competency.ontology.statements import things_of

MOST = 10  # contradictions that are looked for
_MOST_LINKS = 20  # of one property to a thing, that a look at the thing takes in
_SLICE = 150  # things that are looked at in one go


@dataclass(frozen=True)
class Contradiction:
    """Statements that cannot all be true, with the axioms that say so; each of them is needed.

    ``thing`` is what it is about, a class where it is a class that can have no member, and None
    where the ontology contradicts itself; ``clash`` says what does not go together, where it is of
    a common kind. Axioms are missing where there was no time to look for them.
    """

    thing: Node | None
    statements: tuple[Triple, ...]
    axioms: tuple[Axiom, ...]
    clash: Clash | None = None


@dataclass(frozen=True)
class Explanation:
    """Contradictions, and whether these are all: without them nothing would be contradictory."""

    contradictions: tuple[Contradiction, ...]
    complete: bool


def explain(
    statements: Sequence[Triple], ontology: Ontology, hermit: Hermit, most: int = MOST
) -> Explanation:
    """Explain why statements are not consistent with an ontology that is consistent itself.

    What was found by the time that HermiT may take is returned, and that there may be more.
    """
    return _Explainer(statements, ontology, hermit, most).explanation()


class _Explainer:
    def __init__(
        self, statements: Sequence[Triple], ontology: Ontology, hermit: Hermit, most: int
    ) -> None:
        self._left = dict.fromkeys(statements)
        self._ontology, self._hermit, self._most = ontology, hermit, most
        self._found: dict[frozenset[Triple], None] = {}

    def explanation(self) -> Explanation:
        complete = False
        with contextlib.suppress(TimeReached):
            complete = self._search()
        sets = [tuple(sorted(item, key=str)) for item in self._found]
        wanted = [Wanted(_terms(item), tuple(assumed(item))) for item in sets]
        axioms: list[tuple[Axiom, ...]] = [() for _ in sets]
        with contextlib.suppress(TimeReached):
            axioms = fewest_axioms(wanted, self._ontology, self._hermit)
        return Explanation(tuple(map(self._told, sets, axioms)), complete)

    def _told(self, statements: tuple[Triple, ...], axioms: tuple[Axiom, ...]) -> Contradiction:
        schema = Schema(axioms) if axioms else self._schema
        clash = next(clashes(statements, schema), None)
        return Contradiction(
            clash.thing if clash else _thing(statements), statements, axioms, clash
        )

    def _search(self) -> bool:
        """Find sets of statements, taking one of each away; say whether all is found.

        First where something seems wrong, then at one thing after the other, then in all at once.
        """
        hoods = _Hoods(self._left)
        for things in self._places():
            new = self._look([hoods(thing) for thing in things] if things else [(*self._left,)])
            if new and self._is_consistent():
                return True
            if len(self._found) >= self._most:
                return False
        return False

    def _places(self) -> Iterator[list[Node]]:
        """Yield the things to look at, those again at which something was found; [] is all."""
        while seen := [*dict.fromkeys(clash.thing for clash in clashes(self._left, self._schema))]:
            before = len(self._found)
            yield seen[:_SLICE]
            if len(self._found) == before:
                break
        things = things_of(self._left)
        slices = [things[start : start + _SLICE] for start in range(0, len(things), _SLICE)]
        for some in (*slices, []):
            before = -1
            while before < len(self._found):
                before = len(self._found)
                yield some

    def _look(self, hoods: list[tuple[Triple, ...]]) -> int:
        """Search in sets of statements; return how many contradictions are new."""
        wanted = self._bad([hood for hood in dict.fromkeys(hoods) if hood])
        found = together([shrink(hood) for hood in wanted], self._ask)
        new = {frozenset(item): hood for item, hood in zip(found, wanted, strict=True) if item}
        before = len(self._found)
        for item in sorted(new, key=lambda item: sorted(map(str, item))):
            if item <= self._left.keys():
                self._found[item] = None
                self._left.pop(self._worst(item, new[item]))
        return len(self._found) - before

    def _worst(self, found: frozenset[Triple], hood: tuple[Triple, ...]) -> Triple:
        """Return the statement without which the least seems wrong among those around it."""

        def wrong(left_out: Triple) -> tuple[int, str]:
            left = [item for item in hood if item in self._left and item != left_out]
            return sum(1 for _ in clashes(left, self._schema)), str(left_out)

        return min(found, key=wrong)

    def _bad(self, hoods: list[tuple[Triple, ...]]) -> list[tuple[Triple, ...]]:
        """Return the sets that are contradictory, the smallest first, as many as are wanted."""
        if len(hoods) <= self._most - len(self._found):
            return hoods  # the search itself sees at once which are not
        bad = [hood for hood, bad in zip(hoods, self._ask(hoods), strict=True) if bad]
        return sorted(bad, key=len)[: self._most - len(self._found)]

    def _ask(self, sets: Sets[Triple]) -> list[bool]:
        """Say of each set of statements whether it is contradictory."""
        made = Assumptions()
        classes = [made.together(item) for item in sets]
        graph = triples_of(self._ontology.axioms, (*self._ontology.declarations, *made.triples))
        return [not so for so in self._hermit.satisfiable([graph], classes)]

    def _is_consistent(self) -> bool:
        return self._hermit.consistent(world_of(self._left, self._ontology))

    @cached_property
    def _schema(self) -> Schema:
        return Schema(self._ontology.axioms)


class _Hoods:
    """What is said of a thing and of its neighbours."""

    def __init__(self, left: dict[Triple, None]) -> None:
        self._left = left
        self._about: dict[Node, list[Triple]] = defaultdict(list)
        self._to: dict[Node, dict[Node, list[Triple]]] = defaultdict(lambda: defaultdict(list))
        for triple in left:
            self._about[triple[0]].append(triple)
            if triple[1] != RDF.type and not isinstance(triple[2], Literal):
                self._to[triple[2]][triple[1]].append(triple)

    def __call__(self, thing: Node) -> tuple[Triple, ...]:
        """Return what is said of a thing, of what it is to others, and what these are."""
        found = dict.fromkeys(self._about[thing])
        for triples in self._to[thing].values():
            found |= dict.fromkeys(triples[:_MOST_LINKS])
        around = set(things_of(found))
        for item in around - {thing}:
            for triple in self._about[item]:
                same = triple[1] in (OWL.sameAs, OWL.differentFrom) and triple[2] in around
                if triple[1] == RDF.type or same:
                    found[triple] = None
        kept = [triple for triple in found if triple in self._left]
        return tuple(reversed(kept))  # what is last stays longest


def world_of(statements: Iterable[Triple], ontology: Ontology) -> list[Triple]:
    """Return an ontology and statements for HermiT."""
    things = ((t, RDF.type, OWL.NamedIndividual) for t in things_of(statements))
    classes = ((c, RDF.type, OWL.Class) for _, p, c in statements if p == RDF.type)
    return triples_of(ontology.axioms, (*ontology.declarations, *statements, *things, *classes))


def _terms(statements: Iterable[Triple]) -> frozenset[Node]:
    """Return the classes, properties and things that statements speak of."""
    return frozenset(term for triple in statements for term in triple if isinstance(term, URIRef))


def _thing(statements: Iterable[Triple]) -> Node | None:
    """Return what most of some statements are about."""
    subjects = [subject for subject, _, _ in statements]
    return max(sorted(subjects, key=str), key=subjects.count, default=None)
