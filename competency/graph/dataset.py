"""The description of a dataset for catalogues and crawlers: DCAT 3 and VoID, made from the graphs.

``make dataset`` writes ``graph/dataset.ttl`` for the shipped frameworks; a test says it is current.
"""

from __future__ import annotations

import pyoxigraph as ox

from competency._files import folder
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.graph.knowledge_graph import KnowledgeGraph
from competency.graph.store import NamedGraph
from competency.graph.summaries import Summary
from competency.graph.writing import serialize
from competency.ontology import ONTOLOGY_IRI, PREFIXES, expand

_NOTE = "# Made by `make dataset` from the frameworks in this folder: edit those, not this.\n"
_TITLE = "Competency frameworks"
_ABOUT = "Competency frameworks as linked data, one named graph each, in the Competency ontology."
_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"


def describe_dataset(graph: KnowledgeGraph, *, licence: str | None = None) -> NamedGraph:
    """Return the catalogue: one dcat:Dataset for each framework, a distribution for each syntax.

    ``licence`` is the IRI of the licence of the whole, where its publisher has chosen one.

    >>> describe_dataset(KnowledgeGraph.shipped()).name
    'https://w3id.org/competency/id/dataset'
    """
    whole = graph.base + "dataset"
    frameworks = graph.summaries()
    sizes = {item.iri: _size(graph, item.iri) for item in frameworks}
    rows: list[tuple[str, str, object]] = [
        (whole, "rdf:type", "dcat:Catalog"),
        (whole, "rdf:type", "void:Dataset"),
        (whole, "dcterms:title", _text(_TITLE)),
        (whole, "dcterms:description", _text(_ABOUT)),
        *([(whole, "dcterms:license", licence)] if licence else []),
        (whole, "void:uriSpace", ox.Literal(graph.base)),
        (whole, "void:vocabulary", ONTOLOGY_IRI),
        (whole, "void:triples", _integer(sum(sizes.values()))),
        (whole, "void:documents", _integer(len(frameworks))),
    ]
    rows += [(whole, "void:exampleResource", item.iri) for item in frameworks[:1]]
    for item in frameworks:
        rows += _framework_rows(graph, whole, item, sizes[item.iri])
    triples = [
        ox.Triple(_iri(s), _iri(p), o if isinstance(o, ox.Literal) else _iri(str(o)))
        for s, p, o in rows
    ]
    return NamedGraph(whole, triples)


def dataset_turtle(graph: KnowledgeGraph) -> str:
    """Return the text of ``graph/dataset.ttl``."""
    described = describe_dataset(graph, licence=_LICENCE)
    return _NOTE + serialize(described, by_name("turtle")).decode()


def write_dataset() -> None:
    """Write ``graph/dataset.ttl`` anew from the shipped frameworks."""
    text = dataset_turtle(KnowledgeGraph.shipped())
    (folder("graph") / "dataset.ttl").write_text(text, encoding="utf-8")


def _size(graph: KnowledgeGraph, iri: str) -> int:
    """Return how many triples describe a framework: those of the graph of its name, mostly."""
    return graph.size(iri) if graph.has_graph(iri) else len(graph.describe(iri).triples)


def _framework_rows(
    graph: KnowledgeGraph, whole: str, item: Summary, size: int
) -> list[tuple[str, str, object]]:
    path = item.iri.removeprefix(graph.base)
    slug = path if path != item.iri else item.iri.rpartition("/")[2]
    dataset = f"{whole}/{slug}"
    rows: list[tuple[str, str, object]] = [
        (whole, "dcat:dataset", dataset),
        (whole, "void:subset", dataset),
        (dataset, "rdf:type", "dcat:Dataset"),
        (dataset, "rdf:type", "void:Dataset"),
        (dataset, "dcterms:title", _text(item.title)),
        (dataset, "foaf:primaryTopic", item.iri),
        (dataset, "dcterms:conformsTo", ONTOLOGY_IRI),
        (dataset, "dcat:landingPage", item.iri),
        (dataset, "void:triples", _integer(size)),
        (dataset, "void:entities", _integer(1 + sum(item.kinds.values()))),
    ]
    if item.description:
        rows.append((dataset, "dcterms:description", _text(item.description)))
    for syntax in RDF_SYNTAXES:
        rows += _distribution_rows(graph, dataset, slug, syntax)
    return rows


def _distribution_rows(
    graph: KnowledgeGraph, dataset: str, slug: str, syntax: Format
) -> list[tuple[str, str, object]]:
    """Describe one file of a framework; files stand beside the things, under ``data/``."""
    distribution = f"{dataset}/{syntax.name}"
    url = f"{graph.base.removesuffix('id/')}data/{slug}{syntax.suffixes[0]}"
    media_type = "https://www.iana.org/assignments/media-types/" + syntax.media_type
    return [
        (dataset, "dcat:distribution", distribution),
        (dataset, "void:dataDump", url),
        (distribution, "rdf:type", "dcat:Distribution"),
        (distribution, "dcterms:title", _text(syntax.title)),
        (distribution, "dcat:downloadURL", url),
        (distribution, "dcat:mediaType", media_type),
    ]


def _iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _text(value: str) -> ox.Literal:
    return ox.Literal(value, language="en")


def _integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
