"""Reads statements from all of a store by their property, for who needs all and not one thing's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import pyoxigraph as ox

_APART = """
SELECT DISTINCT ?s ?o {
  STATED
  GRAPH ?h { ?s a ?t } GRAPH ?i { ?o a ?u }
  FILTER(?h != ?i || ?t = WHOLE || ?u = WHOLE || NOT EXISTS { GRAPH ?h { ?h a WHOLE } })
}
"""


def sweep(
    store: ox.Store, predicates: Iterable[str], said: Iterable[tuple[str, str | None]]
) -> Iterator[ox.Quad]:
    """Yield the statements with these predicates, and of what annotates any only what is asked.

    ``said`` are properties, each with the one value that counts, or None for all values. One look
    for each of them costs a fraction of a look at everything that annotates a statement.

        sweep(store, [SKOS + "exactMatch"], [(OWL + "annotatedSource", None)])
    """
    for name in predicates:
        yield from store.quads_for_pattern(None, ox.NamedNode(name), None)
    for name, value in said:
        wanted = ox.NamedNode(value) if value else None
        yield from store.quads_for_pattern(None, ox.NamedNode(name), wanted)


def apart(store: ox.Store, predicate: str, whole: str) -> Iterator[ox.Quad]:
    """Yield the statements whose ends are both held, and may not be in the same whole.

    They are surely in the same where one graph states the classes of both, it is named after a
    thing of the class ``whole``, and neither end is such a thing. The store tells these by
    itself: a look from here at every end takes several times as long.

        apart(store, str(COMP.contrasts), str(COMP.Framework))
    """
    name, kind = ox.NamedNode(predicate), ox.NamedNode(whole)
    asked, stated = _APART.replace("WHOLE", str(kind)), f"?s {name} ?o"
    pairs: set[tuple[Any, Any]] = set()
    for place in (stated, f"GRAPH ?g {{ {stated} }}"):  # of a union the store looks at every class
        rows = cast(ox.QuerySolutions, store.query(asked.replace("STATED", place)))
        pairs |= {(row["s"], row["o"]) for row in rows}
    if any((end, start) in pairs for start, end in pairs):  # which of both counts is for the order
        for quad in store.quads_for_pattern(None, name, None):
            if (quad.subject, quad.object) in pairs:
                yield quad
        return
    for start, end in pairs:
        yield from store.quads_for_pattern(start, name, end)
