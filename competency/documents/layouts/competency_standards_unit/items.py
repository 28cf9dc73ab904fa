"""From the text of a cell to its items: bullets, numbers, and items that run together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from competency.documents import marks

# Signs that stand for nothing but a bullet, wherever they are printed.
_SURE = "".join(sign for sign in marks.BULLETS if sign not in "-*\u2013—·∙") + "§¤¶"
# Letters that bullets of symbol fonts turn into when a PDF is read.
_LETTER = re.compile(r"[olnquvØüŸ][ \t]+(?=[A-Z])")
_NUMBER = re.compile(
    r"\((?:\d{1,2}|[a-z]|[ivx]{1,5})\)(?=\s|[A-Z]|$)|\d{1,2}(?:\.\d{1,2})+[.)](?=\s|[A-Z]|$)"
    r"|\d{1,2}(?:\.\d{1,2}){1,2}(?=\s+[A-Z“\u2018\"])|(?:\d{1,2}|[A-Za-z]|[ivx]{1,5})[.)](?=\s|[A-Z]|$)"
)
_LATER = re.compile(r"(?<=\S)[ \t]+(\d{1,2})[.)][ \t]+(?=[A-Z])")
_LATER_SIGN = re.compile(rf"(?<=\S)[ \t]+(?=[{re.escape(_SURE)}])")
_LATER_LETTER = re.compile(
    r"(?<=[;:])[ \t]+(?:and[ \t]+)?(?=\((?:\d{1,2}|[a-z]|[ivx]{1,5})\)[ \t])"
)


@dataclass
class Chunk:
    """A stretch of a cell from one sign or line start to the next.

    ``number`` is where a printed number stands, ``letter`` a letter that stands for a bullet.
    ``inline`` says that it begins inside a line, ``ran`` that its line holds other stretches.
    """

    start: int
    end: int
    number: tuple[int, int] | None = None
    letter: tuple[int, int] | None = None
    signed: bool = False
    inline: bool = False
    ran: bool = False
    depth: int = 0

    @property
    def plain(self) -> bool:
        """Say whether nothing marks this stretch as the start of an item."""
        return not self.signed and self.number is None


def _sign_end(text: str, at: int) -> int:
    """Return where the words begin behind a bullet sign, or ``at`` where there is none."""
    sign, after = text[at : at + 1], text[at + 1 : at + 2]
    if not sign or sign.isalnum():
        return at
    known = sign in marks.BULLETS or sign in _SURE or sign in "+>~"
    if not known and unicodedata.category(sign) not in {"So", "Sm", "Sk", "Co", "Cn"}:
        return at
    loose = sign in "-*+>~\u2013—"
    if after and not after.isspace() and (loose and not (sign in "-\u2013—" and after.isupper())):
        return at
    return at + 1


def _opening(text: str, at: int, end: int) -> Chunk:
    """Read the sign and the number at the start of a stretch."""
    chunk = Chunk(at, end)
    while (after := _sign_end(text, chunk.start)) > chunk.start and after <= end:
        chunk.signed = True
        chunk.start = _skip(text, after, end)
    found = _LETTER.match(text, chunk.start, end)
    if found and not chunk.signed:
        chunk.letter, chunk.signed = (found.start(), found.start() + 1), True
        chunk.start = found.end()
    number = _NUMBER.match(text, chunk.start, end)
    if number:
        chunk.number = number.span()
        chunk.start = _skip(text, number.end(), end)
        printed = number[0].strip("().")
        chunk.depth = printed.count(".") + 1 if printed[:1].isdigit() and number[0][0] != "(" else 9
    return chunk


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def opens_item(line: str) -> bool:
    """Say whether a line begins with a bullet sign or a printed number.

    >>> opens_item("  • Plan"), opens_item("Plan")
    (True, False)
    """
    return not _opening(line, _skip(line, 0, len(line)), len(line)).plain


def chunks(text: str, start: int = 0) -> list[Chunk]:
    """Cut a text at its line starts, and inside lines at plain signs and the next number."""
    found: list[Chunk] = []
    last = 0
    at = start
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        stretches = _stretches(text, at, end, last)
        for first, until in stretches:
            begin = _skip(text, first, until)
            if begin >= until:
                continue
            chunk = _opening(text, begin, until)
            chunk.inline, chunk.ran = first != at, len(stretches) > 1
            found.append(chunk)
            if chunk.number and chunk.depth == 1:
                last = int(re.sub(r"\D", "", text[slice(*chunk.number)]))
        at = end + 1
    return found


def _stretches(text: str, start: int, end: int, last: int) -> list[tuple[int, int]]:
    """Return the stretches of one line: from one sure sign or next number to another."""
    cuts = [start]
    opening = _opening(text, _skip(text, start, end), end)
    if opening.number and opening.depth == 1:
        last = int(re.sub(r"\D", "", text[slice(*opening.number)]))
    cuts += [found.end() for found in _LATER_SIGN.finditer(text, opening.start, end)]
    cuts += [found.end() for found in _LATER_LETTER.finditer(text, opening.start, end)]
    for found in _LATER.finditer(text, opening.start, end):
        if int(found[1]) == last + 1:
            cuts.append(found.start(1))
            last += 1
    cuts = sorted(set(cuts))
    return list(zip(cuts, [*cuts[1:], end], strict=True))


# ---------------------------------------------------------------------- items that run together


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that no sentence ends with: a capital behind them is the name of something.
_NO_END = _words(
    "a an the this that these those its their his her our your my any all each every some such no "
    "of in on at by for from to into onto with within without under over through via per about as "
    "and or nor but than between among against during after before upon towards toward across "
    "along around behind beyond near since until is are be being was were has have had not if when "
    "where while which who whose whether using use uses including include e.g i.e eg ie relevant "
    "various different appropriate applicable other own latest new local current general basic "
    "called named like both either same respective specific certain several many most more"
)
# Words that follow a name rather than the verb that opens a requirement.
_AFTER_NAME = _words(
    "and or of in on at by for from to with as that which is are was will may can shall who"
)
_DETERMINERS = _words("a an the their its all any each every these those this his her")
_CAPITAL = re.compile(r"(?<=[\w)\]”\u2019\"%])[ \t\n]+(?=[A-Z][a-z]+(?![\w\u2019'-]))")
_WORD = re.compile(r"[A-Z][a-z]+(\s+\(?([^\s)]+))?")
_SEMICOLON = re.compile(r";\s+(?!(?:and|or)\s*$)(?:(and|or)\s+)?(?=(\S))")
_FIRST = re.compile(r"[A-Z][a-z]+")
_STOP = re.compile(r"[.!?][)”\"]?\s+[A-Z]")


@dataclass(frozen=True)
class Cut:
    """Where an item ends and the next begins; ``word`` is an 'and' between them."""

    end: int
    start: int
    sure: bool = True
    word: tuple[int, int] | None = None


def openings(text: str) -> set[str]:
    """Return the words with which lines, bullets and numbered items of a cell begin."""
    found = set()
    for chunk in chunks(text):
        if word := _FIRST.match(text, chunk.start, chunk.end):
            found.add(word[0])
    found.update(re.findall(r";\s+(?:and\s+)?([A-Z][a-z]+)", text))
    return found


def cuts(text: str, start: int, end: int, known: set[str], *, lists: bool) -> list[Cut]:
    """Return where a stretch holds more than one item.

    ``lists`` says that a semicolon always parts items; else only one before a capital does.
    """
    inside = _brackets(text, start, end)
    found = [*_semicolons(text, start, end, lists), *_capitals(text, start, end, known)]
    outside = (cut for cut in found if not inside[cut.end - start])
    return sorted(outside, key=lambda cut: cut.end)


def _brackets(text: str, start: int, end: int) -> list[bool]:
    """Say for each place whether it is in brackets; none is where they do not match."""
    depth, found = 0, []
    for character in text[start:end]:
        depth += (character in "([") - (character in ")]")
        found.append(depth > 0)
    return found if depth == 0 else [False] * len(found)


def _semicolons(text: str, start: int, end: int, lists: bool) -> Iterator[Cut]:
    for found in _SEMICOLON.finditer(text, start, end):
        if lists or found[2].isupper():
            yield Cut(found.start(), found.end(), True, found.span(1) if found[1] else None)


def _capitals(text: str, start: int, end: int, known: set[str]) -> Iterator[Cut]:
    for found in _CAPITAL.finditer(text, start, end):
        verdict = _begins(text, start, found.start(), found.end(), end, known)
        if verdict:
            yield Cut(found.start(), found.end(), verdict == "sure")


def _begins(text: str, start: int, before: int, at: int, end: int, known: set[str]) -> str:
    """Say whether a sentence begins at a capital: 'sure', 'unsure', or '' for no."""
    last = "".join(text[max(start, before - 40) : before].split()[-1:])
    word = _WORD.match(text, at, end)
    if not last or not word or not word[2] or last.lower().strip("(“\"'") in _NO_END:
        return ""
    following, is_known = word[2].strip(",;:."), word[0].split()[0] in known
    closes = last[-1] in ')]”"' and not _is_name(text, start, before)
    if not (last[-1].islower() or closes) or last[0].isupper():
        return "unsure" if is_known and following[:1].islower() else ""
    ends = closes or _is_noun(last)
    if is_known:
        return "sure"
    if following[:1].isupper() and not following.isupper():
        return ""
    if following in _AFTER_NAME:
        return "unsure" if ends else ""
    return "sure" if ends or following in _DETERMINERS else "unsure"


def _is_noun(word: str) -> bool:
    """Say whether a word looks as if a sentence could end with it: a plural, an abstract noun."""
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return plural or word.endswith(("tion", "sion", "ness", "ity", "ence", "ship"))


def _is_name(text: str, start: int, before: int) -> bool:
    """Say whether a closing bracket stands inside a name: 'Weights (Trade) Ordinance'."""
    piece = text[max(start, before - 80) : before]
    return bool(re.search(r"[A-Z]\S*\s+\([A-Z][^()]*\)$", piece))


def has_two_sentences(text: str) -> bool:
    """Say whether a full stop stands inside an item.

    >>> has_two_sentences("Ask first. Then act"), has_two_sentences("Tools, e.g. Excel")
    (True, False)
    """
    inside = _brackets(text, 0, len(text))
    for found in _STOP.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()].split() or [""]
        short = before[-1].lower().strip("(") in {"e.g", "i.e", "no", "vs", "mr", "ms", "dr", "cf"}
        if not inside[found.start()] and not short and len(before[-1]) > 1:
            return True
    return False


def ends_open(text: str) -> bool:
    """Say whether a line cannot end here: the next line goes on with the same item.

    >>> ends_open("the needs of"), ends_open("the needs")
    (True, False)
    """
    last = text.split()[-1] if text.split() else ""
    word = last.lower().strip("(“\"'")
    return word in _NO_END or last.endswith((",", "&", "/", "-", "\u2013", "("))
