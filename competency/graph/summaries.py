"""What people call a framework and how much it holds, read from its triples once.

An edition keeps these beside each graph, so that a list of thousands of frameworks needs none of
their graphs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from competency.graph.saying import Row, Sayings, sayings_of
from competency.graph.store import NamedGraph
from competency.ontology import COMP, PREFIXES, Vocabulary

_TYPE = PREFIXES["rdf"] + "type"
_TITLES = (PREFIXES["rdfs"] + "label", PREFIXES["dcterms"] + "title")
_FRAMEWORK, _INSIDE = str(COMP.Framework), str(COMP.inFramework)
_DESCRIPTION = PREFIXES["dcterms"] + "description"
_LICENCE = PREFIXES["dcterms"] + "license"
_VERSIONS = tuple(
    PREFIXES[prefix] + name
    for prefix, name in (("owl", "versionInfo"), ("dcterms", "modified"), ("dcterms", "issued"))
)


@dataclass(frozen=True)
class Summary:
    """A framework in short: its IRI, title and description in English or any other language.

    ``version`` is what it says of its version or date; ``kinds`` counts its parts by the IRI of
    their kind; ``titles`` and ``descriptions`` are all there are, by language tag (empty: none);
    ``licence`` is the IRI of its licence, where it has one.
    """

    iri: str
    title: str
    description: str | None
    version: str | None
    kinds: dict[str, int]
    titles: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    licence: str | None = None


def summary_of(
    graph: NamedGraph, vocabulary: Vocabulary, said: Sayings | None = None
) -> Summary | None:
    """Return the summary of the framework in a graph, or None where it holds none.

    Of several frameworks in one graph it is that which the graph is named after, or the first.
    ``said`` is what the graph says, where that is known already.
    """
    found = said or sayings_of(graph.triples)
    rows = found.rows
    frameworks = [
        iri
        for iri, row in rows.items()
        if _FRAMEWORK in _values(row, _TYPE) and iri not in found.blank
    ]
    if not frameworks:
        return None
    iri = graph.name if graph.name in frameworks else frameworks[0]
    kinds: dict[str, int] = {}
    for name, row in rows.items():
        if _INSIDE in row and iri in _values(row, _INSIDE) and name not in found.blank:
            kind = vocabulary.kind_of(set(_values(row, _TYPE))) or ""
            kinds[kind] = kinds.get(kind, 0) + 1
    about = rows[iri]
    return Summary(
        iri=iri,
        title=_text(about, *_TITLES) or iri.rstrip("/#").rpartition("/")[2],
        description=_text(about, _DESCRIPTION),
        version=_text(about, *_VERSIONS),
        kinds=dict(sorted(kinds.items())),
        titles=_by_language(about, *_TITLES),
        descriptions=_by_language(about, _DESCRIPTION),
        licence=next(iter(sorted(_values(about, _LICENCE))), None),
    )


def _values(row: Row, predicate: str) -> list[str]:
    return [term.value for term in row.get(predicate, ()) if isinstance(term, ox.NamedNode)]


def _text(row: Row, *predicates: str) -> str | None:
    """Return the text of the first of these properties that has one: English, untagged, any."""
    for predicate in predicates:
        found = [term for term in row.get(predicate, ()) if isinstance(term, ox.Literal)]
        if found:
            return min(found, key=_distance).value
    return None


def _by_language(row: Row, *predicates: str) -> dict[str, str]:
    """Return the text of the first property that has any, for each language tag."""
    for predicate in predicates:
        found = [term for term in row.get(predicate, ()) if isinstance(term, ox.Literal)]
        if found:
            found.sort(key=_distance, reverse=True)
            return dict(sorted(((text.language or "").lower(), text.value) for text in found))
    return {}


def _distance(text: ox.Literal) -> tuple[int, str, str]:
    tag = (text.language or "").lower()
    rank = 0 if tag == "en" else 1 if tag.startswith("en-") else 2 if not tag else 3
    return rank, tag, text.value
