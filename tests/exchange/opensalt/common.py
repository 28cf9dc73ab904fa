"""What the tests of OpenSALT and OpenCASE share: small tables, and how frameworks are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import BlankNode

from competency import KnowledgeGraph
from competency.exchange.exchange import Exchange, Exported, Reading
from competency.exchange.exchanges import exchange_named
from competency.exchange.imported import File, Imported
from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.sheets import Sheet, Written, csv_bytes, key, read_grids, workbook_bytes
from competency.exchange.terms import short
from competency.graph import NamedGraph
from competency.shapes import Severity, validate
from tests.exchange.frameworks import knowledge

Rows = Sequence[Sequence[str]]
BAKING = "8f6b1d52-1c1e-4c53-9f0e-2a54c9d3a001"
DOUGH = "8f6b1d52-1c1e-4c53-9f0e-2a54c9d3a002"
OVEN = "8f6b1d52-1c1e-4c53-9f0e-2a54c9d3a003"
DOC: Rows = (("identifier", "creator", "title"), (BAKING, "The guild", "Baking"))


def workbook(items: Rows, associations: Rows = (), doc: Rows = DOC, **more: Rows) -> File:
    """Return a workbook of OpenSALT."""
    sheets: dict[str, Rows] = {"CF Doc": doc, "CF Item": items, "CF Association": associations}
    sheets.update(more)
    found = [Written(name, rows[0], rows[1:]) for name, rows in sheets.items() if rows]
    exchange = exchange_named("opensalt")
    return File("baking.xlsx", workbook_bytes(found), exchange.format.media_type)


def table(*rows: Sequence[str], name: str = "baking.csv") -> File:
    """Return a CSV file."""
    return File(name, csv_bytes(rows), "text/csv")


def taken_in(file: File, name: str = "opensalt", **options: str) -> Imported:
    """Return what reading a file gives."""
    exchange = exchange_named(name)
    assert exchange.read is not None
    return exchange.read(file, Reading(**options))


def the_graph(file: File, name: str = "opensalt", **options: str) -> NamedGraph:
    """Return the one framework of a file."""
    (graph,) = taken_in(file, name, **options).graphs
    return graph


def given_out(graph: NamedGraph | KnowledgeGraph, iri: str, name: str = "opensalt") -> Exported:
    """Return a framework in a format."""
    held = graph if isinstance(graph, KnowledgeGraph) else knowledge(graph)
    exchange = writer(name)
    assert exchange.write is not None
    return exchange.write(held, iri)


def writer(name: str) -> Exchange:
    """Return the exchange that writes a format."""
    return exchange_named(name, writes=True)


def back(
    exported: Exported, name: str = "opensalt", file: str = "baking", **options: str
) -> NamedGraph:
    """Return the framework of what was given out."""
    found = writer(name).format
    return the_graph(
        File(file + found.suffixes[0], exported.data, found.media_type), name, **options
    )


def sample(shared: Path, path: str, name: str) -> File:
    """Return a real file."""
    return File(
        path.rpartition("/")[2],
        (shared / "samples" / path).read_bytes(),
        writer(name).format.media_type,
    )


# ------------------------------------------------------------------ looking


def said(graph: NamedGraph, iri: str) -> dict[str, list[str]]:
    """Return what is said of a thing, by prefixed names."""
    about = graph.about(iri)
    return {short(name): [str(value) for value in values] for name, values in about.items()}


def lines(graph: NamedGraph | KnowledgeGraph, iri: str) -> list[str]:
    """Return the parts in order, each with its depth, its class and its title or text."""
    held = graph if isinstance(graph, KnowledgeGraph) else knowledge(graph)
    found = []
    for entry in Outline(held, iri).entries[1:]:
        kind = entry.kind.rpartition("#")[2]
        text = next(iter(entry.texts("rdfs:label", "comp:text")), "")
        found.append(f"{'  ' * (len(entry.above) - 1)}{kind}: {text}")
    return found


def faults(graph: NamedGraph) -> list[str]:
    """Return what our shapes hold against a graph."""
    return [result.message for result in validate(graph.graph).at_least(Severity.violation)]


def cells(file: File) -> dict[str, list[dict[str, str]]]:
    """Return the cells with a text of each sheet, row by row, by their headers."""
    found = {}
    for grid in read_grids(file):
        sheet = Sheet.of(grid)
        found[key(grid.name) if grid.workbook else ""] = [
            {key(name): text for name in sheet.headers if (text := record.get(name))}
            for record in sheet.records
        ]
    return found


def silent(before: NamedGraph, after: NamedGraph, losses: Sequence[Loss]) -> list[str]:
    """Return what one graph says and the other does not, though no loss tells of it."""
    told = {(loss.part, loss.property) for loss in losses}
    kept = set(after.triples)
    return [
        str(triple)
        for triple in before.triples
        if triple not in kept
        and not str(triple.predicate.value).endswith("#sha256")  # of the file that was read
        and not isinstance(triple.subject, BlankNode)
        and (str(getattr(triple.subject, "value", "")), short(triple.predicate.value)) not in told
    ]
