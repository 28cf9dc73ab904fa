"""Scalars of JSON as literals of RDF, as pyoxigraph makes them; JSON-LD 1.1 API, section 8.6."""

from __future__ import annotations

import json
import re

from competency.checking.locating.jsonld.contexts import Context, Term
from competency.checking.locating.statements import LiteralKey, literal
from competency.graph.texts.json_places import Json, Number, plain

_XSD = "http://www.w3.org/2001/XMLSchema#"
_JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
_NUMBER = re.compile(r"(-?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,6}))?")
_MOST_DIGITS = 20  # longer numbers are doubles


def json_literal(value: Json) -> LiteralKey:
    """Return the literal for a value of type ``@json``; RFC 8785 for all but odd numbers.

    >>> json_literal(Json("a", 0))[0]
    '"a"'
    """
    text = json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return literal(text, _JSON)


def scalar(value: str | bool, datatype: str, language: str) -> LiteralKey:
    """Return the literal for a scalar of JSON, with the type and language that are asked for.

    >>> scalar(Number("1.50"), "", "en")
    ('1.5E0', 'http://www.w3.org/2001/XMLSchema#double', '')
    """
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype or _XSD + "boolean")
    if isinstance(value, Number):
        return _number(value, datatype)
    return literal(value, datatype) if datatype else literal(value, language=language)


def coerced(value: str | bool, term: Term, context: Context) -> LiteralKey:
    """Return the literal for a scalar of JSON under a term that is not coerced to nodes.

    >>> coerced("a", Term("urn:p", language="fr"), Context.of(""))
    ('a', '', 'fr')
    """
    language = context.language if term.language is None else term.language
    datatype = "" if term.kind.startswith("@") else term.kind
    return scalar(value, datatype, language)


def _number(value: str, datatype: str) -> LiteralKey:
    """Return the literal for a number: an integer if it is whole, in any form, else a double."""
    found = _NUMBER.fullmatch(value)
    if found is None:
        return literal(value, datatype or _XSD + "double")
    sign, whole, part, power = found[1], found[2], found[3] or "", int(found[4] or 0)
    digits = (whole + part).lstrip("0")
    kept = digits.rstrip("0")
    power += len(digits) - len(kept) - len(part)
    if power >= 0 and len(kept) + power <= _MOST_DIGITS and datatype != _XSD + "double":
        text = kept + "0" * power if kept else "0"
        return literal((sign if kept else "") + text, datatype or _XSD + "integer")
    power += len(kept) - 1
    text = f"{kept[:1] or '0'}.{kept[1:] or '0'}E{power if kept else 0}"
    return literal(sign + text, datatype or _XSD + "double")
