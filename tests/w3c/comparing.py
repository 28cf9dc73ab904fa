"""What two answers have in common: tables, truths and graphs, whatever their blank nodes are called.

A table is compared as a graph with a blank node for each row, so one question, whether two
graphs are the same but for the names of blank nodes, answers for tables as well. Literals go
through a store first, which writes equal numbers and dates alike, as the engine in process does.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from tests.w3c.manifests import BASE, Sources

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
VARIABLE = "urn:variable:"
HEAD, HAS = ox.NamedNode("urn:head"), ox.NamedNode("urn:has")
# What a query is asked to answer in, by the ending of the file with the expected answer.
ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
RDF_FILES = {".rdf": "application/rdf+xml", ".ttl": "text/turtle"}
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")

Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Outcome = bool | frozenset[str]  # yes or no; the lines of a graph in canonical form


def canonical(quads: Iterable[ox.Quad]) -> frozenset[str]:
    """Return the lines of a graph, the same ones for every naming of its blank nodes."""
    store = ox.Store()
    store.extend(quads)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(str(quad) for quad in dataset)


def outcome(media: str, body: bytes, base: str = BASE) -> Outcome:
    """Return what an answer says, in a form that can be compared."""
    if media == "text/csv":
        return _of_csv(body.decode("utf-8"))
    form = ox.QueryResultsFormat.from_media_type(media)
    if form is None:
        return _of_graph(parse(media, body, base))
    found = ox.parse_query_results(body, format=form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    rows = [{name: row[name] for name in names} for row in found]
    return _table(names, rows)


def parse(media: str, body: bytes, base: str) -> list[ox.Quad]:
    """Read RDF of a media type."""
    form = ox.RdfFormat.from_media_type(media)
    if form is None:
        raise ValueError(f"{media!r} is no form of results and none of RDF")
    return list(ox.parse(body, format=form, base_iri=base, rename_blank_nodes=True))


def expected(path: Path) -> Outcome:
    """Return what a file with an expected answer says."""
    media = RDF_FILES.get(path.suffix) or ACCEPT[path.suffix]
    return outcome(media, path.read_bytes(), f"{BASE}{path.parent.name}/{path.name}")


def accept(path: Path) -> str:
    """Return the media type to ask for when ``path`` holds the expected answer."""
    if path.suffix not in RDF_FILES:
        return ACCEPT[path.suffix]
    table = RS in path.read_text(encoding="utf-8")
    return ACCEPT[".srj"] if table else "application/n-triples"


@cache
def read(sources: Sources) -> dict[str, list[ox.Quad]]:
    """Return the triples of each graph; the default graph is always among them."""
    graphs: dict[str, list[ox.Quad]] = {"": []}
    for name, path in sources:
        base = f"{BASE}{path.parent.name}/{path.name}"
        found = ox.parse(path=path, base_iri=base, rename_blank_nodes=True)
        graphs.setdefault(name, []).extend(found)
    return graphs


def datasets_differ(wanted: dict[str, list[ox.Quad]], found: dict[str, list[ox.Quad]]) -> str:
    """Say which graphs differ; one without triples is the same as one that is not there."""
    for name in sorted({*wanted, *found}):
        here, there = canonical(wanted.get(name, [])), canonical(found.get(name, []))
        if here != there:
            return f"graph <{name}>: {differ(here, there)}"
    return ""


def differ(wanted: Outcome, found: Outcome) -> str:
    """Say how two outcomes differ, or nothing where they do not."""
    if wanted == found:
        return ""
    if isinstance(wanted, bool) or isinstance(found, bool):
        return f"expected {wanted}, found {found}"[:300]
    missing, more = sorted(wanted - found), sorted(found - wanted)
    return f"missing {missing[:3]}, found instead {more[:3]}"[:600]


def _table(names: Iterable[str], rows: Iterable[Mapping[str, Value | None]]) -> Outcome:
    quads = [ox.Quad(HEAD, HAS, ox.Literal(name)) for name in names]
    for row in rows:
        node = ox.BlankNode()
        quads.append(ox.Quad(HEAD, HAS, node))
        quads += [
            ox.Quad(node, ox.NamedNode(VARIABLE + name), value)
            for name, value in row.items()
            if value is not None
        ]
    return canonical(quads)


def _of_csv(text: str) -> Outcome:
    names, *rows = csv.reader(io.StringIO(text, newline=""))
    return _table(
        names,
        [dict(zip(names, map(_of_cell, row), strict=True)) for row in rows if row or not names],
    )


def _of_cell(text: str) -> Value:
    """Return a cell as a term; a number as a double, for CSV keeps no datatypes."""
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    number = ox.NamedNode("http://www.w3.org/2001/XMLSchema#double")
    return ox.Literal(text, datatype=number) if _NUMBER.fullmatch(text) else ox.Literal(text)


def _of_graph(quads: list[ox.Quad]) -> Outcome:
    """Return a graph as it is, unless it describes a table or a truth."""
    dataset = ox.Dataset(quads)
    for quad in dataset.quads_for_predicate(ox.NamedNode(RS + "boolean")):
        assert isinstance(quad.object, ox.Literal)
        return quad.object.value == "true"
    names = [_text(v) for v in _objects(dataset, None, "resultVariable")]
    if not names:
        return canonical(quads)
    rows = []
    for solution in _objects(dataset, None, "solution"):
        cells = _objects(dataset, solution, "binding")
        rows.append({_text(_objects(dataset, c, "variable")[0]): _value(dataset, c) for c in cells})
    return _table(names, rows)


def _objects(dataset: ox.Dataset, subject: Value | None, name: str) -> list[Value]:
    predicate = ox.NamedNode(RS + name)
    found = dataset.quads_for_predicate(predicate)
    return [quad.object for quad in found if subject is None or quad.subject == subject]


def _value(dataset: ox.Dataset, cell: Value) -> Value:
    return _objects(dataset, cell, "value")[0]


def _text(term: Value) -> str:
    assert isinstance(term, ox.Literal)
    return term.value
