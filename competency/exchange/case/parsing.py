"""The packages in a file of JSON: wrapped or bare, one or several, and what is none."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from competency.errors import ParseError
from competency.exchange.case.context import Object, Remarks
from competency.exchange.imported import File, Kept
from competency.formats import by_name
from competency.graph.guarding import check_document

_WRAPPERS = ("CFPackage", "CFPackages", "data", "results")
_SIGNS = re.compile(rb'"CF(?:Document|Package)s?"')
_SINGLE = {
    "fullStatement": "a CFItem",
    "associationType": "a CFAssociation",
    "CFPackageURI": "a CFDocument",
    "CFAssociations": "a set of associations",
    "CFItems": "items without their CFDocument",
}
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)')
_FETCH = "fetch /CFPackages/<identifier> of each document from the server and import those"


@dataclass(frozen=True)
class Package:
    """One package, and the pointer to it in the file."""

    found: Object
    where: str


def recognise(file: File) -> bool:
    """Say whether a file is CASE, by its first sign and by the names of its objects.

    >>> recognise(File("a.json", b'{"CFDocument": {}}', "application/json"))
    True
    """
    start = file.data[:256].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start in (b"{", b"[") and _SIGNS.search(file.data) is not None


def packages(file: File, remarks: Remarks) -> list[Package]:
    """Return the packages of a file; raises ParseError with line and column."""
    value = _json(file, remarks)
    found = _find(value, "")
    if not found:
        _explain(file, value)
    return found


def _json(file: File, remarks: Remarks) -> Any:
    check_document(file.data, by_name("jsonld"), file.name)
    text = file.data.decode("utf-8-sig")
    twice: list[str] = []

    def together(pairs: list[tuple[str, Any]]) -> Object:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice.extend(sorted({name for name in names if names.count(name) > 1})[:3])
        return found

    def refuse(name: str) -> NoReturn:
        raise _fault(file, text, f"{name} is no number of JSON; write a number or null", _at(text))

    try:
        value = json.loads(text, object_pairs_hook=together, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise _fault(file, text, f"not JSON: {_reason(error)}", error.pos) from error
    except ParseError:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise _fault(file, text, "not JSON: a number is too long to be read", 0) from error
    for name in twice:
        what = f"the key {name[:60]!r} occurs twice in one object; the last value is kept"
        remarks.add(Kept.dropped, "/", what)
    return value


def _at(text: str) -> int:
    return next((match.start(1) for match in _WORD.finditer(text) if match[1]), 0)


def _reason(error: json.JSONDecodeError) -> str:
    said = error.msg[:1].lower() + error.msg[1:]
    return f"{said}; look for a comma, a quotation mark or a bracket too many or too few"


def _fault(file: File, text: str, reason: str, offset: int) -> ParseError:
    line = text.count("\n", 0, offset) + 1
    return ParseError(file.name, reason, line, offset - text.rfind("\n", 0, offset))


def _find(value: Any, where: str) -> list[Package]:
    if isinstance(value, list):
        return [one for n, item in enumerate(value) for one in _find(item, f"{where}/{n}")]
    if not isinstance(value, dict):
        return []
    if isinstance(value.get("CFDocument"), dict):
        return [Package(value, where)]
    for name in _WRAPPERS:
        if isinstance(value.get(name), dict | list):
            return _find(value[name], f"{where}/{name}")
    return []


def _explain(file: File, value: Any) -> NoReturn:
    """Say what the file is instead of a package."""
    text = file.data.decode("utf-8-sig")
    if isinstance(value, dict) and "CFDocuments" in value:
        reason = f"this is a list of CFDocuments, not a package: {_FETCH}"
        raise _fault(file, text, reason, max(text.find('"CFDocuments"'), 0))
    if isinstance(value, dict):
        known = next((name for name in _SINGLE if name in value), None)
        if known:
            reason = f"this is {_SINGLE[known]}, not a package: {_FETCH}"
            raise _fault(file, text, reason, max(text.find(f'"{known}"'), 0))
        if "CFDocument" in value:
            reason = (
                "CFDocument is no object, and a package is about one; write { } with its fields"
            )
            raise _fault(file, text, reason, max(text.find('"CFDocument"'), 0))
    reason = "there is no CFDocument here, so this is no package of CASE; check that it is one"
    start = len(text) - len(text.lstrip())
    raise _fault(file, text, reason, start)
