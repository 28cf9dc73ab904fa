"""What others say of the things of a framework, in words not ours: it goes out as it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from rdflib import BNode, URIRef
from rdflib.term import Node

from competency.exchange.ctdl_asn.context import full
from competency.exchange.ctdl_asn.given import is_told, role_of
from competency.exchange.ctdl_asn.table import TABLE
from competency.exchange.entry import Thing
from competency.exchange.outline import Outline
from competency.exchange.terms import Row, short, term
from competency.graph import to_rdflib
from competency.graph.store import sort_key
from competency.ontology import COMP

_TYPE = term("rdf:type")
_PAGE = term("foaf:isPrimaryTopicOf")
_RUBRIC_LEVELS = URIRef(full("ceasn:hasRubricLevel"))
_NS = str(COMP)
_ABOUT = {
    str(term("comp:Level")): "level of a scale",
    str(term("comp:LevelScale")): "scale",
    str(term("org:Organization")): "organisation",
}
# What classes go out begin with, and those of concepts, which levels may be.
_CLASSES = (
    full("ceasn:"), full("ceterms:"), full("asn:"),
    full("skos:Concept"), full("skos:ConceptScheme"),
)  # fmt: skip
_LEVELS = ("level of a scale", "scale")
_ROLES = {"framework": "framework", "assessment": "criterion", "assessments": "rubric"}


def _is_of_registry(thing: Thing) -> bool:
    return any(iri.startswith(_CLASSES) for iri in thing.types)


def _by_value(row: Row) -> tuple[str, ...]:
    return sort_key(row[2])


class Foreign:
    """The triples of a framework that are in other vocabularies, on things that go out.

    ``written`` are the things that a view says something of.
    """

    def __init__(self, outline: Outline, written: Iterable[Node]) -> None:
        """Gather them, those of parts first, in a stable order."""
        self.outline, self.written = outline, set(written)
        self.page: URIRef | None = None
        self._told, self._seen = is_told(outline), set[Node]()
        named = outline.graph.named_graph(outline.graph.resource(outline.iri).graph_name)
        self._about: dict[Node, list[Row]] = {}
        for triple in named.triples:
            row = (*map(to_rdflib, (triple.subject, triple.predicate, triple.object)),)
            self._about.setdefault(row[0], []).append((row[0], row[1], row[2]))
        self.rows: list[Row] = []
        self._index: dict[tuple[Node, str], list[Node]] = {}
        for node in [entry.node for entry in outline.entries]:
            self._add(node)
        for node in sorted(self._about, key=sort_key):
            if not isinstance(node, BNode):
                self._add(node)
        self._follow()

    def values(self, node: Node, *names: str) -> list[Node]:
        """Return the values of properties that go out as they are."""
        return [value for name in names for value in self._index.get((node, full(name)), ())]

    def carries(self, part: str, prop: str) -> bool:
        """Say whether a property of a thing goes out as it is."""
        node = URIRef(part)
        is_page = self.page is not None and term(prop) == _PAGE and node == self.outline.framework
        return is_page or (node, str(term(prop))) in self._index

    def _add(self, node: Node) -> None:
        if node in self._seen:
            return
        self._seen.add(node)
        whose = self._whose(node)
        for row in sorted(self._about.get(node, ()), key=self._order):
            if row[1] == _PAGE and self._told and node == URIRef(self.outline.framework):
                self.page = URIRef(str(row[2]))
            elif whose is not None and self._is_foreign(row, whose):
                self.rows.append(row)
                self._index.setdefault((node, str(row[1])), []).append(row[2])

    def _order(self, row: Row) -> tuple[object, ...]:
        """Return what sorts triples: links by the places of what they lead to, levels by rank."""
        thing = self.outline.thing(row[2])
        numbers = [*thing.texts("comp:position"), *thing.texts("comp:rank")]
        digits = str(numbers[0]) if numbers else ""
        place = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0
        is_highest_first = row[1] == _RUBRIC_LEVELS
        return row[1], -place if is_highest_first else place, sort_key(row[2])

    def _whose(self, node: Node) -> str | None:
        """Return how tables call a thing; empty for what is not ours, None for what stays here."""
        thing = self.outline.thing(node)
        entry = self.outline.entry(str(node))
        if entry is not None and (entry.role == "framework" or entry.values("comp:inFramework")):
            if node not in self.written:
                return None
            return _ROLES.get(role_of(entry), "part")
        found = next((name for iri, name in _ABOUT.items() if iri in thing.types), None)
        if found is not None:
            return found if node in self.written or found == "organisation" else None
        ours = any(iri.startswith(_NS) for iri in thing.types)
        is_stranger = isinstance(node, URIRef) and not self._told and not _is_of_registry(thing)
        return None if ours or is_stranger else ""

    def _is_foreign(self, row: Row, whose: str) -> bool:
        _, prop, value = row
        if prop == _TYPE:
            return self._is_class(str(value), whose)
        if str(prop).startswith(_NS):
            return False
        return not whose or (whose, short(str(prop))) not in TABLE.rules

    def _is_class(self, kind: str, whose: str) -> bool:
        """Say whether a class goes out: the registry takes a thing of one class, and of its own."""
        if not whose:
            return True
        return kind.startswith(_CLASSES[:3]) or (kind in _CLASSES[3:] and whose in _LEVELS)

    def classes_left_out(self) -> Iterator[tuple[Node, str]]:
        """Yield the classes of things that do not go out with them, in a stable order."""
        for node in sorted(self.written, key=sort_key):
            whose = self._whose(node)
            for _, prop, value in sorted(self._about.get(node, ()), key=_by_value):
                kind = str(value)
                is_ours = kind.startswith(_NS) or value == term("org:Organization")
                if prop == _TYPE and whose and not is_ours and not self._is_class(kind, whose):
                    yield node, short(kind)

    def strangers(self) -> Iterator[tuple[Node, str]]:
        """Yield things that are neither ours nor the registry's, each with what is said of it."""
        for node in sorted(self._about, key=sort_key):
            thing = self.outline.thing(node)
            ours = node in self.written or any(iri.startswith(_NS) for iri in thing.types)
            if isinstance(node, URIRef) and not ours and self._whose(node) is None:
                yield from ((node, short(name)) for name in sorted(thing.about))

    def unreached(self) -> Iterator[Node]:
        """Yield what is of a class of ours, and nothing in the framework leads to it."""
        met = {thing.node for thing in (*self.outline.entries, *self.outline.around)}
        for node in sorted(self._about, key=sort_key):
            kinds = (row[2] for row in self._about[node] if row[1] == _TYPE)
            if node not in met and any(str(kind).startswith(_NS) for kind in kinds):
                yield node

    def _follow(self) -> None:
        """Add what is said of blank nodes that the triples lead to."""
        waiting = deque(row[2] for row in self.rows)
        while waiting:
            node = waiting.popleft()
            if isinstance(node, BNode) and node not in self._seen:
                before = len(self.rows)
                self._add(node)
                waiting.extend(row[2] for row in self.rows[before:])
