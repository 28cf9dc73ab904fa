"""What the import page shows: the frameworks of a file as trees, what was odd, what to do next."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from competency.errors import CompetencyError
from competency.exchange.exchange import Exchange
from competency.exchange.exchanges import read_formats, written_formats
from competency.formats import RDF_SYNTAXES, Format
from competency.graph import KnowledgeGraph
from competency.importing import import_formats
from competency.ontology import COMP, Vocabulary
from competency.server.exporting import Written
from competency.server.languages import N_, interface
from competency.server.languages import gettext as _
from competency.server.pages.exports import (
    WANTED,
    ExportLink,
    LossView,
    in_order,
    losses_of,
    short_title,
)
from competency.server.pages.faults import FaultView, fault_told
from competency.server.pages.findings import FindingsView, findings_view, read_result, visible
from competency.server.pages.listing import Block
from competency.server.pages.locators import lines_in_words
from competency.server.pages.values import Text
from competency.server.pages.words import counted, cut
from competency.server.uploads import Upload
from competency.shapes import Report

# The kinds of doubt, as competency.documents.doubts names them.
DOUBTS = (
    N_("reading"),
    N_("duplicate"),
    N_("numbering"),
    N_("run-together"),
    N_("wording"),
    N_("order"),
    N_("repair"),
)
# What became of what was not expected, as competency.exchange.imported names it, the worst first.
_KEPT = (
    ("dropped", N_("Left out: nothing here can hold it")),
    ("kept aside", N_("Kept as it is, though our vocabulary has no term for it")),
    ("odd", N_("Odd, and read all the same")),
)
_SIGNS = {str(COMP.PositiveIndicator): "helpful", str(COMP.NegativeIndicator): "unhelpful"}
MAX_RESULTS = 200  # of the rules, drawn on a page
_NAME = 90  # signs of the name of a part


@dataclass(frozen=True)
class DoubtView:
    """A doubt with the line to go to."""

    kind: str
    message: str
    where: str
    anchor: int | None


@dataclass(frozen=True)
class BranchView:
    """A part: what it is called, its words, where it is from, its doubts, what is below."""

    kind: str
    sign: str
    number: str
    label: str
    text: str
    lang: str
    codes: tuple[str, ...]
    where: str
    anchor: int | None
    doubts: tuple[DoubtView, ...]
    empty: bool
    branches: tuple[BranchView, ...]


@dataclass(frozen=True)
class LineView:
    """A line of the source: its number and text, and what became of it."""

    number: int
    text: str
    fate: str
    doubtful: bool
    left_out: bool


@dataclass(frozen=True)
class FrameworkView:
    """A framework of the file: ``left`` parts of it are not drawn; ``turtle`` if it is short.

    What is no framework, such as a scale of levels, can be taken along as RDF only.
    """

    iri: str
    is_framework: bool
    title: str
    counts: tuple[str, ...]
    branches: tuple[BranchView, ...]
    left: int
    turtle: str | None
    turtle_link: str
    file_name: str


@dataclass(frozen=True)
class RemarksView:
    """Remarks of one kind: a headline, and each with its place in the file."""

    kind: str
    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DocumentView:
    """What only a document in words has: doubts, repairs, and its lines with their fates."""

    is_outline: bool
    doubts: tuple[DoubtView, ...]
    repairs: tuple[DoubtView, ...]
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class ImportView:
    """What a file holds; ``more`` frameworks are not shown, ``hidden`` remarks neither."""

    name: str
    title: str
    read_as: str
    frameworks: tuple[FrameworkView, ...]
    more: int
    document: DocumentView | None
    remarks: tuple[RemarksView, ...]
    remark_count: int
    hidden: int
    check: FindingsView | None


@dataclass(frozen=True)
class FormView:
    """The form: what may be chosen, and what was."""

    formats: tuple[tuple[str, str], ...]
    layouts: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...]
    rdf: tuple[tuple[str, str], ...]
    suffixes: str
    text: str = ""
    name: str = ""
    format: str = ""
    layout: str = ""
    to: str = ""


@dataclass(frozen=True)
class ImportPage:
    """The form, with what came of a file or why nothing did; ``more`` are its other faults."""

    form: FormView
    found: ImportView | None = None
    fault: FaultView | None = None
    more: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    losses: LossView | None = None


Lost = tuple[Exchange, KnowledgeGraph, Written]


def blank_page() -> ImportPage:
    """Return the page with an empty form."""
    return ImportPage(_form(None))


def found_page(
    asked: Upload,
    record: Mapping[str, Any],
    words: Vocabulary,
    rules: frozenset[str],
    lost: Lost | None = None,
) -> ImportPage:
    """Return the page of a file, made from the record that reading it answered with.

    ``rules`` are the local names of the rules that have a page on this server; ``lost`` is what a
    format cannot carry, where that was asked.
    """
    return ImportPage(_form(asked), _view(asked, record, words, rules), losses=_losses(lost, words))


def fault_page(asked: Upload | None, error: CompetencyError | str) -> ImportPage:
    """Return the page where nothing could be read: the reason, beside its line in the text."""
    if asked is None or isinstance(error, str):
        return ImportPage(_form(asked), fault=FaultView(visible(str(error))))
    told = fault_told(error, asked.document.name, asked.text)
    return ImportPage(
        _form(asked, again=True), fault=told.fault, more=told.more, blocks=told.blocks
    )


def read_suffixes() -> str:
    """Return the suffixes of all files that are read, as a form asks for them."""
    suffixes = (suffix for row in (*import_formats(), *read_formats()) for suffix in row.suffixes)
    return ",".join(dict.fromkeys(suffixes)) + ",.htm"


def _form(asked: Upload | None, *, again: bool = False) -> FormView:
    """Return the form; ``again`` has it filled in with what was sent, to be mended."""
    from competency.documents import LAYOUTS  # most pages do without: starting is to be quick

    rows = written_formats()
    first = [row for name in WANTED for row in rows if row.name == name]
    targets = [*first, *(row for row in in_order(rows) if row not in first)]
    kept = again and asked is not None and asked.text is not None
    return FormView(
        formats=tuple((row.name, row.title) for row in import_formats()),
        layouts=tuple((layout.name, layout.title) for layout in LAYOUTS),
        targets=tuple((row.name, row.title) for row in targets),
        rdf=tuple((row.name, row.title) for row in RDF_SYNTAXES),
        suffixes=read_suffixes(),
        text=(asked.text or "") if asked and kept else "",
        name=asked.document.name if asked and kept and not asked.unnamed else "",
        format=(asked.document.syntax or "") if asked and again else "",
        layout=(asked.layout or "") if asked and again else "",
        to=(asked.to or "") if asked else "",
    )


def _view(
    asked: Upload, record: Mapping[str, Any], words: Vocabulary, rules: frozenset[str]
) -> ImportView:
    document, frameworks = record["document"], record["frameworks"]
    titles = [visible(item["title"]) for item in frameworks if item["is_framework"]]
    name = _("Your text") if asked.unnamed else visible(asked.document.name)
    return ImportView(
        name=name,
        title=document["title"] if document else titles[0] if len(titles) == 1 else name,
        read_as=document["layout"] if document else record["title"],
        frameworks=tuple(_framework(item, words) for item in frameworks),
        more=record["more"],
        document=_document(document) if document else None,
        remarks=tuple(_remarks(record["remarks"])),
        remark_count=record["remark_count"],
        hidden=record["remark_count"] - len(record["remarks"]),
        check=_check(record["check"], rules),
    )


def _framework(item: Mapping[str, Any], words: Vocabulary) -> FrameworkView:
    turtle = item["turtle"]
    link = ""
    if turtle is not None:
        link = "data:text/turtle;base64," + base64.b64encode(turtle.encode()).decode()
    counts = [
        counted(words.label(kind, interface()) if kind else "part", count)
        for kind, count in item["counts"].items()
    ]
    return FrameworkView(
        iri=item["iri"],
        is_framework=item["is_framework"],
        title=visible(item["title"]),
        counts=tuple(counts),
        branches=tuple(_branch(branch, words) for branch in item["branches"]),
        left=item["left"],
        turtle=turtle,
        turtle_link=link,
        file_name=(item["stem"] or "framework") + ".ttl",
    )


def _branch(item: Mapping[str, Any], words: Vocabulary) -> BranchView:
    return BranchView(
        kind=words.label(item["kind"], interface()) if item["kind"] else "",
        sign=_SIGNS.get(item["kind"], ""),
        number=visible(item["number"]),
        label=visible(item["label"]),
        text=visible(item["text"]),
        lang=item["lang"],
        codes=tuple(map(visible, item["codes"])),
        where=lines_in_words(item["lines"]) if item["lines"] else visible(item["where"]),
        anchor=item["anchor"],
        doubts=tuple(_doubt(*doubt) for doubt in item["doubts"]),
        empty=item["empty"],
        branches=tuple(_branch(branch, words) for branch in item["branches"]),
    )


def _doubt(kind: str, message: str, lines: str, anchor: int | None) -> DoubtView:
    return DoubtView(kind, visible(message), lines_in_words(lines), anchor)


def _document(item: Mapping[str, Any]) -> DocumentView:
    doubts = [_doubt(*doubt) for doubt in item["doubts"]]
    return DocumentView(
        is_outline=item["is_outline"],
        doubts=tuple(doubt for doubt in doubts if doubt.kind != "repair"),
        repairs=tuple(doubt for doubt in doubts if doubt.kind == "repair"),
        lines=tuple(
            LineView(
                number, visible(text), "; ".join([*parts, *reasons]), doubtful,
                bool(reasons) and not parts,
            )
            for number, text, parts, reasons, doubtful in item["lines"]
        ),
    )  # fmt: skip


def _remarks(rows: Sequence[Sequence[str]]) -> Iterable[RemarksView]:
    for kind, title in _KEPT:
        found = tuple((visible(where), visible(what)) for kept, where, what in rows if kept == kind)
        if found:
            yield RemarksView(kind, _(title), found)


def _check(record: Mapping[str, Any] | None, rules: frozenset[str]) -> FindingsView | None:
    if record is None:
        return None
    report = Report(tuple(map(read_result, record["results"])))
    return findings_view(report, rules, counts=record["counts"], total=record["total"])


def _losses(lost: Lost | None, words: Vocabulary) -> LossView | None:
    if lost is None:
        return None
    exchange, graph, written = lost

    def part(iri: str) -> tuple[Text, str | None]:
        held = graph.holds(iri)
        return (short_title(graph, iri) if held else Text(cut(iri, _NAME))), None

    return losses_of(written, _named(exchange.format), words, part)


def _named(row: Format) -> ExportLink:
    """Return the name of a format; here nothing has an address, as nothing is stored."""
    return ExportLink(row.name, row.title, row.suffixes[0], "", "", "", "")
