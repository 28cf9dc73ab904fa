"""Which literals are well-typed (RDF 1.1 Concepts, section 5; XML Schema 1.1, part 2)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

from rdflib import RDF, RDFS, XSD, Literal, URIRef

from competency.shapes.engine.terms import Term, datatype_of, iri_of, language_of, term_of, text_of

_LANG_STRING, _STRING, _ANY = term_of(RDF.langString), term_of(XSD.string), term_of(RDFS.Literal)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(rf"{_DECIMAL.pattern}(?:[eE][+-]?[0-9]+)?|[+-]?(?:INF|inf)|NaN|nan")
_BOOLEAN = re.compile("true|false|1|0")
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_DAY = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DATE = re.compile(_DAY + _ZONE)
_DATE_TIME = re.compile(f"{_DAY}T{_TIME}{_ZONE}")
_CLOCK = re.compile(_TIME + _ZONE)
_BOUNDS: dict[URIRef, tuple[int | None, int | None]] = {
    XSD.nonPositiveInteger: (None, 0),
    XSD.negativeInteger: (None, -1),
    XSD.nonNegativeInteger: (0, None),
    XSD.positiveInteger: (1, None),
    XSD.long: (-(2**63), 2**63 - 1),
    XSD.int: (-(2**31), 2**31 - 1),
    XSD.short: (-(2**15), 2**15 - 1),
    XSD.byte: (-(2**7), 2**7 - 1),
    XSD.unsignedLong: (0, 2**64 - 1),
    XSD.unsignedInt: (0, 2**32 - 1),
    XSD.unsignedShort: (0, 2**16 - 1),
    XSD.unsignedByte: (0, 2**8 - 1),
}
_MOST_DIGITS = 4000


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


def _is_date(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        found = pattern.fullmatch(text)
        if found is None:
            return False
        year = int(found["year"][-4:]) % 400 or 400  # leap years come again after 400
        return 1 <= int(found["day"]) <= monthrange(year, int(found["month"]))[1]

    return test


def _is_within(low: int | None, high: int | None) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        if not _INTEGER.fullmatch(text) or len(text) > _MOST_DIGITS:
            return False
        number = int(text)
        return (low is None or low <= number) and (high is None or number <= high)

    return test


_TESTS: dict[Term, Callable[[str], bool]] = {
    term_of(XSD.integer): _matches(_INTEGER),
    term_of(XSD.decimal): _matches(_DECIMAL),
    term_of(XSD.double): _matches(_DOUBLE),
    term_of(XSD.float): _matches(_DOUBLE),
    term_of(XSD.boolean): _matches(_BOOLEAN),
    term_of(XSD.date): _is_date(_DATE),
    term_of(XSD.dateTime): _is_date(_DATE_TIME),
    term_of(XSD.time): _matches(_CLOCK),
    **{term_of(kind): _is_within(*bounds) for kind, bounds in _BOUNDS.items()},
}
_CONVERTED = frozenset(
    term_of(kind)
    for kind in (
        XSD.hexBinary,
        XSD.base64Binary,
        XSD.duration,
        XSD.dayTimeDuration,
        XSD.yearMonthDuration,
    )
)


def has_datatype(term: Term, datatype: Term) -> bool:
    """Say whether a term is a well-typed literal of a datatype; SHACL, section 4.1.2.

    >>> has_datatype('"2"^^<http://www.w3.org/2001/XMLSchema#byte>', term_of(XSD.byte))
    True
    """
    if term[0] != '"':
        return False
    if datatype == _ANY:
        return True
    own = datatype_of(term)
    if own is None:
        return datatype == (_LANG_STRING if language_of(term) else _STRING)
    return own == datatype and is_well_typed(text_of(term), datatype)


def is_well_typed(text: str, datatype: Term) -> bool:
    """Say whether a text is a lexical form of a datatype; of an unknown one every text is.

    >>> is_well_typed("2012-02-30", term_of(XSD.date))
    False
    """
    test = _TESTS.get(datatype)
    if test is not None:
        return test(text)
    if datatype in _CONVERTED:
        return (
            Literal(text, datatype=URIRef(iri_of(datatype)), normalize=False).ill_typed is not True
        )
    return True
