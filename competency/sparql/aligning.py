"""Decisions about alignments into the graph that has those before them."""

from __future__ import annotations

from collections import Counter

from competency.align.review import decided, merge, states
from competency.align.review.merging import without
from competency.formats import SSSOM
from competency.graph import NamedGraph
from competency.graph.received import File
from competency.graph.sssom import of_graph, read, to_graph


def with_decided(
    before: NamedGraph | None, body: bytes, name: str, base: str
) -> tuple[NamedGraph, dict[str, int]]:
    """Return the graph of alignments called ``name`` with the decisions of a table added.

    Beside it stands how many of them were taken, by status: what was decided ``before`` stays as
    it is, and of two people the first one counts. Raises ParseError for what is no table.

        graph, taken = with_decided(draft.before(name), data, name, base)
    """
    new = read(File("decisions.sssom.tsv", body, SSSOM.media_type), base=base)
    kept = of_graph(before) if before is not None and before.triples else None
    if kept is not None:
        new = without(new, decided(kept))
    made = to_graph(merge(kept, new))
    taken = dict(Counter(map(str, states(new))))
    return (made if made.name == name else NamedGraph(name, made.triples)), taken
