"""The door of this format: SKOS as a file, in and out, with what goes missing on the way."""

from __future__ import annotations

from rdflib import URIRef

from competency.exchange.aligned import with_matches
from competency.exchange.blanks import steady
from competency.exchange.exchange import Exchange, Exported
from competency.exchange.outline import Outline
from competency.exchange.skos.keeping import Keeping
from competency.exchange.skos.losing import losses
from competency.exchange.skos.origin import Origin, without_added, without_tops
from competency.exchange.skos.reading import read, recognise
from competency.exchange.skos.statements import Statements
from competency.exchange.skos.table import INCOMING, TABLE
from competency.exchange.skos.view import make
from competency.exchange.terms import term
from competency.exchange.unreturned import unreturned
from competency.formats import Format, by_name
from competency.graph import KnowledgeGraph, NamedGraph, serialize


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a concept scheme in Turtle; raises NotFound.

    What came from a file of SKOS goes out as it came, with both directions of every link.

        write(KnowledgeGraph.shipped(), "pub-cscf").data
    """
    graph, apart = with_matches(
        graph, graph.framework(iri).iri, turned=not _came_as_skos(graph, iri)
    )
    graph = steady(graph, graph.framework(iri).iri)
    framework = graph.framework(iri)
    named = graph.named_graph(framework.graph_name)
    origin = Origin(Statements.of([named]).rows, URIRef(framework.iri))
    if origin.is_skos:
        bare = KnowledgeGraph()
        bare.add(NamedGraph.of(named.name, origin.bare()))
        graph = bare
    outline = Outline(graph, framework.iri)
    rows, met = make(outline)
    if origin.is_skos:
        view = without_added(rows, origin)
    else:
        view = [*rows, (outline.top.node, term("dcterms:type"), term("comp:Framework"))]
    keeping = Keeping(outline, origin, view)
    beside = list(keeping.rows())
    if not origin.is_skos:
        view = without_tops(view, beside)
    lost = losses(outline, [*met, *keeping.losses], view, beside)
    data = serialize(NamedGraph.of(framework.iri, [*view, *beside]), _TURTLE)
    return Exported(data, (*lost, *unreturned(named, data, _FORMAT, read, lost), *apart))


def _came_as_skos(graph: KnowledgeGraph, iri: str) -> bool:
    """Say whether a framework is from a file of SKOS, which may say matches from the other end."""
    framework = graph.framework(iri)
    rows = Statements.of([graph.named_graph(framework.graph_name)]).rows
    return Origin(rows, URIRef(framework.iri)).is_skos


_TURTLE = by_name("turtle")
_FORMAT = Format("skos", "SKOS", ("text/turtle",), (".skos.ttl",))
EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        _FORMAT,
        read,
        write,
        recognise,
        TABLE,
        INCOMING,
        "Thesauri and taxonomies: SkoHub, Skosmos, ESCO, the vocabularies of libraries."
        " Turtle; any other syntax of RDF is read as well. What came from a file of SKOS goes out"
        " as it came, with both directions of every link.",
    ),
)
