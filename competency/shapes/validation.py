"""Run the shapes over data and return a report, with one of two engines that agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache

from rdflib import Graph

from competency.ontology.vocabulary import Vocabulary, own_vocabulary
from competency.shapes.engine import Compiled, Context, Data, compile_shapes, find
from competency.shapes.explaining import explain
from competency.shapes.finding import Finding
from competency.shapes.loading import own_shapes
from competency.shapes.naming import Namer
from competency.shapes.reference import find_by_reference
from competency.shapes.report import Report


class Engine(StrEnum):
    """What runs the shapes: our own engine, or the slow one it is compared with.

    >>> Engine("fast").value
    'fast'
    """

    fast = "fast"
    reference = "reference"


def validate(
    data: Graph | Data,
    *,
    shapes: Graph | Compiled | None = None,
    vocabulary: Graph | None = None,
    engine: Engine | str = Engine.fast,
    keep: Callable[[Finding], bool] | None = None,
) -> Report:
    """Return what the shapes find in data; data that does not conform is no error.

    ``shapes`` are ours unless given (:func:`load_shapes`), and best compiled where they are used
    often; ``vocabulary`` is the ontology whose class tree and terms count, ours unless given. No
    inference is run, and nothing that is given is changed. Of a Dataset, all graphs are looked at
    together; with ``keep`` only the findings that it wants are told. ShapesError when the shapes
    cannot be used, ValueError when there is no such ``engine``; ParseError when the reference
    engine cannot check the data at all (parts nested hundreds deep).

    >>> from rdflib import Graph
    >>> validate(Graph()).conforms
    True
    """
    chosen = Engine(engine)
    words = own_vocabulary() if vocabulary is None else _vocabulary_of(vocabulary)
    context = _own_context() if vocabulary is None else Context.of_graph(vocabulary)
    checked = (data if isinstance(data, Data) else Data.of_graph(data)).within(context)
    findings: Iterable[Finding]
    if chosen is Engine.reference:
        rules = _graph_of(shapes)
        findings = find_by_reference(checked.triples(), rules)
    else:
        compiled = _compiled(shapes)
        rules, findings = compiled.graph, find(checked, compiled)
    if keep is not None:
        findings = filter(keep, findings)
    return explain(findings, rules, Namer(checked, words))


def _compiled(shapes: Graph | Compiled | None) -> Compiled:
    if shapes is None:
        return _own_compiled()
    return shapes if isinstance(shapes, Compiled) else compile_shapes(shapes)


def _graph_of(shapes: Graph | Compiled | None) -> Graph:
    if shapes is None:
        return own_shapes()
    return shapes.graph if isinstance(shapes, Compiled) else shapes


@cache
def _own_compiled() -> Compiled:
    return compile_shapes(own_shapes())


@cache
def _own_context() -> Context:
    return Context.of_graph(own_vocabulary().graph)


def _vocabulary_of(graph: Graph) -> Vocabulary:
    vocabulary = Vocabulary()
    vocabulary.graph = graph
    return vocabulary
