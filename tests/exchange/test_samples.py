"""Real files that others made: each comes in whole, in order, and goes out again as it was."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from rdflib import Literal
from rdflib.compare import graph_diff

from competency import KnowledgeGraph, ParseError
from competency.exchange.exchange import Exported, Reading
from competency.exchange.exchanges import exchange_named, recognised
from competency.exchange.imported import File, Imported
from competency.exchange.terms import short, term
from competency.graph import NamedGraph
from competency.shapes import Severity
from tests.exchange.frameworks import knowledge


@dataclass(frozen=True)
class Sample:
    """A file, the format it is in, how many parts it holds, and the faults it has."""

    path: str
    format: str
    parts: int  # counted in the file: statements, rows, concepts; rubrics, criteria, their levels
    frameworks: int = 1
    faults: tuple[str, ...] = ()  # names of shapes


SAMPLES = (
    Sample("case/compeito-opencase-v1p1-rubrics-ja.json", "case", 36 + 2 + 7 + 28),
    Sample("case/opensalt-EmptyExternalFramework.json", "case", 0),
    Sample("case/opensalt-ItemTypeTestFramework.json", "case", 1),
    Sample("case/opensalt-Ordering.json", "case", 28),
    Sample("case/opensalt-SmartLevelFramework.json", "case", 14),
    Sample("case/opensalt-Utf8TestFramework.json", "case", 1),
    Sample("csv/Skills-Import.csv", "osmt", 2),
    Sample("csv/compeito-framework-ja.csv", "compeito", 36),
    Sample("csv/opensalt-sample_case.csv", "opensalt-csv", 10),
    Sample("csv/opensalt-test_items.csv", "opensalt-csv", 99),
    Sample("ctdl-asn/Blackboard_Essay_Evaluation.json", "ctdl-asn", 1 + 4 + 14),
    Sample("ctdl-asn/ConnectingCredentials.json", "ctdl-asn", 91),
    Sample("ctdl-asn/ConnectingCredentials.ttl", "ctdl-asn", 91),
    Sample("ctdl-asn/ConnectingCredentialsLevels.json", "ctdl-asn", 0),
    Sample("ctdl-asn/SampleCompetencyFramework_with_Envelope.json", "ctdl-asn", 13),
    Sample("ctdl-asn/onet-abilities.json", "ctdl-asn", 71),
    Sample("skos/kim-digcomp.ttl", "skos", 26),
    Sample("xlsx/opensalt-spreadsheet_import_sample.xlsx", "opensalt", 4),
    Sample("xlsx/opensalt-spreadsheet_import_template.xlsx", "opensalt", 0),
)
BY_NAME = [pytest.param(sample, id=sample.path.partition("/")[2]) for sample in SAMPLES]


def file_of(shared: Path, path: str) -> File:
    media_type = mimetypes.guess_type(path)[0] or "text/turtle"
    return File(path.rpartition("/")[2], (shared / "samples" / path).read_bytes(), media_type)


@cache
def taken_in(shared: Path, sample: Sample) -> Imported:
    """Read a file once for all tests, none of which changes what came of it."""
    return read_anew(shared, sample)


def read_anew(shared: Path, sample: Sample) -> Imported:
    read = exchange_named(sample.format).read
    assert read is not None
    return read(file_of(shared, sample.path), Reading())


def written(graph: NamedGraph, name: str) -> Exported:
    write = exchange_named(name, writes=True).write
    assert write is not None
    return write(knowledge(graph), graph.name)


@pytest.mark.parametrize("sample", BY_NAME)
def test_the_format_is_recognised(shared: Path, sample: Sample) -> None:
    found = recognised(file_of(shared, sample.path))
    assert found is not None and found.format.name == sample.format


@pytest.mark.parametrize("sample", BY_NAME)
def test_every_part_comes_in(shared: Path, sample: Sample) -> None:
    graphs = taken_in(shared, sample).graphs
    assert len(graphs) == sample.frameworks
    parts = {part for one in graphs for part in one.graph.subjects(term("comp:inFramework"), None)}
    notes = {part for one in graphs for part in one.graph.subjects(None, term("comp:Note"))}
    assert len(parts - notes) == sample.parts


@pytest.mark.parametrize("sample", BY_NAME)
def test_a_second_import_gives_the_same(shared: Path, sample: Sample) -> None:
    first, second = taken_in(shared, sample), read_anew(shared, sample)
    assert [set(one.graph) for one in first.graphs] == [set(one.graph) for one in second.graphs]


@pytest.mark.parametrize("sample", BY_NAME)
def test_the_shapes_find_only_what_the_file_itself_did(shared: Path, sample: Sample) -> None:
    graph = KnowledgeGraph()
    for one in taken_in(shared, sample).graphs:
        graph.add(one)
    found = [item for item in graph.validate() if item.severity is Severity.violation]
    assert {item.shape.rpartition("/")[2] for item in found} == set(sample.faults)


@pytest.mark.parametrize("sample", BY_NAME)
def test_it_goes_out_again_and_every_difference_is_told(shared: Path, sample: Sample) -> None:
    for before in taken_in(shared, sample).graphs:
        out = written(before, sample.format)
        told = {(loss.part, loss.property) for loss in out.losses}
        file = File(Path(sample.path).name, out.data, "")  # some formats have no other name
        read = exchange_named(sample.format).read
        assert read is not None
        after = next(g for g in read(file, Reading()).graphs if g.name == before.name)
        _, gone, _ = graph_diff(before.graph, after.graph)
        missing = [row for row in gone if not is_of_the_file(before, row)]
        assert [row for row in missing if (str(row[0]), short(str(row[1]))) not in told] == []


def is_of_the_file(graph: NamedGraph, row: tuple[object, ...]) -> bool:
    """Say whether a triple speaks of the file that was read: its name, digest, places in it."""
    subject, prop, value = row
    places = {term("comp:section"), term("comp:lines")}
    return subject in set(graph.graph.objects(None, term("comp:source"))) or (
        prop in places and isinstance(value, Literal)
    )


MALFORMED = ("ConnectingCredentialsLevels.ttl",)


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_file_is_told_with_line_and_column(shared: Path, name: str) -> None:
    file = file_of(shared, f"malformed/{name}")
    exchange = recognised(file)
    assert exchange is not None and exchange.read is not None
    with pytest.raises(ParseError) as error:
        exchange.read(file, Reading())
    assert error.value.line and error.value.column and name in str(error.value)
