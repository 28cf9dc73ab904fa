"""The page of one alignment: both statements beside each other, why, and how sure.

A suggestion that nobody has decided and one that was refused have such a page too; it says first
that they are no alignments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from rdflib import Literal, URIRef
from rdflib.namespace import OWL
from rdflib.term import Node

from competency.formats import SSSOM
from competency.graph import Item, Resource
from competency.graph.alignments import RELATIONS, Alignment, framework_of
from competency.graph.sssom.slots import SLOTS
from competency.graph.sssom.status import REVIEW_STATUS, Status
from competency.ontology import COMP
from competency.server.languages import N_
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.alignments import (
    comment_of,
    found_by,
    relation_of,
    sort_of,
    sureness_of,
)
from competency.server.pages.compare import PartView, part_view
from competency.server.pages.frame import Frame, crumbs_of, frame_of
from competency.server.pages.values import Fact, Text, Value, title_of, value_of
from competency.server.pages.words import cut

_SHORT = 27  # signs of each end in the title, which has to fit into a step of the way down
# What SSSOM can say beside the relation, the reason and the sureness, in the order of the page.
_SLOTS = (
    ("author_label", N_("by whom")),
    ("author_id", N_("by whom")),
    ("creator_label", N_("recorded by")),
    ("creator_id", N_("recorded by")),
    ("mapping_date", N_("when")),
    ("reviewer_label", N_("reviewed by")),
    ("reviewer_id", N_("reviewed by")),
    ("review_date", N_("reviewed")),
    ("similarity_score", N_("likeness")),
    ("similarity_measure", N_("likeness measured by")),
    ("match_string", N_("words in common")),
    ("mapping_tool_id", N_("tool")),
    ("mapping_source", N_("taken from")),
    ("mapping_provider", N_("provided by")),
    ("curation_rule", N_("by the rule")),
    ("curation_rule_text", N_("by the rule")),
    ("see_also", N_("see also")),
    ("issue_tracker_item", N_("discussed at")),
    ("license", N_("licence")),
    ("publication_date", N_("published")),
)


@dataclass(frozen=True)
class EndView:
    """One end: the part, where it is held, and its framework; else its IRI and what it was called.

    ``url`` leads to an end that is not held, where it is on the web.
    """

    iri: str
    part: PartView | None
    framework: Text | None
    framework_url: str | None
    url: str | None = None
    label: str = ""


@dataclass(frozen=True)
class AlignmentPage:
    """One alignment as its page shows it, or with another status what is none."""

    frame: Frame
    left: EndView
    right: EndView
    relation: str
    sort: str
    status: Status
    comment: Text | None
    facts: tuple[Fact, ...]
    comparison: str | None
    table: str | None


def alignment_page(resource: Resource, links: Links) -> AlignmentPage | None:
    """Return what the page of an alignment shows, or None where the data are too broken for it."""
    item = _item(resource)
    if item is None:
        return None
    left = _end(item.subject, _text(resource, "subject_label"), links)
    right = _end(item.object, _text(resource, "object_label"), links)
    title = Text(" \u2013 ".join(cut(_name(end), _SHORT) for end in (left, right)))
    name = resource.graph_name
    above = [links.site.graph.resource(name)] if name in links.site.held else []
    status = status_of(resource)
    return AlignmentPage(
        frame=frame_of(resource, title, crumbs_of(above, title, links), links),
        left=left,
        right=right,
        relation=relation_of(item),
        sort=sort_of(item),
        status=status,
        comment=comment_of(item),
        facts=tuple(_facts(resource, item, links)),
        comparison=_between(item, "compare.index", links),
        table=_table(item, links) if status is Status.accepted else None,
    )


def is_about_a_pair(resource: Resource) -> bool:
    """Say whether a node says something of two things: an alignment, a suggestion or a refusal."""
    return resource.value(OWL.annotatedSource) is not None


def status_of(resource: Resource) -> Status:
    """Return what became of a pair: only what is accepted is an alignment."""
    said = str(resource.value(URIRef(REVIEW_STATUS)) or "")
    denied = resource.value(URIRef(SLOTS["predicate_modifier"].property)) is not None
    if denied or said == Status.refused or str(COMP.RefusedAlignment) in resource.types:
        return Status.refused
    waiting = said == Status.to_review or str(COMP.SuggestedAlignment) in resource.types
    return Status.to_review if waiting else Status.accepted


def _item(resource: Resource) -> Alignment | None:
    """Return what a node says of two things, whatever its status."""
    ends = (
        next((str(node) for node in resource.values(name) if isinstance(node, URIRef)), "")
        for name in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
    )
    source, predicate, target = ends
    if not source or not target or predicate not in RELATIONS:
        return None
    sure = _text(resource, "confidence")
    return Alignment(
        subject=source,
        predicate=predicate,
        object=target,
        iri=resource.iri,
        justification=_text(resource, "mapping_justification") or None,
        confidence=_number(sure),
        comments=tuple(node for node in _values(resource, "comment") if isinstance(node, Literal)),
    )


def _values(resource: Resource, slot: str) -> list[Node]:
    return resource.values(URIRef(SLOTS[slot].property))


def _text(resource: Resource, slot: str) -> str:
    return str(next(iter(_values(resource, slot)), ""))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def _name(end: EndView) -> str:
    return end.part.title.value if end.part else end.label or end.iri


def _end(iri: str, label: str, links: Links) -> EndView:
    graph = links.site.graph
    found = graph.resource(iri) if iri in links.site.held else None
    name = framework_of(graph, iri) if found else None
    framework = graph.resource(name) if name and name in links.site.held else None
    return EndView(
        iri=iri,
        part=part_view(found, links) if isinstance(found, Item) else None,
        framework=title_of(framework) if framework else None,
        framework_url=links.page(framework.iri) if framework else None,
        url=links.to(iri),
        label=label,
    )


def _facts(resource: Resource, item: Alignment, links: Links) -> Iterator[Fact]:
    """Yield what is said of an alignment, the most wanted first."""
    for label, text in ((_("how sure"), sureness_of(item)), (_("found"), found_by(item))):
        if text:
            yield Fact(label, (Value(Text(text)),))
    for label, values in _slots(resource, links).items():
        yield Fact(label, tuple(values))
    if tool := _text(resource, "mapping_tool"):
        version = _text(resource, "mapping_tool_version")
        yield Fact(_("tool"), (Value(Text(f"{tool} {version}".rstrip())),))


def _slots(resource: Resource, links: Links) -> dict[str, list[Value]]:
    """Return the values of the other slots by their labels; some share one."""
    found: dict[str, list[Value]] = {}
    for slot, label in _SLOTS:
        for node in _values(resource, slot):
            found.setdefault(_(label), []).append(value_of(node, links, resource))
    return found


def _table(item: Alignment, links: Links) -> str | None:
    return _between(item, "compare.data", links, suffix=SSSOM.suffixes[0][1:])


def _between(item: Alignment, endpoint: str, links: Links, **more: Any) -> str | None:
    """Return an address of what lies between the frameworks of both ends, where both are held."""
    left, right = (framework_of(links.site.graph, end) for end in (item.subject, item.object))
    if left is None or right is None or left == right:
        return None
    return url_for(endpoint, left=left, right=right, **more)
