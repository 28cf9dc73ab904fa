"""How many graded pairs the suggestions find, how long they take, and how much memory.

python -m tests.bench.align [--semantic] [STATEMENTS] [PAIRS.sssom.tsv] [FILE...]

The pairs are the alignments of the shipped frameworks, whose texts are reworded, or those of a
table. FILEs are the documents themselves as ``competency import`` wrote them, for the same pairs in
other words: where a pair's IRIs are not theirs, parts of one kind on the same lines take their place.
r@5 is the share of pairs whose partner is among the first five for a statement, asked from both
ends, over all statements of all other frameworks with the same polarity; CBN are close, broad and
narrow ones. ``--semantic`` measures the model of that extra too.
The tables of words were written from general knowledge of work, and not from these pairs; only the
weights of the measures were chosen with them.
"""

from __future__ import annotations

import os
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
_FEW_TEXT = "customer service team quality plan record safety report manager data cost skill"
_FEW = _FEW_TEXT.split()
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


def few_words(framework: int, place: int) -> str:
    """Return a sentence that has eight of twelve words."""
    start, step = framework + place, (1, 5, 7, 11)[place % 4]
    return " ".join(_FEW[(start + step * number) % 12] for number in range(8))


def long_text(framework: int, place: int) -> str:
    """Return a text of forty sentences."""
    return " ".join(sentence(framework, place * 41 + number) for number in range(40))


TEXTS: dict[str, Callable[[int, int], str]] = {
    "made sentences": sentence,
    "of twelve words": few_words,
    "equal sentences": lambda framework, place: "Answers the questions of customers with care.",
    "long texts": long_text,
}


def generated(statements: int, text: Callable[[int, int], str] = sentence) -> KnowledgeGraph:
    """Return a graph of two made frameworks of so many statements each."""
    graph = KnowledgeGraph()
    for number in (1, 2):
        name = f"https://example.org/made-{number}"
        lines = [f'{_HEAD}<{name}> a comp:Framework ; rdfs:label "Made {number}"@en .']
        lines += [
            f"<{name}/{place}> a comp:PositiveIndicator ; comp:inFramework <{name}> ; "
            f"comp:partOf <{name}> ; comp:position {place} ; "
            f'comp:text "{text(number, place)}"@en .'
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


def graded(table: Path | None = None) -> list[Alignment]:
    """Return the matches of the shipped frameworks, or of a table; opposites are none."""
    graph = KnowledgeGraph(table) if table else KnowledgeGraph.shipped()
    return [pair for pair in all_alignments(graph) if pair.predicate != OPPOSITE]


def in_documents(graph: KnowledgeGraph, pairs: Sequence[Alignment]) -> list[Alignment]:
    """Return the same pairs between the documents themselves: parts of one kind on the same lines."""
    there = {item.iri for item in gathered(graph)}
    if all(end in there for pair in pairs for end in (pair.subject, pair.object)):
        return [*pairs]
    named: dict[str, str] = {}
    theirs = _places(gathered(graph))
    for place, iris in _places(gathered(KnowledgeGraph.shipped())).items():
        named |= dict(zip(iris, theirs.get(place, []), strict=False))
    return [
        replace(pair, subject=named[pair.subject], object=named[pair.object])
        for pair in pairs
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
    offered(graph, pairs, Options(per_part=20))


def offered(graph: KnowledgeGraph, pairs: Sequence[Alignment], options: Options) -> None:
    """Print how many pairs are among the first that are offered for a statement."""
    start = time.process_time()
    found = suggest_all(graph, options)
    took = time.process_time() - start
    lists: dict[str, list[str]] = defaultdict(list)
    for item in found:
        lists[item.subject].append(item.object)
        lists[item.object].append(item.subject)
    strong = [pair for pair in pairs if not pair.predicate.endswith("relatedMatch")]
    shares = [_share(lists, some, first) for some in (strong, pairs) for first in (5, 10)]
    name = "as offered, with the model" if options.semantic else "as offered"
    print(f"{name:32} CBN r@5 {shares[0]:.2f} r@10 {shares[1]:.2f}", end="")
    print(f"   all r@5 {shares[2]:.2f} r@10 {shares[3]:.2f}   {took:.1f} s of processor time")


def _share(lists: dict[str, list[str]], pairs: Sequence[Alignment], first: int) -> float:
    ends = [(end.subject, end.object) for pair in pairs for end in (pair, pair.turned())]
    return sum(partner in lists[asked][:first] for asked, partner in ends) / len(ends)


def cost(graph: KnowledgeGraph, what: str, options: Options | None = None) -> None:
    """Print how long all suggestions take, and the memory of this process at its highest."""
    frameworks = graph.frameworks
    start, busy = time.perf_counter(), time.process_time()
    two = len(frameworks) == 2
    found = suggest(frameworks[0], frameworks[1], options) if two else suggest_all(graph, options)
    took, worked = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kinds = Counter(item.predicate.rpartition("#")[2] for item in found)
    print(f"{what}: {len(found):,} suggestions in {took:.1f} s", end="")
    print(f" ({worked:.1f} s of processor time), peak {peak:.0f} MB, {dict(kinds)}")


def alone(name: str, count: int, semantic: bool) -> None:
    """Measure one made pair of frameworks in a process of its own, so that its peak is its own."""
    if (child := os.fork()) == 0:
        cost(
            generated(count, TEXTS[name]),
            f"{count:,} x {count:,} {name}",
            Options(semantic=semantic),
        )
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(child, 0)


def main() -> None:
    """Measure and print."""
    asked = [name for name in sys.argv[1:] if name != "--semantic"]
    semantic = "--semantic" in sys.argv
    counts = [int(name) for name in asked if name.isdigit()] or [5_000]
    tables = [Path(name) for name in asked if name.endswith(".sssom.tsv")]
    files = [Path(name) for name in asked if not name.isdigit() and Path(name) not in tables]
    pairs = graded(tables[0] if tables else None)
    for graph, what in (
        (KnowledgeGraph.shipped(), "shipped"),
        (KnowledgeGraph(*files), "in FILEs"),
    ):
        if graph.frameworks:
            print(f"The frameworks {what}")
            known = in_documents(graph, pairs)
            quality(graph, known)
            if semantic:
                offered(graph, known, Options(per_part=20, semantic=True))
            cost(graph, "all frameworks")
    for name in TEXTS:
        alone(name, counts[0], semantic=False)
    if semantic:
        alone("made sentences", counts[0], semantic=True)


if __name__ == "__main__":
    main()
