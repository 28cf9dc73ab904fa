"""The one table of the formats in which frameworks come in and go out.

The command line, the import page, the export links, checking and ``docs/formats.md`` all read it.
"""

from __future__ import annotations

from competency.exchange import (
    alignment_table,
    case,
    compeito,
    ctdl_asn,
    ctdl_asn_csv,
    moodle,
    opencase,
    opensalt,
    osmt,
    rdf,
    scd,
    schema_org,
    skos,
    spreadsheet,
)
from competency.exchange.exchange import Exchange
from competency.exchange.imported import File
from competency.formats import Format, by_name

# The order counts where a file is recognised: formats with surer signs come first.
EXCHANGES: tuple[Exchange, ...] = (
    *ctdl_asn.EXCHANGES,
    *skos.EXCHANGES,
    *rdf.EXCHANGES,
    *case.EXCHANGES,
    *ctdl_asn_csv.EXCHANGES,
    *compeito.EXCHANGES,
    *osmt.EXCHANGES,
    *moodle.EXCHANGES,
    *opensalt.EXCHANGES,
    *opencase.EXCHANGES,
    *schema_org.EXCHANGES,
    *scd.EXCHANGES,
    *alignment_table.EXCHANGES,
    *spreadsheet.EXCHANGES,
)


def read_formats() -> tuple[Format, ...]:
    """Return the formats that are read."""
    return tuple(row.format for row in EXCHANGES if row.read)


def written_formats() -> tuple[Format, ...]:
    """Return the formats that are written."""
    return tuple(row.format for row in EXCHANGES if row.write)


def exchange_named(name: str, *, writes: bool = False) -> Exchange:
    """Return the exchange of this name or suffix that reads (or writes).

    Raises FormatError, which lists the names there are.

    >>> exchange_named("case").format.title
    'CASE 1.1 package'
    """
    found = by_name(name, written_formats() if writes else read_formats())
    return next(row for row in EXCHANGES if row.format == found)


def recognised(file: File) -> Exchange | None:
    """Return the exchange of the format a file is in, by its content; None where none knows it.

    >>> recognised(File("p.json", b'{"CFDocument": {}}', "application/json")).format.name
    'case'
    """
    rows = (row for row in EXCHANGES if row.read and row.recognise)
    return next((row for row in rows if row.recognise and row.recognise(file)), None)
