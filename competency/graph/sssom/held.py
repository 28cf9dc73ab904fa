"""The triples of a graph by node, and which of them a mapping set holds already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeGuard

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node as Term

from competency.graph.sssom.model import Extension
from competency.graph.sssom.other import value_of
from competency.graph.sssom.slots import SLOTS, Slot
from competency.graph.sssom.statements import Node, Triple
from competency.graph.sssom.terms import text_of
from competency.graph.store import NamedGraph, to_rdflib

About = dict[Term, list[Term]]
OTHER = URIRef(SLOTS["other"].property)


class Held:
    """What a graph says of each node; what a slot takes is marked, so that the rest can be kept."""

    def __init__(self, graph: NamedGraph) -> None:
        """Look at every triple once."""
        self.name = graph.name
        self.rows: list[Triple] = [
            (to_rdflib(row.subject), to_rdflib(row.predicate), to_rdflib(row.object))
            for row in graph.triples
        ]
        self.triples = frozenset(self.rows)
        self.about: dict[Node, About] = {}
        self.into: dict[Term, list[Triple]] = {}
        self.used: set[Triple] = set()
        for one, path, value in self.rows:
            if is_node(one):
                self.about.setdefault(one, {}).setdefault(path, []).append(value)
            if isinstance(value, BNode):
                self.into.setdefault(value, []).append((one, path, value))

    def of(self, node: Term, prop: Term) -> list[Term]:
        """Return the values of a property of a node."""
        return self.about.get(node, {}).get(prop, []) if is_node(node) else []

    def use(self, subject: Term, predicate: Term, value: Term) -> bool:
        """Say whether the graph has a triple, and mark it as held."""
        return self.use_all({(subject, predicate, value)})

    def use_all(self, triples: set[Triple]) -> bool:
        """Say whether the graph has all of some triples, and mark them as held if it has."""
        if not triples <= self.triples:
            return False
        self.used |= triples
        return True

    def free(self, subject: Node, predicate: Term, text: str) -> None:
        """Take back that a text is held."""
        self.used.discard((subject, predicate, Literal(text)))

    def rest(self) -> list[list[object]]:
        """Return the triples that nothing holds: subject, predicate, and object in JSON-LD."""
        rows: list[list[object]] = [
            [value_of(one)["@id"], str(path), value_of(value)]
            for one, path, value in self.rows
            if (one, path, value) not in self.used
        ]
        return sorted(rows, key=str)

    def take(
        self,
        node: Node,
        slots: Iterable[tuple[str, Slot | Extension]],
        language: str,
        *,
        in_cell: bool,
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        """Return the values that slots hold of a node, and the forms that are not as usual."""
        values: dict[str, tuple[str, ...]] = {}
        forms: dict[str, str] = {}
        for name, slot in slots:
            prop = URIRef(slot.property)
            terms = self.of(node, prop)
            form, texts = (
                _of_one_form(slot, terms, language, in_cell=in_cell) if terms else ("", {})
            )
            if texts:
                values[name] = tuple(texts)
                forms |= {name: form} if form else {}
                for term in texts.values():
                    self.use(node, prop, term)
        return values, forms

    def other_of(self, node: Node) -> str:
        """Return what a node says in ``other``, if a cell can hold it."""
        forms = (text_of(SLOTS["other"], x, "", in_cell=True) for x in self.of(node, OTHER))
        text = min((told[0] for told in forms if told and not told[1]), default="")
        if text:
            self.use(node, OTHER, Literal(text))
        return text


def is_node(term: Term) -> TypeGuard[Node]:
    """Say whether a term can have properties."""
    return isinstance(term, URIRef | BNode)


def _of_one_form(
    slot: Slot | Extension, terms: Iterable[Term], language: str, *, in_cell: bool
) -> tuple[str, Mapping[str, Term]]:
    """Return the values that are all of one form, the usual one if it is there, and that form."""
    forms: dict[str, dict[str, Term]] = {}
    for term in terms:
        told = text_of(slot, term, language, in_cell=in_cell)
        if told:
            forms.setdefault(told[1], {})[told[0]] = term
    if not forms:
        return "", {}
    form = min(forms)
    texts = sorted(forms[form])
    if not (isinstance(slot, Slot) and slot.many):
        texts = texts[:1]
    return form, {text: forms[form][text] for text in texts}
