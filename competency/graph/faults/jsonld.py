"""What is wrong in JSON-LD: the place of what pyoxigraph only names, and how to mend it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from competency.graph.texts.json_places import Json, Member, Members, Number, scan
from competency.graph.texts.lines import Lines

_Said = tuple[str, int, int]
_FETCHED = "its @context is an address, and nothing is fetched; put the context itself there"
_SYNTAX = (
    (r"^Trailing commas", "take out the comma before it"),
    (
        r"^(?:Object|Array) values must be followed by a comma",
        "put a comma before it, or a bracket",
    ),
    (r"^Unexpected char: '''", 'texts and keys stand in double quotes: "'),
    (r"^Unexpected char: '[/#]'", "JSON has no comments; take it out"),
    (r"^Unexpected char: '[TFN]'", "write true, false or null; quote anything else"),
    (r"^Unexpected char: '[\u201c\u201d\u201e]'", 'texts stand in straight quotes: "'),
    (r"^Unexpected char: '\w'", 'texts and keys stand in double quotes: "'),
    (r"^Object keys must be strings", 'a key in double quotes belongs here: "@id"'),
    (r"^Unexpected end", "the file ends too early; close what is open, or fetch it again"),
    (r"is not allowed in JSON strings", r"write \n for a new line and \t for a tab inside a text"),
    (r"already contains one root", "put several nodes into one array: [ {...}, {...} ]"),
    (r"is not a valid escape", r"write \\ for a backslash that means itself"),
)
_MEANING = (
    (r"^@id value", 'an @id is an IRI in quotes: "@id": "https://..."'),
    (r"^@type value", 'a @type is an IRI or a term in quotes: "@type": "comp:Framework"'),
    (r"^@value value", "a @value is one text, number, true or false; leave @value out of a node"),
    (r"^@language value", 'a language is a tag in quotes: "@language": "en"'),
    (r"^@list and @set", "put the other keys into a node of their own"),
    (r"are incompatible", "a value has no @id and no properties; make it a node without @value"),
    (r"keyword can't be redefined", "choose another name for the term"),
    (r"is defined twice", "keep one of the two"),
    (r"^@context value", "a context is an object of terms: {...}"),
    (r"must be a JSON object", "put an object there: {...}"),
    (r"^The only supported @version", "write 1.1, or leave it out"),
    (r"^Overriding the protected", "choose another name for the term"),
    (r"^@included values", "write nodes there: {...}"),
    (r"^No @vocab key", 'give the term its IRI: {"@id": "https://..."}'),
)
_KINDS = {"string": str, "boolean": bool, "object": Members, "number": Number}


def fault(error: SyntaxError, reason: str, text: str) -> _Said:
    """Return reason with fix, line and column; ``reason`` is what pyoxigraph says, on one line.

    >>> fault(SyntaxError("@id value must be a string"), "@id value", '{"@id": 5}')[1:]
    (1, 2)
    """
    if "LoadDocumentCallback" in reason:
        return _FETCHED, *_at(text, _first_address(scan(text)))
    if error.lineno is not None:
        data = Lines(text.encode())  # of syntax errors pyoxigraph counts columns in bytes
        line, column = data.place(data.offset(error.lineno, error.offset or 1))
        if not text.strip():
            return f"{reason}; the file is empty", line, column
        if "one root" in reason and text[Lines(text).offset(line, column) :][:1] in ("]", "}"):
            return f"{reason}; there is one bracket too many", line, column
        return _with(reason, _SYNTAX), line, column
    try:
        json.loads(text, parse_int=len)  # as Python refuses very long numbers
    except json.JSONDecodeError as broken:
        return broken.msg, broken.lineno, broken.colno
    return _with(reason, _MEANING), *_at(text, _place(reason, scan(text)))


def _with(reason: str, table: tuple[tuple[str, str], ...]) -> str:
    said = next((words for pattern, words in table if re.search(pattern, reason)), None)
    return f"{reason}; {said}" if said else reason


def _at(text: str, offset: int | None) -> tuple[int, int]:
    return Lines(text).place(offset or 0)


def _objects(root: Json) -> Iterator[Members]:
    """Yield all objects of a document, in order."""
    waiting = [root]
    while waiting:
        value = waiting.pop().value
        if isinstance(value, Members):
            yield value
            waiting += [member.value for member in value][::-1]
        elif isinstance(value, list):
            waiting += value[::-1]


def _first_address(root: Json) -> int | None:
    for members in _objects(root):
        for key, _, value in members:
            parts = value.value if isinstance(value.value, list) else [value]
            for part in parts if key in ("@context", "@import") else ():
                if isinstance(part.value, str):
                    return part.at
    return None


def _place(reason: str, root: Json) -> int | None:
    """Return the offset of what a reason is about: of the keywords it names, the first misused."""
    keywords = re.findall(r"@[a-z]+", reason)
    names = set().union(*(_names(root, keyword) for keyword in keywords))
    quoted, term = re.search(r"'([^']*)'", reason), re.search(r"the protected term (.*)", reason)
    named: int | None = None
    for members in _objects(root):
        found = [member for member in members if member.key in names]
        if (at := _misused(reason, members, found)) is not None:
            return at
        for key, at, value in members:
            if quoted and value.value == quoted[1]:
                return value.at
            if term and key == term[1]:
                named = at  # the last one: the first was protected
        named = found[0].at if named is None and found else named
    return named if " value must be " not in reason else None


def _misused(reason: str, members: Members, found: list[Member]) -> int | None:
    """Return the offset of what is wrong in one object; ``found`` are its members in question."""
    if ("twice" in reason or "incompatible" in reason) and len(found) > 1:
        return found[1].at
    if "only keys" in reason and found:
        return next((member.at for member in members if member not in found), None)
    if "redefined" in reason:
        return next((m.at for m in found if reason.startswith(m.key) and _is_text(m.value)), None)
    if " value must be " in reason:
        wrong = (_wrong(member.value, reason) for member in found)
        return next((at for at in wrong if at is not None), None)
    return None


def _is_text(value: Json) -> bool:
    return isinstance(value.value, str) and not isinstance(value.value, Number)


def _names(root: Json, keyword: str) -> set[str]:
    """Return a keyword and the terms that stand for it."""
    aliases = {k for members in _objects(root) for k, _, v in members if v.value == keyword}
    return {keyword, *aliases}


def _wrong(value: Json, reason: str) -> int | None:
    """Return the offset of a value, or of an item of it, that is not of a sort that may be."""
    sorts = tuple(kind for word, kind in _KINDS.items() if word in reason)
    for item in value.value if isinstance(value.value, list) else [value]:
        inner = item.value
        number = isinstance(inner, Number) and Number not in sorts
        if inner is not None and (number or not isinstance(inner, sorts)):
            return item.at
    return None
