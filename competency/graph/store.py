"""Reading RDF and holding it for queries: the meeting point of pyoxigraph and rdflib terms.

pyoxigraph parses (fast, every lexical form kept, errors with line and column) and answers
queries. Its Store rewrites literals (``1.50`` becomes ``1.5``), so what is published always comes
from the triples kept here as they were written, never from the Store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeGuard

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from competency.errors import ParseError
from competency.formats import Format, by_name
from competency.graph.blank_names import number_blank_nodes
from competency.graph.guarding import check_document
from competency.graph.plain import texts_of, thing_of
from competency.graph.texts.lines import Lines, not_text, text_of
from competency.ontology import PREFIXES

OX_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_INSIDE = PREFIXES["comp"] + "inFramework"
_LANGUAGE = PREFIXES["dcterms"] + "language"
_WORDS = tuple(
    PREFIXES[prefix] + name
    for prefix, name in (("rdfs", "label"), ("comp", "text"), ("dcterms", "title"))
)
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"

Term = ox.NamedNode | ox.BlankNode | ox.Literal
DEFAULT_GRAPH = ""  # the name under which we hold the default graph, which has none


class NamedGraph:
    """The triples of one named graph as they were authored, lexical forms included."""

    def __init__(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """Keep ``triples`` under the IRI ``name``, without duplicates, in their first order."""
        self.name = name
        self.triples = tuple(dict.fromkeys(triples))

    @classmethod
    def of(cls, name: str, rows: Iterable[tuple[Node, Node, Node]]) -> NamedGraph:
        """Return a named graph of rdflib triples, in the order given."""
        return cls(
            name,
            (ox.Triple(_subject(s), _predicate(p), to_oxigraph(o)) for s, p, o in rows),
        )

    @cached_property
    def graph(self) -> Graph:
        """Return the triples as an rdflib graph with our prefixes; treat it as read-only."""
        graph = Graph(identifier=URIRef(self.name), bind_namespaces="none")
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri)
        for triple in self.triples:
            graph.add(
                (to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object))
            )
        return graph

    def about(self, iri: str) -> Mapping[str, tuple[Node, ...]]:
        """Return what is said of an IRI: the values by property, in a stable order.

        >>> triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("a"))
        >>> NamedGraph("urn:g", [triple]).about("urn:s")
        {'urn:p': (rdflib.term.Literal('a'),)}
        """
        if iri not in self._about and (said := self.said(iri)):
            self._about[iri] = {k: nodes_of(v) for k, v in said.items()}
        return self._about.get(iri, {})

    def said(self, iri: str) -> Mapping[str, Sequence[object]]:
        """Return what is said of an IRI as :meth:`about` does, but as it was parsed and not sorted.

        ``nodes_of`` makes of the values of a property what ``about`` gives, for who needs but few.

        >>> triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("a"))
        >>> [term.value for term in NamedGraph("urn:g", [triple]).said("urn:s")["urn:p"]]
        ['a']
        """
        if "saying" in self.__dict__:
            return self.saying.get(iri, {})
        found: dict[str, list[object]] = {}
        for triple in self._by_subject.get(iri, ()):
            found.setdefault(triple.predicate.value, []).append(triple.object)
        return found

    @cached_property
    def saying(self) -> Mapping[object, Mapping[str, Sequence[object]]]:
        """Return what is said of every thing, as :meth:`said` gives it: one look at the triples.

        A thing with an IRI is found under that, one without under its blank node. It is for who
        looks at most of a graph, since it takes as much memory as the triples do.
        """
        found: dict[object, dict[str, Sequence[object]]] = {}
        names: dict[str, str] = {}  # a property has its name once, not once for each triple
        for triple in self.triples:
            subject = triple.subject
            thing = subject.value if isinstance(subject, ox.NamedNode) else subject
            about = found.setdefault(thing, {})
            name = triple.predicate.value
            name = names.setdefault(name, name)
            if (values := about.get(name)) is None:
                about[name] = (triple.object,)  # most have one value
            elif isinstance(values, list):
                values.append(triple.object)
            else:
                about[name] = [*values, triple.object]
        return found

    def stated(self, *names: str) -> list[list[tuple[object, object]]]:
        """Return for each property the things that have it, as in ``saying``, and its values.

        >>> triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("a"))
        >>> [len(rows) for rows in NamedGraph("urn:g", [triple]).stated("urn:p", "urn:q")]
        [1, 0]
        """
        if "saying" in self.__dict__:
            about = self.saying.items()
            return [[(t, v) for t, said in about for v in said.get(name, ())] for name in names]
        found: dict[object, list[tuple[object, object]]] = {
            ox.NamedNode(name): [] for name in names
        }
        for triple in self.triples:
            if (rows := found.get(triple.predicate)) is not None:
                subject = triple.subject
                thing = subject.value if isinstance(subject, ox.NamedNode) else subject
                rows.append((thing, triple.object))
        return [found[ox.NamedNode(name)] for name in names]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of titles and texts: the one that is stated, then by their number.

        What only a note, a level or a source is written in does not count where a framework is
        held here: then the titles and texts of the framework and its parts do.
        """
        homes, stated, *words = self.stated(_INSIDE, _LANGUAGE, *_WORDS)
        inside = {part for part, _ in homes} | set(map(thing_of, {whole for _, whole in homes}))
        tags = {text.lower() for text, _ in texts_of(value for _, value in stated)}
        worded = (v for t, v in chain.from_iterable(words) if not inside or t in inside)
        found = Counter(tag for _, tag in texts_of(worded) if tag)
        return tuple(
            sorted(
                found,
                key=lambda tag: (not {tag, tag.partition("-")[0]} & tags, -found[tag], tag),
            )
        )

    def types(self, iri: str) -> set[str]:
        """Return the IRIs of the classes that are stated of an IRI."""
        return {kind.value for kind in self.said(iri).get(_TYPE.value, ()) if is_iri(kind)}

    def about_node(self, node: Node) -> Mapping[str, tuple[Node, ...]]:
        """Return what is said of an IRI or of a node without one, as :meth:`about` does."""
        if isinstance(node, URIRef):
            return self.about(str(node))
        found: dict[str, list[object]] = {}
        for place in self.places.get(to_oxigraph(node), ()):
            triple = self.triples[place]
            found.setdefault(triple.predicate.value, []).append(triple.object)
        return {k: nodes_of(v) for k, v in found.items()}

    def pointing_at(self, iri: str, but: Container[str] = ()) -> Sequence[tuple[str, Node]]:
        """Return the properties with which things lead to an IRI, and those things.

        ``but`` are properties that are left out.

        >>> triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o"))
        >>> NamedGraph("urn:g", [triple]).pointing_at("urn:o")
        [('urn:p', rdflib.term.URIRef('urn:s'))]
        """
        found = [(t.predicate.value, t.subject) for t in self._by_object.get(iri, ())]
        return [(name, to_rdflib(thing)) for name, thing in found if name not in but]

    @cached_property
    def _by_object(self) -> dict[str, list[ox.Triple]]:
        found: dict[str, list[ox.Triple]] = {}
        for triple in self.triples:
            value = triple.object
            if isinstance(value, ox.NamedNode):
                found.setdefault(value.value, []).append(triple)
        return found

    @cached_property
    def _about(self) -> dict[str, Mapping[str, tuple[Node, ...]]]:
        return {}

    @cached_property
    def _by_subject(self) -> dict[str, list[ox.Triple]]:
        found: dict[str, list[ox.Triple]] = {}
        for triple in self.triples:
            subject = triple.subject
            if isinstance(subject, ox.NamedNode):
                found.setdefault(subject.value, []).append(triple)
        return found

    @property
    def subjects(self) -> Iterable[str]:
        """Return the IRIs that something is said of, each once."""
        return self._by_subject.keys()

    @cached_property
    def places(self) -> Mapping[object, Sequence[int]]:
        """Return where in ``triples`` those about each node are."""
        found: dict[object, list[int]] = {}
        for place, triple in enumerate(self.triples):
            found.setdefault(triple.subject, []).append(place)
        return found

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the triples as quads of this graph, for the Store."""
        name = graph_term(self.name)
        return (ox.Quad(t.subject, t.predicate, t.object, name) for t in self.triples)


def nodes_of(terms: Sequence[object]) -> tuple[Node, ...]:
    """Return parsed terms as rdflib has them, in a stable order.

    >>> nodes_of([ox.Literal("b"), ox.Literal("a")])
    (rdflib.term.Literal('a'), rdflib.term.Literal('b'))
    """
    if len(terms) == 1:
        return (to_rdflib(terms[0]),)
    return tuple(sorted(map(to_rdflib, terms), key=sort_key))


def sort_key(node: Node) -> tuple[str, str, str]:
    """Return what puts terms in a stable order: their sort, their text, their language."""
    language = (node.language or "") if isinstance(node, Literal) else ""
    return (type(node).__name__, str(node), language)


def graph_term(name: str) -> ox.NamedNode | ox.DefaultGraph:
    """Return the term of a graph's name; the default graph has the empty name."""
    return ox.NamedNode(name) if name else ox.DefaultGraph()


def to_rdflib(term: object) -> Node:
    """Return the rdflib term for a pyoxigraph term; the lexical form stays as written.

    >>> to_rdflib(ox.Literal("01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")))
    rdflib.term.Literal('01', datatype=rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#integer'))
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"not an RDF 1.1 term: {term!r}")
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == _XSD_STRING:
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(datatype), normalize=False)


def to_oxigraph(term: Node) -> Term:
    """Return the pyoxigraph term for an rdflib term.

    >>> to_oxigraph(Literal("Bonjour", lang="fr"))
    <Literal value=Bonjour language=fr>
    """
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return ox.Literal(str(term), datatype=datatype)
    raise TypeError(f"not an RDF term: {term!r}")


def _subject(term: Node) -> ox.NamedNode | ox.BlankNode:
    found = to_oxigraph(term)
    if isinstance(found, ox.Literal):
        raise TypeError(f"a text cannot be a subject: {term!r}")
    return found


def _predicate(term: Node) -> ox.NamedNode:
    found = to_oxigraph(term)
    if not is_iri(found):
        raise TypeError(f"not a predicate: {term!r}")
    return found


def parse(data: bytes, syntax: Format, source: str, base: str, again: int = 0) -> list[ox.Quad]:
    """Parse a document of one of our RDF syntaxes; blank nodes are numbered in order of appearance.

    ``source`` is the name that errors give, ``base`` the IRI that relative IRIs are resolved
    against; ``again`` tells blank nodes from those of an earlier source of that name. Raises
    ParseError with line and column, counted from 1.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    _check_utf8(data, source)
    check_document(data, syntax, source)
    try:
        quads = list(ox.parse(data, format=OX_FORMATS[syntax.name], base_iri=base))
    except SyntaxError as error:
        from competency.graph.faults import tell  # its patterns take long to compile

        fault = tell(error, data, syntax, base)
        said = f"not {syntax.title}: {fault.reason}"
        raise ParseError(source, said, fault.line, fault.column) from error
    _check_terms(quads, data, source)
    return number_blank_nodes(quads, f"{source} {again}" if again else source)


def is_iri(term: object) -> TypeGuard[ox.NamedNode]:
    """Say whether a term is an IRI, in a way that type checkers understand."""
    return isinstance(term, ox.NamedNode)


def is_absolute(iri: str) -> bool:
    """Say whether a text is an absolute IRI (RFC 3987).

    >>> is_absolute("urn:x"), is_absolute("person/1"), is_absolute("http://a b/")
    (True, False, False)
    """
    try:
        return bool(ox.NamedNode(iri).value)
    except ValueError:
        return False


def sniff(data: bytes) -> Format:
    """Guess the syntax of a document without a telling suffix, from its first sign.

    >>> sniff(b'{"@context": {}}').name
    'jsonld'
    """
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        return by_name("jsonld")
    return by_name("rdfxml" if start[:5] in (b"<?xml", b"<rdf:") else "turtle")


def new_store(graphs: Iterable[NamedGraph]) -> ox.Store:
    """Return a Store in memory that holds the graphs, each under its name."""
    store = ox.Store()
    for graph in graphs:
        store.bulk_extend(graph.quads())
    return store


def dump(store: ox.Store) -> bytes:
    """Return all quads of a store as N-Quads."""
    return store.dump(format=ox.RdfFormat.N_QUADS) or b""


def types_of(graph: NamedGraph, iri: str) -> set[str]:
    """Return the classes that a graph states of a thing."""
    subject = ox.NamedNode(iri)
    return {
        triple.object.value
        for triple in graph.triples
        if triple.predicate == _TYPE and triple.subject == subject and is_iri(triple.object)
    }


def _check_utf8(data: bytes, source: str) -> None:
    """Refuse text that is not UTF-8, and say where: XML may declare its own encoding."""
    if data[:5] == b"<?xml":
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = not_text(data, error.start)
        raise ParseError(source, reason, *Lines(data).place(error.start)) from error


def _check_terms(quads: list[ox.Quad], data: bytes, source: str) -> None:
    """Refuse triples inside triples (RDF 1.2), and say where the first one may be written."""
    marked = any(mark in data for mark in (b"<<", b"{|", b"~", b"Triple"))
    if marked and any(isinstance(quad.object, ox.Triple) for quad in quads):
        from competency.graph.faults import nested_at

        text = text_of(data)
        reason = "statements about statements (RDF 1.2) are not read; write an owl:Axiom instead"
        raise ParseError(source, reason, *Lines(text).place(nested_at(text)))
