"""Where the words of a question stand in a text, and the part of the text that says most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from competency.graph.search.found import Marked
from competency.graph.search.query import Query, Term
from competency.graph.search.tokens import Stems, Word, words_of

SNIPPET = 200  # characters that are shown of a text
_READ = 20_000  # characters of a text in which words are looked for to be marked

Span = tuple[int, int]


class Marker:
    """Marks the words of one question; for one thread at a time.

    >>> from competency.graph.search.query import read_query
    >>> Marker(read_query("client")).mark("All clients", "en").marks
    ((4, 11),)
    """

    def __init__(self, query: Query) -> None:
        """Mark what ``query`` looks for."""
        self._terms, self._stems = query.terms, Stems()
        self._beginnings = {stem[:2] for term in query.terms for stem in term.stems}

    def mark(self, text: str, language: str) -> Marked:
        """Return a text with its marks."""
        return Marked(text, language, tuple(self._spans(text, language)))

    def snippet(self, text: str, language: str) -> Marked:
        """Return the line of a text with most of the words, cut around them where it is long."""
        lines = [self.mark(line, language) for line in text[:_READ].splitlines() if line.strip()]
        best = max(lines, key=lambda line: len(line.marks), default=Marked("", language))
        return shortened(best)

    def _spans(self, text: str, language: str) -> list[Span]:
        """Return the places in order, those that touch as one."""
        words = list(words_of(text))
        found = sorted(
            span for term in self._terms for span in self._places(term, words, text, language)
        )
        merged: list[Span] = []
        for start, end in found:
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def _places(
        self, term: Term, words: Sequence[Word], text: str, language: str
    ) -> Iterator[Span]:
        size = len(term.words)
        if size == 1 and term.words[0].unspaced:
            for word in words:
                yield from _inside(term.words[0].folded, word) if word.unspaced else ()
            return
        for start in range(len(words) - size + 1):
            here = words[start : start + size]
            if all(
                self._is(wanted, word, term.prefix and place == size - 1)
                for place, (wanted, word) in enumerate(zip(term.words, here, strict=True))
            ):
                yield here[0].start, here[-1].end
        for word in words:
            same_stem = term.stems and term.stems & self._stems_of(word, text, language)
            if same_stem or (term.joined and word.folded == term.joined):
                yield word.start, word.end

    def _stems_of(self, word: Word, text: str, language: str) -> frozenset[str]:
        """Return the stems of a word, unless it begins in another way than all we look for."""
        if word.folded.isascii() and word.folded[:2] not in self._beginnings:
            return frozenset()
        return self._stems.of(text[word.start : word.end].lower(), language or "en")

    @staticmethod
    def _is(wanted: Word, word: Word, prefix: bool) -> bool:
        if prefix or wanted.unspaced:
            return word.folded.startswith(wanted.folded)
        return word.folded == wanted.folded


def shortened(text: Marked, length: int = SNIPPET) -> Marked:
    """Return about ``length`` characters of a text around its first marks, cut at words."""
    if len(text.value) <= length:
        return text
    start = _start(text, length)
    end = min(len(text.value), start + length)
    if end < len(text.value) and (space := text.value.rfind(" ", start + length // 2, end)) > 0:
        end = space
    before, after = "… " if start else "", " …" if end < len(text.value) else ""
    marks = (
        (max(a, start) - start + len(before), min(b, end) - start + len(before))
        for a, b in text.marks
        if a < end and b > start
    )
    return Marked(before + text.value[start:end] + after, text.language, tuple(marks))


def _start(text: Marked, length: int) -> int:
    """Return where to begin so that most marks are seen, a little before the first of them."""
    starts = [mark[0] for mark in text.marks]
    if not starts or starts[-1] < length - 20:
        return 0
    best = max(starts, key=lambda s: sum(1 for other in starts if s <= other < s + length - 60))
    begin = max(0, min(best - 40, len(text.value) - length))
    space = text.value.find(" ", begin, best)
    return space + 1 if space >= 0 and begin else begin


def _inside(wanted: str, word: Word) -> Iterable[Span]:
    """Yield the places of a run in a longer run; all of it where folding changed its length."""
    start = word.folded.find(wanted)
    if start >= 0 and len(word.folded) != word.end - word.start:
        yield word.start, word.end
        return
    while start >= 0:
        yield word.start + start, word.start + start + len(wanted)
        start = word.folded.find(wanted, start + 1)
