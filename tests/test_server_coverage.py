"""How much two frameworks cover of each other, at which level, and the tables of it."""

from __future__ import annotations

import io
import re
from html import unescape

from flask.testing import FlaskClient
from openpyxl import load_workbook

from competency import KnowledgeGraph
from competency.graph import sssom
from competency.graph.alignments import between
from competency.graph.received import File
from tests.test_server_compare import client as client
from tests.test_server_compare import of, own, page

LEVELLED = """
ex:f a comp:Framework ; rdfs:label "F"@en . ex:g a comp:Framework ; rdfs:label "G"@en .
ex:low a comp:Level ; rdfs:label "Low"@en ; comp:rank 1 .
ex:high a comp:Level ; rdfs:label "High"@en ; comp:rank 2 .
ex:f1 a comp:Competency ; rdfs:label "Plan"@en ; comp:inFramework ex:f ; comp:partOf ex:f ;
  comp:position 1 ; comp:atLevel ex:low .
ex:f2 a comp:Competency ; rdfs:label "Weld"@en ; comp:inFramework ex:f ; comp:partOf ex:f ;
  comp:position 2 ; comp:atLevel ex:low .
ex:f3 a comp:Competency ; rdfs:label "Lead"@en ; comp:inFramework ex:f ; comp:partOf ex:f ;
  comp:position 3 ; comp:atLevel ex:high .
ex:f4 a comp:Competency ; rdfs:label "Rest"@en ; comp:inFramework ex:f ; comp:partOf ex:f ;
  comp:position 4 .
ex:g1 a comp:Competency ; rdfs:label "Sketch"@en ; comp:inFramework ex:g ; comp:partOf ex:g ;
  comp:position 1 .
ex:f1 skos:closeMatch ex:g1 . ex:f2 skos:relatedMatch ex:g1 . ex:f3 skos:broadMatch ex:g1 .
"""
OWN = ("https://example.org/f", "https://example.org/g")


def test_coverage_by_level_tells_any_match_from_close_or_better() -> None:
    data = own(LEVELLED).get(of(*OWN, ".json")).get_json()
    rows = {level["title"]: level for level in data["left"]["levels"]}
    assert list(rows) == ["Low", "High", None]
    wanted = {"Low": (2, 2, 1, 0, 1), "High": (1, 1, 1, 0, 0), None: (1, 0, 0, 0, 0)}
    for title, counts in wanted.items():
        names = ("total", "covered", "in_full", "in_part", "related_only")
        assert tuple(rows[title][name] for name in names) == counts, title
    assert (data["left"]["covered"], data["left"]["in_full"]) == (3, 2)
    assert (data["right"]["covered"], data["right"]["in_full"]) == (1, 1)


def test_the_page_has_the_coverage_by_level_of_the_side_that_has_levels() -> None:
    text = page(own(LEVELLED), of(*OWN))
    found = unescape(re.sub(r"<[^>]+>", " ", text[text.index('id="coverage"') :]))
    assert text.count(">Coverage by level<") == 1
    assert "2 in full, 0 in part, 1 related only" in " ".join(found.split())
    assert text.index(">Low<") < text.index(">High<") < text.index("At no level")


def test_the_workbook_has_the_comparison_and_the_coverage() -> None:
    book = load_workbook(io.BytesIO(own(LEVELLED).get(of(*OWN, ".xlsx")).data))
    assert book.sheetnames == ["Comparison", "Coverage"]
    rows = list(book["Coverage"].iter_rows(values_only=True))
    assert rows[0][2] == "level"
    assert [row[4:] for row in rows if row[2] == "Low"] == [("2", "2", "1", "0", "1", "0")]
    first = next(book["Comparison"].iter_rows(min_row=2, values_only=True))
    assert "Low" in first


def test_what_lies_between_two_frameworks_is_a_table_of_sssom(
    client: FlaskClient, shipped: KnowledgeGraph
) -> None:
    response = client.get(of("pub-cscf", "wcc-behaviours", ".sssom.tsv"))
    assert response.content_type == "text/tab-separated-values; charset=utf-8"
    found = sssom.read(File("a.sssom.tsv", response.data, "text/tab-separated-values"))
    assert not found.remarks and found.slots["license"]
    ends = {(record.get("subject_id"), record.get("object_id")) for record in found.records}
    items = between(shipped, *(shipped.framework(n).iri for n in ("pub-cscf", "wcc-behaviours")))
    assert {frozenset(pair) for pair in ends} == {frozenset((i.subject, i.object)) for i in items}
    assert all(record.get("comment") for record in found.records)
    assert "skos:closeMatch" in client.get("/compare.sssom.tsv").text


def test_plain_statements_are_rows_of_the_table_too() -> None:
    table = own(LEVELLED).get(of(*OWN, ".sssom.tsv")).text
    assert table.count("skos:broadMatch") == 1 and table.count("skos:closeMatch") == 1
