"""What a page shows of a report: the results part by part, as an author mends them.

The page of ``/validate`` and the draft page of ``/import`` show results with the same macros.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from competency.ontology import PREFIXES, is_absolute, shorten
from competency.server.languages import gettext as _
from competency.server.pages.locators import lines_in_words
from competency.server.pages.words import cut, plural
from competency.shapes import Location, Report, Result, Severity
from competency.shapes.reports.gathering import gather

_OURS = PREFIXES["compsh"]
_LONGEST = 300  # characters of a value
_IRI = re.compile(r"\b[a-zA-Z][\w+.-]*:[^\s<>\"]*[^\s<>\".,;:)]")
# What moves the cursor or turns the direction of writing: nothing of it may reach a reader unseen.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class ResultView:
    """One result: what is wrong, where, what was found, how to mend it, and the rule.

    ``anchor`` is its id in the page, ``line`` the line to go to, ``where`` how that is called,
    ``part`` what the part is called. ``name`` is the name by which the rule can be left out.
    """

    anchor: str
    severity: str
    message: str
    part: str
    where: str
    line: int | None
    path: str
    value: str
    fix: str
    rule: str
    rule_url: str | None
    name: str | None


@dataclass(frozen=True)
class PartView:
    """A part with its results, the worst first: what it is called and what it stands in."""

    kind: str
    code: str
    label: str
    iri: str
    place: tuple[str, ...]
    worst: str
    results: tuple[ResultView, ...]


@dataclass(frozen=True)
class RepeatView:
    """One rule that many parts break, told once: its words, and the parts."""

    rule: ResultView
    alike: bool
    parts: tuple[tuple[PartView, ResultView], ...]


@dataclass(frozen=True)
class FindingsView:
    """All that is shown of a report: the counts of all, the parts, and what many parts share."""

    conforms: bool
    counts: tuple[tuple[str, int], ...]
    parts: tuple[PartView, ...]
    repeats: tuple[RepeatView, ...]
    shown: int
    total: int

    @property
    def results(self) -> tuple[ResultView, ...]:
        """Return every result that is shown, in the order of the page."""
        of_parts = [result for part in self.parts for result in part.results]
        return (*of_parts, *(result for item in self.repeats for _part, result in item.parts))


def findings_view(
    report: Report,
    known: frozenset[str],
    *,
    counts: Mapping[str, int] | None = None,
    total: int | None = None,
    names: Mapping[str, str] | None = None,
) -> FindingsView:
    """Return what a page shows of a report.

    ``known`` are the local names of the rules that have a page on this server. Where the report
    is only the beginning of one, ``counts`` and ``total`` are those of the whole.
    ``names`` are put in the place of IRIs in messages and values.
    """
    numbers = {id(result): number for number, result in enumerate(report, 1)}
    gathered = gather(report)
    counted = counts or {severity.value: count for severity, count in report.counts.items()}

    def view(result: Result) -> ResultView:
        return _result(result, numbers[id(result)], known, names or {})

    return FindingsView(
        conforms=not counted["violation"],
        counts=tuple((severity.value, counted[severity]) for severity in Severity),
        parts=tuple(_part(results, view) for results in gathered.parts),
        repeats=tuple(_repeat(results, view) for results in gathered.repeats),
        shown=len(report),
        total=len(report) if total is None else total,
    )


def read_result(record: Mapping[str, Any]) -> Result:
    """Return the result that a record of ``Result.to_dict`` tells of, without what is behind it.

    >>> result = Result(severity=Severity.info, focus="a:b", message="m", shape="s", rule="r")
    >>> read_result(result.to_dict()) == result
    True
    """
    place = None
    if record["file"] is not None:
        place = Location(record["file"], record["line"], record["column"], record["cell"])
    kept = ("focus", "kind", "code", "label", "message", "path", "value", "shape", "rule", "fix")
    return Result(
        severity=Severity(record["severity"]),
        place=tuple(record["place"]),
        location=place,
        **{name: record[name] for name in kept},
    )


def visible(text: str) -> str:
    r"""Return a text in which what nobody would see shows as its code.

    >>> visible("right\u202eleft")
    'right[U+202E]left'
    """
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def _result(
    result: Result, number: int, known: frozenset[str], names: Mapping[str, str]
) -> ResultView:
    place = result.location
    line = place.line if place else None
    name = result.shape.removeprefix(_OURS) if result.shape.startswith(_OURS) else None
    linked = name in known and "terms.shape" in current_app.view_functions
    return ResultView(
        anchor=f"result-{number}",
        severity=result.severity.value,
        message=visible(_named(result.message, names)),
        part=visible(_called(result)),
        where=_where(place),
        line=line,
        path="" if "|" in (result.path or "") else visible(shorten(result.path or "")),
        value=visible(_value(result.value, names)),
        fix=visible(result.fix or ""),
        rule=visible(result.rule),
        rule_url=url_for("terms.shape", name=name) if linked else None,
        name=name,
    )


def _called(result: Result) -> str:
    """Return the shortest name of a part that tells it from others."""
    known = " ".join(filter(None, (result.code, result.label)))
    return known or result.kind or shorten(result.focus)


def _where(place: Location | None) -> str:
    if place is None:
        return ""
    if place.cell:
        return _("cell %(cell)s", cell=visible(place.cell))
    return lines_in_words(str(place.line)) if place.line else ""


def _named(text: str, names: Mapping[str, str]) -> str:
    """Return a text with what people call things in the place of their IRIs.

    >>> _named("It is that of urn:a.", {"urn:a": "Weld"})
    'It is that of “Weld”.'
    """
    return _IRI.sub(lambda iri: f"“{names[iri[0]]}”" if iri[0] in names else iri[0], text)


def _value(value: str | None, names: Mapping[str, str]) -> str:
    """Return a value in one line: an IRI by name or in short, an empty text as such."""
    if value is None:
        return ""
    if (is_absolute(value) and " " not in value) or value.startswith("_:"):
        return f"“{names[value]}”" if value in names else cut(shorten(value), _LONGEST)
    text = " ".join(value.split())
    return f"“{cut(text, _LONGEST)}”" if text else _("an empty text")


def _part(results: Sequence[Result], view: Callable[[Result], ResultView]) -> PartView:
    first = results[0]
    return PartView(
        kind=visible(plural(first.kind, 1)) if first.kind else "",
        code=visible(first.code or ""),
        label=visible(first.label or ""),
        iri="" if first.label or first.code else visible(cut(shorten(first.focus), _LONGEST)),
        place=tuple(visible(name) for name in first.place),
        worst=first.severity.value,
        results=tuple(view(result) for result in results),
    )


def _repeat(results: Sequence[Result], view: Callable[[Result], ResultView]) -> RepeatView:
    return RepeatView(
        rule=view(results[0]),
        alike=len({result.message for result in results}) == 1,
        parts=tuple((_part([result], view), view(result)) for result in results),
    )


def by_line(results: Iterable[ResultView]) -> dict[int, list[ResultView]]:
    """Return the results by the line they are on; those without a line are left out."""
    found: dict[int, list[ResultView]] = {}
    for result in results:
        if result.line is not None:
            found.setdefault(result.line, []).append(result)
    return found
