"""Writing a site as files: one answer of the application after the other, each to its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Response

from competency._files import folder
from competency.errors import CompetencyError
from competency.formats import RDF_SYNTAXES
from competency.graph import KnowledgeGraph
from competency.ontology import COMP
from competency.server.app import create_app
from competency.server.languages import INTERFACE
from competency.server.languages import gettext as _
from competency.server.responses import send_page
from competency.server.serving import Fixed
from competency.server.settings import Settings
from competency.server.site import Site
from competency.server.static_site.app import MISSING, StaticApp
from competency.server.static_site.contents import Contents, things_of, with_loaded
from competency.server.static_site.fingerprint import fingerprint
from competency.server.static_site.folder import SiteFolder, Tally
from competency.server.static_site.layout import LANGUAGE, Layout, Target
from competency.server.static_site.links import StaticLinks
from competency.server.static_site.redirects import (
    HEADERS,
    HTACCESS,
    REDIRECTS,
    headers,
    htaccess,
    redirects,
)
from competency.server.static_site.search import add_search

Progress = Callable[[int, int], None]
_TYPES = {suffix: row.media_types for row in RDF_SYNTAXES for suffix in row.suffixes} | {
    ".html": ("text/html",),
    ".json": ("application/json",),
    ".svg": ("image/svg+xml",),
    ".txt": ("text/plain",),
    ".xml": ("application/xml",),
}


@dataclass(frozen=True)
class SiteOptions:
    """How a site is asked for: where it will stand, its languages, its title.

    ``url`` may be empty: pages then link to each other all the same, but what needs whole
    addresses (the sitemap, the redirects of IRIs) is left out. Without ``languages`` there are
    those of the interface, and those of frameworks that come in several.
    """

    url: str = ""
    languages: tuple[str, ...] = ()
    title: str = "Competency"
    force: bool = False


def write_site(
    graph: KnowledgeGraph, place: Path, options: SiteOptions, progress: Progress | None = None
) -> tuple[Tally, list[tuple[str, str]]]:
    """Write the site of ``graph`` into a folder; return what was done, and names that are alike.

    Those differ only in case. A folder that holds the site already is only looked at.
    ``progress`` is told how many files are done, and how many there are as far as is known.

        write_site(KnowledgeGraph.shipped(), Path("public"), SiteOptions())
    """
    files = SiteFolder(place, force=options.force)
    languages = options.languages or languages_of(graph)
    key = fingerprint(graph, [options.url, languages, options.title])
    if files.is_whole(key):
        files.keep()
        return files.finish(key), []
    files.begin()
    _Writer(graph, files, options, languages).write(progress or (lambda done, total: None))
    return files.finish(key), files.alike


def languages_of(graph: KnowledgeGraph) -> tuple[str, ...]:
    """Return the languages of the interface, and those of frameworks that come in several."""
    several = (named.languages for named in graph.graphs() if len(named.languages) > 1)
    return tuple(dict.fromkeys([*INTERFACE, *sorted({tag for tags in several for tag in tags})]))


class _Writer:
    """Writes one site."""

    def __init__(
        self,
        graph: KnowledgeGraph,
        files: SiteFolder,
        options: SiteOptions,
        languages: tuple[str, ...],
    ) -> None:
        self._files, self._base = files, graph.base
        self._url = options.url.rstrip("/") + "/" if options.url else ""
        self._things = things_of(graph)
        self._layout = _layout(graph, languages, self._things)
        site = Site(graph, settings=Settings(title=options.title))
        app = create_app(Fixed(site), site.settings, kind=StaticApp, links_of=StaticLinks)
        self._app = cast(StaticApp, app)
        self._contents = Contents(site, self._layout, self._things)
        root = self._url or graph.base.removesuffix("id/")
        self._app.lay_out(self._layout, root, self._contents.notice)
        add_search(self._app, site, StaticLinks(site))
        self._app.answer_with("/" + MISSING, "static_missing", _missing)

    def write(self, progress: Progress) -> None:
        """Write every file."""
        for target in self._roots():
            self._contents.notice(target)
        done = 0
        for group in self._contents:
            for target in group:
                self._write(target)
            done += len(group)
            progress(done, done + len(group) * self._contents.waiting)
        self._write(Target(MISSING, "/" + MISSING))
        self._write(Target(".well-known/void", "/dataset.ttl"))
        for name, data in self._others():
            self._files.write(name, data)

    def _roots(self) -> Iterator[Target]:
        """Yield the files to which all links lead in the end, and those that nobody links to."""
        for language in self._layout.languages:
            yield self._layout.target("home.index", f"/?{LANGUAGE}={language}")
        yield self._layout.target("terms.context", "/ns/context.jsonld")
        if self._url:
            yield self._layout.target("sitemap.index", "/sitemap.xml")
            yield self._layout.target("sitemap.robots", "/robots.txt")

    def _write(self, target: Target) -> None:
        response = self._app.answer(target)
        _check(target, response)
        self._files.write(target.file, response.get_data())

    def _others(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that are no answers: what pages load, and what hosts read."""
        static = folder("server") / "static"
        for name, place in with_loaded(sorted(self._contents.assets), static):
            yield name, place.read_bytes()
        yield ".nojekyll", b""
        yield HEADERS, headers(self._url).encode()
        yield REDIRECTS, redirects(self._base, self._url, self._layout, self._things).encode()
        rules = htaccess(self._base, self._url, self._layout, self._things) if self._url else None
        if rules:
            yield HTACCESS, rules.encode()


def _layout(graph: KnowledgeGraph, languages: tuple[str, ...], things: list[str]) -> Layout:
    """Return the layout that tells apart what is known before: things and terms."""
    plain = Layout(graph.base, languages)
    terms = [f"ns/{name.removeprefix(str(COMP))}" for name in graph.vocabulary.terms]
    stems = (plain.stem_of(iri, root) for iri in things for root in ("page", "data"))
    return Layout(graph.base, languages, {*stems, *terms})


def _missing() -> Response:
    """Return the page for addresses at which there is nothing."""
    detail = _("There is nothing at this address.")
    return send_page("error.html", status=404, reason="Not Found", detail=detail)


def _check(target: Target, response: Response) -> None:
    """Raise an error for an answer that is not what the name of its file promises."""
    if response.status_code != 200:
        raise CompetencyError(f"{target.path}: answered {response.status_code}, not 200")
    suffix = "." + target.file.rpartition(".")[2]
    if target.file.startswith("export/"):
        return  # formats of the field share suffixes, and their media types say more
    if response.mimetype not in _TYPES.get(suffix, (response.mimetype,)):
        raise CompetencyError(f"{target.path}: is {response.mimetype}, and not a file {suffix}")
