"""The description of a dataset for catalogues and crawlers: DCAT 3 and VoID, made from the graphs.

``make dataset`` writes ``graph/dataset.ttl`` for the shipped frameworks; a test says it is current.
A server writes the same with its own addresses in it, so that every download is there.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Protocol
from urllib.parse import quote

import pyoxigraph as ox

from competency._files import folder
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.graph.knowledge_graph import KnowledgeGraph
from competency.graph.linksets import LinkCounts, count_links, linkset_rows
from competency.graph.store import NamedGraph
from competency.graph.summaries import Summary
from competency.graph.writing import serialize
from competency.ontology import COMP, ONTOLOGY_IRI, PREFIXES, expand

_NOTE = "# Made by `make dataset` from the frameworks in this folder: edit those, not this.\n"
_TITLE = "Competency frameworks"
_ABOUT = "Competency frameworks as linked data, one named graph each, in the Competency ontology."
_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_VOCABULARIES = (ONTOLOGY_IRI, PREFIXES["dcterms"], PREFIXES["rdfs"], PREFIXES["skos"])
_DUMPS = ("trig", "nquads")
_DATATYPES = {name: ox.NamedNode(PREFIXES["xsd"] + name) for name in ("dateTime", "integer")}
# The W3C's registry of format IRIs: https://www.w3.org/ns/formats/
FORMATS = {
    "turtle": "http://www.w3.org/ns/formats/Turtle",
    "jsonld": "http://www.w3.org/ns/formats/JSON-LD",
    "rdfxml": "http://www.w3.org/ns/formats/RDF_XML",
    "ntriples": "http://www.w3.org/ns/formats/N-Triples",
    "trig": "http://www.w3.org/ns/formats/TriG",
    "nquads": "http://www.w3.org/ns/formats/N-Quads",
}

Row = tuple[str | ox.BlankNode, str, str | ox.BlankNode | ox.Literal]


class Addresses(Protocol):
    """Where documents are: what a catalogue says that clients can fetch."""

    def data(self, iri: str, syntax: Format) -> str:
        """Return the address of the data of a framework in one syntax."""

    def page(self, iri: str) -> str:
        """Return the address of the page of a framework."""

    def dump(self, syntax: Format) -> str:
        """Return the address of everything in one file."""

    def endpoint(self) -> str | None:
        """Return the address of the SPARQL endpoint, or None where there is none."""


class BelowBase:
    """Addresses beside the things themselves: ``.../id/x`` has its data at ``.../data/x.ttl``."""

    def __init__(self, base: str) -> None:
        """Take the addresses from the IRI under which things live."""
        self._base, self._root = base, base.removesuffix("id/")

    def data(self, iri: str, syntax: Format) -> str:
        """Return the address of a file, or for a foreign IRI one that names it."""
        path = iri.removeprefix(self._base)
        if path == iri:
            return f"{self._root}data?iri={quote(iri, safe='')}&format={syntax.name}"
        return f"{self._root}data/{path}{syntax.suffixes[0]}"

    def page(self, iri: str) -> str:
        """Return the IRI itself: it leads to its page."""
        return iri

    def dump(self, syntax: Format) -> str:
        """Return the address of everything in one file."""
        return f"{self._root}data/all{syntax.suffixes[0]}"

    def endpoint(self) -> str:
        """Return the address of the SPARQL endpoint."""
        return self._root + "sparql"


def overlay_dataset(graph: KnowledgeGraph) -> None:
    """Show the catalogue of a graph beside what it holds, made when it is first asked for.

    >>> graph = KnowledgeGraph.shipped()
    >>> overlay_dataset(graph)
    """
    graph.overlay(graph.base + "dataset", lambda: describe_dataset(graph))


def describe_dataset(
    graph: KnowledgeGraph,
    *,
    licence: str | None = None,
    addresses: Addresses | None = None,
    links: LinkCounts | None = None,
) -> NamedGraph:
    """Return the catalogue: one dcat:Dataset for each framework, a distribution for each syntax.

    ``licence`` is the IRI of the licence of the whole, where its publisher has chosen one;
    ``addresses`` says where documents are, by default below the base of the graph; ``links`` is
    what count_links says of the graph, where that is known already.

    >>> describe_dataset(KnowledgeGraph.shipped()).name
    'https://w3id.org/competency/id/dataset'
    """
    where, frameworks = addresses or BelowBase(graph.base), graph.summaries()
    whole = graph.base + "dataset"
    sizes = {item.iri: _size(graph, item.iri) for item in frameworks}
    described = {item.iri: f"{whole}/{_slug(graph, item.iri)}" for item in frameworks}
    found = count_links(graph) if links is None else links
    rows = chain(
        _whole_rows(graph, whole, frameworks, sum(sizes.values()), licence),
        _access_rows(whole, where),
        *(_framework_rows(graph, whole, item, sizes[item.iri], where) for item in frameworks),
        linkset_rows(found, whole, described),
    )
    nodes = _Nodes()
    triples = (
        ox.Triple(nodes[s], nodes[p], o if isinstance(o, ox.Literal) else nodes[o])
        for s, p, o in rows
    )
    return NamedGraph(whole, triples)


class _Nodes(dict[str | ox.BlankNode, Any]):
    """The nodes of names, which may be prefixed; a blank node stays what it is."""

    def __missing__(self, name: str | ox.BlankNode) -> ox.NamedNode | ox.BlankNode:
        node = ox.NamedNode(expand(name)) if isinstance(name, str) else name
        self[name] = node
        return node


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


def _whole_rows(
    graph: KnowledgeGraph,
    whole: str,
    frameworks: list[Summary],
    triples: int,
    licence: str | None,
) -> Iterator[Row]:
    """Describe the catalogue itself, and the edition that it is of."""
    yield whole, "rdf:type", "dcat:Catalog"
    yield whole, "rdf:type", "void:Dataset"
    yield whole, "dcterms:title", _text(_TITLE, "en")
    yield whole, "dcterms:description", _text(_ABOUT, "en")
    if licence:
        yield whole, "dcterms:license", licence
    if graph.edition is not None:
        manifest = graph.edition.manifest
        yield whole, "dcterms:modified", _typed(manifest.created, "dateTime")
        yield whole, "dcat:version", ox.Literal(manifest.edition)
    yield whole, "void:uriSpace", ox.Literal(graph.base)
    for vocabulary in _VOCABULARIES:
        yield whole, "void:vocabulary", vocabulary
    yield whole, "void:triples", _integer(triples)
    kinds = sum((Counter(item.kinds) for item in frameworks), Counter[str]())
    yield whole, "void:entities", _integer(len(frameworks) + sum(kinds.values()))
    yield from ((whole, "void:exampleResource", item.iri) for item in frameworks[:1])
    if frameworks:
        partitions = {str(COMP.Framework): len(frameworks), **kinds}
        yield from _partition_rows(whole, partitions, "")


def _access_rows(whole: str, where: Addresses) -> Iterator[Row]:
    """Describe the ways to all of it: the endpoint, the dumps, the formats."""
    if address := where.endpoint():
        yield from _service_rows(whole, address)
    for name in FORMATS.values():
        yield whole, "void:feature", name
    for syntax in RDF_SYNTAXES:
        if syntax.name in _DUMPS:
            dump = ox.BlankNode("dump-" + syntax.name)
            yield from _distribution_rows(whole, dump, where.dump(syntax), syntax)


def _service_rows(whole: str, address: str) -> Iterator[Row]:
    """Describe the endpoint."""
    service = ox.BlankNode("service")
    yield whole, "void:sparqlEndpoint", address
    yield whole, "dcat:service", service
    yield service, "rdf:type", "dcat:DataService"
    yield service, "dcterms:title", _text("SPARQL endpoint", "en")
    yield service, "dcat:endpointURL", address
    yield service, "dcat:endpointDescription", address
    yield service, "dcterms:conformsTo", _PROTOCOL
    yield service, "dcat:servesDataset", whole


def _partition_rows(dataset: str, kinds: Mapping[str, int], slug: str) -> Iterator[Row]:
    """Say how many things there are of each class."""
    for number, (kind, count) in enumerate(kinds.items()):
        if kind:
            partition = ox.BlankNode(f"classes{slug}-{number}")
            yield dataset, "void:classPartition", partition
            yield partition, "void:class", kind
            yield partition, "void:entities", _integer(count)


def _framework_rows(
    graph: KnowledgeGraph, whole: str, item: Summary, size: int, where: Addresses
) -> Iterator[Row]:
    slug = _slug(graph, item.iri)
    dataset = f"{whole}/{slug}"
    yield whole, "dcat:dataset", dataset
    yield whole, "void:subset", dataset
    yield dataset, "rdf:type", "dcat:Dataset"
    yield dataset, "rdf:type", "void:Dataset"
    titles, descriptions = item.titles or {"": item.title}, item.descriptions
    if not descriptions and item.description:
        descriptions = {"": item.description}
    yield from ((dataset, "dcterms:title", _text(text, tag)) for tag, text in titles.items())
    yield from (
        (dataset, "dcterms:description", _text(text, tag)) for tag, text in descriptions.items()
    )
    yield dataset, "foaf:primaryTopic", item.iri
    yield dataset, "dcterms:conformsTo", ONTOLOGY_IRI
    yield dataset, "dcat:landingPage", where.page(item.iri)
    if item.licence:
        yield dataset, "dcterms:license", item.licence
    if item.version:
        yield dataset, "dcat:version", ox.Literal(item.version)
    yield dataset, "void:triples", _integer(size)
    yield dataset, "void:entities", _integer(1 + sum(item.kinds.values()))
    yield from _partition_rows(dataset, item.kinds, "-" + _label(slug))
    for syntax in RDF_SYNTAXES:
        address = where.data(item.iri, syntax)
        yield from _distribution_rows(dataset, f"{dataset}/{syntax.name}", address, syntax)


def _distribution_rows(
    dataset: str, distribution: str | ox.BlankNode, address: str, syntax: Format
) -> Iterable[Row]:
    """Describe one file of a dataset."""
    media_type = "https://www.iana.org/assignments/media-types/" + syntax.media_type
    return [
        (dataset, "dcat:distribution", distribution),
        (dataset, "void:dataDump", address),
        (distribution, "rdf:type", "dcat:Distribution"),
        (distribution, "dcterms:title", _text(syntax.title, "en")),
        (distribution, "dcat:accessURL", address),
        (distribution, "dcat:downloadURL", address),
        (distribution, "dcat:mediaType", media_type),
        (distribution, "dcterms:conformsTo", ONTOLOGY_IRI),
    ]


def _slug(graph: KnowledgeGraph, iri: str) -> str:
    """Return the path of a framework, or a name of its own where it has a foreign IRI."""
    path = iri.removeprefix(graph.base)
    if path != iri:
        return path
    words = "".join(c for c in iri.rstrip("/#").rpartition("/")[2] if c.isalnum() or c in "._-")
    return f"{words}-{hashlib.sha256(iri.encode()).hexdigest()[:8]}"


def _label(slug: str) -> str:
    """Return a part of a blank node's label that no other slug has."""
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in slug)


def _text(value: str, tag: str) -> ox.Literal:
    return ox.Literal(value, language=tag) if tag else ox.Literal(value)


def _typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=_DATATYPES[datatype])


def _integer(value: int) -> ox.Literal:
    return _typed(str(value), "integer")
