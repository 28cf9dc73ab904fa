"""What a second import of a document would change: new, changed, removed and unchanged parts."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph, URIRef

from competency.graph import NamedGraph
from competency.ontology import COMP


@dataclass(frozen=True)
class Plan:
    """The parts, by IRI, that a new graph adds, changes, drops and keeps."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Say whether nothing at all would change."""
        return not (self.new or self.changed or self.removed)

    def text(self) -> str:
        """Return the plan as a list for people: a line of counts, then each part that changes."""
        rows = [
            f"{len(self.new)} new, {len(self.changed)} changed, {len(self.removed)} removed, "
            f"{len(self.unchanged)} unchanged"
        ]
        for sign, parts in (("+", self.new), ("~", self.changed), ("-", self.removed)):
            rows += [f"  {sign} {iri}" for iri in parts]
        return "\n".join(rows) + "\n"


def compare(before: NamedGraph, after: NamedGraph) -> Plan:
    """Return the plan from one graph of a framework to another."""
    old, new = _by_part(before), _by_part(after)
    both = [iri for iri in new if iri in old]
    return Plan(
        tuple(iri for iri in new if iri not in old),
        tuple(iri for iri in both if old[iri] != new[iri]),
        tuple(iri for iri in old if iri not in new),
        tuple(iri for iri in both if old[iri] == new[iri]),
    )


def _by_part(named: NamedGraph) -> dict[str, set[tuple[str, str, str]]]:
    """Return the triples of each part, those of its codes and occurrences with it."""
    graph: Graph = named.graph
    parts = {str(subject) for subject in graph.subjects(COMP.inFramework)} | {named.name}
    found: dict[str, set[tuple[str, str, str]]] = {iri: set() for iri in sorted(parts)}
    for subject, predicate, value in graph:
        owner = str(subject)
        while owner not in parts and "/" in owner:
            owner = owner.rpartition("/")[0]
        row = (
            str(subject),
            str(predicate),
            value.n3() if isinstance(value, URIRef) else repr(value),
        )
        found[owner if owner in parts else named.name].add(row)
    return found
