"""One line by its signs: a bullet, a heading, a plain line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from competency.documents.document import Document, Span, join
from competency.documents.layouts.values_and_behaviours import phrases
from competency.documents.marks import look

_NO_SIGN = "\"'\u201c\u201d\u2018\u2019\u00ab\u201e([{#*<>&@$\u00a3\u20ac|`~\\/-"
_SIGN = re.compile(rf"\s*[^\w\s{re.escape(_NO_SIGN)}]\s+(?=\S)")
_MOST_COMPARED, _LONGEST_BEGINNING = 200, 300
_STAR = re.compile(r"\s*([*_])(?![\s*_])([^*_]+)(?<!\s)\1[:.]?\s*")


@dataclass
class Item:
    """A bullet, or a line that is none.

    ``marked`` says that it has the marks of a heading, ``signed`` that it has a bullet sign (a
    bullet may have a number instead), ``last`` is its last line and ``width`` how long that is.
    """

    bullet: bool
    marked: bool
    span: Span
    enumeration: Span
    indent: int
    last: int
    width: int = 0
    signed: bool = False
    sign: Span = field(default_factory=Span)
    rejoined: bool = False
    fused: bool = False

    _read: tuple[Span, str, str] = field(default=(Span(), "", ""), repr=False)

    @property
    def text(self) -> str:
        """Return the words."""
        return self._words()[1]

    @property
    def key(self) -> str:
        """Return the words without case and signs."""
        return self._words()[2]

    def go_on(self, line: Item) -> None:
        """Take the words of the next line as more of its own."""
        glue = "" if re.search(r"\w-$", self.text[-2:]) else " "
        text = self.text + glue + line.text
        self.rejoined = self.rejoined or line.last > self.last + 1
        self.span, self.last, self.width = self.span + line.span, line.last, line.width
        self._read = self.span, text, phrases.key(text)

    def _words(self) -> tuple[Span, str, str]:
        """Return the words as they are now; they are read once for each span."""
        if self._read[0] is not self.span:
            text = self.span.text
            self._read = self.span, text, phrases.key(text)
        return self._read


@dataclass(frozen=True)
class Known:
    """The commitments of the summary, by which headings are known.

    ``beginnings`` are their first words without endings, for headings that go over two lines.
    """

    keys: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    meanings: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(cls, keys: Iterable[str]) -> Known:
        """Keep each with all its beginnings."""
        full = frozenset(keys)
        split = [phrases.trunk(key).split()[: phrases.MOST_WORDS] for key in full]
        begun = (" ".join(words[:n]) for words in split for n in range(1, len(words) + 1))
        meanings = tuple(map(phrases.stems, sorted(full)[:_MOST_COMPARED]))
        return cls(full, frozenset(begun), meanings)

    def begins(self, before: str, trunk: str) -> bool:
        """Say whether two lines together are the first words of a commitment."""
        if len(before) > _LONGEST_BEGINNING:
            return False
        return f"{phrases.trunk(before)} {trunk}" in self.beginnings

    def is_near(self, text: str) -> bool:
        """Say whether most words of a line stand in one commitment."""
        words = phrases.stems(text)
        return len(words) > 1 and any(
            4 * len(words & meaning) >= 3 * len(words) for meaning in self.meanings
        )


def read_line(document: Document, number: int) -> Item | None:
    """Read one line by its signs; None when it holds no words."""
    raw = document.line(number)
    if not any(map(str.isalnum, raw)):
        return None
    seen = look(document, number)
    item = Item(
        seen.bullet,
        bool(seen.heading or seen.bold),
        seen.content,
        seen.enumeration,
        seen.indent,
        number,
        len(raw.rstrip()),
    )
    star = _STAR.fullmatch(raw)
    other = _SIGN.match(raw) if not seen.bullet and not item.marked else None
    if star:
        item.bullet, item.marked, item.enumeration = False, True, Span()
        item.span = document.span(number, *star.span(2))
    elif other:
        item.bullet, item.span = True, document.span(number, other.end())
    elif seen.bullet and (letter := re.match(r"\s*(o)\s", raw)):
        item.sign = document.span(number, letter.start(1), letter.end(1))
    item.span, item.signed = _plain(document, item.span), item.bullet
    if not any(map(str.isalnum, item.text)):
        item.span, item.enumeration, item.sign = document.span(number), Span(), Span()
    return item


def _plain(document: Document, span: Span) -> Span:
    """Leave out marks of bold type inside the words, and signs that take no room."""
    pieces = []
    for piece in span.pieces:
        if not re.search("\\*\\*|__|^[\ufeff\u200b]", piece.text):
            pieces.append(Span((piece,)))
            continue
        for part in re.finditer("(?:(?!\\*\\*|__)[^\ufeff\u200b])+", piece.text):
            pieces.append(
                document.span(piece.line, piece.start + part.start(), piece.start + part.end())
            )
    return join(pieces)
