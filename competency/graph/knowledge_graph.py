"""KnowledgeGraph: the one object that the command line, the server and the tests build."""

from __future__ import annotations

import difflib
import html
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from competency._files import folder
from competency.errors import NotFound, SearchUnavailable
from competency.formats import FILE_FORMATS, Format, by_name, by_path
from competency.graph.describing import describe
from competency.graph.elsewhere import Elsewhere
from competency.graph.loading import named_graphs, read_file, shipped_files, syntax_of, write_file
from competency.graph.nearby import close_names
from competency.graph.placing import Index, StoreIndex
from competency.graph.search.once import Once
from competency.graph.store import DEFAULT_GRAPH, NamedGraph, new_store, types_of
from competency.graph.summaries import Summary, summary_of
from competency.graph.tree import Tree
from competency.graph.validating import Validating
from competency.graph.views import Framework, Part, Resource
from competency.graph.writing import serialize, serialize_dataset
from competency.ontology import COMP, DEFAULT_BASE, is_absolute, own_vocabulary

if TYPE_CHECKING:  # searching and publishing are imported by those who do it
    from competency.graph.editions import DataDirectory, Edition, Publication
    from competency.graph.search import Asked, Found, Searcher

_NEAR_FRAMEWORKS = 500  # whose names are compared with a wrong one
_NEAR_TRIPLES = 50_000  # in a larger graph nobody looks for names close to a wrong one

_NOT_HERE = "the data are held by another engine: ask it the named question `search` instead"


class KnowledgeGraph(Validating):
    """Competency frameworks as named graphs: load them, look at them, query and validate them.

    >>> graph = KnowledgeGraph.shipped()
    >>> [framework.path for framework in graph.frameworks][:2]
    ['hkqf-111334L3', 'nos-pss-spo109']
    """

    def __init__(self, *files: str | os.PathLike[str], base: str = DEFAULT_BASE) -> None:
        """Load files of RDF, if any; ``base`` is the IRI under which our own things live."""
        self.base = base
        self.vocabulary = own_vocabulary()
        self.edition: Edition | None = None
        self._graphs: Mapping[str, NamedGraph] = {}
        self._overlays: dict[str, Callable[[], NamedGraph]] = {}
        self._trees: dict[str, Tree] = {}
        self._read: dict[str, int] = {}  # how often a source of each name was read before
        self._searcher = Once()
        for file in files:
            self.load(file)

    @classmethod
    def shipped(cls) -> KnowledgeGraph:
        """Return the frameworks that come with this package."""
        return cls(*shipped_files())

    @classmethod
    def of(cls, edition: Edition) -> KnowledgeGraph:
        """Return the graph of a published edition: read where it lies, as far as it is needed.

        It does not change; :meth:`publish` makes the next edition.

            KnowledgeGraph.of(DataDirectory("data").require())
        """
        graph = cls(base=edition.manifest.base)
        graph.edition, graph._graphs = edition, edition.graphs
        return graph

    @classmethod
    def over(
        cls, graphs: Mapping[str, NamedGraph], index: Index, base: str = DEFAULT_BASE
    ) -> KnowledgeGraph:
        """Return the graph of data that are held elsewhere, such as in another SPARQL engine.

        ``graphs`` gives a named graph when it is asked for one, ``index`` finds things in all.
        Where ``graphs`` is Elsewhere, nothing here reads all of it only to count.
        """
        graph = cls(base=base)
        graph._graphs = graphs
        graph.__dict__["index"] = index
        return graph

    # ------------------------------------------------------------------ loading

    def load(self, path: str | os.PathLike[str], *, syntax: str | None = None) -> list[str]:
        """Read a file of RDF or SSSOM and return the names of the graphs it went to.

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
        again = self._read[source] = self._read.get(source, -1) + 1
        graphs = named_graphs(raw, by_name(syntax, FILE_FORMATS), source, self.base, again=again)
        self.add(*graphs)
        return [graph.name for graph in graphs]

    def add(self, *graphs: NamedGraph) -> None:
        """Add named graphs; triples are added to a graph that is there already.

        TypeError for the graph of an edition: editions never change.
        """
        if not isinstance(self._graphs, dict):
            raise TypeError("an edition never changes; publish() makes the next one")
        for graph in graphs:
            before = self._graphs.get(graph.name)
            together = (*before.triples, *graph.triples) if before else graph.triples
            self._graphs[graph.name] = NamedGraph(graph.name, together)
            self._trees.pop(graph.name, None)
        self.__dict__.pop("store", None)
        self.__dict__.pop("index", None)
        self._searcher.forget()

    def overlay(self, name: str, make: Callable[[], NamedGraph]) -> None:
        """Show a graph that is made when it is first asked for, beside those that are held.

        It has pages and data, such as the catalogue of an edition, but queries do not see it.
        """
        self._overlays[name] = cache(make)

    # ------------------------------------------------------------------ looking

    @property
    def graph_names(self) -> list[str]:
        """Return the IRIs of the named graphs, in order."""
        return sorted(name for name in self._graphs if name != DEFAULT_GRAPH)

    def graphs(self) -> Iterator[NamedGraph]:
        """Yield every graph by name, the default graph first where it holds anything."""
        return (self._graphs[name] for name in sorted(self._graphs))

    def has_graph(self, name: str) -> bool:
        """Say whether there is a graph of this name; the default graph has the empty name."""
        return name in self._graphs

    @property
    def elsewhere(self) -> bool:
        """Say whether the graphs are held in another engine, so that each look costs a request."""
        return isinstance(self._graphs, Elsewhere)

    def size(self, name: str) -> int:
        """Return the number of triples of a graph, without reading it where it is known."""
        if isinstance(self._graphs, Elsewhere):
            return self._graphs.size(name)
        if self.edition is not None and name in self.edition.manifest.graphs:
            return self.edition.manifest.graphs[name].triples
        return len(self.named_graph(name).triples)

    def named_graph(self, name: str) -> NamedGraph:
        """Return the triples of one named graph as authored; NotFound lists names close to it."""
        if name in self._overlays and name not in self._graphs:
            return self._overlays[name]()
        if name not in self._graphs:
            raise NotFound("graph", name, difflib.get_close_matches(name, self._graphs))
        return self._graphs[name]

    def tree(self, name: str) -> Tree:
        """Return the tree of parts of one named graph."""
        if name not in self._trees:
            self._trees[name] = Tree(self.named_graph(name))
        return self._trees[name]

    @cached_property
    def store(self) -> ox.Store:
        """Return the store for queries: every named graph, and the vocabulary in its own."""
        if self.edition is not None:
            return self.edition.store
        if self.elsewhere:
            raise TypeError("graphs that are held in another engine have no store here")
        data = (folder("ontology") / "competency.ttl").read_bytes()
        vocabulary = named_graphs(data, by_name("turtle"), "competency.ttl", self.base)
        return new_store([*self._graphs.values(), *vocabulary])

    @cached_property
    def index(self) -> Index:
        """Return what finds things in all graphs."""
        return StoreIndex(self.store)

    def holds(self, iri: str) -> bool:
        """Say whether a graph of ours, the vocabulary left out, gives this IRI a type."""
        try:
            stated = self.index.classes(ox.NamedNode(iri).value)
            return any(map(self.has_graph, stated)) or any(self._about(iri).values())
        except ValueError:
            return False

    def _about(self, iri: str) -> dict[str, set[str]]:
        """Return the graphs of ours that describe a thing, with the classes stated there."""
        found = {k: v for k, v in self.index.about(iri).items() if k in self._graphs}
        for name in () if found else self._overlays:
            if iri == name or iri.startswith(name + "/"):
                types = types_of(self.named_graph(name), iri)
                found |= {name: types} if types else {}
        return found

    def summaries(self) -> list[Summary]:
        """Return every framework in short, by IRI; an edition knows them without reading."""
        if self.edition is not None:
            found = [entry.summary for entry in self.edition.manifest.graphs.values()]
        elif isinstance(self._graphs, Elsewhere):
            found = [*self._graphs.summaries()]
        else:
            found = [summary_of(graph, self.vocabulary) for graph in self.graphs()]
        return sorted((item for item in found if item), key=lambda item: item.iri)

    @property
    def frameworks(self) -> list[Framework]:
        """Return all frameworks, by IRI."""
        found = self.index.of_type(str(COMP.Framework))
        return [Framework(self, iri, name) for iri, name in found]

    def resource(self, name: str) -> Resource:
        """Return the view of a thing: by IRI, or by its path below the base; NotFound if unknown.

        >>> KnowledgeGraph.shipped().resource("nos-pss-spo109/1/ku/13").position
        14
        """
        iri = self.iri(name)
        homes = self._about(iri)
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
        iri, kind = self.iri(name), str(COMP.Framework)
        homes = [home for home, types in self.index.classes(iri).items() if kind in types]
        if not homes:
            known = (f.path or f.iri for f in self.frameworks[:_NEAR_FRAMEWORKS])
            raise NotFound("framework", name, difflib.get_close_matches(name, list(known)))
        return Framework(self, iri, max(homes))

    def iri(self, name: str) -> str:
        """Return an IRI as it is, a path below the base as an IRI; NotFound if it is neither.

        A name such as ``tag:a`` may be either: it is an IRI if that is held, and else a path.
        """
        absolute = "://" in name or name.startswith("urn:")
        absolute = absolute or (is_absolute(name) and self.holds(name))
        iri = name if absolute else self.base + name
        try:
            return ox.NamedNode(iri).value
        except ValueError as error:
            raise NotFound("resource", name) from error

    def _close_to(self, iri: str) -> Iterable[str]:
        if self.elsewhere or len(self) > _NEAR_TRIPLES:
            return ()
        names = {name: None for graph in self.graphs() for name in graph.subjects}
        return close_names(iri, names, self.base)

    def search(self, words: str, asked: Asked | None = None) -> Found:
        """Return frameworks and parts that have these words; :class:`Asked` narrows and orders.

        A graph in memory is indexed when it is first searched, an edition has its index. Raises
        SearchUnavailable where the graphs are held elsewhere, TimeReached and EditionError.

        >>> KnowledgeGraph.shipped().search("SPO109").hits[0].codes
        ('PSS SPO109.1', 'H7A3 04')
        """
        from competency.graph.search.matching import Asked

        if self.elsewhere:
            raise SearchUnavailable(_NOT_HERE)
        return self._searcher.get(self._new_searcher).search(words, asked or Asked())

    def _new_searcher(self) -> Searcher:
        from competency.graph.search.opening import searcher_in, searcher_of

        found = None
        if self.edition is not None:
            found = searcher_in(self.edition.index_files, self.edition.manifest.digests)
        return found or searcher_of(self.graphs(), len(self))

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
        graphs = list(self.graphs())
        if row.name in ("trig", "nquads"):
            return serialize_dataset(graphs, row)
        return serialize(NamedGraph(self.base, (t for graph in graphs for t in graph.triples)), row)

    def save(self, path: str | os.PathLike[str], name: str | None = None) -> None:
        """Write the description of a thing, or everything; the suffix names the syntax."""
        write_file(path, self.serialize(name, by_path(Path(path))))

    # ------------------------------------------------------------------ publishing

    def infer(self, name: str) -> NamedGraph:
        """Return what follows from a named graph by the rules, in a graph of its own; NotFound.

        An edition has it already; else it is worked out now. See ``docs/reasoning.md``.

        >>> shipped = KnowledgeGraph.shipped()
        >>> shipped.infer(shipped.base + "pub-cscf").name
        'https://w3id.org/competency/id/pub-cscf#inferred'
        """
        from competency.graph.reasoning.held import infer_held

        return infer_held(self, name)

    def close(self) -> None:
        """Let go of an edition, its store and its files; the graph is of no use afterwards."""
        for name in ("store", "index"):
            self.__dict__.pop(name, None)
        self._trees.clear()
        self._overlays.clear()
        self._searcher.forget()
        if self.edition is not None:
            self._graphs = {}
            self.edition.close()

    def publish(
        self,
        directory: DataDirectory | str | os.PathLike[str],
        *,
        gate: bool = True,
        note: str = "",
    ) -> Publication:
        """Publish all graphs into a data directory, in the place of those of their names there.

        The answer says which edition that made, or what the shapes refused. Raises SourceError
        or EditionError, and then nothing has changed there.

            KnowledgeGraph("my-framework.ttl").publish("data").report
        """
        from competency.graph.editions import DataDirectory, publish

        place = directory if isinstance(directory, DataDirectory) else DataDirectory(directory)
        return publish(place, self.graphs(), gate=gate, note=note)

    def __len__(self) -> int:
        """Return the number of triples."""
        if self.edition is not None:
            return self.edition.manifest.triples
        if isinstance(self._graphs, Elsewhere):
            return self._graphs.total()
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
