"""Reading one file in the child, as ``competency import`` does, and what to say of it."""

from __future__ import annotations

import json
import os
import pickle
from dataclasses import dataclass

import pyoxigraph as ox

from competency import KnowledgeGraph
from competency.documents import reading
from competency.documents.reading import child as taking
from competency.documents.reading import limits, sandbox
from competency.errors import CompetencyError
from competency.exchange.exchanges import EXCHANGES
from competency.exchange.imported import File
from competency.formats import by_name
from competency.graph import serialize
from competency.graph.store import parse
from competency.importing import import_file, media_type_of

_TURTLE, _NQUADS = by_name("turtle"), by_name("nquads")
WRITTEN = tuple(row.format.name for row in EXCHANGES if row.write)


@dataclass(frozen=True)
class Asked:
    """A file to be read, how, and the format in which its frameworks are written again."""

    name: str
    data: bytes
    format: str | None = None
    layout: str | None = None
    to: str = "turtle"


@dataclass(frozen=True)
class Read:
    """What came of a file: an error in one line, or all that it says and the lines it has."""

    error: str = ""
    line: str = ""
    format: str = ""
    said: str = ""
    lines: tuple[str, ...] = ()
    aside: str = ""
    faults: tuple[str, ...] = ()


def read(asked: Asked) -> Read:
    """Do the work of a target in the child."""
    setattr(reading, "lines_in_child", forked)  # noqa: B010 - the door of the sandbox
    file = File(asked.name, asked.data, media_type_of(asked.name))
    try:
        found = import_file(file, format=asked.format, layout=asked.layout)
    except CompetencyError as error:
        return Read(type(error).__name__, str(error))
    terms = [str(term) for one in found.graphs for row in one.triples for term in _values(row)]
    remarks = [f"{one.where} {one.what}" for one in found.remarks]
    document = found.document
    left = [one.span.text for one in document.draft.left_out] if document else []
    faults = [fault for one in found.graphs for fault in _comes_back(one)]
    _write(found.graphs, asked.to)
    found.summary()
    return Read(
        format=found.format.name,
        said="\n".join([*terms, *remarks]),
        lines=found.lines if document else (),
        aside="\n".join(left),
        faults=tuple(faults),
    )


def _values(row: ox.Triple) -> list[object]:
    value = row.object
    return [row.subject, value.value if isinstance(value, ox.Literal | ox.NamedNode) else value]


def _comes_back(graph: object) -> list[str]:
    """Say whether the graph of an import, saved as Turtle, is read again as it was."""
    from competency.graph import NamedGraph

    assert isinstance(graph, NamedGraph)
    again = parse(serialize(graph, _TURTLE), _TURTLE, "saved.ttl", graph.name)
    before, after = ox.Dataset(), ox.Dataset()
    for row in graph.triples:
        before.add(ox.Quad(row.subject, row.predicate, row.object))
    for quad in again:
        after.add(quad)
    for one in (before, after):
        one.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [] if before == after else [f"<{graph.name}> does not come back from Turtle"]


def _write(graphs: tuple[object, ...], name: str) -> None:
    """Write the frameworks in a format; that a format cannot carry them is an error of ours."""
    graph = KnowledgeGraph()
    graph.add(*graphs)  # type: ignore[arg-type]
    row = next(one for one in EXCHANGES if one.format.name == name)
    for framework in graph.frameworks[:2]:
        try:
            assert row.write is not None
            row.write(graph, framework.iri)
        except CompetencyError as error:
            assert "\n" not in str(error)


def forked(data: bytes, media_type: str) -> tuple[list[str], list[str]]:
    """Take a document apart in a fork of this process, as the sandbox does in a new one.

    Starting Python anew takes most of the time of a small document.
    """
    inward, outward = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(inward)
        with os.fdopen(outward, "wb") as pipe:
            pickle.dump(_taken_apart(data, media_type), pipe)
        os._exit(0)
    os.close(outward)
    with os.fdopen(inward, "rb") as pipe:
        said = pipe.read()
    os.waitpid(number, 0)
    if not said:
        raise limits.Refused(sandbox._BROKE)
    lines, pages, refused = pickle.loads(said)  # noqa: S301 - from our own child
    if refused:
        raise limits.Refused(refused)
    return lines, pages


def _taken_apart(data: bytes, media_type: str) -> tuple[list[str], list[str], str]:
    taking.confine()
    try:
        lines, pages = taking.take_apart(data, media_type)
    except limits.Refused as refusal:
        return [], [], str(refusal)
    except MemoryError:
        return [], [], taking.TOO_MUCH
    except Exception:  # noqa: BLE001 - the sandbox calls such a document damaged
        return [], [], sandbox._BROKE
    answer = json.loads(json.dumps({"lines": lines, "pages": pages}))
    return answer["lines"], answer["pages"], ""
