"""The history of a framework, or of a part of one: its versions, and the same for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from flask import request, url_for

from competency.errors import NotFound
from competency.graph.editions import History
from competency.graph.editions.history import Version
from competency.server.links import Links
from competency.server.memento import Subject, Times
from competency.server.originals import original_of
from competency.server.pages.values import Text, title_of
from competency.server.pages.versions import changes_url
from competency.server.pages.words import moment


@dataclass(frozen=True)
class VersionRow:
    """A version of a framework: the edition it came with, and where to see it."""

    name: str
    number: int
    created: str
    time: str
    note: str
    title: Text | None
    label: str
    triples: int
    is_shown_now: bool
    is_withdrawn: bool
    is_oldest_left: bool
    view_url: str | None
    changes_url: str | None


@dataclass(frozen=True)
class HistoryPage:
    """The versions of a framework, or of the framework of a part, newest first."""

    iri: str
    title: Text
    framework: Text | None
    framework_url: str | None
    page_url: str | None
    rows: tuple[VersionRow, ...]
    compare: tuple[VersionRow, ...]
    older_gone: bool
    has_editions: bool


def history_page(iri: str, links: Links, times: Times | None) -> HistoryPage:
    """Return the versions of a thing, held or withdrawn; NotFound where it was never published.

    Without ``times`` there are no editions, and the present state is the only one.
    """
    site = links.site
    original = original_of(iri, site)
    subject = times.subject(original, site) if times else _held(iri, links)
    if subject is None or subject.iri is None:
        raise NotFound("versions of", iri)
    rows: list[VersionRow] = []
    if times is not None:
        found = list(_versions(times.history, subject))
        urls = {item.edition.name: original.url(item.edition.name) for item in found if item.state}
        rows = version_rows(times.history, subject.iri, found, urls)
    former = (row.title for row in rows if row.title)
    graph, is_part = subject.graph or "", subject.graph != subject.iri
    whole = site.graph.resource(graph) if is_part and graph in site.held else None
    return HistoryPage(
        iri=subject.iri,
        title=title_of_subject(subject, links, () if is_part else former),
        framework=title_of(whole) if whole else None,
        framework_url=url_for("versions.history", iri=graph) if whole else None,
        page_url=links.page(subject.iri) if subject.is_current else None,
        rows=tuple(rows),
        compare=tuple(row for row in rows if not row.is_withdrawn),
        older_gone=times is not None and times.history.older_gone,
        has_editions=times is not None,
    )


def _held(iri: str, links: Links) -> Subject | None:
    if iri not in links.site.held:
        return None
    return Subject(iri, links.site.graph.resource(iri).graph_name)


def _versions(history: History, subject: Subject) -> Iterator[Version]:
    """Yield the versions of the graph that speak of a thing, and where it was taken out."""
    was_there = False
    for version in history.versions(subject.graph or ""):
        here = history.says(version.edition, subject.graph or "", subject.iri or "")
        if here:
            yield version
        elif was_there:
            yield Version(version.edition, None)
        was_there = here


def title_of_subject(subject: Subject, links: Links, former: Iterable[Text]) -> Text:
    """Return the name of a thing now, else the first of its former names, else its IRI."""
    if subject.is_current:
        return title_of(links.site.graph.resource(subject.iri or ""))
    return next(iter(former), Text(subject.iri or ""))


def version_rows(
    history: History, iri: str, versions: Sequence[Version], urls: dict[str, str]
) -> list[VersionRow]:
    """Return the versions of a thing, the newest first; ``urls`` leads to each by its edition."""
    current = history.directory.pointed_at() or ""
    shown = [item.edition.name for item in versions if item.edition.name <= current]
    rows = []
    for place, version in enumerate(versions):
        edition, state = version.edition, version.state
        before = versions[place - 1].edition if place else None
        rows.append(
            VersionRow(
                name=edition.name,
                number=edition.number,
                created=edition.created.isoformat().replace("+00:00", "Z"),
                time=moment(edition.created),
                note=edition.note,
                title=Text(state.title) if state and state.title else None,
                label=(state.version or "") if state else "",
                triples=state.triples if state else 0,
                is_shown_now=edition.name in shown[-1:],
                is_withdrawn=state is None,
                is_oldest_left=place == 0 and history.older_gone,
                view_url=urls.get(edition.name) if state else None,
                changes_url=changes_url(iri, before, edition) if before else None,
            )
        )
    return rows[::-1]


def history_json(page: HistoryPage) -> dict[str, Any]:
    """Return the history of a thing for programs."""
    return {
        "iri": page.iri,
        "title": page.title.value,
        "older_gone": page.older_gone,
        "versions": [
            {
                "edition": row.name,
                "created": row.created,
                "note": row.note,
                "title": row.title.value if row.title else None,
                "version": row.label or None,
                "triples": row.triples,
                "current": row.is_shown_now,
                "withdrawn": row.is_withdrawn,
                "url": _whole(row.view_url),
                "changes": _whole(row.changes_url),
            }
            for row in page.rows
        ],
    }


def _whole(url: str | None) -> str | None:
    return urljoin(request.root_url, url) if url else None
