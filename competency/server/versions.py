"""Versions on the web: /editions, /history, /changes, and /timemap/link/ for Memento.

Each has a page and the same as JSON, by Accept or by the suffix ``.json``; what changed comes as
an RDF patch as well. Where files are served there are no editions, and the pages say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for
from werkzeug.exceptions import BadRequest

from competency.errors import NotFound
from competency.formats import Format
from competency.graph.editions import Changes
from competency.graph.editions.history import PastEdition
from competency.server.differences import Comparer
from competency.server.links import Links
from competency.server.memento import Subject, Times, add_timemap, register_memento
from competency.server.negotiation import HTML, choose, suffixed
from competency.server.originals import original_of
from competency.server.pages.changes import (
    ChangesPage,
    changes_json,
    counts_of,
    end_of,
    things_of,
)
from competency.server.pages.history import history_json, history_page, title_of_subject
from competency.server.pages.values import Text
from competency.server.pages.versions import (
    changes_url,
    edition_json,
    edition_page,
    edition_rows,
    editions_json,
)
from competency.server.pinning import register_pinning
from competency.server.required import parameter
from competency.server.responses import send, send_page
from competency.server.serving import Serving
from competency.server.site import Document, Site
from competency.server.tables import json_of
from competency.server.withdrawals import register_withdrawals

JSON = Format("json", "JSON", ("application/json",), (".json",))
PATCH = Format("patch", "RDF patch", ("application/rdf-patch",), (".rdfp",))


def register_versions(app: Flask, serving: Serving, site: Site, links: Links) -> None:
    """Let ``app`` show its versions, answer ``?edition=`` and Accept-Datetime, and say 410.

    Call it where each request has a site already.
    """
    times = Times(serving.history) if serving.history else None
    register_pinning(app, serving)
    register_memento(app, times)
    register_withdrawals(app, links, serving, times)
    app.register_blueprint(versions(site, links, times))


def versions(site: Site, links: Links, times: Times | None) -> Blueprint:
    """Return the routes of versions; without ``times`` there are no editions."""
    routes = Blueprint("versions", __name__)
    _edition_routes(routes, times)
    _history_routes(routes, links, times)
    _change_routes(routes, site, links, times)
    add_timemap(routes, site, times)
    return routes


def _edition_routes(routes: Blueprint, times: Times | None) -> None:
    """Add the list of editions and each of them."""

    @routes.get("/editions")
    def editions() -> Response:
        return _answer(_form(JSON), editions_page, data)

    @routes.get("/editions.json")
    def editions_in_json() -> Response:
        return _answer(JSON, editions_page, data)

    def editions_page() -> Response:
        rows = edition_rows(times.history) if times else []
        gone = times is not None and times.history.older_gone
        has_editions = times is not None
        return send_page("editions.html", rows=rows, older_gone=gone, has_editions=has_editions)

    def data(_: Format) -> bytes:
        return json_of(editions_json(times.history) if times else {"editions": []})

    @routes.get("/editions/<name>")
    def edition(name: str) -> Response:
        number, dot, suffix = name.partition(".")
        found = _edition(times, number)
        form = suffixed(suffix, "this", (JSON,)) if dot else _form(JSON)
        history = _times(times).history
        return _answer(
            form,
            lambda: send_page("edition.html", page=edition_page(history, found)),
            lambda _: json_of(edition_json(history, found)),
        )


def _history_routes(routes: Blueprint, links: Links, times: Times | None) -> None:
    """Add the history of a thing, by its IRI or its path below our base."""

    @routes.get("/history")
    def history() -> Response:
        return _history(parameter("iri"), _form(JSON))

    @routes.get("/history/<path:path>")
    def history_at(path: str) -> Response:
        return _history(links.site.graph.base + path, _form(JSON))

    @routes.get("/history.json")
    def history_in_json() -> Response:
        return _history(parameter("iri"), JSON)

    def _history(iri: str, form: Format) -> Response:
        page = history_page(iri, links, times)
        return _answer(
            form,
            lambda: send_page("history.html", page=page),
            lambda _: json_of(history_json(page)),
        )


def _change_routes(routes: Blueprint, site: Site, links: Links, times: Times | None) -> None:
    """Add what changed with a thing between two editions."""
    comparer = Comparer(times.history.directory) if times else None

    @routes.get("/changes")
    def changes() -> Response:
        return _changes(_form(JSON, PATCH))

    @routes.get("/changes.<suffix>")
    def changes_in(suffix: str) -> Response:
        return _changes(suffixed(suffix, "this", (JSON, PATCH)))

    def _changes(form: Format) -> Response:
        iri = parameter("iri")
        subject = _times(times).subject(original_of(iri, site), site)
        if comparer is None or times is None or subject is None or subject.graph is None:
            raise NotFound("versions of", iri)
        before, after = _ends(times, subject)
        if form is PATCH:
            response = send(Document.of(comparer.patch(subject.graph, before, after)), PATCH)
            response.vary.add("Accept")
            return response
        found = comparer.changes(subject.graph, before, after)
        if not _is_whole(iri, subject.graph, before, after):
            found = found.under(iri)
        page = _changes_page(subject, found, before, after, links)
        return _answer(
            form,
            lambda: send_page("changes.html", page=page),
            lambda _: json_of(changes_json(page, found)),
        )


def _changes_page(
    subject: Subject, found: Changes, before: PastEdition, after: PastEdition, links: Links
) -> ChangesPage:
    iri = subject.iri or ""
    original = original_of(iri, links.site)
    here: dict[str, Any] = {"iri": iri, "from": before.number, "to": after.number}
    data = [(form, url_for("versions.changes_in", suffix=form.suffixes[0][1:], **here))
            for form in (JSON, PATCH)]  # fmt: skip
    things = things_of(found, before, after)
    return ChangesPage(
        iri=iri,
        title=title_of_subject(subject, links, _titles(subject, after, before)),
        before=end_of(before, original.url(before.name)),
        after=end_of(after, original.url(after.name)),
        counts=tuple(counts_of(found)),
        untold=0 if found else found.added + found.removed,
        things=tuple(things),
        more=len(found.things) - len(things),
        history_url=url_for("versions.history", iri=iri),
        other_way_url=changes_url(iri, after, before),
        data=tuple((url, form.title, form.media_type) for form, url in data),
    )


def _titles(subject: Subject, *editions: PastEdition) -> Iterator[Text]:
    """Yield what editions call a graph, where that is what was asked for."""
    for edition in editions:
        state = edition.graphs.get(subject.graph or "")
        if state and state.title and subject.iri in (state.iri, subject.graph):
            yield Text(state.title)


def _is_whole(iri: str, graph: str, *editions: PastEdition) -> bool:
    """Say whether an IRI is that of a graph or of the framework in it."""
    states = (edition.graphs.get(graph) for edition in editions)
    return iri == graph or any(state.iri == iri for state in states if state)


def _ends(times: Times, subject: Subject) -> tuple[PastEdition, PastEdition]:
    """Return the editions that ``from`` and ``to`` name; else the current one and the last change.

    NotFound lists the editions there are.
    """
    history = times.history
    names = [_number(name) for name in ("from", "to")]
    after = history.edition(names[1] or history.directory.pointed_at() or "")
    if names[0] is not None:
        return history.edition(names[0]), after
    older = [item for item in times.mementos(subject) if item.name < after.name]
    before = older[-1] if older else history.before(after)
    if before is None:
        raise NotFound("edition", f"before {after.number}")
    return before, after


def _number(parameter: str) -> str | None:
    """Return the edition that a parameter names, None where it is absent."""
    values = request.args.getlist(parameter)
    if not values:
        return None
    if len(values) > 1 or not (values[0].isascii() and values[0].isdecimal()):
        raise BadRequest(f"{parameter}: give the number of one edition, such as 12")
    return values[0].lstrip("0").zfill(6)


def _times(times: Times | None) -> Times:
    """Return the times; NotFound where files are served."""
    if times is None:
        raise NotFound("editions:", "this server shows files, which have none")
    return times


def _edition(times: Times | None, name: str) -> PastEdition:
    """Return an edition by its number; NotFound lists those there are."""
    if not (name.isascii() and name.isdecimal()):
        raise NotFound("edition", name)
    return _times(times).history.edition(name.lstrip("0").zfill(6))


def _form(*table: Format) -> Format:
    """Return the form that the Accept header asks for, a page among them."""
    return choose(request.headers.get("Accept"), table, page=True)


def _answer(
    form: Format, page: Callable[[], Response], data: Callable[[Format], bytes]
) -> Response:
    """Send a page or data."""
    response = page() if form is HTML else send(Document.of(data(form)), form)
    response.vary.add("Accept")
    return response
