"""Lines of a levelled competency: levels, dates, names of fields, and what pages add."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from competency.documents.document import Document, Span
from competency.documents.marks import look
from competency.documents.paragraphs import has_words

_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
_LEVEL = re.compile(
    r"\s*(?P<heading>#{1,6}\s*)?(?P<mark>[*_]{1,3}(?=\w))?"
    r"(?P<words>(?:(?:proficiency|competenc[ey]|skill|mastery|performance|behaviou?ral)\s+)?level\s+"
    rf"(?P<number>\d{{1,2}}|{'|'.join([*_WORDS, *sorted(_ROMAN, key=len, reverse=True)])}))"
    r"(?![\w/]|\.\d)(?P<gap>[*_]*(?:\s*[:.)\u2013\u2014|(]|\s*-(?=\D)|\s*\t|\s\s+|\s*$|\s))[\s*_]*",
    re.I,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_DATE = rf"(?:(?:{_DAY}\s+)?{_MONTH},?\s+(?:{_DAY},?\s+)?)?(?:19|20)\d\d"
_DATE_LINE = re.compile(rf"(?P<before>(?:[^\W\d]+:?\s+){{0,4}}?)(?P<date>{_DATE})[).]?", re.I)
_TITLE_DATE = re.compile(
    rf"\s*(?:[,|\u2013\u2014(]|\s-)\s*(?P<date>{_MONTH}\s+(?:19|20)\d\d)\)?\s*$", re.I
)
_ISSUED = {
    "",
    "date",
    "issued",
    "published",
    "released",
    "date of issue",
    "publication date",
}
FIELD = re.compile(
    r"(?:(?:general|competency) )?(?:definition|description|overview|introduction)"
    r"|(?:(?:key|effective|positive|sample|typical|expected|observable) )?behaviou?rs?"
    r"|(?:(?:key|effective|positive|sample|typical|expected|observable) )?"
    r"(?:behaviou?ral )?(?:indicators?|descriptors?|examples?)"
    r"|(?:proficiency |competency )?levels?|levels? of (?:proficiency|competency)",
    re.I,
)
_BARE_NUMBER = re.compile(r"[\W_]*\d{1,3}[\W_]*$")
_PAGE = re.compile(r"\b(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[^\w.]*$", re.I)
_CONTINUED = re.compile(r"\b(?:continued|cont(?:['\u2019]d|d|\.)?)[)\].]*$", re.I)


@dataclass(frozen=True)
class LevelLine:
    """A line that opens a level: its words ('Level 2'), its figure, its title or what it says."""

    words: Span
    figure: Span
    rank: int
    heading: int
    title: Span = field(default_factory=Span)
    text: Span = field(default_factory=Span)
    continued: Span = field(default_factory=Span)


@dataclass(frozen=True)
class DateLine:
    """A line with a date; ``issued`` says whether the date is that of the document."""

    whole: Span
    date: Span
    issued: bool


def level_line(document: Document, number: int) -> LevelLine | None:
    """Return the level that a line opens, or None.

    >>> level_line(Document("x", ("**Level II - Leads others**",)), 1).title.text
    'Leads others'
    """
    line = document.line(number)
    if not (found := _LEVEL.match(line)) or (rank := _rank(found["number"].lower())) is None:
        return None
    end = len(line.rstrip(" \t*_#:"))
    if found["gap"].strip(" *_").startswith("("):
        end = len(line[:end].rstrip(")"))
    title = document.span(number, min(found.end(), end), end)
    marked = bool(found["heading"] or found["mark"])
    if not _is_title(title.text, found["gap"], marked, _is_apart(document, number)):
        return None
    words = document.span(number, *found.span("words"))
    figure = document.span(number, *found.span("number"))
    heading = len((found["heading"] or "").strip())
    continued = Span()
    if tail := _CONTINUED.search(line, found.end("words"), end):
        continued = document.span(number, tail.start(), end)
        cut = len(line[: tail.start()].rstrip(" \t*_:([\u2013\u2014-"))
        title = document.span(number, min(found.end(), cut), cut)
    count = len(title.text.split())
    if count > 20 or (count > 8 and title.text.endswith(".")):
        return LevelLine(words, figure, rank, heading, text=title)
    return LevelLine(words, figure, rank, heading, title, continued=continued)


def _is_apart(document: Document, number: int) -> bool:
    """Say whether the line before is empty, short, ended or an item, so that a text can begin."""
    before = document.line(number - 1).rstrip() if number > 1 else ""
    return len(before) < 45 or before[-1] in ".:;!?" or _is_item(document, number - 1)


def _is_title(title: str, gap: str, marked: bool, alone: bool) -> bool:
    """Say whether the words after 'Level 2' can be a title, and no sentence or row of a table."""
    if not title:
        return True
    if not any(character.isalpha() for character in title):
        return False
    if re.search(r"\blevel\s+(?:\d|[ivx]+\b)", title, re.I) and re.fullmatch(r"\s+|\s*[|]", gap):
        return False
    plain = alone and title[0].isupper() and len(title.split()) <= 12 and title[-1] not in ".;,!?"
    return marked or plain or not re.fullmatch(r"[*_]*\s", gap)


def _rank(number: str) -> int | None:
    if number.isdecimal():
        return int(number)
    names = _WORDS if number in _WORDS else _ROMAN
    return names.index(number) + 1 if number in names else None


def date_line(document: Document, number: int) -> DateLine | None:
    """Return the date that is all a line holds, with at most four words before it.

    >>> date_line(Document("x", ("Issued: 3 May 2019",)), 1).date.text
    '3 May 2019'
    """
    line = document.line(number)
    start = len(line) - len(line.lstrip(" \t*_#("))
    found = _DATE_LINE.fullmatch(line.rstrip(" \t*_"), start)
    if not found or (_is_item(document, number) and line.rstrip()[-1] not in "*_"):
        return None
    before = found["before"].strip().rstrip(":")
    return DateLine(
        document.span(number, found.start(), found.end()),
        document.span(number, *found.span("date")),
        before.lower() in _ISSUED,
    )


def title_date(document: Document, title: Span) -> tuple[Span, DateLine | None]:
    """Part a title from the month and year printed behind it on its line."""
    if len(title.pieces) != 1 or not (found := _TITLE_DATE.search(title.text)):
        return title, None
    piece = title.pieces[0]
    line = document.line(piece.line)
    if (
        not (found := _TITLE_DATE.search(line, piece.start, piece.end))
        or found.start() <= piece.start
    ):
        return title, None
    date = document.span(piece.line, *found.span("date"))
    return document.span(piece.line, piece.start, found.start()), DateLine(date, date, True)


def aside(document: Document) -> dict[int, str]:
    """Return the lines that pages add, with the reason to set each aside."""
    found: dict[int, str] = {}
    lines = [(number, line) for number, line in enumerate(document.lines, 1) if has_words(line)]
    keys = [_key(line) for _, line in lines]
    times, first = Counter(keys), ""
    for at, (number, line) in enumerate(lines):
        if _is_contents(line):
            found[number] = "line of a table of contents"
        elif _is_page(document, number, first, times):
            found[number] = "page number"
        elif not first:
            first = keys[at]
        elif keys[at] == first and _inside_list(document, lines[at + 1 : at + 2]):
            found[number] = "page heading, repeated"
    _beside_pages(document, lines, keys, times, found)
    return found


def _is_contents(line: str) -> bool:
    """Say whether a line ends in dots and the number of a page."""
    end = re.search(r"\d{1,3}\s*$", line[-12:])
    before = line[: len(line) - len(end[0])].rstrip() if end else ""
    return before.endswith(("....", "……", ". . . ."))


def _is_page(document: Document, number: int, first: str, times: Counter[str]) -> bool:
    line = document.line(number)
    if _BARE_NUMBER.match(line):
        return True
    page = _PAGE.search(line)
    if not page or _is_item(document, number):
        return False
    head = line[: page.start()]
    return not has_words(head) or _key(head) == first or times[_key(line)] > 1


def _inside_list(document: Document, after: list[tuple[int, str]]) -> bool:
    """Say whether an item, half a text or a higher level comes after a line: a page heading."""
    for number, line in after:
        level = level_line(document, number)
        small = line.strip()[:1].islower()
        return small or _is_item(document, number) or bool(level and level.rank > 1)
    return False


def _is_item(document: Document, number: int) -> bool:
    here = look(document, number)
    return not here.heading and bool(here.bullet or here.enumeration)


def _beside_pages(
    document: Document,
    lines: list[tuple[int, str]],
    keys: list[str],
    times: Counter[str],
    found: dict[int, str],
) -> None:
    """Add the lines that stand beside page numbers again and again."""
    beside: Counter[str] = Counter()
    for at, (number, _) in enumerate(lines):
        if found.get(number) == "page number":
            beside.update({keys[near] for near in (at - 1, at + 1) if 0 <= near < len(lines)})
    for (number, _), key in zip(lines[1:], keys[1:], strict=True):
        often = times[key] > 1 and beside[key] >= times[key] - 1
        if not often or number in found or _is_item(document, number):
            continue
        if not level_line(document, number):
            found[number] = "page heading, repeated"


def _key(line: str) -> str:
    """Return the words of a line for comparison: no signs, no figures, no 'continued'."""
    words = _CONTINUED.sub("", line.rstrip(" *_#"))
    return " ".join(re.findall(r"\w+", re.sub(r"[\d_]+", "", words.casefold())))
