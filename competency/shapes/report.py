"""All that the rules found in one graph: as values, as text, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape

from rdflib import Graph

from competency.ontology.terms import PREFIXES
from competency.shapes.finding import report_graph
from competency.shapes.result import Result, Severity, sort_key

ROWS_SHOWN = 20


@dataclass(frozen=True)
class Since:
    """What comparing with an older report left out: ``known`` results; and ``mended`` since then.

    >>> Since(known=12, mended=3).known
    12
    """

    known: int
    mended: int


@dataclass(frozen=True)
class Report:
    """What validation found. Iterating gives the results, the worst first.

    Two reports are equal when their results are. ``since`` is set where only new results are told.

    >>> Report(()).conforms
    True
    """

    results: tuple[Result, ...]
    since: Since | None = field(default=None, compare=False, repr=False)

    @cached_property
    def graph(self) -> Graph:
        """Return the standard SHACL report, ``sh:ValidationReport``, of all that was found."""
        graph = report_graph(found for result in self.results for found in result.findings)
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri)
        return graph

    def only(self, wanted: Callable[[Result], bool]) -> Report:
        """Return the report of those results that are wanted.

        >>> Report(()).only(lambda result: result.location is not None)
        Report(results=())
        """
        return replace(self, results=tuple(result for result in self.results if wanted(result)))

    @property
    def conforms(self) -> bool:
        """Say whether there is no violation; warnings and infos do not count."""
        return not self.counts[Severity.violation]

    @cached_property
    def counts(self) -> dict[Severity, int]:
        """Return how many results there are of each severity, the worst first."""
        found = [result.severity for result in self.results]
        return {severity: found.count(severity) for severity in Severity}

    def at_least(self, severity: Severity | str) -> tuple[Result, ...]:
        """Return the results of this severity and of worse ones.

        ValueError when there is no such severity.

        >>> Report(()).at_least(Severity.warning)
        ()
        """
        least = Severity(severity)
        return tuple(result for result in self.results if result.severity >= least)

    @property
    def summary(self) -> str:
        """Return the answer in one line.

        >>> Report(()).summary
        'Conforms: no violations, no warnings, no infos.'
        """
        counts = ", ".join(
            f"{count or 'no'} {_plural(severity, count)}" for severity, count in self.counts.items()
        )
        return f"{'Conforms' if self.conforms else 'Does not conform'}: {counts}."

    def text(self) -> str:
        """Return the report for people to read: the first thing to mend, then part by part.

        >>> Report(()).text()
        'Conforms. Nothing to mend.'
        """
        from competency.shapes.reports import write_report

        return write_report(self, "text").rstrip("\n")

    def to_dict(self) -> dict[str, object]:
        """Return the report ready for JSON: ``conforms``, ``counts`` and ``results``.

        Each result has its fingerprint, by which another report knows it again; ``since`` is there
        where known results were left out.

        >>> Report(()).to_dict()["results"]
        []
        """
        from competency.shapes.reports.json import report_dict

        return report_dict(self)

    def __len__(self) -> int:
        return len(self.results)

    def __bool__(self) -> bool:
        """Be true even when nothing was found: ask :attr:`conforms` for the answer."""
        return True

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)

    def _repr_html_(self) -> str:
        rows = "".join(map(_row, self.results[:ROWS_SHOWN]))
        more = len(self.results) - ROWS_SHOWN
        rest = f"<p>and {more} more</p>" if more > 0 else ""
        names = ("Severity", "Part", "Place", "What is wrong", "Fix", "Rule")
        head = "<tr>" + "".join(f"<th>{name}</th>" for name in names) + "</tr>"
        table = f"<table>{head}{rows}</table>" if rows else ""
        return f"<p>{escape(self.summary)}</p>{table}{rest}"


def _plural(severity: Severity, count: int) -> str:
    return severity.value if count == 1 else f"{severity.value}s"


def _row(result: Result) -> str:
    """Return one row of the table, everything escaped."""
    part = f'<span title="{escape(result.focus)}">{escape(result.name)}</span>'
    where = [str(result.location or ""), *result.place]
    place = " / ".join(escape(item) for item in where if item)
    rule = escape(result.rule)
    if result.documentation:
        rule = f'<a href="{escape(result.documentation)}">{rule}</a>'
    cells = (escape(result.severity), part, place, escape(result.message), escape(result.fix or ""))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in (*cells, rule)) + "</tr>"


def make_report(results: Iterable[Result]) -> Report:
    """Return the report of these results in their stable order, each of them once.

    Results that read the same, such as those of one part in two frameworks, become one, which
    keeps the findings of all.

    >>> make_report(()) == Report(())
    True
    """
    found: dict[Result, list[Result]] = {}
    for result in sorted(results, key=lambda result: result.component or ""):
        found.setdefault(result, []).append(result)
    together = [
        replace(first, findings=tuple(item for result in same for item in result.findings))
        for first, same in found.items()
    ]
    return Report(tuple(sorted(together, key=sort_key)))
