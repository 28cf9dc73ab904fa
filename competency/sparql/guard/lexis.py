"""The signs of SPARQL (SPARQL 1.1, section 19.8), as the engine reads them.

The engine knows no tokens: it reads rule by rule, ``SERVICEx:y`` as a keyword with a name behind
it when no name begins there. So these are the longest signs of the standard, with the engine's
own classes of characters, and a word that is none of ``WORDS`` is no sign at all.
"""

from __future__ import annotations

import re

_LETTER = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    r"\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_INNER = _LETTER + r"_0-9\u00b7\u0300-\u036f\u203f\u2040"
_CHAR = _INNER + r"\-"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_HEX = "[0-9A-Fa-f]"
_SURROGATE = "[dD][89A-Fa-f]"
_CODE = rf"u(?!{_SURROGATE}){_HEX}{{4}}|U00(?:0(?!0{_SURROGATE}){_HEX}|10){_HEX}{{4}}"
_IN_TEXT = rf"""\\(?:[tbnrf\\"']|{_CODE})"""
_LONG = r"{q}{{3}}(?:[^{q}\\]++|{escape}|{q}(?!{q}{q}))*+{q}{{3}}"
_SHORT = r"{q}(?!{q}{q})(?:[^{q}\\\n\r]++|{escape})*+{q}"
_RUN = rf"(?:[{_CHAR}:]++|{_ESCAPE})"

PREFIX = rf"[{_LETTER}][{_CHAR}]*+(?:\.++[{_CHAR}]++)*+"
LOCAL = rf"(?:[{_LETTER}_0-9:]|{_ESCAPE}){_RUN}*+(?:\.++{_RUN}++)*+"
SHORT_LOCAL = rf"(?:[{_LETTER}_0-9:]|{_ESCAPE}){_RUN}*+(?:\.++{_RUN}++)?+"
BLANK = rf"_:[{_LETTER}_0-9][{_CHAR}]*+(?:\.++[{_CHAR}]++)*+"
VARIABLE = rf"[?$][{_LETTER}_0-9][{_INNER}]*+"
LANGUAGE = r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?"
NUMBER = r"(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++"
TEXT = "|".join(
    form.format(q=quote, escape=_IN_TEXT) for form in (_LONG, _SHORT) for quote in ('"', "'")
)
COMMENT = r"\#[^\n\r]*+"
SPACE = r"[ \t\r\n]++"
IRI = r"""<[^\x00-\x20<>"{}|^`]*+>"""


def _signs(names: str) -> re.Pattern[str]:
    """Return all signs but those that begin with "<", which two signs share; see ``tokens``."""
    return re.compile(
        rf"""(?P<space>{SPACE})
          | (?P<comment>{COMMENT})
          | (?P<variable>{VARIABLE})
          | {names}
          | (?P<text>{TEXT})
          | (?P<language>{LANGUAGE})
          | (?P<number>{NUMBER})
          | (?P<open>[({{\[])
          | (?P<close>[)}}\]])
          | (?P<other>&&|\|\||\^\^|[.,;*/|^!=>+\-?~])""",
        re.VERBOSE,
    )


WORD = "[A-Za-z][A-Za-z0-9_]*+"
SIGN = _signs(rf"(?P<name>{BLANK}|(?:{PREFIX})?:(?:{LOCAL})?) | (?P<word>{PREFIX})")
WORD_SIGN = _signs(rf"(?P<word>{WORD})")  # where no name can begin
WORD_ONLY = re.compile(WORD)
SHORT_NAME = re.compile(rf"(?:{PREFIX})?:(?:{SHORT_LOCAL})?")  # what the engine reads whole
GAP = re.compile(rf"(?:{SPACE}|{COMMENT})*+")
IRI_SIGN = re.compile(IRI)

_WORDS = """
A ABS ADD ADJUST ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL CLEAR COALESCE CONCAT
CONSTRUCT CONTAINS COPY COUNT CREATE DATA DATATYPE DAY DEFAULT DELETE DESC DESCRIBE DISTINCT
DROP ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR
HAVING HOURS IF IN INSERT INTO IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG
LANGDIR LANGMATCHES LATERAL LCASE LIMIT LOAD MAX MD5 MIN MINUS MINUTES MONTH MOVE NAMED NOT
NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM
SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER
STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM
TIMEZONE TO TRIPLE TRUE TZ UCASE UNDEF UNION URI USING UUID VALUES VERSION WHERE WITH YEAR
"""
WORDS = frozenset(_WORDS.split())

# What may stand between the brackets of quads (templates and data), where "<" begins an IRI only
# and no keyword but GRAPH has a meaning: read at once, up to what needs a closer look.
_WHOLE_NAME = rf"(?:{PREFIX})?:(?:{SHORT_LOCAL}(?!\.++{_RUN})|(?![{_LETTER}_0-9:]|{_ESCAPE}))"
QUADS = re.compile(
    rf"""(?:{SPACE}|{IRI}|{_WHOLE_NAME}|{BLANK}|{TEXT}|[.,;]|{VARIABLE}|\^\^|{LANGUAGE}|{NUMBER}
      |(?:a|true|false)(?!\.*+[{_CHAR}:])|{COMMENT}|[+\-~|]|\[[ \t\r\n]*+\]|\([ \t\r\n]*+\))*+""",
    re.VERBOSE,
)

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH")
