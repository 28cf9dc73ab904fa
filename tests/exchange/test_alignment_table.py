"""SSSOM as a format: tables come in, and the alignments of a framework or a set go out."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency._files import folder
from competency.cli import main
from competency.errors import NotFound
from competency.exchange.alignment_table import is_mapping_set, read, recognise, write
from competency.exchange.exchange import Reading
from competency.exchange.exchanges import exchange_named, recognised
from competency.graph.alignments import all_alignments, between
from competency.graph.received import File
from competency.graph.sssom import MappingSet
from competency.graph.sssom import read as read_set
from competency.ontology import expand
from competency.server import create_app
from tests.conftest import PREFIXES
from tests.sssom.common import BAKE, COLUMNS, HEADER, ROW, SET, WELD, file, table
from tests.sssom.test_status import DECLARED

FILE = folder("graph") / "alignments.sssom.tsv"
BAKING = (
    PREFIXES
    + f"""
<https://example.org/baking> a comp:Framework ; rdfs:label "Baking"@en .
<{BAKE}check> a comp:Competency ; comp:inFramework <https://example.org/baking> ;
    comp:partOf <https://example.org/baking> ; comp:position 1 ; rdfs:label "Check the oven"@en .
<{BAKE}cool> a comp:Competency ; comp:inFramework <https://example.org/baking> ;
    comp:partOf <https://example.org/baking> ; comp:position 2 ; rdfs:label "Let it cool"@en .
"""
)


def graph_of(text: str, *more: str) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    for turtle in (BAKING, *more):
        graph.parse(turtle)
    graph.parse(text, syntax="sssom", source="a.sssom.tsv")
    return graph


def out(graph: KnowledgeGraph, iri: str = "https://example.org/baking") -> MappingSet:
    return read_set(File("out.sssom.tsv", write(graph, iri).data, ""))


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


# ------------------------------------------------------------------ out


def test_a_framework_gives_its_alignments_with_what_is_known_of_each() -> None:
    more = "\tauthor_label\tmapping_date\tconfidence\tmatch_string\tcomment"
    row = f"{ROW}\tAda\t2026-11-26\t0.80\toven|plate\tBoth check."
    found = out(graph_of(table(row, columns=COLUMNS + more)))
    (record,) = found.records
    assert record.slots == {
        "subject_id": (BAKE + "check",),
        "subject_label": ("Check the oven",),
        "subject_source": ("https://example.org/baking",),
        "predicate_id": (expand("skos:closeMatch"),),
        "object_id": (WELD + "check",),
        "mapping_justification": (expand("semapv:ManualMappingCuration"),),
        "author_label": ("Ada",),
        "mapping_date": ("2026-11-26",),
        "confidence": ("0.80",),
        "match_string": ("oven", "plate"),
        "comment": ("Both check.",),
    }
    assert found.iri == "https://example.org/baking/alignments" and found.remarks == ()
    assert found.slots["license"] == ("https://creativecommons.org/licenses/by/4.0/",)
    assert found.slots["mapping_set_source"] == (SET,)


def test_one_that_was_authored_from_the_other_end_is_turned() -> None:
    row = "weld:check\tRod\tskos:broadMatch\tbake:check\tsemapv:LexicalMatching\t1:n"
    columns = (
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification"
        "\tmapping_cardinality"
    )
    (record,) = out(graph_of(table(row, columns=columns))).records
    assert record.get("subject_id") == BAKE + "check" and record.get("object_id") == WELD + "check"
    assert record.get("predicate_id") == expand("skos:narrowMatch")
    assert record.get("object_label") == "Rod" and record.get("mapping_cardinality") == "n:1"
    assert record.get("record_id") == ""


def test_suggestions_and_refusals_are_no_alignments_of_a_framework() -> None:
    rows = (f"{ROW}\tto review", f"{ROW.replace('check', 'cool')}\trefused")
    graph = graph_of(table(*rows, columns=f"{COLUMNS}\tstatus", header=DECLARED))
    assert out(graph).records == ()


def test_plain_statements_and_nodes_without_a_name_go_along() -> None:
    plain = f"@prefix skos: <{expand('skos:')}> . <{BAKE}cool> skos:closeMatch <{WELD}cool> ."
    found = out(graph_of(table(ROW), plain))
    assert [record.get("object_id") for record in found.records] == [WELD + "check", WELD + "cool"]


def test_a_comment_keeps_its_language() -> None:
    told = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:m> owl:annotatedSource"
        f" <{BAKE}check> ; owl:annotatedProperty <{expand('skos:closeMatch')}> ;"
        f' owl:annotatedTarget <{WELD}check> ; <{expand("rdfs:comment")}> "Oui."@fr , "Yes."@en .'
    )
    graph = KnowledgeGraph()
    graph.parse(BAKING)
    graph.parse(told)
    back = KnowledgeGraph()
    back.add(*read(File("a.sssom.tsv", write(graph, "https://example.org/baking").data, ""),
                   Reading()).graphs)  # fmt: skip
    (item,) = all_alignments(back)
    assert {(str(text), text.language) for text in item.comments} == {
        ("Oui.", "fr"),
        ("Yes.", "en"),
    }


def test_a_set_of_alignments_goes_out_as_it_is(shipped: KnowledgeGraph) -> None:
    assert write(shipped, "alignments").data == FILE.read_bytes()
    assert write(shipped, "alignments").losses == ()
    with pytest.raises(NotFound):
        write(shipped, "nothing")


def test_what_comes_out_of_a_framework_says_the_same_when_it_comes_back(
    shipped: KnowledgeGraph,
) -> None:
    graph = KnowledgeGraph()
    for framework in shipped.frameworks:
        graph.add(shipped.named_graph(framework.iri))
    data = write(shipped, "pub-cscf").data
    graph.add(*read(File("a.sssom.tsv", data, ""), Reading()).graphs)
    left = shipped.base + "pub-cscf"
    for framework in shipped.frameworks:
        before, after = (between(one, left, framework.iri) for one in (shipped, graph))
        assert [(x.subject, x.predicate, x.object, x.confidence, x.comments) for x in before] == [
            (x.subject, x.predicate, x.object, x.confidence, x.comments) for x in after
        ]
    assert graph.validate().conforms


# ------------------------------------------------------------------ in


def test_a_table_is_recognised_and_read() -> None:
    assert recognise(file(table(ROW))) and not recognise(File("a.tsv", b"code\ttitle", ""))
    row = recognised(file(table(ROW)))
    assert row is not None and row.format.name == "sssom" == exchange_named("sssom").format.name
    (graph,) = read(file(table(ROW)), Reading()).graphs
    assert graph.name == SET


def test_a_set_without_a_name_gets_the_one_that_is_given() -> None:
    header = HEADER.replace(f"#mapping_set_id: {SET}\n", "")
    asked = Reading(base="https://example.org/", identifier="ours")
    assert read(file(table(ROW, header=header)), asked).graphs[0].name == "https://example.org/ours"
    assert read(file(table(ROW)), asked).graphs[0].name == SET


# ------------------------------------------------------------------ commands and pages


def test_import_tells_how_many_alignments_there_are(tmp_path: Path) -> None:
    path = tmp_path / "a.sssom.tsv"
    path.write_text(table(ROW), encoding="utf-8")
    found = run("import", path)
    assert found.stderr == "a.sssom.tsv: read as SSSOM: 1 alignment; 0 remarks\n"
    assert "owl:annotatedSource" in found.stdout
    for command in ("import", "export"):
        assert ".sssom.tsv" in run(command, "--list-formats").stdout


def test_export_writes_a_framework_or_a_set(tmp_path: Path) -> None:
    path = tmp_path / "cscf.sssom.tsv"
    assert run("export", "pub-cscf", "-o", path).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("#curie_map:")
    assert run("export", "alignments", "--to", "sssom").stdout == FILE.read_text(encoding="utf-8")
    assert run("export", FILE, "--to", "sssom").stdout == FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def client(shipped: KnowledgeGraph) -> FlaskClient:
    return create_app(shipped).test_client()


def test_a_page_of_a_set_offers_the_table(client: FlaskClient, shipped: KnowledgeGraph) -> None:
    iri = shipped.base + "alignments"
    assert is_mapping_set(shipped, iri)
    text = client.get("/page/alignments", headers={"Accept": "text/html"}).text
    assert f'href="/export/sssom?iri={iri}" type="text/tab-separated-values"' in text
    found = client.get(f"/export/sssom?iri={quote(iri, safe='')}")
    assert (found.status_code, found.data) == (200, FILE.read_bytes())
    assert found.headers["Content-Disposition"] == 'attachment; filename="alignments.sssom.tsv"'
    assert 'rel="related"' not in found.headers["Link"]
    assert client.get(f"/export/case?iri={iri}").status_code == 404


def test_a_page_of_a_framework_offers_its_alignments(client: FlaskClient) -> None:
    iri = "https://w3id.org/competency/id/pub-cscf"
    text = client.get("/page/pub-cscf", headers={"Accept": "text/html"}).text
    assert f'href="/export/sssom?iri={iri}" download' in text


def test_a_table_is_taken_in_on_the_page_of_imports(client: FlaskClient) -> None:
    data = table(ROW).encode()
    found = client.post("/import?name=a.sssom.tsv", data=data, headers={"Accept": "text/turtle"})
    assert found.status_code == 200, found.text
    assert "owl:annotatedSource" in found.text
    page = client.post("/import", data={"text": table(ROW)}, headers={"Accept": "text/html"})
    assert page.status_code == 200 and "SSSOM" in page.text
