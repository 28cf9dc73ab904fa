"""The profiles in which a thing can be had, and the views that make them.

W3C "Content Negotiation by Profile" calls a profile what data conform to: the same thing in our
own vocabulary, or in a standard that other tools read. Views are derived; what was authored is
the first profile, and the only one that loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from competency.errors import FormatError
from competency.exchange import ctdl_asn, schema_org, skos
from competency.exchange.mapping import Loss, Table
from competency.exchange.outline import Outline
from competency.exchange.terms import Rows, term
from competency.graph import Framework, KnowledgeGraph, NamedGraph, Part
from competency.ontology import ONTOLOGY_IRI


@dataclass(frozen=True)
class Profile:
    """One profile: its token in addresses, its IRI in headers, and what it is."""

    token: str
    iri: str
    title: str
    description: str


PROFILES: tuple[Profile, ...] = (
    Profile(
        "comp",
        ONTOLOGY_IRI,
        "Competency ontology",
        "What was authored, literal for literal: nothing is lost.",
    ),
    Profile(
        "skos",
        "http://www.w3.org/2004/02/skos/core",
        "SKOS",
        "A concept scheme: parts are concepts, unhelpful behaviours stand in collections of"
        " their own.",
    ),
    Profile(
        "schema",
        "https://schema.org/",
        "schema.org",
        "A DefinedTermSet of DefinedTerms, as search engines and job platforms read it.",
    ),
    Profile(
        "ctdl-asn",
        "https://purl.org/ctdlasn/terms/",
        "CTDL-ASN",
        "A CompetencyFramework of Competencies, as the Credential Registry reads it.",
    ),
)


@dataclass(frozen=True)
class _View:
    """How a profile is made: the triples with what they had to leave out, and the table."""

    make: Callable[[Outline], tuple[Rows, list[Loss]]]
    table: Table


_VIEWS = {
    "skos": _View(skos.make, skos.TABLE),
    "schema": _View(schema_org.make, schema_org.TABLE),
    "ctdl-asn": _View(ctdl_asn.make, ctdl_asn.TABLE),
}


def profile_named(token_or_iri: str) -> Profile:
    """Return the profile of this token or IRI; FormatError lists the tokens there are.

    An IRI may end in a hash or slash or not, and begin with http or https.

    >>> profile_named("http://www.w3.org/2004/02/skos/core#").token
    'skos'
    """
    for profile in PROFILES:
        if token_or_iri == profile.token or _bare(token_or_iri) == _bare(profile.iri):
            return profile
    raise FormatError(token_or_iri, (profile.token for profile in PROFILES))


def profiles_of(graph: KnowledgeGraph, iri: str) -> tuple[Profile, ...]:
    """Return the profiles in which a thing can be had: all of them for frameworks and parts.

    Levels and scales have views as well; for anything else there is only what was authored.
    Raises NotFound.
    """
    resource = graph.resource(iri)
    known = {str(term(name)) for name in ("comp:Level", "comp:LevelScale")}
    if isinstance(resource, Framework | Part) or resource.types & known:
        return PROFILES
    return PROFILES[:1]


def view(graph: KnowledgeGraph, iri: str, profile: Profile) -> NamedGraph:
    """Return the description of a thing in a profile.

    A framework comes whole; a part with everything below it. The same data give the same triples
    in the same order. Raises NotFound, and FormatError for a thing that has no view.

        view(graph, "pub-cscf/c01", profile_named("skos"))
    """
    if profile.token == PROFILES[0].token:
        return graph.describe(iri)
    found = _outline(graph, iri, profile)
    rows, _ = _VIEWS[profile.token].make(found)
    return NamedGraph.of(found.iri, rows)


def loss(graph: KnowledgeGraph, iri: str, profile: Profile) -> tuple[Loss, ...]:
    """Return what the view of a thing could not carry: part, property and why.

    A property that is carried only as words for people is in the list too, as no program can
    read it back. Raises NotFound, and FormatError for a thing that has no view.
    """
    if profile.token == PROFILES[0].token:
        graph.resource(iri)
        return ()
    found = _outline(graph, iri, profile)
    _, more = _VIEWS[profile.token].make(found)
    return tuple(dict.fromkeys((*_VIEWS[profile.token].table.losses(found), *more)))


def table_of(profile: Profile) -> Table | None:
    """Return what becomes of our terms in a profile; our own vocabulary needs no table."""
    found = _VIEWS.get(profile.token)
    return found.table if found else None


def _outline(graph: KnowledgeGraph, iri: str, profile: Profile) -> Outline:
    known = profiles_of(graph, iri)
    if profile not in known:
        raise FormatError(f"{profile.token} of {iri}", (row.token for row in known))
    return Outline(graph, iri)


def _bare(iri: str) -> str:
    return iri.partition("://")[2].rstrip("#/")
