"""Words in the language of the interface: plurals of kinds, numbers, lists, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache

from babel.dates import format_date, format_datetime, format_skeleton
from babel.lists import format_list
from rdflib import XSD, Literal

from competency.server.languages import convention, interface, ngettext, ngettext_noop, number

# The kinds of parts, one and many: what the ontology calls one of them, in both languages.
_KINDS = (
    ngettext_noop("part", "parts"),
    ngettext_noop("group", "groups"),
    ngettext_noop("functional area", "functional areas"),
    ngettext_noop("value", "values"),
    ngettext_noop("competency", "competencies"),
    ngettext_noop("unit of competency", "units of competency"),
    ngettext_noop("element of competency", "elements of competency"),
    ngettext_noop("competency at a level", "competencies at a level"),
    ngettext_noop("statement", "statements"),
    ngettext_noop("behavioural indicator", "behavioural indicators"),
    ngettext_noop("positive indicator", "positive indicators"),
    ngettext_noop("negative indicator", "negative indicators"),
    ngettext_noop("performance criterion", "performance criteria"),
    ngettext_noop("knowledge statement", "knowledge statements"),
    ngettext_noop("assessment criterion", "assessment criteria"),
    ngettext_noop("descriptor", "descriptors"),
    ngettext_noop("scope", "scopes"),
    ngettext_noop("note", "notes"),
    ngettext_noop("framework", "frameworks"),
    ngettext_noop("level scale", "level scales"),
    ngettext_noop("level", "levels"),
)


def plural(label: str, count: int) -> str:
    """Return a kind's label for ``count`` of it; ``label`` is in English or as the page says it.

    A label that is not of our vocabulary gets an English ending; its noun is before `` of ``.

    >>> plural("unit of competency", 2), plural("performance criterion", 9), plural("note", 1)
    ('units of competency', 'performance criteria', 'note')
    >>> plural("learning activity of a course", 2)
    'learning activities of a course'
    """
    if known := _kinds(interface()).get(label):
        return ngettext(*known, count)
    return label if count == 1 else _english(label)


@cache
def _kinds(language: str) -> dict[str, tuple[str, str]]:
    """Return the kinds by their labels in English and in the language of the interface."""
    found = {one: (one, many) for one, many in _KINDS}
    return found | {ngettext(one, many, 1): (one, many) for one, many in _KINDS}


def counted(label: str, count: int) -> str:
    """Return a number with the label of what is counted, as ``plural`` takes it.

    >>> counted("negative indicator", 1200)
    '1,200 negative indicators'
    """
    return f"{number(count)} {plural(label, count)}"


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them.

    >>> listed(["publisher", "licence", "code"])
    'publisher, licence and code'
    """
    return format_list(list(words), locale=convention())


def lines(locator: str) -> str:
    r"""Return a locator with room after its commas and en dashes between numbers.

    >>> lines("4,6,8-10") == "4, 6, 8\u201310"
    True
    """
    return locator.replace(",", ", ").replace("-", "\u2013")


def cut(text: str, length: int) -> str:
    """Return a text cut at a word, with an ellipsis where something is missing.

    >>> cut("Asks customers what they think", 18)
    'Asks customers …'
    """
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + " …"


def dated(literal: Literal) -> str | None:
    """Return a date, month or time as readers write it, or None for all else.

    >>> dated(Literal("2012-09", datatype=XSD.gYearMonth)), dated(Literal("2012-09"))
    ('September 2012', None)
    """
    say = _DATES.get(str(literal.datatype))
    try:
        return say(str(literal)) if say else None
    except ValueError:
        return None  # not written as its datatype asks, or with a zone: shown as it is


def moment(time: datetime) -> str:
    """Return a point in time to the minute, in UTC where it has a zone.

    >>> moment(datetime.fromisoformat("2026-01-05T23:30:00-01:00"))
    '6 January 2026, 00:30 UTC'
    """
    zone = "" if time.tzinfo is None else " UTC"
    time = time.astimezone(UTC) if zone else time
    return format_datetime(time, "d MMMM y, HH:mm", locale=convention()) + zone


def _month(text: str) -> str:
    return format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=convention())


_DATES: Mapping[str, Callable[[str], str]] = {
    str(XSD.date): lambda text: format_date(date.fromisoformat(text), "long", convention()),
    str(XSD.gYearMonth): _month,
    str(XSD.dateTime): lambda text: moment(datetime.fromisoformat(text)),
}


def _english(label: str) -> str:
    noun, rest = re.fullmatch(r"(.*?)((?: of | at | in ).*)?", label, re.DOTALL).groups("")  # type: ignore[union-attr]
    for end, many in (("criterion", "criteria"), ("y", "ies"), ("s", "ses")):
        if noun.endswith(end):
            return str(noun.removesuffix(end) + many + rest)
    return f"{noun}s{rest}"
