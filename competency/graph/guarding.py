"""A look at an RDF document before any parser sees it, for what would crash or starve one.

pyoxigraph overflows its stack on deep nesting and on JSON-LD terms that name each other, and takes
gigabytes for a kilobyte of nested XML entities. The look is linear, and says where the trouble is
and how to mend it. It reads signs, not RDF, and has to be right up to the first syntax error
only, because pyoxigraph stops there. Limits of time and memory stay with the process that parses:
a long name that is used often grows in ways that only a parser can see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from itertools import accumulate
from typing import Any
from xml.parsers import expat

from competency.errors import ParseError
from competency.formats import Format
from competency.graph.faults.rdfxml import with_fix
from competency.graph.texts.lines import Lines, not_text

MAX_DEPTH = 64  # brackets or elements inside each other; pyoxigraph dies from 3,000 on
MAX_CHAIN = 10  # JSON-LD terms defined by one another; pyoxigraph dies from 7,000 on
MAX_BUFFERED = 8_000_000  # JSON values, each counted once for every object around it ...
MEAN_DEPTH = 10  # ... or so many objects around a value on average, in larger documents
MAX_CONTEXT_WORK = 50_000_000  # terms to copy, as every context begins with a copy of those outside
MAX_ATTRIBUTES = 256  # on one element; pyoxigraph compares each with all before it
FREE_GROWTH, MAX_GROWTH = 1_000_000, 10  # bytes that entities and namespaces may add, and times
_MEND = "name the inner things and write them one after the other"
_TOO_DEEP = f"more than {MAX_DEPTH} {{}} inside each other; {_MEND}"

# A text or an IRI that never closes runs to the end, so that no sign is looked at over and over.
_LONG = rb"""{q}{q}{q}(?:[^{q}\\]++|\\(?:.|\Z)|{q}(?!{q}{q}))*+(?:{q}{q}{q}|\Z)"""
_SHORT = rb"""{q}(?:[^{q}\\]++|\\(?:.|\Z))*+(?:{q}|\Z)"""
_TEXTS = b"|".join(form.replace(b"{q}", q) for form in (_LONG, _SHORT) for q in (b'"', b"'"))
_TURTLE_SIGNS = re.compile(
    rb"\#[^\n\r]*+|\\.|(?P<open><<|[\[({])|<[^>]*+>?|(?P<close>>>|[\])}])|" + _TEXTS, re.DOTALL
)
_JSON_SIGNS = re.compile(rb'(?P<open>[\[{])|(?P<close>[\]}])|"(?:[^"\\]++|\\.)*+"?', re.DOTALL)

# For a quick look, signs of several characters become one byte that UTF-8 never uses, and all
# that is no sign is thrown away. What is left of a text or an IRI is mostly two quotes or angles.
_ESCAPES = tuple((b"\\" + sign, b"xx") for sign in (b"\\", b'"', b"'", b"(", b")", b"#"))
_MARKS = ((b'"""', b"\xff"), (b"'''", b"\xfe"), (b"<<", b"\xfd"))
_TURTLE_KEPT = b"\"'<>#\n\r[](){}\xff\xfe\xfd"
_EMPTY = tuple((pair, b"") for pair in (b'""', b"''", b"<>", b"<#>"))
_HIDING = re.compile(
    rb"""\#[^\n\r]*+|<[^>]*+>|"[^"\xff]*+"|'[^'\xfe]*+'|\xff[^\xff]*+\xff|\xfe[^\xfe]*+\xfe|[\n\r]++"""
)
_STEPS = [(byte in b"[({\xfd") - (byte in b"])}\xfc") for byte in range(256)]
_BRACES = [(byte in b"{") - (byte in b"}") for byte in range(256)]

_CONTEXT = re.compile(r'"@context"\s*+:\s*+')
_ESCAPED_CONTEXT = re.compile(
    '"' + "".join(rf"(?:{c}|\\u00(?i:{ord(c):x}))" for c in "@context") + r'"\s*+:\s*+'
)

_DOCTYPE = re.compile(rb"<![dD][oO][cC][tT][yY][pP][eE]")
_PROLOGUE = (
    rb"""(?:<\?xml\s++version=["']1\.[01]["'](?:\s++encoding=["'](?i:utf-?8)["'])?+\s*+\?>)?+"""
    rb"""\s*+(?P<doctype><!DOCTYPE\s++[\w:.-]++\s*+\[(?:\s++|<!ENTITY[^<>]*+>)*+\]\s*+>)?+"""
)
_CHARACTER = rb"&\#(?:[1-9]\d{2,6}|x[89a-fA-F][\da-fA-F]|x[1-9a-fA-F][\da-fA-F]{2,5});"  # no & % <
_QUOTED = rb"""("(?:[^%&<"]++|C)*+"|'(?:[^%&<']++|C)*+')""".replace(b"C", _CHARACTER)
_ENTITY = re.compile(rb"""<!ENTITY\s++([^\s%&<>"']++)\s++""" + _QUOTED + rb"\s*+>")
_REFERENCE = re.compile(rb"&([^#;&<\s]++);")
_LITERAL = re.compile(rb"""parseType\s*+=\s*+(?!["'](?:Resource|Collection)["'])""")


def _shallow(levels: int) -> bytes:
    """Return a pattern for one element with elements inside it, so many levels in all."""
    section = rb"<!--(?!-?>)(?:[^-]++|-(?!->))*+-->|<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+\]\]>"
    text = inside = rb"[^<]*+(?:(?:" + section + rb")[^<]*+)*+"
    tag = rb"""<[^!?/<>"'][^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+){0,256}+(?:(?<=/)>|>"""
    close = rb"""</[^<>"']*+>)"""
    for _ in range(levels):
        inside = text + rb"(?:" + tag + inside + close + text + rb")*+"
    return inside


@cache
def _plain_xml() -> re.Pattern[bytes]:
    """Return the pattern of XML in which nothing has to be looked at; it takes long to compile."""
    return re.compile(_PROLOGUE + _shallow(16) + rb"\Z")


def _only(data: bytes, kept: bytes) -> bytes:
    return data.translate(None, bytes(set(range(256)) - set(kept)))


def _depth(signs: bytes) -> int:
    return max(accumulate(map(_STEPS.__getitem__, signs)), default=0)


@dataclass(frozen=True)
class _Document:
    """What every look needs: the bytes, and how to say where in them something is wrong."""

    data: bytes
    source: str
    title: str

    def fault(self, reason: str, offset: int) -> ParseError:
        """Return the error for the byte at an offset, with line and column counted from 1."""
        return ParseError(self.source, reason, *Lines(self.data).place(offset))


def check_document(data: bytes, syntax: Format, source: str) -> None:
    """Refuse a document that could crash or starve a parser; return nothing for all others.

    ``source`` is the name that errors give. Raises ParseError with line and column where the bytes
    are not UTF-8, and for nesting, entities and contexts past the limits of this module; where
    expat had to be asked, also for XML that is not well-formed.

    >>> from competency import formats
    >>> check_document(b"{" * 9000, formats.by_name("jsonld"), "upload")
    Traceback (most recent call last):
    competency.errors.ParseError: upload:1:65: more than 64 brackets inside each other; \
name the inner things and write them one after the other
    """
    document = _Document(data.removeprefix(b"\xef\xbb\xbf"), source, syntax.title)
    text = _decode(document)
    if syntax.name == "jsonld":
        _check_jsonld(document, text)
    elif syntax.name == "rdfxml":
        _check_rdfxml(document)
    elif syntax.name in ("ntriples", "nquads"):
        if document.data.count(b"<<") > MAX_DEPTH // 2:  # as <<( counts twice
            _check_nesting(document, _TURTLE_SIGNS)
    elif not _is_flat(document.data):
        _check_nesting(document, _TURTLE_SIGNS)


def _decode(document: _Document) -> str:
    try:
        return document.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise document.fault(not_text(document.data, error.start), error.start) from error


def _check_nesting(document: _Document, signs: re.Pattern[bytes]) -> None:
    """Refuse brackets inside each other past the limit, sign by sign."""
    depth = 0
    for sign in signs.finditer(document.data):
        if sign.lastgroup == "close":
            depth = max(depth - 1, 0)
        elif sign.lastgroup == "open":
            depth += 1
            if depth > MAX_DEPTH:
                raise document.fault(_TOO_DEEP.format("brackets"), sign.start())


def _is_flat(data: bytes) -> bool:
    """Say whether Turtle is nested within the limit; False also where a quick look cannot say."""
    for sign, mark in (*(_ESCAPES if b"\\" in data else ()), *_MARKS):
        data = data.replace(sign, mark)
    data = _only(data, _TURTLE_KEPT)
    for pair, nothing in _EMPTY:
        data = data.replace(pair, nothing)
    left = _HIDING.sub(b"", data)
    if re.search(rb"[\"'\xff\xfe#]", left):
        return False
    return _depth(left.replace(b">>", b"\xfc")) <= MAX_DEPTH


def _check_jsonld(document: _Document, text: str) -> None:
    """Refuse deep nesting, many values in deep objects, and contexts that take too much work."""
    signs = document.data
    if b"\\" in signs:
        signs = signs.replace(b"\\\\", b"").replace(b'\\"', b"")
    signs = re.sub(rb'"[^"]*+"', b"", _only(signs, b'"[]{},:').replace(b'""', b""))
    depth = _depth(_only(signs, b"[]{}"))
    if depth > MAX_DEPTH:
        _check_nesting(document, _JSON_SIGNS)
    if depth * len(signs) > MAX_BUFFERED:
        _check_buffered(document, signs)
    try:
        contexts, count = _contexts(text)
        _check_terms(document, contexts)
        _check_work(document, text, contexts, count, depth)
    except RecursionError:  # behind a syntax error that hid brackets from the look at signs
        raise document.fault(_TOO_DEEP.format("brackets"), 0) from None


def _contexts(text: str) -> tuple[list[Any], int]:
    """Return the outermost contexts up to the first syntax error, and how many there are in all."""
    decoder, found, count, end = json.JSONDecoder(parse_int=len, parse_float=len), [], 0, 0
    key = _ESCAPED_CONTEXT if "\\u00" in text else _CONTEXT
    for match in key.finditer(text):
        count += 1
        if match.end() >= end:
            try:
                context, end = decoder.raw_decode(text, match.end())
            except json.JSONDecodeError:
                break
            found.append(context)
    return found, count


def _check_buffered(document: _Document, signs: bytes) -> None:
    """Refuse many values in deep objects: pyoxigraph keeps a copy for each object around one."""
    copies = sum(accumulate(map(_BRACES.__getitem__, signs)))
    if copies > max(MAX_BUFFERED, MEAN_DEPTH * len(signs)):
        mean = copies // len(signs)
        raise document.fault(f"most values lie {mean} objects deep; {_MEND}", 0)


def _definitions(contexts: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the terms of all contexts with their definitions, inner contexts included."""
    last = None
    for context in contexts:
        if context != last:  # thousands of records often carry the same context
            for part in context if isinstance(context, list) else [context]:
                for term, definition in part.items() if isinstance(part, dict) else ():
                    yield term, definition
                    if isinstance(definition, dict) and "@context" in definition:
                        yield from _definitions([definition["@context"]])
        last = context


def _check_terms(document: _Document, contexts: list[Any]) -> None:
    """Refuse terms defined by terms defined by terms: pyoxigraph recurses along them."""
    definitions = _definitions(contexts)
    steps = [(term, name) for term, entry in definitions for name in _names(term, entry)]
    for _ in range(MAX_CHAIN + 1):
        waiting = {term for term, _ in steps}
        steps = [step for step in steps if step[1] in waiting]
    if steps:
        term = steps[0][0]
        reason = f"term {term[:60]!r} is defined by other terms, more than {MAX_CHAIN} deep or in"
        place = max(document.data.find(json.dumps(term).encode()), 0)
        raise document.fault(f"{reason} a circle; define it with a full IRI", place)


def _names(term: str, definition: Any) -> Iterator[str]:
    """Yield the names that a definition may lead to: whole, and the part before the colon."""
    keys = ("@id", "@reverse", "@type", "@index")
    used = [definition.get(key) for key in keys] if isinstance(definition, dict) else [definition]
    for name in (term, *used):
        if isinstance(name, str):
            prefix, _, rest = name.partition(":")
            both = (name, "" if rest.startswith("//") else prefix)
            yield from (n for n in both if n != term)


def _check_work(doc: _Document, text: str, contexts: list[Any], count: int, depth: int) -> None:
    """Refuse many contexts inside a large one, and a large one behind a term that is used often."""
    scoped = [
        (term, _weight(definition["@context"]))
        for term, definition in _definitions(contexts)
        if isinstance(definition, dict) and "@context" in definition
    ]
    uses = _count(text, {term for term, _ in scoped}) if scoped else 0
    around = sum(nlargest(depth, map(_weight, contexts))) if count + uses > 1 else 0
    work = (count + uses) * around + 10 * uses * max((size for _, size in scoped), default=0)
    if work > MAX_CONTEXT_WORK:
        reason = f"{count:,} contexts, used {uses:,} times, would be copied into each other"
        place = max(doc.data.find(b'"@context"'), 0)
        raise doc.fault(f"{reason}; write one @context at the top", place)


def _weight(context: Any) -> int:
    """Return about how many terms a context has, its inner contexts included."""
    return len(repr(context)) // 20


def _count(text: str, scoped: set[str]) -> int:
    """Count keys and values that are one of the terms with a context of their own."""
    found: list[str] = []

    def look(entry: dict[str, Any]) -> None:
        for value in [*entry, *entry.values()]:
            values = value if isinstance(value, list) else [value]
            found.extend(item for item in values if isinstance(item, str) and item in scoped)

    with suppress(json.JSONDecodeError):
        json.JSONDecoder(object_hook=look, parse_int=len, parse_float=len).decode(text)
    return len(found)


def _check_rdfxml(document: _Document) -> None:
    """Refuse entities, then elements; expat is asked only where one pattern cannot say."""
    data = document.data
    if b"\0" in data:  # UTF-16, which expat would read as such and count otherwise
        raise document.fault("a NUL sign, which no XML has; save it as UTF-8", data.index(b"\0"))
    plain = _plain_xml().match(data)
    if plain is None or plain["doctype"]:
        _check_entities(document)
    if plain is None or (b"parseType" in data and _LITERAL.search(data)):
        _Elements(document).read()


def _check_entities(document: _Document) -> None:
    """Refuse all entities but plain texts; pyoxigraph finds them anywhere, also in comments."""
    if not _DOCTYPE.search(document.data):
        return
    lengths: dict[bytes, int] = {}
    for start in re.finditer(rb"<!ENTITY", document.data):
        entity = _ENTITY.match(document.data, start.start())
        if entity is None:
            raise document.fault(_bad_entity(document.data[start.end() :][:200]), start.start())
        lengths[entity[1]] = max(len(entity[2]), lengths.get(entity[1], 0))
    grown = sum(lengths.get(name, 0) for name in _REFERENCE.findall(document.data))
    if grown > FREE_GROWTH + MAX_GROWTH * len(document.data):
        reason = f"its entities would add {grown:,} bytes; write long texts out where they belong"
        raise document.fault(reason, document.data.find(b"<!ENTITY"))


def _bad_entity(declaration: bytes) -> str:
    name, _, rest = declaration.decode("utf-8", "replace").strip().partition(" ")
    if name == "%":
        return f"entity {rest.split(' ')[0]!r} is a parameter entity; write out what it stands for"
    if rest.lstrip().startswith(("SYSTEM", "PUBLIC")):
        return f"entity {name!r} would be read from outside; write its text into this file"
    return f"entity {name[:60]!r} is not a plain text in quotes; write it without & % and <"


class _Elements:
    """Elements and attributes of an XML document, as expat reads them."""

    def __init__(self, document: _Document) -> None:
        """Prepare to read a document; whatever it declares, it is read as UTF-8."""
        self._document = document
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.ordered_attributes = parser.specified_attributes = True
        parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = self._declared, self._doctype
        parser.AttlistDeclHandler = self._attribute_declared
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        self._depth = self._defaults = self._copied = 0
        self._spaces: dict[int, int] = {}  # bytes of namespaces, by depth
        self._literals: set[int] = set()  # depths of elements that may hold an XML literal
        self._plain: set[str] = set()  # attributes known to matter nowhere

    def read(self) -> None:
        """Read to the end; raises ParseError for the first thing that is wrong."""
        try:
            self._parser.Parse(self._document.data, True)
        except expat.ExpatError as error:
            reason = f"not {self._document.title}: {with_fix(expat.ErrorString(error.code))}"
            place = error.lineno, error.offset + 1
            raise ParseError(self._document.source, reason, *place) from error

    def _fault(self, reason: str) -> ParseError:
        return self._document.fault(reason, self._parser.CurrentByteIndex)

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf8"):
            raise self._fault(f"its encoding is {encoding[:60]}; save the file as UTF-8")

    def _doctype(self, name: str, system: str | None, public: str | None, inner: int) -> None:
        if system or public:
            reason = (
                f"its DOCTYPE points to {(system or public or '')[:120]!r}, which is never read"
            )
            raise self._fault(f"{reason}; take SYSTEM or PUBLIC out")

    def _attribute_declared(self, *declaration: object) -> None:
        self._defaults += 1
        if self._defaults > MAX_ATTRIBUTES:
            raise self._fault(f"more than {MAX_ATTRIBUTES} attributes declared; take them out")

    def _start(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._fault(_TOO_DEEP.format("elements"))
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            reason = f"more than {MAX_ATTRIBUTES} attributes on one element; write elements"
            raise self._fault(reason)
        if attributes and not self._plain.issuperset(attributes[::2]):
            self._look_at(attributes)
        if self._depth - 1 in self._literals:
            self._copied += sum(self._spaces.values())
            if self._copied > FREE_GROWTH + MAX_GROWTH * len(self._document.data):
                reason = "all namespaces are copied into each element of an XML literal"
                raise self._fault(f"{reason}; declare fewer, or further inside")

    def _look_at(self, attributes: list[str]) -> None:
        """Add up namespaces, and notice where an XML literal may begin."""
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            if key.startswith("xmlns"):
                size = self._spaces.get(self._depth, 0) + len(key) + len(value)
                self._spaces[self._depth] = size
            elif key.endswith("parseType"):
                self._literals.add(self._depth)
            else:
                self._plain.add(key)

    def _end(self, name: str) -> None:
        self._spaces.pop(self._depth, None)
        self._literals.discard(self._depth)
        self._depth -= 1
