"""What the tests of tables share: files, cells, and what goes unreported on the way round."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.term import Node

from competency.errors import CompetencyError
from competency.exchange.exchange import Exported, Reading
from competency.exchange.imported import File, Imported
from competency.exchange.mapping import Loss
from competency.exchange.terms import short
from competency.graph import NamedGraph, to_rdflib
from competency.shapes import Severity, validate

Read = Callable[[File, Reading], Imported]
BASE = "https://example.org/"
READING = Reading(BASE)
_SIGNS = [b'"', b",", b";", b"\n", b"\r\n", b"#", b"|", b"\0", b"\xff", b"'", b"=", b"", b"\xe9"]


def table(text: str, name: str = "t.csv") -> File:
    """Return a text as a CSV file."""
    return File(name, text.encode(), "text/csv")


def sample(shared: Path, name: str) -> File:
    """Return a real file."""
    return File(name, (shared / "samples" / "csv" / name).read_bytes(), "text/csv")


def cells(data: bytes) -> list[list[str]]:
    """Return the cells of a CSV as Python's own reader has them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def rows(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV by header."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def only(imported: Imported) -> NamedGraph:
    """Return the one graph of an import."""
    (graph,) = imported.graphs
    return graph


def said(graph: NamedGraph, iri: str) -> dict[str, list[str]]:
    """Return what a graph says of a thing, by prefixed names."""
    about = graph.about(iri if "://" in iri else f"{graph.name}/{iri}")
    return {short(name): [str(value) for value in values] for name, values in about.items()}


def parts(graph: NamedGraph) -> list[str]:
    """Return the IRIs of the parts, in no order."""
    return [iri for iri in graph.subjects if "comp:inFramework" in said(graph, iri)]


def faults(graph: NamedGraph) -> list[str]:
    """Return what our shapes hold against a graph."""
    return [result.message for result in validate(graph.graph).at_least(Severity.violation)]


def unreported(
    before: NamedGraph,
    after: NamedGraph,
    exported: Exported,
    names: Mapping[Node, Node],
    out: Iterable[str] = (),
) -> Iterator[str]:
    """Yield what is said of framework and parts before, is not after, and is in no loss.

    ``names`` has what is called otherwise after, ``out`` the reasons why whole parts are left out.
    """
    lost = {(loss.part, loss.property) for loss in exported.losses}
    gone = {loss.part for loss in exported.losses if loss.why in out}
    there = set(_triples(after))
    about = {before.name, *parts(before)}
    for thing, name, value in _triples(before):
        if str(thing) not in about or str(thing) in gone or (str(thing), short(str(name))) in lost:
            continue
        if short(str(name)) in _ELSEWHERE or _renamed(names, thing, name, value) in there:
            continue
        yield f"{thing} {short(str(name))} {value!r}"


# Their values are things of their own, with names that are made anew.
_ELSEWHERE = ("comp:code", "dcterms:publisher", "dcterms:creator", "dcterms:license", "comp:source",
              "comp:section", "comp:position")  # fmt: skip


def _triples(graph: NamedGraph) -> Iterator[tuple[Node, ...]]:
    for triple in graph.triples:
        yield to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)


def only_known_errors(read: Read, data: bytes, times: int = 120) -> None:
    """Fail where a damaged file raises anything but an error of ours."""
    dice = random.Random(7)  # noqa: S311
    for _ in range(times):
        damaged = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(damaged) + 1)
            damaged[place : place + dice.randint(0, 6)] = dice.choice(_SIGNS)
        try:
            read(File("t.csv", bytes(damaged), "text/csv"), READING)
        except CompetencyError as error:
            assert str(error).startswith("t.csv")


def raised(read: Read, text: str) -> tuple[str, ...]:
    """Return the lines of all errors that a table has."""
    with pytest.raises(CompetencyError) as caught:
        read(table(text), READING)
    return (str(caught.value), *getattr(caught.value, "more", ()))


def losses_of(exported: Exported, iri: str) -> dict[str, str]:
    """Return what is lost of one thing: reasons by property."""
    return {loss.property: loss.why for loss in exported.losses if loss.part == iri}


def any_loss(exported: Exported, name: str) -> list[Loss]:
    """Return the losses of a property."""
    return [loss for loss in exported.losses if loss.property == name]


def same_root(old: str, new: str) -> dict[Node, Node]:
    """Return the names where the framework is called otherwise after, and nothing else."""
    return {URIRef(old): URIRef(new)}


def _renamed(names: Mapping[Node, Node], *row: Node) -> tuple[Node, ...]:
    return tuple(names.get(node, node) for node in row)
