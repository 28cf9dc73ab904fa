"""What the page of a check shows: the form, what was found, and the text with what was found."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from competency.checking.profiles import PROFILES
from competency.errors import CompetencyError
from competency.formats import RDF_SYNTAXES, Format
from competency.ontology import COMP, PREFIXES, Vocabulary, shorten
from competency.server.languages import gettext as _
from competency.server.languages import interface, number
from competency.server.pages.faults import FaultView, fault_told
from competency.server.pages.findings import (
    FindingsView,
    by_line,
    findings_view,
    read_result,
    visible,
)
from competency.server.pages.imports import read_suffixes
from competency.server.pages.listing import Block, Row, blocks
from competency.server.pages.words import counted
from competency.server.submission import WORDS, Submission
from competency.shapes import Report

MAX_RESULTS = 200  # drawn on a page; all are in the report as a file
_KINDS = 8  # named in one line
_OURS = PREFIXES["compsh"]


@dataclass(frozen=True)
class FormView:
    """The form as it is filled in: what may be chosen, and what was.

    ``suffixes`` are those of the files that can be chosen.
    """

    suffixes: str
    text: str = ""
    name: str = ""
    syntax: str = ""
    syntaxes: tuple[tuple[str, str], ...] = ()
    profile: str = ""
    profiles: tuple[tuple[str, str], ...] = ()
    without: str = ""
    rules: str = ""

    @property
    def unusual(self) -> bool:
        """Say whether something is chosen that the form keeps out of the way at first."""
        return bool(self.profile or self.without or self.rules)


@dataclass(frozen=True)
class RuleView:
    """A rule that was broken: how often, its page, the name by which it can be left out."""

    severity: str
    title: str
    url: str | None
    name: str | None
    count: int


@dataclass(frozen=True)
class DownloadView:
    """The report in one format: as a link where the page has it in itself, else by the form."""

    name: str
    title: str
    file_name: str
    link: str | None


@dataclass(frozen=True)
class FoundView:
    """What came of a check."""

    findings: FindingsView
    kinds: tuple[str, ...]
    triples: int
    rules: tuple[RuleView, ...]
    downloads: tuple[DownloadView, ...]
    foreign: bool
    words: bool


@dataclass(frozen=True)
class ValidationPage:
    """The page: the form, and where something was sent what was found, or why nothing could be.

    ``more`` are the other faults. ``again`` says whether the form holds what was sent, so that it
    can be sent once more.
    """

    form: FormView
    name: str = ""
    again: bool = False
    found: FoundView | None = None
    fault: FaultView | None = None
    more: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


def blank_page() -> ValidationPage:
    """Return the page with an empty form."""
    return ValidationPage(_form(None))


def found_page(
    asked: Submission,
    record: Mapping[str, Any],
    words: Vocabulary,
    known: frozenset[str],
    formats: Sequence[Format],
) -> ValidationPage:
    """Return the page after a check, made from the record that the check answered with."""
    report = Report(tuple(map(read_result, record["results"])))
    view = findings_view(
        report, known, counts=record["counts"], total=record["total"], names=record["names"]
    )
    lines = by_line(view.results)
    runs = [[Row(*row) for row in run] for run in record["lines"]] if lines else []
    found = FoundView(
        findings=view,
        kinds=tuple(_kinds(words, record["kinds"])),
        triples=record["triples"],
        rules=tuple(_rule(view, *row) for row in record["rules"]),
        downloads=tuple(_downloads(asked, record["reports"], formats)),
        foreign=_foreign(asked, record["kinds"]),
        words=record["syntax"] is None,
    )
    text = tuple(blocks(runs, lines, _columns(report), record["line_count"])) if lines else ()
    form = _form(asked, record["syntax"] or WORDS)
    return ValidationPage(form, _name(asked), asked.text is not None, found, blocks=text)


def fault_page(asked: Submission | None, error: CompetencyError | str) -> ValidationPage:
    """Return the page where nothing could be checked: the reason, beside its line in the text."""
    if asked is None or isinstance(error, str):
        return ValidationPage(_form(asked), fault=FaultView(visible(str(error))))
    told = fault_told(error, asked.document.name, asked.text)
    again = asked.text is not None
    return ValidationPage(
        _form(asked), _name(asked), again, fault=told.fault, more=told.more, blocks=told.blocks
    )


def _form(asked: Submission | None, syntax: str = "") -> FormView:
    """Return the form, filled in as it was sent."""
    syntaxes = (*((row.name, row.title) for row in RDF_SYNTAXES), (WORDS, _("a text in words")))
    ours = _("our own, unless shapes of your own are given")
    profiles = (("", ours), *((row.name, row.title) for row in PROFILES))
    if asked is None:
        return FormView(read_suffixes(), syntaxes=syntaxes, profiles=profiles)
    kept = asked.text is not None
    return FormView(
        read_suffixes(),
        text=asked.text or "",
        name=asked.document.name if kept and not asked.unnamed else "",
        syntax=(syntax or asked.document.syntax or "") if kept else "",
        syntaxes=syntaxes,
        profiles=profiles,
        profile=asked.profile or "",
        without=" ".join(asked.without),
        rules=asked.rules or "",
    )


def _name(asked: Submission) -> str:
    """Return what the page calls the document."""
    return _("Your text") if asked.unnamed else visible(asked.document.name)


def _kinds(words: Vocabulary, kinds: Sequence[Sequence[Any]]) -> list[str]:
    """Return how many there are of each of our classes; of others' where there are none of ours."""
    ours = [(words.label(iri, interface()), n) for iri, n in kinds if iri in words.terms]
    if ours:
        return [counted(label, n) for label, n in ours[:_KINDS]]
    return [f"{number(n)} {visible(shorten(iri))}" for iri, n in kinds[:_KINDS]]


def _foreign(asked: Submission, kinds: Sequence[Sequence[Any]]) -> bool:
    """Say whether our rules had nothing to look at, so that an empty report says nothing."""
    ours = any(str(iri).startswith(str(COMP)) for iri, _count in kinds)
    return not (ours or asked.profile or asked.shapes)


def _rule(view: FindingsView, severity: str, shape: str, title: str, count: int) -> RuleView:
    """Return a rule with the link that its results have, where one is shown."""
    name = shape.removeprefix(_OURS) if shape.startswith(_OURS) else None
    urls = {result.name: result.rule_url for result in view.results if result.name}
    return RuleView(severity, visible(title), urls.get(name) if name else None, name, count)


def _downloads(
    asked: Submission, reports: Mapping[str, str], formats: Sequence[Format]
) -> list[DownloadView]:
    """Return the report in every format that the page can give."""
    stem = PurePath(asked.document.name).stem
    found = []
    for row in formats:
        text = reports.get(row.name)
        link = None if text is None else _data_link(text)
        if link or asked.text is not None:
            file_name = f"{stem}-report{row.suffixes[0]}"
            found.append(DownloadView(row.name, row.title, file_name, link))
    return found


def _data_link(text: str) -> str:
    """Return a link that holds a text; of no type that a browser would open as a page."""
    return "data:application/octet-stream;base64," + base64.b64encode(text.encode()).decode()


def _columns(report: Report) -> dict[int, int]:
    """Return the column of the worst result on each line."""
    found: dict[int, int] = {}
    for place in (result.location for result in report):
        if place is not None and place.line is not None and place.column is not None:
            found.setdefault(place.line, place.column)
    return found
