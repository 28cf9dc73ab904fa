"""The triples that are checked, in indexes that answer whole sets at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, XSD, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from competency.shapes.engine.store import TripleStore, rows_of
from competency.shapes.engine.terms import Term, node_of, term_of

if TYPE_CHECKING:
    from pyoxigraph import Triple

Index = Mapping[Term, Sequence[Term]]
Rows = list[tuple[Term, Term, Term]]

TYPE = term_of(RDF.type)
SUBCLASS = term_of(RDFS.subClassOf)


def _index(rows: Iterable[tuple[Term, Term, Term]]) -> dict[Term, dict[Term, list[Term]]]:
    """Return objects by predicate and subject."""
    index: dict[Term, dict[Term, list[Term]]] = {}
    for subject, predicate, object_ in rows:
        table = index.get(predicate)
        if table is None:
            table = index[predicate] = {}
        values = table.get(subject)
        if values is None:
            table[subject] = [object_]
        else:
            values.append(object_)
    return index


def _merge(one: Index, two: Index) -> Index:
    merged = {subject: list(values) for subject, values in one.items()}
    for subject, values in two.items():
        known = merged.setdefault(subject, [])
        known.extend(value for value in values if value not in known)
    return merged


def _turn(table: Index) -> Index:
    turned: dict[Term, list[Term]] = {}
    for subject, values in table.items():
        for value in values:
            turned.setdefault(value, []).append(subject)
    return turned


class Context:
    """Triples of a vocabulary that lie under the data of many checks: indexed once, never copied.

    >>> len(Context.of_graph(Graph()))
    0
    """

    def __init__(self, rows: Rows) -> None:
        """Index rows of terms; :meth:`of_graph` makes them."""
        self.rows = rows
        self.index = _index(rows)
        self._below: dict[Term, frozenset[Term]] = {}

    @classmethod
    def of_graph(cls, vocabulary: Graph) -> Context:
        """Return what shapes need of an ontology: its tree of named classes and list of terms."""
        return cls(
            [
                (term_of(subject), term_of(property_), term_of(object_))
                for property_ in (RDFS.subClassOf, RDFS.isDefinedBy)
                for subject, _, object_ in vocabulary.triples((None, property_, None))
                if isinstance(subject, URIRef) and isinstance(object_, URIRef)
            ]
        )

    def below(self, kind: Term) -> frozenset[Term]:
        """Return a class with all below it in this vocabulary alone."""
        if kind not in self._below:
            self._below[kind] = _below(_turn(self.index.get(SUBCLASS, {})), kind)
        return self._below[kind]

    def __len__(self) -> int:
        return len(self.rows)


def _below(subclasses: Index, kind: Term) -> frozenset[Term]:
    found, agenda = {kind}, [kind]
    while agenda:
        new = [sub for sub in subclasses.get(agenda.pop(), ()) if sub not in found]
        found.update(new)
        agenda.extend(new)
    return frozenset(found)


_NO_CONTEXT = Context([])


class Data:
    """Triples to be checked; as a :class:`~competency.shapes.naming.Facts` it can name parts too.

    Literals keep the lexical form that was written. Of a Dataset all graphs are taken together.

    >>> Data.of_triples([]).within(Context.of_graph(Graph()))
    Data(0 triples)
    """

    def __init__(
        self,
        rows: Rows,
        written: Mapping[Term, Node] | None = None,
        context: Context = _NO_CONTEXT,
    ) -> None:
        """Index rows of terms, each once; :meth:`of_graph` and :meth:`of_triples` make them.

        ``written`` has the nodes of terms that say less than these, such as tags in capitals.
        """
        self.rows, self.context = rows, context
        self.written = written or {}
        self._own = _index(rows)
        self._forget()

    def _forget(self) -> None:
        self._values: dict[Term, Index] = {}
        self._holders: dict[Term, Index] = {}
        self._instances: dict[Term, frozenset[Term]] = {}

    @classmethod
    def of_graph(cls, graph: Graph) -> Data:
        """Return the triples of a graph, or of all graphs of a dataset.

        They are as rdflib has them, which writes many numbers anew (``"01"`` becomes ``1``).
        ParseError for what is no RDF, such as formulas of N3.
        """
        written: dict[Term, Node] = {}
        triples: Iterator[tuple[Node, Node, Node]] = iter(graph)
        if isinstance(graph, Dataset):
            quads = graph.quads((None, None, None, None))
            triples = ((s, p, o) for s, p, o, _ in quads)
        rows = []
        sound: set[Term] = set()
        for subject, predicate, object_ in triples:
            term = term_of(object_)
            if isinstance(object_, Literal):
                if _says_more(object_):
                    written[term] = object_
                elif object_.datatype is not None:
                    sound.add(term)
            rows.append((term_of(subject), term_of(predicate), term))
        for term in sound & written.keys():
            del written[term]
        return cls(list(dict.fromkeys(rows)), written)

    @classmethod
    def of_triples(cls, triples: Iterable[Triple]) -> Data:
        """Return triples of pyoxigraph, with literals exactly as they are written.

        >>> from pyoxigraph import Literal, NamedNode, Triple
        >>> len(Data.of_triples([Triple(NamedNode("urn:a"), NamedNode("urn:p"), Literal("x"))]))
        1
        """
        return cls(rows_of(triples))

    def within(self, context: Context) -> Data:
        """Return the same triples over those of a vocabulary; no index is made again."""
        data = object.__new__(Data)
        data.rows, data.written, data._own, data.context = (
            self.rows,
            self.written,
            self._own,
            context,
        )
        data._forget()
        return data

    # -- sets at a time

    def values(self, predicate: Term) -> Index:
        """Return the objects of a predicate by subject."""
        found = self._values.get(predicate)
        if found is None:
            own = self._own.get(predicate, {})
            under = self.context.index.get(predicate)
            found = own if under is None else _merge(own, under) if own else under
            self._values[predicate] = found
        return found

    def holders(self, predicate: Term) -> Index:
        """Return the subjects of a predicate by object."""
        found = self._holders.get(predicate)
        if found is None:
            found = self._holders[predicate] = _turn(self.values(predicate))
        return found

    def lacks(self, needs: Iterable[frozenset[Term]]) -> bool:
        """Say whether of one of these sets no predicate is in any triple."""
        own, under = self._own, self.context.index
        return any(
            all(each not in own and each not in under for each in any_of) for any_of in needs
        )

    def instances(self, kind: Term) -> frozenset[Term]:
        """Return all that is of a class or of one below it (SHACL, section 1.1)."""
        found = self._instances.get(kind)
        if found is None:
            by_kind = self.holders(TYPE)
            if SUBCLASS in self._own:
                kinds = _below(self.holders(SUBCLASS), kind)
            else:
                kinds = self.context.below(kind)
            found = frozenset().union(*(by_kind.get(kind, ()) for kind in kinds))
            self._instances[kind] = found
        return found

    @cached_property
    def statements(self) -> Mapping[Term, Sequence[tuple[Term, Term]]]:
        """Return predicates and objects by subject."""
        found: dict[Term, list[tuple[Term, Term]]] = {}
        for predicate in {**self._own, **self.context.index}:
            for subject, values in self.values(predicate).items():
                found.setdefault(subject, []).extend((predicate, value) for value in values)
        return found

    @cached_property
    def store(self) -> TripleStore:
        """Return a store of these triples and those under them, made when first asked for."""
        return TripleStore([*self.rows, *self.context.rows])

    def node(self, term: Term) -> Node:
        """Return the node of rdflib for a term, as it was written here."""
        return self.written.get(term) or node_of(term)

    def triples(self) -> Iterator[tuple[Node, Node, Node]]:
        """Give all triples as nodes of rdflib, which may write numbers anew.

        >>> list(Data([("<a>", "<p>", '"x"')]).triples())[0][2]
        rdflib.term.Literal('x')
        """
        for row in [*self.rows, *self.context.rows]:
            subject, predicate, object_ = (self._renewed(term) for term in row)
            yield subject, predicate, object_

    def _renewed(self, term: Term) -> Node:
        node = self.node(term)
        if isinstance(node, Literal) and node.datatype and term not in self.written:
            return Literal(str(node), datatype=node.datatype)
        return node

    # -- facts

    def objects(self, subject: Node, predicate: Node) -> Iterable[Node]:
        """Give the values of a property."""
        return map(self.node, self.values(term_of(predicate)).get(term_of(subject), ()))

    def subjects(self, predicate: Node, object: Node) -> Iterable[Node]:
        """Give all that have this value."""
        return map(self.node, self.holders(term_of(predicate)).get(term_of(object), ()))

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"Data({len(self)} triples)"


def _says_more(literal: Literal) -> bool:
    """Say whether a literal of rdflib says more than its term: an ill-typed one may look well."""
    tag = literal.language
    return bool((tag and tag != tag.lower()) or literal.datatype == XSD.string or literal.ill_typed)
