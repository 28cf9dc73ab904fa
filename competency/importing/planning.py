"""What writing frameworks over a file that is there would change, framework by framework."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from competency.documents.plan import Plan, digests, plan_between
from competency.formats import Format
from competency.graph import NamedGraph
from competency.graph.loading import named_graphs, read_file
from competency.importing.writing import frameworks_bytes
from competency.ontology import DEFAULT_BASE

MOST = 20  # parts that a plan names of each sort


@dataclass(frozen=True)
class FilePlan:
    """The plans of all frameworks, those of the file and those that would be written, by IRI."""

    plans: tuple[tuple[str, Plan], ...]

    @property
    def empty(self) -> bool:
        """Say whether nothing at all would change."""
        return all(plan.empty for _, plan in self.plans)

    @property
    def counts(self) -> str:
        """Return the plan in numbers, over all frameworks."""
        return self._whole.counts

    @property
    def _whole(self) -> Plan:
        plans = [plan for _, plan in self.plans]
        return Plan(
            tuple(iri for plan in plans for iri in plan.new),
            tuple(iri for plan in plans for iri in plan.changed),
            tuple(iri for plan in plans for iri in plan.removed),
            tuple(iri for plan in plans for iri in plan.unchanged),
        )

    def text(self, most: int | None = MOST) -> str:
        """Return the plan for people; with the name of each framework where there are several."""
        if len(self.plans) == 1:
            return self.plans[0][1].text(most)
        told = [f"{iri}: {plan.text(most)}" for iri, plan in self.plans]
        return "".join([self.counts + "\n", *told])


def plan_of(
    path: Path, graphs: Sequence[NamedGraph], syntax: Format, base: str = DEFAULT_BASE
) -> FilePlan:
    """Return what writing frameworks over a file, in a syntax of RDF, would change.

    A file that is not there yet holds nothing. Raises ParseError where the one that is there
    cannot be read, so that nobody can say what would be lost.

        plan_of(Path("welding.ttl"), brought.graphs, by_name("turtle")).counts
    """
    there = read_file(path) if path.exists() else b""
    data = frameworks_bytes(graphs, syntax) if there or len(graphs) > 1 else b""
    if len(graphs) > 1 and not syntax.named_graphs:  # reading sorts the triples by framework
        graphs = named_graphs(data, syntax, str(path), base)
    after = _digests(graphs)
    before: dict[str, dict[str, int]] = {}
    if there:
        before = after if there == data else _read(path, there, syntax, base)
    names = [*before, *(name for name in after if name not in before)]
    return FilePlan(
        tuple((name, plan_between(before.get(name, {}), after.get(name, {}))) for name in names)
    )


def _read(path: Path, data: bytes, syntax: Format, base: str) -> dict[str, dict[str, int]]:
    return _digests(named_graphs(data, syntax, str(path), base))


def _digests(graphs: Iterable[NamedGraph]) -> dict[str, dict[str, int]]:
    return {graph.name: digests(graph) for graph in graphs}
