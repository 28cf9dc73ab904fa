"""What waits for review or was refused is no association, also where a framework's graph has it."""

from __future__ import annotations

import json

import pytest

from competency import KnowledgeGraph
from competency.exchange.exchanges import EXCHANGES
from competency.graph.alignments import all_alignments, refused_in, suggested_in
from competency.graph.received import File
from competency.importing import import_file
from tests.conftest import PREFIXES

WELDING = (
    PREFIXES
    + """
ex:welding a comp:Framework ; rdfs:label "Welding"@en .
ex:check a comp:PositiveIndicator ; comp:inFramework ex:welding ; comp:partOf ex:welding ;
    comp:position 1 ; comp:text "Checks the plates"@en .
"""
)
ENDS = "owl:annotatedSource ex:check ; owl:annotatedProperty skos:closeMatch ;"
FURTHER = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
"""
TO_REVIEW = f"""ex:a1 a comp:SuggestedAlignment ; {ENDS} owl:annotatedTarget ex:other1 ;
    comp:reviewStatus "to review" ."""
REFUSED = f"""ex:a2 a comp:RefusedAlignment ; {ENDS} owl:annotatedTarget ex:other2 ;
    sssom:predicate_modifier sssom:NegatedPredicate ."""
BARE_REFUSED = f"""ex:a3 {ENDS} owl:annotatedTarget ex:other3 ;
    sssom:predicate_modifier sssom:NegatedPredicate ."""
FORMATS = {item.format.name: item for item in EXCHANGES}


def graph_with(*nodes: str) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(FURTHER + WELDING + "\n".join(nodes))
    return graph


@pytest.mark.parametrize("node", [TO_REVIEW, REFUSED, BARE_REFUSED], ids=["open", "no", "denied"])
def test_what_is_no_alignment_is_no_association(node: str) -> None:
    graph = graph_with(node)
    write = FORMATS["case"].write
    assert write is not None
    package = json.loads(write(graph, "https://example.org/welding").data)
    kinds = {item["associationType"] for item in package["CFAssociations"]}
    assert kinds == {"isChildOf"}


def test_it_comes_back_from_a_package_as_what_it_was() -> None:
    graph = graph_with(TO_REVIEW, REFUSED)
    write = FORMATS["case"].write
    assert write is not None
    data = write(graph, "https://example.org/welding").data
    back = KnowledgeGraph()
    back.add(*import_file(File("welding.json", data, "application/json")).graphs)
    assert not all_alignments(back)
    assert [len(found(back)) for found in (suggested_in, refused_in)] == [1, 1]
    assert [item.object for item in refused_in(back)] == ["https://example.org/other2"]


@pytest.mark.parametrize("name", ["opensalt", "opensalt-csv", "ctdl-asn", "skos", "scd", "osmt"])
def test_formats_for_others_do_not_have_it(name: str) -> None:
    bare, full = graph_with(), graph_with(TO_REVIEW, REFUSED)
    write = FORMATS[name].write
    assert write is not None
    assert (
        write(full, "https://example.org/welding").data
        == write(bare, "https://example.org/welding").data
    )
