"""Where a hit stands: the titles from the framework down, also where some of them have no title.

The index of search knows titles alone. What has none is called as its own page calls it: by its
text, its code, or the end of its IRI.
"""

from __future__ import annotations

from collections.abc import Mapping

from competency.graph import Hit, Item, Marked, Part, Summary
from competency.server.languages import wanted
from competency.server.pages.choosing import title_in
from competency.server.pages.values import title_of
from competency.server.pages.words import cut
from competency.server.site import Site

_LONGEST = 80  # signs of a text that stands for a title


class Whereabouts:
    """Tells where hits stand, and what the frameworks are called that they are in.

    Whereabouts(site).above(hit)
    """

    def __init__(self, site: Site) -> None:
        """Tell it of what ``site`` holds."""
        self._site = site
        self._known: Mapping[str, Summary] = {item.iri: item for item in site.summaries}
        self._ways: dict[str, tuple[Marked, ...]] = {}

    def framework(self, iri: str) -> Marked | None:
        """Return what a framework is called, or None where it is not held."""
        known = self._known.get(iri)
        if known is None:
            return None
        title = title_in(known)
        return Marked(title.value, title.lang)

    def above(self, hit: Hit) -> tuple[Marked, ...]:
        """Return what is above a hit; above a framework without a title stands its name."""
        known = self._known.get(hit.framework)
        if known is None or self._begins_with(hit.above, known):
            return hit.above
        if hit.iri == hit.framework:
            return () if known.titles else (Marked(known.title),)
        part = self._site.graph.resource(hit.iri)
        above = part.parent if isinstance(part, Part) else None
        return self._way(above) if above is not None else hit.above

    def _way(self, last: Item) -> tuple[Marked, ...]:
        """Return what everything down to a thing is called; hits stand side by side."""
        if last.iri not in self._ways:
            whole = [*last.ancestors, last] if isinstance(last, Part) else [last]
            self._ways[last.iri] = tuple(self._called(item) for item in whole)
        return self._ways[last.iri]

    def _begins_with(self, above: tuple[Marked, ...], known: Summary) -> bool:
        titles = (title.splitlines()[0] for title in known.titles.values() if title)
        return bool(above) and above[0].value in titles

    def _called(self, item: Item) -> Marked:
        known = self._known.get(item.iri)
        title = title_in(known) if known else title_of(item, wanted())
        if title.value == item.iri.rstrip("/#").rpartition("/")[2] and item.code:
            return Marked(item.code)
        return Marked(cut(title.value, _LONGEST), title.lang)
