"""Signs that nobody sees: control characters, soft hyphens, signs of private fonts."""

from __future__ import annotations

import re
import unicodedata

# Joiners and marks of direction are left out: Persian, Hindi, Arabic and Hebrew need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u2028\u2029\u2060\ue000-\uf8ff\ufeff]"
)
_NAMES = {
    "\xad": "a soft hyphen",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\u2060": "a word joiner",
    "\ufeff": "a byte order mark",
}
_BEFORE = 12


def hidden_sign(text: str, language: str | None = None) -> str | None:
    r"""Return the first sign of a text that cannot be seen, and what it stands after.

    ``None`` for a text without any; the language does not matter. Line breaks and tabs are no
    hidden signs.

    >>> hidden_sign("Checks the infor\u00admation")
    'a soft hyphen (U+00AD) after “ks the infor”'
    """
    found = None if text.isprintable() else _HIDDEN.search(text)
    if found is None:
        return None
    sign, before = found[0], text[: found.start()][-_BEFORE:].strip()
    place = f"after “{before}”" if before else "at the beginning"
    return f"{_name(sign)} (U+{ord(sign):04X}) {place}"


def _name(sign: str) -> str:
    private = unicodedata.category(sign) == "Co"
    return _NAMES.get(sign, "a sign of a private font" if private else "a control character")
