"""The one table of formats: RDF syntaxes and SPARQL results, with media types and suffixes.

The command line, loading, negotiation and the server's links all read this table and no other.
Media types follow the W3C recommendations of each format; the first of a row is the one we send.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath

from competency.errors import FormatError


@dataclass(frozen=True)
class Format:
    """One format: its name on the command line, title, media types (first = sent) and suffixes.

    ``aliases`` are wider media types that answers may be asked for by, where nothing else of a
    table is named; no document is read by them.
    """

    name: str
    title: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    named_graphs: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """Return the media type we send, without parameters."""
        return self.media_types[0]


RDF_SYNTAXES: tuple[Format, ...] = (
    Format("turtle", "Turtle", ("text/turtle", "application/x-turtle"), (".ttl",)),
    Format(
        "jsonld", "JSON-LD", ("application/ld+json",), (".jsonld",), True, ("application/json",)
    ),
    Format(
        "rdfxml", "RDF/XML", ("application/rdf+xml",), (".rdf", ".owl"), False,
        ("application/xml", "text/xml"),
    ),
    Format("ntriples", "N-Triples", ("application/n-triples",), (".nt",)),
    Format("trig", "TriG", ("application/trig", "application/x-trig"), (".trig",), True),
    Format("nquads", "N-Quads", ("application/n-quads",), (".nq",), True),
)  # fmt: skip

# A table of alignments: RDF by its own rules, read wherever a file of RDF is.
SSSOM = Format("sssom", "SSSOM", ("text/tab-separated-values",), (".sssom.tsv",))
FILE_FORMATS: tuple[Format, ...] = (*RDF_SYNTAXES, SSSOM)

RESULT_FORMATS: tuple[Format, ...] = (
    Format(
        "json", "SPARQL JSON", ("application/sparql-results+json", "application/json"), (".srj",)
    ),
    Format("xml", "SPARQL XML", ("application/sparql-results+xml", "application/xml"), (".srx",)),
    Format("csv", "CSV", ("text/csv",), (".csv",)),
    Format("tsv", "TSV", ("text/tab-separated-values",), (".tsv",)),
)


def by_name(name: str, table: Iterable[Format] = RDF_SYNTAXES) -> Format:
    """Return the format called ``name``; FormatError lists the known names when there is none.

    >>> by_name("turtle").media_type
    'text/turtle'
    """
    rows, wanted = tuple(table), name.lower()
    named = (row for row in rows if row.name == wanted)
    suffixed = (row for row in rows if f".{wanted}" in row.suffixes)
    if found := next(chain(named, suffixed), None):
        return found
    raise FormatError(name, (row.name for row in rows))


def by_media_type(media_type: str, table: Iterable[Format] = RDF_SYNTAXES) -> Format | None:
    """Return the format with this media type (parameters are ignored), or None.

    >>> by_media_type("text/turtle; charset=utf-8").name
    'turtle'
    """
    plain = media_type.partition(";")[0].strip().lower()
    return next((row for row in table if plain in row.media_types), None)


def by_path(path: str | PurePath, table: Iterable[Format] = RDF_SYNTAXES) -> Format:
    """Return the RDF syntax that a file's suffix names; FormatError lists the known suffixes.

    >>> by_path("graph/pub-cscf.ttl").name, by_path("a.sssom.tsv", FILE_FORMATS).name
    ('turtle', 'sssom')
    """
    rows, name = tuple(table), PurePath(path).name.lower()
    for row in rows:
        if any(name.endswith(suffix) and name != suffix for suffix in row.suffixes):
            return row
    suffix = PurePath(path).suffix.lower()
    known = (item for row in rows for item in row.suffixes)
    raise FormatError(f"{path} (suffix {suffix or 'missing'})", known)
