"""Alignments for people: the relation in words, the other side, why and how sure."""

from __future__ import annotations

from dataclasses import dataclass

from competency.graph import Resource
from competency.graph.alignments import OPPOSITE, Alignment, framework_of
from competency.ontology import COMP, PREFIXES, shorten
from competency.server.languages import N_, wanted
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.values import Text, kind_of, text_of, title_of
from competency.server.tags import best

REVIEW = "align.index"  # the route of suggestions to review
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
_SORTS = {
    "exactMatch": "exact",
    "closeMatch": "close",
    "broadMatch": "nested",
    "narrowMatch": "nested",
    "relatedMatch": "related",
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
    """One alignment: the relation in words and as a class, the other side, and why.

    ``about_url`` leads to the page of the alignment itself. A side that is not held has an address
    only where it is on the web.
    """

    relation: str
    sort: str
    url: str | None
    title: Text
    kind: str
    held: bool
    sureness: str
    comment: Text | None
    about_url: str | None


def relation_of(item: Alignment) -> str:
    """Return what the subject is to the object, in words."""
    return in_words(item.predicate)


def in_words(predicate: str) -> str:
    """Return a relation in words, to stand after "is".

    >>> in_words(OPPOSITE)
    'the opposite of'
    """
    return _(_RELATIONS[predicate])


def sort_of(item: Alignment) -> str:
    """Return the class of an alignment: its relation in one word."""
    return sort_in_word(item.predicate)


def sort_in_word(predicate: str) -> str:
    """Return the class of a relation.

    >>> sort_in_word(OPPOSITE)
    'opposite'
    """
    return _SORTS.get(predicate.rpartition("#")[2], "opposite")


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


def alignment_view(item: Alignment, links: Links) -> AlignmentView:
    """Return an alignment as the page of its subject shows it."""
    held = item.object in links.site.held
    other = links.site.graph.resource(item.object) if held else None
    return AlignmentView(
        relation=relation_of(item),
        sort=sort_of(item),
        url=links.to(item.object),
        title=said_by(other) if other else Text(item.object),
        kind=kind_of(other) if other else "",
        held=held,
        sureness=sureness_of(item),
        comment=comment_of(item),
        about_url=links.page(item.iri) if item.iri and item.iri in links.site.held else None,
    )


def framework_at(iri: str, links: Links) -> Resource | None:
    """Return the framework that a part is in, or None where it is not held."""
    name = framework_of(links.site.graph, iri)
    return links.site.graph.resource(name) if name and name in links.site.held else None
