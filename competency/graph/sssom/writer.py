"""A mapping set as SSSOM/TSV: the header in ``#`` lines, then a row for each record."""

from __future__ import annotations

from competency.graph.sssom.cells import cell_of, row_of
from competency.graph.sssom.curies import compact
from competency.graph.sssom.header import header_lines
from competency.graph.sssom.model import MappingSet, Record, ordered
from competency.graph.sssom.slots import RECORD_SLOTS, REQUIRED, SLOTS, Range


def write(found: MappingSet) -> bytes:
    """Return a mapping set as SSSOM/TSV; the same set gives the same bytes.

    Rows stand in the order of subject, relation and object, columns in that of the standard, so
    that one alignment more is one line more.

    >>> ends = {"subject_id": ("urn:a",), "object_id": ("urn:b",)}
    >>> whole = MappingSet({"mapping_set_id": ("urn:set",)}, (Record(ends),))
    >>> print(write(whole).decode().splitlines()[0])
    #mapping_set_id: "urn:set"
    """
    columns = _columns(found)
    lines = [f"#{line}" for line in header_lines(found)]
    lines.append(row_of(columns))
    rows = (_row(record, columns, found) for record in ordered(found.records))
    return "".join(f"{line}\n" for line in (*lines, *rows)).encode()


def _columns(found: MappingSet) -> list[str]:
    used = {name for record in found.records for name in record.slots} | set(REQUIRED)
    ours = [slot.name for slot in RECORD_SLOTS if slot.name in used]
    return [*ours, *sorted(used - set(ours))]


def _row(record: Record, columns: list[str], found: MappingSet) -> str:
    cells = []
    for name in columns:
        slot, values = SLOTS.get(name), record.slots.get(name, ())
        if slot is not None and slot.range is Range.entity:
            values = tuple(compact(value, found.prefixes) for value in values)
        cells.append(cell_of(values, slot))
    return row_of(cells)
