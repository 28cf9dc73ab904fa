"""Where things are on this server: the page, the data and the outward link of an IRI.

Every address comes from Flask's ``url_for``, so the server may stand below any path.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from flask import url_for

from competency.formats import RDF_SYNTAXES, Format
from competency.ontology import COMP, ONTOLOGY_IRI, PREFIXES, SHAPES_IRI, own_vocabulary
from competency.server.negotiation import HTML
from competency.server.site import IRI_SAFE, Site


@dataclass(frozen=True)
class Download:
    """A link to a document: its address, its format's title and its media type."""

    url: str
    title: str
    media_type: str


class Links:
    """The addresses of one site."""

    def __init__(self, site: Site) -> None:
        """Link to what ``site`` holds."""
        self.site = site
        self._terms = frozenset(own_vocabulary().terms)

    def page(self, iri: str) -> str:
        """Return the address of the page of something that is held."""
        path = self.site.path_of(iri)
        if path is None:
            return url_for("resources.page_of", iri=iri)
        return url_for("resources.page", path=path)

    def data(self, iri: str, syntax: Format) -> str:
        """Return the address of the data of something that is held, in one syntax."""
        path = self.site.path_of(iri)
        if path is None:
            return url_for("resources.data_of", iri=iri, format=syntax.name)
        return url_for("resources.data", name=path + syntax.suffixes[0])

    def downloads(self, iri: str) -> list[Download]:
        """Return the data of something in every syntax."""
        return [Download(self.data(iri, row), row.title, row.media_type) for row in RDF_SYNTAXES]

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
            return url_for("terms.shapes", _anchor=iri.removeprefix(PREFIXES["compsh"]))
        return iri if iri.lower().startswith(("http://", "https://")) else None


def link_header(canonical: str, here: str, downloads: Iterable[Download], page: str) -> str:
    """Return a Link header (RFC 8288): the thing, other forms of the document, what explains it."""
    others = [Download(page, HTML.title, HTML.media_type), *downloads]
    links = [f'<{ascii_uri(canonical)}>; rel="canonical"']
    links += [
        f'<{item.url}>; rel="alternate"; type="{item.media_type}"'
        for item in others
        if item.url != here
    ]
    links.append(f'<{url_for("terms.vocabulary")}>; rel="describedby"')
    return ", ".join(links)


def ascii_uri(iri: str) -> str:
    """Return the URI of an IRI (RFC 3987, section 3.1), which a header can carry.

    >>> ascii_uri("https://example.org/café")
    'https://example.org/caf%C3%A9'
    """
    return quote(iri, safe=IRI_SAFE)
