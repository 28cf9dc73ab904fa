"""The rules that are judged by: shapes, made ready once for many shards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache, cached_property

import pyoxigraph as ox
from rdflib import SH, Graph, Literal
from rdflib.term import Node

from competency.errors import ShapesError
from competency.graph.judging.digests import digest_of, digest_of_code, with_stable_names
from competency.graph.judging.reading import Reading, read_shapes
from competency.graph.store import NamedGraph, to_rdflib
from competency.shapes import load_shapes
from competency.shapes.engine import Compiled, compile_shapes
from competency.shapes.loading import TARGETS, shapes_named
from competency.shapes.validation import Engine

_NTRIPLES = ox.RdfFormat.N_TRIPLES


class Rules:
    """Shapes, those left out switched off, and the engine that runs them.

    >>> own_rules().engine.value
    'fast'
    """

    def __init__(
        self, shapes: Graph, *, without: Iterable[str] = (), engine: str = Engine.fast
    ) -> None:
        """Take a copy of ``shapes``, and switch off those whose local names are ``without``.

        ShapesError where there is no such shape (it lists close names), or no such engine.
        """
        if engine not in set(Engine):
            raise ShapesError(engine, f"no such engine; there are {' and '.join(Engine)}")
        self.engine = Engine(engine)
        self.shapes = with_stable_names(shapes)
        self._off = {shape for name in without for shape in shapes_named(self.shapes, name)}
        for shape in self._off:
            self.shapes.set((shape, SH.deactivated, Literal(True)))

    @cached_property
    def text(self) -> bytes:
        """Return the shapes as N-Triples."""
        return ox.serialize(NamedGraph.of("", self.shapes).triples, format=_NTRIPLES) or b""

    @cached_property
    def digest(self) -> str:
        """Return what stands for the shapes and everything else that a report comes from."""
        own = digest_of(NamedGraph.of("", self.shapes).triples)
        words = f"{own} {digest_of_code()} {self.engine}"
        return hashlib.sha256(words.encode()).hexdigest()

    @cached_property
    def compiled(self) -> Compiled:
        """Return the shapes as the engine has read them."""
        return compile_shapes(self.shapes)

    @cached_property
    def reading(self) -> Reading:
        """Return what the shapes read."""
        return read_shapes(self.shapes)

    @cached_property
    def by_shard(self) -> Rules:
        """Return the rules that can be judged shard by shard."""
        return self._only(self.reading.whole, switched_off=True)

    @cached_property
    def at_once(self) -> Rules | None:
        """Return the rules that have to look at all data at once, or None."""
        if not self.reading.whole:
            return None
        return self._only(self.reading.whole, switched_off=False)

    def _only(self, whole: set[Node], *, switched_off: bool) -> Rules:
        if not whole:
            return self
        rules = Rules(self.shapes, engine=self.engine)
        for shape in {s for kind in TARGETS for s in self.shapes.subjects(kind)} | whole:
            if (shape in whole) == switched_off:
                rules.shapes.set((shape, SH.deactivated, Literal(True)))
        return rules


@cache
def own_rules() -> Rules:
    """Return our own shapes with the fast engine, made ready once."""
    return Rules(load_shapes())


def rules_of(
    shapes: Graph | None = None, without: Iterable[str] = (), engine: str = Engine.fast
) -> Rules:
    """Return the rules of these shapes, ours where they are None.

    Raises ShapesError as :class:`Rules` does.
    """
    off = frozenset(without)
    if shapes is None and not off and engine == Engine.fast:
        return own_rules()
    return Rules(load_shapes() if shapes is None else shapes, without=off, engine=engine)


def read_rules(text: bytes, engine: str) -> Rules:
    """Return the rules that another process wrote (:attr:`Rules.text`), name by name the same."""
    rules = Rules(Graph(bind_namespaces="none"), engine=engine)
    for quad in ox.parse(text, format=_NTRIPLES):
        rules.shapes.add(
            (to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object))
        )
    return rules
