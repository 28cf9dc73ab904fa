"""Read sources, validate them against a profile, and say where each result is in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal as OneOf

from rdflib import SH, Graph, Literal

from competency.checking.profiles import (
    PROFILES,
    compiled_profile,
    profile_named,
    shapes_for,
    subject_data,
)
from competency.checking.sources import Loaded, Source, load
from competency.graph import KnowledgeGraph
from competency.ontology import DEFAULT_BASE
from competency.shapes import Compiled, Location, Report, compile_shapes, validate
from competency.shapes.loading import shapes_named

LARGE = 6_000  # triples from which on a graph is judged framework by framework


@dataclass(frozen=True)
class Options:
    """How to check: the profile, shapes of one's own, rules to leave out, and the engine.

    ``shapes`` are files, or graphs that were read already. Alone they are the only ones; with a
    ``profile`` named as well, both are used. ``without`` names shapes by their local names, such
    as ``DuplicateTexts``.

    >>> Options().profile is None
    True
    """

    profile: str | None = None
    shapes: tuple[Path | Graph, ...] = ()
    without: frozenset[str] = frozenset()
    engine: OneOf["fast", "reference"] = "fast"
    base: str = DEFAULT_BASE


@dataclass(frozen=True)
class Checked:
    """What came of a check: the report, the graph that was read, and the sources as lines."""

    report: Report
    graph: KnowledgeGraph
    loaded: tuple[Loaded, ...]


def check(
    sources: Sequence[Source],
    options: Options | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Checked:
    """Check documents together, as one graph, and locate each result in them.

    Raises SourceError, ParseError, FormatError and ShapesError; what does not conform is no error.

    >>> check([Source("a.ttl", b"<urn:f> a <https://w3id.org/competency/ns#Framework> .")]
    ...     ).report.conforms
    False
    """
    options = options or Options()
    as_is = _reads_rdf_as_is(options)
    loaded = tuple(load(source, options.base, as_is=as_is) for source in sources)
    graph = KnowledgeGraph(base=options.base)
    graph.add(*(found for item in loaded for found in item.graphs))
    return Checked(
        _located(check_graph(graph, options, progress), loaded, options.base), graph, loaded
    )


def check_graph(
    graph: KnowledgeGraph,
    options: Options | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Check a graph that is loaded already; its results have no location.

    A large one is judged framework by framework; ``progress`` hears of the triples done and of
    all there are.

    >>> check_graph(KnowledgeGraph.shipped()).conforms
    True
    """
    options = options or Options()
    profile = profile_named(options.profile or "comp")
    if profile.view is None and len(graph) > LARGE:
        return graph.validate(
            shapes=shapes_for(options.profile, options.shapes),
            without=options.without,
            engine=options.engine,
            progress=progress,
        )
    return validate(subject_data(graph, profile), shapes=_compiled(options), engine=options.engine)


def _reads_rdf_as_is(options: Options) -> bool:
    """Say whether the rules are about RDF as it stands, in whatever vocabulary it is.

    Those of another vocabulary are, and one's own; and ours where they are asked for by name.
    """
    if options.profile is None:
        return bool(options.shapes)
    profile = profile_named(options.profile)
    return bool(profile.namespaces) or profile == PROFILES[0]


def _compiled(options: Options) -> Compiled:
    """Return the shapes to check with, those left out switched off."""
    if not options.shapes and not options.without:
        return compiled_profile(options.profile or "comp")
    shapes = shapes_for(options.profile, options.shapes)
    for shape in (
        found for name in sorted(options.without) for found in shapes_named(shapes, name)
    ):
        shapes.add((shape, SH.deactivated, Literal(True)))
    return compile_shapes(shapes)


def _located(report: Report, loaded: Sequence[Loaded], base: str) -> Report:
    """Return the report with the place of each result in the sources."""
    if not report.results:
        return report
    from competency.checking.locating import Document, locate_all  # costs time; see above

    documents = [
        Document(item.source.name, item.source.data, item.syntax, base)
        for item in loaded
        if item.syntax is not None
    ]
    found = locate_all(report, documents) if documents else report
    imported = [item for item in loaded if item.syntax is None]
    whole = Location(loaded[0].source.name) if len(loaded) == 1 else None
    return replace(
        found,
        results=tuple(
            replace(result, location=result.location or _placed(result.focus, imported) or whole)
            for result in found.results
        ),
    )


def _placed(iri: str, imported: Sequence[Loaded]) -> Location | None:
    """Return the place of a part in the file that it was imported from."""
    for item in imported:
        if any(iri in graph.subjects for graph in item.graphs):
            return item.sections.place(iri)
    return None
