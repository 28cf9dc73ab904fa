"""Which frameworks a form offers: the chosen ones, what is aligned with them, and a list of others.

Where there are few, all are listed. Of many, a reader looks for some by words of their titles; the
words are in the address, so that no script is needed, and no page grows with what is held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import request

from competency.graph import Summary
from competency.server.aligned import Counts
from competency.server.languages import ngettext, wanted
from competency.server.pages.ordering import folded, title_key
from competency.server.pages.values import Text
from competency.server.site import Site
from competency.server.tags import best

FEW = 24  # frameworks that are listed without further ado
MOST_LISTED = 200  # of the others
_MOST_ALIGNED = 60


@dataclass(frozen=True)
class Choice:
    """A framework that can be chosen; ``note`` says how it is aligned with those that are."""

    iri: str
    title: Text
    note: str = ""


@dataclass(frozen=True)
class Choosing:
    """What a form of frameworks shows: of those that are aligned and the others what was found.

    ``found`` counts all that have the words, ``total`` all there are; ``named`` is how the form
    names what is looked for.
    """

    find: str
    chosen: tuple[Choice, ...]
    aligned: tuple[Choice, ...]
    others: tuple[Choice, ...]
    found: int
    total: int

    @property
    def is_long(self) -> bool:
        """Say whether there are so many that a reader may look for some."""
        return self.total > FEW

    @property
    def more(self) -> int:
        """Return how many have the words and are not listed."""
        return self.found - len(self.aligned) - len(self.others)

    @property
    def listed(self) -> tuple[Choice, ...]:
        """Return all that are shown, by title where all there are can be."""
        shown = (*self.chosen, *self.aligned, *self.others)
        return shown if self.is_long else tuple(sorted(shown, key=_by_title))


def choices(summaries: Iterable[Summary]) -> list[Choice]:
    """Return the frameworks that can be chosen, by title."""
    return sorted((Choice(item.iri, title_in(item)) for item in summaries), key=_by_title)


def titled(site: Site) -> list[Summary]:
    """Return the frameworks of a site by the titles that the reader sees.

    titled(site)[0].title
    """

    def key(item: Summary) -> tuple[object, ...]:
        return *title_key(title_in(item).value), item.iri

    return site.remember(("by title", wanted()), lambda: sorted(site.summaries, key=key))


def offered(site: Site) -> list[Choice]:
    """Return all frameworks of a site as choices, by title."""

    def make() -> list[Choice]:
        return [Choice(item.iri, title_in(item)) for item in titled(site)]

    return site.remember(("offered", wanted()), make)


def title_in(item: Summary) -> Text:
    """Return the title of a framework in the language that the reader would choose."""
    tag = best(wanted(), list(item.titles))
    return Text(item.titles[tag], tag) if tag is not None else Text(item.title)


def is_looking() -> bool:
    """Say whether a form was sent to look for frameworks, and not for what it is about."""
    return request.args.get("do") == "find"


def looked_for() -> str:
    """Return the words of titles that a form looks for, empty if none."""
    return request.values.get("find", "").strip()[:200]


def choosing(site: Site, chosen: Collection[str], counts: Counts, find: str = "") -> Choosing:
    """Return what a form shows; ``counts`` are the alignments of what is chosen, as known.

    choosing(site, ["https://example.org/f"], site.couples("https://example.org/f") or {}, "bak")
    """
    known = {item.iri: item for item in offered(site)}
    matches = _matches(chosen, counts)
    words = folded(find).split()
    found = [item for iri, item in known.items() if iri not in chosen and _has(item, words)]
    near = sorted(
        (item for item in found if matches[item.iri]), key=lambda item: -matches[item.iri]
    )[:_MOST_ALIGNED]
    shown = {item.iri for item in near}
    return Choosing(
        find=find,
        chosen=tuple(known[iri] for iri in chosen if iri in known),
        aligned=tuple(_noted(near, matches)),
        others=tuple(item for item in found if item.iri not in shown)[:MOST_LISTED],
        found=len(found),
        total=len(known),
    )


def _matches(chosen: Collection[str], counts: Counts) -> Counter[str]:
    """Return how many matches others have with what is chosen."""
    found: Counter[str] = Counter()
    for ends, (matches, _) in counts.items():
        for here, other in (ends, ends[::-1]):
            if here in chosen and other not in chosen:
                found[other] += matches
    return found


def _noted(found: Sequence[Choice], matches: Counter[str]) -> Iterator[Choice]:
    for item in found:
        note = ngettext("%(num)s match", "%(num)s matches", matches[item.iri])
        yield Choice(item.iri, item.title, note)


def _has(item: Choice, words: Sequence[str]) -> bool:
    """Say whether the title or the name of a framework has all the words, or parts of them."""
    if not words:
        return True
    said = f"{folded(item.title.value)} {folded(item.iri.rstrip('/#').rpartition('/')[2])}"
    return all(word in said for word in words)


def _by_title(item: Choice) -> tuple[object, ...]:
    return *title_key(item.title.value), item.iri
