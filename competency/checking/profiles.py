"""The profiles that data can be checked against: which rules, and which triples they look at.

A profile of another vocabulary looks at the view of each of our frameworks in that vocabulary,
which keeps the IRIs of the parts; data that are in it already are looked at as they are. Every
profile has a rule that something is there to look at, so that nothing is valid unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, Graph

from competency._files import folder
from competency.errors import FormatError
from competency.graph import KnowledgeGraph, NamedGraph
from competency.ontology import COMP, ONTOLOGY_IRI, PREFIXES
from competency.shapes import Compiled, Data, compile_shapes, load_shapes
from competency.shapes.engine.store import rows_of
from competency.shapes.engine.terms import Term, term_of

Row = tuple[Term, Term, Term]
_TYPE, _FIRST, _REST = map(term_of, (RDF.type, RDF.first, RDF.rest))
_INSIDE = term_of(COMP.inFramework)
_OURS = "<" + str(COMP)


@dataclass(frozen=True)
class ValidationProfile:
    """What data are checked against: its name, its title, its IRI, and the files of its shapes.

    ``view`` names the view of :mod:`competency.exchange` that is looked at in place of our own
    frameworks, ``namespaces`` what data that are in this vocabulary already are typed with; both
    are empty where the rules are about our vocabulary. ``lists`` is false where a list of values
    means no more than the values in it (CTDL-ASN files have both).

    >>> profile_named("skos").view
    'skos'
    """

    name: str
    title: str
    iri: str
    files: tuple[str, ...]
    view: str | None = None
    namespaces: tuple[str, ...] = ()
    lists: bool = True


PROFILES: tuple[ValidationProfile, ...] = (
    ValidationProfile("comp", "Competency ontology", ONTOLOGY_IRI, ("*.ttl", "profiles/comp.ttl")),
    ValidationProfile(
        "skos",
        "SKOS",
        "http://www.w3.org/2004/02/skos/core",
        ("profiles/skos*.ttl",),
        "skos",
        (PREFIXES["skos"],),
    ),
    ValidationProfile(
        "ctdl-asn",
        "CTDL-ASN for the Credential Registry",
        "https://purl.org/ctdlasn/terms/",
        ("profiles/ctdl-asn*.ttl",),
        "ctdl-asn",
        (PREFIXES["ceasn"], PREFIXES["ceasn"].replace("https:", "http:")),
        lists=False,
    ),
    ValidationProfile(
        "case",
        "CASE 1.1, to be exported without loss",
        "https://purl.imsglobal.org/spec/case/v1p1/",
        ("profiles/case*.ttl",),
    ),
)


def profile_named(name: str) -> ValidationProfile:
    """Return the profile of this name or IRI; FormatError lists the names there are.

    >>> profile_named("case").title
    'CASE 1.1, to be exported without loss'
    """
    for profile in PROFILES:
        if name == profile.name or name.rstrip("#/") == profile.iri.rstrip("#/"):
            return profile
    raise FormatError(name, (profile.name for profile in PROFILES))


def profile_shapes(name: str) -> Graph:
    """Return the shapes of a profile in a graph of one's own, to add to or to switch off some.

    The files are read once in a process. Raises FormatError.

    >>> len(profile_shapes("skos")) > 500
    True
    """
    return shapes_for(name)


def compiled_profile(name: str) -> Compiled:
    """Return the shapes of a profile ready to run, made once in a process. Raises FormatError.

    validate(subject_data(graph, "skos"), shapes=compiled_profile("skos"))
    """
    return _compiled(profile_named(name))


def shapes_for(profile: str | None, own: Iterable[str | Path | Graph] = ()) -> Graph:
    """Return the shapes to check with: those of a profile, one's own, or both.

    One's own, files or graphs, are alone where no profile is named; with neither the shapes are
    those of our own vocabulary. Raises FormatError, SourceError and ShapesError.

    >>> len(shapes_for(None)) == len(profile_shapes("comp"))
    True
    """
    graphs = [item if isinstance(item, Graph) else load_shapes(item) for item in own]
    if profile or not graphs:
        graphs.append(_shapes(profile_named(profile or PROFILES[0].name)))
    found = Graph(bind_namespaces="none")
    for triple in (triple for graph in graphs for triple in graph):
        found.add(triple)
    return found


def subject_data(graph: KnowledgeGraph, profile: ValidationProfile | str) -> Data:
    """Return the triples that the rules of a profile look at, ready to be checked.

    For a profile about our vocabulary that is everything. For another it is the view of each
    framework and scale of ours, and beside it what is in that vocabulary already; it is empty
    where there is neither, and the rules say so. Raises FormatError.

    >>> len(subject_data(KnowledgeGraph(), "skos"))
    0
    """
    asked = profile_named(profile) if isinstance(profile, str) else profile
    if asked.view is None:
        return Data.of_triples(triple for named in graph.graphs() for triple in named.triples)
    from competency.exchange import profile_named as view_named
    from competency.exchange import view

    rows: dict[Row, None] = {}
    for number, name in enumerate(_wholes(graph)):
        seen = view(graph, name, view_named(asked.view))
        rows.update(dict.fromkeys(_apart(seen, f"_:w{number}")))
    for named in graph.graphs():
        found = _native(rows_of(named.triples), asked.namespaces)
        rows.update(dict.fromkeys(found if asked.lists else _unfolded(found)))
    return Data(list(rows))


def subject_graph(graph: KnowledgeGraph, profile: ValidationProfile | str) -> Graph:
    """Return the same triples as a graph of rdflib, which writes some numbers anew.

    >>> len(subject_graph(KnowledgeGraph(), "skos"))
    0
    """
    found = Graph(bind_namespaces="none")
    for triple in subject_data(graph, profile).triples():
        found.add(triple)
    return found


@cache
def _compiled(profile: ValidationProfile) -> Compiled:
    return compile_shapes(_shapes(profile))


@cache
def _shapes(profile: ValidationProfile) -> Graph:
    """Return the shapes of a profile, read once; never handed out, so that nobody changes them."""
    place = folder("shapes")
    return load_shapes(*(file for name in profile.files for file in sorted(place.glob(name))))


def _wholes(graph: KnowledgeGraph) -> list[str]:
    """Return the frameworks, and the scales that are in a graph without one."""
    frameworks = graph.frameworks
    homes = {framework.graph_name for framework in frameworks}
    scales = graph.index.of_type(str(COMP.LevelScale))
    return [
        *(framework.iri for framework in frameworks),
        *(iri for iri, home in scales if home not in homes),
    ]


def _apart(graph: NamedGraph, prefix: str) -> Iterator[Row]:
    """Give the triples of a view, its blank nodes named apart from those of other views."""
    for subject, predicate, object_ in rows_of(graph.triples):
        yield (
            prefix + subject[2:] if subject.startswith("_:") else subject,
            predicate,
            prefix + object_[2:] if object_.startswith("_:") else object_,
        )


def _native(rows: Sequence[Row], namespaces: tuple[str, ...]) -> Iterator[Row]:
    """Give what is said of things that are not ours, if some are typed in the namespaces."""
    types = [row for row in rows if row[1] == _TYPE]
    if not any(kind.startswith(namespaces) for kind in {row[2][1:] for row in types}):
        return
    ours = {row[0] for row in types if row[2].startswith(_OURS)}
    ours |= {row[0] for row in rows if row[1] == _INSIDE}
    yield from (row for row in rows if row[0] not in ours)


def _unfolded(rows: Iterable[Row]) -> Iterator[Row]:
    """Give triples with the members of a list in the place of the list."""
    found = list(rows)
    first = {row[0]: row[2] for row in found if row[1] == _FIRST}
    rest = {row[0]: row[2] for row in found if row[1] == _REST}
    for subject, predicate, object_ in found:
        if subject in first or subject in rest:
            continue
        cell, seen = object_, set[Term]()
        while cell in first and cell not in seen:
            seen.add(cell)
            yield subject, predicate, first[cell]
            cell = rest.get(cell, "")
        if not seen:
            yield subject, predicate, object_
