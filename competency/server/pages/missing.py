"""The page of what is not here, in words: where it would be, what is near, what to look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from competency.errors import NotFound
from competency.graph import Framework
from competency.server.languages import gettext as _
from competency.server.languages import wanted
from competency.server.links import Links
from competency.server.pages.choosing import title_in
from competency.server.pages.values import Text, title_of
from competency.server.pages.words import cut

THINGS = ("resource", "framework", "versions of")
_MOST_WORDS = 6
_MOST_ABOVE = 8  # steps that are looked at above what is missing
_LONGEST = 90  # signs of a title
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Named:
    """Something that is held: its name, its address, its IRI; no address where it is not held."""

    title: Text
    url: str | None
    iri: str


@dataclass(frozen=True)
class MissingPage:
    """What the page of a missing thing says; ``words`` are worth a search.

    ``framework`` is the one that it would be in, ``above`` the nearest part above it that is held.
    """

    said: str
    iri: str
    words: str
    framework: Named | None
    above: Named | None
    near: tuple[Named, ...]


def missing_page(error: NotFound, links: Links) -> MissingPage | None:
    """Return what to say of a thing that is not here; None where it is not a thing that is missing.

    missing_page(NotFound("resource", "https://example.org/f/greets-guests"), links)
    """
    if error.what not in THINGS:
        return None
    of_frameworks = error.what == "framework"
    framework = _framework_of(error.name, links)
    return MissingPage(
        said=_("No framework has this name here.")
        if of_frameworks
        else _("Nothing is published under this name: no framework, and no part of one."),
        iri=error.name,
        words=last_words(error.name.removeprefix(links.site.graph.base)),
        framework=framework,
        above=_above(error.name, framework, links),
        near=tuple(_named(name, links) for name in error.near),
    )


def last_words(name: str) -> str:
    """Return the last words in an IRI or a path, which may be what somebody looks for.

    >>> last_words("https://example.org/bakery/2/greetsTheGuests")
    'greets The Guests'
    >>> last_words("bakery/serving-people/2/1#10")
    'serving people'
    """
    try:
        parts = urlsplit(name)
    except ValueError:  # such as half an address of IPv6
        return ""
    for step in reversed(f"{parts.path}/{parts.fragment}".split("/")):
        found = _WORD.findall(_HUMP.sub(" ", unquote(step)))
        if words := [word for word in found if _is_telling(word)]:
            return " ".join(words[:_MOST_WORDS])[:100]
    return ""


def _is_telling(word: str) -> bool:
    """Say whether a word may help to find something: a number does not, nor do two letters."""
    return not word.isdecimal() and (len(word) > 2 or not word.isascii())


def _framework_of(iri: str, links: Links) -> Named | None:
    """Return the framework with the longest IRI that one begins with."""
    ends = tuple(f"{iri}/"[:place] for place in _ends(f"{iri}/"))
    known = {item.iri.rstrip("/#"): item for item in links.site.summaries}
    found = next((known[end] for end in ends if end in known), None)
    return _of(title_in(found), found.iri, links) if found else None


def _ends(iri: str) -> Iterator[int]:
    """Yield the places where a step of an IRI ends, the last first."""
    return (place for place in range(len(iri) - 1, 0, -1) if iri[place] in "/#")


def _above(iri: str, framework: Named | None, links: Links) -> Named | None:
    """Return the nearest part above that is held; where each look is a question, nobody looks."""
    if framework is None or links.site.graph.elsewhere:
        return None
    for _number, place in zip(range(_MOST_ABOVE), _ends(iri), strict=False):
        name = iri[:place]
        if name in links.site.held:
            found = links.site.graph.resource(name)
            part = not isinstance(found, Framework)
            return _of(title_of(found, wanted()), name, links) if part else None
    return None


def _named(name: str, links: Links) -> Named:
    """Return a name that is close: by its title, where it is that of something held."""
    for iri in (name, links.site.graph.base + name):
        if iri in links.site.held:
            return _of(title_of(links.site.graph.resource(iri), wanted()), iri, links)
    return Named(Text(name), None, name)


def _of(title: Text, iri: str, links: Links) -> Named:
    return Named(Text(cut(title.value, _LONGEST), title.lang), links.page(iri), iri)
