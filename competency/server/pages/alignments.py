"""Alignments for people: the relation in words, the other side, why and how sure."""

from __future__ import annotations

from dataclasses import dataclass

from competency.graph import Part, Resource
from competency.graph.alignments import OPPOSITE, Alignment, alignments_of, framework_of
from competency.ontology import COMP, PREFIXES, shorten
from competency.server.languages import N_, wanted
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.values import Text, kind_of, text_of, title_of
from competency.server.tags import best

_SKOS, _SEMAPV = PREFIXES["skos"], PREFIXES["semapv"]
# What a part is to the other: "this is <relation> that".
_RELATIONS = {
    _SKOS + "exactMatch": N_("the same as"),
    _SKOS + "closeMatch": N_("close to"),
    _SKOS + "broadMatch": N_("narrower than"),
    _SKOS + "narrowMatch": N_("broader than"),
    _SKOS + "relatedMatch": N_("related to"),
    OPPOSITE: N_("the opposite of"),
}
_FOUND = {
    _SEMAPV + "ManualMappingCuration": N_("by reading both"),
    _SEMAPV + "MappingReview": N_("by reviewing a suggestion"),
    _SEMAPV + "LexicalMatching": N_("by comparing words"),
    _SEMAPV + "SemanticSimilarityThresholdMatching": N_("by comparing meanings"),
}
_SURE = ((0.75, N_("quite sure")), (0.6, N_("rather sure")), (0, N_("not very sure")))


@dataclass(frozen=True)
class AlignmentView:
    """One alignment: the relation in words, the other side with its kind and framework, and why.

    ``about_url`` leads to the page of the alignment itself; a side that is not held has no
    address and no framework.
    """

    relation: str
    url: str | None
    title: Text
    kind: str
    framework: Text | None
    framework_url: str | None
    sureness: str
    comment: Text | None
    about_url: str | None


def alignments_on(part: Part, links: Links) -> tuple[AlignmentView, ...]:
    """Return the alignments of a part, as its page shows them."""
    found = alignments_of(links.site.graph, part.iri)
    return tuple(_view(item, links) for item in found)


def relation_of(item: Alignment) -> str:
    """Return what the subject is to the object, in words."""
    return _(_RELATIONS[item.predicate])


def sureness_of(item: Alignment) -> str:
    """Return how sure an alignment is, in words and as its number; empty where nobody said."""
    sure = item.confidence
    if sure is None:
        return ""
    words = next(words for least, words in _SURE if sure >= least)
    return _("%(words)s (%(number)s)", words=_(words), number=f"{sure:g}")


def found_by(item: Alignment) -> str:
    """Return how an alignment was found, in words; empty where nobody said."""
    if item.justification is None:
        return ""
    return _(_FOUND.get(item.justification, shorten(item.justification)))


def comment_of(item: Alignment) -> Text | None:
    """Return why, in the language that the reader likes best."""
    tags = {text.language or "": text for text in reversed(item.comments)}
    if not tags:
        return None
    found = tags[best(wanted(), list(tags)) or next(iter(sorted(tags)))]
    return Text(str(found), found.language or "")


def said_by(part: Resource) -> Text:
    """Return what a part says: its title, or its text where the title only names its level."""
    text = text_of(part, "text") if part.kind == str(COMP.CompetencyLevel) else None
    return text or title_of(part)


def _view(item: Alignment, links: Links) -> AlignmentView:
    held = item.object in links.site.held
    other = links.site.graph.resource(item.object) if held else None
    name = framework_of(links.site.graph, item.object) if held else None
    framework = links.site.graph.resource(name) if name in links.site.held and name else None
    return AlignmentView(
        relation=relation_of(item),
        url=links.to(item.object),
        title=said_by(other) if other else Text(item.object),
        kind=kind_of(other) if other else "",
        framework=title_of(framework) if framework else None,
        framework_url=links.page(framework.iri) if framework else None,
        sureness=sureness_of(item),
        comment=comment_of(item),
        about_url=links.page(item.iri) if item.iri in links.site.held and item.iri else None,
    )
