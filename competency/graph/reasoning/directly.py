"""What follows from a graph, worked out on sets: the same as the rules give, many times as fast.

The rules in ``sparql/rules`` are what counts; a test holds this against them. Each rule is a
function here that sees what the rule sees, and they run in the order in which
:mod:`competency.graph.reasoning.inferring` runs the rules, since one of them concludes from what
is not known. Terms are numbers, so that a rule is mostly the difference of two sets; a graph comes
and goes as N-Triples, whose words are told apart as they stand, without making a term of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import pyoxigraph as ox

from competency.graph.reasoning.axioms import AXIOMS, SORTS, axioms_in, own_axioms
from competency.graph.store import OX_FORMATS, is_iri
from competency.ontology import COMP, PREFIXES

_NTRIPLES = OX_FORMATS["ntriples"]
_RDFS, _OWL = PREFIXES["rdfs"], PREFIXES["owl"]
_TYPE, _THING = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(_OWL + "Thing")
_SYMMETRIC, _TRANSITIVE, _INVERSE = (
    ox.NamedNode(_OWL + name) for name in ("SymmetricProperty", "TransitiveProperty", "inverseOf")
)
_BELOW, _NARROWER, _DOMAIN, _RANGE = (
    ox.NamedNode(_RDFS + name) for name in ("subClassOf", "subPropertyOf", "domain", "range")
)
_FRAMEWORK, _PART_OF, _INSIDE = (
    ox.NamedNode(str(COMP[name])) for name in ("Framework", "partOf", "inFramework")
)
_TELLING, _SORTED = {str(name) for name in AXIOMS}, {str(name) for name in SORTS}
_END = " .\n"  # of a statement; no text has it, since its ends of lines are written otherwise

Pair = tuple[int, int]  # subject and object
New = Iterator[tuple[int, set[Pair]]]  # by property


def following(data: bytes) -> bytes:
    """Return what follows from a graph by the rules, as :func:`infer` does.

    Both are N-Triples the way that pyoxigraph writes them.

    >>> following(b"")
    b''
    """
    stated = data.decode().split(_END)[:-1]
    found = {line for lines in _Known(stated).run() for line in lines}
    return "".join(line + _END for line in sorted(found.difference(stated))).encode()


@dataclass(frozen=True)
class _Axioms:
    """The axioms by their sort, in numbers; ``numbers`` are those of the terms in them."""

    numbers: dict[str, int]
    inverses: list[Pair]
    narrower: list[Pair]
    domains: list[Pair]
    ranges: list[Pair]
    symmetric: list[int]
    broader: dict[int, list[int]]


class _Known:
    """What is stated and what has followed so far: by property the pairs of what it holds for."""

    def __init__(self, lines: Iterable[str]) -> None:
        rows = [line.split(" ", 2) for line in lines]
        kind = str(_TYPE)
        axioms = tuple(
            " ".join(row)
            for row in rows
            if row[1] in _TELLING or (row[2] in _SORTED and row[1] == kind)
        )
        self._axioms = _read(axioms)
        self._numbers = self._axioms.numbers
        numbers: dict[str, int] = defaultdict(count(len(self._numbers)).__next__, self._numbers)
        number = numbers.__getitem__  # a new one for a new term
        self._pairs: dict[int, set[Pair]] = defaultdict(set)
        for subject, name, value in rows:
            held = value if value[-1] != ">" or value[0] != '"' else _as_stored(value)
            self._pairs[number(name)].add((number(subject), number(held)))
        self._terms = [*numbers]
        self._literals = {n for term, n in numbers.items() if term[0] == '"'}
        self._type = self._numbers[kind]

    def run(self) -> Iterator[list[str]]:
        """Yield what each rule gives that is new, until nothing more follows."""
        rules: tuple[Callable[[], New], ...] = (
            self._framework_of_a_part, self._from_inverses, self._from_symmetric,
            self._from_narrower, self._from_domains, self._from_ranges, self._from_classes,
        )  # fmt: skip
        additions, seen = 0, dict.fromkeys(rules, -1)
        while waiting := [rule for rule in rules if seen[rule] != additions]:
            for rule in waiting:
                seen[rule] = additions
                if new := [*self._new(rule)]:
                    additions += 1
                    yield new

    def _new(self, rule: Callable[[], New]) -> Iterator[str]:
        """Add what a rule gives on what was known before it, and yield that."""
        given: dict[int, set[Pair]] = defaultdict(set)
        for name, pairs in rule():
            given[name] |= pairs
        terms = self._terms
        for name, pairs in given.items():
            fresh = pairs - self._pairs[name]
            self._pairs[name] |= fresh
            middle = f" {terms[name]} "
            yield from [terms[s] + middle + terms[o] for s, o in fresh]

    # ------------------------------------------------------------------ the rules

    def _of(self, name: int) -> set[Pair]:
        return self._pairs.get(name, set())

    def _from_inverses(self) -> New:
        for there, back in self._axioms.inverses:
            yield back, self._turned(there)

    def _from_symmetric(self) -> New:
        for name in self._axioms.symmetric:
            yield name, self._turned(name)

    def _turned(self, name: int) -> set[Pair]:
        return {(o, s) for s, o in self._of(name) if o not in self._literals}

    def _from_narrower(self) -> New:
        for narrow, broad in self._axioms.narrower:
            if pairs := self._of(narrow):
                yield broad, pairs - self._of(broad)

    def _from_domains(self) -> New:
        for name, kind in self._axioms.domains:
            yield self._type, {(s, kind) for s, _ in self._of(name)}

    def _from_ranges(self) -> New:
        for name, kind in self._axioms.ranges:
            yield self._type, {(o, kind) for _, o in self._of(name) if o not in self._literals}

    def _from_classes(self) -> New:
        things: dict[int, list[int]] = defaultdict(list)
        for thing, kind in self._of(self._type):
            things[kind].append(thing)
        for kind, found in things.items():
            for broad in self._axioms.broader.get(kind, ()):
                yield self._type, {(thing, broad) for thing in found}

    def _framework_of_a_part(self) -> New:
        """Give the framework of parts that name none: the one at the top of their tree."""
        inside, part_of, framework = (
            self._numbers[str(term)] for term in (_INSIDE, _PART_OF, _FRAMEWORK)
        )
        above: dict[int, list[int]] = defaultdict(list)
        for part, parent in self._of(part_of):
            above[part].append(parent)
        named: dict[int, set[int]] = defaultdict(set)
        for part, whole in self._of(inside):
            named[part].add(whole)
        kinds = self._of(self._type)
        given: set[Pair] = set()
        for part in above.keys() - named.keys():
            found: set[int] = set()
            for top in _tops(part, above):
                found |= named.get(top, set()) | ({top} if (top, framework) in kinds else set())
            if len(found) == 1:
                given.add((part, found.pop()))
        yield inside, given


def _tops(part: int, above: dict[int, list[int]]) -> set[int]:
    """Return what a part is below that is itself part of nothing."""
    seen: set[int] = set()
    waiting = [*above[part]]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += above.get(here, ())
    return {here for here in seen if here not in above}


@lru_cache(maxsize=4)
def _read(lines: tuple[str, ...]) -> _Axioms:
    """Read the axioms: those of our ontology, and those that a graph states."""
    rows = [q.triple for q in ox.parse("".join(x + _END for x in lines), format=_NTRIPLES)]
    axioms = (*own_axioms(), *axioms_in(rows))
    terms = (_TYPE, _THING, _SYMMETRIC, _INSIDE, _PART_OF, _FRAMEWORK)
    numbers = {str(term): place for place, term in enumerate(terms)}
    transitive = {a.subject for a in axioms if a.predicate == _TYPE and a.object == _TRANSITIVE}
    said: dict[ox.NamedNode, list[Pair]] = defaultdict(list)
    for axiom in dict.fromkeys(axioms):
        if is_iri(axiom.object) and not (
            axiom.predicate in (_INVERSE, _NARROWER) and axiom.object in transitive
        ):
            one, other = str(axiom.subject), str(axiom.object)
            ends = (
                numbers.setdefault(one, len(numbers)),
                numbers.setdefault(other, len(numbers)),
            )
            said[axiom.predicate].append(ends)
    broader: dict[int, list[int]] = defaultdict(list)
    for narrow, broad in said[_BELOW]:
        if broad != numbers[str(_THING)]:
            broader[narrow].append(broad)
    symmetric = [one for one, other in said[_TYPE] if other == numbers[str(_SYMMETRIC)]]
    return _Axioms(
        numbers, said[_INVERSE], said[_NARROWER], said[_DOMAIN], said[_RANGE], symmetric, broader
    )


@lru_cache(maxsize=10_000)
def _as_stored(value: str) -> str:
    """Return a literal in the form that a store gives it: ``1.50`` becomes ``1.5``."""
    store = ox.Store()
    store.load(f"<urn:key> <urn:key> {value}{_END}", format=_NTRIPLES)
    return str(next(iter(store)).object)
