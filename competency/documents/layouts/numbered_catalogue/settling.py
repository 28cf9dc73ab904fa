"""What can be settled only when the competencies around are read: where fragments belong."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from competency.documents.layouts.numbered_catalogue.blocks import NAME, NUMBER, TEXT, Block, Item
from competency.documents.layouts.numbered_catalogue.column import width
from competency.documents.layouts.numbered_catalogue.words import Row, Word, Words, word_set

PENDING_DOUBT = (
    "A fragment of a name stands between two competencies; to which it belongs is a guess."
)
_ARTICLES = word_set("the a an its their our your")


def settle(items: Sequence[Item]) -> None:
    """Settle fragments between competencies, then connecting words between name and text."""
    allot(items)
    blocks = [item for item in items if isinstance(item, Block)]
    full = max((width(words) for block in blocks for words in block.fragments()), default=0.0)
    for block in blocks:
        if block.unsure:
            places = {
                words[0].line: place
                for place, (kind, words) in enumerate(block.runs)
                if kind == NAME
            }
            for line in block.unsure:
                if line in places:
                    _settle_joint(block, places[line], full)


def _settle_joint(block: Block, place: int, full: float) -> None:
    """Move connecting words behind one run of a name to the name or to the text.

    A name cannot end with them; and where the next word of the name would have fitted on the line,
    they stood between.
    """
    runs = block.runs
    if place + 1 >= len(runs):
        return
    name, (kind, text) = list(runs[place][1]), runs[place + 1]
    if kind != TEXT or text[0].line != name[0].line:
        return
    later = _nearest(block, NAME, range(place + 2, len(runs)))
    before = _nearest(block, TEXT, range(place - 1, -1, -1))
    count = 0
    while count < len(text) - 1 and text[count].is_connecting:
        count += 1
    if not later:
        while len(name) > 1 and name[-1].is_connecting:
            text = [name.pop(), *text]
    elif (
        count
        and not name[-1].is_connecting
        and (width([*name, later[0]]) <= full or _is_odd(before, text))
    ):
        name, text = [*name, *text[:count]], text[count:]
    while len(name) > 2 and name[-1].is_connecting and _is_clash(*name[-2:]):
        text = [name.pop(), *text]
    block.runs[place : place + 2] = [(NAME, name), (TEXT, text)]


def _nearest(block: Block, kind: str, places: range) -> Words:
    """Return the first run of a kind at some places."""
    return next((block.runs[at][1] for at in places if block.runs[at][0] == kind), ())


def _is_odd(before: Words, text: Words) -> bool:
    """Say whether a sentence can hardly go on so: 'and with', 'the for'."""
    words = [*before[-1:], *text[:2]]
    return any(_is_clash(one, two) for one, two in pairwise(words))


def _is_clash(one: Word, two: Word) -> bool:
    """Say whether two connecting words cannot follow each other: only an article can be second."""
    said = two.bare.casefold()
    is_second = said in _ARTICLES and one.bare.casefold() not in _ARTICLES
    return one.is_connecting and two.is_connecting and not is_second


def allot(items: Sequence[Item]) -> None:
    """Give fragments that stand between two competencies to one of them."""
    above: Block | None = None
    for item in items:
        if not isinstance(item, Block):
            above = None
            continue
        if item.before:
            _allot_between(above, item)
        above = item


def _allot_between(above: Block | None, below: Block) -> None:
    """Keep a name open at its end together; else keep the number in the middle of its name."""
    waiting, below.before = below.before, []
    own = 0 if above is None else _share(above, below, waiting)
    if above is not None:
        for row in waiting[:own]:
            above.add(NAME, row.words)
        above.doubt(PENDING_DOUBT)
    below.put_first(NAME, [row.words for row in waiting[own:]])
    below.doubt(PENDING_DOUBT)


def _share(above: Block, below: Block, waiting: Sequence[Row]) -> int:
    """Return how many of the fragments belong to the competency above."""
    own = 0
    name = above.of(NAME)
    while own < len(waiting) and (not name or name[-1].is_connecting):
        name += waiting[own].words
        own += 1
    for place, row in enumerate(waiting[own:], own):
        if row.after_blank:
            return place
        if row.words[0].is_small:
            own = place + 1
    if own < len(waiting) and below.has(NAME) and below.runs[0][0] == NUMBER:
        spare = len(waiting) - own
        behind = len(below.fragments()) - 1
        return own + spare - min(spare, max(behind, 0))
    return own
