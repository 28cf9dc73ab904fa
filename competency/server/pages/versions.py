"""The pages of editions, and the same for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from competency.graph.editions import History
from competency.graph.editions.history import EditionChanges, GraphState, PastEdition
from competency.server.languages import gettext as _
from competency.server.languages import ngettext, ngettext_noop
from competency.server.pages.ordering import title_key
from competency.server.pages.values import Text
from competency.server.pages.words import moment

MOST_NAMED = 8  # changed frameworks that a row of the list of editions names
_SORTS = ("added", "removed", "changed")
_COUNTS = {
    (True, "added"): ngettext_noop("%(num)s framework added", "%(num)s frameworks added"),
    (True, "removed"): ngettext_noop("%(num)s framework removed", "%(num)s frameworks removed"),
    (True, "changed"): ngettext_noop("%(num)s framework changed", "%(num)s frameworks changed"),
    (False, "added"): ngettext_noop(
        "%(num)s set of alignments or other data added",
        "%(num)s sets of alignments or other data added",
    ),
    (False, "removed"): ngettext_noop(
        "%(num)s set of alignments or other data removed",
        "%(num)s sets of alignments or other data removed",
    ),
    (False, "changed"): ngettext_noop(
        "%(num)s set of alignments or other data changed",
        "%(num)s sets of alignments or other data changed",
    ),
}


@dataclass(frozen=True)
class GraphRow:
    """A graph that an edition changed: ``added``, ``removed`` or ``changed``.

    What is no framework has no title of its own; ``version`` is what a framework says of its own.
    """

    iri: str
    title: Text
    is_framework: bool
    version: str
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
    counts: tuple[str, ...]
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
        counts=tuple(_counts(edition, changes)),
        is_current=edition.name == current,
        is_undone=edition.name > current,
        rows=tuple(rows),
        more=changed - len(rows),
    )


def graph_rows(
    edition: PastEdition, changes: EditionChanges, most: int | None = None
) -> list[GraphRow]:
    """Return the graphs that an edition changed, up to ``most``.

    Frameworks come first; of these and the rest new ones, then those gone, each by title.
    """
    found = sorted(_changed(edition, changes), key=lambda row: _order(row, edition, changes.before))
    return [_graph_row(row, edition, changes.before) for row in found[:most]]


@dataclass(frozen=True)
class _Change:
    """What became of a graph, and whether it holds a framework."""

    name: str
    sort: str
    is_framework: bool


def _changed(edition: PastEdition, changes: EditionChanges) -> Iterator[_Change]:
    """Yield what became of the graphs that changed."""
    sorts = {"added": changes.added, "removed": changes.removed, "changed": changes.changed}
    for sort, names in sorts.items():
        for name in names:
            states = _states(name, edition, changes.before)
            yield _Change(name, sort, any(state.iri for state in states))


def _order(row: _Change, *editions: PastEdition | None) -> tuple[object, ...]:
    title = title_key(_title(row, *editions).value) if row.is_framework else ()
    return not row.is_framework, _SORTS.index(row.sort), *title, row.name


def _counts(edition: PastEdition, changes: EditionChanges) -> Iterator[str]:
    """Yield how many frameworks came, went and changed with an edition, and how much else."""
    found = Counter((row.is_framework, row.sort) for row in _changed(edition, changes))
    return (ngettext(*words, found[key]) for key, words in _COUNTS.items() if found[key])


def _graph_row(row: _Change, edition: PastEdition, before: PastEdition | None) -> GraphRow:
    old = before.graphs.get(row.name) if before else None
    new = edition.graphs.get(row.name)
    iri = next((state.iri for state in (new, old) if state and state.iri), row.name)
    state = new or old
    return GraphRow(
        iri=iri,
        title=_title(row, edition, before),
        is_framework=row.is_framework,
        version=(state.version or "") if state else "",
        sort=row.sort,
        triples=new.triples if new else 0,
        before=old.triples if old else 0,
        history_url=url_for("versions.history", iri=iri),
        changes_url=changes_url(iri, before, edition) if before and iri else None,
    )


def changes_url(iri: str, before: PastEdition, after: PastEdition) -> str:
    """Return the address of what changed with a thing between two editions."""
    ends: dict[str, Any] = {"from": before.number, "to": after.number}
    return url_for("versions.changes", iri=iri, **ends)


def _title(row: _Change, *editions: PastEdition | None) -> Text:
    """Return what a graph is called; what is no framework is called what it mostly is."""
    if not row.is_framework:
        return Text(_("Alignments or other data"))
    titles = (state.title for state in _states(row.name, *editions) if state.title)
    return Text(next(titles, None) or row.name.rstrip("/#").rpartition("/")[2] or row.name)


def _states(name: str, *editions: PastEdition | None) -> list[GraphState]:
    """Return what a graph is in editions, in their order."""
    states = [edition.graphs.get(name) for edition in editions if edition is not None]
    return [state for state in states if state is not None]


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
