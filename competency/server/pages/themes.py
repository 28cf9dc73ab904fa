"""The words that parts which match have in common: a plain count, no more than it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from competency.graph import Item, Resource
from competency.graph.comparison import Comparison

MOST = 12
FEWEST = 2  # pairs that have a word on both sides, before it is worth showing
_SHORTEST = 4  # letters
# Words that say nothing by themselves, in English and French.
_STOP = frozenset(
    """
    about above across after again against also among another anything around aside avec
    avoir because been before being between both cela celle celui cette ceux chaque comme
    contre dans depuis does doit donc dont down during each either elle elles encore entre
    etre even every everything faire from have having here hers into itself just leur leurs
    like make makes many moins more most much must même nous only onto other others over
    parce pendant peut plus pour pourquoi quand quel quelle quelles quels sans ses should
    since some somebody something sont sous such sure tant tels than that their them then
    there these they this those through tous tout toute toutes towards under until upon vers
    very vous well were what when where whether which while will with within without work
    works would your être
    """.split()  # noqa: SIM905 - a hundred lines of one word each are no easier to read
)


@dataclass(frozen=True)
class SharedWord:
    """A word, and in how many pairs it stands on both sides."""

    word: str
    count: int


def shared_words(found: Comparison) -> list[SharedWord]:
    """Return the words that most matching parts share, the commonest first.

    Words are counted as they are written, but for a plural's last letter: "client" and "customer"
    are two words here.
    """
    graph = found.left.framework.home
    counts: Counter[str] = Counter()
    for item in found.matches:
        ends = (graph.resource(iri) for iri in (item.subject, item.object))
        one, other = ({*content_words(_said(end))} for end in ends)
        counts.update(one & other)
    best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [SharedWord(word, count) for word, count in best if count >= FEWEST][:MOST]


def content_words(text: str) -> Iterable[str]:
    """Yield the words of a text that say something.

    >>> sorted(content_words("Asks customers what they think of the services"))
    ['asks', 'customer', 'service', 'think']
    """
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        if len(word) >= _SHORTEST and word not in _STOP:
            yield word[:-1] if len(word) > 5 and word.endswith("s") and word[-2] != "s" else word


def _said(end: Resource) -> str:
    return f"{end.label or ''} {end.text or ''}" if isinstance(end, Item) else ""
