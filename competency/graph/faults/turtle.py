"""Plain words for what is wrong in Turtle and TriG: what an author meant, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from competency.graph.texts import turtle_tokens as tokens
from competency.ontology import PREFIXES

_LIST = "a list is written in ( ) and without commas: ( ex:a ex:b )"
_NAME = re.compile(r"[A-Za-z_][\w-]{0,60}")


@dataclass
class Scene:
    """What stands around a fault: the statement up to it, what is open, and what follows."""

    found: str = ""
    ahead: str = ""
    terms: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    ended: str = ""  # what ended the statement before: a dot, or the declaration that it was
    indented: bool = False  # the line does not begin with a subject, by its looks

    def last(self, back: int = 1) -> str:
        """Return the last token before the fault, or the one before that."""
        return self.terms[-back] if len(self.terms) >= back else ""


def scene(text: str, offset: int) -> Scene:
    """Return what stands before an offset, up to which the text is well-formed, and at it.

    >>> scene("<a> <b> ( 1", 11).opens
    ['(']
    """
    seen = Scene()
    for token in tokens.TOKEN.finditer(text):
        kind = token.lastindex
        if kind is None or token.start(kind) >= offset:
            break
        _see(seen, kind, token[kind])
    seen.ahead = text[offset : offset + 200]
    line = text[max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1 : offset + 1]
    seen.indented = line[:1] in (" ", "\t")
    follows = tokens.TOKEN.match(text, offset)
    seen.found = follows[follows.lastindex] if follows and follows.lastindex else ""
    return seen


def _see(seen: Scene, kind: int, raw: str) -> None:
    if kind == tokens.SIGN and raw in "[({":
        seen.opens.append(raw)
    elif kind == tokens.SIGN and raw in "])}" and seen.opens:
        seen.opens.pop()
    declared = seen.terms and seen.terms[0].lower() in ("prefix", "base")
    if (kind == tokens.SIGN and raw in ".}") or (declared and kind == tokens.IRI):
        seen.ended = seen.terms[0] if seen.terms and (declared or seen.terms[0][0] == "@") else raw
        seen.terms = []
    else:
        seen.terms.append(raw)


def hint(reason: str, text: str, offset: int) -> str | None:
    """Return how to mend a fault at an offset of a document; None where nothing is known.

    ``reason`` is what pyoxigraph says.

    >>> hint("The prefix http: has not been declared", "http://a/b a 1 .", 0)
    'an IRI stands in angle brackets: <http://...>'
    """
    around: Scene | None = None
    for pattern, tell in _HINTS:
        if found := pattern.search(reason):
            around = around or scene(text, offset)
            if said := tell(around, found):
                return said
    return None


def nested_at(text: str) -> int:
    """Return where the first statement about a statement is written; RDF 1.2 Turtle, section 2.10.

    >>> nested_at("<http://x/~a> <b> <c> {| <d> 1 |} .")
    23
    """
    found = (t for t in tokens.TOKEN.finditer(text) if t.lastindex == tokens.OTHER)
    nested = (t.start(tokens.OTHER) for t in found if t[tokens.OTHER] in ("<<", "~", "|"))
    return next(nested, max(text.find("Triple"), 0))


# -- one function for each thing that pyoxigraph says


def _no_dot(seen: Scene, _: re.Match[str]) -> str:
    if seen.last()[:1] == "<" and seen.terms[0] in ("@prefix", "@base"):
        return f"end the {seen.terms[0]} before it with a dot"
    if seen.found == ",":
        return "a , stands between values of the same property only"
    if seen.found in ("]", ")"):
        return f"there is one {seen.found} too many"
    return "end what stands before it: ; if another property follows, . if another subject"


def _no_subject(seen: Scene, _: re.Match[str]) -> str | None:
    found, last = seen.found, seen.last()
    if found in ("]", ")", "}"):
        return f"there is one {found} too many, or the one that opens is missing"
    if found == ".":
        word = seen.ended.upper()
        return f"{word} stands without a dot" if word in ("PREFIX", "BASE") else "one dot is enough"
    if seen.ahead.startswith("^"):
        return 'a datatype has two signs before it: "1"^^xsd:integer'
    if seen.last(2) == "," and last[0] not in "\"'0123456789":
        return "a , goes on with another value; for another property put ; in its place"
    if seen.last(3) == ";":
        return "the statement before ends with ; and goes on with what follows; put . there"
    return _no_term(seen, "subject") or _not_the_last(seen)


def _not_the_last(seen: Scene) -> str:
    return "end what stands before it with ; or . first" if seen.terms else "begin with a subject"


def _no_predicate(seen: Scene, _: re.Match[str]) -> str | None:
    if seen.found == "{":
        return "graphs in { } are TriG; name the file .trig"
    if seen.last() == "[":
        return f"[ ] is for the properties of a node; {_LIST}"
    if seen.found == ".":
        return "the subject has no property and no value yet"
    if seen.found in ("=", "=>"):
        return "that is Notation3; write owl:sameAs, and leave rules out"
    if len(seen.terms) == 1 and seen.ended == "." and seen.indented:
        return "the line before ends with . but the statement goes on; put ; there"
    return _no_term(seen, "property") or "a property belongs here: an IRI, a name or a"


def _no_object(seen: Scene, _: re.Match[str]) -> str | None:
    if seen.found == ",":
        listing = seen.opens and (seen.opens[-1] == "(" or seen.last() == "[")
        return _LIST if listing or seen.opens else "there is one comma too many"
    if seen.found in (".", ";", "]", "}"):
        if seen.opens and seen.opens[-1] == "(":
            return "the list before it is not closed: put )"
        return f"a value is missing before the {seen.found}"
    if seen.found.lower() in ("true", "false"):
        return f"write {seen.found.lower()}"
    if seen.ahead.startswith("?"):
        return "variables are for queries; put a value"
    return _no_term(seen, "value")


def _no_term(seen: Scene, what: str) -> str | None:
    """Tell of a word that is no term: a text, a number or a name that is not marked as one."""
    found, last = seen.found, seen.last()
    if not _NAME.fullmatch(found):
        if found and found[0] in "\"'" and what == "subject" and not seen.terms:
            return "a text cannot be a subject; name what it is said of"
        if last[:1].isdigit() and found and found[0] in "-+":
            return 'a date stands in quotes: "2024-05-01"^^xsd:date'
        return None
    if last and last[0] in "\"'":
        return "after a text only @en, ^^xsd:date or a sign can stand; quotes inside it need a \\"
    if last[:1].isdigit():
        return "a number with a unit is a text; put it in quotes"
    if what == "value":
        return f'a text stands in quotes ("{found}"), a name has a prefix (ex:{found})'
    return f"a name has a prefix (ex:{found}), an IRI stands in angle brackets"


def _no_prefix(_: Scene, found: re.Match[str]) -> str:
    name = found[1]
    if name in ("http", "https", "urn", "mailto", "file"):
        return f"an IRI stands in angle brackets: <{name}:{'//' if name[0] in 'hf' else ''}...>"
    known = PREFIXES.get(name)
    return f"put at the top: @prefix {name}: <{known or 'https://...'}> ."


def _cut(seen: Scene, _: re.Match[str]) -> str:
    if seen.ahead[:1] in ("'", '"'):
        return "the text that begins here is never closed"
    if seen.ahead[:1] == "<":
        return "the IRI that begins here is never closed"
    if seen.opens:
        return f"the file ends before the {seen.opens[-1]} is closed"
    return "the file ends inside a statement; end it with . or fetch the file again"


def _odd_sign(seen: Scene, _: re.Match[str]) -> str | None:
    sign = seen.ahead[:1]
    if sign and sign in "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb":
        return 'texts stand in straight quotes: "'
    if sign == "\u00a0":
        return "it is a no-break space; put a plain one"
    if sign == "/" and seen.ahead[:2] in ("//", "/*"):
        return "comments begin with #"
    if sign == "/":
        return "a name has no / in it; write \\/ or the whole IRI in angle brackets"
    return None


def _say(words: str) -> Callable[[Scene, re.Match[str]], str]:
    return lambda _, __: words


_HINTS: tuple[tuple[re.Pattern[str], Callable[[Scene, re.Match[str]], str | None]], ...] = tuple(
    (re.compile(pattern), tell)
    for pattern, tell in (
        (r"^A dot is expected", _no_dot),
        (r"is not a valid subject", _no_subject),
        (r"is not a valid predicate", _no_predicate),
        (r"is not a valid RDF object", _no_object),
        (r"^The prefix ([^:]*): has not been declared", _no_prefix),
        (r"^Unexpected end", _cut),
        (r"^'(.)' is not allowed at the beginning", _odd_sign),
        (r"^Line jumps", _say('close the text on its line, or put three quotes around it: """')),
        (r"^Unexpected escape", _say("write \\\\ for a backslash that means itself")),
        (r"^Invalid IRI code point ' '", _say("an IRI has no spaces; write %20")),
        (r"^Invalid IRI code point", _say("write that sign as % and its number in UTF-8")),
        (r"^No scheme found", _say("write the whole IRI, with its scheme: <https://...>")),
        (r"^blank node property lists", _say("put ] before it, or ; and another property")),
        (r"^An integer should not be", _say("a name does not begin with + or -; write the IRI")),
        (r"^The PREFIX ", _say("write @prefix ex: <https://example.org/> .")),
        (r"^A language code", _say("a language is written as @en or @de-CH")),
        (r"^Expecting a datatype", _say("write a name with its prefix: ^^xsd:integer")),
    )
)
