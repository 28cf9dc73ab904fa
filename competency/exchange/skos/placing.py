"""SKOS in: which scheme each concept is in, what it stands under, and in which order.

The links of SKOS may be said from either end, or from none; a concept may have several broader
ones, none, or itself. Here each concept gets one place in one tree, always the same one.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.errors import ParseError
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Kept, Remark
from competency.exchange.skos.statements import Statements
from competency.graph.store import is_absolute

_COLLECTIONS = ("skos:Collection", "skos:OrderedCollection")
_OF_CONCEPTS = ("skos:inScheme", "skos:topConceptOf", "skos:broader", "skos:narrower")


@dataclass
class Scheme:
    """One concept scheme: its concepts in the order of the file, and the tree they stand in."""

    root: URIRef
    made: bool = False  # the file has none; a framework is made for concepts without scheme
    concepts: list[URIRef] = field(default_factory=list)
    parent: dict[Node, URIRef | None] = field(default_factory=dict)
    children: dict[Node, list[URIRef]] = field(default_factory=dict)
    ordered: set[Node] = field(default_factory=set)  # what has its order from a collection


@dataclass
class Placed:
    """The schemes of a file, its statements with a name for everything, and what was odd."""

    statements: Statements
    schemes: list[Scheme]
    remarks: list[Remark]

    def odd(self, where: Node | str, what: str) -> None:
        """Remember something that is not as SKOS has it."""
        self.remarks.append(Remark(Kept.odd, str(where), what))


def placed(statements: Statements, file: File, options: Reading) -> Placed:
    """Return the schemes of a file with the place of every concept; ParseError without any."""
    remarks: list[Remark] = []
    made = _made_root(file, options)
    named = _named(statements, made, remarks)
    found = Placed(named, [Scheme(URIRef(str(node))) for node in _schemes(named)], remarks)
    concepts = _concepts(named, found)
    if not concepts and not found.schemes:
        raise ParseError(file.name, "holds no SKOS: there is neither a scheme nor a concept", 1)
    _assign(found, concepts, made)
    for scheme in found.schemes:
        _stand(found, scheme)
        _order(found, scheme)
    return found


def is_collection(statements: Statements, node: Node) -> bool:
    """Say whether a thing is a collection and no concept too."""
    concept = statements.is_a(node, "skos:Concept")
    return statements.is_a(node, *_COLLECTIONS) and not concept


# ------------------------------------------------------------------ what there is


def _made_root(file: File, options: Reading) -> URIRef:
    step = options.identifier or PurePath(file.name).stem
    root = options.base + (re.sub(r"[^A-Za-z0-9._~-]+", "-", step).strip("-") or "skos")
    if not is_absolute(root):
        raise ParseError(file.name, f"{root} is no IRI; choose another base")
    return URIRef(root)


def _schemes(statements: Statements) -> list[Node]:
    """Return the schemes: those described, then those that concepts only name."""
    found: dict[Node, None] = {}
    for node in statements.subjects_in_order:
        if statements.is_a(node, "skos:ConceptScheme") or statements.values(
            node, "skos:hasTopConcept"
        ):
            found[node] = None
    for node in statements.subjects_in_order:
        for name in ("skos:inScheme", "skos:topConceptOf"):
            values = statements.values(node, name)
            found |= dict.fromkeys(v for v in values if not isinstance(v, Literal))
    return list(found)


def _is_concept(statements: Statements, node: Node) -> bool:
    if statements.is_a(node, "skos:Concept"):
        return True
    if statements.is_a(node, *_COLLECTIONS):
        return False
    about = (*_OF_CONCEPTS, "skos:prefLabel", "skos:topConceptOf")
    if any(statements.values(node, name) for name in about):
        return True
    return any(statements.subjects(n, node) for n in ("skos:narrower", "skos:hasTopConcept"))


def _concepts(statements: Statements, found: Placed) -> list[URIRef]:
    schemes = {scheme.root for scheme in found.schemes}
    concepts = []
    for node in statements.subjects_in_order:
        if node in schemes:
            if statements.is_a(node, "skos:Concept"):
                found.odd(node, "a scheme is no concept (S9); it is read as a scheme")
        elif isinstance(node, URIRef) and _is_concept(statements, node):
            concepts.append(node)
            if not statements.is_a(node, "skos:Concept"):
                found.odd(node, "it is not said to be a skos:Concept, and is read as one")
    return concepts


def _named(statements: Statements, made: URIRef, remarks: list[Remark]) -> Statements:
    """Return the statements with IRIs for the schemes and concepts that have none."""
    names: dict[Node, URIRef] = {}
    schemes = _schemes(statements)
    for scheme in schemes:
        if isinstance(scheme, BNode):
            names[scheme] = URIRef(f"{made}-{len(names) + 1}" if names else made)
    first = next((names.get(s, URIRef(str(s))) for s in schemes), made)
    concepts = 0
    for node in statements.subjects_in_order:
        if isinstance(node, BNode) and node not in names and _is_concept(statements, node):
            concepts += 1
            names[node] = URIRef(f"{first}/concept/{concepts}")
    for node, name in names.items():
        remarks.append(Remark(Kept.odd, f"_:{node}", f"has no IRI, and is named {name}"))
    return statements.renamed(names)


# ------------------------------------------------------------------ which scheme


def _assign(found: Placed, concepts: list[URIRef], made: URIRef) -> None:
    """Put each concept in a scheme: the first it names, else that of what it is linked to."""
    st = found.statements
    home: dict[URIRef, Node] = {}
    for concept in concepts:
        named = [
            *st.values(concept, "skos:inScheme"),
            *st.values(concept, "skos:topConceptOf"),
            *st.subjects("skos:hasTopConcept", concept),
        ]
        named = [node for node in dict.fromkeys(named) if isinstance(node, URIRef)]
        named.sort(key=lambda node: not st.is_a(node, "skos:ConceptScheme"))
        if named:
            home[concept] = named[0]
        if len(named) > 1:
            found.odd(concept, f"it is in several schemes; its place is in {named[0]}")
    known = set(concepts)
    waiting = deque(home)
    while waiting:
        concept = waiting.popleft()
        for other in _linked(st, concept):
            if other in known and other not in home:
                home[URIRef(str(other))] = home[concept]
                waiting.append(URIRef(str(other)))
    _shelter(found, [concept for concept in concepts if concept not in home], home, made)
    by_root = {scheme.root: scheme for scheme in found.schemes}
    for concept in concepts:
        by_root[URIRef(str(home[concept]))].concepts.append(concept)
    found.schemes[:] = [s for s in found.schemes if s.concepts or st.about(s.root)]


def _shelter(found: Placed, lost: list[URIRef], home: dict[URIRef, Node], made: URIRef) -> None:
    """Put concepts without a scheme in the only one there is, or in one made for them."""
    if not lost:
        return
    if len(found.schemes) == 1:
        scheme, what = found.schemes[0], "it names no scheme; it is put in the only one there is"
    else:
        scheme, what = Scheme(made, made=True), "it names no scheme; one is made for it"
        found.schemes.append(scheme)
    for concept in lost:
        home[concept] = scheme.root
    more = f" ({len(lost)} concepts)" if len(lost) > 1 else ""
    found.odd(lost[0], what + more)


def _linked(st: Statements, concept: URIRef) -> Iterable[Node]:
    for name in ("skos:broader", "skos:narrower"):
        yield from st.values(concept, name)
        yield from st.subjects(name, concept)


# ------------------------------------------------------------------ the tree


def broader(st: Statements, concept: Node) -> list[Node]:
    """Return what is broader than a concept, said from either end, what it says itself first."""
    found = [*st.values(concept, "skos:broader"), *st.subjects("skos:narrower", concept)]
    return [node for node in dict.fromkeys(found) if not isinstance(node, Literal)]


def _stand(found: Placed, scheme: Scheme) -> None:
    """Give each concept the first broader one of its scheme, and cut circles where they begin."""
    here = set(scheme.concepts)
    for concept in scheme.concepts:
        above = [node for node in broader(found.statements, concept) if node in here]
        places = [URIRef(str(node)) for node in above if node != concept]
        scheme.parent[concept] = places[0] if places else None
        if len(places) > 1:
            what = f"it has {len(places)} broader concepts; its place is under {places[0]}"
            found.odd(concept, f"{what}, the others stay as skos:broader")
        if concept in above:
            found.odd(concept, "it is broader than itself; this stays as it is and places nothing")
    _cut_circles(found, scheme)


def _cut_circles(found: Placed, scheme: Scheme) -> None:
    rank = {concept: number for number, concept in enumerate(scheme.concepts)}
    safe: set[Node] = set()
    for concept in scheme.concepts:
        path: dict[URIRef, None] = {}
        here: URIRef | None = concept
        while here is not None and here not in safe and here not in path:
            path[here] = None
            here = scheme.parent[here]
        if here is not None and here in path:
            steps = list(path)
            circle = steps[steps.index(here) :]
            first = min(circle, key=lambda node: rank[node])
            scheme.parent[first] = None
            what = f"{len(circle)} concepts stand under each other in a circle; it is put on top"
            found.odd(first, what)
        safe |= set(path)


def _order(found: Placed, scheme: Scheme) -> None:
    """Put siblings in order: as their parent names them, then as they come in the file."""
    st = found.statements
    for concept in scheme.concepts:
        above = scheme.parent[concept] or scheme.root
        scheme.children.setdefault(above, []).append(concept)
    for holder, below in scheme.children.items():
        name = "skos:hasTopConcept" if holder == scheme.root else "skos:narrower"
        rank = {node: number for number, node in enumerate(st.values(holder, name))}
        below.sort(key=lambda node: rank.get(node, len(rank)))
