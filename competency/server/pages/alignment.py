"""The page of one alignment: both statements beside each other, why, and how sure."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from competency.graph import Item, Resource
from competency.graph.alignments import Alignment, alignment_in, framework_of
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.alignments import (
    comment_of,
    found_by,
    relation_of,
    sureness_of,
)
from competency.server.pages.compare import PartView, part_view, sort_of
from competency.server.pages.frame import Frame, crumbs_of, frame_of
from competency.server.pages.values import Fact, Text, Value, title_of
from competency.server.pages.words import cut, dated

_SHORT = 27  # signs of each end in the title, which has to fit into a step of the way down


@dataclass(frozen=True)
class EndView:
    """One end: the part, where it is held, and its framework."""

    iri: str
    part: PartView | None
    framework: Text | None
    framework_url: str | None


@dataclass(frozen=True)
class AlignmentPage:
    """One alignment as its page shows it."""

    frame: Frame
    left: EndView
    right: EndView
    relation: str
    sort: str
    comment: Text | None
    facts: tuple[Fact, ...]
    comparison: str | None


def alignment_page(resource: Resource, links: Links) -> AlignmentPage | None:
    """Return what the page of an alignment shows, or None where the data are too broken for it."""
    item = alignment_in(links.site.graph, resource)
    if item is None:
        return None
    left, right = _end(item.subject, links), _end(item.object, links)
    title = Text(" \u2013 ".join(cut(_name(end), _SHORT) for end in (left, right)))
    name = resource.graph_name
    above = [links.site.graph.resource(name)] if name in links.site.held else []
    return AlignmentPage(
        frame=frame_of(resource, title, crumbs_of(above, title, links), links),
        left=left,
        right=right,
        relation=relation_of(item),
        sort=sort_of(item),
        comment=comment_of(item),
        facts=tuple(_facts(item)),
        comparison=_comparison(item, links),
    )


def _name(end: EndView) -> str:
    return end.part.title.value if end.part else end.iri


def _end(iri: str, links: Links) -> EndView:
    graph = links.site.graph
    found = graph.resource(iri) if iri in links.site.held else None
    name = framework_of(graph, iri) if found else None
    framework = graph.resource(name) if name and name in links.site.held else None
    return EndView(
        iri=iri,
        part=part_view(found, links) if isinstance(found, Item) else None,
        framework=title_of(framework) if framework else None,
        framework_url=links.page(framework.iri) if framework else None,
    )


def _facts(item: Alignment) -> list[Fact]:
    rows = (
        (_("how sure"), sureness_of(item)),
        (_("found"), found_by(item)),
        (_("by whom"), item.author),
        (_("when"), dated(item.date) or str(item.date) if item.date is not None else ""),
    )
    return [Fact(label, (Value(Text(value)),)) for label, value in rows if value]


def _comparison(item: Alignment, links: Links) -> str | None:
    left, right = (framework_of(links.site.graph, end) for end in (item.subject, item.object))
    if left is None or right is None or left == right:
        return None
    return url_for("compare.index", left=left, right=right)
