"""What every page about a thing has: its title, place, addresses and all its statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import current_app, url_for
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.formats import SSSOM
from competency.graph import Framework, Item, Part, Resource
from competency.ontology import COMP, expand, shorten
from competency.server.languages import gettext as _
from competency.server.languages import interface
from competency.server.links import Download, Links
from competency.server.pages.values import (
    Fact,
    Text,
    Value,
    inner,
    kind_of,
    property_label,
    text_of,
    title_of,
    value_of,
)
from competency.server.pages.words import cut
from competency.server.profiles import ALTERNATES, OWN

HEADING_LENGTH = 220
_SET = expand("sssom:MappingSet")
# Shown as the tree, or as what assesses a requirement; not again among the referrers.
_ELSEWHERE = {
    str(COMP[name])
    for name in ("partOf", "inFramework", "hasPart", "within", "assesses", "repeats", "rewords")
}


@dataclass(frozen=True)
class Crumb:
    """One step of the way down to a page; a step without an address is the page itself."""

    title: Text
    url: str | None = None


@dataclass(frozen=True)
class Profiled:
    """The data of a thing in another vocabulary than ours."""

    title: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class Frame:
    """The parts that pages about things have in common; ``all_forms`` lists all documents."""

    iri: str
    title: Text
    kind: str
    kind_url: str | None
    crumbs: tuple[Crumb, ...]
    downloads: tuple[Download, ...]
    profiles: tuple[Profiled, ...]
    all_forms: Download
    history: str | None
    statements: tuple[Fact, ...]
    referrers: tuple[Fact, ...]

    @property
    def alternates(self) -> tuple[Download, ...]:
        """Return every form of the data, as the head of the page names them."""
        others = (item for row in self.profiles for item in row.downloads)
        return (*self.downloads, *others, self.all_forms)


def frame_of(resource: Resource, title: Text, crumbs: tuple[Crumb, ...], links: Links) -> Frame:
    """Return the common parts of the page of a resource."""
    return Frame(
        iri=resource.iri,
        title=title,
        kind=kind_of(resource),
        kind_url=links.to(resource.kind) if resource.kind else None,
        crumbs=crumbs,
        downloads=(*links.downloads(resource.iri), *_table(resource)),
        profiles=_profiles(resource.iri, links),
        all_forms=links.alternates(resource.iri),
        history=_history(resource.iri, links),
        statements=statements_of(resource, links),
        referrers=referrers_of(resource, links),
    )


def _table(resource: Resource) -> Iterator[Download]:
    """Yield the table of a set of alignments, which people can edit."""
    if _SET in resource.types and "exports.export" in current_app.view_functions:
        address = url_for("exports.export", name=SSSOM.name, iri=resource.iri, lang=None)
        yield Download(address, SSSOM.title, SSSOM.media_type)


def _history(iri: str, links: Links) -> str | None:
    """Return the address of the versions of a thing, or None where there are no editions."""
    return url_for("versions.history", iri=iri) if links.site.edition_name else None


def _profiles(iri: str, links: Links) -> tuple[Profiled, ...]:
    """Return the data of a thing in every vocabulary but ours, as it can be had."""
    return tuple(
        Profiled(profile.title, tuple(links.downloads(iri, profile)))
        for profile in links.site.profiles(iri)
        if profile is not OWN and profile is not ALTERNATES
    )


def parent_of(part: Part, links: Links) -> Item | None:
    """Return what stands directly above a part, or None where that is not held."""
    iri = str(part.value("partOf"))
    found = links.site.graph.resource(iri) if iri in links.site.held else None
    return found if isinstance(found, Item) else None


def above_of(part: Part, links: Links) -> list[Item]:
    """Return what stands above a part, the framework first; broken trees and circles end it."""
    chain: list[Item] = []
    above = parent_of(part, links)
    while above is not None and above not in [part, *chain]:
        chain.insert(0, above)
        above = parent_of(above, links) if isinstance(above, Part) else None
    framework = framework_of(part, links)
    return chain if framework is None or framework in chain else [framework, *chain]


def framework_of(part: Part, links: Links) -> Framework | None:
    """Return the framework of a part, or None where it is not held."""
    iri = str(part.value("inFramework"))
    found = links.site.graph.resource(iri) if iri in links.site.held else None
    return found if isinstance(found, Framework) else None


def heading_of(part: Part, links: Links) -> Text:
    """Return what stands at the top of a page: a title, a short text, or the kind and its place."""
    title, parent = title_of(part), parent_of(part, links)
    if text_of(part, "text") != title or len(title.value) <= HEADING_LENGTH or parent is None:
        return title
    number = part.value("enumeration") or part.value("position") or ""
    above = cut(title_of(parent).value, 60)
    words = _("%(kind)s %(number)s of %(title)s", kind=kind_of(part), number=number, title=above)
    return Text(words[0].upper() + words[1:], interface())


def crumbs_of(above: Sequence[Resource], here: Text, links: Links) -> tuple[Crumb, ...]:
    """Return the way down through ``above`` to the page of a thing."""
    steps = [Crumb(_short(title_of(item)), links.page(item.iri)) for item in above]
    return (*steps, Crumb(_short(here)))


def statements_of(resource: Resource, links: Links) -> tuple[Fact, ...]:
    """Return every statement about a resource, terms as they are written in Turtle."""
    return tuple(
        Fact(
            shorten(name),
            tuple(_as_written(node, resource, links) for node in nodes),
            links.to(name),
        )
        for name, nodes in resource.statements()
    )


def referrers_of(resource: Resource, links: Links) -> tuple[Fact, ...]:
    """Return what points at a resource, by property; the tree itself is shown elsewhere."""
    graph = links.site.graph.named_graph(resource.graph_name)
    found: dict[str, set[str]] = defaultdict(set)
    for name, subject in graph.pointing_at(resource.iri, but=_ELSEWHERE):
        if str(subject) in links.site.held:
            found[name].add(str(subject))
    vocabulary = links.site.graph.vocabulary
    return tuple(
        Fact(
            property_label(vocabulary, name),
            tuple(value_of(URIRef(iri), links, resource) for iri in sorted(found[name])),
            links.to(name),
        )
        for name in sorted(found)
    )


def _as_written(node: Node, near: Resource, links: Links) -> Value:
    """Return a term as Turtle would name it, with its language or datatype as the remark."""
    if isinstance(node, Literal):
        datatype = shorten(str(node.datatype)) if node.datatype else ""
        return Value(Text(str(node), node.language or ""), note=node.language or datatype)
    if isinstance(node, BNode):
        return Value(Text(_("without an IRI"), interface()), inside=inner(node, links, near))
    return Value(Text(shorten(str(node))), links.to(str(node)))


def _short(title: Text) -> Text:
    return Text(cut(title.value, 60), title.lang)
