"""What two editions differ in: graph by graph, triple by triple, and as an RDF patch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from competency.graph.editions.edition import Edition
from competency.graph.store import NamedGraph
from competency.ontology import shorten

_NONE = NamedGraph("", ())


@dataclass(frozen=True)
class GraphDifference:
    """One graph before and after; ``before`` or ``after`` is None where it was not there."""

    name: str
    before: NamedGraph | None
    after: NamedGraph | None

    @cached_property
    def removed(self) -> tuple[ox.Triple, ...]:
        """Return the triples that went, in their order."""
        after = set((self.after or _NONE).triples)
        return tuple(triple for triple in (self.before or _NONE).triples if triple not in after)

    @cached_property
    def added(self) -> tuple[ox.Triple, ...]:
        """Return the triples that came, in their order."""
        before = set((self.before or _NONE).triples)
        return tuple(triple for triple in (self.after or _NONE).triples if triple not in before)

    @property
    def sort(self) -> str:
        """Return ``new``, ``removed`` or ``changed``."""
        return "new" if self.before is None else "removed" if self.after is None else "changed"


@dataclass(frozen=True)
class Difference:
    """What changed from one edition to another.

    difference(directory.edition("1"), directory.edition("2")).text()
    """

    before: str
    after: str
    graphs: tuple[GraphDifference, ...]

    def text(self) -> str:
        """Return the difference for people: each graph, then each thing in it and its values."""
        lines = [f"from edition {self.before} to {self.after}: {self._counts()}"]
        for graph in self.graphs:
            counts = f"+{len(graph.added)} -{len(graph.removed)} triples"
            lines += ["", f"{graph.sort}: {graph.name or 'the default graph'} ({counts})"]
            if graph.sort == "changed":
                lines += _things(graph)
        return "\n".join(lines) + "\n"

    def to_dict(self) -> dict[str, object]:
        """Return the difference ready for JSON."""
        return {
            "from": self.before,
            "to": self.after,
            "graphs": [
                {
                    "graph": graph.name,
                    "change": graph.sort,
                    "added": [_row(triple) for triple in graph.added],
                    "removed": [_row(triple) for triple in graph.removed],
                }
                for graph in self.graphs
            ],
        }

    def patch(self) -> str:
        """Return the difference as an RDF patch: rows ``D`` and ``A`` with graph names, in one TX.

        Applied to the first edition it gives the second (Apache Jena, RDF Patch).
        """
        lines = [f'H id "{self.before}-{self.after}" .', "TX ."]
        for graph in self.graphs:
            name = f" <{graph.name}>" if graph.name else ""
            lines += [f"D {_terms(triple)}{name} ." for triple in graph.removed]
            lines += [f"A {_terms(triple)}{name} ." for triple in graph.added]
        return "\n".join([*lines, "TC .", ""])

    def _counts(self) -> str:
        sorts = [graph.sort for graph in self.graphs]
        said = [f"{sorts.count(sort)} {sort}" for sort in ("new", "changed", "removed")]
        return ", ".join(said) if sorts else "nothing differs"


def difference(before: Edition, after: Edition) -> Difference:
    """Return what changed between two editions; graphs with one digest are not read."""
    old, new = before.manifest, after.manifest
    names = sorted({*old.graphs, *new.graphs})
    found = [
        GraphDifference(name, before.graphs.get(name), after.graphs.get(name))
        for name in names
        if (name in old.graphs and old.sha256_of(name))
        != (name in new.graphs and new.sha256_of(name))
    ]
    return Difference(before.id, after.id, tuple(found))


def _things(graph: GraphDifference) -> Iterator[str]:
    """Yield a line for each thing that changed, and the values that went and came under it."""
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for sign, triples in (("-", graph.removed), ("+", graph.added)):
        for triple in triples:
            row = (shorten(triple.predicate.value), sign, _words(triple.object))
            rows.setdefault(_words(triple.subject), []).append(row)
    for thing in sorted(rows):
        yield f"  {thing}"
        for predicate, sign, value in sorted(rows[thing], key=lambda row: (row[0], row[1] == "+")):
            yield f"    {sign} {predicate} {value}"


def _words(term: object) -> str:
    """Return a term for people: IRIs short, texts in quotes with their language."""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return str(term)


def _row(triple: ox.Triple) -> list[str]:
    return [str(triple.subject), str(triple.predicate), str(triple.object)]


def _terms(triple: ox.Triple) -> str:
    return " ".join(_row(triple))
