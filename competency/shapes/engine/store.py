"""What the engine asks pyoxigraph: to write triples as text, and to answer SPARQL.

The only module of the engine that knows pyoxigraph. Queries reach it after
:mod:`competency.shapes.engine.tokens` has looked at them; nothing here opens a file or a
connection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from competency.errors import ParseError, ShapesError
from competency.shapes.engine.terms import Term, term_of_iri

Row = Mapping[str, Term]
Known = NamedNode | BlankNode | Literal | Triple

HELD = "urn:x-competency:held"
LABEL = "urn:x-competency:label"
_SHAPES = "urn:x-competency:shapes:"
_MANY = 20_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOTHING = "<urn:x-competency:nothing>"


def rows_of(triples: Iterable[Triple]) -> list[tuple[Term, Term, Term]]:
    """Return triples of pyoxigraph as terms, each once.

    ParseError for triples inside triples (RDF 1.2), which SHACL does not know.

    >>> rows_of([Triple(NamedNode("urn:a"), NamedNode("urn:p"), Literal("x"))])
    [('<urn:a>', '<urn:p>', '"x"')]
    """
    written = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    rows = []
    for line in dict.fromkeys(written.decode().split("\n")):
        if line:
            subject, predicate, object_ = line.split(" ", 2)
            if object_.startswith("<<"):
                raise ParseError("data", f"a triple inside a triple cannot be checked: {object_}")
            rows.append((subject, predicate, object_[:-2]))
    return rows


def _text(rows: Iterable[tuple[Term, Term, Term]]) -> bytes:
    lines = [f"{s} {p} {o} .\n" for s, p, o in rows if p[0] == "<" and s[0] != '"']
    return "".join(lines).encode("utf-8", "replace")


def _quads(rows: Iterable[tuple[Term, Term, Term]]) -> Iterator[Quad]:
    return parse(_text(rows), RdfFormat.N_TRIPLES, lenient=True)


class TripleStore:
    """Triples that SPARQL is asked about.

    Blank nodes keep their labels. Literals are as the store has them, which writes some numbers
    and dates anew: ``"01"^^xsd:integer`` becomes ``1``.

    >>> store = TripleStore([("<urn:a>", "<urn:p>", '"x"')])
    >>> store.select("SELECT ?x { ?any <urn:p> ?x }", {}, {}, "shapes")
    [{'x': '"x"'}]
    """

    def __init__(self, rows: Sequence[tuple[Term, Term, Term]]) -> None:
        """Load triples."""
        self.has_blank_nodes = any(s[0] == "_" or o[0] == "_" for s, _, o in rows)
        self._store = Store()
        if self.has_blank_nodes:  # which loading would rename
            self._store.bulk_extend(_quads(rows))
        elif len(rows) < _MANY:
            self._store.load(_text(rows), RdfFormat.N_TRIPLES, lenient=True)
        else:
            self._store.bulk_load(_text(rows), RdfFormat.N_TRIPLES, lenient=True)
        self._shapes: list[object] = []

    def shapes_graph(self, rows: list[tuple[Term, Term, Term]]) -> Term:
        """Return the graph that ``$shapesGraph`` names, with these shapes, loaded once."""
        for number, known in enumerate(self._shapes):
            if known is rows:
                return f"<{_SHAPES}{number}>"
        graph = NamedNode(f"{_SHAPES}{len(self._shapes)}")
        self._store.bulk_extend(
            Quad(quad.subject, quad.predicate, quad.object, graph) for quad in _quads(rows)
        )
        self._shapes.append(rows)
        return str(graph)

    def select(
        self, text: str, prefixes: Mapping[str, str], held: Mapping[str, Term], source: str
    ) -> list[Row]:
        """Return the solutions of a SELECT query, each once.

        ``held`` are terms that SPARQL cannot write: the query gets them from the function
        :data:`HELD`. ShapesError names the shape, ``source``, where the query fails.
        """
        answer = self._ask(text, prefixes, held, source)
        if not isinstance(answer, QuerySolutions):
            raise ShapesError(source, "its query is no SELECT query")
        names = [variable.value for variable in answer.variables]
        try:
            found = [tuple(None if t is None else _term(t) for t in row) for row in answer]
        except (OSError, RuntimeError) as error:
            raise ShapesError(source, f"SPARQL: {_line(error)}") from error
        return [
            {name: term for name, term in zip(names, row, strict=True) if term is not None}
            for row in dict.fromkeys(found)
        ]

    def ask(
        self, text: str, prefixes: Mapping[str, str], held: Mapping[str, Term], source: str
    ) -> bool:
        """Return the answer of an ASK query; see :meth:`select`."""
        answer = self._ask(text, prefixes, held, source)
        if not isinstance(answer, QueryBoolean):
            raise ShapesError(source, "its query is no ASK query")
        return bool(answer)

    def _ask(
        self, text: str, prefixes: Mapping[str, str], held: Mapping[str, Term], source: str
    ) -> object:
        functions = dict(_LABELS) if self.has_blank_nodes else {}
        if held:
            terms = {name: _term_behind(term) for name, term in held.items()}
            functions[NamedNode(HELD)] = lambda name: terms.get(str(name.value))
        try:
            return self._store.query(
                text, prefixes=dict(prefixes), custom_functions=functions or None
            )
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise ShapesError(source, f"SPARQL: {_line(error)}") from error


def _label(term: Known) -> Known | None:
    return Literal(term.value) if isinstance(term, BlankNode) else None


_LABELS: dict[NamedNode, Callable[..., Known | None]] = {NamedNode(LABEL): _label}


def _line(error: Exception) -> str:
    return " ".join(str(error.args[0] if error.args else error).split())


def _term(term: Known) -> Term:
    return term_of_iri(term.value) if isinstance(term, NamedNode) else str(term)


def _term_behind(term: Term) -> Known:
    """Return a term of pyoxigraph, also for IRIs that are none."""
    [quad] = _quads([(_NOTHING, _NOTHING, term)])
    return quad.object


def can_be_written(term: Term) -> bool:
    """Say whether SPARQL can write a term: no blank node, and no IRI that is none.

    >>> can_be_written("<urn:a>"), can_be_written("_:a"), can_be_written("<a>")
    (True, False, False)
    """
    if not term.isascii() and _SURROGATE.search(term):
        return False
    if term[0] == '"':
        return not term.endswith(">") or can_be_written(term[term.rindex('"') + 3 :])
    if term[0] == "_":
        return False
    try:
        NamedNode(term[1:-1])
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def holds(expression: str, *terms: Term) -> bool:
    """Say whether an expression of SPARQL about terms is true: $0 is the first of them.

    An error is a no, as in FILTER (SPARQL 1.1, section 17.2).

    >>> holds("$0 < $1", '"a"', '"b"')
    True
    """
    if not all(map(can_be_written, terms)):
        return False
    for index in range(len(terms)):
        expression = expression.replace(f"${index}", f"?t{index}")
    names = " ".join(f"?t{index}" for index in range(len(terms)))
    text = f"ASK {{ VALUES ({names}) {{ ({' '.join(terms)}) }} FILTER ({expression}) }}"
    return bool(Store().query(text))
