"""The report as text: lines of spans that a terminal may colour, or plain lines.

The first line says the answer, the counts and the first thing to mend. Then come the parts, the
one with the worst result first, and last the rules that many parts break.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from competency.ontology.terms import shorten
from competency.shapes.report import Report
from competency.shapes.reports.gathering import Gathered, gather
from competency.shapes.reports.telling import (
    counted,
    headline,
    place_text,
    plain,
    since_text,
    value_text,
    where,
)
from competency.shapes.result import Result

LISTED = 10


@dataclass(frozen=True)
class Span:
    """A few words of one role, such as ``part`` or ``violation``, with a link where there is one.

    >>> Span("welding.ttl:12:5", "where").role
    'where'
    """

    text: str
    role: str = ""
    link: str | None = None


@dataclass(frozen=True)
class Line:
    """A line of a report: its spans, how far it is indented, and how far more when it is wrapped.

    >>> Line((Span("fix: ", "label"), Span("Name it.")), indent=2).text
    '  fix: Name it.'
    """

    spans: tuple[Span, ...] = ()
    indent: int = 0
    hang: int = 2

    @property
    def text(self) -> str:
        """Return the line without colours."""
        return " " * self.indent + "".join(span.text for span in self.spans)


def write_text(report: Report) -> str:
    r"""Return the whole report as plain text.

    >>> write_text(Report(()))
    'Conforms. Nothing to mend.\n'
    """
    return "".join(f"{line.text.rstrip()}\n" for line in text_lines(report))


def text_lines(report: Report, most: int | None = None, hint: str = "") -> Iterator[Line]:
    """Give the lines of a report. Beyond ``most`` parts it says how many more there are.

    ``hint`` is what it says then about how to see them.

        for line in text_lines(report, most=50, hint="--all shows them"): ...
    """
    yield first_line(report)
    gathered = gather(report)
    shown = gathered.parts if most is None else gathered.parts[:most]
    for results in shown:
        yield Line()
        yield from _part(results)
    for results in gathered.repeats:
        yield Line()
        yield from _repeat(results, LISTED if most is not None else None, hint)
    if more := len(gathered.parts) - len(shown):
        yield Line()
        yield _left_out(more, hint)
    yield from _last_lines(report, gathered)


def first_line(report: Report) -> Line:
    """Return the first line: the answer, the counts, and the first thing to mend with its fix.

    >>> first_line(Report(())).text
    'Conforms. Nothing to mend.'
    """
    line = headline(report)
    role = "success" if line.first is None else line.first.severity.value
    rest = str(line).removeprefix(line.answer)
    return Line((Span(line.answer, role), Span(rest)), hang=0)


def _part(results: Sequence[Result]) -> Iterator[Line]:
    first = results[0]
    within = place_text(first)
    yield Line((Span(plain(first.name), "part"), *_within(within)))
    if shorten(first.focus) != first.name:
        yield Line((Span(f"({plain(shorten(first.focus))})", "quiet"),), 2)
    for result in results:
        severity = Span(result.severity.value, result.severity.value)
        yield Line((*_where(result), severity, Span(f": {plain(result.message)}")), 2)
        if value := value_text(result):
            yield Line((Span("found: ", "label"), Span(value)), 4, len("found: "))
        yield from _advice(result, 4)


def _advice(result: Result, indent: int) -> Iterator[Line]:
    """Give the fix, and the rule with its documentation."""
    if result.fix:
        yield Line((Span("fix: ", "label"), Span(plain(result.fix), "fix")), indent, len("fix: "))
    rule = [Span("rule: ", "label"), Span(plain(result.rule))]
    if result.documentation:
        address = plain(result.documentation)
        rule += [Span(", "), Span(address, "link", address)]
    yield Line(tuple(rule), indent, len("rule: "))


def _repeat(results: Sequence[Result], most: int | None, hint: str) -> Iterator[Line]:
    """Give the lines about one rule that many parts break: its words once, then the parts."""
    first, parts = results[0], len({result.focus for result in results})
    alike = len({result.message for result in results}) == 1
    said = plain(first.message if alike else first.rule)
    severity = first.severity.value
    yield Line((Span(f"{severity} in {parts:,} parts", severity), Span(f": {said}")))
    yield from _advice(first, 2)
    shown = results if most is None else results[:most]
    for result in shown:
        named = (Span(plain(result.name), "part"), *_within(place_text(result)))
        told = "" if alike else f": {plain(result.message)}"
        value = value_text(result)
        told += f" found: {value}" if value and not alike else f": {value}" if value else ""
        yield Line((*_where(result), *named, Span(told)), 2)
    if more := len(results) - len(shown):
        yield _left_out(more, hint, 2)


def _where(result: Result) -> tuple[Span, ...]:
    place = where(result)
    return (Span(place, "where", _address(result)), Span(": ")) if place else ()


def _within(place: str) -> tuple[Span, ...]:
    return (Span(" in "), Span(place, "place")) if place else ()


def _address(result: Result) -> str | None:
    """Return the address of the file a result is in, where there is such a file."""
    file = Path(result.location.source) if result.location else None
    try:
        return file.resolve().as_uri() if file is not None and file.is_file() else None
    except (OSError, ValueError):
        return None


def _left_out(count: int, hint: str, indent: int = 0) -> Line:
    parts = "part" if count == 1 else "parts"
    more = f"and {count:,} more {parts}" + (f"; {hint}" if hint else "")
    return Line((Span(more, "quiet"),), indent)


def _last_lines(report: Report, gathered: Gathered) -> Iterator[Line]:
    """Give the sum once more, where the first line may have run off the screen."""
    parts = len({result.focus for result in report})
    if parts > 1:
        counts = ", ".join(counted(s, count) for s, count in report.counts.items() if count)
        yield Line()
        yield Line((Span(f"{counts} in {parts:,} parts."),))
    if since := since_text(report):
        if len(report) and parts <= 1:
            yield Line()
        yield Line((Span(since),))
