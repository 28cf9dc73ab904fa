"""Running queries over a knowledge graph (SPARQL 1.1 Query)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from competency.errors import QueryError, QueryRefused
from competency.graph import KnowledgeGraph
from competency.graph.reasoning.held import is_inferred
from competency.ontology import ONTOLOGY_IRI, PREFIXES
from competency.sparql.guard import Prepared, place, prepare, undeclared_prefix
from competency.sparql.inferred import Following, gather, gathering
from competency.sparql.results import Answer, Rows, Triples, Truth

OxigraphResult = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True)
class Dataset:
    """What a query sees (SPARQL 1.1 Protocol, section 2.1.4).

    ``default_graphs`` and ``named_graphs`` are graph IRIs and take the place of FROM. Without
    them and without FROM the default graph is all graphs together when ``union`` is set, else the
    store's own, and the vocabulary is no graph of the dataset.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = True

    @property
    def given(self) -> bool:
        """Say whether the request names its graphs."""
        return bool(self.default_graphs or self.named_graphs)


def run_query(
    graph: KnowledgeGraph,
    text: str | Prepared,
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Answer:
    """Answer a query; our prefixes need no declaration.

    Without FROM or ``default_graphs`` the query sees all frameworks together. ``default_graphs``
    and ``named_graphs`` are graph IRIs and take the place of FROM (SPARQL 1.1 Protocol, 2.1.4).
    Raises QueryError with line and column, or QueryRefused.

        run_query(graph, "SELECT * WHERE { ?framework a comp:Framework }")
    """
    prepared = prepare(text, base=graph.base) if isinstance(text, str) else text
    dataset = Dataset(tuple(default_graphs), tuple(named_graphs))
    refuse_unknown(graph, prepared, dataset)
    result = ask(graph.store, prepared, dataset, graph.base, graph.infer)
    return _answer(result, prepared.form)


def ask(
    store: ox.Store, prepared: Prepared, dataset: Dataset, base: str, following: Following
) -> OxigraphResult:
    """Start a query, also over what follows from graphs where it names that.

    ``following`` gives what follows from a graph of the store. Raises what :func:`evaluate` and
    :func:`gather` raise.
    """
    wanted = gathering(prepared, dataset, store)
    if wanted is None:
        return evaluate(store, prepared, dataset, base)
    gathered = gather(store, wanted, following)
    return evaluate(gathered, prepared, dataset, base, gathered=True)


def refuse_unknown(graph: KnowledgeGraph, prepared: Prepared, dataset: Dataset) -> None:
    """Refuse graphs that are not held: a misspelt name would otherwise be an empty answer.

    A strict dataset (``union`` off) takes them as empty graphs, as the standard does. Nothing is
    ever fetched. What follows from graphs that another engine holds is refused in any case.
    """
    asked = (*prepared.default_graphs, *prepared.named_graphs)
    if dataset.given:
        asked = (*dataset.default_graphs, *dataset.named_graphs)
    named = (*asked, *prepared.inferred)
    if named and graph.elsewhere and any(is_inferred(graph, name) for name in named):
        raise QueryRefused(_NOT_INFERRED)
    for name in asked if dataset.union else ():
        if ":" not in name:
            raise QueryError(f"graph name {name!r} is not an absolute IRI")
        known = name == ONTOLOGY_IRI or graph.has_graph(name)
        if not known and not is_inferred(graph, name):
            reason = f"there is no graph {name} here, and none is fetched from elsewhere"
            raise QueryRefused(reason)


_NOT_INFERRED = (
    "another engine holds the data, and what follows from them is not written there; "
    "competency reason says what follows, or let that engine reason"
)


def evaluate(
    store: ox.Store, prepared: Prepared, dataset: Dataset, base: str, *, gathered: bool = False
) -> OxigraphResult:
    """Start a query in the engine; QueryError when it does not parse or names no graph.

    In a store that was ``gathered`` for it the union is the default graph.
    """
    union = dataset.union and not (dataset.given or prepared.has_dataset)
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    named: list[ox.NamedNode | ox.BlankNode] | None = None
    if dataset.given:
        default = [*map(_iri, dataset.default_graphs)]
        named = [*map(_iri, dataset.named_graphs)]
    elif not dataset.union and not prepared.has_dataset:
        default, named = [ox.DefaultGraph()], [*own_graphs(store)]
    if union and gathered:
        union, default = False, [ox.DefaultGraph()]
    try:
        return store.query(
            prepared.text,
            prefixes=_prefixes(prepared.text),
            base_iri=base,
            use_default_graph_as_union=union,
            default_graph=default,
            named_graphs=named,
        )
    except SyntaxError as error:
        raise query_error(prepared.text, str(error)) from error
    except RuntimeError as error:
        raise cannot_run(error) from error


def _prefixes(text: str) -> dict[str, str]:
    """Return those of our prefixes that may stand in a text: the engine reads each IRI anew."""
    return {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}


def cannot_run(error: Exception) -> QueryError:
    """Return the error for what parses but cannot be run, such as a function nobody knows."""
    return QueryError(f"cannot be run: {' '.join(str(error).split())}")


def own_graphs(store: ox.Store) -> list[ox.NamedNode]:
    """Return the names of the graphs of a store, the vocabulary's left out."""
    names = (name for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    return [name for name in names if name.value != ONTOLOGY_IRI]


def select(graph: KnowledgeGraph, text: str) -> Rows:
    """Answer a SELECT query; QueryError when the query is of another form.

    select(graph, "SELECT ?label WHERE { ?x a comp:Framework ; rdfs:label ?label }")
    """
    answer = run_query(graph, text)
    if not isinstance(answer, Rows):
        raise QueryError(f"this is {answer.form}; a SELECT query is wanted here")
    return answer


def _answer(result: OxigraphResult, form: str) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        return Truth(bool(result))
    try:
        if isinstance(result, ox.QuerySolutions):
            return Rows(result.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        return Triples(form, list(result))
    except RuntimeError as error:
        raise cannot_run(error) from error


def _iri(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError as error:
        raise QueryError(f"graph name {name!r} is not an absolute IRI") from error


def query_error(text: str, message: str) -> QueryError:
    """Turn the parser's message into one line that shows the place and what stands there."""
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return QueryError(" ".join(message.split()))
    line, column = int(found[1]), int(found[2])
    if unknown := undeclared_prefix(text):
        reason = f"the prefix {unknown[0]}: is not declared; write PREFIX {unknown[0]}: <IRI> first"
        return QueryError(reason, *place(text, unknown[1]))
    if "unbound" in found[3]:
        reason = "a selected variable is neither grouped by nor counted; add it to GROUP BY"
        return QueryError(reason, line, column)
    row = text.split("\n")[min(line, text.count("\n") + 1) - 1]
    here = row[column - 1 : column + 24].strip()
    reason = f"cannot go on at '{here}'" if here else "the query ends too early"
    return QueryError(reason + _expected(found[3]), line, column)


def _expected(message: str) -> str:
    """Return the keywords that the parser would have accepted, where they are few."""
    items = message.removeprefix("expected ").removeprefix("one of ").split(", ")
    words = [
        item for item in items if re.fullmatch(r"[A-Z]{2,}", item) and item not in ("TZ", "IF")
    ]
    return f"; expected {' or '.join(words)}" if 0 < len(words) <= 4 else ""
