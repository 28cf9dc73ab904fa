"""The fixed phrases of National Occupational Standards: names of sections, lead-ins, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

CRITERIA, KNOWLEDGE, SCOPE, NOTES, FIELD = "criteria", "knowledge", "scope", "notes", "field"
LISTS = (CRITERIA, KNOWLEDGE)


@dataclass(frozen=True)
class Name:
    """The name of a section: what it holds, and the last step of its IRI."""

    kind: str
    step: str


def _names(kind: str, step: str, *names: str) -> dict[tuple[str, ...], Name]:
    return {tuple(name.split()): Name(kind, step) for name in names}


SECTIONS = {
    **_names(
        CRITERIA, "pc", "performance criteria", "performance criterion", "performance statements",
        "outcomes of effective performance",
    ),
    **_names(
        KNOWLEDGE, "ku", "knowledge and understanding", "knowledge", "knowledge requirements",
        "underpinning knowledge", "underpinning knowledge and understanding",
        "essential knowledge and understanding",
    ),
    **_names(
        SCOPE, "scope", "scope", "range", "scope range", "range statement", "scope statement",
        "scope range statement", "scope range related to performance criteria",
        "scope range relating to performance criteria",
        "scope range related to knowledge and understanding",
        "scope range relating to knowledge and understanding",
    ),
    **_names(NOTES, "ai", "additional information"),
    **_names(NOTES, "overview", "overview", "standard overview", "unit overview",
             "about this standard", "about this unit"),
    **_names(NOTES, "values", "values"),
    **_names(NOTES, "behaviours", "behaviours", "behaviors",
             "behaviours which underpin effective performance"),
    **_names(NOTES, "skills", "skills"),
    **_names(NOTES, "glossary", "glossary", "definitions", "key terms", "terminology"),
    **_names(NOTES, "links", "links to other nos", "external links", "links"),
    **_names(NOTES, "evidence", "evidence requirements"),
    **_names(
        FIELD, "field", "developed by", "version number", "version", "date approved",
        "indicative review date", "validity", "status", "originating organisation",
        "original urn", "relevant occupations", "suite", "keywords", "key words",
    ),
}  # fmt: skip
_CONTINUED = {"continued", "cont", "contd", "d"}

_WHO = r"(?:you|(?:the )?(?:individual|person|worker|candidate|learner|operative|practitioner)s?)"
_MUST = r"(?:must|will|should|need to|needs to|will need to)(?: also)?"
_LEAD_IN = re.compile(
    rf"(?:to \w+ (?:this|the) (?:standard|unit) )?{_WHO} {_MUST} "
    r"(?P<verb>be able to|be capable of|demonstrate|know and understand|know|understand|"
    r"have knowledge(?: and understanding)? of)(?: (?:and )?(?:do )?the following)?"
)
LEAD_IN_START = re.compile(
    r"[\s*_]*You\s+(?:must|need\s+to|should)\s+(?:be\s+able\s+to|know\s+and\s+understand)\b\W*",
    re.I,
)
_NAMES = sorted((" ".join(name) for name in SECTIONS), key=len, reverse=True)
SECTION_START = re.compile(
    r"[\s*_]*(?P<name>"
    + "|".join(name.replace(" and ", r"(?:\s+and\s+|\s*&\s*)").replace(" ", r"(?:\s+|\s*/\s*)")
               for name in _NAMES)
    + r")(?!\w)(?P<sep>[*_]*(?:\s*:|\t|\s{2,}|\s+[\u2013\u2014-](?=\s))?[*_]*\s*)",
    re.I,
)  # fmt: skip

CODE = r"(?:[A-Z][A-Z&/]{1,20}[\s-]{1,3}){0,3}[A-Z&/]{0,20}\d(?:[\w./&-]{0,30}\w)?"
_END = r"(?![\w&/])"
STANDARD = re.compile(
    r"(?P<word>NOS|NATIONAL\s+OCCUPATIONAL\s+STANDARD|National\s+[Oo]ccupational\s+[Ss]tandard)"
    rf"\b[\s:\u2013\u2014-]*(?P<code>{CODE}{_END})?[\s:\u2013\u2014.-]*(?P<title>.*)"
)
BARE = re.compile(
    rf"(?P<word>(?:URN|Unique\s+[Rr]eference\s+[Nn]umber)[\s:\u2013\u2014-]+)?(?P<code>(?=\S*[A-Z]){CODE}){_END}"
    r"[\s:\u2013\u2014-]*(?P<title>.*)"
)
UNIT = re.compile(
    rf"(?P<word>UNIT|Unit)\b[\s:\u2013\u2014-]*(?P<code>{CODE}{_END}|[A-Z](?=[\s:.\u2013\u2014-]))?[\s:\u2013\u2014.)-]*(?P<title>.*)"
)
SECOND_CODE = re.compile(
    r"(?P<open>[(\[]\s*)?(?:\b(?P<issuer>[^\W\d_][\w&./-]{0,30})\s+)?"
    r"(?P<word>Unit\s+(?:Code|Number|Ref(?:erence)?))\b[\s:#\u2013\u2014.-]*"
    r"(?P<code>(?=[A-Z&/ -]{0,20}\d)[A-Z\d](?:[\w./&-]{0,30}\w)?(?:\s+\d{1,4}\b)?)\s*[)\]]?",
    re.I,
)
FUSED_UNIT = re.compile(rf"\s(?=Unit\s+{CODE}{_END})")
PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|pg|p)\b[\s.:]*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\W_]*", re.I
)


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text alone, for comparing: no capitals, no signs.

    >>> words("Knowledge & understanding:")
    ('knowledge', 'and', 'understanding')
    """
    return tuple(re.findall(r"[^\W_]+", text.casefold().replace("&", " and ")))


def section_name(found: tuple[str, ...]) -> Name | None:
    """Return the section that words name, in full or with 'continued' behind.

    >>> section_name(words("Performance Criteria (cont'd)")).step
    'pc'
    """
    end = len(found)
    while end and found[end - 1] in _CONTINUED:
        end -= 1
    return SECTIONS.get(found[:end])


def lead_in_kind(found: tuple[str, ...]) -> str:
    """Return what a lead-in leads to, criteria or knowledge; empty where it is none.

    >>> lead_in_kind(words("You must be able to:"))
    'criteria'
    """
    if not 3 < len(found) < 20 or not (match := _LEAD_IN.fullmatch(" ".join(found))):
        return ""
    does = match["verb"].startswith(("be ", "demonstrate"))
    return CRITERIA if does else KNOWLEDGE
