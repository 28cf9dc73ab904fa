"""The pages of editions, and the same for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from competency.graph.editions import History
from competency.graph.editions.history import EditionChanges, PastEdition
from competency.server.pages.values import Text
from competency.server.pages.words import moment

MOST_NAMED = 8  # changed frameworks that a row of the list of editions names


@dataclass(frozen=True)
class GraphRow:
    """A graph that an edition changed: ``added``, ``removed`` or ``changed``."""

    iri: str
    title: Text
    sort: str
    triples: int
    before: int
    history_url: str
    changes_url: str | None


@dataclass(frozen=True)
class EditionRow:
    """An edition in the list, with some of the graphs it changed."""

    name: str
    number: int
    url: str
    view_url: str
    created: str
    time: str
    note: str
    frameworks: int
    triples: int
    is_current: bool
    is_undone: bool
    rows: tuple[GraphRow, ...]
    more: int


@dataclass(frozen=True)
class EditionPage:
    """One edition, with all graphs it changed and its neighbours."""

    row: EditionRow
    before: int | None
    graphs: tuple[GraphRow, ...]
    previous: str | None
    following: str | None


def edition_rows(history: History) -> list[EditionRow]:
    """Return the editions, the newest first."""
    return [edition_row(history, edition) for edition in reversed(history.editions())]


def edition_row(history: History, edition: PastEdition) -> EditionRow:
    """Return an edition as the list shows it."""
    current = history.directory.pointed_at() or ""
    changes = history.changes(edition)
    rows = graph_rows(edition, changes, MOST_NAMED)
    changed = sum(map(len, (changes.added, changes.removed, changes.changed)))
    return EditionRow(
        name=edition.name,
        number=edition.number,
        url=url_for("versions.edition", name=edition.number),
        view_url=url_for("home.index", edition=edition.name),
        created=edition.created.isoformat().replace("+00:00", "Z"),
        time=moment(edition.created),
        note=edition.note,
        frameworks=edition.frameworks,
        triples=edition.triples,
        is_current=edition.name == current,
        is_undone=edition.name > current,
        rows=tuple(rows),
        more=changed - len(rows),
    )


def graph_rows(
    edition: PastEdition, changes: EditionChanges, most: int | None = None
) -> list[GraphRow]:
    """Return the graphs that an edition changed, up to ``most``: new ones first, then by title."""
    sorts = (("added", changes.added), ("removed", changes.removed), ("changed", changes.changed))
    found = [
        (name, sort)
        for sort, names in sorts
        for name in sorted(names, key=lambda name: _title(name, edition, changes.before).value)
    ]
    return [_graph_row(name, sort, edition, changes.before) for name, sort in found[:most]]


def _graph_row(name: str, sort: str, edition: PastEdition, before: PastEdition | None) -> GraphRow:
    old = before.graphs.get(name) if before else None
    new = edition.graphs.get(name)
    iri = next((state.iri for state in (new, old) if state and state.iri), name)
    return GraphRow(
        iri=iri,
        title=_title(name, edition, before),
        sort=sort,
        triples=new.triples if new else 0,
        before=old.triples if old else 0,
        history_url=url_for("versions.history", iri=iri),
        changes_url=changes_url(iri, before, edition) if before and iri else None,
    )


def changes_url(iri: str, before: PastEdition, after: PastEdition) -> str:
    """Return the address of what changed with a thing between two editions."""
    ends: dict[str, Any] = {"from": before.number, "to": after.number}
    return url_for("versions.changes", iri=iri, **ends)


def _title(name: str, *editions: PastEdition | None) -> Text:
    states = (edition.graphs.get(name) for edition in editions if edition is not None)
    found = next((state.title for state in states if state and state.title), None)
    return Text(found or name.rstrip("/#").rpartition("/")[2] or name)


def edition_page(history: History, edition: PastEdition) -> EditionPage:
    """Return what the page of an edition shows."""
    editions = history.editions()
    place = editions.index(edition)
    changes = history.changes(edition)
    near = [editions[place - 1] if place else None, *editions[place + 1 : place + 2], None][:2]
    urls = [url_for("versions.edition", name=item.number) if item else None for item in near]
    return EditionPage(
        row=edition_row(history, edition),
        before=changes.before.number if changes.before else None,
        graphs=tuple(graph_rows(edition, changes)),
        previous=urls[0],
        following=urls[1],
    )


def editions_json(history: History) -> dict[str, Any]:
    """Return the list of editions for programs."""
    return {
        "current": history.directory.pointed_at(),
        "older_gone": history.older_gone,
        "editions": [edition_json(history, item) for item in reversed(history.editions())],
    }


def edition_json(history: History, edition: PastEdition) -> dict[str, Any]:
    """Return one edition for programs, with the names of all graphs it changed."""
    changes = history.changes(edition)
    return {
        "edition": edition.name,
        "url": url_for("versions.edition", name=edition.number, _external=True),
        "created": _iso(edition.created),
        "parent": edition.parent,
        "note": edition.note,
        "frameworks": edition.frameworks,
        "triples": edition.triples,
        "before": changes.before.name if changes.before else None,
        "added": list(changes.added),
        "removed": list(changes.removed),
        "changed": list(changes.changed),
    }


def _iso(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")
