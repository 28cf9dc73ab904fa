"""Content negotiation (RFC 9110, section 12.5.1) over the one table of formats.

werkzeug reads the header and finds the most specific range for a media type; what is left to
decide here is our own order among equals, and that a page is sent only to those who name HTML:
``*/*`` is what curl and RDF libraries say, and they want data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from competency.errors import FormatError, NotFound
from competency.formats import RDF_SYNTAXES, Format, by_name

HTML = Format("html", "HTML", ("text/html",), (".html",), aliases=("application/xhtml+xml",))
_PAGES = (*HTML.media_types, *HTML.aliases)
# RFC 9110 lets a quality end with its point, which werkzeug takes for no quality at all.
_BARE_POINT = re.compile(r"(;[ \t]*q=[01])\.(?=[ \t]*(?:[,;]|$))", re.IGNORECASE)


def choose(accept: str | None, table: Sequence[Format], *, page: bool = False) -> Format:
    """Return the format of ``table`` that an Accept header asks for.

    The order of the table decides among equals, and its first row answers an absent header and
    ``*/*``. With ``page`` the HTML page is one more choice: it wins ties when the header names
    it, and loses them when only a wildcard reaches it. An alias of a format, such as
    application/json of JSON-LD, counts where the header names neither HTML nor any of these
    formats by its own name. Raises FormatError, which lists what there is, when nothing fits or
    everything is excluded with ``q=0``.

    >>> from competency.formats import RDF_SYNTAXES
    >>> choose("text/html;q=0.5, application/n-triples", RDF_SYNTAXES, page=True).name
    'ntriples'
    >>> choose("application/json, */*;q=0.1", RDF_SYNTAXES).name
    'jsonld'
    """
    ranges = _ranges(accept)
    if not ranges:
        return table[0]
    rows = _with_page(ranges, table) if page else list(table)
    wide = not any(_wanted(ranges, kind) for row in (HTML, *rows) for kind in row.media_types)
    best = max(rows, key=lambda row: _quality(ranges, row, wide))
    if _quality(ranges, best, wide) <= 0:
        raise FormatError(str(accept), (row.media_type for row in rows))
    return best


def prefers_page(accept: str | None) -> bool:
    """Say whether an error should be a page: HTML is named and no JSON is wanted more.

    >>> prefers_page("text/html,*/*;q=0.8"), prefers_page("*/*"), prefers_page(None)
    (True, False, False)
    """
    ranges = _ranges(accept)
    wanted = max((ranges.quality(kind) for kind in _PAGES if _named(ranges, kind)), default=0)
    kinds = ("application/problem+json", "application/json")
    others = max((ranges.quality(kind) for kind in kinds if _named(ranges, kind)), default=0)
    return wanted > 0 and wanted >= others


def asked_for(
    name: str | None, accept: str | None, table: Sequence[Format], *, page: bool
) -> Format:
    """Return the format that ``?format=`` names, else the one that the Accept header asks for."""
    if not name:
        return choose(accept, table, page=page)
    rows = [*table, HTML] if page else table
    try:
        return by_name(name, rows)
    except FormatError:
        if found := _by_alias(name.lower(), rows):
            return found
        raise


def named_format(value: str, table: Sequence[Format]) -> Format:
    """Return the first format that ``?_mediatype=`` names, by media type or short name.

    FormatError lists the media types there are. A bare ``+`` in an address stands for a space,
    and is taken for what it was meant to be.

    >>> from competency.formats import RDF_SYNTAXES
    >>> named_format("image/png, application/ld json", RDF_SYNTAXES).name
    'jsonld'
    """
    for part in value.split(","):
        name = part.partition(";")[0].strip().lower().replace(" ", "+")
        for row in table:
            short = (row.name, *(suffix[1:] for suffix in row.suffixes))
            if name in (*row.media_types, *short):
                return row
        if found := _by_alias(name, table):
            return found
    raise FormatError(f"_mediatype={value}", (row.media_type for row in table))


def suffixed(suffix: str, what: str, table: Sequence[Format] = RDF_SYNTAXES) -> Format:
    """Return the format of a suffix without its dot; NotFound lists those there are of ``what``.

    >>> suffixed("jsonld", "the vocabulary").title
    'JSON-LD'
    """
    try:
        return by_name(suffix, table)
    except FormatError as error:
        known = " ".join(row.suffixes[0] for row in table)
        raise NotFound("form", f".{suffix} of {what}; there are {known}") from error


def with_qualities(header: str | None) -> str:
    """Return a header as werkzeug reads it whole; it would leave out what has a quality of "1.".

    >>> with_qualities("en;q=0., fr;q=1.;level=1")
    'en;q=0, fr;q=1;level=1'
    """
    return _BARE_POINT.sub(r"\1", header or "")


def _ranges(accept: str | None) -> MIMEAccept:
    """Read an Accept header; parameters such as charset or profile do not tell formats apart."""
    found = parse_accept_header(with_qualities(accept), MIMEAccept)
    return MIMEAccept([(kind.partition(";")[0].strip(), quality) for kind, quality in found])


def _by_alias(name: str, table: Sequence[Format]) -> Format | None:
    """Return the format that has an alias, which may be shortened: xml for application/xml."""
    for row in table:
        if name in row.aliases or name in (kind.partition("/")[2] for kind in row.aliases):
            return row
    return None


def _with_page(ranges: MIMEAccept, table: Sequence[Format]) -> list[Format]:
    named = any(_named(ranges, kind) for kind in _PAGES)
    return [HTML, *table] if named else [*table, HTML]


def _named(ranges: MIMEAccept, media_type: str) -> bool:
    return any(kind.lower() == media_type for kind in ranges.values())


def _wanted(ranges: MIMEAccept, media_type: str) -> bool:
    return _named(ranges, media_type) and ranges.quality(media_type) > 0


def _quality(ranges: MIMEAccept, row: Format, wide: bool) -> float:
    """Return the quality of the type we send, or of another name of it that the header gives.

    Where it is read ``wide`` the aliases are names as well.
    """
    names = (*row.media_types, *row.aliases) if wide else row.media_types
    named = [kind for kind in names if _named(ranges, kind)]
    return max(float(ranges.quality(kind)) for kind in (row.media_type, *named))
