"""The page of a framework: what it is, what the document does not say, and its whole tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib.namespace import DCTERMS

from competency.graph import Framework, Part, Summary
from competency.ontology import COMP, Vocabulary
from competency.server.languages import LanguageLink, wanted
from competency.server.links import Links
from competency.server.pages.aligned import Aligned, aligned_with
from competency.server.pages.bar import GROUPS, Segment, bar_of, group_of
from competency.server.pages.content import languages_of
from competency.server.pages.exports import ExportLink, wanted_exports
from competency.server.pages.frame import Crumb, Frame, frame_of
from competency.server.pages.locators import locator_fact
from competency.server.pages.progression import Progression, levelled, progression_of
from competency.server.pages.tree import Run, tree_of
from competency.server.pages.values import Fact, Text, facts, not_stated, text_of, title_of
from competency.server.pages.words import counted, listed
from competency.server.tags import best

_FACTS = (
    "documentType",
    "sector",
    "audience",
    DCTERMS.issued,
    DCTERMS.publisher,
    "namedOrganisation",
    DCTERMS.spatial,
    DCTERMS.license,
    "extent",
    "code",
    "source",
    "labelWording",
    "repair",
    "occurrence",
    "legalReference",
    "doubt",
    DCTERMS.rights,
)
_TEXT, _WORDING, _REWORDED = COMP.text, COMP.wording, str(COMP.Reworded)


@dataclass(frozen=True)
class Card:
    """A framework on the home page: what it is called, and how much of what it holds."""

    url: str
    title: Text
    description: Text | None
    counts: str
    bar: tuple[Segment, ...]
    version: str


@dataclass(frozen=True)
class Views:
    """The addresses of the ways to look at a framework."""

    tree: str
    levels: str
    open: str
    closed: str


@dataclass(frozen=True)
class FrameworkPage:
    """A framework as its page shows it: its tree, or what it says at each level."""

    frame: Frame
    description: Text | None
    facts: tuple[Fact, ...]
    not_stated: str
    wording: str
    counts: tuple[str, ...]
    bar: tuple[Segment, ...]
    tree: tuple[Run, ...]
    has_levels: bool
    progression: Progression | None
    urls: Views
    languages: tuple[LanguageLink, ...]
    exports: tuple[ExportLink, ...]
    aligned: Aligned


def framework_page(
    framework: Framework, links: Links, view: str = "", unfold: str = ""
) -> FrameworkPage:
    """Return what the page of a framework shows: its tree, or with ``view=levels`` its levels.

    ``unfold`` is ``all`` or ``none`` when the reader wants all of the tree open, or none of it.
    """
    framework.read()
    title, parts = title_of(framework), list(framework.walk())
    found = facts(framework, _FACTS, links)
    if place := locator_fact(framework, links):
        found.append(place)
    kinds, levels = Counter(part.kind or "" for part in parts), levelled(parts, links)
    progression = progression_of(levels, links) if view == "levels" else None
    return FrameworkPage(
        frame=frame_of(framework, title, (Crumb(title),), links),
        description=text_of(framework, DCTERMS.description),
        facts=tuple(found),
        not_stated=listed(not_stated(framework)),
        wording=wording_of(parts),
        counts=tuple(counts_of(kinds, links.site.graph.vocabulary)),
        bar=bar_of(kinds),
        tree=() if progression else tree_of(framework, links, unfold),
        has_levels=bool(levels.rows),
        progression=progression,
        urls=_views(framework.iri, links),
        languages=tuple(languages_of(framework)),
        exports=wanted_exports(framework.iri),
        aligned=aligned_with(framework.iri, parts, links),
    )


def _views(iri: str, links: Links) -> Views:
    """Return the addresses of a framework's views, each a state that can be linked to."""
    states: list[dict[str, str]] = [{}, {"view": "levels"}, {"open": "all"}, {"open": "none"}]
    return Views(*(links.page(iri, **state) for state in states))


def card_of(item: Summary, links: Links) -> Card:
    """Return what the home page shows of a framework, from its summary alone."""
    vocabulary = links.site.graph.vocabulary
    order = sorted(item.kinds, key=lambda kind: GROUPS.index(group_of(kind)))
    counts = [
        counted(vocabulary.label(kind) if kind else "part", item.kinds[kind]) for kind in order
    ]
    return Card(
        url=links.page(item.iri),
        title=_in_language(item.titles, item.title) or Text(item.title),
        description=_in_language(item.descriptions, item.description),
        counts=listed(counts),
        bar=bar_of(item.kinds),
        version=item.version or "",
    )


def _in_language(texts: dict[str, str], otherwise: str | None) -> Text | None:
    """Return the text that the reader would choose, or the one that stands for all."""
    tag = best(wanted(), [name for name in texts if name])
    if tag is not None:
        return Text(texts[tag], tag)
    tags = [tag for tag, text in texts.items() if text == otherwise]
    return Text(otherwise, tags[0] if tags else "") if otherwise else None


def counts_of(kinds: Mapping[str, int], vocabulary: Vocabulary) -> list[str]:
    """Return how many parts there are of each kind, in words and in the order given."""
    label = vocabulary.label
    return [counted(label(kind) if kind else "part", kinds[kind]) for kind in kinds]


def wording_of(parts: Iterable[Part]) -> str:
    """Return ``all``, ``some`` or an empty text: how many of the statements are reworded."""
    found = [part.first(_WORDING) for part in parts if part.first(_TEXT) is not None]
    reworded = found.count(_REWORDED)
    return "" if not reworded else "all" if reworded == len(found) else "some"
