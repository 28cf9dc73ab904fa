"""Contradictions in the terms of the data: which parts, by kind, code and title; which axioms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rdflib import RDF, RDFS, BNode, Graph, Literal
from rdflib.term import Node

from competency.graph.reasoning.checking import Checked
from competency.ontology import own_vocabulary, shorten
from competency.ontology.axioms import Triple, ontology_of
from competency.ontology.explanation import Contradiction
from competency.ontology.phrases import Phrases
from competency.ontology.statements import Fault, blank_of, things_of
from competency.shapes.naming import Namer

_LONGEST = 100


@dataclass(frozen=True)
class Thing:
    """A thing of the data as people call it."""

    iri: str
    kind: str | None
    code: str | None
    label: str | None
    place: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A contradiction in words: what cannot be, the statements and the axioms that say so."""

    what: str
    statements: tuple[str, ...]
    axioms: tuple[str, ...]
    things: tuple[Thing, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return this as plain values."""
        return asdict(self)


def told(checked: Checked) -> Iterator[Told]:
    """Yield what is wrong in words: first what is wrong in itself, then what is together.

    [item.what for found in check_graph(graph, 60) for item in told(found)]
    """
    teller = _Teller(checked.graph)
    answer = checked.answer
    yield from map(teller.fault, answer.faults)
    yield from map(teller.contradiction, answer.contradictions)
    if not answer and not answer.faults and not answer.contradictions:
        yield Told(_NOTHING_SMALL, (), (), ())


_NOTHING_SMALL = "no small explanation was found in the time; look at less at once, or longer"


class _Teller:
    def __init__(self, graph: Graph) -> None:
        self._namer = Namer(graph, own_vocabulary())
        labels = own_vocabulary().graph + _labels(graph)
        self._phrases = Phrases(labels, self._name)

    def fault(self, fault: Fault) -> Told:
        axioms = [self._phrases.axiom(fault.axiom)] if fault.axiom else []
        statement = fault.statement
        return Told(
            self._phrases.fault(fault),
            (_written(statement),),
            (*axioms,),
            self._things([statement]),
        )

    def contradiction(self, found: Contradiction) -> Told:
        return Told(
            self._phrases.contradiction(found),
            tuple(map(_written, found.statements)),
            tuple(sorted(map(self._phrases.axiom, found.axioms), key=_none_last)),
            self._things(found.statements),
        )

    def _things(self, statements: Iterable[Triple]) -> tuple[Thing, ...]:
        return tuple(self._thing(node) for node in things_of(statements))

    def _thing(self, node: Node) -> Thing:
        namer, node = self._namer, blank_of(node)
        return Thing(
            str(node), namer.kind(node), namer.code(node), namer.label(node), namer.place(node)
        )

    def _name(self, node: Node) -> str:
        """Return what people call a thing: kind, code and title, else its IRI."""
        thing = self._thing(node)
        label = f"“{thing.label}”" if thing.label else None
        words = [word for word in (thing.kind, thing.code, label) if word]
        if thing.code or thing.label:
            return " ".join(words)
        written = f"_:{thing.iri}" if isinstance(blank_of(node), BNode) else f"<{thing.iri}>"
        return " ".join([*words, written])


def _labels(graph: Graph) -> Graph:
    """Return the labels of classes and properties that data define themselves."""
    found = Graph(bind_namespaces="none")
    for term in ontology_of(graph).names:
        for label in graph.objects(term, RDFS.label):
            found.add((term, RDFS.label, label))
    return found


def _written(statement: Triple) -> str:
    """Return a statement much as Turtle has it, a long text cut short."""
    return " ".join(_term(blank_of(node), place == 1) for place, node in enumerate(statement))


def _term(node: Node, is_predicate: bool) -> str:
    if is_predicate and node == RDF.type:
        return "a"
    if isinstance(node, Literal):
        text = " ".join(node.split())
        text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        tag = f"@{node.language}" if node.language else ""
        datatype = f"^^{shorten(str(node.datatype))}" if node.datatype else ""
        return f'"{text}"{tag}{datatype}'
    if isinstance(node, BNode):
        return f"_:{node}"
    short = shorten(str(node))
    return short if short != str(node) else f"<{node}>"


def _none_last(sentence: str) -> bool:
    """Say whether a sentence says what cannot be, which closes the argument."""
    return sentence.startswith(("nothing ", "no ")) or " never " in sentence
