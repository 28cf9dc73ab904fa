"""What the import page shows: the draft beside the lines it came from, with the doubts marked."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace

from competency.checking.sources import printed_lines
from competency.documents import LAYOUTS, Import
from competency.documents.document import line_ranges
from competency.documents.doubts import lines_of
from competency.documents.draft import Draft
from competency.formats import by_name
from competency.graph import KnowledgeGraph, serialize
from competency.ontology import COMP, Vocabulary
from competency.server.languages import N_, interface
from competency.server.pages.findings import FindingsView, findings_view
from competency.server.pages.locators import lines_in_words
from competency.server.pages.words import counted
from competency.shapes import Location, Report, Result

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
MAX_CHECKED = 30_000  # triples; checking more takes too long for a page


@dataclass(frozen=True)
class DoubtView:
    """A doubt with the line to go to."""

    kind: str
    message: str
    where: str
    anchor: int | None


@dataclass(frozen=True)
class BranchView:
    """A part of the draft: what it is called, its words, its lines, its doubts, what is below."""

    kind: str
    sign: str
    number: str
    label: str
    text: str
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
class ImportView:
    """The page after an upload."""

    name: str
    title: str
    layout: str
    is_outline: bool
    counts: tuple[str, ...]
    doubts: tuple[DoubtView, ...]
    repairs: tuple[DoubtView, ...]
    lines: tuple[LineView, ...]
    branches: tuple[BranchView, ...]
    check: FindingsView | None
    turtle: str
    turtle_link: str
    file_name: str


@dataclass(frozen=True)
class ImportPage:
    """The form, with what came of an upload or why nothing did."""

    layouts: tuple[tuple[str, str], ...]
    found: ImportView | None
    fault: str | None


def import_page(
    found: Import | None = None,
    *,
    fault: str | None = None,
    rules: frozenset[str] = frozenset(),
) -> ImportPage:
    """Return what the page shows: the form alone, a draft, or a fault.

    ``rules`` are the local names of the rules that have a page on this server.
    """
    layouts = tuple((layout.name, layout.title) for layout in LAYOUTS)
    return ImportPage(layouts, None if found is None else _view(found, rules), fault)


def _view(found: Import, rules: frozenset[str]) -> ImportView:
    graph = KnowledgeGraph()
    graph.add(found.graph)
    turtle = serialize(found.graph, by_name("turtle"))
    words, report = graph.vocabulary, found.report
    doubts: dict[int, list[DoubtView]] = {}
    for doubt in report.doubts:
        doubts.setdefault(id(doubt.part), []).append(_doubt(doubt.kind, doubt.message, doubt.lines))
    doubtful = {n for doubt in report.doubts if doubt.kind != "repair" for n in doubt.lines}
    return ImportView(
        name=found.document.name,
        title=found.draft.label.text or found.draft.name or found.draft.step,
        layout=report.layout.title,
        is_outline=found.draft.is_outline,
        counts=tuple(
            counted(words.label(str(COMP[kind]), interface()), count)
            for kind, count in report.counts.items()
        ),
        doubts=tuple(i for group in doubts.values() for i in group if i.kind != "repair"),
        repairs=tuple(i for group in doubts.values() for i in group if i.kind == "repair"),
        lines=tuple(
            LineView(
                line.number,
                line.text,
                "; ".join([*line.parts, *line.reasons]),
                line.number in doubtful,
                bool(line.reasons) and not line.parts,
            )
            for line in report.lines
        ),
        branches=tuple(_branch(part, doubts, words) for part in found.draft.parts),
        check=_check(graph, found, rules) if len(graph) <= MAX_CHECKED else None,
        turtle=turtle.decode(),
        turtle_link="data:text/turtle;base64," + base64.b64encode(turtle).decode(),
        file_name=found.draft.step + ".ttl",
    )


def _check(graph: KnowledgeGraph, found: Import, rules: frozenset[str]) -> FindingsView:
    """Return what the rules say of the draft, each result with the line its part is printed on."""
    lines = printed_lines(found.graph)

    def located(result: Result) -> Result:
        line = lines.get(result.focus)
        return replace(result, location=Location(found.document.name, line) if line else None)

    return findings_view(Report(tuple(map(located, graph.validate()))), rules)


def _doubt(kind: str, message: str, lines: tuple[int, ...]) -> DoubtView:
    return DoubtView(kind, message, _where(lines), lines[0] if lines else None)


def _where(lines: tuple[int, ...]) -> str:
    return lines_in_words(line_ranges(lines))


def _branch(part: Draft, doubts: dict[int, list[DoubtView]], words: Vocabulary) -> BranchView:
    lines = lines_of(part)
    signs = {"PositiveIndicator": "helpful", "NegativeIndicator": "unhelpful"}
    return BranchView(
        kind=words.label(str(COMP[part.kind]), interface()),
        sign=signs.get(part.kind, ""),
        number=part.enumeration.text,
        label=part.label.text or part.name,
        text=part.text.text,
        codes=tuple(code.notation.text for code in part.codes),
        where=_where(lines),
        anchor=lines[0] if lines else None,
        doubts=tuple(doubts.get(id(part), ())),
        empty=part.empty,
        branches=tuple(_branch(item, doubts, words) for item in part.parts),
    )
