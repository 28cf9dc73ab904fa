"""The order of literals, as ``<`` of SPARQL has it (SPARQL 1.1, section 17.3.1)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from rdflib import XSD

from competency.shapes.engine.datatypes import is_well_typed
from competency.shapes.engine.store import holds
from competency.shapes.engine.terms import Term, datatype_of, language_of, term_of, text_of

_EXACT = frozenset(
    term_of(kind)
    for kind in (
        XSD.decimal,
        XSD.integer,
        XSD.nonPositiveInteger,
        XSD.negativeInteger,
        XSD.nonNegativeInteger,
        XSD.positiveInteger,
        XSD.long,
        XSD.int,
        XSD.short,
        XSD.byte,
        XSD.unsignedLong,
        XSD.unsignedInt,
        XSD.unsignedShort,
        XSD.unsignedByte,
    )
)
_FORMS = ("false", "0", "true", "1")
_INEXACT = frozenset((term_of(XSD.double), term_of(XSD.float)))
_TRUTH = {f'"{text}"^^{term_of(XSD.boolean)}': text in "true1" for text in _FORMS}

Number = Decimal | float


def is_less(one: Term, two: Term, *, or_equal: bool = False) -> bool:
    """Say whether one term is less than another; what cannot be compared is not.

    >>> integer = "^^" + term_of(XSD.integer)
    >>> is_less('"9"' + integer, '"10"' + integer), is_less('"9"', '"10"' + integer)
    (True, False)
    """
    if one[0] != '"' or two[0] != '"':
        return False
    left, right = _number(one), _number(two)
    if left is not None and right is not None:
        if isinstance(left, float) or isinstance(right, float):
            left, right = _inexact(left), _inexact(right)
        return left < right or (or_equal and left == right)
    if left is not None or right is not None:
        return False
    if datatype_of(one) is None and datatype_of(two) is None:
        if language_of(one) or language_of(two):
            return False
        first, second = text_of(one), text_of(two)
        return first < second or (or_equal and first == second)
    if one in _TRUTH and two in _TRUTH:
        return _TRUTH[one] < _TRUTH[two] or (or_equal and _TRUTH[one] == _TRUTH[two])
    return holds("$0 <= $1" if or_equal else "$0 < $1", one, two)


def _inexact(number: Number) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def _number(term: Term) -> Number | None:
    """Return the number that a literal stands for, or None."""
    datatype = datatype_of(term)
    if datatype not in _EXACT and datatype not in _INEXACT:
        return None
    text = text_of(term)
    if not is_well_typed(text, datatype):
        return None
    try:
        return Decimal(text) if datatype in _EXACT else float(text)
    except (InvalidOperation, ValueError):
        return None
