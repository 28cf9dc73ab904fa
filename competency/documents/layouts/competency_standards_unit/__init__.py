"""Units of competency of a Specification of Competency Standards (Hong Kong).

Each unit is a table of two columns: the name of a field, and its content. Several units may stand
in one document, under functional areas or not.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from competency.documents.document import Document, Span
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.competency_standards_unit.fields import (
    Aside,
    FieldReader,
    doubt_level,
    take_step,
)
from competency.documents.layouts.competency_standards_unit.flow import Flow
from competency.documents.layouts.competency_standards_unit.items import openings
from competency.documents.layouts.competency_standards_unit.links import link
from competency.documents.layouts.competency_standards_unit.lists import ListReader
from competency.documents.layouts.competency_standards_unit.table import (
    Area,
    Loose,
    Table,
    Unit,
)
from competency.documents.layouts.layout import Layout
from competency.documents.steps import file_step, slug

_LISTS = {"competency", "assessment"}


def score(document: Document) -> float:
    """Say how sure it is that a document is of this family: by its heading and its fields."""
    table = Table(document)
    keys = max((unit.keys for unit in table.units), key=len, default=set())
    heading = bool(table.title.label)
    if not heading and (len(keys) < 3 or not keys & {"title", "code"} or not keys & _LISTS):
        return 0.0
    return min(1.0, 0.4 * heading + 0.13 * len(keys) + 0.05 * (table.area is not None))


def read(document: Document) -> FrameworkDraft:
    """Read a document; every word is in a part, or is left out with a reason."""
    table = Table(document)
    draft = FrameworkDraft(
        "Framework",
        "",
        label=table.title.label,
        name="Units of competency",
        extent="Excerpt",
        document_type="Specification of Competency Standards",
        sector=table.title.sector,
    )
    if set(table.title.unit.numbers) & set(table.title.label.numbers):
        draft.repairs.add("Split")
    aside: Aside = list(table.aside)
    _Tree(document, table, draft, aside)
    units = [part for part in draft.walk() if part.kind == "UnitOfCompetency"]
    code = units[0].codes[0].notation.text if len(units) == 1 and units[0].codes else ""
    draft.step = slug(code) or file_step(document)
    for span, reason in aside:
        draft.leave_out(span, reason)
    return draft


class _Tree:
    """Puts units under their functional areas, and loose words where they stand."""

    def __init__(self, document: Document, table: Table, draft: FrameworkDraft, aside: Aside):
        self.document, self.draft, self.aside = document, draft, aside
        self.known = _known(document, table)
        self.groups: dict[int, Draft] = {}
        self.steps: dict[int, set[str]] = defaultdict(set)
        self.units: Counter[int] = Counter()
        self.notes = 0
        for block in table.blocks:
            if isinstance(block, Loose):
                self._loose(block)
            elif isinstance(block, Unit):
                self._unit(block)
            else:
                self._group(block)

    def _note(self, label: Span, text: Span, number: Span, doubts: list[str]) -> None:
        self.notes += 1
        step = take_step(self.steps[id(self.draft)], f"n{self.notes}", [])
        self.draft.add(
            Draft(
                "Note",
                step,
                label=label,
                text=text,
                enumeration=number,
                doubts=doubts,
                empty=not text,
            )
        )

    def _loose(self, block: Loose) -> None:
        text = Flow(self.document, block.places).whole()
        if any(character.isalnum() for character in text.text):
            doubt = "These words stand in no field of the table."
            self._note(Span(), text, Span(), [doubt])

    def _group(self, area: Area) -> Draft:
        """Return the part that is a functional area; one without words is an empty note."""
        if id(area) in self.groups:
            return self.groups[id(area)]
        if area.is_empty:
            self._note(area.name + area.label, Span(), area.enumeration, [])
            return self.groups.setdefault(id(area), self.draft)
        self.aside.append((area.name, "name of a field"))
        step = take_step(self.steps[id(self.draft)], f"a{len(self.groups) + 1}", [])
        group = Draft(
            "FunctionalArea", step, label=area.label, enumeration=area.enumeration, also=area.also
        )
        return self.groups.setdefault(id(area), self.draft.add(group))

    def _unit(self, block: Unit) -> None:
        parent = self._group(block.area) if block.area else self.draft
        unit = parent.add(_read_unit(self.document, block, self.known, self.aside))
        steps = self.steps[id(parent)]
        code = slug(unit.codes[0].notation.text) if unit.codes else ""
        self.units[id(parent)] += 1
        step = code or f"u{self.units[id(parent)]}"
        unit.step = take_step(steps, step, unit.doubts, printed=bool(code))


def _read_unit(document: Document, unit: Unit, known: set[str], aside: Aside) -> Draft:
    """Read the rows of one unit, in their order."""
    draft = Draft("UnitOfCompetency", "", name="Unit of competency")
    fields = FieldReader(document, draft, aside)
    lists: dict[str, Draft] = {}
    for row in unit.rows:
        name, content = Flow(document, row.name), Flow(document, row.places)
        if row.number:
            aside.append((Flow(document, [row.number]).whole(), "number of a field"))
        if row.key not in _LISTS or row.again or not content.holds_words():
            fields.read(row, name, content)
            continue
        reader = ListReader(content, known, aside)
        is_competency = row.key == "competency"
        part = reader.requirements(name) if is_competency else reader.criteria(name)
        part.step = fields.step(part.step)
        lists[row.key] = draft.add(part)
    if not draft.label:
        draft.doubts.append("No title is printed for this unit.")
    doubt_level(draft)
    if len(lists) == 2:
        _link(lists["assessment"], lists["competency"])
    return draft


def _link(criteria: Draft, requirements: Draft) -> None:
    """Tie the criteria of a unit to its requirements, or to whole elements."""
    parts = [part for part in requirements.walk() if part.kind == "PerformanceCriterion"]
    parts += [
        part for part in requirements.parts if part.kind == "ElementOfCompetency" and part.label
    ]
    link([part for part in criteria.parts if part.kind == "AssessmentCriterion"], parts)


def _known(document: Document, table: Table) -> set[str]:
    """Return the words with which items begin anywhere in the document."""
    rows = (row for unit in table.units for row in unit.rows if row.key in _LISTS)
    return {word for row in rows for word in openings(Flow(document, row.places).text)}


LAYOUT = Layout(
    name="competency-standards-unit",
    title="Specification of Competency Standards unit (Hong Kong): a table of fields",
    score=score,
    read=read,
)
