"""The tokens of Turtle, TriG, N-Triples and N-Quads; Turtle 1.1, section 6.5.

The documents were parsed before, so a token is taken as wide as it can be told from its
neighbours, and nothing is refused. Every pattern is possessive: no text takes more than a look.
"""

from __future__ import annotations

import re

_NAME = r"[A-Za-z0-9_:%\-\u0080-\U0010ffff]"
# Names and keywords; a dot at the end is not theirs.
WORD_FORM = rf"{_NAME}++(?:(?:\.++(?={_NAME}|\\)|\\.){_NAME}*+)*+"
_IRI = r"<[^\x00-\x20<>\"{}|^`]*+>"
_NUMBER = (
    r"[+-]?+(?:(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)[eE][+-]?+[0-9]++"
    r"|[0-9]*+\.[0-9]++|[0-9]++)"
)
_STRINGS = "|".join(
    form.replace("Q", quote)
    for form in (
        r"QQQ(?:[^Q\\]++|\\.|Q(?!QQ))*+(?:QQQ|\Z)",
        r"Q(?:[^Q\\\r\n]++|\\.)*+Q?+",
    )
    for quote in ('"', "'")
)
_SKIP = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"
_LITERAL = (
    rf"({_STRINGS})(?:{_SKIP}(?:@([A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[a-z]++)?+)"
    rf"|\^\^{_SKIP}({_IRI}|{WORD_FORM})))?+"
)
_SIGN = r"[.;,\[\](){}]"

TOKEN = re.compile(
    rf"{_SKIP}(?:({_NUMBER})(?![:_A-Za-z\u0080-\U0010ffff])|({WORD_FORM})|({_SIGN})"
    rf"|({_IRI})|({_LITERAL})|(@[A-Za-z]++)|(<<|>>|.)|\Z)",
    re.DOTALL,
)
NUMBER, WORD, SIGN, IRI, LITERAL, STRING, LANGUAGE, DATATYPE, AT, OTHER = range(1, 11)

_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ONE_SIGN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def unescaped(text: str) -> str:
    r"""Return a text with its escapes read; Turtle 1.1, section 6.4.

    >>> unescaped(r"caf\u00e9\n"), unescaped(r"a\,b")
    ('café\n', 'a,b')
    """
    return _ESCAPED.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    if digits is None:
        return _ONE_SIGN.get(found[3], found[3])
    number = int(digits, 16)
    return chr(number) if number < 0x110000 else "\ufffd"


def string_value(written: str) -> str:
    r"""Return what a string in quotes says.

    >>> string_value("'a\\'b'")
    "a'b"
    """
    quotes = 3 if written[:3] in ('"""', "'''") and len(written) >= 6 else 1
    return unescaped(written[quotes:-quotes])
