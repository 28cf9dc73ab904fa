"""What two statements share in the eyes of a reader, and which relation may be suggested for that.

No score tells a close match from a related one, so rules do. Whether one is broader or narrower
than the other only a person can say, and none of these rules does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from competency.align.statements import Statement
from competency.align.terms import Read, Term
from competency.align.words import READ
from competency.graph.search.tokens import squeezed
from competency.ontology import COMP, PREFIXES

_SKOS = PREFIXES["skos"]
EXACT, CLOSE, RELATED = (_SKOS + name for name in ("exactMatch", "closeMatch", "relatedMatch"))
OPPOSITE = str(COMP.contrasts)
_BEGINNING = 100  # characters of two texts that are compared first
_ENOUGH = 2  # content words that a close match shares at least
_MOST_NEAR = 3  # pairs of words of one field that are told
# A list of words does not tell unhelpful from helpful: it only warns.
_DENIALS = {
    "en": {"no", "not", "never", "neither", "nor", "without", "fail", "fails", "avoid", "avoids"},
    "fr": {"ne", "non", "jamais", "sans", "aucun", "aucune", "ni", "évite"},
    "de": {"nicht", "nie", "niemals", "kein", "keine", "keinen", "ohne"},
}

Span = tuple[int, int]


class Reason(StrEnum):
    """A rule that held for two statements, in words for people."""

    EQUAL = "the same text and the same kind"
    SHARED = "two content words or more are shared"
    FEW = "fewer than two content words are shared"
    KNOWLEDGE = "one asks for knowledge, the other does not"
    OPPOSITE = "one is an unhelpful behaviour, the other is not"
    DENIAL = "only one of them denies something: read both with care"
    LANGUAGES = "they are in different languages"
    MEANING = "a language model finds their meanings near"


@dataclass(frozen=True)
class Shared:
    """A word or phrase that two statements share, as each has it, and where.

    ``is_near`` where the two are only of one field, and not the same in other words.

    >>> str(Shared("clients", "customer", (0, 7), (4, 12), synonym=True))
    'clients = customer'
    >>> str(Shared("listens", "asks", (0, 7), (4, 8), is_word=False, is_near=True))
    'listens ~ asks'
    """

    left: str
    right: str
    left_at: Span
    right_at: Span
    synonym: bool = False
    is_word: bool = True
    is_near: bool = False

    def __str__(self) -> str:
        if self.is_near:
            return f"{self.left} ~ {self.right}"
        return f"{self.left} = {self.right}" if self.synonym else self.left


def shared_words(left: str, right: str, ours: Read, theirs: Read) -> tuple[Shared, ...]:
    """Return what two texts share, each once, in the order of the left one.

    Where that is less than a close match needs, words follow that are of one field.
    """
    first: dict[str, Term] = {}
    for term in theirs.terms:
        first.setdefault(term.name, term)
    found: dict[str, Shared] = {}
    for term in ours.terms:
        if (other := first.get(term.name)) and term.name not in found:
            found[term.name] = _shared(left, right, term, other)
    shared = _joined([*found.values()], left, right)
    if sum(1 for item in shared if item.is_word) < _ENOUGH:
        rest = [[t for t in read.terms if t.name not in found] for read in (ours, theirs)]
        near = (_shared(left, right, *pair, is_near=True) for pair in _near(*rest))
        return (*shared, *near)
    return shared


def grade(
    left: Statement, right: Statement, shared: Sequence[Shared]
) -> tuple[str, tuple[Reason, ...]]:
    """Return the strongest relation that may be suggested, and the rules that held."""
    few = sum(1 for item in shared if item.is_word) < _ENOUGH
    reasons = [Reason.FEW if few else Reason.SHARED]
    if left.language != right.language:
        few, reasons = True, [Reason.LANGUAGES]
    mixed = left.is_knowledge != right.is_knowledge
    if mixed:
        reasons.append(Reason.KNOWLEDGE)
    if _denies(left) != _denies(right):
        reasons.append(Reason.DENIAL)
    if left.is_unhelpful != right.is_unhelpful:
        return OPPOSITE, (Reason.OPPOSITE, *reasons)
    if few or mixed:
        return RELATED, tuple(reasons)
    if left.kind == right.kind and same_text(left.text, right.text):
        return EXACT, (Reason.EQUAL, *reasons)
    return CLOSE, tuple(reasons)


def _shared(left: str, right: str, term: Term, other: Term, *, is_near: bool = False) -> Shared:
    return Shared(
        left=left[term.start : term.end].lower(),
        right=right[other.start : other.end].lower(),
        left_at=(term.start, term.end),
        right_at=(other.start, other.end),
        synonym=term.stems != other.stems,
        is_word=term.is_word and not is_near,
        is_near=is_near,
    )


def _near(ours: Sequence[Term], theirs: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    """Yield some terms that are of one field, each once."""
    by_field: dict[str, Term] = {}
    for term in theirs:
        for field in () if term.is_weak else term.fields:
            by_field.setdefault(field, term)
    taken: set[str] = set()
    for term in ours:
        fields = () if term.is_weak or term.name in taken else term.fields
        other = next((by_field[field] for field in fields if field in by_field), None)
        if other and other.name not in taken and len(taken) < 2 * _MOST_NEAR:
            taken |= {term.name, other.name}
            yield term, other


def _joined(found: list[Shared], left: str, right: str) -> tuple[Shared, ...]:
    """Join pairs of characters that overlap in both texts to the word that they are cut from."""
    joined: list[Shared] = []
    for item in found:
        if joined and _follows(item, joined[-1]):
            start, end = joined.pop(), item
            left_at = start.left_at[0], end.left_at[1]
            right_at = start.right_at[0], end.right_at[1]
            item = Shared(left[slice(*left_at)], right[slice(*right_at)], left_at, right_at)
        joined.append(item)
    return tuple(joined)


def _follows(item: Shared, last: Shared) -> bool:
    """Say whether the place of one begins inside that of the one before it, in both texts."""
    inside = item.left_at[0] < last.left_at[1]
    return inside and last.right_at[0] < item.right_at[0] < last.right_at[1]


def same_text(left: str, right: str) -> bool:
    """Say whether two texts are the same but for capitals, accents, blanks and punctuation.

    >>> same_text("Weigh the flour.", "weigh the FLOUR"), same_text("Weigh flour", "Weigh rods")
    (True, False)
    """
    starts = squeezed(left[:_BEGINNING]), squeezed(right[:_BEGINNING])
    both = min(map(len, starts))
    return starts[0][:both] == starts[1][:both] and squeezed(left) == squeezed(right)


def _denies(item: Statement) -> bool:
    denials = _DENIALS.get(item.language, set())
    words = item.text[:READ].lower().replace("\u2019", "'").split()
    return any(word.strip(".,;:") in denials or word.endswith("n't") for word in words)
