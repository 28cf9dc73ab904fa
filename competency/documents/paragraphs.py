"""Lines to paragraphs: wrapped lines become one text again, with their signs and their places.

Documents reach us with one line to a paragraph or with several, with empty lines or without, so
a line goes on the one before it when that one was full, or when its words do not end there.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from competency.documents.document import Document, Span, join
from competency.documents.marks import BULLETS, Look, look

NEGATIVE = re.compile(
    r"\b(?:unhelpful|ineffective|(?<!non-)negative|undesirable|unacceptable|inappropriate|"
    r"counter-?productive|(?:less|not) (?:effective|helpful))\b",
    re.I,
)
_FULL_STOP = re.compile("[.!?:;\u3002\uff01\uff1f\uff1a\uff1b][\"'\u201d\u2019)\\]*_]*$")
_OPEN = re.compile(
    r"(?:[,(\u2013\u2014-]"
    r"|\b(?:and|or|the|of|to|an?|in|on|by|for|from|with|that|which|since|their|its))$",
    re.I,
)
_ITALIC = re.compile(r"\s*([*_])[^*_\s](?:[^*_]*[^*_\s])?\1\s*$")
_LONE_SIGN = re.compile(rf"\s*[{re.escape(BULLETS)}]\s*$")
_WORD = re.compile(r"[^\W_]")
_NARROW, _WIDE = 60, 160


@dataclass
class Paragraph:
    """A text and the signs of its first line.

    ``gap`` says that an empty line, or one set aside, stands before it; ``sign`` is the bullet
    where that is a letter; ``rejoined`` says that its pieces stood apart.
    """

    look: Look
    span: Span
    gap: bool
    sign: Span = field(default_factory=Span)
    rejoined: bool = False

    @property
    def text(self) -> str:
        """Return the words."""
        return self.span.text

    @property
    def whole(self) -> Span:
        """Return the words with the number before them."""
        return self.look.enumeration + self.span

    @property
    def heading(self) -> Span:
        """Return the words as a title, without a colon at their end."""
        last = self.span.pieces[-1]
        text = last.text.rstrip(" :")
        cut = replace(last, end=last.start + len(text), text=text)
        return Span((*self.span.pieces[:-1], cut)) if text else self.span

    @property
    def item(self) -> bool:
        """Say whether it is an item of a list: with a bullet or a number, and no heading."""
        return not self.look.heading and bool(self.look.bullet or self.look.enumeration)

    @property
    def strong(self) -> bool:
        """Say whether it is marked as a heading, or is one bold line."""
        return bool(self.look.heading) or (self.look.bold and not self.look.bullet)

    @property
    def ended(self) -> bool:
        """Say whether a stop, a colon or the like stands at its end."""
        return bool(_FULL_STOP.search(self.text))


def paragraphs(
    document: Document, skip: Collection[int] = (), alone: Collection[int] = ()
) -> list[Paragraph]:
    """Return the paragraphs in order; every word is in one ``whole`` or ``sign``.

    ``skip`` are lines that are set aside, ``alone`` are lines that no other line continues.

    >>> [p.text for p in paragraphs(Document("x", ("Title", "", "- one", "- two")))]
    ['Title', 'one', 'two']
    """
    found: list[Paragraph] = []
    lines: list[list[Span]] = []
    widths, gap, skipped, sign = _widths(document), True, False, False
    for number in range(1, len(document.lines) + 1):
        if number in skip or not has_words(document.line(number)):
            skipped = skipped or number in skip
            gap, sign = True, bool(_LONE_SIGN.match(document.line(number)))
            continue
        here = _sign(document, number, sign)
        last = found[-1] if found and not sign else None
        can = last and number not in alone and last.look.number not in alone
        run = _Run(lines[-1][-1] if last else Span(), widths[number - 1], gap, skipped)
        if last and can and _follows(document, last, here, run):
            lines[-1].append(here.whole)
            last.rejoined = last.rejoined or gap
        else:
            found.append(replace(here, gap=gap))
            lines.append([here.span])
        gap, skipped, sign = False, False, False
    return [replace(one, span=join(spans)) for one, spans in zip(found, lines, strict=True)]


@dataclass(frozen=True)
class _Run:
    """What lies between two lines: the end of the first, the width, what is set aside."""

    before: Span
    width: int
    gap: bool
    skipped: bool


def has_words(line: str) -> bool:
    """Say whether a line holds a letter or a figure."""
    return bool(_WORD.search(line))


def _widths(document: Document) -> list[int]:
    """Return for each line the length of the longest in its run of lines without an empty one."""
    widths: list[int] = []
    for number, line in enumerate(document.lines):
        start = number and not has_words(document.lines[number - 1])
        before = 0 if start or not widths else widths[-1]
        widths.append(max(before, len(line.rstrip())))
    for at in range(len(widths) - 2, -1, -1):
        if has_words(document.lines[at]) and has_words(document.lines[at + 1]):
            widths[at] = widths[at + 1]
    return widths


def _sign(document: Document, number: int, bullet: bool) -> Paragraph:
    """Return one line as a paragraph, with the signs that ``look`` cannot know."""
    here, line, letter = look(document, number), document.line(number), Span()
    if _ITALIC.match(line):
        inner = line.strip()
        start = line.index(inner) + 1
        content = document.span(number, start, start + len(inner) - 2)
        here = replace(here, bullet=False, enumeration=Span(), content=content)
    if here.bullet and line.lstrip()[0] == "o":
        start = len(line) - len(line.lstrip())
        letter = document.span(number, start, start + 1)
    if here.enumeration and not has_words(here.content.text):
        here = replace(here, content=here.enumeration + here.content, enumeration=Span())
    return Paragraph(
        replace(here, bullet=here.bullet or bullet), here.content, gap=True, sign=letter
    )


def _follows(document: Document, last: Paragraph, here: Paragraph, run: _Run) -> bool:
    """Say whether a line goes on the paragraph before it."""
    if here.item or here.strong or last.strong or here.sign:
        return False
    small, end = here.text[:1].islower(), run.before.text
    is_open, ended = bool(_OPEN.search(end)), bool(_FULL_STOP.search(end))
    if run.gap:
        return small and not ended and (run.skipped or is_open)
    if last.look.bullet and here.look.indent > last.look.indent:
        return True
    if run.width > _WIDE:
        return small and is_open
    width = max(run.width, _NARROW)
    length = len(document.line(run.before.numbers[-1]).rstrip())
    if small:
        begun = last.text[:1].isupper() and length >= max(20, run.width / 2)
        return is_open or begun or length >= width / 2
    if end.endswith(":"):
        return False
    share = 0.95 if ended else 0.75
    return length + 1 + len(here.text.split()[0]) > share * width
