"""The page of everything else: levels, scales, codes, sources, organisations, laws, data sets."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import DCTERMS, SKOS

from competency.graph import Resource
from competency.ontology import COMP
from competency.server.links import Links
from competency.server.pages.frame import Crumb, Frame, crumbs_of, frame_of
from competency.server.pages.locators import locator_fact
from competency.server.pages.values import Fact, Text, facts, not_stated, text_of, title_of
from competency.server.pages.words import listed

# Shown in places of their own, or only among all statements.
_ELSEWHERE = {
    str(name)
    for name in (
        RDF.type,
        RDFS.label,
        SKOS.prefLabel,
        DCTERMS.title,
        DCTERMS.description,
        COMP.text,
        COMP.lines,
        COMP.page,
        COMP.section,
        COMP.notStated,
        COMP.inferred,
        COMP.added,
    )
}


@dataclass(frozen=True)
class ResourcePage:
    """A resource that is neither framework nor part, as its page shows it."""

    frame: Frame
    text: Text | None
    facts: tuple[Fact, ...]
    not_stated: str


def resource_page(resource: Resource, links: Links) -> ResourcePage:
    """Return what the page of a resource shows: every property, by its name in words."""
    title = title_of(resource)
    names = [name for name, _ in resource.statements() if name not in _ELSEWHERE]
    found = facts(resource, [URIRef(name) for name in names], links)
    if place := locator_fact(resource, links):
        found.append(place)
    return ResourcePage(
        frame=frame_of(resource, title, _crumbs(resource, title, links), links),
        text=text_of(resource, DCTERMS.description) or text_of(resource, "text"),
        facts=tuple(found),
        not_stated=listed(not_stated(resource)),
    )


def _crumbs(resource: Resource, title: Text, links: Links) -> tuple[Crumb, ...]:
    """Return the way down from the framework whose graph describes the resource."""
    name = resource.graph_name
    inside = name in links.site.held and name != resource.iri
    return crumbs_of([links.site.graph.resource(name)] if inside else [], title, links)
