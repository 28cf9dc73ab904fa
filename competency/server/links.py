"""Where things are on this server: the page, the data and the outward link of an IRI.

Every address comes from Flask's ``url_for``, so the server may stand below any path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any
from urllib.parse import quote, quote_plus

from flask import Response, has_request_context, request, url_for

from competency.exchange import Profile
from competency.formats import RDF_SYNTAXES, Format
from competency.ontology import COMP, ONTOLOGY_IRI, PREFIXES, SHAPES_IRI, own_vocabulary
from competency.server.negotiation import HTML
from competency.server.profiles import ALTERNATES, OWN, TOKENS, table_of
from competency.server.site import IRI_SAFE, Site

# Bytes of a Link header: nginx, as it comes, takes 4 KB of all headers of an answer together.
LONGEST = 2_600
# What Flask leaves as it is in a path and in a query (the URL Standard, percent-encode sets).
_PATH_SAFE, _QUERY_SAFE = "!$&'()*+,/:;=@", "!$'()*,/:;?@"
_PLACE = "~place~"  # stands for the name of a thing while the rest of its address is made
_AROUND = "competency.around"  # where a request keeps the rest
_PROFILE = "http://www.w3.org/ns/dx/prof/Profile"


@dataclass(frozen=True)
class Download:
    """A link to a document: its address, its format's title, its media type, its profile's IRI."""

    url: str
    title: str
    media_type: str
    profile: str = ""


@dataclass(frozen=True)
class Link:
    """One link of a Link header (RFC 8288): where it leads, how it is related, its attributes."""

    url: str
    rel: str
    attributes: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the link as the header has it, in ASCII; nothing in it can end the header."""
        attributes = (("rel", self.rel), *self.attributes)
        return f"<{ascii_uri(self.url)}>" + "".join(f'; {k}="{_quoted(v)}"' for k, v in attributes)


class Links:
    """The addresses of one site."""

    def __init__(self, site: Site) -> None:
        """Link to what ``site`` holds."""
        self.site = site
        self._terms = frozenset(own_vocabulary().terms)

    def page(self, iri: str, **state: Any) -> str:
        """Return the address of the page of something that is held, in a state of it.

        links.page("https://w3id.org/competency/id/pub-cscf", view="levels")
        """
        if state or not has_request_context():
            return self._page(iri, **state)
        return self.pages()(iri)

    def pages(self) -> Callable[[str], str]:
        """Return what gives the addresses of hundreds of pages, as ``page`` would each.

        It is for this request alone.

            [address(part.iri) for address in [links.pages()] for part in framework.walk()]
        """
        if not has_request_context():
            return self._page
        base, around = self.site.graph.base, cache(self._around)

        def page(iri: str) -> str:
            path = iri.removeprefix(base)
            by_iri = not path or path == iri
            before, after = around(by_iri)
            if by_iri:
                return before + quote_plus(iri, safe=_QUERY_SAFE) + after
            return before + quote(path, safe=_PATH_SAFE) + after

        return page

    def _around(self, by_iri: bool) -> tuple[str, str]:
        """Return what stands before and after the name of a thing in the address of its page.

        It is the same all through a request, and a tree has hundreds of such addresses.
        """
        kept: dict[bool, tuple[str, str]] = request.environ.setdefault(_AROUND, {})
        if by_iri not in kept:
            address = self._page(_PLACE if by_iri else self.site.graph.base + _PLACE)
            before, _, after = address.rpartition(_PLACE)
            kept[by_iri] = before, after
        return kept[by_iri]

    def _page(self, iri: str, **state: Any) -> str:
        path = self.site.path_of(iri)
        if path is None:
            return url_for("resources.page_of", iri=iri, **state)
        return url_for("resources.page", path=path, **state)

    def data(self, iri: str, syntax: Format, profile: Profile = OWN) -> str:
        """Return the address of the data of something that is held: a syntax, a profile.

        A profile other than our own stands before the suffix: ``/data/pub-cscf.skos.ttl``.
        """
        return self._data(iri, profile) % _ending(self.site.path_of(iri), syntax)

    def _data(self, iri: str, profile: Profile) -> str:
        """Return the address of data with a place for the syntax, which is cheap to fill."""
        path = self.site.path_of(iri)
        if path is None:
            token = None if profile is OWN else profile.token
            address = url_for("resources.data_of", iri=iri, _profile=token)
            return address.replace("%", "%%") + "&format=%s"
        if profile is not OWN or path.rpartition(".")[2] in TOKENS:
            path = f"{path}.{profile.token}"
        # Before the parameters that belong to each address, such as the edition of this page.
        address, mark, query = url_for("resources.data", name=path).partition("?")
        return address.replace("%", "%%") + "%s" + mark + query.replace("%", "%%")

    def downloads(self, iri: str, profile: Profile = OWN) -> list[Download]:
        """Return the data of something in every syntax, as authored or in another profile."""
        path, address = self.site.path_of(iri), self._data(iri, profile)
        return [
            Download(address % _ending(path, row), row.title, row.media_type, profile.iri)
            for row in table_of(profile)
        ]

    def representations(self, iri: str) -> list[Download]:
        """Return every document about something: its page, and every profile in every syntax."""
        page = Download(self.page(iri), HTML.title, HTML.media_type)
        found = (self.downloads(iri, profile) for profile in self.site.profiles(iri))
        return [page, *chain.from_iterable(found)]

    def alternates(self, iri: str) -> Download:
        """Return the list of all documents about something, for people."""
        return self.downloads(iri, ALTERNATES)[0]

    def to(self, iri: str) -> str | None:
        """Return where an IRI leads: a page here, a term of ours, the web, or nowhere.

        Only http and https lead to the web: a ``javascript:`` IRI is shown as text.

            links.to("https://w3id.org/competency/ns#Framework")
        """
        if iri in self.site.held:
            return self.page(iri)
        if iri in (ONTOLOGY_IRI, SHAPES_IRI):
            return url_for("terms.vocabulary" if iri == ONTOLOGY_IRI else "terms.shapes")
        if iri in self._terms:
            return url_for("terms.vocabulary", _anchor=iri.removeprefix(str(COMP)))
        if iri.startswith(PREFIXES["compsh"]):
            return self._rule(iri.removeprefix(PREFIXES["compsh"]))
        return iri if iri.lower().startswith(("http://", "https://")) else None

    def _rule(self, name: str) -> str:
        """Return where a rule stands on the page of the rules of its profile."""
        book = self.site.rulebooks.of_rule(name)
        if book is self.site.rulebooks.own:
            return url_for("terms.shapes", _anchor=name)
        return url_for("terms.shape", name=book.profile.name, _anchor=name)

    def of_document(self, iri: str, here: str, profile: Profile | None) -> list[Link]:
        """Return the links of a document about something: ``here`` is its own address.

        They stand in the order of their worth, since a header that is too long loses its end.
        ``profile`` is what the document conforms to; pages conform to none.
        """
        described = [Link(url_for("terms.vocabulary"), "describedby")]
        if profile is None:
            turtle = RDF_SYNTAXES[0]
            described.insert(0, Link(self.data(iri, turtle), "describedby", _typed(turtle)))
        return [
            Link(iri, "canonical"),
            *([Link(profile.iri, "profile")] if profile else []),
            *(_tokens(self.site.profiles(iri)) if profile is ALTERNATES else []),
            *described,
            *alternate([self.alternates(iri), *self.representations(iri)], here),
        ]


def _tokens(profiles: Iterable[Profile]) -> list[Link]:
    """Return the links that say which token stands for which profile (section 7.1.1.2)."""
    return [
        Link(_PROFILE, "type", (("token", item.token), ("anchor", item.iri))) for item in profiles
    ]


def forms_at(endpoint: str, table: Iterable[Format], **fields: Any) -> list[Download]:
    """Return the same document in every format of a table, by the suffix in its address.

    forms_at("crosswalk.data", FORMATS, framework=["pub-cscf", "wcc-behaviours"])
    """
    return [
        Download(url_for(endpoint, suffix=row.suffixes[0][1:], **fields), row.title, row.media_type)
        for row in table
    ]


def alternate(downloads: Iterable[Download], here: str) -> Iterator[Link]:
    """Yield links to the other forms of the document at ``here``, the best known forms first."""
    found = [item for item in downloads if item.url != here]
    for item in sorted(found, key=_rareness):
        profile = (("profile", item.profile),) if item.profile else ()
        yield Link(item.url, "alternate", (("type", item.media_type), *profile))


def _rareness(item: Download) -> bool:
    """Say whether a form may be left to the list of all forms where space is short."""
    own = item.profile in ("", OWN.iri, ALTERNATES.iri)
    return not own and item.media_type not in ("text/turtle", "application/ld+json")


def link_header(links: Iterable[Link], most: int = LONGEST) -> str:
    """Return a Link header (RFC 8288) of the first links, up to ``most`` bytes.

    >>> link_header([Link("https://example.org/café", "canonical")])
    '<https://example.org/caf%C3%A9>; rel="canonical"'
    """
    header = ""
    for link in links:
        longer = f"{header}, {link}" if header else str(link)
        if len(longer) <= most:
            header = longer
    return header


def add_links(response: Response, *links: Link) -> Response:
    """Add links to those that an answer has, and return it; with none nothing is added."""
    if header := link_header(links):
        response.headers.add("Link", header)
    return response


def ascii_uri(iri: str) -> str:
    """Return the URI of an IRI (RFC 3987, section 3.1), which a header can carry.

    >>> ascii_uri("https://example.org/café")
    'https://example.org/caf%C3%A9'
    """
    return quote(iri, safe=IRI_SAFE)


def _ending(path: str | None, syntax: Format) -> str:
    return syntax.name if path is None else syntax.suffixes[0]


def _typed(syntax: Format) -> tuple[tuple[str, str], ...]:
    return (("type", syntax.media_type),)


def _quoted(value: str) -> str:
    r"""Return the inside of a quoted string (RFC 9110, section 5.6.4), in ASCII.

    >>> _quoted('a"b\nc')
    'a\\"b%0Ac'
    """
    plain = "".join(c if c.isascii() and c.isprintable() else quote(c, safe="") for c in value)
    return plain.replace("\\", "\\\\").replace('"', '\\"')
