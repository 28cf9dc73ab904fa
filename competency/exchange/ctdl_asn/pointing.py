"""A text of JSON, read with care, and where in it something is."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from competency.errors import ParseError
from competency.exchange.case.context import Remarks
from competency.exchange.imported import File, Kept
from competency.formats import by_name
from competency.graph.guarding import check_document

Object = dict[str, Any]
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)')
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_int=len, parse_float=len)


class Text:
    """The text of a file of JSON, which knows where in it something is."""

    def __init__(self, file: File) -> None:
        """Decode the bytes; raises ParseError where they are not UTF-8, or nested too deep."""
        check_document(file.data, by_name("jsonld"), file.name)
        self.name, self.text = file.name, file.data.decode("utf-8-sig")

    def fault(self, reason: str, offset: int) -> ParseError:
        """Return the error for a place, with line and column counted from 1."""
        line = self.text.count("\n", 0, offset) + 1
        return ParseError(self.name, reason, line, offset - self.text.rfind("\n", 0, offset))

    def fault_at(self, reason: str, value: str) -> ParseError:
        """Return the error for the first place of a text."""
        return self.fault(reason, max(self.text.find(json.dumps(value)), 0))

    def fault_in(self, reason: str, pointer: str) -> ParseError:
        """Return the error for the value at a pointer."""
        return self.fault(reason, offset_of(self.text, pointer))

    def value(self, remarks: Remarks) -> Any:
        """Return the JSON; a key that occurs twice is told, as only its last value is kept."""
        twice: list[str] = []

        def together(pairs: list[tuple[str, Any]]) -> Object:
            found = dict(pairs)
            if len(found) < len(pairs):
                names = [name for name, _ in pairs]
                twice.extend(sorted({name for name in names if names.count(name) > 1})[:3])
            return found

        try:
            value = json.loads(
                self.text,
                object_pairs_hook=together, parse_constant=self._refuse, parse_float=self._number,
            )  # fmt: skip
        except json.JSONDecodeError as error:
            said = error.msg[:1].lower() + error.msg[1:]
            mend = "look for a comma, a quotation mark or a bracket too many or too few"
            raise self.fault(f"not JSON: {said}; {mend}", error.pos) from error
        except ParseError:
            raise
        except ValueError as error:  # a number of thousands of digits
            raise self.fault("not JSON: a number is too long to be read", 0) from error
        for name in twice:
            what = f"the key {name[:60]!r} occurs twice in one object; the last value is kept"
            remarks.add(Kept.dropped, "/", what)
        return value

    def _refuse(self, name: str) -> NoReturn:
        offset = next((found.start(1) for found in _WORD.finditer(self.text) if found[1]), 0)
        raise self.fault(f"{name} is no number of JSON; write a number or null", offset)

    def _number(self, digits: str) -> float:
        number = float(digits)
        if math.isinf(number):
            reason = f"{digits[:40]} is too large a number; write a smaller one"
            raise self.fault(reason, self.text.find(digits))
        return number


def offset_of(text: str, pointer: str) -> int:
    """Return the offset of the value at a pointer, or of what is nearest above it.

    >>> text = '{"a": [1, {"b": 2}]}'
    >>> text[offset_of(text, "/a/1/b"):], text[offset_of(text, "/a/7"):]
    ('2}]}', '[1, {"b": 2}]}')
    """
    place = _after_space(text, 0)
    for step in pointer.split("/")[1:]:
        found = _child(text, place, step.replace("~1", "/").replace("~0", "~"))
        if found is None:
            break
        place = found
    return place


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _child(text: str, place: int, step: str) -> int | None:
    """Return where the member of an object or array begins, or None where there is none."""
    if text[place : place + 1] not in ("{", "["):
        return None
    is_object, number, found = text[place] == "{", 0, None
    place = _after_space(text, place + 1)
    while text[place : place + 1] not in ("}", "]", ""):
        name = str(number)
        if is_object:
            name, place = _DECODER.raw_decode(text, place)
            place = _after_space(text, _after_space(text, place) + 1)
        if name == step:
            found = place  # of a key that occurs twice, the last counts
            if not is_object:
                return found
        _, place = _DECODER.raw_decode(text, place)
        place = _after_space(text, place)
        place = _after_space(text, place + 1) if text[place : place + 1] == "," else place
        number += 1
    return found
