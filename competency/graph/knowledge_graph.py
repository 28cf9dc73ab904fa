"""KnowledgeGraph: the one object that the command line, the server and the tests build."""

from __future__ import annotations

import difflib
import html
import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Graph

from competency._files import folder
from competency.errors import NotFound
from competency.formats import Format, by_name, by_path
from competency.graph.describing import describe
from competency.graph.loading import named_graphs, read_file, syntax_of, write_file
from competency.graph.store import NamedGraph, graphs_about, new_store, subjects_of_type
from competency.graph.tree import Tree
from competency.graph.views import Framework, Part, Resource
from competency.graph.writing import serialize, serialize_dataset
from competency.ontology import COMP, DEFAULT_BASE, Vocabulary

if TYPE_CHECKING:
    from competency.shapes import Report


class KnowledgeGraph:
    """Competency frameworks as named graphs: load them, look at them, query and validate them.

    >>> graph = KnowledgeGraph.shipped()
    >>> [framework.path for framework in graph.frameworks][:2]
    ['hkqf-111334L3', 'nos-pss-spo109']
    """

    def __init__(self, *files: str | os.PathLike[str], base: str = DEFAULT_BASE) -> None:
        """Load files of RDF, if any; ``base`` is the IRI under which our own things live."""
        self.base = base
        self.vocabulary = Vocabulary()
        self._graphs: dict[str, NamedGraph] = {}
        self._trees: dict[str, Tree] = {}
        for file in files:
            self.load(file)

    @classmethod
    def shipped(cls) -> KnowledgeGraph:
        """Return the frameworks that come with this package."""
        return cls(*sorted(folder("graph").glob("*.ttl")))

    # ------------------------------------------------------------------ loading

    def load(self, path: str | os.PathLike[str], *, syntax: str | None = None) -> list[str]:
        """Read a file of RDF and return the names of the graphs it went to.

        The syntax follows from the suffix, or from the content, or is given by name. Triples are
        added to a graph that is there already. Raises SourceError, FormatError or ParseError, and
        then nothing has changed.
        """
        data = read_file(path)
        return self.parse(data, syntax=syntax_of(path, data, syntax).name, source=str(path))

    def parse(
        self, data: str | bytes, *, syntax: str = "turtle", source: str = "text"
    ) -> list[str]:
        """Read RDF from a text; ``source`` is the name that error messages give it.

        >>> KnowledgeGraph().parse("<urn:f> a <https://w3id.org/competency/ns#Framework> .")
        ['urn:f']
        """
        raw = data.encode() if isinstance(data, str) else data
        graphs = named_graphs(raw, by_name(syntax), source, self.base)
        self.add(*graphs)
        return [graph.name for graph in graphs]

    def add(self, *graphs: NamedGraph) -> None:
        """Add named graphs; triples are added to a graph that is there already."""
        for graph in graphs:
            before = self._graphs.get(graph.name)
            together = (*before.triples, *graph.triples) if before else graph.triples
            self._graphs[graph.name] = NamedGraph(graph.name, together)
            self._trees.pop(graph.name, None)
        self.__dict__.pop("store", None)

    # ------------------------------------------------------------------ looking

    @property
    def graph_names(self) -> list[str]:
        """Return the IRIs of the named graphs, in order."""
        return sorted(self._graphs)

    def named_graph(self, name: str) -> NamedGraph:
        """Return the triples of one named graph as authored; NotFound lists names close to it."""
        if name not in self._graphs:
            raise NotFound("graph", name, difflib.get_close_matches(name, self._graphs))
        return self._graphs[name]

    def tree(self, name: str) -> Tree:
        """Return the tree of parts of one named graph."""
        if name not in self._trees:
            self._trees[name] = Tree(self.named_graph(name).graph)
        return self._trees[name]

    @cached_property
    def store(self) -> ox.Store:
        """Return the store for queries: every named graph, and the vocabulary in its own."""
        data = (folder("ontology") / "competency.ttl").read_bytes()
        vocabulary = named_graphs(data, by_name("turtle"), "competency.ttl", self.base)
        return new_store([*self._graphs.values(), *vocabulary])

    @property
    def frameworks(self) -> list[Framework]:
        """Return all frameworks, by IRI."""
        found = subjects_of_type(self.store, str(COMP.Framework))
        return [Framework(self, iri, name) for iri, name in found]

    def resource(self, name: str) -> Resource:
        """Return the view of a thing: by IRI, or by its path below the base; NotFound if unknown.

        >>> KnowledgeGraph.shipped().resource("nos-pss-spo109/1/ku/13").position
        14
        """
        iri = self.iri(name)
        homes = {k: v for k, v in graphs_about(self.store, iri).items() if k in self._graphs}
        if not homes:
            raise NotFound("resource", iri, self._close_to(iri))
        graph_name = min(homes, key=lambda name: (not self.vocabulary.kind_of(homes[name]), name))
        types = homes[graph_name]
        if str(COMP.Framework) in types:
            return Framework(self, iri, graph_name)
        parts = self.vocabulary.subclasses(str(COMP.Part))
        return (Part if types & parts else Resource)(self, iri, graph_name)

    def framework(self, name: str) -> Framework:
        """Return a framework by IRI or by its path below the base; NotFound if there is none."""
        found = {framework.iri: framework for framework in self.frameworks}
        if self.iri(name) not in found:
            near = difflib.get_close_matches(name, [f.path or f.iri for f in found.values()])
            raise NotFound("framework", name, near)
        return found[self.iri(name)]

    def iri(self, name: str) -> str:
        """Return an IRI as it is, a path below the base as an IRI; NotFound if it is neither."""
        iri = name if "://" in name or name.startswith("urn:") else self.base + name
        try:
            return ox.NamedNode(iri).value
        except ValueError as error:
            raise NotFound("resource", name) from error

    def _close_to(self, iri: str) -> Iterable[str]:
        parent = iri.rpartition("/")[0]
        subjects = {str(s) for graph in self._graphs.values() for s in graph.graph.subjects()}
        near = [item for item in subjects if item.startswith(parent)] or list(subjects)
        return difflib.get_close_matches(iri, near[:5000])

    # ------------------------------------------------------------------ out

    def describe(self, name: str) -> NamedGraph:
        """Return the triples that describe a thing.

        What a graph is named after, such as a framework or the catalogue, has the whole graph; a
        part has itself, everything below it, and the codes, occurrences and credits that only
        it has. Raises NotFound.
        """
        resource = self.resource(name)
        graph = self.named_graph(resource.graph_name)
        if graph.name == resource.iri:
            return graph
        return describe(resource, graph)

    def serialize(self, name: str | None = None, syntax: str | Format = "turtle") -> bytes:
        """Write the description of a thing, or with no name all graphs (TriG or N-Quads).

        Literals keep the form in which they were written. Raises NotFound or FormatError.
        """
        row = by_name(syntax) if isinstance(syntax, str) else syntax
        if name is not None:
            return serialize(self.describe(name), row)
        graphs = [self._graphs[item] for item in self.graph_names]
        if row.name in ("trig", "nquads"):
            return serialize_dataset(graphs, row)
        return serialize(NamedGraph(self.base, (t for graph in graphs for t in graph.triples)), row)

    def save(self, path: str | os.PathLike[str], name: str | None = None) -> None:
        """Write the description of a thing, or everything; the suffix names the syntax."""
        write_file(path, self.serialize(name, by_path(Path(path))))

    # ------------------------------------------------------------------ judging

    def merged(self) -> Graph:
        """Return all triples of all named graphs as one rdflib graph, a new one each time."""
        merged = Graph(bind_namespaces="none")
        for name in self.graph_names:
            for triple in self.named_graph(name).graph:
                merged.add(triple)
        return merged

    def validate(self) -> Report:
        """Check all graphs against the shapes; the answer is a report, never an exception."""
        from competency.shapes import validate

        return validate(self.merged())

    def __len__(self) -> int:
        """Return the number of triples."""
        return sum(len(graph.triples) for graph in self._graphs.values())

    def __repr__(self) -> str:
        return f"<KnowledgeGraph of {len(self.frameworks)} frameworks, {len(self)} triples>"

    def _repr_html_(self) -> str:
        """Return a table of the frameworks for notebooks; everything is escaped."""
        rows = "".join(
            f"<tr><td>{html.escape(item.title)}</td><td>{sum(item.kinds.values())} parts</td>"
            f"<td>{html.escape(item.iri)}</td></tr>"
            for item in self.frameworks
        )
        return f"<table><caption>{html.escape(repr(self)[1:-1])}</caption>{rows}</table>"
