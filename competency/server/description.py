"""What the endpoint can do, in its own words: SPARQL 1.1 Service Description."""

from __future__ import annotations

from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, Format, by_name
from competency.graph import DEFAULT_GRAPH, KnowledgeGraph, serialize
from competency.graph.loading import named_graphs
from competency.ontology import ONTOLOGY_IRI
from competency.server.site import Document

# The W3C's registry of format IRIs: https://www.w3.org/ns/formats/
_FORMATS = {
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "ntriples": "N-Triples",
    "trig": "TriG",
    "nquads": "N-Quads",
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
}
_HEAD = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
"""


def service_description(
    graph: KnowledgeGraph, endpoint: str, syntax: Format, *, union: bool
) -> Document:
    """Describe the endpoint at an absolute address and the named graphs that it holds."""
    results = " , ".join(
        f"formats:{_FORMATS[row.name]}" for row in (*RESULT_FORMATS, *RDF_SYNTAXES)
    )
    known = [_named_graph(graph, name) for name in graph.graph_names]
    if union:
        known.append(f"[ a sd:NamedGraph ; sd:name <{ONTOLOGY_IRI}> ]")
    graphs = f"sd:namedGraph {' , '.join(known)}" if known else ""
    features = "sd:feature sd:UnionDefaultGraph ;" if union else ""
    total = len(graph) if union else graph.size(DEFAULT_GRAPH) if graph.has_graph("") else 0
    text = f"""{_HEAD}
<{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    {features}
    sd:resultFormat {results} ;
    sd:defaultDataset [
        a sd:Dataset ;
        sd:defaultGraph [ a sd:Graph ; void:triples {total} ] ;
        {graphs}
    ] .
"""
    if syntax.name == "turtle":
        return Document.of(text.lstrip().encode())
    found = named_graphs(text.encode(), by_name("turtle"), "service", endpoint)
    return Document.of(serialize(found[0], syntax))


def _named_graph(graph: KnowledgeGraph, name: str) -> str:
    count = graph.size(name)
    return (
        f"[ a sd:NamedGraph ; sd:name <{name}> ; sd:graph [ a sd:Graph ; void:triples {count} ] ]"
    )
