"""The fixed words of the family: its heading, the names of its fields, its functional areas."""

from __future__ import annotations

import re
from dataclasses import dataclass

ORDER = ("title", "code", "range", "level", "credit", "competency", "assessment", "remark")
# A unit that holds one of these is past its head: 'Title' then begins another unit.
BODY = {"competency", "assessment", "remark"}
_UNIT = r"(?:Unit\s+|UoC\s+)?"
_NAMES = {
    "title": rf"{_UNIT}(?:Title|Name(?:\s+of\s+Unit)?)",
    "code": rf"{_UNIT}Code(?:\s+No\.?)?",
    "range": r"Range(?:\s+of\s+Application)?",
    "level": r"(?:QF\s+)?Level",
    "credit": r"(?:QF\s+)?Credits?(?:\s+(?:Values?|Points?))?",
    "competency": r"Competency(?:\s*\(Performance(?:\s+Requirements?\))?)?"
    r"|Performance\s+Requirements?",
    "assessment": r"Assessment(?:\s+Criteri(?:a|on))?",
    "remark": r"Remarks?",
}
_DASHES = "-\u2010\u2011\u2012\u2013—\u2212"
_END = (
    r"(?:\s*\((?:cont(?:inued|['\u2019]?d)?\.?)\))?"
    r"(?P<mark>\s*[:\uff1a]\s*|\s*\t\s*|\s{2,}|\s*$|\s)"
)
_FIELD = re.compile(
    r"\s*(?:(?P<number>\d{1,2}[.)])\s*)?(?:"
    + "|".join(f"(?P<{key}>{name})" for key, name in _NAMES.items())
    + rf"){_END}",
    re.I,
)
_PLAUSIBLE = {
    "code": re.compile(r"\S*\d\S*\s*$"),
    "level": re.compile(r"[\dIVX]{1,4}\b\W*(?:\(.*\)?)?\s*$"),
    "credit": re.compile(r"\d"),
    "competency": re.compile(r"\(?Performance\s+Req|\(?\d{1,2}[.)]", re.I),
}
# What the column of names may hold under the first word of a name that does not fit into it.
TAILS = {
    "competency": re.compile(
        r"\s*(\(?Performance(?:\s+Requirements?\)?)?|Requirements?\)?)(?:\s{2,}|\s*\t\s*|\s*$)",
        re.I,
    ),
    "assessment": re.compile(r"\s*(Criteri(?:a|on))(?:\s*[:\uff1a]\s*|\s{2,}|\s*\t\s*|\s*$)", re.I),
}
WHOLE_NAMES = ("competencyperformancerequirements", "assessmentcriteria", "assessmentcriterion")
AREA = re.compile(
    r"\s*(?P<field>Functional\s+Areas?)"
    r"(?:\s+(?P<number>\d{1,2}|[A-Z])(?=\s*[" + _DASHES + r":\uff1a]))?"
    r"(?P<mark>\s*[" + _DASHES + r":\uff1a]+\s*|\s*\t\s*|\s{2,}|\s*$|\s(?=[A-Z]))(?P<name>.*)"
)
KIND = re.compile(r"\s*Units?\s+of\s+Competenc(?:y|ies)\W*", re.I)
_SPECIFICATION = r"Specifications?\s+of\s+Competency\s+Standards"
_OPENING = re.compile(
    rf"\s*{_SPECIFICATION}(?:\s*\([^()]*\))?(?P<link>[\W_]+(?:for|of|in)\s+(?:the\s+)?)?", re.I
)
_INDUSTRY = re.compile(r"\s+(?:Industry|Industries|Sector|Trade|Profession)\b", re.I)
_BEGUN = re.compile(r"\s*Specifications?(?:\s+of(?:\s+Competency)?)?\s*$", re.I)
_LONGEST = 300


@dataclass(frozen=True)
class Heading:
    """Where the heading, the industry in it and 'Unit of Competency' behind it stand."""

    title: tuple[int, int]
    sector: tuple[int, int]
    unit: tuple[int, int]


@dataclass(frozen=True)
class Field:
    """The name of a field at the start of a line, and how plainly it stands apart."""

    key: str
    name: tuple[int, int]
    number: tuple[int, int] | None
    end: int
    strong: bool
    rest: str
    needs_tail: bool


def indent(line: str) -> int:
    """Return how far a line is set in; in a Markdown table the first cell counts.

    >>> indent("  Level"), indent("| **Level** | 2 |"), indent("|  | 2 |") > 8
    (2, 0, True)
    """
    if line.lstrip().startswith("|"):
        return 0 if re.match(r"[^|]*\|[^|]*\w", line) else 99
    line = line.expandtabs(8)
    return len(line) - len(line.lstrip())


def find_field(line: str) -> Field | None:
    """Find the name of a field at the start of a line.

    >>> find_field("Assessment Criteria   The trainee is able to:").key
    'assessment'
    """
    found = _FIELD.match(line)
    if not found:
        return None
    key = next(key for key in ORDER if found[key])
    start, end = found.span(key)
    if not line[start].isupper():
        return None
    number = found.span("number") if found["number"] else None
    strong = found["mark"] != " " or not line[found.end() :].strip()
    tail = line[start:end].lower() == "assessment"
    return Field(key, (start, end), number, found.end(), strong, line[found.end() :], tail)


def is_weak_field(found: Field, keys: set[str], last: int, is_open: bool) -> bool:
    """Say whether a name with only one space behind it is a field and not a wrapped line."""
    begins = found.key == "title" and (not is_open or bool(keys & BODY))
    if not begins and (found.key in keys or ORDER.index(found.key) <= last):
        return False
    plausible = _PLAUSIBLE.get(found.key)
    if plausible:
        return bool(plausible.match(found.rest))
    return found.rest[:1].isupper()


def starts_heading(line: str, following: str = "") -> bool:
    """Say whether a line begins as the heading of the family does, perhaps with the next line."""
    if _BEGUN.match(line):
        line = f"{line}\n{following}"
    return len(line) <= _LONGEST and bool(_OPENING.match(line))


def heading_goes_on(heading: str, line: str, follows: bool) -> bool:
    """Say whether a line belongs to the heading above it; ``follows`` says that none is between.

    >>> heading_goes_on("Specification of Competency Standards", "for the Toy Industry", True)
    True
    """
    if _BEGUN.match(heading):
        return True
    if re.search(r"\bunits?\s+of\s*$", heading, re.I):
        return bool(re.fullmatch(r"\s*competency\W*", line, re.I))
    if re.search(r"\bof\s+competency\W*$", heading, re.I) or find_field(line) or AREA.match(line):
        return False
    if KIND.fullmatch(line) or re.match(r"\s*(?:for|of) the\b", line, re.I):
        return True
    industry = not _INDUSTRY.search(heading) and _INDUSTRY.search(" " + line)
    hangs = re.search(r"\b(?:for|of|the|and|&|unit)\s*$", heading, re.I)
    return follows and len(line) < _LONGEST and bool(industry or hangs)


def read_heading(text: str) -> Heading:
    """Take the heading of the family apart; a stretch that is not there is empty.

    >>> text = "Specification of Competency Standards for the Toy Industry Unit of Competency"
    >>> text[slice(*read_heading(text).sector)]
    'Toy'
    """
    found = re.search(r"\bUnits?\s+of\s+Competency\W*$", text, re.I)
    unit = found.span() if found else (len(text), len(text))
    title = text[: unit[0]].rstrip(" \t\n:,;" + _DASHES)
    opening = _OPENING.match(title)
    sector = (0, 0)
    if opening and opening["link"]:
        industry = _INDUSTRY.search(title, opening.end())
        sector = (opening.end(), industry.start() if industry else len(title))
    return Heading((0, len(title)), sector, unit)


def same_words(one: str, other: str) -> bool:
    """Say whether two texts have the same words; signs, numbers and capitals aside."""
    return re.findall(r"[^\W\d]+", one.lower()) == re.findall(r"[^\W\d]+", other.lower())
