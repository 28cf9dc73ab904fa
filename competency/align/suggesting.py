"""Suggestions of alignments between frameworks, for people to decide.

Two statements are suggested where they share words, synonyms or words of one field, those that
share most first, and with a model also where their meanings are near. What relation is suggested
follows from rules and not from how much they share. Nothing is written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from competency.align.fusing import Pair, Pool
from competency.align.grading import EXACT, Reason, Shared, grade, shared_words
from competency.align.semantic import Encoder, encoder
from competency.align.statements import Gatherer, Statement
from competency.align.synonyms import synonyms
from competency.align.terms import Reader
from competency.errors import ParameterError
from competency.graph import Framework, KnowledgeGraph

_AT_LEAST = 20  # partners of each statement that are compared in full
MOST_PER_PART = 100


@dataclass(frozen=True)
class Options:
    """What is suggested.

    ``per_part`` is the most suggestions that any part is in with any one other framework;
    opposites count by themselves and only come with ``contrasts``; knowing something has no
    opposite. ``least`` is the lowest score. ``decided`` are pairs of IRIs, in any order, that
    somebody accepted or refused: they never come back. ``synonyms`` names files that add to our
    table. ``semantic`` compares meaning too, by the model of the extra of that name or by one of
    yours; texts in different languages are only compared then.
    """

    per_part: int = 5
    contrasts: bool = False
    least: float = 0.0
    decided: Collection[tuple[str, str]] = ()
    synonyms: tuple[str, ...] = ()
    semantic: bool | Encoder = False

    def __post_init__(self) -> None:
        """Raise ParameterError for numbers that make no sense."""
        if not 1 <= self.per_part <= MOST_PER_PART:
            raise ParameterError("per_part", f"{self.per_part} is not from 1 to {MOST_PER_PART}")
        if not 0 <= self.least <= 1:
            raise ParameterError("least", f"{self.least} is not from 0 to 1")


@dataclass(frozen=True)
class Suggestion:
    """Two statements, how they may be related, how alike they are (0 to 1), and why."""

    left: Statement
    right: Statement
    predicate: str
    score: float
    shared: tuple[Shared, ...]
    reasons: tuple[Reason, ...]

    @property
    def subject(self) -> str:
        """Return the IRI of the part on the left."""
        return self.left.iri

    @property
    def object(self) -> str:
        """Return the IRI of the part on the right."""
        return self.right.iri


def suggest(
    left: Framework, right: Framework, options: Options | None = None
) -> tuple[Suggestion, ...]:
    """Return suggestions between two frameworks, the most alike first; none with itself.

    Asked from the other side, the same pairs come, turned. Raises ParameterError, and for files
    of synonyms SourceError and ParseError.

    >>> graph = KnowledgeGraph.shipped()
    >>> found = suggest(graph.framework("pub-cscf"), graph.framework("wcc-behaviours"))
    >>> [str(item) for item in found[0].shared]
    ['longer term = long term', 'interest']
    """
    if left.iri == right.iri:
        return ()
    return _suggest([left, right], options or Options(), {left.iri: 0, right.iri: 1})


def suggest_all(graph: KnowledgeGraph, options: Options | None = None) -> tuple[Suggestion, ...]:
    """Return suggestions between all frameworks of a graph, the most alike first.

    A part is in at most ``per_part`` of them with each other framework, so that no framework hides
    the others. The framework with the lower IRI is on the left. Raises what :func:`suggest` raises.

    >>> found = suggest_all(KnowledgeGraph.shipped(), Options(per_part=1))
    >>> max(Counter((item.subject, item.right.framework) for item in found).values())
    1
    """
    return suggest_among(graph.frameworks, options)


def suggest_among(
    frameworks: Sequence[Framework], options: Options | None = None
) -> tuple[Suggestion, ...]:
    """Return suggestions between frameworks, of whatever graphs, as :func:`suggest_all` does.

    >>> graph = KnowledgeGraph.shipped()
    >>> some = [graph.framework(name) for name in ("pub-cscf", "wcc-behaviours")]
    >>> suggest_among(some) == suggest(*some)
    True
    """
    order = {item.iri: place for place, item in enumerate(sorted(frameworks, key=lambda f: f.iri))}
    return _suggest(frameworks, options or Options(), order)


def _suggest(
    frameworks: Sequence[Framework], options: Options, order: dict[str, int]
) -> tuple[Suggestion, ...]:
    reader = Reader(synonyms(*options.synonyms))
    pool = Pool(_by_language(frameworks), reader, _model(options.semantic))
    others = len(frameworks) - 1
    found = list(_chosen(pool, options, others, opposite=False))
    if options.contrasts:
        found += _chosen(pool, options, others, opposite=True)
    found.sort(key=_ends)  # so each text on the left is read once
    told = (_told(pair, order, reader) for pair in found)
    return tuple(sorted(told, key=lambda item: (-item.score, item.subject, item.object)))


def _model(semantic: bool | Encoder) -> Encoder | None:
    if isinstance(semantic, bool):
        return encoder() if semantic else None
    return semantic


def _by_language(frameworks: Iterable[Framework]) -> list[list[Statement]]:
    """Return the statements of frameworks by language, in the order of the frameworks' IRIs."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for framework in sorted(frameworks, key=lambda item: item.iri):
        for item in Gatherer(framework.home).statements(framework):
            found[item.language].append(item)
    return [found[language] for language in sorted(found)]


def _chosen(pool: Pool, options: Options, others: int, *, opposite: bool) -> Iterator[Pair]:
    """Yield the most alike pairs, so that no part is in more than it may be with one framework.

    A part is compared in full with some parts for each of the ``others``, the other frameworks.
    """
    decided: dict[str, set[str]] = defaultdict(set)
    for one, other in options.decided:
        decided[one].add(other)
        decided[other].add(one)
    most = max(_AT_LEAST, 4 * options.per_part) * max(1, others)
    found = pool.pairs(most, decided, opposite=opposite)
    pairs = [pair for pair in found if pair.score >= options.least]
    pairs.sort(key=lambda pair: (-pair.score, _ends(pair)))
    taken: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        ends = _ends(pair)  # the same two parts may be alike in several languages
        places = _places(pair)
        if ends not in seen and all(taken[place] < options.per_part for place in places):
            seen.add(ends)
            taken.update(places)
            yield pair


def _ends(pair: Pair) -> tuple[str, str]:
    return pair.left.iri, pair.right.iri


def _places(pair: Pair) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return each part of a pair with the framework of the other one."""
    left, right = pair.left, pair.right
    return (left.iri, right.framework), (right.iri, left.framework)


def _told(pair: Pair, order: Mapping[str, int], reader: Reader) -> Suggestion:
    """Return a suggestion as it is told, with the framework on the left that should be."""
    left, right = pair.left, pair.right
    if order[left.framework] > order[right.framework]:
        left, right = right, left
    reads = (reader.read(item.text, item.language) for item in (left, right))
    shared = shared_words(left.text, right.text, *reads) if left.language == right.language else ()
    predicate, reasons = grade(left, right, shared)
    if pair.is_near:
        reasons = (*reasons, Reason.MEANING)
    alike = 1.0 if predicate == EXACT else round(pair.score, 4)
    return Suggestion(left, right, predicate, alike, shared, reasons)
