"""The job that checks a stranger's document: read, validate, and write what was found.

The answer is a report in one format, or what a page shows of it: plain values in JSON, so that the
parent never has to trust more than text. Shapes that came with the document are read as any other
document, and the queries in them pass the same guard as those of the endpoint.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import rdflib.plugins.sparql as rdflib_sparql
from rdflib import RDF, RDFS, SH, Graph, Literal

from competency.checking import Checked, Options, Source, check
from competency.checking.excerpts import excerpts
from competency.checking.profiles import PROFILES, compiled_profile
from competency.checking.sources import load
from competency.errors import LimitReached, QueryError, ShapesError
from competency.ontology import COMP
from competency.shapes import Report, Result
from competency.shapes.reports import write_report
from competency.shapes.reports.steady import steady
from competency.sparql.guard import prepare
from competency.sparql.writing import Written

_QUERIES = (SH.select, SH.ask, SH.construct, SH.update)
_PREFIX = re.compile(r"[\w.-]*")
_NAMESPACE = re.compile(r"[^\x00-\x20<>\"{}|^`\\]*")
_IRI = re.compile(r"[a-zA-Z][\w+.-]*:[^\s<>\"]+")
_TYPE = ox.NamedNode(str(RDF.type))
_NAMES = tuple(ox.NamedNode(str(name)) for name in (RDFS.label, COMP.text))
_LONGEST_NAME = 100  # characters
_KINDS = 12  # classes that a page names
_RULES = 40  # rules that a page lists
_LONGEST = 600  # characters of a text of a result on a page
_IN_PAGE = 60_000  # characters of all reports that a page carries in itself
_WARM = (
    Source("warm.ttl", b"<urn:f> a <https://w3id.org/competency/ns#Framework> ."),
    Source("warm.txt", b"Welding\n\n1 Prepare\n  1.1 Cleans the plates\n"),
)


def warm() -> None:
    """Do once what every check needs, so that processes forked from this one have it."""
    rdflib_sparql.SPARQL_LOAD_GRAPHS = False  # FROM in a query would read files
    for profile in PROFILES:
        compiled_profile(profile.name)
    for source in _WARM:
        write_report(check([source]).report, "json")


def check_job(head: dict[str, Any], body: bytes) -> Written:
    """Check a document; ``head`` says how, ``body`` is the document and then the shapes.

    With ``format`` the answer is a report in it; without, what a page shows, see :func:`_shown`.
    Raises what :func:`competency.checking.check` raises, and LimitReached past ``most`` bytes.
    """
    document, *others = _pieces(body, [head["size"], *(size for *_, size in head["shapes"])])
    shapes = tuple(
        _guarded(Source(name, data, syntax))
        for (name, syntax, _), data in zip(head["shapes"], others, strict=True)
    )
    options = Options(
        profile=head["profile"], shapes=shapes, without=frozenset(head["without"]),
        base=head["base"],
    )  # fmt: skip
    checked = check([Source(head["name"], document, head["syntax"])], options)
    report = checked.report
    if head["format"]:
        data = write_report(report, head["format"]).encode()
    else:
        data = json.dumps(_shown(checked, head["rows"], head["with_reports"])).encode()
    if len(data) > head["most"]:
        raise LimitReached("bytes", f"the report is larger than {head['most']:,} bytes")
    return Written(data, len(report))


def _pieces(body: bytes, sizes: list[int]) -> Iterator[bytes]:
    start = 0
    for size in sizes:
        yield body[start : start + size]
        start += size


def _shown(checked: Checked, rows: int, with_reports: list[str]) -> dict[str, Any]:
    """Return what a page shows: counts of all, the first results, the lines around them."""
    report, loaded = steady(checked.report), checked.loaded[0]
    first = [_short(result) for result in report.results[:rows]]
    return {
        "conforms": report.conforms,
        "counts": {severity.value: count for severity, count in report.counts.items()},
        "total": len(report),
        "results": [result.to_dict() for result in first],
        "rules": _rules(report),
        "syntax": loaded.syntax,
        "line_count": len(loaded.lines),
        "lines": [
            [[line.number, line.text, line.shift, line.cut] for line in run]
            for run in excerpts(loaded.lines, _places(first))
        ],
        "kinds": _kinds(checked),
        "names": _names(checked, first),
        "triples": len(checked.graph),
        "reports": _reports(report, with_reports),
    }


def _short(result: Result) -> Result:
    """Return a result whose texts a page can show; the report in any format has all of them."""
    value = result.value if result.value is None else result.value[:_LONGEST]
    label = result.label if result.label is None else result.label[:_LONGEST]
    return replace(result, message=result.message[:_LONGEST], value=value, label=label)


def _places(results: Iterable[Result]) -> dict[int, int | None]:
    """Return the lines that results are on, and the first column of each that is known."""
    found: dict[int, list[int]] = {}
    for place in (result.location for result in results):
        if place is not None and place.line is not None:
            columns = found.setdefault(place.line, [])
            columns += [place.column] if place.column is not None else []
    return {line: min(columns, default=None) for line, columns in found.items()}


def _rules(report: Report) -> list[list[Any]]:
    """Return the rules that were broken, the worst and most often broken first."""
    found = Counter((-r.severity.weight, r.severity.value, r.shape, r.rule) for r in report)
    ordered = sorted(found.items(), key=lambda item: (item[0][0], -item[1], item[0][3]))
    return [[*key[1:], count] for key, count in ordered[:_RULES]]


def _kinds(checked: Checked) -> list[tuple[str, int]]:
    """Return the classes that were found, with the number of things of each."""
    kinds = (
        triple.object.value
        for triple in _triples(checked)
        if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode)
    )
    return Counter(kinds).most_common(_KINDS)


def _names(checked: Checked, results: Iterable[Result]) -> dict[str, str]:
    """Return what people call the things whose IRIs stand in what the results say."""
    said = (text for result in results for text in (result.message, result.value or ""))
    wanted = {iri.rstrip(".,;:)") for text in said for iri in _IRI.findall(text)}
    found: dict[str, str] = {}
    for triple in _triples(checked) if wanted else ():
        iri, name = triple.subject, triple.object
        if triple.predicate not in _NAMES or not isinstance(name, ox.Literal):
            continue
        if isinstance(iri, ox.NamedNode) and iri.value in wanted and name.value.strip():
            found.setdefault(iri.value, " ".join(name.value.split())[:_LONGEST_NAME])
    return found


def _triples(checked: Checked) -> Iterator[ox.Triple]:
    for loaded in checked.loaded:
        for graph in loaded.graphs:
            yield from graph.triples


def _reports(report: Report, names: Iterable[str]) -> dict[str, str]:
    """Return the report in those formats in which it is short enough to be put into a page."""
    found, room = {}, _IN_PAGE
    for name in names:
        text = write_report(report, name)
        if len(text) <= room:
            found[name], room = text, room - len(text)
    return found


def _guarded(source: Source) -> Graph:
    """Read shapes that came with a document; ShapesError for queries that are not run here.

    What holds no shape at all is refused as well: it would find everything in order.
    """
    loaded, graph = load(source), Graph(bind_namespaces="none")
    for triple in (triple for found in loaded.graphs for triple in found.graph):
        graph.add(triple)
    shacl = (str(property_).startswith(str(SH)) for property_ in graph.predicates())
    if loaded.syntax is None or not any(shacl):
        raise ShapesError(source.name, "holds no shape; shapes are SHACL in a syntax of RDF")
    for property_ in _QUERIES:
        for subject, text in list(graph.subject_objects(property_)):
            graph.set((subject, property_, Literal(_guarded_query(str(text), source.name))))
    for property_, pattern in ((SH.prefix, _PREFIX), (SH.namespace, _NAMESPACE)):
        for text in graph.objects(None, property_):
            if not pattern.fullmatch(str(text)):
                raise ShapesError(source.name, f"{str(text)[:40]!r} cannot stand in a prefix")
    return graph


def _guarded_query(text: str, source: str) -> str:
    """Return a query spelled so that it has one reading only, as the guard has read it."""
    try:
        prepared = prepare(text)
    except QueryError as error:
        raise ShapesError(source, f"in its SPARQL: {error}") from error
    if prepared.has_dataset:
        raise ShapesError(source, "in its SPARQL: FROM is not taken; the document is what is asked")
    return prepared.text
