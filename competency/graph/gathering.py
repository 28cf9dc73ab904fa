"""The alignments of a framework that graphs other than its own hold, gathered to go with it.

Alignments live in graphs of their own, and files of other formats have them in the framework. So
a writer asks here for the graph of the framework together with them, or for the bare statements,
each seen from the framework.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from competency.graph.alignments import OPPOSITE, RELATIONS
from competency.graph.knowledge_graph import KnowledgeGraph
from competency.graph.store import NamedGraph, is_iri
from competency.ontology import expand

_TYPE, _INSIDE = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("comp:inFramework"))
_ENDS = tuple(ox.NamedNode(expand(f"owl:annotated{e}")) for e in ("Source", "Property", "Target"))
_DENIED = ox.NamedNode(expand("sssom:predicate_modifier"))
_STATUS = ox.NamedNode(expand("comp:reviewStatus"))
_LABELS = tuple(ox.NamedNode(expand(f"sssom:{end}_label")) for end in ("subject", "object"))
_CALLED = {_ENDS[0], _ENDS[2], *_LABELS}
# Classes of what is about an alignment and is none: somebody has to look at it, or said no.
_NOT_YET = {expand(f"comp:{name}Alignment") for name in ("Suggested", "Refused")}
_SET = ox.NamedNode(expand("sssom:MappingSet"))
_OF_SET = {expand(name) for name in ("rdf:type", "dcterms:title", "sssom:mappings")}
OWN = "/alignments"  # behind a framework's IRI: the graph of the alignments that came with it

Ends = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


@dataclass(frozen=True)
class Aligned:
    """The graph of a framework with its alignments, and what ends elsewhere are called."""

    named: NamedGraph
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Gathered:
    """Statements and nodes about them, with the graphs that they are in."""

    stated: dict[Ends, None] = field(default_factory=dict)
    about: dict[tuple[Ends, object], tuple[ox.Triple, ...]] = field(default_factory=dict)


def with_alignments(graph: KnowledgeGraph, named: NamedGraph, root: str) -> Aligned:
    """Return a framework's graph with the alignments that other graphs hold, as authored there.

    Each is the plain statement and the node that says why and how sure. ``titles`` has what ends
    in other frameworks are called. What waits for review or was refused is no alignment.

        with_alignments(graph, graph.named_graph(iri), iri).named
    """
    own = without_set(named, root)
    found = gathered(graph, named, root)
    more = [triple for rows in found.about.values() for triple in rows]
    stated = [ox.Triple(*ends) for ends in found.stated]
    whole = NamedGraph(named.name, (*own, *stated, *more))
    return Aligned(whole, _titles(graph, whole, found.stated, root))


def described(named: NamedGraph, root: str) -> set[ox.NamedNode]:
    """Return the framework and what its graph gives a class or a place: what can be aligned."""
    found = {ox.NamedNode(root)}
    for triple in named.triples:
        if triple.predicate in (_TYPE, _INSIDE) and is_iri(triple.subject):
            found.add(triple.subject)
    return found


def own_set(root: str) -> str:
    """Return the name of the graph for the alignments that come with a framework.

    >>> own_set("https://example.org/welding")
    'https://example.org/welding/alignments'
    """
    return root.rstrip("/#") + OWN


# ---------------------------------------------------------------- looking


def gathered(graph: KnowledgeGraph, named: NamedGraph, root: str) -> Gathered:
    """Return the alignments of a framework that graphs other than its own hold."""
    found = Gathered()
    if len(graph.graph_names) < 2:
        return found
    inside = described(named, root)
    nodes: dict[object, set[str]] = defaultdict(set)
    for quad in _links(graph, inside):
        name = quad.graph_name.value if is_iri(quad.graph_name) else ""
        if name == named.name or not graph.has_graph(name):
            continue
        if quad.predicate.value not in RELATIONS:
            nodes[quad.subject].add(name)
        elif is_iri(quad.subject) and is_iri(quad.object):
            ends = quad.subject, quad.predicate, quad.object
            if _crosses(ends, inside):
                found.stated[ends] = None
                if graph.elsewhere:  # reading it learns where all ends are, in one question
                    graph.named_graph(name)
    for node, names in sorted(nodes.items(), key=lambda item: str(item[0])):
        for name in sorted(names):
            _describe(found, node, graph.named_graph(name), inside)
    found.stated = dict.fromkeys(sorted(found.stated, key=str))
    return found


def _links(graph: KnowledgeGraph, inside: set[ox.NamedNode]) -> Iterator[ox.Quad]:
    if graph.elsewhere:  # one question about all costs less than one for each part
        yield from graph.index.links(list(RELATIONS))
        return
    for end in sorted(inside, key=lambda end: end.value):
        yield from graph.index.links(list(RELATIONS), end.value)


def _crosses(ends: Ends, inside: set[ox.NamedNode]) -> bool:
    """Say whether one end is here; of opposites the other one has to be elsewhere."""
    here = [end in inside for end in (ends[0], ends[2])]
    return any(here) and not (all(here) and ends[1].value == OPPOSITE)


def _describe(found: Gathered, node: object, named: NamedGraph, inside: set[ox.NamedNode]) -> None:
    """Take over what a graph says of a node, where that describes an alignment of the framework."""
    rows = rows_about(named, node)
    ends = ends_of(rows)
    if ends is None or not _crosses(ends, inside):
        return
    found.stated[ends] = None
    before = found.about.get((ends, node), ())
    found.about[ends, node] = tuple(dict.fromkeys((*before, *rows)))


def ends_of(rows: Iterable[ox.Triple]) -> Ends | None:
    """Return what a node relates, None where it is no alignment: to review, refused, not whole."""
    found: dict[object, list[object]] = defaultdict(list)
    for row in rows:
        found[row.predicate].append(row.object)
    ends = [[value for value in found[end] if is_iri(value)] for end in _ENDS]
    if any(len(values) != 1 for values in ends) or ends[1][0].value not in RELATIONS:
        return None
    status, kinds = (
        [getattr(value, "value", "") for value in found[prop]] for prop in (_STATUS, _TYPE)
    )
    if is_none(status, kinds, denied=bool(found[_DENIED])):
        return None
    return ends[0][0], ends[1][0], ends[2][0]


def is_none(status: Iterable[str], kinds: Iterable[str], *, denied: bool) -> bool:
    """Say whether a node with this status and of these classes is no alignment, as it stands.

    It waits for review, was refused, or is denied.

    >>> is_none(["accepted"], [], denied=False), is_none(["to review"], [], denied=False)
    (False, True)
    """
    return denied or any(text != "accepted" for text in status) or not _NOT_YET.isdisjoint(kinds)


def rows_about(named: NamedGraph, node: object) -> tuple[ox.Triple, ...]:
    """Return what a graph says of a node.

    rows_about(named, ox.NamedNode(named.name))
    """
    return tuple(named.triples[place] for place in named.places.get(node, ()))


def without_set(named: NamedGraph, root: str) -> tuple[ox.Triple, ...]:
    """Return a graph without the set that importing makes of the alignments of a file.

    It stands there where the two were written into one file; the next import makes it again.
    """
    node = ox.NamedNode(own_set(root))
    rows = rows_about(named, node)
    is_ours = ox.Triple(node, _TYPE, _SET) in rows
    if not is_ours or not all(row.predicate.value in _OF_SET for row in rows):
        return named.triples
    return tuple(triple for triple in named.triples if triple.subject != node)


# ---------------------------------------------------------------- telling


def _titles(
    graph: KnowledgeGraph, whole: NamedGraph, stated: Iterable[Ends], root: str
) -> dict[str, str]:
    """Return what ends elsewhere are called: by who aligned them, else there, if they are held.

    So no other framework has to be read where the alignments say what they are between.
    """
    found: dict[str, str] = {}
    by_node: dict[object, dict[object, str]] = defaultdict(dict)
    called = (row for row in whole.triples if row.predicate in _CALLED)
    for row in sorted(called, key=str):  # the same titles in whatever order the graph is
        by_node[row.subject].setdefault(row.predicate, getattr(row.object, "value", ""))
    for said in by_node.values():
        for end, label in zip((_ENDS[0], _ENDS[2]), _LABELS, strict=True):
            if label in said:
                found.setdefault(said.get(end, ""), said[label])
    inside = described(whole, root)
    others = {end for ends in stated for end in (ends[0], ends[2])} - inside
    for iri in sorted(other.value for other in others):
        if not found.get(iri, "").strip() and graph.holds(iri):
            found[iri] = graph.resource(iri).title
    here = {end.value for end in inside}
    return {end: title for end, title in found.items() if title.strip() and end not in here}


def seen_from(ends: Ends, inside: set[ox.NamedNode]) -> Ends:
    """Return a statement as a part of the framework makes it."""
    if ends[0] in inside:
        return ends
    return ends[2], ox.NamedNode(RELATIONS[ends[1].value]), ends[0]


def matches(found: Gathered, named: NamedGraph, root: str, *, turned: bool = True) -> NamedGraph:
    """Return a framework's graph with the matches that were gathered as bare statements.

    With ``turned`` those that were authored from the other end are seen from this one; opposites,
    which are no match, stay out.
    """
    inside = described(named, root)
    stated = (ends for ends in found.stated if ends[1].value != OPPOSITE)
    seen = (seen_from(ends, inside) if turned else ends for ends in stated)
    return NamedGraph(named.name, (*without_set(named, root), *(ox.Triple(*one) for one in seen)))


def labels_of(ends: Ends, inside: set[ox.NamedNode]) -> set[ox.NamedNode]:
    """Return the properties of a node that only repeat what a part of the framework is called."""
    return {label for end, label in zip(ends[::2], _LABELS, strict=True) if end in inside}
