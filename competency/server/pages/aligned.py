"""The other frameworks that one is aligned with: how many matches, and how much each covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from competency.graph import Part, Summary
from competency.graph.comparison import asking_among
from competency.server.aligned import Covered
from competency.server.links import Links
from competency.server.pages.alignments import REVIEW
from competency.server.pages.choosing import choices
from competency.server.pages.crosswalk import MOST_FRAMEWORKS, MOST_PARTS, State
from competency.server.pages.values import Text


@dataclass(frozen=True)
class AlignedView:
    """Another framework: ``of_this`` is how much it covers here, ``of_it`` how much is covered.

    Both are None where counting would take too long; the comparison counts them.
    """

    title: Text
    url: str
    comparison: str
    matches: int
    opposites: int
    of_this: Covered | None
    of_it: Covered | None


@dataclass(frozen=True)
class Aligned:
    """Which other frameworks one is aligned with, and the ways to see them together."""

    others: tuple[AlignedView, ...]
    crosswalk: str | None
    review: str | None


def aligned_with(iri: str, parts: Sequence[Part], links: Links) -> Aligned:
    """Return the other frameworks that one is aligned with, those with most matches first.

    ``parts`` are all those of the framework.
    """
    site = links.site
    found = site.aligned_to(iri)
    names = sorted(found, key=lambda name: (-found[name][0], -found[name][1], name))
    shown = {item.iri: item for item in site.summaries if item.iri == iri or item.iri in found}
    near = _together(iri, names, shown)
    titles = {item.iri: item.title for item in choices([shown[n] for n in shown if n in found])}
    has_review = REVIEW in current_app.view_functions
    covered: dict[str, tuple[Covered, Covered]] = {}
    if near and not site.graph.elsewhere:
        asking = asking_among(parts)
        covered = {name: site.covered(iri, name, asking) for name in near}
    return Aligned(
        others=tuple(
            _view(iri, name, titles.get(name, Text(name)), found[name], covered.get(name), links)
            for name in names
        ),
        crosswalk=State(tuple(sorted([iri, *near])), iri).address() if near else None,
        review=url_for(REVIEW, left=iri) if has_review else None,
    )


def _together(iri: str, names: Sequence[str], shown: Mapping[str, Summary]) -> list[str]:
    """Return those of other frameworks, the first ones first, that fit into one table with it."""
    sizes = {name: sum(item.kinds.values()) for name, item in shown.items()}
    total, found = sizes.get(iri, 0), []
    for name in names[: MOST_FRAMEWORKS - 1]:
        if total + sizes.get(name, 0) <= MOST_PARTS:
            total += sizes.get(name, 0)
            found.append(name)
    return found


def _view(
    iri: str,
    other: str,
    title: Text,
    counts: tuple[int, int],
    covered: tuple[Covered, Covered] | None,
    links: Links,
) -> AlignedView:
    of_this, of_it = covered or (None, None)
    return AlignedView(
        title=title,
        url=links.page(other),
        comparison=url_for("compare.index", left=iri, right=other),
        matches=counts[0],
        opposites=counts[1],
        of_this=of_this,
        of_it=of_it,
    )
