"""The page of everything else: levels, scales, codes, sources, organisations, laws, data sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS
from rdflib.term import Node

from competency.graph import Resource
from competency.graph.alignments import RELATIONS
from competency.graph.sssom.status import Status
from competency.ontology import COMP, expand
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.alignment import status_of
from competency.server.pages.alignments import in_words
from competency.server.pages.frame import Crumb, Frame, crumbs_of, frame_of
from competency.server.pages.locators import locator_fact
from competency.server.pages.values import Fact, Text, fact, not_stated, text_of, title_of
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

_MAPPINGS = expand("sssom:mappings")


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
    found = list(_facts(resource, names, links))
    if place := locator_fact(resource, links):
        found.append(place)
    return ResourcePage(
        frame=frame_of(resource, title, _crumbs(resource, title, links), links),
        text=text_of(resource, DCTERMS.description) or text_of(resource, "text"),
        facts=tuple(found),
        not_stated=listed(not_stated(resource)),
    )


def _facts(resource: Resource, names: Iterable[str], links: Links) -> Iterator[Fact]:
    """Yield the properties; a set of alignments says what each of its rows says."""
    for name in names:
        found = fact(resource, URIRef(name), links)
        if found and name == _MAPPINGS:
            pairs = zip(found.values, resource.values(URIRef(name)), strict=True)
            rows = tuple(replace(value, note=_relation(node, links)) for value, node in pairs)
            yield replace(found, values=rows)
        elif found:
            yield found


def _relation(node: Node, links: Links) -> str:
    """Return what an alignment, a suggestion or a refusal says of its ends, in words."""
    if str(node) not in links.site.held:
        return ""
    row = links.site.graph.resource(str(node))
    predicate = str(row.value(OWL.annotatedProperty) or "")
    if predicate not in RELATIONS:
        return ""
    words = {Status.refused: _("is not"), Status.to_review: _("may be")}
    return f"{words.get(status_of(row), _('is'))} {in_words(predicate)}"


def _crumbs(resource: Resource, title: Text, links: Links) -> tuple[Crumb, ...]:
    """Return the way down from the framework whose graph describes the resource."""
    name = resource.graph_name
    inside = name in links.site.held and name != resource.iri
    return crumbs_of([links.site.graph.resource(name)] if inside else [], title, links)
