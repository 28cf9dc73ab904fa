"""A pool over a small edition, and how to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from competency import DataDirectory
from competency.formats import by_name
from competency.sparql import Asking, Dataset, Limits, prepare
from competency.sparql.engine import nobody_left
from competency.sparql.workers import Pool, Pooled, Root, Source

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
SMALL = "ASK { ?s ?p ?o }"


@contextmanager
def pooled(root: Root, place: Path, limits: Limits | None = None) -> Iterator[Pooled]:
    """Give an engine of workers over the published edition of a directory."""
    with DataDirectory(place).require() as edition:
        source = Source(
            edition.manifest.base, edition.folder / "store", None, edition.manifest.quads
        )
        engine = Pooled(Pool(root, source, limits or Limits(workers=4, queue=4)))
        try:
            yield engine
        finally:
            engine.close()


def ask(
    engine: Pooled,
    text: str,
    *,
    seconds: float | None = None,
    syntax: str = "json",
    dataset: Dataset | None = None,
    rows: int | None = None,
    left: Callable[[], bool] = nobody_left,
) -> bytes:
    """Return the answer to a query."""
    from competency.formats import RDF_SYNTAXES, RESULT_FORMATS

    asking = Asking(
        prepare(text),
        by_name(syntax, (*RESULT_FORMATS, *RDF_SYNTAXES)),
        dataset or Dataset(),
        seconds,
        rows,
    )
    return engine.answer(asking, left).data
