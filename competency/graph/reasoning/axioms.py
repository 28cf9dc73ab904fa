"""The axioms that the rules read: few sorts, made ready so that a rule is one simple pattern.

Equivalent classes or properties are each below the other, and an inverse is one in both
directions. In our own ontology, what is below something that is below a third is below that as
well, which saves the rules some rounds. Classes that are made of others (restrictions, unions) are
left to HermiT.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox

from competency._files import folder
from competency.formats import by_name
from competency.graph.loading import named_graphs
from competency.graph.store import is_iri
from competency.ontology import ONTOLOGY_IRI, PREFIXES

_RDFS, _OWL = PREFIXES["rdfs"], PREFIXES["owl"]
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_BELOW = [ox.NamedNode(_RDFS + name) for name in ("subClassOf", "subPropertyOf")]
_SAME = {
    ox.NamedNode(_OWL + "equivalentClass"): _BELOW[0],
    ox.NamedNode(_OWL + "equivalentProperty"): _BELOW[1],
}
_INVERSE = ox.NamedNode(_OWL + "inverseOf")
_OTHERS = {ox.NamedNode(_RDFS + "domain"), ox.NamedNode(_RDFS + "range"), _INVERSE}
SORTS = {ox.NamedNode(_OWL + name) for name in ("SymmetricProperty", "TransitiveProperty")}

AXIOMS = {*_BELOW, *_SAME, *_OTHERS}  # properties that say one, beside the sorts of properties


def axioms_in(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return the axioms among some triples, ready for the rules, each once."""
    found: dict[ox.Triple, None] = {}
    for triple in triples:
        if is_iri(triple.subject) and is_iri(triple.object):
            found |= dict.fromkeys(_read(triple))
    return [*found]


def _read(triple: ox.Triple) -> Iterator[ox.Triple]:
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    if predicate in _BELOW or predicate in _OTHERS or (predicate == _TYPE and value in SORTS):
        yield triple
    if predicate in _SAME:
        yield ox.Triple(subject, _SAME[predicate], value)
        yield ox.Triple(value, _SAME[predicate], subject)  # type: ignore[arg-type]
    elif predicate == _INVERSE:
        yield ox.Triple(value, predicate, subject)  # type: ignore[arg-type]


def closed(axioms: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return axioms with all that is below something at any depth."""
    found = dict.fromkeys(axioms)
    for predicate in _BELOW:
        above: dict[object, set[ox.Triple]] = defaultdict(set)
        for triple in found:
            if triple.predicate == predicate:
                above[triple.subject].add(triple)
        for start in [*above]:
            waiting, seen = [*above[start]], {start}
            while waiting:
                broad = waiting.pop().object
                if broad not in seen:
                    seen.add(broad)
                    found[ox.Triple(start, predicate, broad)] = None  # type: ignore[arg-type]
                    waiting += above.get(broad, ())
    return [*found]


@lru_cache(maxsize=1)
def own_axioms() -> tuple[ox.Triple, ...]:
    """Return the axioms of our ontology."""
    data = (folder("ontology") / "competency.ttl").read_bytes()
    found = named_graphs(data, by_name("turtle"), "competency.ttl", ONTOLOGY_IRI)
    return tuple(closed(axioms_in(triple for graph in found for triple in graph.triples)))
