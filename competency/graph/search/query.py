"""What people type, as a question to the index.

Words are looked for as they are, by their stem, and the last of them by its beginning, for it may
not be finished. ``"in quotes"`` stays together; ``-word`` must not be there. Nothing else has a
meaning: whatever is typed, FTS5 gets words of our own making, in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from competency.graph.search.tokens import Stems, Word, grams, squeezed, words_of

LONGEST_QUERY, MOST_TERMS = 200, 12
_PIECE = re.compile(r'(?P<sign>(?<!\S)-)?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»「」『』", '"'))
_BETWEEN = re.compile("['\u2019`\u02bc/,;:|]")  # what stands between two words of one piece
# Words that say nothing of what is looked for, unless nothing else is said: English and French.
_COMMON = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of"),
        *("on", "or", "that", "the", "to", "with", "au", "aux", "avec", "ce", "ces", "cette", "d"),
        *("dans", "de", "des", "du", "en", "est", "et", "l", "la", "le", "les", "ou", "par"),
        *("pour", "que", "qui", "sur", "un", "une"),
    )
)
_TITLES = "{title codes title_stems}"
_WORDS, _STEMS = "{title codes text above}", "{title_stems text_stems above}"


@dataclass(frozen=True)
class Term:
    """One thing to look for: ``tokens`` in a row; ``stems`` of it, if it is one plain word.

    ``prefix`` where the last token may go on; ``joined`` is a code without its dots and hyphens;
    ``exact`` where it was in quotes.
    """

    tokens: tuple[str, ...]
    words: tuple[Word, ...]
    stems: frozenset[str] = frozenset()
    prefix: bool = False
    joined: str = ""
    exact: bool = False

    def expression(self) -> str:
        """Return the term in the syntax of FTS5."""
        beginning = " *" if self.prefix else ""
        found = [f"{_WORDS} : {_quoted(self.tokens)}{beginning}"]
        if self.joined:
            found.append(f"{_WORDS} : {_quoted([self.joined])}{beginning}")
        found += [f"{_STEMS} : {_quoted([stem])}" for stem in sorted(self.stems)]
        return f"({' OR '.join(found)})"

    @property
    def common(self) -> bool:
        """Say whether this is a word such as ``the``, and not one that stays with others."""
        return len(self.tokens) == 1 and not self.exact and self.tokens[0] in _COMMON

    def parts(self) -> Iterator[Term]:
        """Yield the term, or the pairs of a run of characters without spaces."""
        if len(self.words) == 1 and self.words[0].unspaced and len(self.tokens) > 1:
            for pair in self.tokens:
                yield Term((pair,), (Word(0, len(pair), pair, True),))
        else:
            yield self


@dataclass(frozen=True)
class Query:
    """A question to the index: all of ``terms`` and none of ``without``.

    ``some`` where one of the terms is enough; ``key`` is all of it as one word; ``cut`` says that
    more was typed than is looked for.
    """

    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()
    key: str = ""
    cut: bool = False
    some: bool = False

    def expression(self) -> str:
        """Return the question in the syntax of FTS5.

        A thing has to have one of the words itself; the others may be in the titles above it.
        """
        terms = [term.expression() for term in self.terms]
        own = f"-above : ({' OR '.join(terms)})"
        found = own if self.some or len(terms) == 1 else f"{' AND '.join(terms)} AND {own}"
        for term in self.without:
            found = f"({found}) NOT (-above : {term.expression()})"
        return found

    def titled(self) -> str:
        """Return the question for those of the same things that have a word in a title or code."""
        titled = f"{_TITLES} : ({' OR '.join(term.expression() for term in self.terms)})"
        if not self.without and (self.some or len(self.terms) == 1):
            return titled  # has what is asked for
        return f"({self.expression()}) AND {titled}"

    def loosened(self) -> Query | None:
        """Return the question for things that have one of the words, or None if it is the same.

        A run of characters without spaces may be many words; of it one pair is enough.
        """
        terms = [part for term in self.terms for part in term.parts()]
        return replace(self, terms=tuple(terms), some=True) if len(terms) > 1 else None


def read_query(text: str, languages: Iterable[str] = ("en",)) -> Query:
    """Return what a text asks for; ``languages`` are those whose stems are looked for.

    Never fails: what holds no word asks for nothing, and has no terms.

    >>> [term.tokens for term in read_query('customer "front line" C-1').terms]
    [('customer',), ('front', 'line'), ('c', '1')]
    """
    kept = text[:LONGEST_QUERY].translate(_QUOTES)
    stems, tags = Stems(), sorted(languages)
    terms: list[Term] = []
    without: list[Term] = []
    for match in _PIECE.finditer(kept):
        (without if match["sign"] else terms).extend(
            _terms(match["word"], stems, tags) if match["word"] else _exactly(match["quoted"])
        )
    cut = len(text) > LONGEST_QUERY or len(terms) > MOST_TERMS or len(without) > MOST_TERMS
    unfinished = bool(terms) and not kept.rstrip().endswith('"') and not _last_is_without(kept)
    if unfinished and len(terms) <= MOST_TERMS:
        terms[-1] = _unfinished(terms[-1], alone=len(terms) == 1)
    telling = [term for term in terms if not term.common] or terms
    return Query(tuple(telling[:MOST_TERMS]), tuple(without[:MOST_TERMS]), squeezed(kept), cut)


def _terms(piece: str, stems: Stems, languages: list[str]) -> Iterator[Term]:
    """Yield the terms of a piece between spaces: words that are joined stand for themselves."""
    parts = [part for part in _BETWEEN.split(piece) if squeezed(part)]
    for part in [part for part in parts if len(squeezed(part)) > 1] or parts:
        words = list(words_of(part))
        plain = all(w.folded.isalpha() and len(w.folded) > 1 for w in words)
        if len(words) == 1 or plain or any(word.unspaced for word in words):
            for word in words:
                yield _word(part, word, stems, languages)
        elif found := _phrase(part):
            yield found


def _exactly(text: str) -> Iterator[Term]:
    if found := _phrase(text, exact=True):
        yield found


def _word(part: str, word: Word, stems: Stems, languages: list[str]) -> Term:
    if word.unspaced:
        return _phrase(part[word.start : word.end]) or Term((word.folded,), (word,))
    form = part[word.start : word.end].lower()
    found = (stems.of(form, language) for language in languages)
    return Term((word.folded,), (word,), frozenset().union(*found))


def _phrase(text: str, *, exact: bool = False) -> Term | None:
    """Return words that stay together; runs of characters without spaces as their pairs."""
    words = tuple(words_of(text))
    tokens: list[str] = []
    for place, word in enumerate(words):
        if not word.unspaced:
            tokens.append(word.folded)
            continue
        pairs, last = grams(word.folded), place == len(words) - 1
        tokens += pairs[:-1] if last and len(pairs) > 1 else pairs
    single = bool(words) and words[-1].unspaced and len(words[-1].folded) == 1
    joined = "" if exact or len(words) < 2 else squeezed(text)
    found = Term(tuple(tokens), words, prefix=single, joined=joined, exact=exact)
    return found if tokens else None


def _unfinished(term: Term, *, alone: bool) -> Term:
    """Let the last word of a term go on; one letter only beside others: it begins too many."""
    one_letter = len(term.tokens) == 1 and len(term.tokens[0]) < 2
    if term.words[-1].unspaced or (alone and one_letter):
        return term
    return replace(term, prefix=True)


def _last_is_without(text: str) -> bool:
    last = text.split()[-1:]
    return bool(last) and last[0].startswith("-")


def _quoted(tokens: Iterable[str]) -> str:
    return '"' + " ".join(tokens).replace('"', '""') + '"'
