"""SSSOM/TSV to a mapping set: the header, the columns and every cell, with all faults at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from competency.errors import ParseError
from competency.graph.received import File, Kept, Remark
from competency.graph.sssom.cells import Cell, rows_of, values_of
from competency.graph.sssom.curies import NAME, expand
from competency.graph.sssom.header import Told, understand, unknown_prefix
from competency.graph.sssom.model import Extension, MappingSet, Record, needs_version, ordered
from competency.graph.sssom.opening import delimiter_of, end_of_header, header_of, text_of
from competency.graph.sssom.relations import NO_TERM, relation_fault
from competency.graph.sssom.slots import REQUIRED, SLOTS, Range, Slot
from competency.graph.sssom.status import EXTENSION, STATUS, Status, status_fault, status_slot
from competency.graph.sssom.yaml import read_yaml
from competency.ontology import DEFAULT_BASE, shorten

MAX_TOLD = 200  # faults told of one file; the rest is counted
MAX_COLUMNS = 1_000


@dataclass(frozen=True)
class Placed:
    """A mapping set, the cells of each of its records by slot, and the place of each header key."""

    found: MappingSet
    rows: tuple[Mapping[str, Cell], ...]
    header: Mapping[str, tuple[int, int]]


def read(file: File, metadata: File | None = None, base: str = DEFAULT_BASE) -> MappingSet:
    """Return the mapping set of a file of SSSOM/TSV (or CSV).

    ``metadata`` is the header where it is a YAML file beside the table; what the table says itself
    wins. A set without an IRI gets one below ``base``. Raises ParseError with line and column for
    the first fault; its ``more`` has all others.

        read(File("alignments.sssom.tsv", data, "text/tab-separated-values"))
    """
    return read_placed(file, metadata, base).found


def read_placed(file: File, metadata: File | None = None, base: str = DEFAULT_BASE) -> Placed:
    """Return what :func:`read` does, with where in the file everything stands."""
    told = Told()
    faults: list[ParseError] = []
    places: dict[str, tuple[int, int]] = {}
    for source, lines in header_of(file, metadata):
        header = read_yaml(source, lines)
        places = dict(header.places)  # those of the table itself come last
        understand(header, told)
        faults += [ParseError(source, reason, *place) for *place, reason in told.faults]
        told.faults.clear()
    text = text_of(file)
    start = end_of_header(text)
    first = len(re.findall(r"\r\n?|\n", text[:start])) + 1
    delimiter, remark = delimiter_of(file, text[start:])
    if remark:
        told.remarks.append(Remark(Kept.odd, f"line {first}", remark))
    table = _Table(file, told, faults, base, places)
    found = table.read(list(rows_of(file.name, text[start:], first, delimiter)), first)
    if faults:
        _raise(faults, table.untold)
    return Placed(found, tuple(table.cells[id(record)] for record in found.records), places)


def _raise(faults: Sequence[ParseError], untold: int) -> None:
    error = faults[0]
    error.more = tuple(str(fault) for fault in faults[1:])
    if untold:
        error.more += (f"{error.source}: and {untold} more faults",)
    raise error


@dataclass
class _Table:
    """Reads the rows of one file and gathers what is wrong in them."""

    file: File
    told: Told
    faults: list[ParseError]
    base: str
    header: Mapping[str, tuple[int, int]]
    columns: list[str] = field(default_factory=list)
    untold: int = 0
    cells: dict[int, Mapping[str, Cell]] = field(default_factory=dict)
    _known: dict[str, str | None] = field(default_factory=dict)
    _sound: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def read(self, rows: Sequence[list[Cell]], first: int) -> MappingSet:
        """Return the mapping set whose table these rows are."""
        if rows:
            self._head(rows[0])
        else:
            self._fault(Cell("", first, 1), f"no table; its first row names {', '.join(REQUIRED)}")
        records = [self._record(row) for row in rows[1:]]
        self._statuses(records, rows[1:])
        for record, row in zip(records, rows[1:], strict=True):
            self.cells[id(record)] = dict(zip(self.columns, row, strict=False))
        self._names(records, rows[1:])
        slots = dict(self.told.slots)
        self._identify(slots)
        extensions = {
            name: item if item.property else replace(item, property=self._column(slots, name))
            for name, item in self.told.extensions.items()
        }
        self._both(slots, records)
        remarks = tuple(dict.fromkeys(self.told.remarks))
        found = MappingSet(slots, ordered(records), self.told.prefixes, extensions, remarks)
        if slots.get("sssom_version") == ("1.1",) and needs_version(found):
            del slots["sssom_version"]  # it is written again by itself
        return found

    def _head(self, row: Sequence[Cell]) -> None:
        if len(row) > MAX_COLUMNS:
            reason = f"{len(row):,} columns; at most {MAX_COLUMNS:,} are read, so divide the table"
            raise ParseError(self.file.name, reason, row[0].line, row[0].column)
        for cell in row:
            name = cell.text.strip()
            slot = SLOTS.get(name)
            if name in self.columns and name:
                self._fault(cell, f"the column {name} is there twice; keep one")
            elif slot is not None and not slot.on_record:
                self._fault(cell, f"{name} is said of the whole set; write it in the header")
            elif name and not NAME.fullmatch(name):
                reason = f"{name[:60]!r} is no name of a column; write one in letters, digits and _"
                self._fault(cell, reason)
            elif name and slot is None and name not in self.told.extensions:
                what = f"{name} is no slot of SSSOM; kept as a column of the file's own"
                self.told.remarks.append(Remark(Kept.aside, f"line {cell.line}", what))
                self.told.extensions[name] = Extension("")
            self.columns.append(name)
        for name in REQUIRED:
            if name not in self.columns:
                self._fault(row[0], f"the column {name} is not there; every alignment needs it")

    def _record(self, row: Sequence[Cell]) -> Record:
        slots: dict[str, tuple[str, ...]] = {}
        for cell in row[len(self.columns) :]:
            if cell.text.strip():
                reason = f"a cell beyond the {len(self.columns)} columns; is there a tab too many?"
                self._fault(cell, reason)
        for name, cell in zip(self.columns, row, strict=False):
            if not name:
                if cell.text.strip():
                    self._fault(cell, "a cell in a column without a name; name the column")
                continue
            values = self._values(name, cell)
            if values:
                slots[name] = values
            elif name in REQUIRED and not cell.text.strip():
                self._fault(cell, _missing(name))
        for name in self.columns[len(row) :]:
            if name in REQUIRED:
                self._fault(row[-1], f"the row ends here; {_missing(name)}")
        return Record(slots)

    def _values(self, name: str, cell: Cell) -> tuple[str, ...]:
        """Return the values of a cell; one that is sound is looked at once."""
        known = self._sound.get((name, cell.text))
        if known is None:
            before = len(self.faults) + self.untold
            known = self._checked(SLOTS.get(name), cell)
            if len(self.faults) + self.untold == before:
                self._sound[name, cell.text] = known
        return known

    def _checked(self, slot: Slot | None, cell: Cell) -> tuple[str, ...]:
        found = values_of(cell.text, slot)
        if slot is None or slot.range in (Range.text, Range.words):
            return found
        good = []
        for text in found:
            value = self._iri(text, cell) if slot.range is Range.entity else text
            reason = unknown_prefix(text) if value is None else _wrong(slot, value)
            if reason:
                self._fault(cell, f"{slot.name}: {reason}")
            elif value is not None:
                good.append(value)
        return tuple(sorted(set(good)))

    def _iri(self, text: str, cell: Cell) -> str | None:
        if text not in self._known:
            self._known[text] = self.told.iri(text, f"line {cell.line}")
        return self._known[text]

    def _statuses(self, records: list[Record], rows: Sequence[Sequence[Cell]]) -> None:
        """Check the status of reviews; one that is refused is denied for other programs too."""
        named = MappingSet({}, extensions=self.told.extensions)
        name = status_slot(named) or self._undeclared_status(records)
        if name is None:
            return
        if self.told.slots.pop(name, None):
            key = Cell("", *self.header.get(name, (1, 1)))
            self._fault(key, f"{name} is said of each row; write it in a column")
        if name not in self.columns:
            return
        for place, (record, row) in enumerate(zip(records, rows, strict=True)):
            text, denied = record.get(name).strip(), record.get("predicate_modifier")
            reason = status_fault(text, denied) if text else None
            if reason:
                self._fault(row[self.columns.index(name)], f"{name}: {reason}")
            elif text == Status.refused:
                more = {name: (text,), "predicate_modifier": ("Not",)}
                records[place] = Record({**record.slots, **more})

    def _undeclared_status(self, records: Sequence[Record]) -> str | None:
        """Take a column called status that nobody declares for what it looks like."""
        texts = {record.get(STATUS).strip() for record in records} - {""}
        if self.told.extensions.get(STATUS) != Extension("") or not texts <= set(Status):
            return None
        self.told.extensions[STATUS] = EXTENSION
        return STATUS

    def _names(self, records: list[Record], rows: Sequence[Sequence[Cell]]) -> None:
        """Tell of records that are there twice; of two that are alike in all, one stays."""
        seen: dict[str, Record] = {}
        lines: dict[tuple[tuple[str, tuple[str, ...]], ...], int] = {}
        alike = []
        for place, (record, row) in enumerate(zip(records, rows, strict=True)):
            name, whole = record.get("record_id"), tuple(sorted(record.slots.items()))
            if whole in lines:
                what = f"the same as line {lines[whole]}; one is kept"
                self.told.remarks.append(Remark(Kept.odd, f"line {row[0].line}", what))
                alike.append(place)
                continue
            lines[whole] = row[0].line
            if name and name in seen:
                cell = row[self.columns.index("record_id")]
                self._fault(cell, f"record_id: {cell.text} names another record already")
            seen[name] = record
        for place in reversed(alike):
            del records[place]

    def _identify(self, slots: dict[str, tuple[str, ...]]) -> None:
        if "mapping_set_id" not in slots:
            stem = PurePath(self.file.name).name.partition(".")[0]
            slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "alignments"
            slots["mapping_set_id"] = (self.base + slug,)
            what = f"the header has no mapping_set_id; the set is called {self.base + slug}"
            self.told.remarks.append(Remark(Kept.odd, "line 1", what))
        if "license" not in slots:
            what = "the header has no license; without one nobody may use the alignments"
            self.told.remarks.append(Remark(Kept.odd, "line 1", what))

    def _column(self, slots: Mapping[str, tuple[str, ...]], name: str) -> str:
        whole = slots["mapping_set_id"][0].rstrip("/#")
        if expand(whole, self.told.prefixes) != whole:  # as a CURIE it would be another IRI
            whole = f"{self.base}alignments"
        return f"{whole}/column/{name}"

    def _both(self, slots: Mapping[str, tuple[str, ...]], records: Sequence[Record]) -> None:
        own = {name for record in records for name in record.slots}
        for name in sorted(own & set(slots)):
            if name in SLOTS and SLOTS[name].shared:
                what = f"{name} is in the header and a column too; only the column counts"
                self.told.remarks.append(Remark(Kept.odd, "line 1", what))

    def _fault(self, cell: Cell, reason: str) -> None:
        if len(self.faults) < MAX_TOLD:
            self.faults.append(ParseError(self.file.name, reason, cell.line, cell.column))
        else:
            self.untold += 1


def _missing(name: str) -> str:
    if name == "mapping_justification":
        return f"{name} is empty; write semapv:UnspecifiedMatching where nobody knows"
    return f"{name} is empty, and every alignment needs it"


def _wrong(slot: Slot, value: str) -> str | None:
    if slot.name == "predicate_id":
        return relation_fault(value)
    if value in NO_TERM and slot.name in ("subject_id", "object_id"):
        return f"{shorten(value)} says that nothing matches, which is no alignment; leave it out"
    return slot.fault(value)
