"""Reading a National Occupational Standard row by row: where each one goes."""

from __future__ import annotations

from competency.documents.document import Document, Span, join
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.occupational_standard import phrases
from competency.documents.layouts.occupational_standard.heads import (
    ENDED,
    STANDARD,
    UNIT,
    Head,
    Heads,
)
from competency.documents.layouts.occupational_standard.lists import Lists, remember, style_of
from competency.documents.layouts.occupational_standard.pages import Pages
from competency.documents.layouts.occupational_standard.rows import BULLET, Row, Run, read_rows
from competency.documents.layouts.occupational_standard.writing import Section, Writer
from competency.documents.steps import file_step, slug

_IMPLIED = {
    phrases.CRITERIA: ("Performance criteria", phrases.Name(phrases.CRITERIA, "pc")),
    phrases.KNOWLEDGE: ("Knowledge and understanding", phrases.Name(phrases.KNOWLEDGE, "ku")),
}
_OUTSIDE = "These words stand in no section."
_BODIES = {("developed", "by"), ("originating", "organisation")}
_SHORT = 120


class Reader:
    """Reads one document; where it is: standard, unit, section."""

    def __init__(self, document: Document) -> None:
        """Take the document; nothing is read yet."""
        self.document = document
        self.rows = read_rows(document)
        self.heads = Heads(self.rows)
        self.pages = Pages(self.heads)
        self.writer = Writer(self.heads)
        self.lists = Lists(self.writer)
        self.draft = self.writer.draft
        self.standard: Draft = self.draft
        self.head: Head | None = None
        self.unit: Draft | None = None
        self.section: Section | None = None
        self.sections: dict[tuple[int, tuple[str, ...]], Section] = {}
        self.numbers: list[str] = []

    def read(self) -> FrameworkDraft:
        """Read all rows and return the draft."""
        self._bullet_letters()
        at = 0
        while at < len(self.rows):
            at += self._take(at)
        self.writer.finish()
        self._finish()
        return self.draft

    def _take(self, at: int) -> int:
        """Read what begins at a row; return how many rows it took."""
        row, writer = self.rows[at], self.writer
        if not self._is_value(at) and self.pages.is_number(at, self._expected()):
            self.draft.leave_out(row.whole, "page number")
            writer.broken = True
            return 1
        if count := self._heading(at) or self._named_section(at) or self._lead_in(at):
            return count
        if self.section and self.pages.is_running(at, writer.broken):
            self.draft.leave_out(row.whole, "page heading repeated")
            writer.broken = True
            return 1
        self._content(at)
        writer.broken = False
        return 1

    def _content(self, at: int) -> None:
        """Read a row that belongs to a section, or to none."""
        section = self.section
        if section is None:
            self._outside(at)
        elif self._title_goes_on(at):
            self.writer.go_on(self.rows[at])
        elif self._ends_section(section, at):
            self._other_section(self.rows[at])
        elif section.kind == phrases.FIELD:
            self.writer.go_on(self.rows[at])
        elif section.kind in phrases.LISTS:
            self.lists.read(section, at)
        else:
            self._in_notes(section, at)

    def _is_value(self, at: int) -> bool:
        """Say whether a row is the value of a field, though it may look like a page number."""
        is_field = self.section is not None and self.section.kind == phrases.FIELD
        same_line = at > 0 and self.rows[at].line == self.rows[at - 1].line
        return (is_field and self.writer.waits) or same_line

    def _expected(self) -> int | None:
        in_list = self.section is not None and self.section.kind in phrases.LISTS
        return self.section.last + 1 if self.section and in_list else None

    def _bullet_letters(self) -> None:
        """Set aside letters that are the bullet of a line."""
        seen = set()
        for row in self.rows:
            if row.line not in seen:
                sign = self.document.span(row.line, 0, row.whole.pieces[0].start)
                if any(letter.isalnum() for letter in sign.text):
                    self.draft.leave_out(sign, "bullet sign")
            seen.add(row.line)

    # ------------------------------------------------------------------ headings

    def _heading(self, at: int) -> int:
        """Read the heading of a standard or unit, or one that a page repeats."""
        if again := self.heads.repeated(at):
            draft = again.draft
            draft.also.append(again.span)
            self.writer.broken = True
            if again.head.kind == UNIT and draft is not self.unit:
                self.unit, self.section = draft, None
                self.writer.close()
            return again.rows
        head = self.heads.new(at, early=not self.sections)
        if head is None:
            return 0
        for span in head.connecting:
            self.draft.leave_out(span, "name of a field")
        self.section = None
        self.writer.close()
        draft = self._new_standard(head) if head.kind == STANDARD else self._new_unit(head)
        self.heads.remember(head, draft)
        return head.rows

    def _new_standard(self, head: Head) -> Draft:
        """Open the standard: the framework, or a group where it is not the first."""
        self.unit, self.head = None, head
        step = f"nos-{slug(head.code.text)}" if head.code else ""
        codes = head.codes()[:1] if head.code else []
        if self.draft.label or self.draft.codes:
            doubt = "Another standard begins here; it is kept as a group."
            group = Draft("Group", "", doubts=[doubt], name="" if head.title else "Standard")
            self.standard = self.writer.steps.put(self.draft, group, "" if step else "s", step)
            codes = codes if self.heads.has_units else []
        else:
            self.standard, self.draft.step = self.draft, step
        self.standard.label, self.standard.codes = head.title, codes
        self.standard.enumeration = head.number
        if not self.heads.has_units:
            self._unit_of_standard()
        return self.standard

    def _unit_of_standard(self) -> Draft:
        """Make the unit of a standard that is its own unit."""
        head = self.head
        unit = Draft("UnitOfCompetency", "", head.title if head else self.standard.label)
        unit.codes = head.codes() if head else []
        unit.name = "" if unit.label else "Unit"
        self.unit = self.writer.steps.put(self.standard, unit, "", "unit")
        return self.unit

    def _new_unit(self, head: Head) -> Draft:
        unit = Draft("UnitOfCompetency", "", head.title, enumeration=head.number)
        unit.codes, unit.name = head.codes(), "" if head.title else "Unit"
        base, code = self.head.code.text if self.head else "", head.code.text
        own = bool(base) and code.startswith(base) and not code[len(base) :][:1].isalnum()
        number = slug(code[len(base) :] if own else code)
        self.unit = self.writer.steps.put(self.standard, unit, "" if number else "u", number)
        self.numbers.append(number if own or head.number else "")
        return unit

    # ------------------------------------------------------------------ sections

    def _holder(self) -> Draft:
        """Return the part that takes sections: the unit, or the standard before its first unit."""
        if self.unit is None and not self.heads.has_units:
            self._unit_of_standard()
        return self.unit or self.standard

    def _named_section(self, at: int) -> int:
        """Open the section that a row names, or go on with it."""
        name, count = self.heads.section(at)
        row = self.rows[at]
        if name is None:
            return 0
        label = _without_colon(join(item.whole for item in self.rows[at : at + count]))
        if count == 1 and row.strong and row.enumeration:
            label = row.body
            self.draft.leave_out(row.enumeration, "number of a section")
        self._open_section(name, label, row.heading)
        return count

    def _open_section(self, name: phrases.Name, label: Span, heading: int) -> Section:
        """Open a section; criteria and knowledge of a unit are one list each."""
        holder = self._holder()
        key = id(holder), (name.kind,) if name.kind in phrases.LISTS else phrases.words(label.text)
        if self.section is None or self.section.draft.parts:
            self.writer.close()
        if known := self.sections.get(key):
            if label:
                known.draft.also.append(label)
            self.writer.broken = True
            if known is not self.section:
                self.writer.close()
            if known.kind == phrases.FIELD:
                self.writer.open(known.draft)
            self.section = known
            return known
        is_field = name.kind == phrases.FIELD
        draft = Draft("Note" if is_field else "Group", "", label)
        draft.name = "" if label else _IMPLIED[name.kind][0]
        self.writer.steps.put(holder, draft, "f" if is_field else "", "" if is_field else name.step)
        draft.doubts.clear()
        self.writer.close()
        self.writer.broken = False
        if is_field:
            self.writer.open(draft)
        self.section = self.sections[key] = Section(draft, name.kind, heading)
        return self.section

    def _lead_in(self, at: int) -> int:
        """Read the words that the items of a list finish."""
        kind, count = self.heads.lead_in(at)
        if not kind or self._is_told(kind):
            return 0
        span = join(row.whole for row in self.rows[at : at + count])
        section = self.section
        if section is None or section.kind != kind:
            section = self._open_section(_IMPLIED[kind][1], Span(), 0)
        known = section.draft.lead_in
        box = section.box if section.box and not section.box.parts else section.draft
        same = known and phrases.words(known.text.text) == phrases.words(span.text)
        if known and (same or box is section.draft):
            known.also.append(span)
            return count
        if box.parts and not all(part.parts or part is section.box for part in box.parts):
            self.writer.note(box, self.rows[at], "These words lead to a list that began before.")
            self.writer.go_on_with(self.rows[at + 1 : at + count])
        else:
            box.lead_in = Draft("Note", "lead-in", text=span)
            box.parts.insert(0, box.lead_in)
            self.writer.broken = False
        self.writer.close()
        return count

    def _is_told(self, kind: str) -> bool:
        """Say whether the words of a lead-in are part of a note: their list was read before."""
        if self.section is None or self.section.kind in phrases.LISTS:
            return False
        known = self.sections.get((id(self._holder()), (kind,)))
        return known is not None and known.item is not None

    # ------------------------------------------------------------------ notes, and the rest

    def _title_goes_on(self, at: int) -> bool:
        """Say whether a heading is the next line of the one before it."""
        row, before = self.rows[at], self.rows[at - 1] if at else None
        label = self.writer.open_field == "label" and not self.writer.broken
        both = before is not None and before.strong and row.strong
        half = self.document.line(row.line).count("**") == 1  # emphasis that began a line before
        return label and (both or half) and row.small and not row.gap

    def _ends_section(self, section: Section, at: int) -> bool:
        """Say whether a heading opens a section whose name is not known."""
        row = self.rows[at]
        if not (row.heading and section.heading and row.heading <= section.heading):
            return False
        return section.kind not in phrases.LISTS or not self.lists.item_follows(at)

    def _other_section(self, row: Row) -> None:
        """Open a section whose name is not known."""
        draft = Draft("Group", "", row.title, enumeration=row.title_number)
        self.writer.steps.put(self._holder(), draft, "s")
        self.section = Section(draft, phrases.NOTES, row.heading)
        self.sections[(id(self._holder()), row.words)] = self.section
        self.writer.open(draft, "label")

    def _in_notes(self, section: Section, at: int) -> None:
        """Read a row of a section that is no list."""
        row, writer = self.rows[at], self.writer
        style = style_of(section, row)
        numbered = style not in ("", BULLET)
        is_title = row.strong and len(row.text) <= _SHORT and not ENDED.search(row.text.rstrip(":"))
        if is_title:
            box = Draft("Group", "", row.title, enumeration=row.title_number)
            section.enter(writer.steps.put(section.draft, box, "g"))
            writer.open(box, "label")
        elif writer.waits or (not numbered and writer.goes_on(row, at, is_list=False)):
            writer.go_on(row)
        else:
            kind = "Scope" if section.kind == phrases.SCOPE else "Note"
            note = Draft(kind, "", text=row.body if numbered else row.whole)
            note.enumeration = row.enumeration if numbered else Span()
            remember(section, row, style)
            writer.open(writer.steps.put(section.parent, note, ""))

    def _outside(self, at: int) -> None:
        """Read a row that stands in no section."""
        row, prefix = self.rows[at], self.rows[at].enumeration.text[:1]
        kind = {"P": phrases.CRITERIA, "K": phrases.KNOWLEDGE}.get(prefix, "")
        first = not (self.draft.label or self.draft.codes or self.draft.parts or self.heads.named)
        if row.marked and kind and self.draft.parts:
            self.lists.read(self._open_section(_IMPLIED[kind][1], Span(), 0), at)
        elif self.writer.goes_on(row, at, is_list=False) and not row.strong:
            self.writer.go_on(row)
        elif first and row.strong and not row.enumeration:
            self.draft.label = row.body
            self.writer.open(self.draft, "label")
        elif row.heading and self.unit and not row.enumeration:
            self._other_section(row)
        else:
            self.writer.note(self.unit or self.standard, row, _OUTSIDE)

    # ------------------------------------------------------------------ the end

    def _finish(self) -> None:
        """Say what only the whole shows: names, the extent, empty sections, bodies."""
        draft = self.draft
        draft.step = draft.step or file_step(self.document)
        draft.name = "" if draft.label else "National occupational standard"
        for section in self.sections.values():
            self._close_section(section)
        held = [int(number) for number in self.numbers if number.isdigit()]
        if held and (len(held) == 1 or sorted(held) != list(range(1, len(held) + 1))):
            draft.extent = "Excerpt"

    def _close_section(self, section: Section) -> None:
        """Mark a section that holds nothing, and name the bodies that a field names."""
        part = section.draft
        if section.kind == phrases.FIELD:
            if part.text and phrases.words(part.label.text) in _BODIES:
                known = {phrases.words(body.text) for body in self.draft.organisations}
                if phrases.words(part.text.text) not in known:
                    self.draft.organisations.append(part.text)
        elif section.kind in phrases.LISTS:
            if not any(item is not part.lead_in for item in part.parts):
                part.doubts.append("The list is printed without items.")
        elif not part.parts:
            part.kind, part.empty = "Note", True


def _without_colon(span: Span) -> Span:
    """Return a title without the signs behind it."""
    run = Run([span])
    return run.span(0, len(run.text.rstrip(" \t:*_")))
