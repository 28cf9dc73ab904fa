"""Whether what a person accepted can be meant: no false sameness, no opposite as a match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain

from competency.align.grading import EXACT, OPPOSITE, same_text
from competency.align.statements import Gatherer, Statement
from competency.errors import NotFound
from competency.graph import Framework, KnowledgeGraph
from competency.graph.alignments import RELATIONS
from competency.graph.sssom import Record
from competency.ontology import COMP, expand, shorten


class Parts:
    """The parts that rows are about, as they are held; a part that is not is as its row has it.

    >>> from competency.graph.sssom import Record
    >>> ends = {"subject_id": ("urn:a",), "subject_label": ("Weigh flour",)}
    >>> ends |= {"object_id": ("urn:b",), "object_label": ("Weigh rods",)}
    >>> Parts().fault(Record({**ends, "predicate_id": (EXACT,)}))[:39]
    'skos:exactMatch is for the same text an'
    """

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        """Know these statements, such as the ends of suggestions."""
        self._known: dict[str, list[Statement]] = defaultdict(list)
        for item in statements:
            self._known[item.iri].append(item)

    @classmethod
    def of(cls, graph: KnowledgeGraph, frameworks: Iterable[str]) -> Parts:
        """Return what can be aligned of the frameworks with these IRIs that a graph holds."""
        found: list[Framework] = []
        for iri in sorted(set(frameworks)):
            with suppress(NotFound):
                found.append(graph.framework(iri))
        return cls.in_frameworks(found)

    @classmethod
    def in_frameworks(cls, frameworks: Iterable[Framework]) -> Parts:
        """Return what can be aligned of frameworks, whichever graphs hold them.

        Parts.in_frameworks(KnowledgeGraph.shipped().frameworks)
        """
        gathered = (Gatherer(item.home).statements(item) for item in frameworks)
        return cls(chain.from_iterable(gathered))

    def fault(self, record: Record) -> str | None:
        """Return why a row cannot be accepted as it stands and what to write, or None."""
        predicate = record.get("predicate_id")
        if predicate not in RELATIONS:
            return f"{shorten(predicate)} is no relation of alignments"
        if record.get("subject_id") == record.get("object_id"):
            return "both ends are the same part; write another, or refuse it"
        if reason := self.mismatch(record):
            return reason
        if predicate == EXACT and _differ(
            self._end(record, "subject"), self._end(record, "object")
        ):
            return (
                "skos:exactMatch is for the same text and the same kind, and these differ;"
                " write skos:closeMatch"
            )
        return None

    def mismatch(self, record: Record) -> str | None:
        """Return why a row is no match that calls opposites one, whoever wrote it, or None."""
        predicate = record.get("predicate_id")
        left, right = self._end(record, "subject"), self._end(record, "object")
        if predicate == OPPOSITE or not _is_opposite(left, right):
            return None
        return (
            f"one is an unhelpful behaviour and the other is not, which is never"
            f" {shorten(predicate)}; write comp:contrasts, or refuse it"
        )

    def _end(self, record: Record, name: str) -> Sequence[Statement]:
        iri, text = record.get(f"{name}_id"), record.get(f"{name}_label")
        if iri in self._known or not text:
            return self._known.get(iri, ())
        kind = expand(record.get(f"{name}_category"))
        unhelpful = kind == str(COMP.NegativeIndicator)
        source = record.get(f"{name}_source")
        return (Statement(iri, source, kind, text, "", is_unhelpful=unhelpful),)


def _is_opposite(left: Sequence[Statement], right: Sequence[Statement]) -> bool:
    known = bool(left and right and left[0].kind and right[0].kind)
    return known and left[0].is_unhelpful != right[0].is_unhelpful


def _differ(left: Sequence[Statement], right: Sequence[Statement]) -> bool:
    """Say whether no language has the same text in both, or the kinds are not one."""
    if not left or not right:
        return False
    kinds = {item.kind for item in (*left, *right) if item.kind}
    return len(kinds) > 1 or not any(
        same_text(one.text, other.text) for one in left for other in right
    )
