"""The list of all documents about a thing: profile by profile, in every media type.

It is what ``?_profile=alt`` leads to: a page for people, the Alternate Representations model in
RDF, and JSON (dx-prof-conneg, sections 6.3 and 7.2.2).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from competency.exchange import Profile
from competency.formats import Format
from competency.graph import NamedGraph, Resource, serialize
from competency.server.links import Download, Links
from competency.server.pages.values import Text, title_of
from competency.server.places import absolute
from competency.server.profiles import ALTERNATES, JSON
from competency.server.site import Document

_ALTR = Namespace(ALTERNATES.iri + "#")
_PROF = Namespace("http://www.w3.org/ns/dx/prof/")


@dataclass(frozen=True)
class Group:
    """The documents that conform to one profile."""

    profile: Profile
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class AlternatesPage:
    """What the page of all documents about a thing shows."""

    iri: str
    title: Text
    page: str
    groups: tuple[Group, ...]
    own_forms: tuple[Download, ...]


def alternates_page(found: Resource, links: Links) -> AlternatesPage:
    """Return what the page of all documents about a thing shows."""
    forms = tuple(links.downloads(found.iri, ALTERNATES))
    return AlternatesPage(
        found.iri, title_of(found), links.page(found.iri), tuple(_groups(found.iri, links)), forms
    )


def alternates_document(iri: str, links: Links, syntax: Format) -> Document:
    """Return the list of all documents about a thing as JSON or RDF; addresses are absolute."""
    if syntax is JSON:
        text = json.dumps(_as_json(iri, links), ensure_ascii=False, indent=1)
        return Document.of(text.encode() + b"\n")
    here = absolute(links.data(iri, syntax, ALTERNATES))
    return Document.of(serialize(NamedGraph.of(here, _triples(iri, links)), syntax))


def _groups(iri: str, links: Links) -> Iterator[Group]:
    for profile in links.site.profiles(iri):
        yield Group(profile, tuple(links.downloads(iri, profile)))


def _as_json(iri: str, links: Links) -> dict[str, object]:
    page = links.representations(iri)[0]
    return {
        "resource": iri,
        "profiles": [
            {
                "token": group.profile.token,
                "uri": group.profile.iri,
                "title": group.profile.title,
                "description": group.profile.description,
                "media_types": [item.media_type for item in group.downloads],
                "representations": [_record(item) for item in group.downloads],
            }
            for group in _groups(iri, links)
        ],
        "pages": [_record(page)],
    }


def _record(item: Download) -> dict[str, str]:
    return {"url": absolute(item.url), "media_type": item.media_type, "title": item.title}


def _triples(iri: str, links: Links) -> Iterator[tuple[Node, Node, Node]]:
    thing, found = URIRef(iri), links.representations(iri)
    default = absolute(links.downloads(iri)[0].url)
    yield thing, _ALTR.hasDefaultRepresentation, URIRef(default)
    for item in found:
        yield thing, _ALTR.hasRepresentation, URIRef(absolute(item.url))
    for item in found:
        document = URIRef(absolute(item.url))
        yield document, RDF.type, _ALTR.Representation
        yield document, DCTERMS.format, Literal(item.media_type)
        if item.profile:
            yield document, DCTERMS.conformsTo, URIRef(item.profile)
    for profile in links.site.profiles(iri):
        standard = URIRef(profile.iri)
        yield standard, RDF.type, DCTERMS.Standard
        yield standard, RDF.type, _PROF.Profile
        yield standard, DCTERMS.title, Literal(profile.title, lang="en")
        yield standard, _PROF.hasToken, Literal(profile.token)
