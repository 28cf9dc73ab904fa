"""Ask compiled shapes about data, and return what they find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from rdflib import Literal

from competency.shapes.engine.data import Data
from competency.shapes.engine.model import Compiled, Constraint, Hit, Seen, Shape, Targets
from competency.shapes.engine.terms import Term
from competency.shapes.engine.walking import Walked, walk
from competency.shapes.finding import Finding
from competency.shapes.paths import Path

MOST_TIMES = 100
_NAME = re.compile(r"\{[?$](\w+)\}")


def find(data: Data, compiled: Compiled) -> tuple[Finding, ...]:
    """Return what compiled shapes find in data; SHACL, section 3.4.

    ShapesError where the query of a shape fails on this data.

    >>> from rdflib import Graph
    >>> from competency.shapes.engine.compiling import compile_shapes
    >>> find(Data([]), compile_shapes(Graph()))
    ()
    """
    return tuple(Run(data, compiled).findings())


class Run:
    """One check of data: what shapes said of which nodes so far.

    findings = tuple(Run(data, compiled).findings())
    """

    def __init__(self, data: Data, compiled: Compiled) -> None:
        """Prepare to check data."""
        self.data, self.compiled = data, compiled
        self._failed: dict[Shape, set[Term]] = {}
        self._judged: dict[Shape, set[Term]] = {}
        self._settling: dict[int, dict[Shape, set[Term]]] = {}
        self._agenda: list[tuple[Shape, Mapping[Term, int]]] = []
        self._seen: dict[tuple[Targets, Path | None], Seen] = {}
        self._focus: dict[Targets, tuple[Term, ...]] = {}

    def findings(self) -> Iterator[Finding]:
        """Give the findings of all shapes that have targets, shape by shape."""
        for shape in self.compiled.shapes:
            nodes = self._targets(shape.targets)
            if nodes:
                yield from self._findings_of(shape, nodes)

    def later(self, shape: Shape, times: Mapping[Term, int]) -> None:
        """Have the results of a property shape about nodes follow, each as often as it counts."""
        if times and not shape.deactivated:
            self._agenda.append((shape, times))

    def failing(self, shape: Shape, nodes: frozenset[Term]) -> set[Term]:
        """Return those of the nodes that do not conform to a shape; SHACL, section 3.4.2.

        Shapes that lead back to themselves are taken at their most generous: what nothing speaks
        against conforms. SHACL leaves this open (section 3.4.3).
        """
        if shape.deactivated or not nodes:
            return set()
        failed = self._failed.setdefault(shape, set())
        judged = self._judged.setdefault(shape, set())
        if shape.cycle is not None and shape.cycle in self._settling:
            new = nodes - judged
            self._settling[shape.cycle].setdefault(shape, set()).update(new)
            judged |= new
            return failed & nodes
        new = nodes - judged
        if new and shape.cycle is not None:
            self._settle(shape, shape.cycle, new)
        elif new:
            failed |= self._judge(shape, new)
            judged |= new
        return failed & nodes

    def _settle(self, shape: Shape, cycle: int, nodes: frozenset[Term]) -> None:
        """Judge the shapes of a circle: all conforms, until no more is found that does not."""
        self._judged[shape] |= nodes
        asked: dict[Shape, set[Term]] = {shape: set(nodes)}
        reached: dict[Shape, set[Term]] = {}
        while asked:
            has_failed = False
            while asked:
                further: dict[Shape, set[Term]] = {}
                self._settling[cycle] = further
                for each, open_ in asked.items():
                    bad = self._judge(each, frozenset(open_))
                    self._failed.setdefault(each, set()).update(bad)
                    reached.setdefault(each, set()).update(open_)
                    has_failed = has_failed or bool(bad)
                asked = {each: new for each, new in further.items() if new}
            if has_failed:
                open_of = {each: near - self._failed[each] for each, near in reached.items()}
                asked = {each: open_ for each, open_ in open_of.items() if open_}
        del self._settling[cycle]

    def _judge(self, shape: Shape, nodes: frozenset[Term]) -> set[Term]:
        seen = Seen(self._walk(shape, nodes))
        bad: set[Term] = set()
        for constraint in shape.constraints:
            bad |= constraint.failing(self, seen)
        return bad

    def _findings_of(self, shape: Shape, nodes: Sequence[Term]) -> Iterator[Finding]:
        """Give the results of a shape and of the property shapes it leads to.

        A shape that leads back to itself tells of each node once, others as often as they lead to
        it (SHACL, section 4.7.2), up to MOST_TIMES.
        """
        told: dict[Shape, set[Term]] = {shape: set(nodes)}
        for _, finding in self._tell(shape, self._first_seen(shape, nodes)):
            yield finding
        while self._agenda:
            next_, times = self._agenda.pop()
            asked = frozenset(times)
            if next_.cycle is not None:
                before = told.setdefault(next_, set())
                asked -= before
                before |= asked
                times = dict.fromkeys(asked, 1)
            for hit, finding in self._tell(next_, Seen(self._walk(next_, asked), times)):
                yield from repeat(finding, min(times[hit.focus], MOST_TIMES))

    def _first_seen(self, shape: Shape, nodes: Sequence[Term]) -> Seen:
        """Return what a shape with targets looks at; many shapes have the same."""
        key = shape.targets, shape.path
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = Seen(self._walk(shape, nodes))
        return found

    def _tell(self, shape: Shape, seen: Seen) -> Iterator[tuple[Hit, Finding]]:
        for constraint in shape.constraints:
            for hit in constraint.hits(self, seen):
                yield hit, self._finding(shape, constraint, hit)

    def _finding(self, shape: Shape, constraint: Constraint, hit: Hit) -> Finding:
        node = self.data.node
        return Finding(
            focus=node(hit.focus),
            shape=shape.node,
            component=hit.component or constraint.component,
            severity=shape.severity,
            path=hit.path if hit.path is not None else shape.path,
            value=None if hit.value is None else node(hit.value),
            messages=_messages(shape, constraint, hit),
            constraint=hit.constraint,
        )

    def _walk(self, shape: Shape, nodes: Iterable[Term]) -> Walked:
        if shape.path is None:
            return {node: (node,) for node in nodes}
        return walk(self.data, shape.path, nodes)

    def _targets(self, targets: Targets) -> tuple[Term, ...]:
        """Return the focus nodes of targets, each once; SHACL, section 2.1.3."""
        found = self._focus.get(targets)
        if found is None:
            data = self.data
            nodes: dict[Term, None] = dict.fromkeys(targets.nodes)
            for kind in targets.classes:
                nodes.update(dict.fromkeys(sorted(data.instances(kind))))
            for predicate in targets.subjects_of:
                nodes.update(dict.fromkeys(data.values(predicate)))
            for predicate in targets.objects_of:
                nodes.update(dict.fromkeys(data.holders(predicate)))
            found = self._focus[targets] = tuple(nodes)
        return found


def _messages(shape: Shape, constraint: Constraint, hit: Hit) -> tuple[Literal, ...]:
    """Return the messages of a result: its constraint's and its shape's, else general words."""
    said = {*hit.messages, *shape.messages}
    if not said:
        return (Literal(constraint.words, lang="en"),)
    if hit.told is not None:
        said = {fill(message, hit.told) for message in said}
    return tuple(sorted(said))


def fill(message: Literal, told: Mapping[str, str]) -> Literal:
    """Return a message with ``{?name}`` and ``{$name}`` filled in, where the name has a value.

    >>> fill(Literal("Not {?kind}.", lang="en"), {"kind": "known"})
    rdflib.term.Literal('Not known.', lang='en')
    """
    text = _NAME.sub(lambda name: told.get(name[1], name[0]), message)
    return Literal(text, lang=message.language, datatype=message.datatype)
