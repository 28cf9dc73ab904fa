"""The page of search and the same as JSON: hits, choices with their counts, where to go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from competency.graph import Choice, Found, Hit, Marked
from competency.graph.search.matching import FACETS
from competency.ontology import COMP
from competency.server.languages import gettext as _
from competency.server.languages import interface, ngettext
from competency.server.links import Links
from competency.server.pages.ordering import title_key
from competency.server.pages.paging import Pages, pages_at
from competency.server.pages.values import Text
from competency.server.pages.whereabouts import Whereabouts
from competency.server.places import absolute
from competency.server.site import Site

SHOWN_CHOICES = 8  # of a facet that are seen at once
MOST_CHOICES = 100  # of a facet that are listed at all
_ONE_ONLY = "polarity"
_SIGNS = {"positive": "helpful", "negative": "unhelpful"}


@dataclass(frozen=True)
class Form:
    """What the address of a search asks for; choices are IRIs, which ``base`` makes short."""

    base: str
    words: str = ""
    framework: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    page: int = 1
    limit: int = 20

    @property
    def narrowed(self) -> bool:
        """Say whether any choice was made."""
        return any((self.framework, self.kind, self.level, self.polarity))

    def pages(self, total: int) -> int:
        """Return how many pages so many hits fill."""
        return -(-total // self.limit)

    def value(self, facet: str, iri: str) -> str:
        """Return a choice as an address names it: below the base, or as a name of ours."""
        start = str(COMP) if facet == "kind" else self.base
        rest = iri.removeprefix(start)
        return rest if rest and ":" not in rest else iri

    def address(self, endpoint: str = "search.page", page: int = 1) -> str:
        """Return the address of this search."""
        choices = {
            facet: [self.value(facet, iri) for iri in getattr(self, facet)] for facet in FACETS
        }
        return url_for(
            endpoint,
            q=self.words or None,
            page=page if page > 1 else None,
            limit=self.limit if self.limit != Form.limit else None,
            **choices,  # type: ignore[arg-type]
        )

    def toggled(self, facet: str, value: str) -> Form:
        """Return the form with one choice made or taken back; of a polarity there is one."""
        chosen: tuple[str, ...] = getattr(self, facet)
        others = tuple(item for item in chosen if item != value)
        if value not in chosen:
            others = (value,) if facet == _ONE_ONLY else (*others, value)
        return replace(self, page=1, **{facet: others})  # type: ignore[arg-type]


@dataclass(frozen=True)
class HitView:
    """A hit as the page shows it."""

    url: str
    title: Marked
    kind: str
    codes: tuple[str, ...]
    level: Text | None
    sign: str
    snippet: Marked | None
    above: tuple[Marked, ...]


@dataclass(frozen=True)
class ChoiceView:
    """A choice of a facet: what the form sends for it, its name, and how many hits it leaves."""

    value: str
    label: Text
    note: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class FacetView:
    """The choices of a facet; ``single`` where only one may be made, ``more`` what is folded."""

    name: str
    title: str
    single: bool
    choices: tuple[ChoiceView, ...]
    more: tuple[ChoiceView, ...]

    @property
    def chosen(self) -> bool:
        """Say whether any of the choices is made."""
        return any(choice.chosen for choice in (*self.choices, *self.more))


@dataclass(frozen=True)
class SearchPage:
    """The page of search."""

    form: Form
    found: Found
    summary: str
    hits: tuple[HitView, ...]
    facets: tuple[FacetView, ...]
    pages: Pages | None
    suggestion_url: str | None
    unnarrowed_url: str | None
    data_url: str


def search_page(form: Form, found: Found, site: Site, links: Links) -> SearchPage:
    """Return what the page of search shows; without words and choices it shows no hits."""
    levels = {choice.value: choice for choice in found.facets["level"]}
    asked = bool(form.words.strip()) or form.narrowed
    hits = found.hits if asked else ()
    meant = replace(form, words=found.suggestion or "", page=1)
    where = Whereabouts(site)
    return SearchPage(
        form=form,
        found=found,
        summary=_summary(form, found, asked),
        hits=tuple(_hit(hit, levels.get(hit.level or ""), where, links) for hit in hits),
        facets=tuple(_facets(form, found, where, site)),
        pages=pages_at(form.page, form.pages(found.total), lambda page: form.address(page=page))
        if asked
        else None,
        suggestion_url=meant.address() if found.suggestion else None,
        unnarrowed_url=Form(form.base, form.words).address() if form.narrowed else None,
        data_url=form.address("search.data", form.page),
    )


def search_json(form: Form, found: Found, site: Site, links: Links) -> dict[str, Any]:
    """Return what was found ready for JSON; docs/search.md has the meaning of the members."""
    count = form.pages(found.total)
    levels = {choice.value: choice for choice in found.facets["level"]}
    titles = {choice.value: choice.label for choice in found.facets["framework"]}
    where = Whereabouts(site)
    suggestion = None
    if found.suggestion:
        meant = replace(form, words=found.suggestion)
        suggestion = {"query": found.suggestion, "url": absolute(meant.address("search.data"))}

    def page(number: int) -> str | None:
        there = 1 <= number <= count
        return absolute(form.address("search.data", number)) if there else None

    return {
        "query": form.words,
        "summary": _summary(form, found, True),
        "total": found.total,
        "page": form.page,
        "pages": count,
        "limit": form.limit,
        "matched": "some" if found.some else "all",
        "cut": found.cut,
        "suggestion": suggestion,
        "hits": [
            _hit_json(hit, levels.get(hit.level or ""), titles.get(hit.framework), where, links)
            for hit in found.hits
        ],
        "facets": {facet: _choices_json(facet, form, found, site) for facet in FACETS},
        "links": {
            "self": absolute(form.address("search.data", form.page)),
            "page": absolute(form.address(page=form.page)),
            "next": page(form.page + 1),
            "previous": page(form.page - 1),
        },
    }


def _summary(form: Form, found: Found, asked: bool) -> str:
    """Say how much was found, in a sentence."""
    if not asked:
        return ngettext("%(num)s thing to search", "%(num)s things to search", found.total)
    if not found.total:
        return _("Nothing found")
    if found.some:
        return ngettext(
            "Nothing has all of these words; %(num)s thing has some of them",
            "Nothing has all of these words; %(num)s things have some of them",
            found.total,
        )
    return ngettext("%(num)s result", "%(num)s results", found.total)


def _hit(hit: Hit, level: Choice | None, where: Whereabouts, links: Links) -> HitView:
    return HitView(
        url=links.page(hit.iri),
        title=hit.title,
        kind=_kind(hit, links),
        codes=hit.codes,
        level=_text(level.label) if level and level.label else None,
        sign=_SIGNS.get(hit.polarity or "", ""),
        snippet=hit.snippet,
        above=where.above(hit),
    )


def _kind(hit: Hit, links: Links) -> str:
    return links.site.graph.vocabulary.label(hit.kind, interface())


def _facets(form: Form, found: Found, where: Whereabouts, site: Site) -> Iterator[FacetView]:
    """Yield the facets that have choices, those that are made first."""
    titles = {
        "framework": _("Framework"),
        "kind": _("Kind"),
        "level": _("Level"),
        "polarity": _("Behaviour"),
    }
    for facet in FACETS:
        named = (_named(facet, choice, where) for choice in found.facets[facet])
        in_order = sorted(named, key=_order)[:MOST_CHOICES]
        views = [_choice(facet, item, form, found, site) for item in in_order]
        seen = max(SHOWN_CHOICES, sum(view.chosen for view in views))
        if views:
            shown, more = tuple(views[:seen]), tuple(views[seen:])
            yield FacetView(facet, titles[facet], facet == _ONE_ONLY, shown, more)


def _named(facet: str, choice: Choice, where: Whereabouts) -> Choice:
    """Return a choice with a name, where the index has none: a framework without a title."""
    if facet != "framework" or choice.label is not None:
        return choice
    return replace(choice, label=where.framework(choice.value))


def _order(choice: Choice) -> tuple[object, ...]:
    """Return what sorts the choices of a facet: those made, those with most hits, by title."""
    title = choice.label.value if choice.label else choice.value
    return not choice.chosen, -choice.count, *title_key(title), choice.value


def _choice(facet: str, choice: Choice, form: Form, found: Found, site: Site) -> ChoiceView:
    label = _label(facet, choice, site)
    note = ""
    if facet == "level" and len({item.framework for item in found.facets["level"]}) > 1:
        labels = {item.value: item.label for item in found.facets["framework"]}
        note = str(labels.get(choice.framework or "") or "")
    value = form.value(facet, choice.value)
    return ChoiceView(value, label, note, choice.count, choice.chosen)


def _label(facet: str, choice: Choice, site: Site) -> Text:
    """Return the name of a choice: a title from the data, or a word of ours."""
    if facet == "polarity":
        words = {"positive": _("helpful"), "negative": _("unhelpful")}
        return Text(words[choice.value], interface())
    if facet == "kind":
        return Text(site.graph.vocabulary.label(choice.value, interface()), interface())
    return _text(choice.label) if choice.label else Text(choice.value)


def _text(text: Marked) -> Text:
    return Text(text.value, text.language)


def _hit_json(
    hit: Hit, level: Choice | None, framework: Marked | None, where: Whereabouts, links: Links
) -> dict[str, Any]:
    named = {"iri": hit.level, "label": _plain(level.label if level else None)}
    return {
        "iri": hit.iri,
        "url": absolute(links.page(hit.iri)),
        "title": _marked(hit.title),
        "snippet": _marked(hit.snippet),
        "language": hit.language,
        "kind": {"iri": hit.kind, "label": _kind(hit, links)},
        "framework": {
            "iri": hit.framework,
            "title": _plain(framework or where.framework(hit.framework)),
        },
        "level": named if hit.level else None,
        "polarity": hit.polarity,
        "codes": list(hit.codes),
        "above": [_plain(title) for title in where.above(hit)],
    }


def _choices_json(facet: str, form: Form, found: Found, site: Site) -> list[dict[str, Any]]:
    return [
        {
            "value": item.value,
            "label": _label(facet, item, site).value,
            "count": item.count,
            "chosen": item.chosen,
            "url": absolute(form.toggled(facet, item.value).address("search.data")),
        }
        for item in found.facets[facet][:MOST_CHOICES]
    ]


def _plain(text: Marked | None) -> dict[str, Any] | None:
    return None if text is None else {"value": text.value, "language": text.language}


def _marked(text: Marked | None) -> dict[str, Any] | None:
    """Return a text with its marks: pairs of places, counted in characters from 0."""
    if text is None:
        return None
    return {"value": text.value, "language": text.language, "marks": [list(m) for m in text.marks]}
