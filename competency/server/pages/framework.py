"""The page of a framework: what it is, what the document does not say, and its whole tree."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib.namespace import DCTERMS

from competency.graph import Framework
from competency.ontology import COMP
from competency.server.links import Links
from competency.server.pages.frame import Crumb, Frame, frame_of
from competency.server.pages.locators import locator_fact
from competency.server.pages.tree import Run, tree_of
from competency.server.pages.values import Fact, Text, facts, not_stated, text_of, title_of
from competency.server.pages.words import counted, listed

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


@dataclass(frozen=True)
class Card:
    """A framework on the home page."""

    url: str
    title: Text
    description: Text | None
    counts: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class FrameworkPage:
    """A framework as its page shows it."""

    frame: Frame
    description: Text | None
    facts: tuple[Fact, ...]
    not_stated: str
    wording: str
    counts: tuple[str, ...]
    tree: tuple[Run, ...]


def framework_page(framework: Framework, links: Links) -> FrameworkPage:
    """Return what the page of a framework shows."""
    title = title_of(framework)
    found = facts(framework, _FACTS, links)
    if place := locator_fact(framework, links):
        found.append(place)
    return FrameworkPage(
        frame=frame_of(framework, title, (Crumb(title),), links),
        description=text_of(framework, DCTERMS.description),
        facts=tuple(found),
        not_stated=listed(not_stated(framework)),
        wording=wording_of(framework),
        counts=tuple(counts_of(framework)),
        tree=tree_of(framework, links),
    )


def card_of(framework: Framework, links: Links) -> Card:
    """Return what the home page shows of a framework."""
    return Card(
        url=links.page(framework.iri),
        title=title_of(framework),
        description=text_of(framework, DCTERMS.description),
        counts=listed(counts_of(framework)),
        facts=tuple(facts(framework, ("extent", "sector", "audience"), links)),
    )


def counts_of(framework: Framework) -> list[str]:
    """Return how many parts there are of each kind, in words, the largest wholes first."""
    label = framework.home.vocabulary.label
    first: dict[str, int] = {}
    for place, part in enumerate(framework.walk()):
        first.setdefault(part.kind or "", place)
    kinds = framework.kinds
    return [counted(label(kind) if kind else "part", kinds[kind]) for kind in first]


def wording_of(framework: Framework) -> str:
    """Return ``all``, ``some`` or an empty text: how many of the statements are reworded."""
    found = [part.value("wording") for part in framework.walk() if part.value("text") is not None]
    reworded = sum(1 for item in found if item == COMP.Reworded)
    return "" if not reworded else "all" if reworded == len(found) else "some"
