"""What sends readers from the IRIs of things to the files about them.

A file server does not look at what a client accepts. Where the IRIs stand, such as at w3id.org,
an Apache server does: ``w3id/.htaccess`` is for that one. ``_redirects`` and ``_headers`` are for
hosts of files that read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from competency.formats import RDF_SYNTAXES, Format
from competency.ontology import ONTOLOGY_IRI, SHAPES_IRI
from competency.server.negotiation import HTML
from competency.server.profiles import OWN
from competency.server.responses import SECURITY, content_type
from competency.server.static_site.layout import Layout

HTACCESS, REDIRECTS, HEADERS = "w3id/.htaccess", "_redirects", "_headers"
MOST = 1_000  # things with names of their own for which there are rules; hosts take about 2,000
# What stands after a media type in an Accept header: q=1 or none, then less and less.
_WEIGHTS = (
    r"\s*(;(?!\s*q=)[^,;]*)*(;\s*q=1(\.0*)?\s*)?(,|$)",
    r"[^,]*;\s*q=0?\.[5-9]",
    r"[^,]*;\s*q=0?\.([1-4]|0+[1-9])",
)
_ANYTHING = r"^\s*$|(^|,)\s*(\*|text|application)/\*(?!\s*;\s*q=0(\.0*)?\s*(,|$))"
_HEAD = """\
# From the IRIs below {root} to the files at {url}
# Made by `competency site`; it belongs into the folder of {root}
#
# A thing is not a document, so its IRI answers 303 with the address of a document about it: what
# the client accepts decides which. FORM becomes the suffix of that. Apache cannot compare
# q-values, so a type that is wanted in full goes before one with q=0.5 to 0.9, and that before
# one with less; among equals a page wins, then the order below. q=0 asks for nothing. Who
# accepts anything, or says nothing, gets Turtle, and who wants none of these gets 406.

Options +FollowSymLinks
RewriteEngine on
<IfModule mod_headers.c>
  Header always merge Vary Accept
  Header always set Access-Control-Allow-Origin "*"
</IfModule>

"""


def htaccess(base: str, url: str, layout: Layout, things: Iterable[str]) -> str | None:
    """Return the file for Apache, or None for a base whose things are fragments of one document.

    ``url`` is where the site stands, ending in a slash; ``things`` are the IRIs of all.
    """
    if base.endswith("#"):
        return None
    root, prefix = _split(base)
    rows = [*_choosing(), "", *_documents(root, url), "", "# Things."]
    for path, page, data in _odd(things, layout):
        rows += _rules(f"^{_escaped(prefix + path)}$", url + page, url + data)
    rows += _rules(f"^{_escaped(prefix)}(.+)$", f"{url}page/$1", f"{url}data/$1")
    return _HEAD.format(root=root, url=url) + "\n".join(rows) + "\n"


def redirects(base: str, url: str, layout: Layout, things: Iterable[str]) -> str:
    """Return the file for hosts that read ``_redirects``: things lead to their pages."""
    _, prefix = _split(base)
    top = urlsplit(url).path if url else "/"
    rows = [f"{top}.well-known/void {top}dataset.ttl 303"]
    if prefix:
        for path, page, _ in _odd(things, layout):
            if not re.search(r"\s", path):
                rows.append(f"{top}{prefix}{path} {top}{page}.html 303")
        rows.append(f"{top}{prefix}* {top}page/:splat.html 303")
    return "\n".join(rows) + "\n"


def headers(url: str) -> str:
    """Return the file for hosts that read ``_headers``: security, and the types of data."""
    top = urlsplit(url).path if url else "/"
    rows = [f"{top}*", *(f"  {name}: {value}" for name, value in SECURITY.items())]
    rows.append("  Access-Control-Allow-Origin: *")
    for syntax in RDF_SYNTAXES:
        rows += [f"{top}*{syntax.suffixes[0]}", f"  Content-Type: {content_type(syntax)}"]
    return "\n".join(rows) + "\n"


def _split(base: str) -> tuple[str, str]:
    """Cut a base into the folder whose server redirects, and what things begin with in it.

    >>> _split("https://w3id.org/competency/id/"), _split("https://example.org/")
    (('https://w3id.org/competency/', 'id/'), ('https://example.org/', ''))
    """
    if urlsplit(base).path in ("", "/"):
        return base, ""
    root = base.rstrip("/").rpartition("/")[0] + "/"
    return root, base.removeprefix(root)


def _choosing() -> Iterator[str]:
    """Yield the rules that put the suffix of the form that is wanted into FORM."""
    yield "# What is accepted."
    for weight in _WEIGHTS:
        for row in (HTML, *RDF_SYNTAXES):
            yield "RewriteCond %{ENV:FORM} ^$"
            yield f'RewriteCond %{{HTTP_ACCEPT}} "(^|,)\\s*({_types(row)}){weight}" [NC]'
            yield f"RewriteRule ^ - [E=FORM:{row.suffixes[0]}]"
    yield "RewriteCond %{ENV:FORM} ^$"
    yield f'RewriteCond %{{HTTP_ACCEPT}} "{_ANYTHING}"'
    yield f"RewriteRule ^ - [E=FORM:{RDF_SYNTAXES[0].suffixes[0]}]"


def _types(row: Format) -> str:
    return "|".join(re.escape(name) for name in row.media_types)


def _documents(root: str, url: str) -> Iterator[str]:
    """Yield the rules for what is a document itself: the home page, the vocabulary, data."""
    yield "# Documents."
    yield f"RewriteRule ^$ {url} [R=303,L,NE]"
    yield f"RewriteRule ^((data|page|ns)/.+)$ {url}$1 [R=303,L,NE]"
    yield f"RewriteRule ^((ns|shapes|dataset)\\.[a-z]+)$ {url}$1 [R=303,L,NE]"
    yield "RewriteCond %{ENV:FORM} ^$"
    yield "RewriteRule ^ - [R=406,L]"
    for iri in (ONTOLOGY_IRI, SHAPES_IRI, root + "dataset"):
        if name := iri.removeprefix(root) if iri.startswith(root) else "":
            yield f"RewriteRule ^{name}$ {url}{name}%{{ENV:FORM}} [R=303,L,NE]"


def _rules(pattern: str, page: str, data: str) -> list[str]:
    return [
        f"RewriteCond %{{ENV:FORM}} ={HTML.suffixes[0]}",
        f"RewriteRule {pattern} {page}.html [R=303,L,NE]",
        f"RewriteRule {pattern} {data}%{{ENV:FORM}} [R=303,L,NE]",
    ]


def _odd(things: Iterable[str], layout: Layout) -> Iterator[tuple[str, str, str]]:
    """Yield path, page and data of the things below the base whose files are named otherwise."""
    count = 0
    for iri in things:
        path = layout.path_of(iri)
        page = layout.page(iri, layout.languages[0]).file.removesuffix(".html")
        data = layout.data_stem(iri, OWN)
        if path and (page, data) != (f"page/{path}", f"data/{path}") and count < MOST:
            count += 1
            yield path, page, data


def _escaped(path: str) -> str:
    r"""Return a path as a pattern of Apache, which ends at a space.

    >>> _escaped("a b.c")
    'a\\x20b\\.c'
    """
    return "".join(f"\\x{ord(c):02x}" if c.isspace() else re.escape(c) for c in path)
