"""What a format lost without a word: a graph, the file of it, and the graph that file gives.

    untold(before, after, exported)     # [] where every triple is back, or is told to be lost

Things of a framework that have other names afterwards are found by their place: parts by the place
among their siblings, codes, bodies and the like by what leads to them. A thing without a name is
told by the property alone, as formats name it each in their own way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.exchange import Exported, Reading
from competency.exchange.exchanges import exchange_named
from competency.exchange.imported import File, Imported
from competency.exchange.terms import Row, short, term
from competency.graph import NamedGraph, to_rdflib
from tests.exchange.frameworks import knowledge

_TYPE, _INSIDE, _PARENT, _PLACE = map(
    term, ("rdf:type", "comp:inFramework", "comp:partOf", "comp:position")
)
_LABELS = tuple(map(term, ("rdfs:label", "skos:notation")))
# What a part that has become a text of another tells by that text, and by where it stands.
_FOLDED = {term(f"comp:{name}") for name in ("text", "isEmpty", "partOf", "inFramework")} | {
    term("rdfs:label")
}

# Where CTDL-ASN has the words of such a part.
_SAYING = ("ceasn:comment", "ceasn:description", "ceasn:competencyText")


def written(graph: NamedGraph, name: str) -> Exported:
    """Return a framework in a format."""
    write = exchange_named(name, writes=True).write
    assert write is not None
    return write(knowledge(graph), graph.name)


def taken_in(data: bytes, name: str, language: str = "en") -> Imported:
    """Return what is read from a file in a format, which is called out and its suffix."""
    row = exchange_named(name)
    assert row.read is not None
    file = File(f"out{row.format.suffixes[0]}", data, row.format.media_type)
    return row.read(file, Reading(language=language))


def there_and_back(graph: NamedGraph, name: str) -> tuple[Exported, NamedGraph]:
    """Return a framework in a format, and the graph that is read from that."""
    out = written(graph, name)
    graphs = taken_in(out.data, name, (graph.languages or ("en",))[0]).graphs
    return out, next((one for one in graphs if one.name == graph.name), graphs[0])


def untold(before: NamedGraph, after: NamedGraph, out: Exported) -> list[Row]:
    """Return the triples that are not there afterwards, and that no loss names."""
    return [*_Comparison(before, after, out).untold()]


def rows_of(graph: NamedGraph) -> list[Row]:
    """Return the triples of a graph in the terms of rdflib."""
    return [
        (to_rdflib(one.subject), to_rdflib(one.predicate), to_rdflib(one.object))
        for one in graph.triples
    ]


class _Side:
    """The triples of one graph, by thing and by what they lead to."""

    def __init__(self, graph: NamedGraph) -> None:
        self.rows = rows_of(graph)
        self._about: dict[Node, dict[Node, set[Node]]] = {}
        self.labelled: dict[tuple[Node, str], set[Node]] = defaultdict(set)
        self.owners: dict[Node, set[tuple[Node, Node]]] = defaultdict(set)
        for thing, prop, value in self.rows:
            self._about.setdefault(thing, {}).setdefault(prop, set()).add(value)
            if not isinstance(value, Literal):
                self.owners[value].add((thing, prop))
        frameworks = (s for s, p, v in self.rows if p == _TYPE and v == term("comp:Framework"))
        self.root: Node = next(frameworks, URIRef(graph.name))
        self.parts = {s for s, p, _ in self.rows if p == _INSIDE} | {self.root}
        for thing, prop, value in self.rows:
            if prop in _LABELS and thing not in self.parts:
                for kind in self.values(thing, _TYPE):
                    self.labelled[(kind, str(value))].add(thing)
            if prop == _TYPE and isinstance(thing, BNode):
                self.labelled[(value, "")].add(thing)
        self.children: dict[Node, list[Node]] = defaultdict(list)
        for part in sorted(self.parts - {self.root}, key=lambda one: (self.place(one), str(one))):
            for parent in self.values(part, _PARENT):
                self.children[parent].append(part)

    def values(self, thing: Node, prop: Node) -> set[Node]:
        """Return the values of a property of a thing."""
        return self._about.get(thing, {}).get(prop, set())

    def says(self, thing: Node) -> bool:
        """Say whether anything is said of a thing."""
        return thing in self._about

    def place(self, part: Node) -> int:
        """Return the position of a part, 0 where it has none."""
        found = sorted(map(str, self.values(part, _PLACE)))
        return int(found[0]) if found and found[0].isdecimal() else 0


class _Comparison:
    """Looks for what is no longer there."""

    def __init__(self, before: NamedGraph, after: NamedGraph, out: Exported) -> None:
        self.before, self.after = _Side(before), _Side(after)
        self.told = {(loss.part, loss.property) for loss in out.losses}
        self.nameless = {name for part, name in self.told if not _is_iri(part)}
        self.commented = {part for part, name in self.told if name in _SAYING}
        self.names: dict[Node, Node] = {self.before.root: self.after.root}
        self._pair(self.before.root)
        self._found: dict[Node, set[Node]] = {}
        self.texts = "\n".join(str(v) for _, _, v in self.after.rows if isinstance(v, Literal))

    def _pair(self, root: Node) -> None:
        """Pair parts that are called otherwise afterwards, by their place among siblings."""
        waiting = [root]
        while waiting:
            here = waiting.pop()
            mine = self.before.children[here]
            theirs = self.after.children[self.names.get(here, here)]
            old = [part for part in mine if part not in self.after.parts]
            new = [part for part in theirs if part not in self.before.parts]
            if self.before.parts & self.after.parts - {self.before.root}:
                new = [part for part in new if not _is_made(part)]
            if len(old) == len(new):
                fresh = {a: b for a, b in zip(old, new, strict=True) if a not in self.names}
                self.names |= fresh
            waiting += [part for part in mine if part in self.names or part in self.after.parts]

    def untold(self) -> Iterator[Row]:
        for row in self.before.rows:
            told = self._is_told(row[0], row[1]) or self._is_folded(*row)
            if not told and not self._is_back(*row):
                yield row

    # ------------------------------------------------------------------ what is back

    def _is_back(self, thing: Node, prop: Node, value: Node) -> bool:
        if prop == _PLACE and thing in self.before.parts:
            return self._is_in_order(thing)
        values = {value, *self._called(value)}
        return any(self.after.values(found, prop) & values for found in self._called(thing))

    def _called(self, node: Node, depth: int = 3) -> set[Node]:
        """Return what may be the same thing afterwards."""
        if isinstance(node, Literal) or not self.before.says(node):
            return {node}  # a term, or something elsewhere: its name is all there is
        if node in self.names or node in self.before.parts or not depth:
            return {self.names.get(node, node)}
        if node not in self._found:
            found = {node}
            owners = self.before.owners.get(node, set())
            for kind in self.before.values(node, _TYPE):
                labels = {str(v) for prop in _LABELS for v in self.before.values(node, prop)}
                labels |= {""} if isinstance(node, BNode) and not owners else set()
                for label in labels:
                    found |= self.after.labelled.get((kind, label), set())
            for owner, prop in owners:
                for one in self._called(owner, depth - 1):
                    found |= {v for v in self.after.values(one, prop) if _is_thing(v)}
            self._found[node] = found
        return self._found[node]

    def _is_in_order(self, part: Node) -> bool:
        """Say whether a part stands between the same siblings, as far as they are there."""
        mine = self.names.get(part, part)
        if mine not in self.after.parts or not self.after.values(mine, _PLACE):
            return False
        here, now = self.before.place(part), self.after.place(mine)
        parents = self.after.values(mine, _PARENT)
        for parent in self.before.values(part, _PARENT):
            for other in self.before.children[parent]:
                theirs = self.names.get(other, other)
                if self.after.values(theirs, _PARENT) != parents:
                    continue
                there, then = self.before.place(other), self.after.place(theirs)
                if (here < there) != (now < then) or (here > there) != (now > then):
                    return False
        return True

    # ------------------------------------------------------------------ what is told

    def _is_told(self, thing: Node, prop: Node) -> bool:
        name = short(str(prop))
        if (str(thing), name) in self.told or self._is_gone(thing, set()):
            return True
        if isinstance(thing, BNode):
            alone = not self.before.owners.get(thing) and "rdf:type" in self.nameless
            if alone or name in self.nameless:
                return True
        above = self.before.values(thing, _PARENT) if prop == _PLACE else ()
        return any((str(parent), name) in self.told for parent in above)

    def _is_gone(self, thing: Node, seen: set[Node]) -> bool:
        """Say whether it is told that a thing, or all that leads to it, is not there as such."""
        if (str(thing), "rdf:type") in self.told:
            there = self.after.says(self.names.get(thing, thing))
            return not there
        if thing in self.before.parts or thing in seen:
            return False
        owners = [one for one in self.before.owners.get(thing, ()) if one[0] != thing]
        return bool(owners) and all(
            (str(owner), short(str(prop))) in self.told
            or (isinstance(owner, BNode) and short(str(prop)) in self.nameless)
            or self._is_gone(owner, {*seen, thing})
            for owner, prop in owners
        )

    def _is_folded(self, thing: Node, prop: Node, value: Node) -> bool:
        """Say whether it is told that a part became a text, and that text is there."""
        if prop not in _FOLDED or (str(thing), "rdf:type") not in self.told:
            return False
        if not isinstance(value, Literal) or not value.language or str(value) in self.texts:
            return True
        return bool(self.commented & self._above(thing))

    def _above(self, part: Node) -> set[str]:
        """Return the names of all that stands above a part."""
        found: set[Node] = set()
        waiting = [part]
        while waiting:
            above = self.before.values(waiting.pop(), _PARENT) - found
            found |= above
            waiting += above
        return {*map(str, found)}


def _is_made(part: Node) -> bool:
    """Say whether a part stands for a comment, or a rubric that holds criteria, of CTDL-ASN."""
    return any(step in str(part) for step in ("/comment/", "/rubric/", "/_%3A"))


def _is_thing(node: Node) -> bool:
    return not isinstance(node, Literal)


def _is_iri(name: str) -> bool:
    return ":" in name and not name.startswith("_:")


def shown(rows: Iterable[Row]) -> list[str]:
    """Return triples as lines, for a test that fails."""
    return [" ".join([str(s), short(str(p)), v.n3()[:90]]) for s, p, v in rows]
