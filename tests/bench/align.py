"""How many graded pairs the suggestions find, how long they take, and how much memory.

python -m tests.bench.align [STATEMENTS] [FILE...]

The pairs are the alignments of the shipped frameworks, whose texts are reworded; FILEs are the
documents themselves as ``competency import`` wrote them, for the same pairs in other words. r@5 is the share
of pairs whose partner is among the first five for a statement, asked from both ends, over all
statements of all other frameworks with the same polarity; CBN are close, broad and narrow ones.
The table of synonyms was written before these pairs were measured, and not from them.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from competency import KnowledgeGraph
from competency.align import Options, Statement, suggest, suggest_all
from competency.align.corpus import Corpus
from competency.align.grading import OPPOSITE
from competency.align.statements import Gatherer
from competency.align.synonyms import Synonyms, synonyms
from competency.align.terms import Read, Reader, Term
from competency.align.words import stop_words
from competency.graph.alignments import Alignment, all_alignments
from competency.graph.search.tokens import words_of
from tests.bench.wording import sentence

Score = Callable[[int, int], float]
_HEAD = """@prefix comp: <https://w3id.org/competency/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


class PlainWords(Reader):
    """Reads words as they are, without stems."""

    def __init__(self) -> None:
        super().__init__(Synonyms())

    def read(self, text: str, language: str) -> Read:
        """Return the words that are no stop words."""
        stops = stop_words(language)
        words = [word for word in words_of(text) if word.folded not in stops]
        terms = (Term(word.folded, (word.folded,), word.start, word.end) for word in words)
        return Read(tuple(terms), tuple(dict.fromkeys(word.folded for word in words)))


def generated(statements: int) -> KnowledgeGraph:
    """Return a graph of two made frameworks of so many statements each."""
    graph = KnowledgeGraph()
    for number in (1, 2):
        name = f"https://example.org/made-{number}"
        lines = [f'{_HEAD}<{name}> a comp:Framework ; rdfs:label "Made {number}"@en .']
        lines += [
            f"<{name}/{place}> a comp:PositiveIndicator ; comp:inFramework <{name}> ; "
            f"comp:partOf <{name}> ; comp:position {place} ; "
            f'comp:text "{sentence(number, place)}"@en .'
            for place in range(1, statements + 1)
        ]
        graph.parse("\n".join(lines))
    return graph


def recall(
    statements: Sequence[Statement], pairs: Sequence[Alignment], score: Score, first: int
) -> float:
    """Return the share of pairs whose partner is among the first for a statement."""
    places = {item.iri: place for place, item in enumerate(statements)}
    ends = [end for pair in pairs for end in (pair, pair.turned())]
    found = 0
    for end in ends:
        asked = places[end.subject]
        others = [
            place
            for place, item in enumerate(statements)
            if item.framework != statements[asked].framework
            and item.is_unhelpful == statements[asked].is_unhelpful
        ]
        scored = sorted((-score(asked, other), other) for other in others)
        best = [other for amount, other in scored[:first] if amount]
        found += places[end.object] in best
    return found / len(ends)


def gathered(graph: KnowledgeGraph) -> list[Statement]:
    """Return every statement of a graph that is aligned, by framework."""
    gather = Gatherer(graph)
    return [item for framework in graph.frameworks for item in gather.statements(framework)]


def graded() -> list[Alignment]:
    """Return the matches of the shipped frameworks; opposites are none."""
    found = all_alignments(KnowledgeGraph.shipped())
    return [pair for pair in found if pair.predicate != OPPOSITE]


def in_documents(graph: KnowledgeGraph) -> list[Alignment]:
    """Return the same pairs between the documents themselves: parts of one kind on the same lines."""
    named: dict[str, str] = {}
    theirs = _places(gathered(graph))
    for place, iris in _places(gathered(KnowledgeGraph.shipped())).items():
        named |= dict(zip(iris, theirs.get(place, []), strict=False))
    return [
        replace(pair, subject=named[pair.subject], object=named[pair.object])
        for pair in graded()
        if pair.subject in named and pair.object in named
    ]


def _places(statements: Sequence[Statement]) -> dict[tuple[object, ...], list[str]]:
    """Return the statements by number of statements in their framework, kind and lines."""
    sizes = Counter(item.framework for item in statements)
    found: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for item in statements:
        found[sizes[item.framework], item.kind, item.section].append(item.iri)
    return found


def quality(graph: KnowledgeGraph, pairs: Sequence[Alignment]) -> None:
    """Print how many pairs are found with and without each part of the method."""
    statements = gathered(graph)
    strong = [pair for pair in pairs if not pair.predicate.endswith("relatedMatch")]
    print(f"{len(statements)} statements, {len(pairs)} graded pairs, {len(strong)} of them CBN")
    plain, stems = Corpus(statements, PlainWords()), Corpus(statements, Reader(Synonyms()))
    ours = Corpus(statements, Reader(synonyms()))
    for name, score in (
        ("plain words", plain.words),
        ("+ stems", stems.words),
        ("runs of letters alone", ours.grams),
        ("+ synonyms", ours.words),
        ("+ runs of letters: what is used", ours.score),
    ):
        shares = [recall(statements, some, score, n) for some in (strong, pairs) for n in (5, 10)]
        print(f"{name:32} CBN r@5 {shares[0]:.2f} r@10 {shares[1]:.2f}", end="")
        print(f"   all r@5 {shares[2]:.2f} r@10 {shares[3]:.2f}")
    for most in (5, 10):
        found = {
            frozenset((item.subject, item.object))
            for item in suggest_all(graph, Options(per_part=most))
        }
        inside = sum(1 for pair in pairs if frozenset((pair.subject, pair.object)) in found)
        print(
            f"queue of at most {most} per part: {len(found)} pairs, {inside} of {len(pairs)} graded"
        )


def cost(graph: KnowledgeGraph, what: str) -> None:
    """Print how long all suggestions take, and the memory of this process at its highest."""
    frameworks = graph.frameworks
    start = time.perf_counter()
    found = suggest(frameworks[0], frameworks[1]) if len(frameworks) == 2 else suggest_all(graph)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kinds = Counter(item.predicate.rpartition("#")[2] for item in found)
    print(f"{what}: {len(found):,} suggestions in {took:.1f} s, peak {peak:.0f} MB, {dict(kinds)}")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    shipped = KnowledgeGraph.shipped()
    print("The shipped frameworks, reworded")
    quality(shipped, graded())
    cost(shipped, "all frameworks")
    if files := [Path(name) for name in sys.argv[2:]]:
        print("The documents in their own words")
        documents = KnowledgeGraph(*files)
        quality(documents, in_documents(documents))
        cost(documents, "all documents")
    cost(generated(count), f"{count:,} x {count:,}")


if __name__ == "__main__":
    main()
