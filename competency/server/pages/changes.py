"""What changed with a framework between two editions, in words, and the same for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from competency.graph.editions.changes import SORTS, Changes, Place, PropertyChange, ThingChange
from competency.graph.editions.described import Said
from competency.graph.editions.history import PastEdition
from competency.graph.editions.wording import Stretch, compare_words
from competency.ontology import own_vocabulary
from competency.server.languages import gettext as _
from competency.server.languages import interface, ngettext, wanted
from competency.server.pages.values import Text, property_label
from competency.server.pages.words import cut, moment
from competency.server.tags import best

MOST_SHOWN = 400  # things that a page shows; the JSON and the patch have all
MOST_BELOW = 30  # parts that are named which came or went with the one above them


@dataclass(frozen=True)
class Line:
    """One value that changed: in words compared, or what went and what came."""

    lang: str
    direction: str
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class PropertyView:
    """A property with the values of it that changed."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ThingView:
    """A thing that changed, as the page shows it."""

    iri: str
    title: Text
    kind: str
    sorts: tuple[str, ...]
    before_url: str | None
    after_url: str | None
    path: tuple[Text, ...]
    was_at: str
    is_at: str
    properties: tuple[PropertyView, ...]
    words_now_at: str | None
    below: tuple[Text, ...]
    more_below: int


@dataclass(frozen=True)
class End:
    """One of the two editions that are compared."""

    name: str
    number: int
    created: str
    time: str
    url: str | None


@dataclass(frozen=True)
class ChangesPage:
    """What changed between two editions with a framework, or with a part of it."""

    iri: str
    title: Text
    before: End
    after: End
    counts: tuple[str, ...]
    untold: int
    things: tuple[ThingView, ...]
    more: int
    history_url: str
    other_way_url: str
    data: tuple[tuple[str, str, str], ...]


def things_of(changes: Changes, before: PastEdition, after: PastEdition) -> list[ThingView]:
    """Return the things that changed, up to a number of them."""
    return [_thing(item, before, after) for item in changes.things[:MOST_SHOWN]]


def counts_of(changes: Changes) -> list[str]:
    """Return how many things of each sort there are, in words."""
    words = {
        "added": ngettext("%(num)s added", "%(num)s added", changes.counts["added"]),
        "removed": ngettext("%(num)s removed", "%(num)s removed", changes.counts["removed"]),
        "moved": ngettext("%(num)s moved", "%(num)s moved", changes.counts["moved"]),
        "reworded": ngettext("%(num)s reworded", "%(num)s reworded", changes.counts["reworded"]),
        "changed": ngettext(
            "%(num)s changed otherwise", "%(num)s changed otherwise", changes.counts["changed"]
        ),
    }
    return [words[sort] for sort in SORTS if changes.counts[sort]]


def end_of(edition: PastEdition, url: str | None) -> End:
    """Return one of the two editions; ``url`` leads to the thing in it."""
    created = edition.created.isoformat().replace("+00:00", "Z")
    return End(edition.name, edition.number, created, moment(edition.created), url)


def _thing(item: ThingChange, before: PastEdition, after: PastEdition) -> ThingView:
    return ThingView(
        iri=item.iri,
        title=_short(_pick(item.titles)),
        kind=own_vocabulary().label(item.kind, interface()) if item.kind else "",
        sorts=item.sorts,
        before_url=None if "added" in item.sorts else _url(item.iri, before),
        after_url=None if "removed" in item.sorts else _url(item.iri, after),
        path=tuple(_short(_pick(titles), 60) for _iri, titles in item.place.above),
        was_at=_where(item.before) if item.before else "",
        is_at=_where(item.place),
        properties=tuple(map(_property, item.properties)),
        words_now_at=item.words_now_at,
        below=tuple(_short(_pick(each.titles)) for each in item.below[:MOST_BELOW]),
        more_below=max(0, len(item.below) - MOST_BELOW),
    )


def _url(iri: str, edition: PastEdition) -> str:
    return url_for("resources.entity", iri=iri, edition=edition.name)


def _where(place: Place) -> str:
    """Return the place of a part in words: under what, and at which position."""
    above = _short(_pick(place.above[-1][1]), 60).value if place.above else ""
    if above and place.position:
        return _("place %(number)s in %(whole)s", number=place.position, whole=above)
    return above or (_("place %(number)s", number=place.position) if place.position else "")


def _property(item: PropertyChange) -> PropertyView:
    return PropertyView(property_label(own_vocabulary(), item.iri), tuple(_lines(item)))


def _lines(item: PropertyChange) -> Iterable[Line]:
    """Yield texts in one language as one line, word by word, and all other values by themselves."""
    removed, added = list(item.removed), list(item.added)
    for tag in dict.fromkeys(said.lang for said in removed):
        old = [said for said in removed if said.is_text and said.lang == tag]
        new = [said for said in added if said.is_text and said.lang == tag]
        if len(old) == len(new) == 1:
            yield _line(old[0], compare_words(old[0].text, new[0].text))
            removed.remove(old[0])
            added.remove(new[0])
    for said in removed:
        yield _line(said, (Stretch("removed", said.text),))
    for said in added:
        yield _line(said, (Stretch("added", said.text),))


def _line(said: Said, stretches: tuple[Stretch, ...]) -> Line:
    return Line(said.lang, Text(said.text, said.lang).direction, stretches)


def _pick(titles: Sequence[Said]) -> Text:
    """Return the name of a thing in the language that the reader wants most."""
    tag = best(wanted(), [said.lang for said in titles if said.lang])
    found = next((said for said in titles if said.lang == tag), titles[0])
    return Text(found.text, found.lang)


def _short(text: Text, length: int = 160) -> Text:
    return Text(cut(text.value, length), text.lang)


def changes_json(page: ChangesPage, changes: Changes) -> dict[str, Any]:
    """Return what changed for programs: all things, properties by their IRIs."""
    triples = {"added": changes.added, "removed": changes.removed}
    return {
        "iri": page.iri,
        "from": page.before.name,
        "to": page.after.name,
        "counts": changes.counts,
        **({"triples": triples} if any(triples.values()) else {}),
        "things": [_thing_json(item) for item in changes.things],
    }


def _thing_json(item: ThingChange) -> dict[str, Any]:
    found: dict[str, Any] = {
        "iri": item.iri,
        "kind": item.kind,
        "title": [_said_json(said) for said in item.titles],
        "changes": list(item.sorts),
        "place": _place_json(item.place),
        "was_at": _place_json(item.before) if item.before else None,
        "words_now_at": item.words_now_at,
        "properties": [
            {
                "property": each.iri,
                "removed": [_said_json(said) for said in each.removed],
                "added": [_said_json(said) for said in each.added],
            }
            for each in item.properties
        ],
        "below": [_thing_json(each) for each in item.below],
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def _place_json(place: Place) -> dict[str, Any]:
    return {"above": [iri for iri, _titles in place.above], "position": place.position or None}


def _said_json(said: Said) -> dict[str, str]:
    found = {"value": said.text, "language": said.lang, "iri": said.iri or ""}
    return {name: value for name, value in found.items() if value}
