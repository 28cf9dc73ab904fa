"""OpenSALT's workbook out: the sheets CF Doc, CF Item and CF Association."""

from __future__ import annotations

from competency.exchange.case.context import Object
from competency.exchange.exchange import Exported, Reading
from competency.exchange.imported import File
from competency.exchange.mapping import Loss
from competency.exchange.opensalt import columns, workbook
from competency.exchange.opensalt.cells import TYPES, shown_type
from competency.exchange.opensalt.laying import Laying
from competency.exchange.opensalt.levels import shown
from competency.exchange.opensalt.losing import beside, created, lost
from competency.exchange.opensalt.packing import Known
from competency.exchange.opensalt.tables import BORROWED, TABLE, WANTED
from competency.exchange.sheets import Written, workbook_bytes
from competency.exchange.sheets.grid import Grid, grid_of
from competency.graph import KnowledgeGraph

Table = list[list[str]]
ASIDE = "in a column of ours, which OpenSALT does not know"


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a workbook of OpenSALT.

    What has no column is in the losses. Raises NotFound, and ConversionError for a text that is
    longer than a cell can be.
    """
    laying = Laying(graph, iri)
    tables = {
        "CF Doc": [*_doc_rows(laying)],
        "CF Item": [*_item_rows(laying)],
        "CF Association": [*_association_rows(laying)],
    }
    data = workbook_bytes([Written(name, rows[0], rows[1:]) for name, rows in tables.items()])
    grids = [laid_grid(name, rows) for name, rows in tables.items()]
    packing = workbook.packed(no_file(laying), grids, reading(laying), known(laying))
    losses = [*created(laying, WANTED, BORROWED), *lost(laying, packing, TABLE)]
    more = [*_doc_more(laying), *laying.used(columns.ITEM_MORE)]
    aside = [*beside(laying, more, ASIDE), *_own_types(laying)]
    return Exported(data, tuple(losses), tuple(dict.fromkeys(aside)))


def no_file(laying: Laying) -> File:
    """Return what stands for a file; what was named after its file is named again."""
    title = laying.given.title(laying.root) if laying.is_untitled else None
    return File(title or "", b"", "")


def reading(laying: Laying) -> Reading:
    """Return how sheets are read that were laid out."""
    return Reading(language=laying.given.tag)


def known(laying: Laying) -> Known:
    """Return the IRIs of a framework and of its items, for reading what was laid out."""
    return Known(str(laying.root), [str(iri) for iri in laying.items])


def laid_grid(name: str, rows: Table, *, workbook: bool = True) -> Grid:
    """Return rows as a grid, as if they had been read."""
    cells = ((number, [*row]) for number, row in enumerate(rows, 1))
    return grid_of(name, cells, notes=(), workbook=workbook)


def _own_types(laying: Laying) -> list[Loss]:
    why = "a type of association of ours, which OpenSALT does not know"
    found = []
    for iri, one in laying.links.items():
        if one["associationType"] not in TYPES.values():
            origin = laying.inside(one.get("originNodeURI")) or iri
            found.append(Loss(str(origin), f"case:{one['associationType']}", why))
    return found


# ---------------------------------------------------------------- the sheets


def _doc_rows(laying: Laying) -> Table:
    names = [*columns.DOC, *_doc_more(laying)]
    own = laying.uses([laying.root])
    row = [laying.document(name) for name in names]
    row += [laying.custom(laying.root, prop) for prop in own]
    return [[*names, *(laying.own[prop] for prop in own)], row]


def _doc_more(laying: Laying) -> list[str]:
    """Return the columns of ours that CF Doc needs."""
    found = [name for name in columns.DOC_MORE if name != "uri" and laying.document(name)]
    return found if laying.is_named else [*found, "uri"]


def _item_rows(laying: Laying) -> Table:
    names = [*columns.ITEM, *laying.used(columns.ITEM_MORE)]
    others = [prop for prop in laying.own if prop not in laying.uses([laying.root])]
    own = [*dict.fromkeys([*laying.uses(laying.items), *others])]
    rows = [[*names, *(laying.own[prop] for prop in own)]]
    for iri in laying.items:
        level = laying.levels.get(iri)
        row = [
            laying.item(iri, name) if name != "smartLevel" else shown(level) if level else ""
            for name in names
        ]
        rows.append(row + [laying.custom(iri, prop) for prop in own])
    return rows


def _association_rows(laying: Laying) -> Table:
    own = laying.extended()
    notes = ["notes"] if any(one.get("notes") for one in laying.links.values()) else []
    rows = [[*columns.ASSOCIATION, *notes, *own]]
    for one in laying.links.values():
        found = _association(laying, one)
        if not _is_whole(found):
            continue  # it is no association, and is told as lost
        extensions = one.get("extensions")
        kept = extensions if isinstance(extensions, dict) else {}
        row = [found[name] for name in columns.ASSOCIATION]
        row += [str(one.get(name) or "") for name in notes]
        rows.append(row + [str(kept.get(name, "")) for name in own])
    return rows


def _is_whole(found: dict[str, str]) -> bool:
    ends = [
        any(text for name, text in found.items() if name.startswith(f"{side}Node"))
        for side in ("origin", "destination")
    ]
    return bool(found["associationType"]) and all(ends)


def _association(laying: Laying, one: Object) -> dict[str, str]:
    kind = one.get("associationType")
    group = laying.defined.group(one)
    return {
        "identifier": str(one.get("identifier") or ""),
        "associationType": shown_type(str(kind or "")),
        "associationGroupIdentifier": group[0],
        "associationGroupName": group[1],
        **_end(laying, one, "origin"),
        **_end(laying, one, "destination"),
    }


def _end(laying: Laying, one: Object, side: str) -> dict[str, str]:
    link = one.get(f"{side}NodeURI")
    found = laying.inside(link)
    if found is None:
        identifier, uri, code = laying.outside(link)
    else:
        identifier, uri = str(link["identifier"]) if isinstance(link, dict) else "", ""
        code = laying.item(found, "humanCodingScheme") if found != laying.root else ""
    return {
        f"{side}NodeURI": uri,
        f"{side}NodeIdentifier": identifier,
        f"{side}NodeHumanCodingScheme": code,
    }
