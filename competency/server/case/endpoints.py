"""The routes of the CASE REST API: GET /ims/case/v1p1/... and /ims/case/v1p0/...

Each version has the same addresses; what is new in CASE 1.1 is left out of the answers of 1.0.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode
from weakref import WeakKeyDictionary

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy

from competency.errors import CompetencyError, NotFound, ParameterError
from competency.exchange.case import encoded, is_uuid
from competency.formats import Format
from competency.graph.editions import History
from competency.server.case import status
from competency.server.case.holdings import Holdings
from competency.server.case.kinds import KINDS, Kind
from competency.server.case.selection import Selection
from competency.server.links import Link, Links, add_links
from competency.server.places import absolute
from competency.server.responses import send
from competency.server.site import IRI_SAFE, Document, Site

_JSON = Format("json", "JSON", ("application/json",), (".json",))
_BASE = "/ims/case/<any(v1p1, v1p0):version>"
_ELSEWHERE = (
    "CASE is not offered here: the data are in another engine, and a package is made of a whole "
    "framework at once; serve a data directory, or use competency export"
)


def case_api(site: Site, links: Links, history: History | None = None) -> Blueprint:
    """Return the routes; ``history`` says when a framework changed that does not say it itself."""
    routes = Blueprint("case", __name__)
    api = _Api(site, links, _Kept(history))
    routes.get(f"{_BASE}/CFDocuments", endpoint="documents")(api.documents)
    routes.get(f"{_BASE}/CFDocuments/<identifier>", endpoint="document")(api.document)
    routes.get(f"{_BASE}/CFPackages/<identifier>", endpoint="package")(api.package)
    for kind in KINDS:
        routes.get(f"{_BASE}/{kind.array}/<identifier>", endpoint=kind.route)(api.one(kind))
    _register_errors(routes, site)
    routes.app_context_processor(lambda: {"case_package": api.address})
    return routes


def _register_errors(routes: Blueprint, site: Site) -> None:
    """Let all that goes wrong under the address of CASE be told as CASE tells it."""
    routes.register_error_handler(CompetencyError, status.of_error)
    routes.register_error_handler(HTTPException, status.of_http)
    routes.register_error_handler(Exception, status.of_surprise)

    @routes.before_app_request
    def misrouted() -> Response | None:
        """Answer what no route takes, before it is told as other parts of the server do."""
        error = request.routing_exception
        if error is None or not f"{request.path}/".startswith(f"{status.PREFIX}/"):
            return None
        return status.of_http(error)

    @routes.before_request
    def elsewhere() -> Response | None:
        if site.graph.elsewhere:
            return status.status_info(501, _ELSEWHERE, major="unsupported")
        return None


class _Kept:
    """The holdings of each site, as long as there is the site."""

    def __init__(self, history: History | None) -> None:
        self._history = history
        self._holdings: WeakKeyDictionary[Site, Holdings] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def of(self, site: Site) -> Holdings:
        """Return what a site holds; of the proxy of one, that of the request."""
        real = site._get_current_object() if isinstance(site, LocalProxy) else site
        with self._lock:
            found = self._holdings.get(real)
            if found is None:
                changed = _changes(self._history, real)
                found = self._holdings[real] = Holdings(real.graph, changed)
            return found


def _changes(history: History | None, site: Site) -> Callable[[str], str | None]:
    """Return what says with which edition a graph changed last, up to that of a site."""
    name, edition = site.edition_name, site.graph.edition
    created = edition.manifest.created if edition is not None else None

    def changed(graph: str) -> str | None:
        versions = history.versions(graph) if history is not None else ()
        found = [one.edition for one in versions if name is not None and one.edition.name <= name]
        return _moment(found[-1].created.isoformat() if found else created)

    return changed


def _moment(text: str | None) -> str | None:
    return text.replace("+00:00", "Z") if text is not None else None


class _Api:
    """Answers the requests."""

    def __init__(self, site: Site, links: Links, kept: _Kept) -> None:
        self.site, self.links, self._kept = site, links, kept

    @property
    def holdings(self) -> Holdings:
        """Return what is held for this request."""
        return self._kept.of(self.site)

    def address(self, iri: str) -> str | None:
        """Return where the package of a framework is, for pages; None where there is no CASE."""
        if self.site.graph.elsewhere or "case.package" not in current_app.view_functions:
            return None
        identifier = self.holdings.document(iri, "1.1").get("identifier")
        return absolute(url_for("case.package", version="v1p1", identifier=identifier))

    # ------------------------------------------------------------------ the routes

    def documents(self, version: str) -> Response:
        """Return the CFDocuments: those that are asked for, a page at a time."""
        number = status.VERSIONS[version]
        selection = Selection.asked(request.args, number)
        frameworks = self.holdings.frameworks
        start, end = selection.offset, selection.offset + selection.limit
        if selection.needs_all:
            chosen = selection.chosen(self._told(frameworks, version))
            page, total = chosen[start:end], len(chosen)
        else:
            page, total = self._told(frameworks[start:end], version), len(frameworks)
        found = {"CFDocuments": [selection.shown(one) for one in page]}
        response = _sent(found)
        response.headers["X-Total-Count"] = str(total)
        return add_links(response, *_pages(selection, total))

    def document(self, version: str, identifier: str) -> Response:
        """Return a CFDocument."""
        iri = self._framework(identifier, "CFDocument")
        return self._linked(_sent(self._told([iri], version)[0]), iri)

    def package(self, version: str, identifier: str) -> Response:
        """Return a CFPackage."""
        iri = self._framework(identifier, "CFPackage")
        found = self.holdings.package(iri, status.VERSIONS[version])
        return self._linked(send(found.document, _JSON), iri)

    def one(self, kind: Kind) -> Callable[[str, str], Response]:
        """Return the view of one kind of what packages hold."""

        def view(version: str, identifier: str) -> Response:
            with _telling(identifier):
                found = self.holdings.find(kind, identifier, status.VERSIONS[version])
            return _sent(found)

        return view

    # ------------------------------------------------------------------ parts of answers

    def _framework(self, identifier: str, kind: str) -> str:
        with _telling(identifier):
            return self.holdings.framework(identifier, kind)

    def _told(self, iris: list[str], version: str) -> list[dict[str, Any]]:
        """Return CFDocuments with the links to the packages that are here."""
        found = self.holdings.documents(iris, status.VERSIONS[version])
        return [one | {"CFPackageURI": _package_link(one, version)} for one in found]

    def _linked(self, response: Response, iri: str) -> Response:
        """Say in the header which thing an answer is about, and where its page is."""
        page = Link(absolute(self.links.page(iri)), "alternate", (("type", "text/html"),))
        return add_links(response, Link(iri, "canonical"), page)


def _package_link(document: dict[str, Any], version: str) -> dict[str, Any]:
    identifier = document.get("identifier")
    uri = absolute(url_for("case.package", version=version, identifier=identifier))
    return {"title": document.get("title"), "identifier": identifier, "uri": uri}


def _sent(found: dict[str, Any]) -> Response:
    return send(Document.of(encoded(found)), _JSON)


@contextmanager
def _telling(identifier: str) -> Iterator[None]:
    """Tell an identifier that is no UUID from one that is not known."""
    try:
        yield
    except NotFound as error:
        if is_uuid(identifier):
            raise
        raise ParameterError("sourcedId", f"{identifier[:80]!r} is no UUID") from error


def _pages(selection: Selection, total: int) -> list[Link]:
    """Return the links to the pages around this one, with all that was asked for."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in ("limit", "offset")]
    found = []
    for rel, offset in selection.pages(total).items():
        query = urlencode([*kept, ("limit", selection.limit), ("offset", offset)])
        path = quote(request.script_root + request.path, safe=IRI_SAFE.replace("%", ""))
        found.append(Link(absolute(f"{path}?{query}"), rel))
    return found
