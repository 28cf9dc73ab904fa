"""OpenSALT's CSV out: a row for each item, its parent and what it is related to in columns."""

from __future__ import annotations

from rdflib import URIRef

from competency.exchange.case.context import Object
from competency.exchange.exchange import Exported
from competency.exchange.opensalt import columns, separated
from competency.exchange.opensalt.laying import Laying
from competency.exchange.opensalt.losing import beside, lost, untitled
from competency.exchange.opensalt.tables import CSV_TABLE
from competency.exchange.opensalt.writing import ASIDE, known, laid_grid, no_file, reading
from competency.exchange.sheets import csv_bytes
from competency.graph import KnowledgeGraph

Rows = list[list[str]]
Links = dict[str, dict[URIRef, list[str]]]  # by type and item
_COMMON = ("isPartOf", "replacedBy", "exemplar", "hasSkillLevel", "isRelatedTo")
_PRINTED = {"isPartOf": "IsPartOf", "exemplar": "Exemplar", "isRelatedTo": "IsRelatedTo"}
_FIXED = ("identifier", "fullStatement", "humanCodingScheme", "abbreviatedStatement",
          "conceptKeywords", "notes")  # fmt: skip


def write_csv(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a CSV file of OpenSALT: its items, without the framework itself.

    What has no column is in the losses. Raises NotFound.
    """
    laying = Laying(graph, iri)
    rows = _csv_rows(laying)
    grid = laid_grid("", rows, workbook=False)
    packing = separated.packed(no_file(laying), grid, reading(laying), known(laying))
    losses = [*untitled(laying, CSV_TABLE), *lost(laying, packing, CSV_TABLE)]
    aside = beside(laying, laying.used(columns.ITEM_MORE), ASIDE)
    return Exported(csv_bytes(rows), tuple(losses), tuple(aside))


def _csv_rows(laying: Laying) -> Rows:
    fields = [name for name in separated.HEADERS if name not in _FIXED]
    more = [*laying.used(fields), *(["license"] if laying.used(["license"]) else [])]
    links = _links(laying)
    kinds = [*_COMMON, *(kind for kind in links if kind not in (*_COMMON, "isChildOf"))]
    own = [*laying.own]
    headers = [separated.HEADERS[name][0] for name in _FIXED]
    headers[3:3] = ["sequenceNumber"]
    headers += [separated.PARENT[0], *(_PRINTED.get(kind, kind) for kind in kinds)]
    headers += [separated.HEADERS.get(name, (name,))[0] for name in more]
    rows = [headers + [laying.own[prop] for prop in own]]
    for iri in laying.items:
        row = [laying.item(iri, name) for name in _FIXED]
        row[3:3] = [laying.cell("sequenceNumber", laying.numbers.get(iri))]
        row += [_parent(laying, links, iri), *(_joined(links, kind, iri) for kind in kinds)]
        row += [laying.item(iri, name) for name in more]
        rows.append(row + [laying.custom(iri, prop) for prop in own])
    return rows


def _parent(laying: Laying, links: Links, iri: URIRef) -> str:
    parent = laying.above.get(iri)
    if parent is None:
        outside = links.get("isChildOf", {}).get(iri, [])
        return outside[0] if outside else ""
    return "" if parent == laying.root else laying.code(parent)


def _links(laying: Laying) -> Links:
    """Return by type and item what the items are related to, beside their parents."""
    found: dict[str, dict[URIRef, list[str]]] = {}
    for one in laying.links.values():
        origin = laying.inside(one.get("originNodeURI"))
        end = laying.inside(one.get("destinationNodeURI"))
        kind = str(one.get("associationType"))
        if origin is None or origin == laying.root or (kind == "isChildOf" and end):
            continue
        text = _named(laying, one, end)
        if text:
            found.setdefault(kind, {}).setdefault(origin, []).append(text)
    return found


def _named(laying: Laying, one: Object, end: URIRef | None) -> str:
    """Return what names the other end of an association: a code, an address, an identifier."""
    if end == laying.root:
        return str(laying.doc.get("identifier") or "")
    if end is not None:
        return laying.code(end)
    identifier, uri, code = laying.outside(one.get("destinationNodeURI"))
    return code or uri or identifier


def _joined(links: Links, kind: str, iri: URIRef) -> str:
    """Return a cell that :func:`separated.pieces` takes apart again."""
    texts = links.get(kind, {}).get(iri, [])
    return "|".join(texts)
