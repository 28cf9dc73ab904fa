r"""The tokens of a SPARQL text, each with one reading only.

``<`` begins an IRI or means "less than", and a text can be written so that the wrong reading
hides what follows inside a text or a comment. So a reading is decided on, and where the engine
could take the other one, ``Token.instead`` is a spelling that means the same and that can be read
in one way: ``< `` with a space begins no IRI, and an IRI with ``\u`` in it is no comparison.
What the engine runs is the text so spelled, or it is a syntax error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from competency.errors import QueryError
from competency.ontology import PREFIXES
from competency.sparql.guard.lexis import GAP, IRI_SIGN, SIGN, WORD_ONLY, WORD_SIGN, WORDS

# Behind these a comparison may stand: all that can end a term of an expression.
_TERMS = frozenset({"variable", "iri", "name", "text", "language", "number"})
_TERM_WORDS = frozenset({"a", "true", "false"})
_ENDS = frozenset({")", "}", "]", ">>", "true", "false"})
_GAPS = frozenset(" \t\r\n#")  # begins a space or a comment
_LONGEST_RUN = 200  # of letters, digits, dots and dashes that is no name and begins with a keyword
# Between these and a pattern stand expressions; in a pattern, terms.
_HEADERS = frozenset({"SELECT", "BY", "HAVING"})
_PATTERNS = frozenset({"LIMIT", "OFFSET", "VALUES", "FILTER", "BIND", "OPTIONAL", "GRAPH", "UNION"})
# An IRI that no expression can hold: one of "://" or "\u", or without any of these signs.
_PLAIN = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://|[^#'(),;&\\]*(?:\\[uU]|>))")


class Token(NamedTuple):
    """A token: its kind, its text, its offset, and how to spell it where it could be misread.

    Kinds: space, comment, variable, name, word, text, language, number, iri, open, close, other,
    and ``wrong`` for what is no sign of SPARQL, ``end`` for the end of the text.
    """

    kind: str
    text: str
    start: int
    instead: str = ""

    @property
    def shown(self) -> str:
        """Return the beginning of the token, for a message of one line."""
        return " ".join(self.text[:24].split())

    @property
    def end(self) -> int:
        """Return the offset behind the token."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Say whether this is one of some keywords, which are given in capitals."""
        return self.kind == "word" and self.text.upper() in words


class Reader:
    """Reads tokens one by one, knowing the brackets it is in.

    ``brackets`` are the kinds of the open ones, the innermost last: expression, list (of terms),
    group, data (of VALUES), node (``[``) and reified (``<<``).
    """

    def __init__(self, text: str, at: int = 0) -> None:
        """Read ``text`` from an offset."""
        self.text, self.at = text, at
        self.brackets: list[str] = []
        self.before = self.earlier = Token("end", "", at)
        self._values = self._header = False
        self._ahead: Token | None = None
        self.no_name = 0  # up to here no name begins: looked for once, so that time is linear

    def __iter__(self) -> Iterator[Token]:
        """Yield the tokens to the end, without spaces and comments."""
        while (token := self.take()).kind != "end":
            yield token

    def peek(self) -> Token:
        """Return the next token that is no space and no comment, without taking it."""
        if self._ahead is None:
            at = self.at
            self._step_over_gap()
            self._ahead, self.at = self._sign(), at
        return self._ahead

    def take(self) -> Token:
        """Return the next token that is no space and no comment, and step over it."""
        token = self._ahead
        if token is None:
            self._step_over_gap()
            token = self._sign()
        self.at, self._ahead = token.start + len(token.text), None
        self._remember(token)
        return token

    def take_any(self) -> Token:
        """Return the next token, spaces and comments too, and step over it."""
        token = self._sign()
        self.at = token.end
        if token.kind not in ("space", "comment"):
            self._remember(token)
        return token

    def skip(self, signs: re.Pattern[str], most: int) -> None:
        """Step over what ``signs`` matches, and over ``[]`` and ``()``, ``most`` of them deep."""
        start, brackets, self._ahead = self.at, self.brackets, None
        while self.at >= self.no_name and (found := signs.match(self.text, self.at)):
            self.at = found.end()
            sign = self.text[self.at : self.at + 1]
            if sign and sign in "[(" and len(brackets) < most:
                brackets.append("node" if sign == "[" else "list")
            elif sign and sign in "])" and brackets[-1] in ("node", "list"):
                brackets.pop()
            else:
                break
            self.at += 1
        if self.at > start:
            self.before = self.earlier = Token("other", "", self.at)

    def _step_over_gap(self) -> None:
        if self.text[self.at : self.at + 1] in _GAPS and (gap := GAP.match(self.text, self.at)):
            self.at = gap.end()

    def _sign(self) -> Token:
        at, text = self.at, self.text
        if text[at : at + 1] == "<":
            return self._less_or_iri(at)
        match = (WORD_SIGN if at < self.no_name else SIGN).match(text, at)
        if match is None:
            return Token("wrong" if at < len(text) else "end", text[at : at + 1], at)
        kind, found = match.lastgroup or "", match.group()
        if kind == "word":
            return self._word(match)
        if found == ">" and text.startswith(">>", at) and self._within("reified"):
            return Token("close", ">>", at)
        return Token(kind, found, at)

    def _word(self, match: re.Match[str]) -> Token:
        """Return the keyword with which the prefix of a name begins that has no colon."""
        word = WORD_ONLY.match(self.text, match.start())
        if word is None:
            return Token("wrong", match.group(), match.start())
        found, at = word.group(), word.start()
        self.no_name = max(self.no_name, match.end())
        if found.upper() not in WORDS or match.end() - at > _LONGEST_RUN:
            return Token("wrong", found, at)
        small = found.lower()
        if small in ("true", "false"):
            return Token("word", found, at, "" if small == found else small)
        return Token("word", found, at)

    def _within(self, *kinds: str) -> bool:
        return bool(self.brackets) and self.brackets[-1] in kinds

    def _less_or_iri(self, at: int) -> Token:
        """Decide what ``<`` means: only behind a term in round brackets is there a question."""
        iri = IRI_SIGN.match(self.text, at)
        if not (self._within("expression", "list") and _ends_term(self.before)):
            if self.text.startswith("<<", at):
                return Token("open", "<<", at)
            return Token("iri", iri.group(), at) if iri else self._less(at)
        comparison = self._within("expression")
        if self.text.startswith("<<", at):
            spaced = self.text[at + 2 : at + 3] in " \t\r\n"
            instead = "" if spaced else "<< "
            return self._less(at) if comparison else Token("open", "<<", at, instead)
        if iri is None:
            return self._less(at)
        if _PLAIN.match(iri.group()):
            return Token("iri", iri.group(), at)
        return self._less(at) if comparison else Token("iri", iri.group(), at, escaped(iri.group()))

    def _less(self, at: int) -> Token:
        sign = "<=" if self.text.startswith("<=", at) else "<"
        spaced = self.text.startswith("<<", at) or IRI_SIGN.match(self.text, at)
        return Token("other", sign, at, sign + " " if spaced else "")

    def _remember(self, token: Token) -> None:
        """Keep the brackets and the two tokens before the next one."""
        if token.kind == "open":
            self.brackets.append(self._bracket(token))
        elif token.kind == "close" and self.brackets:
            self.brackets.pop()
        elif token.kind == "word":
            word = token.text.upper()
            self._values = self._values or word == "VALUES"
            self._header = (self._header or word in _HEADERS) and word not in _PATTERNS
        self.earlier, self.before = self.before, token

    def _bracket(self, token: Token) -> str:
        if token.text == "{":
            data, self._values, self._header = self._values, False, False
            return "data" if data else "group"
        if token.text != "(":
            return "node" if token.text == "[" else "reified"
        if self._within("expression"):
            return "list" if self.before.text == "<<" else "expression"
        if self._within("list", "data") or self._values or self.before.text == "<<":
            return "list"
        word = self.before.kind == "word" and self.before.text.lower() not in _TERM_WORDS
        called = self.before.kind in ("iri", "name") and self.earlier.is_word("FILTER")
        clause = self._header or not self.brackets
        return "expression" if word or called or clause else "list"


def escaped(iri: str) -> str:
    r"""Spell ``<...>`` with an escape, so that it can be read as an IRI only.

    >>> escaped("<#a>")
    '<\\U00000023a>'
    """
    return f"<\\U{ord(iri[1]):08x}{iri[2:]}"


def place(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column of an offset, counted from 1.

    >>> place("ASK\n{ }", 4)
    (2, 1)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield every token of a text, spaces and comments too: kind, text, offset.

    Nothing is refused here: what is no sign of SPARQL is a token of kind ``wrong``.

    >>> [text for kind, text, _ in tokens("ASK {} # all") if kind == "comment"]
    ['# all']
    """
    reader = Reader(text)
    while (token := reader.take_any()).kind != "end":
        if token.kind == "wrong" and token.text in ("'", '"'):  # it never ends
            yield "text", text[token.start :], token.start
            return
        yield token.kind, token.text, token.start


def undeclared_prefix(text: str) -> tuple[str, int] | None:
    """Return the first prefix that nobody declared, with its offset, or None.

    >>> undeclared_prefix("ASK { ?s ex:p rdfs:Class }")
    ('ex', 9)
    """
    declared, before = {"_", *PREFIXES}, Token("end", "", 0)
    for token in Reader(text):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if before.is_word("PREFIX"):
                declared.add(prefix)
            elif prefix not in declared:
                return prefix, token.start
        before = token
    return None


def cannot_go_on(text: str, token: Token) -> QueryError:
    """Return the error for a token that cannot stand where it stands."""
    where = place(text, token.start)
    if token.kind == "end":
        return QueryError("the text ends too early", *where)
    if token.text in ("'", '"'):
        reason = f"the text that {token.text} begins does not end, or holds a wrong escape"
        return QueryError(reason, *where)
    here = text[token.start : token.start + 24].partition("\n")[0].strip()
    word = f"; {token.text} is no word of SPARQL" if len(token.text) > 1 else ""
    return QueryError(f"cannot go on at '{here}'{word if token.kind == 'wrong' else ''}", *where)


def _ends_term(token: Token) -> bool:
    return token.kind in _TERMS or token.text.lower() in _ENDS
