"""Texts of cells as values of CASE, and back: lists, days, moments, types of association."""

from __future__ import annotations

import re
from collections.abc import Sequence

from competency.exchange.case.fields import ASSOCIATION_TYPES, NEW_TYPES
from competency.exchange.case.values import is_date, is_moment
from competency.exchange.sheets import key

_WHEN = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[ T](?P<hour>\d\d:\d\d)(?P<second>:\d\d(?:\.\d+)?)?(?P<zone> ?Z|[+-]\d\d:?\d\d)?)?"
)
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)\Z")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
TYPES = {key(kind): kind for kind in (*ASSOCIATION_TYPES, *NEW_TYPES)}


def several(text: str, separators: str = "|,") -> list[str]:
    """Return the texts in a cell; the first separator that is in it divides them.

    >>> several("4, 5"), several("Ready, steady|Go"), several("One, whole|")
    (['4', '5'], ['Ready, steady', 'Go'], ['One, whole'])
    """
    sign = next((sign for sign in separators if sign in text), "")
    pieces = text.split(sign) if sign else [text]
    return [piece.strip() for piece in pieces if piece.strip()]


def joined(texts: Sequence[str], separators: str = "|,") -> str:
    """Return a cell that gives these texts back; the last separator is taken if it can be.

    >>> joined(["4", "5"]), joined(["Ready, steady", "Go"]), joined(["One, whole"])
    ('4,5', 'Ready, steady|Go', 'One, whole|')
    """
    first, usual = separators[0], separators[-1]
    if not any(sign in text for text in texts for sign in separators):
        return usual.join(texts)
    return first.join(texts) + (first if len(texts) == 1 else "")


def day(text: str) -> str:
    """Return a day without its time, where there is one; else the text.

    >>> day("2019-02-05 00:00:00"), day("spring 2019")
    ('2019-02-05', 'spring 2019')
    """
    found = _WHEN.fullmatch(text)
    return found["day"] if found and _is_midnight(found) and is_date(found["day"]) else text


def _is_midnight(found: re.Match[str]) -> bool:
    rest = (found["hour"] or "00:00") + (found["second"] or "") + (found["zone"] or "")
    return not re.sub(r"[0:.]", "", rest)


def moment(text: str) -> str:
    """Return a moment as CASE writes it, where it is one; else the text. No zone is made up.

    >>> moment("2019-02-05 20:56:58"), moment("2019-02-05"), moment("yesterday")
    ('2019-02-05T20:56:58', '2019-02-05T00:00:00', 'yesterday')
    """
    found = _WHEN.fullmatch(text)
    if not found:
        return text
    zone = (found["zone"] or "").strip()
    zone = zone if zone in ("", "Z") or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    when = f"{found['day']}T{found['hour'] or '00:00'}{found['second'] or ':00'}{zone}"
    return when if is_moment(when) else text


def shown_day(text: str) -> str:
    """Return a day as OpenSALT writes it, with the time at which it begins.

    >>> shown_day("2019-02-05")
    '2019-02-05 00:00:00'
    """
    return f"{text} 00:00:00" if is_date(text) else text


def shown_moment(text: str) -> str:
    """Return a moment as OpenSALT writes it; one that names its zone keeps it.

    >>> shown_moment("2019-02-05T20:56:58"), shown_moment("2019-02-05T20:56:58Z")
    ('2019-02-05 20:56:58', '2019-02-05T20:56:58Z')
    """
    return text if _ZONE.search(text) or not is_moment(text) else text.replace("T", " ")


def type_of(text: str) -> str:
    """Return a type of association as CASE has it; one that CASE does not know as it stands.

    >>> type_of("Is Child Of"), type_of("exact match of"), type_of("ext:contrasts")
    ('isChildOf', 'exactMatchOf', 'ext:contrasts')
    """
    return TYPES.get(key(text), text)


def shown_type(kind: str) -> str:
    """Return a type of association as OpenSALT writes it.

    >>> shown_type("exactMatchOf"), shown_type("ext:contrasts")
    ('Exact Match Of', 'ext:contrasts')
    """
    if kind not in TYPES.values():
        return kind
    words = _WORD.sub(" ", kind)
    return words[0].upper() + words[1:]
