"""Putting the reports of shards together: each finding once, however many shards made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from rdflib import URIRef
from rdflib.term import Node

from competency.graph.judging.cutting import Shard
from competency.graph.judging.reading import Reading
from competency.graph.store import to_oxigraph
from competency.ontology import ONTOLOGY_IRI
from competency.shapes import Report, Result
from competency.shapes.finding import Finding
from competency.shapes.report import make_report

_ONTOLOGY = URIRef(ONTOLOGY_IRI)


def own_results(found: Iterable[Result], shard: Shard, reading: Reading) -> tuple[Result, ...]:
    """Return the results about what is a shard's own.

    Of a node that only its context speaks of, a shard does not know enough to say anything.
    """
    kept = []
    for result in found:
        own = tuple(item for item in result.findings if _is_own(item, shard, reading))
        if own:
            kept.append(replace(result, findings=own))
    return tuple(kept)


def _is_own(finding: Finding, shard: Shard, reading: Reading) -> bool:
    if finding.shape in reading.statementwise and finding.focus == _ONTOLOGY:
        return finding.value is not None and _term(finding.value) in shard.subjects
    return _term(finding.focus) in shard.looked_at


def _term(node: Node) -> object:
    return to_oxigraph(node)


class Gathered:
    """The results of shards, gathered as they come.

    >>> Gathered().report().conforms
    True
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[Result, str | None], Counter[Finding]] = {}

    def add(self, results: Iterable[Result]) -> None:
        """Add the results of one shard, of which another may have made the same."""
        for result in results:
            key = (replace(result, findings=()), result.component)
            self._found[key] = self._found.get(key, Counter()) | Counter(result.findings)

    def report(self) -> Report:
        """Return the report of all that was gathered."""
        return make_report(
            replace(result, findings=tuple(findings.elements()))
            for (result, _), findings in self._found.items()
        )
