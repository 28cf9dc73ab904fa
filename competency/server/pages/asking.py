"""Who else asks for this: the parts of other frameworks that a part is aligned with.

First what is stated, by framework; then what only follows from chains of alignments, each with its
way in words, so that nobody takes it for what somebody has said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, url_for

from competency.graph import Part, Resource
from competency.graph.alignments import Alignment
from competency.graph.closure import LONGEST, Chain
from competency.graph.comparison import asks
from competency.server.languages import ngettext
from competency.server.links import Links
from competency.server.pages.alignments import (
    REVIEW,
    AlignmentView,
    alignment_view,
    framework_at,
    in_words,
    said_by,
    sort_in_word,
)
from competency.server.pages.frame import framework_of
from competency.server.pages.values import Text, kind_of, title_of

MOST_STATED, MOST_CONCLUDED = 200, 40


@dataclass(frozen=True)
class Asker:
    """A framework, and what in it is aligned with the part; no name where it is not held here.

    ``comparison`` is the address of the comparison with the framework of the part.
    """

    iri: str
    framework: Text | None
    url: str | None
    comparison: str | None
    alignments: tuple[AlignmentView, ...]


@dataclass(frozen=True)
class Step:
    """One step of a chain: the relation, the part it leads to, and the framework of that."""

    relation: str
    sort: str
    title: Text
    url: str | None
    framework: Text | None


@dataclass(frozen=True)
class Reach:
    """What follows from a chain: the relation, where it ends, and its steps."""

    relation: str
    sort: str
    title: Text
    url: str | None
    kind: str
    framework: Text | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Asking:
    """Who else asks for what a part asks; ``review`` leads to suggestions where nobody does.

    ``crosswalk`` leads to where chains are followed, where the page of a part does not do it.
    """

    summary: str
    askers: tuple[Asker, ...]
    reached: tuple[Reach, ...]
    more: int
    whole: bool
    review: str | None
    crosswalk: str | None

    def __bool__(self) -> bool:
        """Say whether there is anything to show."""
        return bool(self.askers or self.reached or self.review)


def asking_for(part: Part, links: Links) -> Asking:
    """Return who else asks for what a part asks."""
    stated, found = links.site.aligned_with(part.iri), links.site.reached(part.iri)
    own = framework_of(part, links)
    askers = _askers(stated[:MOST_STATED], own, links)
    concluded = [chain for chain in found.chains if chain.length > 1]
    shown = tuple(_reach(chain, links) for chain in concluded[:MOST_CONCLUDED])
    asking = {item.iri for item in askers if item.comparison and _matched(item)}
    return Asking(
        summary=_summary(len(asking), len(_homes(concluded, links) - asking)),
        askers=tuple(askers),
        reached=shown,
        more=max(0, len(stated) - MOST_STATED) + len(concluded) - len(shown),
        whole=found.whole,
        review=None if askers or shown else _review(part, own),
        crosswalk=_crosswalk(own, links) if askers else None,
    )


def _matched(item: Asker) -> bool:
    return any(row.sort != "opposite" for row in item.alignments)


def _review(part: Part, own: Resource | None) -> str | None:
    """Return where alignments are suggested for the framework of a part that has none."""
    if own is None or REVIEW not in current_app.view_functions or not asks(part):
        return None
    return url_for(REVIEW, left=own.iri)


def _crosswalk(own: Resource | None, links: Links) -> str | None:
    """Return where the chains of a framework are shown, if a page of a part follows none.

    Where the data are in another engine each step of a chain would be a question to it, and a
    crosswalk asks one question about all.
    """
    if own is None or not links.site.graph.elsewhere:
        return None
    return url_for("crosswalk.index", framework=own.iri, chains=LONGEST)


def _askers(found: Iterable[Alignment], own: Resource | None, links: Links) -> list[Asker]:
    """Return alignments by the framework they lead to, in their order; not held ones last."""
    rows: dict[str, list[AlignmentView]] = {}
    homes: dict[str, Resource] = {}
    for item in found:
        home = framework_at(item.object, links)
        name = home.iri if home else ""
        if home:
            homes[name] = home
        rows.setdefault(name, []).append(alignment_view(item, links))
    return [
        _asker(homes.get(name), own, rows[name], links)
        for name in sorted(rows, key=lambda n: not n)
    ]


def _asker(
    home: Resource | None, own: Resource | None, rows: list[AlignmentView], links: Links
) -> Asker:
    if home is None:
        return Asker("", None, None, None, tuple(rows))
    address = None
    if own is not None and own.iri != home.iri:
        address = url_for("compare.index", left=own.iri, right=home.iri)
    return Asker(home.iri, title_of(home), links.page(home.iri), address, tuple(rows))


def _homes(chains: Iterable[Chain], links: Links) -> set[str]:
    """Return the frameworks that chains end in, opposites aside."""
    ends = (framework_at(item.object, links) for item in chains if not item.is_opposite)
    return {home.iri for home in ends if home}


def _summary(asking: int, further: int) -> str:
    """Say in how many other frameworks something like it is asked for, opposites aside."""
    sentences = []
    if asking:
        text = ngettext(
            "%(num)s other framework asks for something like it.",
            "%(num)s other frameworks ask for something like it.",
            asking,
        )
        sentences.append(text)
    if further:
        text = ngettext(
            "%(num)s more is reached only through others.",
            "%(num)s more are reached only through others.",
            further,
        )
        sentences.append(text)
    return " ".join(sentences)


def _reach(chain: Chain, links: Links) -> Reach:
    steps = steps_of(chain, links)
    last = steps[-1]
    kind = kind_of(links.site.graph.resource(chain.object)) if _held(chain.object, links) else ""
    return Reach(
        relation=in_words(chain.relation),
        sort=sort_in_word(chain.relation),
        title=last.title,
        url=last.url,
        kind=kind,
        framework=last.framework,
        steps=steps,
    )


def steps_of(chain: Chain, links: Links) -> tuple[Step, ...]:
    """Return the way that a chain goes, step by step."""
    return tuple(_step(item, links) for item in chain.steps)


def _step(item: Alignment, links: Links) -> Step:
    other = links.site.graph.resource(item.object) if _held(item.object, links) else None
    home = framework_at(item.object, links) if other else None
    return Step(
        relation=in_words(item.predicate),
        sort=sort_in_word(item.predicate),
        title=said_by(other) if other else Text(item.object),
        url=links.to(item.object),
        framework=title_of(home) if home else None,
    )


def _held(iri: str, links: Links) -> bool:
    return iri in links.site.held
