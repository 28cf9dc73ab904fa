"""The columns of OpenSALT's sheets and of its CSV, and the fields of CASE that are in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import Literal, URIRef

from competency.exchange.case.context import Object
from competency.exchange.case.values import is_date, is_moment, tag_of
from competency.exchange.imported import Kept
from competency.exchange.opensalt.cells import day, moment, several
from competency.exchange.opensalt.ends import is_clear
from competency.exchange.opensalt.packing import Packing
from competency.exchange.sheets import Record, Sheet
from competency.graph.store import is_absolute

DOC = ("identifier", "creator", "title", "lastChangeDate", "officialSourceURL", "publisher",
       "description", "subject", "language", "version", "adoptionStatus", "statusStartDate",
       "statusEndDate", "licenseTitle", "licenseText", "notes")  # fmt: skip
ITEM = ("identifier", "fullStatement", "humanCodingScheme", "smartLevel", "listEnumeration",
        "abbreviatedStatement", "conceptKeywords", "notes", "language", "educationLevel",
        "CFItemType", "license")  # fmt: skip
ASSOCIATION = ("identifier", "originNodeURI", "originNodeIdentifier", "originNodeHumanCodingScheme",
               "associationType", "destinationNodeURI", "destinationNodeIdentifier",
               "destinationNodeHumanCodingScheme", "associationGroupIdentifier",
               "associationGroupName")  # fmt: skip
# Columns of ours behind those of OpenSALT, written where they are needed.
DOC_MORE = ("frameworkType", "licenseURI", "uri")
ITEM_MORE = ("alternativeLabel", "subject", "statusStartDate", "statusEndDate", "uri")
ASSOCIATION_MORE = ("notes",)

WORDS = ("title", "description", "notes", "fullStatement", "abbreviatedStatement",
         "alternativeLabel", "licenseTitle", "licenseText", "creator", "publisher")  # fmt: skip
NOBODY = "Not stated"  # what is written for a creator that nobody names
LISTS = ("conceptKeywords", "educationLevel", "subject")
DAYS = ("statusStartDate", "statusEndDate")


def told(record: Record, header: str) -> str:
    """Return the text in a cell: words exactly, everything else without blanks around it."""
    text = record.raw(header)
    return text if header in WORDS and text.strip() else text.strip()


def fields(
    record: Record, names: Iterable[str], packing: Packing, where: Mapping[str, str] | None = None
) -> Object:
    """Return the fields of CASE that a row has; ``where`` gives headers other than their names."""
    found: Object = {}
    for name in names:
        header = (where or {}).get(name, name)
        text = told(record, header) if name not in WORDS else _words(record, header)
        if name == "uri" and text and not is_absolute(text):
            reason = f"{text[:80]!r} is no IRI; write an absolute one, or nothing"
            packing.faults.append(record.fault(packing.file, header, reason))
        elif text and not (name == "creator" and text == NOBODY):
            found[name] = _value(name, text)
            _check(record, header, name, found[name], packing)
    return found


def _words(record: Record, header: str) -> str:
    text = record.raw(header)
    return text if text.strip() else ""


def _value(name: str, text: str) -> str | list[str]:
    if name in LISTS:
        return several(text, "|" if name == "subject" else "|,")
    if name in DAYS:
        return day(text)
    return moment(text) if name == "lastChangeDate" else text


def _check(record: Record, header: str, name: str, value: object, packing: Packing) -> None:
    """Remark a day, a moment or a language that is none; it is kept as it stands."""
    what = ""
    if name in DAYS and not is_date(value):
        what = "this is no day (2026-01-31); it is kept as it stands"
    elif name == "lastChangeDate" and not is_moment(value):
        what = "this is no moment (2026-01-31 12:00:00); it is kept as it stands"
    elif name == "language" and tag_of(value) is None:
        what = "this is no language tag (en, fr-CA); it is kept as it stands"
    if what:
        packing.remarks.add(Kept.odd, record.where(header), what)


def licensed(
    found: Object, title: str, text: str, uri: str, packing: Packing, where: str
) -> None:  # fmt: skip
    """Put the licence that a row names into an object; an address as its name is its address."""
    if uri and not is_absolute(uri):
        what = "the licenseURI is no IRI; it is not read"
        packing.remarks.add(Kept.dropped, where, what)
        uri = ""
    if not uri and is_clear(title):
        title, uri = "", title
    if title or text or uri:
        found["licenseURI"] = packing.define("CFLicenses", title, where, uri=uri, licenseText=text)


def keep(record: Record, columns: Mapping[str, URIRef], iri: str, packing: Packing) -> None:
    """Keep what a row has in columns that CASE has no field for."""
    for header, prop in columns.items():
        text = record.raw(header)
        if text.strip():
            packing.rows[(URIRef(iri), prop, Literal(text))] = None


def twice(sheet: Sheet, header: str, packing: Packing) -> None:
    """Take it as a fault that two rows have the same identifier or address."""
    seen: dict[str, Record] = {}
    for record in sheet.records:
        text = told(record, header)
        if text and text in seen:
            place = seen[text].where(header)
            reason = f"{header} {text[:80]} stands at {place} already; give each row its own"
            packing.faults.append(record.fault(packing.file, header, reason))
        seen.setdefault(text, record)
