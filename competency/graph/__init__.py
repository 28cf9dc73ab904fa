"""The knowledge graph: loading, looking, writing; pyoxigraph holds the triples for queries."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.graph.dataset import dataset_turtle as dataset_turtle
    from competency.graph.dataset import describe_dataset as describe_dataset
    from competency.graph.dataset import overlay_dataset as overlay_dataset
    from competency.graph.describing import describe_term as describe_term
    from competency.graph.editions import DataDirectory as DataDirectory
    from competency.graph.editions import Difference as Difference
    from competency.graph.editions import Edition as Edition
    from competency.graph.editions import Publication as Publication
    from competency.graph.editions import publish as publish
    from competency.graph.editions.difference import difference as difference
    from competency.graph.knowledge_graph import KnowledgeGraph as KnowledgeGraph
    from competency.graph.loading import write_file as write_file
    from competency.graph.search import Asked as Asked
    from competency.graph.search import Choice as Choice
    from competency.graph.search import Found as Found
    from competency.graph.search import Hit as Hit
    from competency.graph.search import Marked as Marked
    from competency.graph.store import DEFAULT_GRAPH as DEFAULT_GRAPH
    from competency.graph.store import NamedGraph as NamedGraph
    from competency.graph.store import to_oxigraph as to_oxigraph
    from competency.graph.store import to_rdflib as to_rdflib
    from competency.graph.summaries import Summary as Summary
    from competency.graph.views import Framework as Framework
    from competency.graph.views import Item as Item
    from competency.graph.views import Part as Part
    from competency.graph.views import Resource as Resource
    from competency.graph.writing import serialize as serialize
else:
    __getattr__, __dir__ = lazily(__name__)
