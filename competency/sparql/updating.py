"""SPARQL 1.1 Update on a draft: the engine changes its store, and we keep what was authored.

The store rewrites literals (``1.50`` becomes ``1.5``), so what is published is not read out of
it. Triples that stay keep the form in which they were written; those that come from INSERT DATA
have the form of the request, those that were copied or moved the form they had before; what the
engine worked out itself has the engine's form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from competency.errors import QueryRefused
from competency.graph import NamedGraph
from competency.graph.editions import Draft
from competency.graph.reasoning import stated_name
from competency.graph.store import DEFAULT_GRAPH, graph_term
from competency.ontology import ONTOLOGY_IRI, PREFIXES
from competency.sparql.guard import PreparedUpdate
from competency.sparql.querying import cannot_run, query_error

_INFERRED = re.compile(r"<([^<>\"{}|^`\\\s]+inferred)>")
_XSD = PREFIXES["xsd"]
_KEPT = {_XSD + "string", PREFIXES["rdf"] + "langString"}  # the store leaves these as they are

Forms = Mapping[ox.Triple, list[ox.Triple]]


def update(draft: Draft, prepared: PreparedUpdate, *, union: bool) -> None:
    """Run an update on the private store of a draft, and note the graphs that it changed.

    With ``union`` off the dataset is strict, and the vocabulary is no graph of it. Raises
    QueryError where the update does not parse or asks what cannot be done.
    """
    store = draft.store
    _refuse_inferred(draft, prepared.text)
    vocabulary = [*store.quads_for_pattern(None, None, None, ox.NamedNode(ONTOLOGY_IRI))]
    if not union:
        store.remove_graph(ox.NamedNode(ONTOLOGY_IRI))
    try:
        store.update(prepared.text, base_iri=draft.directory.base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise query_error(prepared.text, str(error)) from error
    except RuntimeError as error:
        raise cannot_run(error) from error
    store.remove_graph(ox.NamedNode(ONTOLOGY_IRI))
    store.extend(vocabulary)
    _note_changes(draft, prepared)
    draft.in_store = True


def _refuse_inferred(draft: Draft, text: str) -> None:
    """Refuse an update that names what follows from a graph: its store holds nothing of that."""
    for name in _INFERRED.findall(text) if draft.parent is not None else ():
        if (stated := stated_name(name)) and draft.before(stated) and not draft.before(name):
            reason = f"<{name}> stands for what follows from <{stated}>; it is made anew with "
            raise QueryRefused(
                reason + "each publication, and an update neither reads nor writes it"
            )


def _note_changes(draft: Draft, prepared: PreparedUpdate) -> None:
    names = _candidates(draft, prepared)
    changed = {name: rows for name in names if (rows := _changed(draft, name)) is not None}
    forms = _forms(prepared.data, (draft.before(name) for name in names)) if changed else {}
    there = {term.value for term in draft.store.named_graphs() if isinstance(term, ox.NamedNode)}
    for name, after in changed.items():
        if name == DEFAULT_GRAPH or name in there:
            draft.changed[name] = NamedGraph(name, _authored(draft.before(name), after, forms))
        else:
            draft.changed[name] = None


def _candidates(draft: Draft, prepared: PreparedUpdate) -> list[str]:
    """Return the graphs that the update could have written to."""
    if prepared.graphs is not None:
        return sorted(prepared.graphs - {ONTOLOGY_IRI})
    held = draft.parent.graphs if draft.parent is not None else ()
    there = {term.value for term in draft.store.named_graphs() if isinstance(term, ox.NamedNode)}
    return sorted({DEFAULT_GRAPH, *held, *there} - {ONTOLOGY_IRI})


def _changed(draft: Draft, name: str) -> list[ox.Triple] | None:
    """Return the triples of a graph after the update, or None where nothing changed in it."""
    term = graph_term(name)
    after = [quad.triple for quad in draft.store.quads_for_pattern(None, None, None, term)]
    was = draft.before(name) is not None
    if draft.parent is not None:
        rows = draft.parent.store.quads_for_pattern(None, None, None, term)
        if {quad.triple for quad in rows} != set(after):
            return after
    elif after:
        return after
    now = not isinstance(term, ox.NamedNode) or draft.store.contains_named_graph(term)
    return after if was != now and name != DEFAULT_GRAPH else None


def _authored(
    before: NamedGraph | None, after: Iterable[ox.Triple], forms: Forms
) -> Iterable[ox.Triple]:
    """Return the triples of a graph as authored: those that stayed in their order, then the new."""
    left = dict.fromkeys(sorted(after, key=str))
    seen: set[ox.Triple] = set()
    normal = normaliser(before.triples if before else ())
    for triple in before.triples if before else ():
        if normal(triple) in left:
            seen.add(normal(triple))
            yield triple
    for triple in left:
        if triple not in seen:
            yield from forms.get(triple, [triple])


def _forms(data: Iterable[str], graphs: Iterable[NamedGraph | None]) -> Forms:
    """Return the forms in which triples were written, by the form that the store gives them."""
    found: dict[ox.Triple, list[ox.Triple]] = defaultdict(list)
    written = [triple for document in data for triple in _parsed(document)]
    for rows in (written, *(graph.triples for graph in graphs if graph)):
        normal = normaliser(rows)
        for triple in rows:
            known = found[normal(triple)]
            if rows is written or not known:
                known.append(triple)
    return {triple: list(dict.fromkeys(rows)) for triple, rows in found.items()}


def _parsed(document: str) -> Iterable[ox.Triple]:
    """Return the triples of the data of an update; none where TriG cannot say them."""
    try:
        return [quad.triple for quad in ox.parse(document, format=ox.RdfFormat.TRIG)]
    except SyntaxError:
        return []


def normaliser(triples: Iterable[ox.Triple]) -> Callable[[ox.Triple], ox.Triple]:
    """Return the function from a triple as written to the triple that a store makes of it.

    >>> number = ox.Literal("1.50", datatype=ox.NamedNode(_XSD + "decimal"))
    >>> triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), number)
    >>> normaliser([triple])(triple).object.value
    '1.5'
    """
    objects = {triple.object for triple in triples}
    written = [o for o in objects if isinstance(o, ox.Literal) and o.datatype.value not in _KEPT]
    store, key = ox.Store(), ox.NamedNode("urn:key")
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:n{number}"), key, literal)
        for number, literal in enumerate(written)
    )
    changed = {written[int(q.subject.value[5:])]: q.object for q in store}

    def normal(triple: ox.Triple) -> ox.Triple:
        form = changed.get(triple.object) if isinstance(triple.object, ox.Literal) else None
        return triple if form is None else ox.Triple(triple.subject, triple.predicate, form)

    return normal
