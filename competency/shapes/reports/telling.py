"""What all formats for people say in the same words: place, value, counts, what to mend first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from competency.ontology.terms import is_absolute, shorten
from competency.shapes.report import Report
from competency.shapes.result import Result, Severity

LONGEST_VALUE = 300
UNDER = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
_SPACE = re.compile(r"\s+")
# What moves the cursor, changes colours or turns the direction of writing.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(text: str, longest: int | None = None) -> str:
    """Return a text in one line that is safe to print; what is longer than ``longest`` is cut.

    >>> plain("  two  words "), plain("three long words", 8)
    ('two words', 'three l…')
    """
    line = _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", _SPACE.sub(" ", text)).strip()
    return line if longest is None or len(line) <= longest else line[: longest - 1] + "…"


def place_text(result: Result) -> str:
    """Return the place of a part in the tree, names parted by ``UNDER``, the framework first.

    place_text(result)
    """
    return plain(UNDER.join(result.place))


def where(result: Result) -> str:
    """Return the file, line and column, or cell, of a result; empty where they are not known.

    where(result)
    """
    return plain(str(result.location)) if result.location else ""


def value_text(result: Result) -> str:
    """Return the property and value in question, as one would write them; empty without a value.

    value_text(result)
    """
    if result.value is None or not result.value.strip():
        return ""
    value = plain(result.value, LONGEST_VALUE)
    iri = (is_absolute(value) and " " not in value) or value.startswith("_:")
    said = shorten(value) if iri else f'"{value}"'
    return f"{shorten(result.path)} {said}" if result.path else said


def counted(severity: Severity, count: int, word: str = "") -> str:
    """Return a count in words.

    >>> counted(Severity.warning, 1), counted(Severity.violation, 2, "new")
    ('1 warning', '2 new violations')
    """
    name = severity.value if count == 1 else f"{severity.value}s"
    return " ".join(filter(None, (f"{count:,}", word, name)))


@dataclass(frozen=True)
class Headline:
    """The first thing a report says: the answer, and the first result to mend, where one is."""

    answer: str
    first: Result | None = None

    def __str__(self) -> str:
        if self.first is None:
            return self.answer
        result, within = self.first, place_text(self.first)
        named = plain(result.name) + (f" ({within})" if within else "")
        at = f" at {where(result)}," if where(result) else ":"
        fix = f" Fix: {plain(result.fix)}" if result.fix else ""
        mend = f"First to mend: {result.severity}{at} {named}: {plain(result.message)}"
        return f"{self.answer} {mend}{fix}"


def headline(report: Report) -> Headline:
    """Return the answer in one sentence, with the worst result.

    >>> str(headline(Report(())))
    'Conforms. Nothing to mend.'
    """
    new = "new" if report.since else ""
    counts = ", ".join(counted(s, count, new) for s, count in report.counts.items() if count)
    if not counts:
        return Headline("Nothing new to mend." if new else "Conforms. Nothing to mend.")
    answer = f"Conforms, with {counts}." if report.conforms else f"Does not conform: {counts}."
    return Headline(answer, report.results[0])


def since_text(report: Report) -> str:
    """Return what a baseline left out, in one sentence; empty without a baseline.

    since_text(new_since(report, baseline))
    """
    if report.since is None:
        return ""
    known, mended = report.since.known, report.since.mended
    results = "result" if known == 1 else "results"
    return f"{known:,} known {results} left out; {mended:,} of the baseline mended since."
