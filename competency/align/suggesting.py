"""Suggestions of alignments between frameworks, for people to decide.

Two statements are suggested where they share words or synonyms, those that share most first; what
relation is suggested follows from rules and not from how much they share. Nothing is written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from competency.align.corpus import Corpus
from competency.align.grading import EXACT, Reason, Shared, grade, shared_words
from competency.align.statements import Gatherer, Statement
from competency.align.synonyms import synonyms
from competency.align.terms import Reader
from competency.errors import ParameterError
from competency.graph import Framework, KnowledgeGraph
from competency.graph.alignments import all_alignments

_AT_LEAST = 20  # partners of each statement that are compared in full
MOST_PER_PART = 100

_Row = tuple[float, int, int, Corpus]  # a score, two places in a corpus, and that corpus


@dataclass(frozen=True)
class Options:
    """What is suggested.

    ``per_part`` is the most suggestions that any part is in, on either side; opposites count by
    themselves and only come with ``contrasts``; knowing something has no opposite. ``least`` is
    the lowest score. ``decided`` are pairs of IRIs, in any order, that somebody accepted or
    refused: they never come back.
    ``synonyms`` names files that add to our table.
    """

    per_part: int = 5
    contrasts: bool = False
    least: float = 0.0
    decided: Collection[tuple[str, str]] = ()
    synonyms: tuple[str, ...] = ()

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

    A part is in at most ``per_part`` of them, with all other frameworks together. The framework
    with the lower IRI is on the left. Raises what :func:`suggest` raises.

    >>> found = suggest_all(KnowledgeGraph.shipped(), Options(per_part=1))
    >>> max(Counter(item.subject for item in found).values())
    1
    """
    frameworks = graph.frameworks
    order = {item.iri: place for place, item in enumerate(sorted(frameworks, key=lambda f: f.iri))}
    return _suggest(frameworks, options or Options(), order)


def decided_in(graph: KnowledgeGraph) -> frozenset[tuple[str, str]]:
    """Return the pairs that a graph has an alignment of, as ``decided`` takes them.

    >>> len(decided_in(KnowledgeGraph.shipped())) > 60
    True
    """
    return frozenset((item.subject, item.object) for item in all_alignments(graph))


def _suggest(
    frameworks: Sequence[Framework], options: Options, order: dict[str, int]
) -> tuple[Suggestion, ...]:
    reader = Reader(synonyms(*options.synonyms))
    corpora = [Corpus(rows, reader) for rows in _by_language(frameworks)]
    found = list(_chosen(corpora, options, opposite=False))
    if options.contrasts:
        found += _chosen(corpora, options, opposite=True)
    told = (_told(row, order) for row in found)
    return tuple(sorted(told, key=lambda item: (-item.score, item.subject, item.object)))


def _by_language(frameworks: Iterable[Framework]) -> list[list[Statement]]:
    """Return the statements of frameworks by language, in the order of the frameworks' IRIs."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for framework in sorted(frameworks, key=lambda item: item.iri):
        for item in Gatherer(framework.home).statements(framework):
            found[item.language].append(item)
    return [found[language] for language in sorted(found)]


def _chosen(corpora: Sequence[Corpus], options: Options, *, opposite: bool) -> Iterator[_Row]:
    """Yield the most alike pairs, so that no part is in more than it may be."""
    decided: dict[str, set[str]] = defaultdict(set)
    for one, other in options.decided:
        decided[one].add(other)
        decided[other].add(one)
    most = max(_AT_LEAST, 4 * options.per_part)
    rows = [
        (score, one, other, corpus)
        for corpus in corpora
        for score, one, other in corpus.pairs(most, decided, opposite=opposite)
        if score >= options.least
    ]
    rows.sort(key=lambda row: (-row[0], _ends(row)))
    taken: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for row in rows:
        ends = _ends(row)  # the same two parts may be alike in several languages
        if ends not in seen and all(taken[end] < options.per_part for end in ends):
            seen.add(ends)
            taken.update(ends)
            yield row


def _ends(row: _Row) -> tuple[str, str]:
    _, one, other, corpus = row
    return corpus.statements[one].iri, corpus.statements[other].iri


def _told(row: _Row, order: Mapping[str, int]) -> Suggestion:
    """Return a suggestion as it is told, with the framework on the left that should be."""
    score, one, other, corpus = row
    if order[corpus.statements[one].framework] > order[corpus.statements[other].framework]:
        one, other = other, one
    left, right = corpus.statements[one], corpus.statements[other]
    shared = shared_words(left.text, right.text, corpus.read(one), corpus.read(other))
    predicate, reasons = grade(left, right, shared)
    alike = 1.0 if predicate == EXACT else round(score, 4)
    return Suggestion(left, right, predicate, alike, shared, reasons)
