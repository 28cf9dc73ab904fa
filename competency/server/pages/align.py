"""Suggestions as their page shows them: both texts side by side, why they are alike, choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from competency.align import Reason, Statement, Suggestion
from competency.graph import Framework, Part
from competency.graph.alignments import Alignment
from competency.ontology import shorten
from competency.server.aligning import Queue, Wanted, grades_of
from competency.server.languages import N_
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.alignments import relation_of
from competency.server.pages.frame import above_of
from competency.server.pages.highlighting import Piece, pieces
from competency.server.pages.locators import locator_of
from competency.server.pages.tree import level_of, sign_of
from competency.server.pages.values import Text, kind_of, title_of
from competency.server.pages.words import cut
from competency.server.tags import direction

PER_PAGE = 50
_STEP = 60  # signs of a title on the way to a part
# Where lists that people read were judged, few pairs were more alike than the first of these.
_LIKENESS = (
    (0.99, N_("the same words")),
    (0.45, N_("much alike")),
    (0.3, N_("alike")),
    (0.15, N_("somewhat alike")),
    (0.0, N_("little alike")),
)
_REASONS: Mapping[Reason, str] = {
    Reason.EQUAL: N_("the same text and the same kind"),
    Reason.SHARED: N_("two content words or more are shared"),
    Reason.FEW: N_("fewer than two content words are shared"),
    Reason.KNOWLEDGE: N_("one asks for knowledge, the other does not"),
    Reason.OPPOSITE: N_("one is an unhelpful behaviour, the other is not"),
    Reason.DENIAL: N_("only one of them denies something: read both with care"),
    Reason.LANGUAGES: N_("they are in different languages"),
    Reason.MEANING: N_("a language model finds their meanings near"),
}
SURE = (
    ("1", N_("certain")),
    ("0.8", N_("quite sure")),
    ("0.65", N_("rather sure")),
    ("0.4", N_("not very sure")),
)


@dataclass(frozen=True)
class EndView:
    """One of two parts: its text in pieces, where it leads, and where it stands."""

    pieces: tuple[Piece, ...]
    lang: str
    direction: str
    url: str
    steps: tuple[Text, ...]
    code: str
    section: str
    kind: str
    level: Text | None
    sign: str


@dataclass(frozen=True)
class Grade:
    """A relation that may be chosen: its name in data and in words, and whether it is suggested."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class SharedView:
    """A word that both texts have, as each has it."""

    left: str
    right: str
    synonym: bool
    near: bool = False


@dataclass(frozen=True)
class RowView:
    """One suggestion; ``verdict`` and what follows are what somebody chose already."""

    id: str
    number: int
    subject: str
    object: str
    left: EndView
    right: EndView
    lang: str
    likeness: str
    score: str
    shared: tuple[SharedView, ...]
    reasons: tuple[str, ...]
    grades: tuple[Grade, ...]


@dataclass(frozen=True)
class SideView:
    """One of the two frameworks."""

    iri: str
    title: Text
    url: str


@dataclass(frozen=True)
class AlignPage:
    """Everything that the page of suggestions shows.

    ``start`` is the place of the first row in the queue; ``ids`` names all of the queue.
    """

    left: SideView
    right: SideView
    rows: tuple[RowView, ...]
    ids: tuple[str, ...]
    start: int
    total: int
    outside: int
    wanted: Wanted
    compared: str
    turned: str

    @property
    def told(self) -> int:
        """Return how many suggestions the queue has."""
        return len(self.ids)


def align_page(queue: Queue, wanted: Wanted, start: int, links: Links) -> AlignPage:
    """Return what the page shows of a queue, from a place in it on."""
    shown = list(enumerate(queue.suggestions))[start : start + PER_PAGE]
    left, right = _side(queue.left, links), _side(queue.right, links)
    ids = queue.ids
    other_way = options_of(wanted) | {"left": right.iri, "right": left.iri}
    return AlignPage(
        left=left,
        right=right,
        rows=tuple(_row(item, ids[place], place + 1, links) for place, item in shown),
        ids=tuple(ids),
        start=start,
        total=queue.total,
        outside=queue.outside,
        wanted=wanted,
        compared=url_for("compare.index", left=left.iri, right=right.iri),
        turned=url_for("align.index", **other_way),
    )


def options_of(wanted: Wanted) -> dict[str, Any]:
    """Return what is asked as the fields of an address, without what goes without saying."""
    found: dict[str, Any] = {"left": wanted.left, "right": wanted.right}
    found |= {"per_part": str(wanted.per_part)} if wanted.per_part != Wanted.per_part else {}
    return found | ({"contrasts": "1"} if wanted.contrasts else {})


def likeness_of(score: float) -> str:
    """Return how alike two texts are, in words.

    >>> likeness_of(0.31), likeness_of(1.0)
    ('alike', 'the same words')
    """
    return _(next(words for least, words in _LIKENESS if score >= least))


def _row(item: Suggestion, name: str, number: int, links: Links) -> RowView:
    return RowView(
        id=name,
        number=number,
        subject=item.subject,
        object=item.object,
        left=_end(item, item.left, links),
        right=_end(item, item.right, links),
        lang=item.left.language,
        likeness=likeness_of(item.score),
        score=f"{item.score:.2f}",
        shared=tuple(
            SharedView(word.left, word.right, word.synonym, word.is_near) for word in item.shared
        ),
        reasons=tuple(_(_REASONS[reason]) for reason in item.reasons),
        grades=tuple(_grade(item, predicate) for predicate in grades_of(item)),
    )


def _grade(item: Suggestion, predicate: str) -> Grade:
    words = relation_of(Alignment(item.subject, predicate, item.object))
    return Grade(shorten(predicate), words, predicate == item.predicate)


def _end(item: Suggestion, end: Statement, links: Links) -> EndView:
    part = links.site.graph.resource(end.iri)
    above = above_of(part, links) if isinstance(part, Part) else []
    return EndView(
        pieces=pieces(end.text, item.shared, is_left=end is item.left),
        lang=end.language,
        direction=direction(end.language),
        url=links.page(end.iri),
        steps=tuple(_short(title_of(step)) for step in above[1:]),
        code=end.code or "",
        section=locator_of(part),
        kind=kind_of(part),
        level=level_of(part, links),
        sign=sign_of(part) if isinstance(part, Part) else "",
    )


def _side(framework: Framework, links: Links) -> SideView:
    return SideView(framework.iri, title_of(framework), links.page(framework.iri))


def _short(title: Text) -> Text:
    return Text(cut(title.value, _STEP), title.lang)
