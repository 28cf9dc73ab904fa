"""The application in the form that writes files: the same routes, templates and pages.

All links of pages are made by ``url_for``, so it is there that an address becomes the name of a
file, relative to the file that is being written. The site can then stand anywhere. What a plain
file server cannot do has no address: ``has(endpoint)`` says so to the templates.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from competency.errors import ConversionError
from competency.server.languages import INTERFACE, SAME_PAGE, LanguageLink, interface
from competency.server.negotiation import HTML
from competency.server.places import PLACE
from competency.server.static_site.layout import LANGUAGE, Layout, Target
from competency.server.static_site.names import address
from competency.server.tags import own_name

# The routes that compute an answer to what a client sends, or that say how the server is.
SERVICES = frozenset(
    (
        "endpoint", "updates", "graphs", "imports", "operations", "openapi", "search",
        "validation", "versions", "case", "align",
    )
)  # fmt: skip
MISSING = "404.html"
FILE = "competency.file"  # in the environment of a request: the name of the file that is written
_KEPT = 100_000  # addresses whose files are remembered
# Stands in the place of an address that a file server has not; in a page it is a mistake of ours.
_NOWHERE = "urn:x-not-in-files:"


class StaticApp(Flask):
    """An application whose addresses are files; :meth:`lay_out` has to be called first."""

    layout: Layout
    _root: str
    _noticed: Callable[[Target], None]

    def lay_out(self, layout: Layout, root: str, noticed: Callable[[Target], None]) -> None:
        """Name files by ``layout``; ``root`` is the address of the site, for what must be whole.

        ``noticed`` is told of every file that a page links to.
        """
        self.layout, self._root, self._noticed = layout, root, noticed
        self._targets = _Recent()
        self.extensions[SAME_PAGE] = self._same_page
        self.context_processor(self._told)
        for name in [name for name in self.view_functions if _serves(name)]:
            del self.view_functions[name]

    def url_for(
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """Return the address of a file as the file that is being written has to name it."""
        if endpoint.startswith("."):
            endpoint = f"{request.blueprint}{endpoint}"
        if endpoint not in self.view_functions:
            return f"{_NOWHERE}{endpoint}"
        key = (endpoint, request.args.get(LANGUAGE), *sorted(values.items()))
        if key not in self._targets:
            plain = super().url_for(endpoint, _external=False, **values)
            self._targets[key] = self.layout.target(endpoint, plain)
        target = self._targets[key]
        self._noticed(target)
        found = self.relative(target.file)
        if _external:
            found = urljoin(request.environ[PLACE], found)
        if _anchor is not None:
            found += "#" + quote(_anchor, safe="%!#$&'()*+,/:;=?@")
        return found

    def answer_with(self, rule: str, endpoint: str, view: Callable[..., Response]) -> None:
        """Answer at an address with ``view``, whatever else would have answered there."""
        if all(known.endpoint != endpoint for known in self.url_map.iter_rules()):
            self.add_url_rule(rule, endpoint)
        self.view_functions[endpoint] = view

    def relative(self, file: str) -> str:
        """Return the address of a file relative to the file that is being written."""
        here = request.environ[FILE]
        if here == MISSING:  # which a host shows at any address
            return urlsplit(self._root).path + quote(file, safe="/~")
        return address(file, here)

    @property
    def language(self) -> str:
        """Return the language of the page that is being written."""
        asked = request.args.get(LANGUAGE, "")
        return asked if asked in self.layout.languages else self.layout.languages[0]

    def _same_page(self, tag: str) -> str:
        """Return the address of the page that is being written, in another language."""
        fields = [pair for pair in request.args.items(multi=True) if pair[0] != LANGUAGE]
        plain = f"{quote(request.path)}?{urlencode([*fields, (LANGUAGE, tag)])}"
        target = self.layout.target(request.endpoint or "", plain)
        self._noticed(target)
        return self.relative(target.file)

    def _told(self) -> dict[str, Any]:
        """Return what templates are told: the languages that are written, no form is answered."""
        tags = [tag for tag in INTERFACE if tag in self.layout.languages]
        here = interface()
        links = [LanguageLink(t, own_name(t), self._same_page(t), t == here) for t in tags]
        return {"language_links": links if len(links) > 1 else [], "in_files": True}

    def handle_user_exception(self, error: Exception) -> ResponseReturnValue:
        """Let every error end the writing: no file is the page of an error."""
        raise error

    def answer(self, target: Target) -> Response:
        """Return the answer that is in a file."""
        headers = {"Accept": f"{HTML.media_type}, */*;q=0.1"}
        place = {PLACE: self._root + quote(target.file, safe="/~"), FILE: target.file}
        with self.test_request_context(target.path, headers=headers, environ_overrides=place):
            response = self.full_dispatch_request()
        body = response.get_data()
        if (start := body.find(_NOWHERE.encode())) >= 0:
            name = body[start + len(_NOWHERE) : start + 60].decode("ascii", "replace")
            endpoint = name.split('"')[0].split("&")[0]
            raise ConversionError(
                "files", f"{target.file} links to {endpoint}; its template has to ask has() first"
            )
        return response


class _Recent(dict[tuple[object, ...], Target]):
    """The files of the addresses that were asked for not long ago."""

    def __setitem__(self, key: tuple[object, ...], target: Target) -> None:
        if len(self) >= _KEPT:
            self.clear()
        super().__setitem__(key, target)


def _serves(endpoint: str) -> bool:
    return endpoint.partition(".")[0] in SERVICES
