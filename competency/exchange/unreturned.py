"""The net below an exporter: what a file does not give back, and no table said so.

A writer tells what it loses of what it knows. A framework that came from another format may say
things that no writer has heard of; so the file is read again, and every statement that is not
there any more is told as well. It is for formats that keep the IRIs of things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rdflib import BNode
from rdflib.term import Node

from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported
from competency.exchange.mapping import Loss
from competency.exchange.terms import Row, short, term
from competency.formats import Format
from competency.graph import NamedGraph, to_rdflib
from competency.ontology import COMP

WHY = "it does not come back from this format"
_TYPE, _SOURCE, _INSIDE = map(term, ("rdf:type", "comp:source", "comp:inFramework"))
_KEPT = (_TYPE, term("case:CFAssociation"))
# Where something was printed is of the file that was imported; the order of siblings stays though
# they are numbered anew, and codes though their nodes are named anew: writers tell what is lost.
_ANEW = {
    term(f"comp:{name}") for name in ("section", "lines", "page", "position", "code", "occurrence")
}


def unreturned(
    before: NamedGraph,
    data: bytes,
    form: Format,
    read: Callable[[File, Reading], Imported],
    told: Iterable[Loss],
) -> tuple[Loss, ...]:
    """Return what is in a graph and not in what its file gives, and is not among ``told``.

    Looked at are the framework, its parts, and what only other vocabularies speak of. What speaks
    of the file that was imported is left out: the next import speaks of its own file.
    """
    language = next(iter(before.languages), "en")
    file = File(f"out{form.suffixes[0]}", data, form.media_type)
    graphs = read(file, Reading(language=language)).graphs
    back = {row for one in graphs for row in _rows(one)}
    rows = list(_rows(before))
    gone = [row for row in rows if row not in back and not _is_nameless(row)]
    known = {(loss.part, loss.property) for loss in told}
    there = {thing for thing, _, _ in back}
    lost = (_lost_things(rows, known) - there) | _things_of_ours(rows)
    found = {
        (str(thing), short(str(prop)))
        for thing, prop, _ in gone
        if thing not in lost and (str(thing), short(str(prop))) not in known
    }
    return tuple(Loss(part, name, WHY) for part, name in sorted(found))


def _rows(graph: NamedGraph) -> Iterator[Row]:
    for triple in graph.triples:
        yield to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)


def _is_nameless(row: Row) -> bool:
    """Say whether a statement has an end without a name, or says what every file says anew."""
    return isinstance(row[0], BNode) or isinstance(row[2], BNode) or row[1] in _ANEW


def _parts(rows: list[Row]) -> set[Node]:
    found = [(thing, value) for thing, prop, value in rows if prop == _INSIDE]
    return {node for pair in found for node in pair}


def _things_of_ours(rows: list[Row]) -> set[Node]:
    """Return what belongs to parts and is of a class of ours alone: codes, levels, sources.

    An alignment that came as an association of CASE is one still, and keeps what that says.
    """
    typed = {thing for thing, prop, kind in rows if prop == _TYPE and str(kind).startswith(COMP)}
    return typed - _parts(rows) - {thing for thing, prop, kind in rows if (prop, kind) == _KEPT}


def _lost_things(rows: list[Row], known: set[tuple[str, str]]) -> set[Node]:
    """Return things that are told whole: by themselves, or as what a lost property leads to."""
    lost: set[Node] = set()
    parts = _parts(rows)
    for thing, prop, value in rows:
        name = short(str(prop))
        if prop == _TYPE and (str(thing), name) in known:
            lost.add(thing)
        elif value not in parts and (prop == _SOURCE or (str(thing), name) in known):
            lost.add(value)
    return lost
