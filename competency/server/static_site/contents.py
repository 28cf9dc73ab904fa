"""What is written: the pages and data of each thing, and every other page that is linked to.

Things come from the graph. All else comes from the links of the pages themselves, so a new route
is in the site as soon as a page leads to it, and no link can lead to a file that is not there.
"""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, URIRef

from competency.graph import KnowledgeGraph
from competency.server.negotiation import HTML
from competency.server.profiles import ALTERNATES, table_of
from competency.server.site import Site
from competency.server.static_site.layout import Layout, Target

# What a style sheet or a script loads beside itself.
_LOADS = re.compile(r"""url\(\s*['"]?([^'")]+)|(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']""")


class Contents:
    """The files of a site in the order in which they are written; each comes once."""

    def __init__(self, site: Site, layout: Layout, things: list[str]) -> None:
        """Begin with the IRIs of things; ``notice`` adds what pages link to."""
        self._site, self._layout = site, layout
        self._things = deque(things)
        self._others: deque[Target] = deque()
        self._seen = set(self._things)
        self.assets: dict[str, None] = {}

    def notice(self, target: Target) -> None:
        """Add a file that a page links to, unless it is there already."""
        if target.thing:
            if target.thing not in self._seen:
                self._seen.add(target.thing)
                self._things.append(target.thing)
        elif target.path:
            if target.file not in self._seen:
                self._seen.add(target.file)
                self._others.append(target)
        elif target.file.startswith("static/"):
            self.assets[target.file] = None

    @property
    def waiting(self) -> int:
        """Return how many things and pages wait to be written."""
        return len(self._things) + len(self._others)

    def __iter__(self) -> Iterator[list[Target]]:
        """Yield the files that belong together: all of a thing, or one page."""
        while self._things or self._others:
            if self._others:
                yield [self._others.popleft()]
            else:
                yield [*self._files_of(self._things.popleft())]

    def _files_of(self, iri: str) -> Iterator[Target]:
        for language in self._layout.languages:
            yield self._layout.page(iri, language)
        for profile in (*self._site.profiles(iri), ALTERNATES):
            for syntax in table_of(profile):
                for language in self._layout.languages if syntax is HTML else ("",):
                    yield self._layout.data(iri, profile, syntax, language)


def things_of(graph: KnowledgeGraph) -> list[str]:
    """Return the IRIs of everything that has a page, in order."""
    found = {
        str(subject)
        for named in graph.graphs()
        for subject in named.graph.subjects(RDF.type)
        if isinstance(subject, URIRef)
    }
    return sorted(found)


def with_loaded(files: list[str], folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and the place of each asset, and of what it loads from beside itself.

    ``folder`` is where ``static/`` is; a name that leads to no file there is left out.
    """
    waiting, seen = deque(files), set(files)
    while waiting:
        name = waiting.popleft()
        place = folder / name.removeprefix("static/")
        if not place.is_file():
            continue
        yield name, place
        if place.suffix in (".css", ".js"):
            for match in _LOADS.finditer(place.read_text(encoding="utf-8")):
                other = posixpath.normpath(
                    posixpath.join(posixpath.dirname(name), match[1] or match[2])
                )
                if other.startswith("static/") and other not in seen:
                    seen.add(other)
                    waiting.append(other)
