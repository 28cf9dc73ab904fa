"""Every result on a table of alignments has the cell that it is about."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, Literal, URIRef

from competency import KnowledgeGraph
from competency.checking import Source, check
from competency.checking.locating.documents import locator_of
from competency.graph import NamedGraph
from competency.ontology import expand
from tests.conftest import PREFIXES
from tests.sssom.common import BAKE, COLUMNS, ROW, SET, WELD, table

MORE = "\tconfidence\tcomment"
TEXT = table(f'{ROW}\t0.8\t"Both\ncheck."', f"{ROW.replace(':check', ':cool')}\t0.5\tCool.",
             columns=COLUMNS + MORE)  # fmt: skip
CLOSE, CHECK = URIRef(expand("skos:closeMatch")), URIRef(BAKE + "check")
HELD = (
    PREFIXES
    + f"""
<https://example.org/baking> a comp:Framework .
<{BAKE}burn> a comp:NegativeIndicator ; comp:inFramework <https://example.org/baking> .
<{BAKE}heading> a comp:Group ; comp:inFramework <https://example.org/baking> .
<https://example.org/welding> a comp:Framework .
<{WELD}check> a comp:Competency ; comp:inFramework <https://example.org/welding> .
"""
)


def graph_of() -> NamedGraph:
    graph = KnowledgeGraph()
    graph.parse(TEXT, syntax="sssom")
    return graph.named_graph(SET)


def where(*asked: object) -> tuple[int, int] | None:
    found = locator_of(TEXT.encode(), "sssom", "https://example.org/", "a.sssom.tsv")
    return found.find(*asked)  # type: ignore[arg-type]


def test_a_plain_statement_stands_in_its_row() -> None:
    assert where(CHECK, CLOSE, URIRef(WELD + "check")) == (9, 28)
    assert where(URIRef(BAKE + "cool"), CLOSE) == (11, 11)


def test_a_row_over_two_lines_counts_as_it_is_written() -> None:
    assert where(URIRef(BAKE + "cool")) == (11, 1)


def test_what_is_said_of_an_alignment_stands_in_its_column() -> None:
    (name,) = {
        str(one)
        for one, _, value in graph_of().graph.triples((None, OWL.annotatedSource, None))
        if value == CHECK
    }
    node = URIRef(name)
    assert where(node) == (9, 1) == where(node, RDF.type)
    assert where(node, URIRef(expand("sssom:confidence"))) == (9, 68)
    assert where(node, RDFS.comment, Literal("Both\ncheck.")) == (9, 72)


def test_what_is_said_of_the_set_stands_in_the_header() -> None:
    assert where(URIRef(SET), URIRef(expand("dcterms:title"))) == (6, 2)
    assert where(URIRef(SET)) == (5, 2)


def test_of_a_table_that_cannot_be_read_nothing_is_found() -> None:
    found = locator_of(b"#license: [", "sssom", "https://example.org/", "a.sssom.tsv")
    assert found.find(CHECK) is None


@pytest.mark.parametrize(
    ("row", "rule", "place"),
    [
        (ROW.replace("bake:check", "bake:burn"), "MatchPolarity", (9, 27)),
        (ROW.replace("bake:check", "bake:heading"), "MatchKind", (9, 30)),
    ],
)
def test_a_result_on_a_part_leads_to_its_row(row: str, rule: str, place: tuple[int, int]) -> None:
    sources = [Source("a.sssom.tsv", table(row).encode()), Source("held.ttl", HELD.encode())]
    (found,) = [item for item in check(sources).report.results if item.shape.endswith(f"#{rule}")]
    assert found.location is not None
    assert (found.location.source, found.location.line, found.location.column) == (
        "a.sssom.tsv", *place,
    )  # fmt: skip


def test_what_is_wrong_with_a_part_is_told_where_the_part_is_described() -> None:
    row = ROW.replace("bake:check", "bake:burn")
    sources = [Source("a.sssom.tsv", table(row).encode()), Source("held.ttl", HELD.encode())]
    found = [item for item in check(sources).report.results if item.focus == f"{BAKE}burn"]
    places = {item.location.source for item in found if item.location and "Match" not in item.shape}
    assert places == {"held.ttl"}


def test_an_end_that_its_framework_lacks_is_told_at_the_row() -> None:
    text = table(
        f"{ROW.replace('bake:check', 'bake:gone')}\thttps://example.org/baking",
        columns=f"{COLUMNS}\tsubject_source",
    )
    sources = [Source("a.sssom.tsv", text.encode()), Source("held.ttl", HELD.encode())]
    (found,) = [
        item for item in check(sources).report.results if item.shape.endswith("#AlignmentSource")
    ]
    assert found.location is not None and found.location.line == 9
    assert f"{BAKE}gone" in found.message


def test_what_was_odd_is_only_counted() -> None:
    text = table(ROW).replace("#license: https://creativecommons.org/licenses/by/4.0/\n", "")
    (item,) = check([Source("a.sssom.tsv", text.encode())]).loaded
    assert "1 remark" in item.odd and item.format == "sssom"
