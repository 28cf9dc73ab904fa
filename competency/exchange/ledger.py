"""Keeping account of what a writer carries: everything else is lost, and said to be.

A writer asks for values through a ledger; what it never asked for stands in the list of losses.
So nothing is left out in silence, whatever a graph holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.blanks import steady
from competency.exchange.entry import Entry, Thing
from competency.exchange.mapping import Loss, Table
from competency.exchange.outline import Outline
from competency.exchange.terms import Row, short, term
from competency.graph import KnowledgeGraph, to_rdflib

_TYPE = term("rdf:type")
_ABOUT = {
    str(term(name)): about
    for name, about in {
        "comp:Code": "code",
        "comp:Occurrence": "occurrence",
        "comp:Credit": "credit",
        "comp:Level": "level of a scale",
        "comp:LevelScale": "scale",
        "comp:Source": "source",
        "comp:LegalReference": "law",
        "org:Organization": "organisation",
        "comp:Omission": "omission",
        "rdf:Property": "column",
    }.items()
}


class Ledger:
    """A framework, the table of a format, and which triples the format carries.

    Ledger(KnowledgeGraph.shipped(), "pub-cscf", TABLE).losses()
    """

    def __init__(self, graph: KnowledgeGraph, iri: str, table: Table) -> None:
        """Look at a framework; NotFound where there is none of that name."""
        graph = steady(graph, graph.framework(iri).iri)
        framework = graph.framework(iri)
        self.outline, self.table = Outline(graph, framework.iri), table
        self.root = URIRef(framework.iri)
        self.entries = {entry.node: entry for entry in self.outline.entries}
        stated = [str(language).lower() for language in self.outline.languages]
        self.tag = stated[0] if stated else "en"
        named = graph.named_graph(framework.graph_name)
        self._rows: dict[Row, bool] = {}
        known: dict[object, Node] = {}  # terms come up again and again

        def told(end: object) -> Node:
            found = known.get(end)
            if found is None:
                found = known[end] = to_rdflib(end)
            return found

        for one in named.triples:
            self._rows[(told(one.subject), told(one.predicate), told(one.object))] = False
        self._more: list[Loss] = []

    # ------------------------------------------------------------------ what is carried

    def carry(self, thing: Thing, name: str, *values: Node) -> None:
        """Say that these values of a property are carried; all of them where none is named."""
        prop = term(name)
        for value in values or thing.values(name):
            if (thing.node, prop, value) in self._rows:
                self._rows[(thing.node, prop, value)] = True

    def text(self, thing: Thing, name: str, tag: str | None = None) -> str:
        """Return a text in a language (that of the framework), and carry it; '' if there is none.

        Where there is none in the language, the first of another is returned, and is not
        carried: nobody could tell which language it is in.
        """
        chosen, mine = self._chosen(thing, name, tag)
        if mine:
            self.carry(thing, name, chosen)
        return self.trimmed(thing, name, str(chosen))

    def trimmed(self, thing: Thing, name: str, text: str) -> str:
        """Return a text without blanks at its ends, which no cell keeps; that is lost."""
        if text != text.strip():
            self.lose(thing, name, "the blanks at its ends are taken off")
        return text.strip()

    def shown(self, thing: Thing, name: str) -> str:
        """Return a text that people see in another place, but that no program finds back."""
        return self._chosen(thing, name, None)[0].strip()

    def _chosen(self, thing: Thing, name: str, tag: str | None) -> tuple[Literal, bool]:
        """Return a text, empty if there is none, and whether it is in the language asked for."""
        found = [value for value in thing.values(name) if isinstance(value, Literal)]
        wanted = self.tag if tag is None else tag
        mine = [text for text in found if (text.language or "").lower() == wanted]
        return (mine or found or [Literal("")])[0], bool(mine)

    def texts(self, thing: Thing, name: str) -> list[Literal]:
        """Return the literals of a property and carry them all, but for those in rdf:JSON."""
        found = [value for value in thing.values(name) if isinstance(value, Literal)]
        self.carry(thing, name, *found) if found else None
        return [value for value in found if value.datatype != term("rdf:JSON")]

    def codes(self, thing: Thing) -> list[Thing]:
        """Return the codes of a thing in a steady order: those with an IRI by that, first."""
        found = [self.outline.thing(node) for node in thing.values("comp:code")]
        return sorted(found, key=_steady)

    def lose(self, thing: Thing, name: str, why: str) -> None:
        """Remember a loss, or something that had to be made up, that no triple shows."""
        self._more.append(Loss(thing.iri, name, why))

    def whole(self, thing: Thing) -> None:
        """Say that everything that is said of a thing is carried."""
        for name in thing.about:
            self.carry(thing, short(name))

    def import_notes(self, format_iri: str, *silent: str) -> None:
        """Carry what an import from the same format notes, as the next import notes it again.

        That is the file it came from, the lines things stand on, whose words they are in, and
        what the file did not state: ``silent`` has the properties that it cannot state.
        """
        top = self.outline.top
        for name in silent:
            self.carry(top, "comp:notStated", term(name))
        sources = [self.outline.thing(iri) for iri in top.links("comp:source")]
        for source in sources:
            if format_iri in map(str, source.values("dcterms:conformsTo")):
                self.carry(top, "comp:source", source.node)
                self.whole(source)
                for entry in self.entries.values():
                    self.carry(entry, "comp:section")
                if {*top.texts("rdfs:label")} & {
                    Literal(str(text), lang=self.tag) for text in source.texts("rdfs:label")
                }:
                    self.carry(top, "rdfs:label")
                    self.carry(top, "comp:inferred", term("rdfs:label"))

    # ------------------------------------------------------------------ what is lost

    def losses(self) -> tuple[Loss, ...]:
        """Return what was not carried: framework and parts in order, then what belongs to them."""
        lost: dict[Node, dict[str, None]] = {}
        for (subject, name, _), carried in self._rows.items():
            if not carried:
                lost.setdefault(subject, {})[short(str(name))] = None
        found = list(self._more)
        for subject in self._in_order(lost):
            found += self._of(subject, sorted(lost[subject]))
        return tuple(dict.fromkeys(found))

    def _in_order(self, lost: Iterable[Node]) -> Iterator[Node]:
        subjects = {*lost}
        yield from (node for node in self.entries if node in subjects)
        yield from sorted(subjects - self.entries.keys(), key=str)

    def _of(self, subject: Node, names: list[str]) -> Iterator[Loss]:
        entry = self.entries.get(subject)
        fate = self.table.fates.get(entry.role) if entry is not None else None
        if entry is not None and fate is not None and fate.about == "out":
            yield Loss(entry.iri, "rdf:type", fate.loses)
            return
        thing: Thing = entry if entry is not None else self.outline.thing(subject)
        about = fate.about if fate is not None else about_of(thing)
        for name in names:
            rule = self.table.rules.get((about, name))
            why = rule.loses if rule is not None and rule.loses else ""
            yield Loss(thing.iri, name, why or (fate.loses if fate else "") or self.table.otherwise)


def _steady(code: Thing) -> tuple[bool, str]:
    blank = isinstance(code.node, BNode)
    return blank, (code.first("skos:notation") or "") if blank else code.iri


def about_of(thing: Thing) -> str:
    """Return what tables call a thing that is no part, such as ``code``."""
    if isinstance(thing, Entry):
        return "part"
    return next((about for kind, about in _ABOUT.items() if kind in thing.types), "thing")
