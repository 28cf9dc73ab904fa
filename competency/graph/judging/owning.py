"""What is a shard's own: the nodes of which its report says all that there is to say.

A node is a shard's own when a statement in its graphs is why shapes look at it. Of a node that
only the context speaks of, a shard does not know enough to say anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property

import pyoxigraph as ox
from rdflib import URIRef

from competency.graph.judging.surroundings import Node
from competency.graph.store import to_oxigraph
from competency.ontology import ONTOLOGY_IRI, PREFIXES
from competency.shapes.finding import Finding

_TYPE = PREFIXES["rdf"] + "type"
_ONTOLOGY = URIRef(ONTOLOGY_IRI)


@dataclass(frozen=True)
class Targets:
    """Why shapes look at nodes: these have a kind, or are the subject or object of a property.

    ``nodes`` are those that shapes name, wherever they are. The shapes ``statementwise`` look at
    each statement by itself, and what they find belongs to its subject.

    >>> Targets.from_json(Targets(("urn:p",)).to_json())
    Targets(subjects_of=('urn:p',), objects_of=(), nodes=(), statementwise=())
    """

    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    statementwise: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Write them for another process."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> Targets:
        """Read what :meth:`to_json` wrote."""
        return cls(**{name: tuple(found) for name, found in json.loads(text).items()})

    @cached_property
    def kinds(self) -> frozenset[ox.NamedNode]:
        """Return the properties for whose sake shapes look at the subject, that of kinds too."""
        return frozenset(ox.NamedNode(name) for name in (*self.subjects_of, _TYPE))

    @cached_property
    def ends(self) -> frozenset[ox.NamedNode]:
        """Return the properties for whose sake shapes look at the object."""
        return frozenset(ox.NamedNode(name) for name in self.objects_of)

    def own(self, triples: Iterable[ox.Triple]) -> Own:
        """Return what is the own of graphs with these triples."""
        own = Own(set(), set(), self)
        for triple in triples:
            own.add(triple.subject, triple.predicate, triple.object)
        return own

    def named(self) -> Own:
        """Return the nodes that shapes name, as they are nobody's own otherwise."""
        return Own({ox.NamedNode(name) for name in self.nodes}, set(), self)


@dataclass(frozen=True)
class Own:
    """The nodes that are a shard's own, and all subjects of its graphs."""

    looked_at: set[Node]
    subjects: set[Node]
    targets: Targets

    def add(self, subject: Node, predicate: ox.NamedNode, value: Node) -> None:
        """Take in a statement of the graphs."""
        self.subjects.add(subject)
        if predicate in self.targets.kinds:
            self.looked_at.add(subject)
        if predicate in self.targets.ends:
            self.looked_at.add(value)

    def has(self, finding: Finding) -> bool:
        """Say whether a finding is about what is a shard's own."""
        if finding.focus == _ONTOLOGY and str(finding.shape) in self.targets.statementwise:
            return finding.value is not None and to_oxigraph(finding.value) in self.subjects
        return to_oxigraph(finding.focus) in self.looked_at
