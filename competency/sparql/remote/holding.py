"""What another engine holds, as a knowledge graph wants it: named graphs, and where things are.

Both remember what they have learnt for as long as they live, which on a server is a few seconds:
what is held elsewhere may change at any time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import pyoxigraph as ox

from competency.errors import EndpointError, NotFound, QueryError
from competency.graph import NamedGraph, Summary
from competency.graph.placing import ANNOTATED
from competency.graph.store import Term, is_iri
from competency.graph.summaries import summary_of
from competency.ontology import COMP, ONTOLOGY_IRI, PREFIXES, own_vocabulary
from competency.sparql.remote.reading import Questions

KEPT_TRIPLES = 50_000  # of graphs that were read, how many triples stay in memory
_SUSPECT = 1_000  # triples from which on a graph may be one that was cut
KEPT_THINGS = 100_000  # of how many things it is remembered where they are
_OWN = (
    "http://www.openlinksw.com/schemas/",
    "http://localuriqaserver/",
    "http://www.w3.org/ns/ldp#",
)
_NAMES = "SELECT ?g { GRAPH ?g {} }"
_NAMES_BY_TRIPLES = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
_SIZES = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_TITLES = " ".join(
    f"<{PREFIXES[prefix]}{name}>"
    for prefix, name in (
        ("rdfs", "label"), ("dcterms", "title"), ("dcterms", "description"),
        ("owl", "versionInfo"), ("dcterms", "modified"), ("dcterms", "issued"),
    )
)  # fmt: skip
_TYPE = f"<{PREFIXES['rdf']}type>"


def named(iri: str) -> str:
    """Return an IRI as SPARQL writes it; ValueError where it is none.

    >>> named("urn:x")
    '<urn:x>'
    """
    return str(ox.NamedNode(iri))


class RemoteGraphs(Mapping[str, NamedGraph]):
    """The named graphs of an engine: each is read when it is asked for, the last ones are kept.

    The engine's own graphs and the vocabulary are none of ours.

        RemoteGraphs(questions)["https://example.org/framework"].triples
    """

    def __init__(
        self, questions: Questions, on_read: Callable[[NamedGraph], None] = lambda _: None
    ) -> None:
        """Ask with ``questions``; ``on_read`` is told of each graph that was read."""
        self._questions, self._on_read = questions, on_read
        self._kept: OrderedDict[str, NamedGraph] = OrderedDict()
        self._lock = threading.Lock()

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for name in graph_names(self._questions) if _ours(name))

    @cached_property
    def _sizes(self) -> dict[str, int]:
        rows = self._questions.rows(_SIZES)
        return {row["g"]: int(row["n"]) for row in rows if _ours(row.get("g", ""))}

    def __getitem__(self, name: str) -> NamedGraph:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        if name not in self._names:
            raise KeyError(name)
        graph = read_graph(self._questions, name)
        self._on_read(graph)
        with self._lock:
            self._kept[name] = graph
            while len(self._kept) > 1 and self._held() > KEPT_TRIPLES:
                self._kept.popitem(last=False)
        return graph

    def _held(self) -> int:
        return sum(len(graph.triples) for graph in self._kept.values())

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._names))

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def size(self, name: str) -> int:
        """Return the number of triples of a graph; NotFound where there is none."""
        if name not in self._names:
            raise NotFound("graph", name)
        return self._sizes.get(name, 0)

    def total(self) -> int:
        """Return the number of triples of all graphs."""
        return sum(self._sizes.values())

    def summaries(self) -> list[Summary]:
        """Return every framework in short, by two questions about all of them."""
        kinds = self._kinds()
        triples: dict[tuple[str, str], list[ox.Triple]] = defaultdict(list)
        for row, triple in self._about_frameworks():
            triples[row].append(triple)
        found = []
        for (name, iri), rows in sorted(triples.items(), key=lambda item: item[0]):
            if summary := summary_of(NamedGraph(name, rows), own_vocabulary()):
                found.append(replace(summary, kinds=kinds.get((name, iri), {})))
        return found

    def _about_frameworks(self) -> Iterator[tuple[tuple[str, str], ox.Triple]]:
        """Yield what frameworks say of themselves, with the names of graph and framework."""
        text = (
            f"SELECT ?g ?f ?p ?o {{ GRAPH ?g {{ ?f a <{COMP.Framework}> ; ?p ?o }} "
            f"FILTER(?p IN ({_TITLES.replace(' ', ', ')}, {_TYPE})) }}"
        )
        for row in self._questions.terms(text):
            graph, framework, predicate = row["g"].value, row["f"], row["p"]
            if graph in self._names and is_iri(framework) and is_iri(predicate):
                yield (graph, framework.value), ox.Triple(framework, predicate, row["o"])

    def _kinds(self) -> dict[tuple[str, str], dict[str, int]]:
        """Return how many parts of each kind a framework has."""
        text = f"""SELECT ?g ?f ?types (COUNT(?part) AS ?n) {{
            SELECT ?g ?f ?part (GROUP_CONCAT(STR(?type); SEPARATOR=' ') AS ?types) {{
                GRAPH ?g {{ ?part <{COMP.inFramework}> ?f ; a ?type }}
            }} GROUP BY ?g ?f ?part
        }} GROUP BY ?g ?f ?types"""
        vocabulary = own_vocabulary()
        found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for row in self._questions.rows(text):
            counts = found[row.get("g", ""), row.get("f", "")]
            kind = vocabulary.kind_of(set(row.get("types", "").split())) or ""
            counts[kind] = counts.get(kind, 0) + int(row["n"])
        return {key: dict(sorted(counts.items())) for key, counts in found.items()}


class RemoteIndex:
    """Says where things are and what they are, by questions.

    A page asks about every IRI on it. So when a graph is read, one question learns where
    everything is that the graph mentions.
    """

    def __init__(self, questions: Questions) -> None:
        """Ask with ``questions``."""
        self._questions = questions
        self._known: dict[str, dict[str, set[str]]] = {}

    def about(self, iri: str) -> dict[str, set[str]]:
        """Return the names of the graphs that describe a thing, with the classes stated there."""
        known = self._known.get(iri)
        if known is not None:
            return known
        thing = named(iri)
        text = (
            f"SELECT DISTINCT ?g ?type {{ GRAPH ?g {{ {thing} ?p ?o "
            f"OPTIONAL {{ {thing} {_TYPE} ?type }} }} }}"
        )
        found = _gathered(self._questions.rows(text))
        self._keep({iri: found})
        return found

    def classes(self, iri: str) -> dict[str, set[str]]:
        """Return the names of the graphs that state classes of a thing, with those classes."""
        return {name: types for name, types in self.about(iri).items() if types}

    def learn(self, graph: NamedGraph) -> None:
        """Learn where the things are that a graph mentions."""
        text = f"""SELECT DISTINCT ?s ?g ?type {{
            {{ SELECT DISTINCT ?s {{ GRAPH {named(graph.name)} {{
                {{ ?s ?a ?b }} UNION {{ ?c ?s ?d }} UNION {{ ?e ?f ?s FILTER(isIRI(?s)) }} }} }} }}
            GRAPH ?g {{ ?s ?p ?o OPTIONAL {{ ?s {_TYPE} ?type }} }}
        }}"""
        rows: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self._questions.rows(text):
            rows[row.get("s", "")].append(row)
        terms = (term for t in graph.triples for term in (t.subject, t.predicate, t.object))
        things = {term.value for term in terms if isinstance(term, ox.NamedNode)}
        self._keep({iri: _gathered(rows.get(iri, [])) for iri in things})

    def _keep(self, found: dict[str, dict[str, set[str]]]) -> None:
        if len(self._known) > KEPT_THINGS:
            self._known = {}
        self._known.update(found)

    def of_type(self, kind: str) -> list[tuple[str, str]]:
        """Return IRI and graph name of everything stated to be of a class, in order."""
        rows = self._questions.rows(f"SELECT ?s ?g {{ GRAPH ?g {{ ?s a {named(kind)} }} }}")
        return sorted(
            (row["s"], row["g"]) for row in rows if "s" in row and _ours(row.get("g", ""))
        )

    def links(self, predicates: Collection[str], iri: str | None = None) -> list[ox.Quad]:
        """Return the statements with these predicates, and what is said of what annotates one."""
        asked = f"FILTER(?p IN ({', '.join(named(name) for name in predicates)}))"
        source, target = (named(end.value) for end in ANNOTATED)
        if iri is None:
            arms = [f"?s ?p ?o {asked}", f"?s {source} ?any ; ?p ?o"]
        else:
            thing = named(iri)
            arms = [
                f"?s ?p ?o {asked} FILTER(?s = {thing})",
                f"?s ?p ?o {asked} FILTER(?o = {thing})",
                f"?s {source} {thing} ; ?p ?o",
                f"?s {target} {thing} ; ?p ?o",
            ]
        union = " UNION ".join(f"{{ GRAPH ?g {{ {arm} }} }}" for arm in arms)
        rows = self._questions.terms(f"SELECT DISTINCT ?g ?s ?p ?o {{ {union} }}")
        return [quad for row in rows if (quad := _quad(row)) is not None]


def _quad(row: dict[str, Term]) -> ox.Quad | None:
    """Return the statement that a row has, or None where it has none of ours."""
    graph, subject, predicate, value = (row.get(name) for name in "gspo")
    if not is_iri(graph) or not is_iri(predicate) or value is None or not _ours(graph.value):
        return None
    if subject is None or isinstance(subject, ox.Literal):
        return None
    return ox.Quad(subject, predicate, value, graph)


def _gathered(rows: list[dict[str, str]]) -> dict[str, set[str]]:
    """Return graph names with the classes stated there, from rows of them."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if "g" in row:
            found.setdefault(row["g"], set()).update({row["type"]} if "type" in row else ())
    return found


def graph_names(questions: Questions) -> list[str]:
    """Return the names of all graphs of an engine.

    The question that costs nothing is asked first; engines that do not understand it (Virtuoso
    answers it with an empty row) are asked what graphs their triples are in.
    """
    try:
        rows = [row for row in questions.rows(_NAMES) if "g" in row]
    except QueryError:
        rows = []
    return [row["g"] for row in rows or questions.rows(_NAMES_BY_TRIPLES) if "g" in row]


def read_graph(questions: Questions, name: str) -> NamedGraph:
    """Read a named graph; one that is not there is empty.

    Engines may cut what they construct and not say so (Virtuoso does); so those of some size are
    counted as well. Raises EndpointError where triples are missing.
    """
    place = f"GRAPH {named(name)} {{ ?s ?p ?o }}"
    triples = questions.triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {place} }}")
    if len(triples) >= _SUSPECT:
        rows = questions.rows(f"SELECT (COUNT(*) AS ?n) {{ {place} }}")
        there = int(rows[0]["n"]) if rows else 0
        if there > len(triples):
            reason = f"gave {len(triples):,} of the {there:,} triples of {name}: it cuts answers"
            raise EndpointError(questions.client.name, f"{reason}; raise its limit of rows")
    return NamedGraph(name, triples)


def _ours(name: str) -> bool:
    """Say whether a graph is one that people published, and not the engine's or the vocabulary."""
    return bool(name) and name != ONTOLOGY_IRI and not name.startswith(_OWN)
