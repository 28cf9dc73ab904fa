"""What is suggested between two frameworks, worked out in a process of its own and kept.

What was decided already, in the graph or in a file that somebody brings along, is not suggested.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain

from competency.align import Reason, Suggestion, decided_in
from competency.align.grading import CLOSE, EXACT, OPPOSITE, RELATED
from competency.align.plain import of_plain
from competency.align.review import TO_REVIEW, Parts, decided, state_of
from competency.align.suggesting import MOST_PER_PART
from competency.errors import LimitReached, NotFound, ParameterError
from competency.formats import by_name
from competency.graph import Framework, KnowledgeGraph, serialize
from competency.graph.alignments import RELATIONS, framework_of
from competency.graph.sssom import MappingSet, Record
from competency.ontology import PREFIXES
from competency.server.checking import Aligning, Checker
from competency.server.keeping import Kept
from competency.server.site import Site

MOST_PARTS = 15_000  # of both frameworks together
MOST_TOLD = 3_000  # suggestions; what comes after them is suggested once these are decided
SECONDS = 45.0
_BYTES = 32_000_000  # of what is kept
_QUADS = by_name("nquads")
_BROADER, _NARROWER = (PREFIXES["skos"] + name for name in ("narrowMatch", "broadMatch"))
_MATCHES = (CLOSE, _BROADER, _NARROWER, RELATED)  # as the left part is called

Pair = tuple[str, str]
Row = tuple[str, str, str, float]


@dataclass(frozen=True)
class Wanted:
    """Between which frameworks (by IRI or path) what is to be suggested."""

    left: str
    right: str
    per_part: int = 5
    contrasts: bool = False

    def __post_init__(self) -> None:
        """Raise ParameterError for a number that makes no sense."""
        if not 1 <= self.per_part <= MOST_PER_PART:
            raise ParameterError("per_part", f"{self.per_part} is not from 1 to {MOST_PER_PART}")


@dataclass(frozen=True)
class Queue:
    """What is to be decided between two frameworks, the most alike first.

    ``total`` is how many suggestions there are, of which a queue has at most ``MOST_TOLD``;
    ``work`` is a file that was brought along, ``from_file`` says whether the suggestions are its
    rows, and ``outside`` how many of its rows are about parts that are not here.
    """

    left: Framework
    right: Framework
    suggestions: tuple[Suggestion, ...]
    total: int
    work: MappingSet | None = None
    from_file: bool = False
    outside: int = 0

    @property
    def ids(self) -> list[str]:
        """Return a short name for each suggestion, the same wherever it is in a queue."""
        return [id_of(item.subject, item.object) for item in self.suggestions]

    @property
    def parts(self) -> Parts:
        """Return what the suggestions are about, to judge decisions by."""
        return Parts(chain.from_iterable((item.left, item.right) for item in self.suggestions))


def id_of(one: str, other: str) -> str:
    """Return a short name for a pair of parts.

    >>> id_of("urn:a", "urn:b") == id_of("urn:b", "urn:a")
    True
    """
    return hashlib.sha256("\n".join(sorted((one, other))).encode()).hexdigest()[:12]


def grades_of(item: Suggestion) -> tuple[str, ...]:
    """Return the relations that may be chosen for a suggestion, as IRIs.

    The same is only there where text and kind are; the opposite only where one is unhelpful and
    the other is not, and then it alone, as such two never match. A file may have suggested another.
    """
    found: tuple[str, ...] = (OPPOSITE,)
    if item.left.is_unhelpful == item.right.is_unhelpful:
        found = (*_MATCHES, EXACT) if Reason.EQUAL in item.reasons else _MATCHES
    return found if item.predicate in found else (*found, item.predicate)


class Suggester:
    """Has suggestions made.

    Suggester(site, checker).queue(Wanted("pub-cscf", "wcc-behaviours"))
    """

    def __init__(self, site: Site, checker: Checker) -> None:
        """Suggest between what ``site`` holds, in the processes of ``checker``."""
        self._site, self._checker = site, checker
        self._digests: Kept[str] = Kept()
        self._decided: Kept[frozenset[Pair]] = Kept(1)
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def queue(
        self, wanted: Wanted, work: MappingSet | None = None, gone: Callable[[], bool] = bool
    ) -> Queue:
        """Return what is to be decided; ``gone`` says whether whoever asked has left.

        Raises NotFound, LimitReached (also for what is too large for a page), TimeReached and Busy.
        """
        graph = self._site.graph
        left, right = graph.framework(wanted.left), graph.framework(wanted.right)
        if left.iri == right.iri:
            raise NotFound("suggestions between a framework and itself", left.iri)
        self._bound(left, right)
        ours, theirs = parts_of(left), parts_of(right)
        rows, outside = _to_review(work, ours, theirs)
        known = {pair for pair in self.decided(work) if not ours.isdisjoint(pair)}
        job = Aligning(
            left.iri, right.iri, b"", wanted.per_part, wanted.contrasts, tuple(sorted(known)),
            tuple(row for row in rows if not _is_known(row, known)) if rows else None,
            MOST_TOLD, SECONDS,
        )  # fmt: skip
        told = json.loads(self._answer(job, graph, (left, right), gone))
        found = tuple(map(of_plain, told["suggestions"]))
        return Queue(left, right, found, told["total"], work, bool(rows), outside)

    def decided(self, work: MappingSet | None = None) -> frozenset[Pair]:
        """Return the pairs that were decided, in the graph or in a file."""
        graph = self._site.graph
        held = self._decided.value(graph, "", lambda: decided_in(graph))
        return held | decided(work) if work is not None else held

    def _bound(self, *frameworks: Framework) -> None:
        wanted = {item.iri for item in frameworks}
        sizes = (sum(s.kinds.values()) for s in self._site.summaries if s.iri in wanted)
        if (parts := sum(sizes)) > MOST_PARTS:
            raise LimitReached(
                "parts",
                f"the two frameworks have {parts:,} parts together, and a page suggests between "
                f"{MOST_PARTS:,}; suggest them on the command line: competency align",
            )

    def _answer(
        self,
        job: Aligning,
        graph: KnowledgeGraph,
        frameworks: tuple[Framework, ...],
        gone: Callable[[], bool],
    ) -> bytes:
        names = tuple(sorted({item.graph_name for item in frameworks}))
        digest = self._digests.value(graph, names, lambda: _digest(_quads(graph, names)))
        key = _digest(repr((digest, job)).encode())
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        asked = replace(job, quads=_quads(graph, names))
        return self._keep(key, self._checker.check(asked, gone))

    def _keep(self, key: str, data: bytes) -> bytes:
        with self._lock:
            self._bytes += len(data) - len(self._kept.pop(key, b""))
            self._kept[key] = data
            while self._bytes > _BYTES and len(self._kept) > 1:
                self._bytes -= len(self._kept.popitem(last=False)[1])
        return data


def couple_in(work: MappingSet, graph: KnowledgeGraph) -> tuple[str, str]:
    """Return the two frameworks here that most rows of a file are about, the left one first.

    Those to review count, or all where none is. Raises NotFound where no row is about parts that
    are here.
    """
    rows = [record for record in work.records if state_of(record) == TO_REVIEW] or work.records
    known: dict[str, str | None] = {}
    found: Counter[tuple[str, str]] = Counter()
    for record in rows:
        ends = (record.get("subject_id"), record.get("object_id"))
        for iri in ends:
            if iri not in known:
                known[iri] = framework_of(graph, iri)
        one, other = (known[iri] for iri in ends)
        if one and other and one != other:
            found[one, other] += 1
    if not found:
        raise NotFound("row about parts of two frameworks that are here in", work.iri)
    return min(found, key=lambda couple: (-found[couple], couple))


def parts_of(framework: Framework) -> frozenset[str]:
    """Return the IRIs of all parts of a framework."""
    return frozenset(framework.home.tree(framework.graph_name).walk(framework.iri))


def _quads(graph: KnowledgeGraph, names: Iterable[str]) -> bytes:
    return b"".join(serialize(graph.named_graph(name), _QUADS) for name in names)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _to_review(
    work: MappingSet | None, ours: frozenset[str], theirs: frozenset[str]
) -> tuple[list[Row], int]:
    """Return the rows of a file that are to review, seen from the left, and how many are not here.

    Those that are most alike come first.
    """
    rows: list[Row] = []
    outside = 0
    for record in work.records if work is not None else ():
        if state_of(record) != TO_REVIEW:
            continue
        row = _row(record)
        if row[0] in theirs and row[1] in ours:
            row = (row[1], row[0], RELATIONS.get(row[2], row[2]), row[3])
        inside = row[0] in ours and row[1] in theirs and row[2] in RELATIONS
        rows += [row] if inside else []
        outside += not inside
    return sorted(rows, key=lambda row: (-row[3], row)), outside


def _row(record: Record) -> Row:
    ends = (record.get(f"{name}_id") for name in ("subject", "object"))
    one, other = ends
    try:
        score = float(record.get("similarity_score") or 0)
    except ValueError:
        score = 0.0
    return one, other, record.get("predicate_id"), score


def _is_known(row: Row, known: set[Pair]) -> bool:
    return (row[0], row[1]) in known or (row[1], row[0]) in known
