"""The template of OpenCASE out: the items of a framework in rows, with their depth."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from competency.exchange.exchange import Exported
from competency.exchange.mapping import Loss
from competency.exchange.opencase import template
from competency.exchange.opencase.table import TABLE
from competency.exchange.opencase.template import COLUMNS, LISTS
from competency.exchange.opensalt.laying import Laying
from competency.exchange.opensalt.losing import lost, untitled
from competency.exchange.opensalt.packing import Known
from competency.exchange.opensalt.writing import known, laid_grid, no_file, reading
from competency.exchange.sheets import Written, csv_bytes, workbook_bytes
from competency.exchange.sheets.grid import Grid
from competency.graph import KnowledgeGraph

SHEET = "Framework"
HELP = {
    "Level": "How deep the item stands: 1 at the top, 2 below it, and so on.",
    "Education Level": "Several with ; between them.",
    "Subject": "Several with ; between them.",
}


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a filled template of OpenCASE, in CSV.

    What has no column is in the losses. Raises NotFound.
    """
    laying = Laying(graph, iri)
    rows = _rows(laying)
    return Exported(csv_bytes(rows), _losses(laying, rows))


def write_workbook(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a filled template of OpenCASE, in a workbook.

    Raises NotFound, and ConversionError for a text that is longer than a cell can be.
    """
    laying = Laying(graph, iri)
    rows = _rows(laying)
    data = workbook_bytes([Written(SHEET, rows[0], rows[1:], HELP)])
    return Exported(data, _losses(laying, rows))


def _rows(laying: Laying) -> list[list[str]]:
    own = [*laying.own]
    rows = [[*COLUMNS, *(laying.own[prop] for prop in own)]]
    for iri in laying.items:
        row = [_cell(laying, iri, header) for header in COLUMNS]
        rows.append(row + [laying.custom(iri, prop) for prop in own])
    return rows


def _cell(laying: Laying, iri: URIRef, header: str) -> str:
    name = COLUMNS[header]
    if not name:
        return str(len(laying.levels.get(iri, (1,))))
    if name in LISTS and laying.texts(iri, name):
        return ";".join(laying.texts(iri, name))
    return laying.item(iri, name)


def _losses(laying: Laying, rows: list[list[str]]) -> tuple[Loss, ...]:
    grid, file = laid_grid("", rows, workbook=False), no_file(laying)
    packing = template.packed(file, [grid], reading(laying), known(laying))
    return (
        *untitled(laying, TABLE),
        *_renamed(laying, grid),
        *lost(laying, packing, TABLE),
    )


def _renamed(laying: Laying, grid: Grid) -> Iterator[Loss]:
    """Yield that parts get other IRIs, where those do not follow from code or place."""
    root = str(laying.root)
    packing = template.packed(no_file(laying), [grid], reading(laying), Known(root))
    if [one["uri"] for one in packing.items] != [str(iri) for iri in laying.items]:
        why = "the template has no column for identifiers: parts get others, of code or place"
        yield Loss(root, "case:identifier", why)
